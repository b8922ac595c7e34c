"""The way that Tab takes through the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_in_order(parts: Sequence[QWidget]) -> None:
    """Walks the parts in that order, whatever was made when; within a part, as its own widgets follow each other."""
    chain = list(_chain(parts[0].window()))
    stops = [each for part in parts for each in chain if each is part or part.isAncestorOf(each)]
    if stops != [each for each in chain if each in stops]:
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)


def _chain(window: QWidget) -> Iterator[QWidget]:
    """All stops of the window, in the present order."""
    here = window.nextInFocusChain()
    while here is not None and here is not window:
        if here.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield here
        here = here.nextInFocusChain()
