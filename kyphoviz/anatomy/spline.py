"""A smooth curve through points, the cubic spline that bends as little as its points allow, and ways across it.

Written out here, because loading a library for it takes a fifth of a second at each start.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST = 4


def through(knots: ArrayLike, values: ArrayLike, at: ArrayLike) -> NDArray[np.float64]:
    """Values of the curve, shape (len(at), ...) for `values` of shape (len(knots), ...).

    Cubic between the knots, with two continuous derivatives; the first two pieces are one cubic, and so are the last
    two ("not-a-knot": de Boor 2001, A Practical Guide to Splines, chapter IV). Beyond the knots the end pieces go on.

    Args:
        knots: at least four, rising.
    """
    x, y, t = (np.asarray(each, np.float64) for each in (knots, values, at))
    if len(x) < FEWEST:
        raise ValueError(f"a spline needs at least {FEWEST} knots, not {len(x)}")
    shape, y = y.shape[1:], y.reshape(len(x), -1)
    slopes = _slopes(x, y)
    k = np.clip(np.searchsorted(x, t, side="right") - 1, 0, len(x) - 2)
    width = (x[k + 1] - x[k])[:, None]
    u = (t - x[k])[:, None] / width
    first, last = y[k], y[k + 1]
    bend_in, bend_out = slopes[k] * width - (last - first), (last - first) - slopes[k + 1] * width
    curve = (1 - u) * first + u * last + u * (1 - u) * ((1 - u) * bend_in + u * bend_out)
    return curve.reshape(len(t), *shape)


def across(path: NDArray[np.float64], back: tuple[float, float, float]) -> tuple[NDArray[np.float64], ...]:
    """Two unit ways across a path at each of its points, (N, 3) each: sideways and, square to that, front to back.

    Args:
        path: (N, 3).
        back: front to back, roughly: sideways is square to it, and the path never runs straight along it.
    """
    tangent = np.gradient(path, axis=0)
    side = np.cross(tangent, back)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(tangent, side)
    other /= np.linalg.norm(other, axis=1, keepdims=True)
    return side, other


def _slopes(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """The derivatives at the knots."""
    h = np.diff(x)
    rise = np.diff(y, axis=0) / h[:, None]
    count = len(x)
    system, right = np.zeros((count, count)), np.zeros_like(y)
    inner = np.arange(1, count - 1)
    system[inner, inner - 1], system[inner, inner], system[inner, inner + 1] = h[1:], 2 * (h[:-1] + h[1:]), h[:-1]
    right[inner] = 3 * (h[1:, None] * rise[:-1] + h[:-1, None] * rise[1:])
    for row, (a, b, near, far) in {0: (h[0], h[1], 0, 1), -1: (h[-1], h[-2], -1, -2)}.items():
        system[row, [row, row + 1 if row == 0 else row - 1]] = b, a + b
        right[row] = ((a + 2 * (a + b)) * b * rise[near] + a**2 * rise[far]) / (a + b)
    return np.asarray(np.linalg.solve(system, right), np.float64)
