"""Who sums the path lengths on this machine: the graphics card, or NumPy where there is no usable OpenGL."""

from __future__ import annotations

import logging
import os
from functools import lru_cache

from kyphoviz.fluoroscopy.numpy_path_lengths import NumpyPathLengths
from kyphoviz.fluoroscopy.path_lengths import FluoroscopyUnavailable, PathLengthBuffer
from kyphoviz.fluoroscopy.sums import PathLengths

WAY = "KYPHOVIZ_XRAY"  # of the environment: "numpy" or "opengl" instead of whatever works
SLOWER = "X-ray pictures are computed without OpenGL, which is exact but slower."


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
