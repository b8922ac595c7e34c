"""One actor per shape: uploaded only where the shape's key changed, moved by its matrix alone otherwise."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyvista as pv
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray
from vtkmodules.vtkCommonMath import vtkMatrix4x4
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

from kyphoviz.anatomy.mesh import Floats, Triangles
from kyphoviz.procedure.state import Point
from kyphoviz.scene.look import Colour, Material, fragment_code, point_colours
from kyphoviz.scene.picking import Drawn
from kyphoviz.site.remainder import Remainder, remainder
from kyphoviz.site.shape import Shape

AFTER_LIGHT = "//VTK::Light::Impl"
GHOST = 0.6  # opacity up to which a thing is looked through rather than at


@dataclass(frozen=True, slots=True)
class Knife:
    """Where the section cuts at one instant: a point of its plane, and the side that goes."""

    origin: Point
    normal: Point


class Surface:
    """A PyVista mesh whose points, normals and triangles lie in arrays that VTK reads in place."""

    def __init__(self) -> None:
        self.data = pv.PolyData()
        self._points, self._cells = vtkPoints(), vtkCellArray()
        self._corners: Triangles | None = None
        self._held: dict[str, NDArray[np.generic]] = {}
        self.data.SetPoints(self._points)
        self.data.SetPolys(self._cells)

    @property
    def count(self) -> int:
        """How many points there are."""
        return len(self._held["points"]) if self._held else 0

    @property
    def points(self) -> Floats:
        """The points as they were uploaded."""
        return np.asarray(self._held["points"], np.float32)

    @property
    def triangles(self) -> Triangles:
        """The triangles as they were uploaded."""
        return np.zeros((0, 3), np.int32) if self._corners is None else self._corners

    def set_points(self, points: Floats, normals: Floats | None = None) -> None:
        """Copies both; arrays of the same length are written over, so VTK keeps its buffers."""
        if self.count == len(points) and self._held:
            np.copyto(self._held["points"], points, casting="same_kind")
            self._points.Modified()
        else:
            self._held["points"] = np.array(points, np.float32, order="C")
            self._points.SetData(numpy_to_vtk(self._held["points"]))
        if normals is not None:
            self.set_values("normals", np.asarray(normals, np.float32))
            self.data.GetPointData().SetActiveNormals("normals")

    def set_triangles(self, triangles: Triangles) -> None:
        """Builds the cells anew, unless it is the same array as last time."""
        if self._corners is triangles:
            return
        corners = np.ascontiguousarray(triangles, np.int32).reshape(-1)
        starts = np.arange(0, len(corners) + 1, 3, dtype=np.int32)
        self._cells.SetData(numpy_to_vtk(starts, deep=True), numpy_to_vtk(corners, deep=True))
        self.data.Modified()
        self._corners = triangles

    def set_values(self, name: str, values: NDArray[np.generic]) -> None:
        """An array of the points, by name; bytes are taken as colours."""
        held = self._held.get(name)
        if held is not None and held.shape == values.shape:
            np.copyto(held, values, casting="same_kind")
            self.data.GetPointData().GetArray(name).Modified()
            return
        self._held[name] = np.array(values, order="C")
        array = numpy_to_vtk(self._held[name])
        array.SetName(name)
        self.data.GetPointData().AddArray(array)


def new_mapper(surface: Surface) -> vtkPolyDataMapper:
    """Draws the surface by the fast path: raw float32 upload, no shift and scale, no pipeline in between."""
    mapper = vtkPolyDataMapper()
    mapper.SetInputData(surface.data)
    mapper.SetVBOShiftScaleMethod(0)
    mapper.ScalarVisibilityOff()
    mapper.StaticOn()
    return mapper


def _in_frame_of(pose: NDArray[np.float64], knife: Knife) -> Knife:
    turn = pose[:3, :3]
    x, y, z = (np.array(knife.origin) - pose[:3, 3]) @ turn
    a, b, c = np.array(knife.normal) @ turn
    return Knife((float(x), float(y), float(z)), (float(a), float(b), float(c)))


class Part:
    """The actor of one shape."""

    def __init__(self, shape: Shape, material: Material) -> None:
        """Makes an empty actor."""
        self.name, self.material = shape.name, material
        self._is_closed = shape.closed
        self._surface, self.actor = Surface(), vtkActor()
        self._mapper = new_mapper(self._surface)
        self.actor.SetMapper(self._mapper)
        self._held: tuple[Hashable, Knife | None, bool] | None = None
        self._is_capped = False
        self._left: Remainder | None = None
        self._openness: Floats | None = None
        self._pose: NDArray[np.float64] | None = None
        self._matrix = vtkMatrix4x4()
        self.actor.SetUserMatrix(self._matrix)
        self._dress()

    def hold(self, shape: Shape, knife: Knife | None = None, *, is_capped: bool = False) -> bool:
        """Uploads what changed; whether anything did.

        Args:
            knife: where the section cuts; it leaves alone what is not to be cut.
            is_capped: the cut is covered, so the inner side need not be drawn: dear even where all of it is hidden.
        """
        moved = self._place(shape.pose)
        knife = _in_frame_of(shape.pose, knife) if knife is not None and self.material.is_cut else None
        if self._held == (shape.key, knife, is_capped):
            return moved
        mesh = shape.mesh
        left = None if knife is None else remainder(mesh.points, mesh.triangles, knife.origin, knife.normal)
        was_cut, self._left = self._left is not None, left
        is_new = self._surface.count != len(mesh.points) or was_cut or left is not None
        self._surface.set_points(self._carried(mesh.points), self._carried(mesh.normals))
        self._surface.set_triangles(mesh.triangles if left is None else left.triangles)
        if is_new or mesh.openness is not self._openness or self.material.surface == "glass":
            self._paint(shape)
        self._is_capped = is_capped
        self._blend(self.actor.GetProperty().GetOpacity())
        self._held, self._openness = (shape.key, knife, is_capped), mesh.openness
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
        is_clear = self.material.surface == "balloon" and self.actor.GetProperty().GetOpacity() > GHOST
        return Drawn(self.name, self._surface.points, self._surface.triangles, self._pose, is_clear)

    def tint(self, colour: Colour) -> bool:
        """Another plain colour; whether it changed."""
        if self.actor.GetProperty().GetDiffuseColor() == colour:
            return False
        self.actor.GetProperty().SetColor(*colour)
        return True

    def _blend(self, opacity: float) -> None:
        see_through = opacity < 1.0 or self.material.surface in ("balloon", "tissue")
        self.actor.SetForceTranslucent(see_through)
        self.actor.SetForceOpaque(not see_through)
        hides_its_inside = self._is_closed and (self._left is None or self._is_capped)
        ghost = see_through and self.material.surface not in ("glass", "tissue")
        is_shell = self.material.surface == "hollow"
        self.actor.GetProperty().SetBackfaceCulling((hides_its_inside or ghost) and not is_shell)

    def _place(self, pose: NDArray[np.float64]) -> bool:
        if self._pose is not None and (self._pose is pose or np.array_equal(self._pose, pose)):
            return False
        self._pose = np.array(pose)
        self._matrix.DeepCopy(self._pose.ravel().tolist())
        return True

    def _carried(self, values: NDArray[Any]) -> NDArray[Any]:
        return values if self._left is None else self._left.carried(values)

    def _paint(self, shape: Shape) -> None:
        colours = point_colours(shape, self.material)
        self._mapper.SetScalarVisibility(colours is not None)
        if colours is not None:
            self._surface.set_values("colours", self._carried(colours))
            self._mapper.SetColorModeToDirectScalars()
            self._mapper.SetScalarModeToUsePointFieldData()
            self._mapper.SelectColorArray("colours")

    def _dress(self) -> None:
        look = self.actor.GetProperty()
        look.SetInterpolationToPhong()
        look.SetColor(*self.material.colour)
        look.SetAmbient(0.0)
        look.SetDiffuse(1.0)
        look.SetSpecular(0.0)
        if self.material.surface == "hollow":
            look.FrontfaceCullingOn()
        code = f"{AFTER_LIGHT}\n{fragment_code(self.material)}"
        self.actor.GetShaderProperty().AddFragmentShaderReplacement(AFTER_LIGHT, False, code, False)
