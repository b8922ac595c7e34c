"""What a take-home sheet says: the scene's own words, and those that ship beside it, put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from kyphoviz.procedure.steps import Step
from kyphoviz.resources import DamagedFileError, assets_folder, catalogue
from kyphoviz.scenario import Scenario

PICTURES = 6
PREFIX = "handout."


class NoSuchLanguage(ValueError):
    """There is no take-home sheet in that language; the message is one line."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment that is pictured, and what is said about it.

    `share` of the step; `nearer`: the share of the film's distance from which it is seen; `label` stands beside the
    treated bone.
    """

    step_id: str
    title: str
    words: str
    share: float = 0.6
    nearer: float = 1.0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words under a heading: sentences, points, sentences; `refs` are numbers of sources."""

    title: str = ""
    text: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    after: str = ""
    refs: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not (self.text or self.points or self.after)


@dataclass(frozen=True, slots=True)
class RiskBar:
    """How many in 100, and of whom; `said` where the number is too small to be said as it is."""

    who: str
    in_100: float
    said: str


@dataclass(frozen=True, slots=True)
class Risk:
    """What may happen, and how often it was seen."""

    what: str
    bars: tuple[RiskBar, ...]
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """All words of a sheet, as Qt's rich text; those of the scene can't hold markup."""

    label: str
    title: str
    about: Passage
    shown: tuple[Shown, ...]
    home: Passage
    warning: Passage
    emergency_line: str
    weak_bone: Passage
    choices: Passage
    risks: Passage
    risk_rows: tuple[Risk, ...]
    rare: Passage
    studies: Passage
    questions: Passage
    sources_title: str
    sources: tuple[str, ...]
    notice: str
    page: str


def languages() -> tuple[str, ...]:
    """Codes of the languages that there are sheets in."""
    names = (path.stem for path in _folder().glob(f"{PREFIX}*.toml"))
    return tuple(sorted(name.removeprefix(PREFIX) for name in names))


def handout_of(scenario: Scenario, language: str = "en") -> Handout:
    """The words of a scene's sheet.

    Raises:
        NoSuchLanguage: with those that there are.
        DamagedFileError: the file of its words is not what it should be.
    """
    if language not in languages():
        raise NoSuchLanguage(f"there is no handout in this language; there is: {', '.join(languages()) or 'none'}")
    words = catalogue("handout", language)
    try:
        return _Writer(scenario, language, words).handout()
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise DamagedFileError(f"handout.{language}.toml does not hold what a sheet needs ({wrong})") from wrong


def _folder() -> Path:
    return assets_folder() / "words"


class _Writer:
    """Puts a sheet together; sources are numbered in the order in which they are first named."""

    def __init__(self, scenario: Scenario, language: str, words: dict[str, Any]) -> None:
        self._scenario, self._language, self._words = scenario, language, words
        self._procedure = scenario.case.procedure
        self._steps = {step.id: step for step in scenario.steps}
        self._sources: dict[str, int] = {}

    def handout(self) -> Handout:
        """Everything, in the order in which it is read."""
        words, of_procedure = self._words, self._of_procedure
        return Handout(
            label=words["label"],
            title=escape(self._scenario.title.text(self._language)),
            about=self._passage({"text": of_procedure(words["about"]), "sources": words["about_sources"]}),
            shown=self._shown(of_procedure(words["pictures"])),
            home=self._passage(words["home"]),
            warning=self._passage(words["warning"]),
            emergency_line=words["emergency_line"],
            weak_bone=self._passage(words["weak_bone"]),
            choices=self._passage(words["choices"]),
            risks=Passage(words["risks_title"], (words["risks_lead"],)),
            risk_rows=tuple(self._risk(row) for row in of_procedure(words["risks"])),
            rare=self._passage(words["risks_rare"]),
            studies=self._passage(words["studies"]),
            questions=self._passage(words["questions"]),
            sources_title=words["sources_title"],
            sources=tuple(escape(source) for source in self._sources),
            notice=words["notice"],
            page=words["page"],
        )

    def _of_procedure(self, choices: Any) -> Any:
        return choices[self._procedure]

    def _passage(self, given: dict[str, Any]) -> Passage:
        step = self._steps.get(given.get("from_step", ""))
        text = given.get("text", [])
        said = self._of_procedure(text) if isinstance(text, dict) else [text] if isinstance(text, str) else text
        sources = [*(step.caption.sources if step else ()), *given.get("sources", [])]
        return Passage(
            given.get("title", ""),
            (*((self._patient_words(step),) if step else ()), *said),
            tuple(given.get("points", ())),
            given.get("after", ""),
            self._numbers(sources),
        )

    def _risk(self, given: dict[str, Any]) -> Risk:
        return Risk(given["what"], tuple(map(_bar, given["bars"])), self._numbers(given["sources"]))

    def _numbers(self, sources: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted({self._sources.setdefault(source, len(self._sources) + 1) for source in sources}))

    def _shown(self, wanted: dict[str, dict[str, Any]]) -> tuple[Shown, ...]:
        ids = chosen_steps(tuple(self._steps), tuple(wanted))
        return tuple(self._moment(self._steps[step_id], wanted.get(step_id, {})) for step_id in ids)

    def _moment(self, step: Step, given: dict[str, Any]) -> Shown:
        title = escape(step.caption.title.text(self._language))
        moment = Shown(step.id, title, self._patient_words(step))
        share, nearer = given.get("at", moment.share), given.get("nearer", moment.nearer)
        return replace(moment, share=share, nearer=nearer, label=given.get("label", ""))

    def _patient_words(self, step: Step) -> str:
        return escape(step.caption.patient.text(self._language))


def _bar(given: dict[str, Any]) -> RiskBar:
    return RiskBar(given["who"], float(given["in_100"]), given.get("said", str(given["in_100"])))


def chosen_steps(there: Sequence[str], wanted: Sequence[str], count: int = PICTURES) -> tuple[str, ...]:
    """The wanted steps that are there, then others spread evenly over the film, at most `count`, in its order."""
    found = [step for step in there if step in wanted][:count]
    others = [step for step in there if step not in found]
    missing = min(count - len(found), len(others))
    found += [others[(2 * k + 1) * len(others) // (2 * missing)] for k in range(missing)]
    return tuple(sorted(found, key=there.index))
