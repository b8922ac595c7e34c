"""What the person at the screen changed: the second of the two values that a picture is a function of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kyphoviz.procedure.state import Camera, Layer, Opacity, ProcedureState


@dataclass(frozen=True, slots=True)
class CArmTurn:
    """How far a hand has turned the C-arm of one view away from the film's own stand, in degrees.

    `orbital_deg` counts about the patient's long axis, `angular_deg` towards head or feet, as `CArmPose` does.
    """

    view: str
    orbital_deg: float = 0.0
    angular_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class ViewChoices:
    """Choices that win over the scenario's own until "follow" resets them to `ViewChoices()`.

    None means: as the scenario says. `layers` lists only what was changed. `reduced_motion` tells that the camera
    jumps from step to step instead of flying; `teaching` that a teacher's marks lie on the X-rays. `c_arm` lists the
    views whose C-arm the hand has turned.
    """

    camera: Camera | None = None
    layers: tuple[Opacity, ...] = ()
    cut: float | None = None
    labels: bool = False
    text_scale: float = 1.0
    theme: str = "dark"
    reduced_motion: bool = False
    teaching: bool = False
    c_arm: tuple[CArmTurn, ...] = ()

    @property
    def follows(self) -> bool:
        """Whether camera, layers, cut and C-arm are the scenario's own."""
        return self.camera is None and not self.layers and self.cut is None and not self.c_arm

    def following(self) -> ViewChoices:
        """The same person's choices with camera, layers, cut and C-arm given back to the scenario."""
        return replace(self, camera=None, layers=(), cut=None, c_arm=())

    def turn_of(self, view: str) -> CArmTurn | None:
        """How the hand has turned the C-arm of that view; None where the film's own stand holds."""
        return next((turn for turn in self.c_arm if turn.view == view), None)

    def with_turn(self, turn: CArmTurn) -> ViewChoices:
        """With the C-arm of one view turned like that."""
        others = tuple(entry for entry in self.c_arm if entry.view != turn.view)
        return replace(self, c_arm=(*others, turn))

    def with_layer(self, layer: Layer, opacity: float) -> ViewChoices:
        """With another opacity of one layer, 0 hidden to 1 solid."""
        others = tuple(entry for entry in self.layers if entry.layer != layer)
        return replace(self, layers=(*others, Opacity(layer, opacity)))

    def seen(self, state: ProcedureState) -> ProcedureState:
        """The state with what the person changed put in."""
        state = state.ends[-1]
        chosen = {entry.layer: entry.value for entry in self.layers}
        layers = tuple(Opacity(layer, chosen.get(layer, state.opacity(layer))) for layer in Layer)
        cut = state.cut if self.cut is None else self.cut
        return replace(state, camera=self.camera or state.camera, layers=layers, cut=cut)
