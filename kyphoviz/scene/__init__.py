"""Pictures: shapes of one instant -> an image, drawn by VTK off screen. No Qt, no clock.

    view      SceneView: apply(state, choices), image()
    parts     one actor per shape, uploaded only where its key changed
    look      every colour, material and light of the picture
    tissue    the painted section of skin, fat and muscle under the spine
    cutaway   the section plane and the face that it lays bare: cut_paint (painted once), cut_matter (what lies in it
              now), cut_program (mixes the colours), cut_piece (actors), cut_disc (discs)
    camera    orbit arithmetic and the projection, without VTK
    quality   draft while it moves, averaged frames when it is still
    window    the off-screen window and its pixels

Plain VTK modules are imported, not a plotting layer on top of them: the layer's own imports (a charting library among
them) would take longer than everything else before the first picture.
"""
