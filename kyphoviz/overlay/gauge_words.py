"""What the numbers on the picture mean, where they come from, and why filling stopped: words that ship along."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
def load_gauge_words(language: str = "en", folder: Path | None = None) -> dict[str, GaugeWords]:
    """Every gauge by its key, in that language or in English where there is no catalogue."""
    entries = catalogue("gauges", language, folder)["gauge"]
    return {
        key: GaugeWords(
            as_text(entry["name"]),
            as_text(entry["meaning"]),
            tuple(map(as_text, entry["sources"])),
            as_text(entry.get("illustrative", "")),
        )
        for key, entry in entries.items()
    }


@cache
@as_expected("gauges")
def load_stop_words(language: str = "en", folder: Path | None = None) -> dict[tuple[str, str, bool], str]:
    """Why filling stopped, by (balloon or cement, reason, whether in clinical words)."""
    return {
        (what, reason, is_clinical): as_text(forms["clinical" if is_clinical else "plain"])
        for what, reasons in catalogue("gauges", language, folder)["stop"].items()
        for reason, forms in reasons.items()
        for is_clinical in (False, True)
    }
