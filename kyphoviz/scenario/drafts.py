"""Reads the `steps`: each into a draft, which is what the file says before it is held against the laws."""

from __future__ import annotations

from dataclasses import dataclass

from kyphoviz.procedure.plan import STATIONS
from kyphoviz.procedure.state import Caption, Tool, Words, XrayView
from kyphoviz.procedure.steps import Move, Scenery
from kyphoviz.scenario import fields
from kyphoviz.scenario.errors import Faults
from kyphoviz.scenario.kinds import KINDS
from kyphoviz.scenario.model import Case
from kyphoviz.scenario.nodes import Entry, Listing, Node
from kyphoviz.scenario.views import Views, camera_of, look_of
from kyphoviz.scenario.wording import CONDITIONS, Variant, demand_known, fitted

STAGES = ("healthy", "standing", "prone", "three_months")
STEPS_MOST = 200
STEP_LONGEST_S = 600.0
CLINICAL_LONGEST_MIN = 1440.0
SHORTEST_BEAM = 0.05  # of a step
KEYS = (
    "id", "chapter", "kind", "to", "duration_s", "clinical_min", "camera", "look", "cut", "c_arm_deg", "xray",
    "xray_until", "moves", "title", "patient", "clinical", "why", "risk", "sources", "variants",
)  # fmt: skip
TITLE_LENGTH, WORDS_LENGTH, SOURCE_LENGTH = 120, 1200, 200
_MOVES_MOST, _SOURCES_MOST = 20, 20


@dataclass(frozen=True, slots=True)
class PlacedMove:
    """A tool's move and where it stands in the file."""

    line: int
    move: Move


@dataclass(frozen=True, slots=True)
class Draft:
    """One step as the file has it; None where a value is missing or faulty."""

    line: int
    id: str | None
    chapter: tuple[str, int] | None  # its name, and the line of it
    kind: str | None
    stage: str | None
    duration_s: float | None
    clinical_min: float | None
    title: Words | None
    patient: Words | None
    clinical: Words | None
    why: Words | None
    risk: Words | None
    sources: tuple[str, ...]
    variants: tuple[Variant, ...]
    scenery: Scenery
    moves: tuple[PlacedMove, ...]


def read_drafts(node: Node, views: Views, faults: Faults) -> tuple[Draft, ...]:
    """All steps of a scene that are mappings."""
    items = fields.listing(node, "`steps`", STEPS_MOST, faults)
    if items is None:
        return ()
    if not items:
        faults.add(node.line, "`steps` must have at least one step")
    drafts = [_draft(item, views, faults) for item in items]
    found = tuple(draft for draft in drafts if draft is not None)
    _demand_own_ids(found, faults)
    return found


def caption_of(draft: Draft, case: Case) -> Caption:
    """What is said in that step of the case."""
    usual = Caption(
        draft.title or english((draft.id or "").replace("_", " ")),
        draft.patient or english(""),
        draft.clinical or english(""),
        draft.sources,
        draft.why,
        draft.risk,
    )
    return fitted(usual, draft.variants, case)


def _demand_own_ids(drafts: tuple[Draft, ...], faults: Faults) -> None:
    lines: dict[str, int] = {}
    for draft in drafts:
        if draft.id in lines:
            faults.add(draft.line, f"the id `{draft.id}` is taken by the step of line {lines[draft.id]}")
        elif draft.id is not None:
            lines[draft.id] = draft.line


def _draft(node: Node, views: Views, faults: Faults) -> Draft | None:
    entries = fields.mapping(node, "a step", KEYS, faults)
    if entries is None:
        return None
    for key in ("id", "kind", "duration_s"):
        if key not in entries:
            faults.add(node.line, f"this step has no `{key}`")
    kind = fields.choice(entries["kind"].value, "`kind`", KINDS, faults) if "kind" in entries else None
    length = entries.get("duration_s")
    minutes = entries.get("clinical_min")
    return Draft(
        line=entries["id"].line if "id" in entries else node.line,
        id=fields.name(entries["id"].value, "`id`", faults) if "id" in entries else None,
        chapter=_chapter(entries, faults),
        kind=kind,
        stage=_stage(node, entries, kind, faults),
        duration_s=fields.length(length.value, "`duration_s`", STEP_LONGEST_S, faults) if length else None,
        clinical_min=(
            fields.number(minutes.value, "`clinical_min`", 0.0, CLINICAL_LONGEST_MIN, faults) if minutes else 0.0
        ),
        title=_words(entries, "title", TITLE_LENGTH, faults),
        patient=_words(entries, "patient", WORDS_LENGTH, faults),
        clinical=_words(entries, "clinical", WORDS_LENGTH, faults),
        why=_words(entries, "why", WORDS_LENGTH, faults),
        risk=_words(entries, "risk", WORDS_LENGTH, faults),
        sources=_sources(entries, faults),
        variants=_variants(entries, faults),
        scenery=_scenery(entries, views, faults),
        moves=_moves(entries, faults),
    )


def _chapter(entries: dict[str, Entry], faults: Faults) -> tuple[str, int] | None:
    entry = entries.get("chapter")
    found = fields.name(entry.value, "`chapter`", faults) if entry else None
    return (found, entry.line) if entry and found else None


def _stage(node: Node, entries: dict[str, Entry], kind: str | None, faults: Faults) -> str | None:
    """Where a settling body goes: `to`, which only that kind has."""
    if "to" in entries and kind not in ("settle", None):
        faults.add(entries["to"].line, f"`to` belongs to steps of kind settle, not to `{kind}`")
    elif "to" in entries:
        return fields.choice(entries["to"].value, "`to`", STAGES, faults)
    elif kind == "settle":
        faults.add(node.line, f"a step of kind settle needs `to`: one of {fields.listed(STAGES)}")
    return None


def _words(entries: dict[str, Entry], key: str, longest: int, faults: Faults) -> Words | None:
    found = fields.words(entries[key].value, f"`{key}`", longest, faults) if key in entries else None
    if found:
        demand_known(found, entries[key].line, faults)
    return found


def _variants(entries: dict[str, Entry], faults: Faults) -> tuple[Variant, ...]:
    """Other texts by condition."""
    if "variants" not in entries:
        return ()
    conditions = fields.mapping(entries["variants"].value, "`variants`", tuple(CONDITIONS), faults) or {}
    return tuple(_variant(name, entry.value, faults) for name, entry in conditions.items())


def _variant(condition: str, node: Node, faults: Faults) -> Variant:
    keys = ("title", "patient", "clinical", "why", "risk")
    entries = fields.mapping(node, f"the variant `{condition}`", keys, faults) or {}
    longest = {"title": TITLE_LENGTH}
    return Variant(condition, **{key: _words(entries, key, longest.get(key, WORDS_LENGTH), faults) for key in keys})


def _sources(entries: dict[str, Entry], faults: Faults) -> tuple[str, ...]:
    if "sources" not in entries:
        return ()
    items = fields.listing(entries["sources"].value, "`sources`", _SOURCES_MOST, faults) or ()
    found = [fields.text(item, "a source", SOURCE_LENGTH, faults) for item in items]
    return tuple(source for source in found if source is not None)


def _scenery(entries: dict[str, Entry], views: Views, faults: Faults) -> Scenery:
    cut = fields.flag(entries["cut"].value, "`cut`", faults) if "cut" in entries else None
    xray = fields.choices(entries["xray"].value, "`xray`", tuple(XrayView), faults) if "xray" in entries else ()
    turn, until = entries.get("c_arm_deg"), entries.get("xray_until")
    if until and "xray" not in entries:
        faults.add(until.line, "`xray_until` tells when the beam of `xray` ends, which is missing")
    share = fields.number(until.value, "`xray_until`", SHORTEST_BEAM, 1.0, faults) if until else 1.0
    return Scenery(
        camera=camera_of(entries, views, faults),
        layers=look_of(entries, views, faults),
        cut=None if cut is None else float(cut),
        c_arm_deg=fields.number(turn.value, "`c_arm_deg`", 0.0, 90.0, faults) if turn else None,
        xray=tuple(view for view in XrayView if view in xray) if xray else (),
        xray_until=1.0 if share is None else share,
    )


def _moves(entries: dict[str, Entry], faults: Faults) -> tuple[PlacedMove, ...]:
    if "moves" not in entries:
        return ()
    items = fields.listing(entries["moves"].value, "`moves`", _MOVES_MOST, faults) or ()
    found = [_move(item, faults) for item in items if not isinstance(item, Listing) or _refuse_list(item, faults)]
    return tuple(move for move in found if move is not None)


def _refuse_list(node: Listing, faults: Faults) -> bool:
    faults.add(node.line, "a move must be a mapping, such as {tool: drill, to: drill, start: 0.1, end: 0.9}")
    return False


def _move(node: Node, faults: Faults) -> PlacedMove | None:
    entries = fields.mapping(node, "a move", ("tool", "to", "start", "end", "lag"), faults)
    if entries is None:
        return None
    for key in ("tool", "to", "start", "end"):
        if key not in entries:
            faults.add(node.line, f"this move has no `{key}`")
    tool = fields.choice(entries["tool"].value, "`tool`", Tool, faults) if "tool" in entries else None
    to = fields.choice(entries["to"].value, "`to`", STATIONS, faults) if "to" in entries else None
    shares = {
        key: fields.number(entries[key].value, f"`{key}` of a move (a share of the step)", 0.0, 1.0, faults)
        for key in ("start", "end", "lag")
        if key in entries
    }
    start, end, lag = shares.get("start"), shares.get("end"), shares.get("lag", 0.0)
    if tool is None or to is None or start is None or end is None or lag is None:
        return None
    if end <= start:
        faults.add(node.line, "`end` of a move must be later than its `start`")
        return None
    return PlacedMove(node.line, Move(Tool(tool), to, start, end, lag))


def english(text: str) -> Words:
    """A text that the file did not give."""
    return Words((("en", text),))
