"""What the things in the picture are called, in plain and in clinical words; read from a catalogue that ships along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kyphoviz.resources import DamagedFileError, catalogue

FORMS = ("plain", "clinical", "latin")


class NamesError(DamagedFileError):
    """The catalogue holds something else than names."""


@dataclass(frozen=True, slots=True)
class Name:
    """One structure: for patients, for students, and the anatomical name (empty where there is none)."""

    plain: str
    clinical: str
    latin: str = ""

    def words(self, level: str, *, is_clinical: bool) -> str:
        """The name as a label shows it, the anatomical one on a second line."""
        if not is_clinical:
            return self.plain
        first = f"{self.clinical} {level}".rstrip()
        return f"{first}\n{self.latin}" if self.latin else first


Names = Mapping[str, Name]


def load_names(language: str = "en", folder: Path | None = None) -> Names:
    """The catalogue of that language, or the English one where it has none.

    Raises:
        DamagedFileError: it cannot be read or holds something else.
    """
    return {key: _name(key, entry) for key, entry in catalogue("labels", language, folder).items()}


def _name(key: str, entry: object) -> Name:
    if not isinstance(entry, dict) or not {"plain", "clinical"} <= entry.keys() <= set(FORMS):
        raise NamesError(f"words/labels: {key} must have plain and clinical words, and may have latin ones")
    if not all(isinstance(words, str) and words.strip() for words in entry.values()):
        raise NamesError(f"words/labels: the words of {key} must be text")
    return Name(**entry)
