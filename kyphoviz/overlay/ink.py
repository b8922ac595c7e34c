"""The colours that are painted over a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours as #RRGGBB, or #AARRGGBB where something shines through."""

    text: str
    quiet: str
    card: str
    line: str
    accent: str


ON_DARK = Ink(text="#E8ECEF", quiet="#A3AEBA", card="#E60F151C", line="#28323E", accent="#5FB3E4")
ON_LIGHT = Ink(text="#17202A", quiet="#4E5B68", card="#EBFFFFFF", line="#C3CCD5", accent="#17689F")
ON_XRAY = Ink(text="#E8ECEF", quiet="#A3AEBA", card="#B30A0C0F", line="#28323E", accent="#5FB3E4")


def ink_of(theme: str) -> Ink:
    """The colours on a picture of that theme; those on a dark one for an unknown name."""
    return ON_LIGHT if theme == "light" else ON_DARK
