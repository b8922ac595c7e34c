"""Opens a scenario file: text, nodes, case and steps, laws; every fault at once."""

from __future__ import annotations

from pathlib import Path

from kyphoviz.procedure.steps import Step
from kyphoviz.resources import scenes_folder
from kyphoviz.scenario import fields
from kyphoviz.scenario.case import read_case
from kyphoviz.scenario.chapters import read_chapters
from kyphoviz.scenario.drafts import Draft, caption_of, english, read_drafts
from kyphoviz.scenario.errors import Faults, printable, refusal
from kyphoviz.scenario.kinds import action_of
from kyphoviz.scenario.laws import demand_order, demand_readable
from kyphoviz.scenario.model import Case, Scenario
from kyphoviz.scenario.nodes import Node, compose
from kyphoviz.scenario.source import read_text
from kyphoviz.scenario.views import read_views

KEYS = ("title", "summary", "case", "cameras", "looks", "chapters", "steps")
TITLE_LENGTH, SUMMARY_LENGTH = 120, 600


def load(path: Path, given: str | None = None, case: Case | None = None) -> Scenario:
    """The scenario of a file.

    Nothing in the file is executed; hostile files are refused within a second or two.

    Args:
        path: the file.
        given: how the person named it, for messages; the path if left out.
        case: stands in for the case of the file; the same steps are then made for, and held against, that one.

    Raises:
        ScenarioError: with every fault, where the file can't be used.
    """
    name = str(path) if given is None else given
    faults = Faults()
    root = compose(read_text(path, name), faults)
    scenario = _scenario(root, printable(path.stem), case, faults) if root is not None else None
    if scenario is None or faults.count:
        raise faults.error(name)
    return scenario


def find(name_or_path: str) -> Path:
    """The file of a shipped scene by its name, or else of a path; raises ScenarioError where there is neither."""
    for path in shipped():
        if path.stem == name_or_path:
            return path
    path = Path(name_or_path)
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        names = fields.listed(path.stem for path in shipped())
        known = f"no shipped scene has this name ({names}), and there is no such file"
        raise refusal(name_or_path, known) from None
    except OSError:
        return path  # `load` says what is the matter with it
    return path


def shipped() -> list[Path]:
    """The files of the shipped scenes, in the order of their names."""
    return sorted(scenes_folder().glob("*.yaml"))


def _scenario(root: Node, name: str, other: Case | None, faults: Faults) -> Scenario | None:
    top = fields.mapping(root, "a scene", KEYS, faults)
    if top is None:
        return None
    for key in ("case", "steps"):
        if key not in top:
            faults.add(root.line, f"a scene must have `{key}`")
    title = fields.words(top["title"].value, "`title`", TITLE_LENGTH, faults) if "title" in top else None
    summary = fields.words(top["summary"].value, "`summary`", SUMMARY_LENGTH, faults) if "summary" in top else None
    written = read_case(top["case"].value, faults) if "case" in top else Case()
    case = written if other is None else other
    views = read_views(top, faults)
    drafts = read_drafts(top["steps"].value, views, faults) if "steps" in top else ()
    steps = _steps(drafts, case, faults)
    chapters = read_chapters(top, drafts, faults)
    return Scenario(name, title or english(name), summary or english(""), case, steps, chapters)


def _steps(drafts: tuple[Draft, ...], case: Case, faults: Faults) -> tuple[Step, ...]:
    is_clean = faults.count == 0
    if drafts:
        demand_readable(case, drafts, faults)
    if is_clean:
        demand_order(case, drafts, faults)
    return tuple(_step(draft, case) for draft in drafts) if faults.count == 0 else ()


def _step(draft: Draft, case: Case) -> Step:
    """The step of a draft that was found in order."""
    return Step(
        draft.id or "",
        draft.duration_s or 0.0,
        caption_of(draft, case),
        action_of(draft.kind or "show", case, draft.stage or "healthy"),
        tuple(placed.move for placed in draft.moves),
        draft.scenery,
        draft.clinical_min or 0.0,
    )
