"""Compares the X-rays of the program with those of gVXR, an X-ray simulator, on the same mesh and machine.

gVXR is no dependency: `pip install gvxr` first, and on Debian libxcb-res0, libxcb-composite0, libxcb-ewmh2 and
libxcb-xinerama0. Run: python scripts/compare_gvxr.py
"""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from gvxrPython3 import gvxr
from numpy.typing import NDArray

from kyphoviz.anatomy.assets import load_bone, load_fine
from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.film import open_film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.fluoroscopy.materials import ATTENUATION_PER_CM
from kyphoviz.scenario.load import find, load
from kyphoviz.site.role import Material
from kyphoviz.site.shape import STAYS, Shape
from kyphoviz.site.xray.c_arm import Projection

ROUNDS = 20
MU = ATTENUATION_PER_CM[Material.CORTICAL] - ATTENUATION_PER_CM[Material.SOFT]


def main() -> None:
    """Prints times and correlation for a light and for a fine mesh of the same bone."""
    gvxr.createWindow(-1, 0, "EGL", 4, 5)
    projection = open_film(load(find("kyphoplasty")), shipped_bones()).site.projection("lateral")
    bones = {"light": load_bone("L1").outer, "fine": load_fine("L1")}
    found = {name: _gvxr(mesh, projection) for name, mesh in bones.items()}  # first: our context would push theirs out
    for name, mesh in bones.items():
        (theirs, theirs_ms), (ours, ours_ms) = found[name], _ours(mesh, projection)
        fit = np.corrcoef(ours.ravel(), theirs.ravel())[0, 1]
        print(
            f"{name}: {len(mesh.triangles)} triangles; here {ours_ms:.1f} ms, gVXR {theirs_ms:.1f} ms "
            f"({theirs_ms / ours_ms:.1f} times); 1 - correlation {1 - fit:.1e}; largest difference "
            f"{np.abs(ours - theirs).max():.4f} of {theirs.max():.4f}"
        )


def _ours(mesh: Mesh, projection: Projection) -> tuple[NDArray[np.float32], float]:
    """(line integral, milliseconds) with the shape changed for each picture."""
    fluoroscope, times = Fluoroscope(), []
    for k in range(ROUNDS):
        shape = Shape("bone", "vertebra", mesh, k, STAYS, None, None, "bone", "cortical", "soft", True)
        start = perf_counter()
        found = fluoroscope.line_integral([shape], projection)
        times.append(perf_counter() - start)
    fluoroscope.close()
    return found, 1e3 * median(times[2:])


def _gvxr(mesh: Mesh, projection: Projection) -> tuple[NDArray[np.float64], float]:
    """The same from gVXR, with the mesh handed over once."""
    gvxr.removePolygonMeshesFromXRayRenderer()
    gvxr.setSourcePosition(*map(float, projection.source_mm), "mm")
    gvxr.usePointSource()
    gvxr.setMonoChromatic(65.0, "keV", 1)
    gvxr.setDetectorPosition(*map(float, projection.detector_center_mm), "mm")
    gvxr.setDetectorUpVector(*map(float, projection.detector_up))
    gvxr.setDetectorNumberOfPixels(*projection.size)
    gvxr.setDetectorPixelSize(projection.pixel_mm, projection.pixel_mm, "mm")
    name = f"bone{len(mesh.triangles)}"
    gvxr.makeTriangularMesh(name, mesh.points.ravel().tolist(), mesh.triangles.ravel().tolist(), "mm")
    gvxr.setLinearAttenuationCoefficient(name, MU, "cm-1")
    gvxr.addPolygonMeshAsInnerSurface(name)
    times: list[float] = []
    image: Any = None
    for _ in range(ROUNDS):
        start = perf_counter()
        image = np.array(gvxr.computeXRayImage())
        times.append(perf_counter() - start)
    found = -np.log(np.maximum(image / image.max(), 1e-9))
    return found[::-1], 1e3 * median(times[2:])  # its first row is the lowest


if __name__ == "__main__":
    main()
