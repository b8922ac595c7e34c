"""The words of the curves, read from a catalogue that ships along."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kyphoviz.overlay.curves import Chart
from kyphoviz.resources import as_expected, as_text, catalogue


@dataclass(frozen=True, slots=True, eq=False)
class CurveWords:
    """The catalogue as one audience reads it."""

    table: dict[str, Any]
    form: str  # plain or clinical

    @property
    @as_expected("curves")
    def note(self) -> str:
        """What is to be said of all curves."""
        return as_text(self.table["note"])

    @as_expected("curves")
    def chart(self, chart: str, part: str) -> str:
        """The title of a chart, or the name of its x or y axis."""
        return as_text(self.table["chart"][chart][part][self.form])

    @as_expected("curves")
    def line(self, line: str) -> str:
        """The name of a line; nothing for one that is alone."""
        return as_text(self.table["line"][line][self.form]) if line else ""

    @as_expected("curves")
    def band(self, band: str) -> str:
        """The name of a stretch of x."""
        return as_text(self.table["band"][band][self.form])

    @as_expected("curves")
    def value(self, chart: Chart, time_s: float) -> str:
        """The present point of a chart with one line; nothing where there is none yet or where each line tells."""
        drawn = [points for line in chart.lines if (points := line.until(time_s))]
        pattern = as_text(self.table["chart"][chart.key]["value"])
        if not drawn:
            return ""
        x, y = drawn[0][-1]
        return pattern.format(x=x, y=float(f"{y:.1e}") if chart.is_log else y)

    def told(self, charts: tuple[Chart, ...], time_s: float) -> str:
        """The present points of all charts, for who can't see them."""
        said = []
        for chart in charts:
            title, value = self.chart(chart.key, "title"), self.value(chart, time_s)
            ends = [(line, points[-1][1]) for line in chart.lines if (points := line.until(time_s))]
            each = ", ".join(f"{self.line(line.key)} {y:.0f}" for line, y in ends)
            value = value or f"{each} {self.chart(chart.key, 'y')}"
            said.append(f"{title}: {value}" if ends else f"{title}: not yet")
        return ". ".join(said)


@cache
def load_curve_words(language: str = "en", *, is_clinical: bool = True, folder: Path | None = None) -> CurveWords:
    """The catalogue of that language, or the English one where it has none."""
    return CurveWords(catalogue("curves", language, folder), "clinical" if is_clinical else "plain")
