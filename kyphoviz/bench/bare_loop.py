"""The same triangles from the same places in a plain VTK loop: what a frame costs at the very least."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from time import perf_counter

import numpy as np
from vtkmodules.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper, vtkRenderer, vtkRenderWindow

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.procedure.state import Camera
from kyphoviz.scene import camera as orbit

WARM_UP = 3


def bare_frame_ms(meshes: Sequence[Mesh], cameras: Sequence[Camera], size: tuple[int, int]) -> float:
    """Median milliseconds of a frame.

    Args:
        meshes: what is drawn, opaque, with VTK's own light.
        cameras: one frame from each.
        size: width and height in pixels.
    """
    renderer = vtkRenderer()
    for mesh in meshes:
        renderer.AddActor(_actor(mesh))
    window = vtkRenderWindow()
    window.SetOffScreenRendering(1)
    window.SetMultiSamples(0)
    window.SetSize(*size)
    window.AddRenderer(renderer)
    times = []
    for camera in [*cameras[:WARM_UP], *cameras]:
        start = perf_counter()
        _look(renderer, camera)
        window.Render()
        window.WaitForCompletion()
        times.append(perf_counter() - start)
    window.Finalize()
    return 1e3 * median(times[WARM_UP:])


def _actor(mesh: Mesh) -> vtkActor:
    data = vtkPolyData()
    points = vtkPoints()
    points.SetData(numpy_to_vtk(np.ascontiguousarray(mesh.points), deep=True))
    data.SetPoints(points)
    cells = vtkCellArray()
    corners = np.hstack([np.full((len(mesh.triangles), 1), 3), mesh.triangles]).astype(np.int64)
    cells.ImportLegacyFormat(numpy_to_vtkIdTypeArray(corners.ravel(), deep=True))
    data.SetPolys(cells)
    data.GetPointData().SetNormals(numpy_to_vtk(np.ascontiguousarray(mesh.normals), deep=True))
    mapper = vtkPolyDataMapper()
    mapper.SetInputData(data)
    actor = vtkActor()
    actor.SetMapper(mapper)
    return actor


def _look(renderer: vtkRenderer, camera: Camera) -> None:
    view, held = orbit.view_of(camera), renderer.GetActiveCamera()
    held.SetPosition(*view.eye)
    held.SetFocalPoint(*camera.focus_mm)
    held.SetViewUp(*view.up)
    held.SetViewAngle(camera.view_angle_deg)
    held.SetClippingRange(*orbit.clipping_mm(camera))
