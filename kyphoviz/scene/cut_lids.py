"""The lids of all cut bodies, drawn together: one actor, since each costs a tenth of a millisecond by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from vtkmodules.vtkRenderingCore import vtkActor

from kyphoviz.scene.cut_lid import Lid
from kyphoviz.scene.parts import AFTER_LIGHT
from kyphoviz.scene.surface import Surface, draw_colours, new_mapper

# Flat, in the light of the faces beside it; gone where the body is.
_PROGRAM = f"""{AFTER_LIGHT}
  if (vertexColorVSOutput.a < 0.06) discard;
  fragOutput0 = vec4(vertexColorVSOutput.rgb * faceLight, vertexColorVSOutput.a);
"""


class Lids:
    """Flat pieces in the plane of the cut."""

    def __init__(self) -> None:
        """Shows none yet."""
        self._surface, self.actor = Surface(), vtkActor()
        self._mapper = new_mapper(self._surface)
        self._shown: tuple[Lid, ...] = ()
        self.actor.SetMapper(self._mapper)
        self.actor.GetProperty().LightingOff()
        self.actor.ForceOpaqueOn()
        self.actor.VisibilityOff()
        self.actor.GetShaderProperty().AddFragmentShaderReplacement(AFTER_LIGHT, False, _PROGRAM, False)
        self.light(1.0)

    def light(self, brightness: float) -> None:
        """How bright they are."""
        self.actor.GetShaderProperty().GetFragmentCustomUniforms().SetUniformf("faceLight", brightness)

    @property
    def count(self) -> int:
        """How many are drawn."""
        return len(self._shown) if self.actor.GetVisibility() else 0

    def show(self, lids: Sequence[Lid]) -> bool:
        """Draws these and no others; whether that changed."""
        was_shown = self.actor.GetVisibility() == 1
        self.actor.SetVisibility(bool(lids))
        is_held = len(lids) == len(self._shown) and all(a is b for a, b in zip(lids, self._shown, strict=True))
        if is_held or not lids:
            return was_shown != bool(lids)
        self._shown = tuple(lids)
        if lids:
            starts = np.cumsum([0, *(len(lid.points) for lid in lids)])
            triangles = [lid.triangles + np.int32(start) for lid, start in zip(lids, starts, strict=False)]
            self._surface.set_points(np.concatenate([lid.points for lid in lids]))
            self._surface.set_triangles(np.concatenate(triangles))
            self._surface.set_values("colours", np.concatenate([lid.colours for lid in lids]))
            draw_colours(self._mapper)
        return True
