"""What the person at the screen changed: the second of the two values that a picture is a function of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kyphoviz.procedure.state import Camera, Layer, Opacity, ProcedureState


@dataclass(frozen=True, slots=True)
class ViewChoices:
    """Choices that win over the scenario's own until "follow" resets them to `ViewChoices()`.

    None means: as the scenario says. `layers` lists only what was changed. `reduced_motion` tells that the camera
    jumps from step to step instead of flying; `teaching` that a teacher's marks lie on the X-rays.
    """

    camera: Camera | None = None
    layers: tuple[Opacity, ...] = ()
    cut: float | None = None
    labels: bool = False
    text_scale: float = 1.0
    theme: str = "dark"
    reduced_motion: bool = False
    teaching: bool = False

    @property
    def follows(self) -> bool:
        """Whether camera, layers and cut are the scenario's own."""
        return self.camera is None and not self.layers and self.cut is None

    def following(self) -> ViewChoices:
        """The same person's choices with camera, layers and cut given back to the scenario."""
        return replace(self, camera=None, layers=(), cut=None)

    def with_layer(self, layer: Layer, opacity: float) -> ViewChoices:
        """With another opacity of one layer, 0 hidden to 1 solid."""
        others = tuple(entry for entry in self.layers if entry.layer != layer)
        return replace(self, layers=(*others, Opacity(layer, opacity)))

    def seen(self, state: ProcedureState) -> ProcedureState:
        """The state with what the person changed put in."""
        chosen = {entry.layer: entry.value for entry in self.layers}
        layers = tuple(Opacity(layer, chosen.get(layer, state.opacity(layer))) for layer in Layer)
        cut = state.cut if self.cut is None else self.cut
        return replace(state, camera=self.camera or state.camera, layers=layers, cut=cut)
