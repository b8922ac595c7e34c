"""How much of each thing is seen, from 0 to 1: what the film shows, what the person chose, what bone hides."""

from __future__ import annotations

from collections.abc import Mapping

from kyphoviz.choices import ViewChoices
from kyphoviz.procedure.state import Layer, Opacity, ProcedureState
from kyphoviz.scene.cutaway import Cutaway
from kyphoviz.site.shape import Shape

BROAD = (Layer.PATIENT, Layer.STANDING_PATIENT, Layer.TABLE, Layer.LOAD)  # cut off at the sides, they tell nothing
INSIDE_BONE, VEINS_IN_BODIES = ("balloon", "cavity", "cement"), "basivertebral_veins"
BONES = (Layer.TREATED_BONE, Layer.OTHER_BONES)
SOLID = 0.996  # opacity from which nothing shows through


def layers(state: ProcedureState, choices: ViewChoices) -> tuple[Opacity, ...]:
    """Every layer as the person chose it, or else as the film shows it."""
    chosen = {entry.layer: entry.value for entry in choices.layers}
    return tuple(Opacity(layer, chosen.get(layer, state.opacity(layer))) for layer in Layer)


def breadth(state: ProcedureState) -> float:
    """How much a figure, or one body beside another, is in the picture."""
    return max(state.opacity(layer) for layer in BROAD)


def share(shape: Shape, opacities: Mapping[str, float], cut: float, cutaway: Cutaway) -> float:
    """How much of a shape is seen: nothing of what lies wholly within solid bone, which would cost time unseen.

    Args:
        opacities: by layer.
        cut: how far the section is open, 0 to 1.
    """
    if shape.name == VEINS_IN_BODIES and not cut and min(opacities.get(str(layer), 1.0) for layer in BONES) >= SOLID:
        return 0.0
    if shape.role not in INSIDE_BONE:
        return opacities.get(str(shape.layer), 1.0)
    bone = opacities.get(str(Layer.TREATED_BONE), 1.0)
    if bone >= SOLID and (cut == 0.0 or (cut == 1.0 and cutaway.covers(shape))):
        return 0.0
    if shape.role == "cavity":  # the wall of a room in the bone is seen when the bone is cut open
        return bone if cut else 0.0
    return opacities.get(str(shape.layer), 1.0)
