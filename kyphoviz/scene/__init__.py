"""Pictures: shapes of one instant -> an image, drawn by VTK off screen. No Qt, no clock.

    view      SceneView: apply(state, choices), image()
    bodies    the actors of one shot, in the order in which they are drawn
    opacity   how much of each shape is seen
    parts     one actor per shape, uploaded only where its key changed; surface: a mesh as VTK reads it in place
    picking   what lies under a pixel
    look      every colour and light of the picture, and the finish of each role
    tissue    the painted section of skin, fat and muscle under the spine
    cutaway   the section plane and the face that it lays bare: cut_paint (painted once), cut_matter (what lies in it
              now), cut_program (mixes the colours), cut_piece (actors), cut_disc (discs)
    cut_lid   what closes the openings of other cut bodies; cut_lids: all of them in one actor
    camera    orbit arithmetic and the projection, without VTK
    quality   draft while it moves, averaged frames when it is still
    window    the off-screen window and its pixels
    specimen  one bone by itself, for the gallery

Surfaces are PyVista meshes, drawn by plain VTK. PyVista's plotting layer is not used: what it imports (a charting
library among others) would take longer than everything else before the first picture.
"""
