"""The last result of each part, kept under the value that it came from."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Cache(Generic[Result]):
    """Makes a part again only when the value that determines it changed."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._last: dict[str, tuple[Hashable, Result]] = {}

    def part(self, name: str, key: Hashable, make: Callable[[], Result]) -> Result:
        """The part of that name: the kept one if `key` is what it was made from, else a new one."""
        last = self._last.get(name)
        if last is None or last[0] != key:
            last = (key, make())
            self._last[name] = last
        return last[1]
