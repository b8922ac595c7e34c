"""The 3D picture: viewport shows it; collaborators: what it and the X-rays are handed, as protocols.

rendering, last_picture: what is drawn when; camera_drag, fingers, hover: who turns and points.
labelling, gauge_strip, cross_fade: what lies over it.
"""
