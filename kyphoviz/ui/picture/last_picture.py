"""The last rendered picture, kept for the paints that show nothing new."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


class LastPicture:
    """An image on memory of its own, for the renderer writes over the one that it hands out."""

    def __init__(self) -> None:
        """Nothing has been rendered."""
        self.image: QImage | None = None
        self.taken = 0  # pictures so far
        self._pixels: NDArray[np.uint8] = np.empty((0, 0, 4), np.uint8)

    def take(self, picture: NDArray[np.uint8]) -> None:
        """Copies the picture the right way up: half as dear as letting the painter turn it over.

        Args:
            picture: shape (height, width, 4), bottom row first.
        """
        if self._pixels.shape != picture.shape:
            self._pixels = np.empty_like(picture)
        np.copyto(self._pixels, picture[::-1])
        height, width = picture.shape[:2]
        self.image = QImage(self._pixels.data, width, height, 4 * width, QImage.Format.Format_RGBX8888)
        self.taken += 1

    def drop(self) -> None:
        """It shows nothing any more."""
        self.image = None
