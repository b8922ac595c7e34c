"""What the person at the screen changed: the second of the two values that a picture is a function of."""

from __future__ import annotations

from dataclasses import dataclass

from kyphoviz.procedure.state import Camera, Opacity


@dataclass(frozen=True, slots=True)
class ViewChoices:
    """Choices that win over the scenario's own until "follow" resets them to `ViewChoices()`.

    None means: as the scenario says. `layers` lists only what was changed.
    """

    camera: Camera | None = None
    layers: tuple[Opacity, ...] = ()
    cut: float | None = None
    labels: bool = False
    text_scale: float = 1.0
    theme: str = "dark"
