"""The curve through points is the one that the books know."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import CubicSpline

from kyphoviz.anatomy.spline import through


@given(st.lists(st.tuples(st.floats(0.3, 3.0), st.floats(-50, 50), st.floats(-50, 50)), min_size=4, max_size=9))
def test_it_is_the_not_a_knot_spline(points: list[tuple[float, float, float]]) -> None:
    """Inside and beyond its knots the curve equals SciPy's to rounding."""
    numbers = np.array(points)
    knots, values = np.cumsum(numbers[:, 0]), numbers[:, 1:]
    at = np.linspace(knots[0] - 0.5, knots[-1] + 0.5, 41)

    assert np.allclose(through(knots, values, at), CubicSpline(knots, values)(at), atol=1e-6)


def test_three_points_are_too_few() -> None:
    """What would be no spline is refused in words."""
    with pytest.raises(ValueError, match="at least 4 knots, not 3"):
        through([0, 1, 2], [0, 1, 2], [0.5])
