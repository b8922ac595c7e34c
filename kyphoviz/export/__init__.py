"""Files made from a film: pictures, movies, sheets and solids.

frames     a moment -> the pixels of one frame (what lies where: frame_layout; words: frame_words)
many       the frames of a whole movie, drawn by several processes
movie      frames -> H.264
subtitles  captions -> SubRip
stills     one picture, or one picture per step, as PNG (sheet_layout: what lies where)
gallery    every bone and every fracture on one sheet
handout    two printed pages to take home, as PDF (its words, pages and type in handout_*)
solids     every shape of a moment as STL
png, xray_panes   bytes of a picture; the two X-ray screens in a frame
"""
