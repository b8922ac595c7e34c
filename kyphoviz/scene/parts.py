"""One actor per shape: uploaded only where the shape's key changed, moved by its matrix alone otherwise."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonMath import vtkMatrix4x4
from vtkmodules.vtkRenderingCore import vtkActor

from kyphoviz.anatomy.fields import as_point
from kyphoviz.anatomy.mesh import Floats, Mesh, Triangles
from kyphoviz.procedure.state import Point
from kyphoviz.scene.cut_lid import Closure, Lid, Opening, lid_over, rgba
from kyphoviz.scene.look import FADING, FINISHES, GONE, Colour, fragment_code, point_colours
from kyphoviz.scene.picking import Drawn
from kyphoviz.scene.surface import Surface, draw_colours, new_mapper
from kyphoviz.site.cut.remainder import Remainder, remainder
from kyphoviz.site.shape import Shape

AFTER_LIGHT = "//VTK::Light::Impl"
GHOST = 0.6  # opacity up to which a thing is looked through rather than at
DEEPER_MM = 0.03  # a lid lies behind those of a lower rank: bodies that grow into each other would fight for the plane


@dataclass(frozen=True, slots=True)
class Knife:
    """Where the section cuts at one instant: a point of its plane, and the side that goes."""

    origin: Point
    normal: Point


def _in_frame_of(pose: NDArray[np.float64], knife: Knife) -> Knife:
    turn = pose[:3, :3]
    return Knife(as_point((np.array(knife.origin) - pose[:3, 3]) @ turn), as_point(np.array(knife.normal) @ turn))


class ShapeActor:
    """The actor of one shape."""

    def __init__(self, shape: Shape, *, is_cut: bool = False) -> None:
        """Makes an empty actor; one that `is_cut` is kept for the shape as the section leaves it."""
        self.name, self.finish, self.is_cut = shape.name, FINISHES[shape.role], is_cut
        self._is_closed = shape.is_closed
        self._surface, self.actor = Surface(), vtkActor()
        self._mapper = new_mapper(self._surface)
        self.actor.SetMapper(self._mapper)
        self._held: tuple[Hashable, Knife | None, Closure] | None = None
        self._closure = Closure.NOTHING
        self._lid: Lid | None = None
        self._left: Remainder | None = None
        self._openness: Floats | None = None
        self._whole = self._there = np.zeros((0, 3), np.int32)
        self._pose: NDArray[np.float64] | None = None
        self._matrix = vtkMatrix4x4()
        self.actor.SetUserMatrix(self._matrix)
        self._set_finish()

    def hold(self, shape: Shape, knife: Knife | None = None, *, closure: Closure = Closure.NOTHING) -> bool:
        """Uploads what changed; whether anything did.

        Args:
            knife: where the section cuts; it leaves alone what is not to be cut.
            closure: what is over the opening; under any, inner sides are not drawn: dear even where all is hidden.
        """
        moved = self._place(shape.pose)
        knife = _in_frame_of(shape.pose, knife) if knife is not None and self.finish.is_cut else None
        if self._held == (shape.key, knife, closure) and (self._lid is None or not moved):
            return moved
        mesh = shape.mesh
        left = None if knife is None else remainder(mesh.points, mesh.triangles, knife.origin, knife.normal)
        was_cut, self._left = self._left is not None, left
        is_new = self._surface.count != len(mesh.points) or was_cut or left is not None
        self._surface.set_points(self._carried(mesh.points), self._carried(mesh.normals))
        self._surface.set_triangles(self._seen(mesh) if left is None else left.triangles)
        if is_new or mesh.openness is not self._openness or self.finish.surface == "glass":
            self._paint(shape)
        self._closure = closure
        self._lid = self._new_lid(knife, closure)
        self._blend(self.actor.GetProperty().GetOpacity())
        self._held, self._openness = (shape.key, knife, closure), mesh.openness
        return True

    def show(self, opacity: float) -> bool:
        """Sets how much of it is seen, 0 hides it; whether that changed."""
        seen, shown = self.actor.GetProperty(), opacity > 0.004
        before = (self.actor.GetVisibility() == 1, seen.GetOpacity())
        opacity = 1.0 if opacity > 0.996 else opacity
        self.actor.SetVisibility(shown)
        if shown:
            seen.SetOpacity(opacity)
            self._blend(opacity)
        return before != (shown, seen.GetOpacity())

    @property
    def drawn(self) -> Drawn | None:
        """Its surface as it is drawn, cut open or whole; None while it is hidden."""
        if not self.actor.GetVisibility() or self._pose is None or not self._surface.count:
            return None
        is_clear = self.finish.surface == "balloon" and self.actor.GetProperty().GetOpacity() > GHOST
        return Drawn(self.name, self._surface.points, self._surface.triangles, self._pose, is_clear)

    @property
    def lid(self) -> Lid | None:
        """What closes its opening, in the patient's axes; None where nothing does, and where one looks through it."""
        return self._lid if self.actor.GetVisibility() and self.actor.GetForceOpaque() else None

    def tint(self, colour: Colour) -> bool:
        """Another plain colour; whether it changed."""
        if self.actor.GetProperty().GetDiffuseColor() == colour:
            return False
        self.actor.GetProperty().SetColor(*colour)
        if self._lid is not None and self.finish.inside is None:
            self._lid = self._lid.tinted(colour)
        return True

    def _blend(self, opacity: float) -> None:
        see_through = opacity < 1.0 or self.finish.surface in ("balloon", "tissue")
        self.actor.SetForceTranslucent(see_through)
        self.actor.SetForceOpaque(not see_through)
        is_open = self._left is not None and len(self._left.start) and self._closure is Closure.NOTHING
        hides_its_inside = self._is_closed and not is_open
        ghost = see_through and self.finish.surface not in ("glass", "tissue")
        is_shell = self.finish.surface == "hollow"
        self.actor.GetProperty().SetBackfaceCulling((hides_its_inside or ghost) and not is_shell)

    def _new_lid(self, knife: Knife | None, closure: Closure) -> Lid | None:
        if self._left is None or knife is None or self._pose is None:
            return None
        held, inside = self._surface.values, self.finish.inside or self.actor.GetProperty().GetDiffuseColor()
        colours = np.tile(rgba(inside), (self._surface.count, 1))
        if self._mapper.GetScalarVisibility() and held("colours").shape[1] == 4:
            colours[:, 3] = held("colours")[:, 3]
        opening = Opening(self._left, held("points"), held("normals"), colours, np.array(knife.normal))
        return lid_over(opening, closure, self._pose, DEEPER_MM * self.finish.rank)

    def _seen(self, mesh: Mesh) -> Triangles:
        """The triangles of a body that goes on beyond the picture without those that have faded wholly."""
        if self.finish.surface not in FADING or mesh.paint is None:
            return mesh.triangles
        if self._whole is not mesh.triangles:
            is_there = mesh.paint[:, 0] >= GONE
            self._whole, self._there = mesh.triangles, mesh.triangles[is_there[mesh.triangles].any(axis=1)]
        return self._there

    def _place(self, pose: NDArray[np.float64]) -> bool:
        if self._pose is not None and (self._pose is pose or np.array_equal(self._pose, pose)):
            return False
        self._pose = np.array(pose)
        self._matrix.DeepCopy(self._pose.ravel().tolist())
        return True

    def _carried(self, values: NDArray[Any]) -> NDArray[Any]:
        return values if self._left is None else self._left.carried(values)

    def _paint(self, shape: Shape) -> None:
        colours = point_colours(shape, self.finish)
        self._mapper.ScalarVisibilityOff()
        if colours is not None:
            self._surface.set_values("colours", self._carried(colours))
            draw_colours(self._mapper)

    def _set_finish(self) -> None:
        look = self.actor.GetProperty()
        look.SetInterpolationToPhong()
        look.SetColor(*self.finish.colour)
        look.SetAmbient(0.0)
        look.SetDiffuse(1.0)
        look.SetSpecular(0.0)
        if self.finish.surface == "hollow":
            look.FrontfaceCullingOn()
        code = f"{AFTER_LIGHT}\n{fragment_code(self.finish)}"
        self.actor.GetShaderProperty().AddFragmentShaderReplacement(AFTER_LIGHT, False, code, False)
