"""The Gauss blur of arrays, in NumPy alone: SciPy's would keep the first pictures waiting while it is imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

REACH = 4.0  # the curve is cut off at that many times its width


def blurred(
    values: NDArray[np.floating], sigma: float | Sequence[float], beyond: Literal["symmetric", "edge"] = "symmetric"
) -> NDArray[np.float32]:
    """The array blurred along its axes.

    Args:
        sigma: width of the curve in samples, one for all axes or one for each; 0 leaves an axis alone.
        beyond: how the array goes on beyond its ends: as in a mirror that stands there, or with its last value.
    """
    widths = [float(sigma)] * values.ndim if isinstance(sigma, int | float) else list(sigma)
    for axis, width in enumerate(widths):
        if width:
            values = _along(np.asarray(values, np.float32), width, axis, beyond)
    return np.asarray(values, np.float32)


def _along(
    values: NDArray[np.float32], sigma: float, axis: int, beyond: Literal["symmetric", "edge"]
) -> NDArray[np.float32]:
    reach = int(REACH * sigma + 0.5)
    curve = np.exp(-0.5 * (np.arange(reach + 1) / sigma) ** 2)
    weights = (curve / (curve[0] + 2 * curve[1:].sum())).astype(np.float32)
    count = values.shape[axis]
    wide = np.pad(values, [(reach, reach) if k == axis else (0, 0) for k in range(values.ndim)], mode=beyond)

    def moved(by: int) -> NDArray[np.float32]:
        return wide[(slice(None),) * axis + (slice(reach + by, reach + by + count),)]

    total = np.asarray(weights[0] * values, np.float32)
    for step in range(1, reach + 1):
        total += weights[step] * (moved(step) + moved(-step))
    return total
