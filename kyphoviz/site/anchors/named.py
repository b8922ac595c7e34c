"""What is named first where there is room for few names, and what of a bone is named at all."""

from __future__ import annotations

from kyphoviz.procedure.state import ProcedureState
from kyphoviz.site.role import TRAITS, Role

FIGURES = (Role.PATIENT, Role.STANDING_PATIENT, Role.TABLE, Role.C_ARM_TUBE, Role.C_ARM_DETECTOR, Role.BOWL,
           Role.BOWL_CEMENT, Role.BOWL_SACHET, Role.BOWL_AMPOULE)  # fmt: skip
# What lies beside the bones, in the order in which it is told.
BESIDE = (
    Role.ANTERIOR_LIGAMENT, Role.POSTERIOR_LIGAMENT, Role.YELLOW_LIGAMENT, Role.INTERSPINOUS_LIGAMENT,
    Role.SUPRASPINOUS_LIGAMENT, Role.AORTA, Role.VENA_CAVA, Role.BASIVERTEBRAL_VEIN, Role.SEGMENTAL_ARTERY,
    Role.EPIDURAL_VEIN, Role.RIB_STUB, Role.ERECTOR_SPINAE, Role.MULTIFIDUS, Role.PSOAS,
)  # fmt: skip
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
        tuple(TRAITS[role].term or role for role in BESIDE),
    ))
    for key in keys
}  # fmt: skip
NEIGHBOUR_RANK = 9


def is_told(key: str, state: ProcedureState, *, is_treated: bool) -> bool:
    """Neighbours are named as a whole; the treated bone in parts, and when it is cut open by what that lays bare."""
    if not is_treated:
        return key == "body"
    if key == "broken_edge":
        return state.fracture.anterior < 0.95
    return key != "body" or state.cut == 0.0
