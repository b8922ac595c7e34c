"""What is painted over a picture, with QtGui alone: the window, the movie and the still share it.

ink: the colours that every painter here is handed.
text: fonts and rounded cards; fonts: whether there are any.
gauges: the numbers that matter at that instant; gauge_cards: small cards with them; gauge_words: what they mean; stops:
why filling ended.
curves: quantities over the whole film; curve_painter, curve_words.
caption: a sentence on the picture, for movies and kiosks.
xray_marks: what stands on a fluoroscopy picture; xray_tone: how bright and how hard it is.
xray_teaching, xray_alignment, xray_words: what a teacher draws and says on it.
crosshair: marks that tie both kinds of picture together.
orientation: which way the patient faces.
labels: names with leader lines; naming: which ones; names: the words.
titles: of bones that are compared.

Every painter takes `em_px`, the height of its text in device-independent pixels, and sizes everything by it.
"""
