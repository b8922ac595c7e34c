"""What the things in the picture are called, in plain and in clinical words; read from a catalogue that ships along."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kyphoviz.resources import assets_folder

FORMS = ("plain", "clinical", "latin")


class NamesError(RuntimeError):
    """The catalogue of words is missing or damaged; the message is one plain line."""


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
        NamesError: it cannot be read or holds something else.
    """
    place = folder or assets_folder() / "words"
    path = place / f"labels.{language}.toml"
    path = path if path.is_file() else place / "labels.en.toml"
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise NamesError(f"{path} cannot be read ({wrong})") from wrong
    return {key: _name(path, key, entry) for key, entry in found.items()}


def _name(path: Path, key: str, entry: object) -> Name:
    if not isinstance(entry, dict) or not {"plain", "clinical"} <= entry.keys() <= set(FORMS):
        raise NamesError(f"{path}: {key} must have plain and clinical words, and may have latin ones")
    if not all(isinstance(words, str) and words.strip() for words in entry.values()):
        raise NamesError(f"{path}: the words of {key} must be text")
    return Name(**entry)
