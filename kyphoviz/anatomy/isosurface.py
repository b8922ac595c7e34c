"""Fields on grids -> closed surfaces, by VTK's flying edges; the one place outside the pictures that uses VTK.

It also triangulates flat points, because SciPy, which could too, takes a quarter of a second to load for it.

Convention: a solid is where the values are ABOVE the level (positive inside). For a signed distance, which is
negative inside, hand in its negative. Keep the values below the level on the faces of the grid, or the surface is
open there.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from vtkmodules.util.numpy_support import numpy_to_vtk, vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkImageData, vtkPolyData
from vtkmodules.vtkFiltersCore import (
    vtkDelaunay2D,
    vtkFlyingEdges3D,
    vtkPolyDataConnectivityFilter,
    vtkQuadricDecimation,
    vtkWindowedSincPolyDataFilter,
)

from kyphoviz.anatomy.mesh import Floats, Mesh, Triangles, vertex_normals


class IsoSurface:
    """Surfaces of many fields on the same grid: filter and buffer are made once, so it serves every frame.

    VTK's grids run x fastest and numpy's z, so VTK is told that x is z and the finished points are turned back:
    that is far cheaper than turning the values.

    Args:
        shape: samples along x, y, z.
        origin: place of sample (0, 0, 0), mm.
        spacing: between samples, mm; one number or one per axis.
    """

    def __init__(self, shape: tuple[int, int, int], origin: ArrayLike, spacing: ArrayLike) -> None:
        corner = np.asarray(origin, float)
        step = np.broadcast_to(np.asarray(spacing, float), 3)
        self._buffer = np.zeros(shape, np.float32)
        self._scalars = numpy_to_vtk(self._buffer.reshape(-1))
        self._image = vtkImageData()
        self._image.SetDimensions(*shape[::-1])
        self._image.SetOrigin(*corner[::-1].tolist())
        self._image.SetSpacing(*step[::-1].tolist())
        self._image.GetPointData().SetScalars(self._scalars)
        self._filter = vtkFlyingEdges3D()
        self._filter.SetInputData(self._image)
        self._filter.ComputeNormalsOn()
        self._filter.ComputeScalarsOff()

    def __call__(self, values: NDArray[Any], level: float = 0.0) -> Mesh:
        """The surface around everything above the level, normals outwards, arrays of its own.

        Args:
            values: array of the grid's shape.
        """
        np.copyto(self._buffer, values, casting="same_kind")
        self._scalars.Modified()
        self._image.Modified()
        self._filter.SetValue(0, level)
        self._filter.Update()
        found: vtkPolyData = self._filter.GetOutput()
        if not found.GetNumberOfCells():
            none = np.zeros((0, 3), np.float32)
            return Mesh(none, np.zeros((0, 3), np.int32), none)
        normals = vtk_to_numpy(found.GetPointData().GetNormals())
        return Mesh(_turned(_points(found)), _turned(_triangles(found)), _turned(normals))


def surface(values: NDArray[Any], origin: ArrayLike, spacing: ArrayLike, level: float = 0.0) -> Mesh:
    """The surface of one field, see `IsoSurface`."""
    nx, ny, nz = values.shape
    return IsoSurface((nx, ny, nz), origin, spacing)(values, level)


def largest_shell(mesh: Mesh) -> Mesh:
    """The connected piece with the most triangles, without the points of the others."""
    pieces = vtkPolyDataConnectivityFilter()
    pieces.SetInputData(_polydata(mesh))
    pieces.SetExtractionModeToLargestRegion()
    pieces.Update()
    found = _mesh(pieces.GetOutput())
    used, triangles = np.unique(found.triangles, return_inverse=True)
    kept = triangles.reshape(-1, 3).astype(np.int32)
    return Mesh(found.points[used], kept, vertex_normals(found.points[used], kept))


def smoothed(mesh: Mesh, passes: int, band: float) -> Mesh:
    """Without the steps of the grid, volume nearly kept (windowed sinc).

    Args:
        band: 0 to 2; less is smoother.
    """
    sinc = vtkWindowedSincPolyDataFilter()
    sinc.SetInputData(_polydata(mesh))
    sinc.SetNumberOfIterations(passes)
    sinc.SetPassBand(band)
    sinc.NormalizeCoordinatesOn()
    sinc.Update()
    return _mesh(sinc.GetOutput())


def decimated(mesh: Mesh, triangles: int) -> Mesh:
    """Closely the same surface with about that many triangles."""
    if len(mesh.triangles) <= triangles:
        return mesh
    quadric = vtkQuadricDecimation()
    quadric.SetInputData(_polydata(mesh))
    quadric.SetTargetReduction(1 - triangles / len(mesh.triangles))
    quadric.VolumePreservationOn()
    quadric.Update()
    return _mesh(quadric.GetOutput())


def triangulated(flat: NDArray[np.floating]) -> NDArray[np.intp]:
    """The Delaunay triangles of points in a plane, shape (N, 2): point numbers (M, 3), wound either way."""
    points, data, delaunay = vtkPoints(), vtkPolyData(), vtkDelaunay2D()
    points.SetData(numpy_to_vtk(np.column_stack([flat, np.zeros(len(flat))]), deep=True))
    data.SetPoints(points)
    delaunay.SetOffset(100.0)  # with less it leaves out slim triangles at the hull
    delaunay.SetInputData(data)
    delaunay.Update()
    return _triangles(delaunay.GetOutput()).astype(np.intp)


def _turned(rows: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(rows[:, ::-1])


def _points(data: vtkPolyData) -> Floats:
    return np.asarray(vtk_to_numpy(data.GetPoints().GetData()), np.float32)


def _triangles(data: vtkPolyData) -> Triangles:
    return np.asarray(vtk_to_numpy(data.GetPolys().GetConnectivityArray()).reshape(-1, 3), np.int32)


def _mesh(data: vtkPolyData) -> Mesh:
    points, triangles = _points(data).copy(), _triangles(data).copy()
    return Mesh(points, triangles, vertex_normals(points, triangles))


def _polydata(mesh: Mesh) -> vtkPolyData:
    points, cells, data = vtkPoints(), vtkCellArray(), vtkPolyData()
    points.SetData(numpy_to_vtk(np.ascontiguousarray(mesh.points, np.float32), deep=True))
    starts = np.arange(0, 3 * len(mesh.triangles) + 1, 3, dtype=np.int64)
    corners = np.ascontiguousarray(mesh.triangles, np.int64).reshape(-1)
    cells.SetData(numpy_to_vtk(starts, deep=True), numpy_to_vtk(corners, deep=True))
    data.SetPoints(points)
    data.SetPolys(cells)
    return data
