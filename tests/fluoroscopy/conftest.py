"""Solids and views that the X-ray tests share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace

import numpy as np
import pytest
import trimesh

from kyphoviz.anatomy.mesh import Mesh, vertex_normals
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.fluoroscopy.path_lengths import PathLengthBuffer
from kyphoviz.site.role import TRAITS, Material, Role
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import CArmPose, Projection

MakeShape = Callable[..., Shape]


@pytest.fixture(scope="module")
def buffer() -> Iterator[PathLengthBuffer]:
    """One for a file: when the last VTK window of the tests between closes, it ends EGL for all in the process."""
    made = PathLengthBuffer()
    yield made
    made.close()


@pytest.fixture
def fluoroscope() -> Iterator[Fluoroscope]:
    made = Fluoroscope()
    yield made
    made.close()


@pytest.fixture(params=["ap", "lateral"])
def view(request: pytest.FixtureRequest) -> Projection:
    """Both views, at a quarter of the pixels."""
    made = CArmPose(request.param, (0.0, 10.0, 0.0)).projection
    return replace(made, size=(256, 256), pixel_mm=0.88)


@pytest.fixture(scope="session")
def ball() -> Callable[..., Mesh]:
    """Maker of closed balls: centre, radius, how fine, and how lumpy (0 round)."""

    def make(centre: tuple[float, float, float], radius: float, fine: int = 3, lumpy: float = 0.0) -> Mesh:
        unit = trimesh.creation.icosphere(subdivisions=fine)
        bumps = 1 + lumpy * np.prod(np.sin(5 * unit.vertices + 0.3), axis=1, keepdims=True)
        points = np.array(unit.vertices * bumps * radius + centre, np.float32)
        triangles = np.array(unit.faces, np.int32)
        return Mesh(points, triangles, vertex_normals(points, triangles))

    return make


@pytest.fixture(scope="session")
def shape() -> MakeShape:
    """Maker of shapes that the X-ray sees."""

    def make(name: str, mesh: Mesh, material: str = "soft", inside: str = "air", key: Hashable = 0) -> Shape:
        own = replace(TRAITS[Role.SKIN], material=Material(material), inside=Material(inside))
        return Shape(name=name, role=Role.SKIN, mesh=mesh, key=key, own=own)

    return make
