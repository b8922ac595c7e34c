"""X-rays and VTK in one thread of one process."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import numpy as np

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection

if sys.platform.startswith("linux"):
    os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")

import pyvista as pv


def test_neither_disturbs_the_other(ball: Callable[..., Mesh], shape: Callable[..., Shape], view: Projection) -> None:
    """Drawing in turns, both give what they give alone, and VTK can still draw after the X-rays are closed."""
    part = shape("ball", ball((0.0, 10.0, 0.0), 25.0), "cortical", "soft")
    plotter = pv.Plotter(off_screen=True, window_size=(96, 64))
    plotter.add_mesh(pv.PolyData.from_regular_faces(part.mesh.points, part.mesh.triangles), color="tan")
    before = np.array(plotter.screenshot(return_img=True))
    assert before.std() > 5
    fluoroscope = Fluoroscope()
    first = fluoroscope.line_integral([part], view)
    for k in range(3):
        plotter.render()
        moved = Shape(**{name: getattr(part, name) for name in Shape.__slots__} | {"key": k + 1})
        assert np.array_equal(fluoroscope.line_integral([moved], view), first)
        assert np.array_equal(plotter.screenshot(return_img=True), before)
    fluoroscope.close()
    assert np.array_equal(plotter.screenshot(return_img=True), before)
    plotter.close()
