"""What is painted over a picture, with QtGui alone: the window, the movie and the still share it.

ink: the colours that every painter here is handed.
text: fonts and rounded cards.
gauges: small cards with the numbers that matter at that instant.
caption: a sentence on the picture, for movies and kiosks.
xray_marks: what stands on a fluoroscopy picture.
orientation: which way the patient faces.
labels: names with leader lines.

Every painter takes `em_px`, the height of its text in device-independent pixels, and sizes everything by it.
"""
