"""The schematic figures: closed, light, at true scale, and where the room has them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.site.theatre.figures import BOWL_PARTS, C_ARM_PARTS, TABLE_TOP_Y_MM, bowl, c_arm_figure, table
from kyphoviz.site.theatre.mannequin import patient, standing_patient


@pytest.mark.parametrize("figure", [patient, standing_patient])
def test_patients_are_one_light_solid(figure: Callable[[], Mesh]) -> None:
    """A mannequin is closed, weighs what a person of 1.60 m may, and has at most 5 000 triangles."""
    mesh = figure()
    assert mesh.is_closed
    assert len(mesh.triangles) <= 5000
    assert 45e6 < mesh.volume_mm3 < 75e6


def test_the_patient_is_of_true_size() -> None:
    """Standing, she measures 1.60 m from sole to crown, with the first lumbar vertebra at 0.62 of it."""
    low, high = standing_patient().bounds
    assert high[2] - low[2] == pytest.approx(1600, abs=40)
    assert -low[2] / (high[2] - low[2]) == pytest.approx(0.62, abs=0.02)


def test_the_patient_lies_on_the_table() -> None:
    """Prone, nothing of her is below the table top, the belly hangs free and the back is on top."""
    mesh = patient()
    assert mesh.points[:, 1].min() > TABLE_TOP_Y_MM
    belly = mesh.points[(np.abs(mesh.points[:, 2]) < 40) & (np.abs(mesh.points[:, 0]) < 60)]
    assert belly[:, 1].min() > TABLE_TOP_Y_MM + 60
    assert belly[:, 1].max() == pytest.approx(78, abs=15)


def test_the_table_is_below_her() -> None:
    """The table is closed and lies wholly in front of the spine, with her between its edges."""
    mesh = table()
    assert mesh.is_closed
    assert mesh.volume_mm3 > 0
    assert mesh.bounds[1][1] < -60
    assert len(mesh.triangles) <= 3000


@pytest.mark.parametrize("turn_deg", [0.0, 37.0, 90.0])
def test_c_arm_is_closed_and_light(turn_deg: float) -> None:
    """Each of its named parts is a solid, and all together stay within the budget."""
    parts = c_arm_figure(turn_deg)
    assert len(parts) == len(C_ARM_PARTS)
    assert all(part.is_closed and part.volume_mm3 > 0 for part in parts)
    assert sum(len(part.triangles) for part in parts) <= 3000


def test_c_arm_stands_as_the_beam_runs() -> None:
    """At 0 the tube is in front and the detector 380 mm behind the isocentre; at 90 the tube is at the left."""
    tube, detector = c_arm_figure(0.0)[1:3]
    assert tube.bounds[0][1] < -620 < tube.bounds[1][1] < -400
    assert detector.bounds[0][1] == pytest.approx(380, abs=0.1)
    tube, detector = c_arm_figure(90.0)[1:3]
    assert tube.bounds[1][0] > 620
    assert detector.bounds[1][0] == pytest.approx(-380, abs=0.1)


def test_c_arm_clears_the_table_in_front() -> None:
    """With the tube under the table nothing of arc, tube or detector reaches into the table."""
    low, high = table().bounds
    for part in c_arm_figure(0.0)[:3]:
        across, y, along = part.points.T
        inside = (np.abs(across) < high[0]) & (y > low[1]) & (y < high[1]) & (along > low[2]) & (along < high[2])
        assert not inside.any()


def test_only_the_c_turns() -> None:
    """The cart keeps its place on the floor while the C orbits."""
    assert c_arm_figure(0.0)[3].points is c_arm_figure(60.0)[3].points
    assert not np.allclose(c_arm_figure(0.0)[0].points, c_arm_figure(60.0)[0].points)


def test_the_bowl_is_set_out() -> None:
    """All parts are solids; the cement lies in the bowl; bowl, sachet and ampoule stand on the tray."""
    parts = dict(zip(BOWL_PARTS, bowl(), strict=True))
    assert all(part.is_closed and part.volume_mm3 > 0 for part in parts.values())
    assert sum(len(part.triangles) for part in parts.values()) <= 3000
    inside, around = parts["cement"].bounds, parts["bowl"].bounds
    assert (inside[0] > around[0]).all()
    assert (inside[1] < around[1]).all()
    stands = [parts[name].bounds[0][1] for name in ("bowl", "sachet", "ampoule")]
    assert np.ptp(stands) < 2.0
    assert min(stands) - parts["tray"].bounds[1][1] == pytest.approx(0.1, abs=0.2)
