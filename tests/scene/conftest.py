"""A small site of balls and bones, drawn at 320 x 180."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from kyphoviz.anatomy.assets import RestBone, load_bone, load_fine
from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.anatomy.mesh import Floats, Mesh, vertex_normals
from kyphoviz.choices import CArmTurn
from kyphoviz.procedure.state import Camera, Cement, Fracture, Incision, Layer, Opacity, ProcedureState
from kyphoviz.scene.view import SceneView
from kyphoviz.site.cut.section import Section, plane_along
from kyphoviz.site.role import Role
from kyphoviz.site.shape import Shape

REST = shipped_bones().rest_poses("L1")

SIZE = (320, 180)
LAYERS = (Layer.TREATED_BONE, Layer.DISCS, Layer.TOOLS, Layer.BALLOONS, Layer.CEMENT)


def ball(radius_mm: float, centre: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> Mesh:
    """A closed ball of 12 x 24 quads."""
    rows, around = 12, 24
    polar, turn = np.meshgrid(np.linspace(0, np.pi, rows + 1), np.arange(around) * 2 * np.pi / around, indexing="ij")
    unit = np.stack([np.sin(polar) * np.cos(turn), np.sin(polar) * np.sin(turn), np.cos(polar)], axis=-1)
    i, j = np.meshgrid(np.arange(rows), np.arange(around), indexing="ij")
    a, b = i * around + j, i * around + (j + 1) % around
    quads = np.stack([a, a + around, b + around, a, b + around, b], axis=-1)
    points = (radius_mm * unit.reshape(-1, 3) + centre).astype(np.float32)
    triangles = quads.reshape(-1, 3).astype(np.int32)
    return Mesh(points, triangles, vertex_normals(points, triangles))


def _ball_distance(radius_mm: float, centre: tuple[float, float, float], points: Floats) -> Floats:
    return np.asarray(np.linalg.norm(points - np.array(centre, np.float32), axis=1) - radius_mm, np.float32)


class SmallSite:
    """A bone, a disc, a tool and a balloon.

    The tool follows the front height and shrinks with the middle one; the balloon grows with the cement's volume.
    """

    def __init__(self, bone: RestBone) -> None:
        self._bone = bone
        self._disc, self._tool = ball(9.0, (0.0, 0.0, -18.0)), ball(4.0)
        self.calls = 0
        self._fine = load_fine("L1")

    def _bent(self, bend: float) -> Mesh:
        return replace(self._tool, points=self._tool.points * np.float32(bend))

    @property
    def section(self) -> Section:
        return Section(
            {"L1": self._bone},
            "L1",
            plane_along((12.0, 0.0, 0.0), (-0.3, -1.0, -0.2)),
            REST,
        )

    def drawn_finely(self, state: ProcedureState) -> tuple[Shape, ...]:
        bone, *others = self.drawn(state)
        return replace(bone, mesh=self._fine, key="fine"), *others

    def c_arm_shapes(self, turns: tuple[CArmTurn, ...]) -> tuple[Shape, ...]:
        return tuple(Shape(name=f"beam_{turn.view}", role=Role.BEAM, mesh=ball(20.0), key=0) for turn in turns)

    def drawn(self, state: ProcedureState) -> tuple[Shape, ...]:
        self.calls += 1
        pose = np.eye(4)
        pose[:3, 3] = (30.0, 20.0, 40.0 * state.fracture.anterior)
        bend = state.fracture.middle
        found = [
            Shape(name="L1", role=Role.VERTEBRA, mesh=self._bone.outer, key="L1", level="L1"),
            Shape(name="disc", role=Role.DISC, mesh=self._disc, key="disc"),
            Shape(name="tool", role=Role.NEEDLE, mesh=self._bent(state.fracture.middle), key=bend, pose=pose),
        ]
        volume = state.cement.volume_ml
        if volume:
            centre = (12.0, -4.0, 0.0)
            away = partial(_ball_distance, 2.0 + volume, centre)
            mesh = ball(2.0 + volume, centre)
            found.append(Shape(name="balloon_left", role=Role.BALLOON, mesh=mesh, key=volume, distance_mm=away))
        return tuple(found)


@pytest.fixture(scope="session")
def bone() -> RestBone:
    return load_bone("L1")


@pytest.fixture
def site(bone: RestBone) -> SmallSite:
    return SmallSite(bone)


@pytest.fixture
def view_of(site: SmallSite) -> Iterator[Callable[..., SceneView]]:
    """Opens views that are closed after the test."""
    views: list[SceneView] = []

    def opened(quality: str = "draft", shown: SmallSite = site) -> SceneView:
        views.append(SceneView(shown, SIZE, quality))
        return views[-1]

    yield opened
    for view in views:
        view.close()


@pytest.fixture
def state() -> ProcedureState:
    """Everything shown, nothing cut."""
    layers = tuple(Opacity(layer, 1.0 if layer in LAYERS else 0.0) for layer in Layer)
    camera = Camera((0.0, 10.0, 0.0), 60.0, 20.0, 300.0)
    return ProcedureState(
        time_s=0.0, step="", caption=None, clinical_min=0.0, fracture=Fracture(), incision=Incision(), needles=(),
        balloons=(), cavities=(), cement=Cement(), cancellous_mass_g=4.0, camera=camera, layers=layers, cut=0.0,
        c_arm_deg=0.0, load=0.0, xray=(),
    )  # fmt: skip


@pytest.fixture
def moments(state: ProcedureState) -> tuple[ProcedureState, ...]:
    """States that differ in every part a picture depends on."""
    ghost = tuple(replace(entry, value=0.4 * entry.value) for entry in state.layers)
    near = replace(state.camera, azimuth_deg=110.0, distance_mm=220.0)
    return (
        state,
        replace(state, cut=1.0, camera=near),
        replace(state, cut=0.5, cement=Cement(volume_ml=3.0), fracture=Fracture(0.7, 0.85, 1.0), camera=near),
        replace(state, cement=Cement(volume_ml=1.0, set_fraction=1.0), layers=ghost),
        replace(state, cut=1.0, cement=Cement(volume_ml=5.0), camera=near),
    )
