"""What the one who saves a picture or a movie wants on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SavingWish:
    """X-rays beside the 3D picture, words and numbers on it, and width and height of a movie in pixels."""

    has_xrays: bool = True
    has_words: bool = True
    movie_size: tuple[int, int] = (1280, 720)
