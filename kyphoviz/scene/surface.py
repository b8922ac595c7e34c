"""A mesh as VTK reads it in place, and the quickest way to draw it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyvista as pv
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray
from vtkmodules.vtkRenderingCore import vtkPolyDataMapper

from kyphoviz.anatomy.mesh import Floats, Triangles


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

    def values(self, name: str) -> NDArray[Any]:
        """An array of the points as it was uploaded."""
        return self._held[name]

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


def draw_colours(mapper: vtkPolyDataMapper) -> None:
    """Draws the surface in the values that it has by the name "colours"."""
    mapper.ScalarVisibilityOn()
    mapper.SetColorModeToDirectScalars()
    mapper.SetScalarModeToUsePointFieldData()
    mapper.SelectColorArray("colours")
