"""The body at rest: bones T11 to L3, discs and the contents of the spinal canal.

Axes, written once and used everywhere: patient axes LPS in millimetres, +x to the patient's left, +y to the back,
+z to the head, as in DICOM. Each vertebra has its own frame with the origin at the centre of its body; in the film
the origin is the centre of the treated body. Distances and fields are negative inside a solid.

    published       published sizes of each level, with unit, spread and source
    bone_sets       whose bones: rules that turn published means into sizes
    morphometry     what the sizes of a vertebra and of a disc are
    calibration     makes the finished bone measure its sizes
    fields          implicit primitives
    vertebra, arch  sizes -> field of one bone
    foramina        the holes for vessels
    parts           the named parts, and which of them each point belongs to
    distance        signed distance grids
    spine           poses of the column at rest, joint gaps
    disc, canal     discs, dural sac and nerve roots, ready to be moved with the bones
    rest_spine      all bones at rest, for soft parts to be laid upon
    ligaments, vessels, muscles, ribs, joints   what lies on the bones and beside them
    landmarks       posterior wall, pedicles, end-plate corners
    profile         heights and depths of a body on its midline; corners: the drawn surface is made to measure them
    isosurface      field -> closed mesh
    spline, blur    curves through points; a blur of arrays
    trabeculae      the cancellous lattice as a seamless tile, and its qualities
    mesh            what a surface is
    making          sizes -> finished bones; soundness, occlusion: what is checked and baked
    build, assets   write and read assets/meshes/
    measure         sizes of the generated bones beside published ones
"""
