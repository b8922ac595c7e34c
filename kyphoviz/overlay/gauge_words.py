"""What the numbers on the picture mean, where they come from, and why filling stopped: words that ship along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kyphoviz.resources import as_expected, as_text, catalogue


@dataclass(frozen=True, slots=True)
class GaugeWords:
    """One number explained; `illustrative` says what was designed rather than measured, empty where nothing was."""

    name: str
    meaning: str
    sources: tuple[str, ...]
    illustrative: str = ""


@cache
@as_expected("gauges")
def load_gauge_words(language: str = "en", folder: Path | None = None) -> Mapping[str, GaugeWords]:
    """Every gauge by its key, in that language or in English where there is no catalogue."""
    entries = catalogue("gauges", language, folder)["gauge"]
    return MappingProxyType(
        {
            key: GaugeWords(
                as_text(entry["name"]),
                as_text(entry["meaning"]),
                tuple(map(as_text, entry["sources"])),
                as_text(entry.get("illustrative", "")),
            )
            for key, entry in entries.items()
        }
    )


@cache
@as_expected("gauges")
def load_stop_words(language: str = "en", folder: Path | None = None) -> Mapping[tuple[str, str, bool], str]:
    """Why filling stopped, by (balloon or cement, reason, whether in clinical words)."""
    stops = catalogue("gauges", language, folder)["stop"]
    return MappingProxyType(
        {
            (what, reason, is_clinical): as_text(forms["clinical" if is_clinical else "plain"])
            for what, reasons in stops.items()
            for reason, forms in reasons.items()
            for is_clinical in (False, True)
        }
    )
