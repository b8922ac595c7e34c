"""The sums through the film's own shapes against an independent ray caster."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import label

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.choices import CArmTurn
from kyphoviz.film import Film, open_film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.fluoroscopy.materials import weights_of
from kyphoviz.fluoroscopy.numpy_path_lengths import NumpyPathLengths
from kyphoviz.fluoroscopy.path_lengths import PathLengthBuffer
from kyphoviz.scenario.load import find, load
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.c_arm import Projection
from tests.fluoroscopy.test_path_lengths import cast

INSTANTS = [("needle_advance", 0.9), ("inflate", 0.9), ("fill", 0.95)]
STANDS = [CArmTurn("ap"), CArmTurn("lateral"), CArmTurn("ap", 27.0, -18.0)]
COARSER = 2  # every other pixel of the detector, to spare the ray caster


@pytest.fixture(scope="module")
def film() -> Film:
    """The shipped operation."""
    return open_film(load(find("kyphoplasty"), "kyphoplasty"), shipped_bones())


def cast_all(shapes: list[Shape], view: Projection) -> NDArray[np.float64]:
    """The sum of attenuation x length by casting rays, all solids of one weight together."""
    groups: dict[float, list[Mesh]] = defaultdict(list)
    for shape in shapes:
        groups[weights_of(shape)[0]].append(shape.placed)
    sums = np.zeros(view.size[::-1])
    for weight, meshes in groups.items():
        starts = np.cumsum([0] + [len(mesh.points) for mesh in meshes[:-1]])
        points = np.concatenate([mesh.points for mesh in meshes])
        triangles = np.concatenate([mesh.triangles + start for mesh, start in zip(meshes, starts, strict=True)])
        sums += weight * cast(Mesh(points, triangles.astype(np.int32), points), view)
    return sums


def longest_streak(bad: NDArray[np.bool_]) -> int:
    """How many bad pixels touch each other at most, across corners too: a streak is one pixel wide but long."""
    pieces, count = label(bad, np.ones((3, 3)))
    return int(np.bincount(pieces.ravel())[1:].max()) if count else 0


@pytest.mark.slow
@pytest.mark.parametrize("stand", STANDS, ids=["ap", "lateral", "oblique"])
@pytest.mark.parametrize(("step", "share"), INSTANTS)
def test_the_film_is_x_rayed_exactly(
    buffer: PathLengthBuffer, film: Film, step: str, share: float, stand: CArmTurn
) -> None:
    """With OpenGL and without, 99.9 % of the pixels agree within 0.1 % of the densest one, and there is no streak."""
    state = film.timeline.state_at(film.timeline.time_of(step, share))
    shapes = [shape for shape in film.site.shapes(state) if shape.in_xray and len(shape.mesh.triangles)]
    full = film.site.projection(stand.view, stand)
    width, height = full.size
    view = replace(full, size=(width // COARSER, height // COARSER), pixel_mm=full.pixel_mm * COARSER)
    expected = cast_all(shapes, view)
    for sums in (buffer, NumpyPathLengths()):
        found = sums.draw(shapes, view)[..., 0]
        error = np.abs(found - expected) / found.max()  # the caster's own maximum may be a hit that it missed
        assert found.max() > 5
        assert np.percentile(error, 99.9) < 0.001
        assert longest_streak(error > 0.001) <= 3


@pytest.mark.parametrize("stand", ["ap", "lateral"])
def test_brightness_is_held_when_dense_things_come_in(fluoroscope: Fluoroscope, film: Film, stand: str) -> None:
    """Middle grey grows by a third at most from the bare bone to wires, balloons or cement in it."""
    instants = [("mark_level", 0.6), ("wire_exchange", 0.6), ("inflate", 0.9), ("cure", 0.6)]
    states = (film.timeline.state_at(film.timeline.time_of(step, share)) for step, share in instants)

    greys = [np.median(fluoroscope.image(film.site.shapes(state), film.site.projection(stand))) for state in states]

    assert max(greys) < 1.34 * min(greys)


def test_a_streak_is_found() -> None:
    """The measure of streaks counts along rows, columns and diagonals."""
    bad = np.zeros((9, 9), bool)
    assert longest_streak(bad) == 0
    bad[4, 2:8] = True
    assert longest_streak(bad) == longest_streak(bad.T) == 6
    assert longest_streak(np.eye(9, dtype=bool)) == 9
