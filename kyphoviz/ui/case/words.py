"""What the choices of a case are called, in plain and in clinical words; read from a catalogue that ships along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kyphoviz.resources import as_expected, as_text, catalogue


@dataclass(frozen=True, slots=True, eq=False)
class CaseWords:
    """The catalogue as one audience reads it."""

    table: dict[str, Any]
    form: str  # plain or clinical

    @as_expected("case")
    def text(self, key: str) -> str:
        """A line of the panel by its key."""
        return as_text(self.table[key][self.form])

    @as_expected("case")
    def name(self, choice: str) -> str:
        """What a choice is called."""
        return as_text(self.table["choices"][choice]["name"][self.form])

    @as_expected("case")
    def value(self, choice: str, value: object) -> str:
        """What a value of a choice is called; a number has a pattern with its unit."""
        entry = self.table["choices"][choice]
        if "pattern" in entry:
            return as_text(entry["pattern"]).format(value=value)
        return as_text(entry["values"][str(value)][self.form])

    @as_expected("case")
    def reason(self, words: str) -> str:
        """The loader's own words, with the names of the panel for the keys of the file."""
        for choice in self.table["choices"]:
            words = words.replace(f"`{choice}`", self.name(choice))
        return self.text("refused").format(why=words.replace("`", ""))


def load_case_words(language: str = "en", *, is_clinical: bool, folder: Path | None = None) -> CaseWords:
    """The catalogue of that language, or the English one where it has none."""
    return CaseWords(catalogue("case", language, folder), "clinical" if is_clinical else "plain")
