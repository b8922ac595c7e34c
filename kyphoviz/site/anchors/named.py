"""What each shape is called in the catalogue of words, and what is named first where there is room for few names."""

from __future__ import annotations

from kyphoviz.procedure.state import ProcedureState

FIGURES = ("patient", "standing_patient", "table", "c_arm", "bowl")
NAMED_FIGURES = {"c_arm_tube", "c_arm_detector", "bowl_cement", "bowl_sachet", "bowl_ampoule", "bowl"}
BESIDE = {
    "anterior_ligament": "anterior_ligament", "posterior_ligament": "posterior_ligament",
    "yellow_ligaments": "yellow_ligament", "interspinous_ligaments": "interspinous_ligament",
    "supraspinous_ligament": "supraspinous_ligament", "aorta": "aorta", "vena_cava": "vena_cava",
    "basivertebral_veins": "basivertebral_vein", "segmental_arteries": "segmental_artery",
    "epidural_veins": "epidural_vein", "rib_T12": "rib", "rib_T11": "rib",
    "erector_spinae_left": "erector_spinae", "erector_spinae_right": "erector_spinae",
    "multifidus_left": "multifidus", "multifidus_right": "multifidus", "psoas_left": "psoas", "psoas_right": "psoas",
}  # fmt: skip
# What is named first where there is room for a few names only.
RANKS = {
    key: rank
    for rank, keys in enumerate((
        ("balloon", "cement", "skin_mark", "incision", "dressing", "c_arm_tube", "c_arm_detector", "bowl_cement"),
        ("access_needle", "guide_wire", "working_cannula", "drill", "bone_filler", "cement_needle", "cavity"),
        ("body", "broken_edge", "upper_plate", "patient", "bowl"),
        ("cancellous", "pedicle", "canal", "disc", "table", "bowl_sachet", "bowl_ampoule"),
        ("nerve_root", "spinous_process", "muscle", "cortical"),
        ("costal_process", "transverse_process", "superior_articular"),
        ("lamina", "balloon_catheter", "inferior_articular"),
        tuple(BESIDE.values()),
    ))
    for key in keys
}  # fmt: skip
NEIGHBOUR_RANK = 9


def key_of(shape_name: str) -> str | None:
    """What a shape without parts is called; None for what has no name."""
    plain = {
        "dural_sac": "canal", "nerve_roots": "nerve_root", "skin_sheet": "skin", "torso": "skin",
        "cement": "cement", "spinal_cord": "spinal_cord", "tissue_floor": "muscle", "patient_patient": "patient",
        "standing_patient_patient": "patient", "table_table": "table", "c_arm_tube": "c_arm_tube",
        "c_arm_detector": "c_arm_detector", "bowl_bowl": "bowl", "bowl_cement": "bowl_cement",
        "bowl_sachet": "bowl_sachet", "bowl_ampoule": "bowl_ampoule",
    }  # fmt: skip
    known = plain.get(shape_name) or BESIDE.get(shape_name)
    if known is not None:
        return known
    starts = ("access_needle", "guide_wire", "working_cannula", "drill", "balloon_catheter", "bone_filler",
              "cement_needle", "balloon", "cavity", "cement", "skin_mark", "dressing", "c_arm")  # fmt: skip
    return next((start for start in starts if shape_name.startswith(start)), None)


def is_told(key: str, state: ProcedureState, *, is_treated: bool) -> bool:
    """Neighbours are named as a whole; the treated bone in parts, and when it is cut open by what that lays bare."""
    if not is_treated:
        return key == "body"
    if key == "broken_edge":
        return state.fracture.anterior < 0.95
    return key != "body" or state.cut == 0.0
