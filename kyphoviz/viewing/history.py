"""What can be undone: changes of the camera, the layers, the cut and the C-arm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kyphoviz.choices import ViewChoices

LONGEST = 100
ONE_GESTURE_S = 0.8  # changes that follow each other faster belong to one drag of the hand


class History:
    """The views before and after the present one."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Args: clock: seconds that only ever grow."""
        self._clock = clock
        self._last_s = float("-inf")
        self._last_kind = ""
        self._before: list[ViewChoices] = []
        self._after: list[ViewChoices] = []

    def note(self, before: ViewChoices, after: ViewChoices) -> None:
        """The person changed one into the other; a drag counts once."""
        kind, now = _kind(before, after), self._clock()
        if not kind:
            return
        if kind != self._last_kind or now - self._last_s > ONE_GESTURE_S or not self._before:
            self._before = [*self._before, before][-LONGEST:]
        self._after.clear()
        self._last_kind, self._last_s = kind, now

    def undone(self, present: ViewChoices) -> ViewChoices:
        """The view before the last change; the present one where nothing was changed."""
        return self._moved(self._before, self._after, present)

    def redone(self, present: ViewChoices) -> ViewChoices:
        """The view that was undone last."""
        return self._moved(self._after, self._before, present)

    def forget(self) -> None:
        """Nothing was changed, as far as anybody knows."""
        self._last_kind = ""
        self._before.clear()
        self._after.clear()

    def _moved(self, source: list[ViewChoices], target: list[ViewChoices], present: ViewChoices) -> ViewChoices:
        if not source:
            return present
        self._last_kind = ""
        target.append(present)
        view = source.pop()
        return replace(present, camera=view.camera, layers=view.layers, cut=view.cut, c_arm=view.c_arm)


def _kind(before: ViewChoices, after: ViewChoices) -> str:
    """What differs; empty for what cannot be undone."""
    kinds = [name for name in ("camera", "layers", "cut", "c_arm") if getattr(before, name) != getattr(after, name)]
    return " ".join(kinds)
