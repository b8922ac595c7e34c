"""Who sums the path lengths on this machine: the graphics card, or NumPy where there is no usable OpenGL."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kyphoviz.fluoroscopy.numpy_path_lengths import NumpyPathLengths
from kyphoviz.fluoroscopy.path_lengths import FluoroscopyUnavailable, PathLengthBuffer
from kyphoviz.site.c_arm import Projection
from kyphoviz.site.shape import Shape

WAY = "KYPHOVIZ_XRAY"  # of the environment: "numpy" or "opengl" instead of whatever works
SLOWER = "X-ray pictures are computed without OpenGL, which is exact but slower."


class PathLengths(Protocol):
    """Sums attenuation x length over solids."""

    @property
    def renderer(self) -> str:
        """Who does it."""
        ...

    def draw(
        self, shapes: Iterable[Shape], projection: Projection, out: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """The sums over some shapes, shape (height, width, 2)."""
        ...

    def forget_all_but(self, names: Collection[str]) -> None:
        """Gives back the memory of shapes that are there no more."""
        ...

    def close(self) -> None:
        """Gives everything back."""
        ...


def wanted_way() -> str:
    """What the environment asks for: "numpy", "opengl" (nothing else will do), or whatever works."""
    return os.environ.get(WAY, "").strip().lower()


def path_lengths(wanted: str = "") -> PathLengths:
    """The fastest way that works here; says so once, on the standard error, if it is the slower one.

    Args:
        wanted: as `wanted_way` gives it.

    Raises:
        FluoroscopyUnavailable: OpenGL is demanded and there is none.
    """
    if wanted == "numpy":
        return NumpyPathLengths()
    try:
        return PathLengthBuffer()
    except FluoroscopyUnavailable as reason:
        if wanted == "opengl":
            raise
        _tell(f"{SLOWER} {reason}")
        return NumpyPathLengths()


@lru_cache(maxsize=1)
def _tell(sentence: str) -> None:
    """Once in the life of the program, however many pictures are opened."""
    logging.getLogger(__name__).warning(sentence)
