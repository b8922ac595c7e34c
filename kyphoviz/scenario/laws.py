"""What a scene must keep though each value in it is fine: captions can be read, and the operation makes sense.

Captions: a step lasts as long as its patient caption takes to read. Order: a bone breaks before it is treated,
skin is cut before a tool passes it, a balloon is filled only in the bone, cement goes in only within its working time.
"""

from __future__ import annotations

from kyphoviz.procedure.actions import Deflate, Fill, Inflate
from kyphoviz.procedure.mechanics import INTACT, STIFF_MIN, WORKABLE_MIN
from kyphoviz.procedure.state import Tool
from kyphoviz.scenario.drafts import Draft, caption_of
from kyphoviz.scenario.errors import Faults
from kyphoviz.scenario.model import Case
from kyphoviz.scenario.reading import reading_s, signs_of, slowest, words_of
from kyphoviz.scenario.tracks import Tracks

FILM_LONGEST_S = 3600.0
FILLERS = (Tool.BONE_FILLER, Tool.CEMENT_NEEDLE)
TOOLS_OUT_SHARE = 0.45  # of a closing step: then the skin closes
_INFLATE, _DEFLATE, _FILL = Inflate(0.0, INTACT, 1.0), Deflate(INTACT), Fill(0.0, INTACT)


def demand_readable(case: Case, drafts: tuple[Draft, ...], faults: Faults) -> None:
    """Every caption of the case can be read in its step's time, and the whole film has an end."""
    for draft in drafts:
        text = slowest(text for _, text in caption_of(draft, case).patient.by_language)
        needed = reading_s(text)
        if draft.duration_s is not None and draft.duration_s < needed - 1e-9:
            faults.add(draft.line, f"`duration_s` is {draft.duration_s:g}, but {_measured(text)}")
    total = sum(draft.duration_s or 0.0 for draft in drafts)
    if total > FILM_LONGEST_S:
        faults.add(drafts[0].line, f"the steps last {total:g} s together; at most {FILM_LONGEST_S:g} s are allowed")


def _measured(text: str) -> str:
    """How long a caption takes to read, and why."""
    words, signs = words_of(text), signs_of(text)
    length = " and ".join([f"{words} words"] * (words > 0 or not signs) + [f"{signs} signs"] * (signs > 0))
    rule = " and ".join(["0.4 s a word"] * (words > 0 or not signs) + ["0.2 s a sign"] * (signs > 0))
    return f"the patient caption of {length} needs at least {reading_s(text):g} s (1 s and {rule})"


def demand_order(case: Case, drafts: tuple[Draft, ...], faults: Faults) -> None:
    """The steps can follow each other; `drafts` hold no faulty values."""
    theatre = _Theatre(case, faults)
    for draft in drafts:
        theatre.take(draft)


class _Theatre:
    """What has been done to the patient so far."""

    def __init__(self, case: Case, faults: Faults) -> None:
        self._case = case
        self._faults = faults
        self._tracks = Tracks(case.procedure, len(case.sides), faults)
        self._done: set[str] = set()  # kinds that may come once
        self._stage = "healthy"
        self._clock_min = 0.0
        self._mixed_min = 0.0
        self._is_filler_there = False

    def take(self, draft: Draft) -> None:
        """Holds one step against what came before it."""
        self._tracks.starts_step()
        self._is_filler_there = self._tracks.is_at(FILLERS, ("fill",), 0.0)
        self._demand_still_balloon(draft)
        for placed in sorted(draft.moves, key=lambda placed: placed.move.start):
            self._tracks.take(placed, "incise" in self._done and "close" not in self._done)
        kind = draft.kind or "show"
        rules = {
            "settle": self._settle,
            "tools": self._tools,
            "inflate": self._inflate,
            "deflate": self._deflate,
            "mix": self._mix,
            "leak": self._leak,
            "fill": self._fill,
            "close": self._close,
            "load": self._load,
        }
        if kind in self._done and kind not in ("show", "settle", "tools"):
            self._object(draft, f"a step of kind {kind} came before; there can be only one")
        elif kind in rules:
            rules[kind](draft)
        self._done.add(kind)
        self._clock_min += draft.clinical_min or 0.0

    def _object(self, draft: Draft, words: str) -> None:
        self._faults.add(draft.line, words)

    def _demand(self, draft: Draft, kind: str, words: str) -> None:
        if kind not in self._done:
            self._object(draft, f"{words}: no step of kind {kind} comes before")

    def _settle(self, draft: Draft) -> None:
        stage = draft.stage or self._stage
        if stage == "healthy" and self._stage != "healthy":
            self._object(draft, "a broken bone can't become whole again: `to: healthy` comes too late")
        if stage == "prone" and self._stage == "healthy":
            self._object(draft, "the bone must break first: a settle step with `to: standing`")
        if stage in ("standing", "prone") and "incise" in self._done:
            self._object(draft, f"once the skin is cut the patient stays prone; `to: {stage}` comes too late")
        if stage == "three_months":
            self._demand(draft, "fill", "three months later can't come before the cement")
            self._demand(draft, "close", "three months later can't come before the wound is closed")
        self._stage = stage

    def _tools(self, draft: Draft) -> None:
        if not draft.moves:
            self._object(draft, "a step of kind tools needs `moves`")

    def _demand_prone(self, draft: Draft) -> None:
        if self._stage != "prone":
            self._object(draft, "the patient must lie prone first: a settle step with `to: prone`")

    def _inflate(self, draft: Draft) -> None:
        if self._case.procedure != "kyphoplasty":
            self._object(draft, "vertebroplasty uses no balloon")
            return
        self._demand_prone(draft)
        if not self._tracks.is_at((Tool.BALLOON_CATHETER,), ("balloon",), _INFLATE.start):
            self._object(draft, "the balloon is inflated before a balloon_catheter is at `balloon`")

    def _deflate(self, draft: Draft) -> None:
        self._demand(draft, "inflate", "there is no filled balloon to empty")

    def _demand_still_balloon(self, draft: Draft) -> None:
        """A filled balloon stays where it is."""
        if draft.kind == "deflate":
            still = _DEFLATE.end
        elif draft.kind == "inflate":
            still = 1.0
        else:
            still = 1.0 if "inflate" in self._done and "deflate" not in self._done else 0.0
        first = _INFLATE.start if draft.kind == "inflate" else 0.0
        for placed in draft.moves:
            move = placed.move
            if move.tool == Tool.BALLOON_CATHETER and move.start < still and move.end > first + 1e-9:
                self._faults.add(placed.line, "the balloon_catheter moves while its balloon is filled; empty it first")

    def _mix(self, draft: Draft) -> None:
        self._mixed_min = self._clock_min

    def _demand_way_in(self, draft: Draft) -> None:
        self._demand_prone(draft)
        self._demand_filler(draft)
        if self._case.procedure == "kyphoplasty":
            self._demand(draft, "deflate", "in kyphoplasty cement goes into the room that the balloon left")
        self._demand(draft, "mix", "cement can't go in before it is mixed")

    def _leak(self, draft: Draft) -> None:
        """The one way to put cement in too early: where the scene is about that mistake."""
        if self._case.teaches != "leak":
            self._object(draft, "a step of kind leak belongs into scenes whose case says `teaches: leak`")
        if "fill" in self._done:
            self._object(draft, "the leak comes too late: the body is filled already")
        self._demand_way_in(draft)
        start = self._clock_min - self._mixed_min
        if "mix" in self._done and start >= WORKABLE_MIN:
            self._object(
                draft,
                f"cement leaks here because it is thin, but it goes in {start:g} min after mixing began; "
                f"it is thin before {WORKABLE_MIN:g} min",
            )

    def _fill(self, draft: Draft) -> None:
        self._demand_way_in(draft)
        if "mix" not in self._done:
            return
        start = self._clock_min - self._mixed_min
        end = start + (draft.clinical_min or 0.0)
        if start < WORKABLE_MIN or end > STIFF_MIN:
            self._object(
                draft,
                f"cement goes in from {start:g} to {end:g} min after mixing began (`clinical_min`); "
                f"it can be used from {WORKABLE_MIN:g} to {STIFF_MIN:g} min",
            )

    def _demand_filler(self, draft: Draft) -> None:
        """A filler reaches `fill` before cement flows and stays until all of it is in."""
        last = len(self._case.sides) - 1
        tool = FILLERS[0] if self._case.procedure == "kyphoplasty" else FILLERS[1]
        moves = [placed.move for placed in draft.moves if placed.move.tool == tool]
        comes = [m for m in moves if m.to == "fill" and m.end + m.lag * last <= _FILL.start + 1e-9]
        if not self._is_filler_there and not comes:
            self._object(draft, f"cement goes in before a {tool} is at `fill`")
        if any(m.to not in ("fill", "fill_end") and m.start < _FILL.end - 1e-9 for m in moves):
            self._object(draft, f"the {tool} leaves before the cement is in, at share {_FILL.end:g} of the step")

    def _load(self, draft: Draft) -> None:
        self._demand(draft, "fill", "a load shows what cement carries")

    def _close(self, draft: Draft) -> None:
        self._demand(draft, "incise", "there is no cut to close")
        left = self._tracks.not_parked_by(TOOLS_OUT_SHARE)
        for tool in left:
            self._object(draft, f"the skin closes over the {tool}; park it by share {TOOLS_OUT_SHARE:g} of the step")
