"""What is said of a C-arm that a hand turns; read from a catalogue that ships along, when it is first needed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kyphoviz.resources import as_expected, as_text, catalogue
from kyphoviz.site.xray.c_arm_alignment import Alignment


@as_expected("c_arm")
def feedback(alignment: Alignment, language: str = "en") -> str:
    """One sentence for each thing that is off, the larger one first; calm praise where nothing is."""
    words = _catalogue(language)
    told, ways = words[alignment.view], words["ways"][alignment.view]
    if alignment.is_true:
        return as_text(told["true"])
    off = []
    # What is off is put right by turning the other way.
    if alignment.is_rotated:
        way = ways["rotation_less" if alignment.rotation_deg > 0 else "rotation_more"]
        off.append((abs(alignment.rotation_deg), as_text(told["rotated"]), way))
    if alignment.is_tilted:
        way = ways["tilt_less" if alignment.tilt_deg > 0 else "tilt_more"]
        off.append((abs(alignment.tilt_deg), as_text(told["tilted"]), way))
    off.sort(reverse=True)
    return "\n".join(sentence.format(degrees=round(degrees), way=way) for degrees, sentence, way in off)


@lru_cache(maxsize=2)
def _catalogue(language: str) -> dict[str, Any]:
    return catalogue("c_arm", language)
