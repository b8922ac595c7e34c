"""How much of each thing is seen, from 0 to 1: what the film shows, what the person chose, what bone hides."""

from __future__ import annotations

from collections.abc import Mapping

from kyphoviz.procedure.state import Layer, ProcedureState
from kyphoviz.scene.cutaway import Cutaway
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape

# Cut off at the sides, figures and the marks on the skin tell nothing.
BROAD = (Layer.PATIENT, Layer.STANDING_PATIENT, Layer.TABLE, Layer.LOAD, Layer.SKIN)
CLOSE = 0.3  # of its width that a close view needs: else an upright picture halves the balloon
BONES = (Layer.TREATED_BONE, Layer.OTHER_BONES)
SOLID = 0.996  # opacity from which nothing shows through


def breadth(state: ProcedureState) -> float:
    """How much of its width the picture needs: all of it for a figure, the skin, or one body beside another."""
    return max(CLOSE, *(state.opacity(layer) for layer in BROAD))


def share(shape: Shape, opacities: Mapping[str, float], cut: float, cutaway: Cutaway) -> float:
    """How much of a shape is seen: nothing of what lies wholly within solid bone, which would cost time unseen.

    Args:
        opacities: by layer.
        cut: how far the section is open, 0 to 1.
    """
    if (
        shape.role is Role.BASIVERTEBRAL_VEIN
        and not cut
        and min(opacities.get(str(layer), 1.0) for layer in BONES) >= SOLID
    ):
        return 0.0
    if not shape.traits.lies_in_bone:
        return opacities.get(str(shape.layer), 1.0)
    bone = opacities.get(str(Layer.TREATED_BONE), 1.0)
    if bone >= SOLID and (cut == 0.0 or (cut == 1.0 and cutaway.is_behind(shape))):
        return 0.0
    if shape.role is Role.CAVITY:  # the wall of a hollow in the bone is seen when the bone is cut open
        return bone if cut else 0.0
    return opacities.get(str(shape.layer), 1.0)
