"""The 3D picture: viewport shows it; collaborators: what it and the X-rays are handed, as protocols.

rendering, last_picture: what is drawn when; camera_drag, hover: what turns it and what is pointed at.
overlays with labelling, gauge_strip: what lies over it; cross_fade: one that melts into the next.
"""
