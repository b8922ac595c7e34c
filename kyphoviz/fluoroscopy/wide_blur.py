"""Wide blurs done on a small copy of the picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]

SHRINK = 8  # a blur of twenty pixels and more loses nothing at an eighth of the size


class SmallCopy:
    """Takes pictures of one size to an eighth of it and back.

    No large matrix products: their worker threads keep spinning for a while, in the way of a renderer in software.

    Args:
        size: width and height of the full picture.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        width, height = size
        self._row_starts, self._column_starts = np.arange(0, height, SHRINK), np.arange(0, width, SHRINK)
        counts = np.diff(self._row_starts, append=height)[:, None] * np.diff(self._column_starts, append=width)[None, :]
        self._share = (1 / counts).astype(np.float32)
        self._rows, self._columns = _between(height), _between(width)
        self._lower = np.empty((height, width), np.float32)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the small picture."""
        return len(self._row_starts), len(self._column_starts)

    def shrunk(self, picture: Picture) -> Picture:
        """Means over squares of eight by eight pixels; the last row and column of squares may be cut."""
        height, width = picture.shape
        if height % SHRINK or width % SHRINK:
            sums = np.add.reduceat(np.add.reduceat(picture, self._row_starts, axis=0), self._column_starts, axis=1)
        else:  # the same sums, five times as fast
            rows = picture.reshape(height // SHRINK, SHRINK, width).sum(axis=1)
            sums = rows.reshape(height // SHRINK, width // SHRINK, SHRINK).sum(axis=2)
        return np.asarray(sums * self._share, np.float32)

    def enlarged(self, small: Picture, out: Picture) -> Picture:
        """A small picture at full size, linear between the middles of its squares."""
        before, after, weight = self._columns
        wide = small[:, before] + (small[:, after] - small[:, before]) * weight
        before, after, weight = self._rows
        slope = wide[1:] - wide[:-1] if len(wide) > 1 else np.zeros_like(wide)
        np.take(wide, before, axis=0, out=out, mode="clip")
        np.take(slope, before, axis=0, out=self._lower, mode="clip")
        self._lower *= weight[:, None]
        out += self._lower
        return out


class Gauss:
    """The Gauss blur of small pictures of one shape; beyond the border the picture counts as absent.

    Args:
        shape: rows and columns.
        sigma: width of the curve in rows and columns.
    """

    def __init__(self, shape: tuple[int, int], sigma: float) -> None:
        self._down, self._along = _gauss(shape[0], sigma), _gauss(shape[1], sigma).T.copy()

    def __call__(self, small: Picture) -> Picture:
        return np.asarray(self._down @ small @ self._along)


def _between(length: int) -> tuple[NDArray[np.intp], NDArray[np.intp], Picture]:
    """For each full pixel the squares before and after its middle, and the weight of the latter."""
    last = -(-length // SHRINK) - 1
    place = np.clip((np.arange(length) + 0.5) / SHRINK - 0.5, 0, last)
    before = np.minimum(place.astype(np.intp), max(last - 1, 0))
    return before, np.minimum(before + 1, last), (place - before).astype(np.float32)


def _gauss(length: int, sigma: float) -> Picture:
    """(length, length): weights of a Gauss curve, each row summing to one."""
    steps = np.arange(length)
    weights = np.exp(-np.minimum(0.5 * ((steps[:, None] - steps[None, :]) / sigma) ** 2, 40.0))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)
