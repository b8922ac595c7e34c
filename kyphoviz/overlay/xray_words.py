"""What is said on and of the X-rays, read from a catalogue that ships along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kyphoviz.procedure.beam_log import BeamCount
from kyphoviz.procedure.timeline import film_time
from kyphoviz.resources import as_expected, as_text, catalogue
from kyphoviz.site.xray.ap_lateral_rule import Verdict
from kyphoviz.site.xray.c_arm_alignment import Alignment


@dataclass(frozen=True, slots=True, eq=False)
class XrayWords:
    """The catalogue of one language."""

    table: Mapping[str, Any]

    @as_expected("xray")
    def verdict(self, verdict: Verdict) -> str:
        """What the AP/lateral rule says."""
        return as_text(self.table["verdict"][verdict])

    @as_expected("xray")
    def count(self, count: BeamCount) -> tuple[str, str]:
        """How much a view's beam was used: for how long, and in how many pulses."""
        beam, pulses = (as_text(self.table["count"][what]) for what in ("beam", "pulses"))
        return beam.format(time=film_time(count.beam_s)), pulses.format(pulses=count.pulses)

    @as_expected("xray")
    def feedback(self, alignment: Alignment) -> str:
        """One sentence for each thing that is off, the larger one first; calm praise where nothing is."""
        told, ways = self.table[alignment.view], self.table["ways"][alignment.view]
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


@cache
def load_xray_words(language: str = "en", folder: Path | None = None) -> XrayWords:
    """The catalogue of that language, or the English one where it has none."""
    return XrayWords(catalogue("xray", language, folder))
