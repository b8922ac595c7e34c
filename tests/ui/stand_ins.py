"""Stand-ins for those who draw, so that the window is tried without VTK and without a graphics context."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kyphoviz.choices import CArmTurn, ViewChoices
from kyphoviz.film import Film
from kyphoviz.procedure.actions import Fill, Inflate, Settle, Show
from kyphoviz.procedure.plan import BodyRoom, CasePlan, IntactSizes, NeedleAxis
from kyphoviz.procedure.state import (
    Camera,
    Caption,
    Fracture,
    Layer,
    Opacity,
    Point,
    ProcedureState,
    Side,
    Tool,
    Words,
)
from kyphoviz.procedure.steps import Move, Scenery, Step
from kyphoviz.procedure.timeline import Timeline
from kyphoviz.scenario import Case, Scenario
from kyphoviz.scene.camera import projected
from kyphoviz.site.anchors.anchors import Anchor
from kyphoviz.site.shape import Shape
from kyphoviz.site.xray.ap_lateral_rule import Verdict
from kyphoviz.site.xray.c_arm import CArmPose, Projection
from kyphoviz.site.xray.c_arm_alignment import Alignment
from kyphoviz.site.xray.teaching import TeachingMarks, Tip

BONES = tuple(Opacity(layer, 1.0) for layer in (Layer.TREATED_BONE, Layer.OTHER_BONES, Layer.DISCS, Layer.TOOLS))
BOTH = ("ap", "lateral")


class FakeClock:
    """Seconds that pass only when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def pass_s(self, seconds: float) -> None:
        self.now += seconds


class FakeScene:
    """Counts what is asked of it; its picture is one flat colour with a bright upper left corner."""

    renderer_name = "stand-in"

    def __init__(self, log: list[str] | None = None) -> None:
        self.log = [] if log is None else log
        self.shown: tuple[ProcedureState, ViewChoices] | None = None
        self.size = (64, 48)
        self.renders = 0
        self.refinements = 0
        self.picks = 0
        self.gifts = 0  # of memory
        self.is_closed = False
        self.is_fine = False
        self._is_drawn = False

    @property
    def camera(self) -> Camera:
        if self.shown is None:
            return Camera()
        return self.shown[1].camera or self.shown[0].camera

    def show_site(self, site: object) -> None:
        self.shown, self._is_drawn = None, False

    def apply(self, state: ProcedureState, choices: ViewChoices, *, is_fine: bool = False) -> bool:
        changed = (self.shown, self.is_fine) != ((state, choices), is_fine)
        self.shown, self.is_fine = (state, choices), is_fine
        self._is_drawn = self._is_drawn and not changed
        return changed

    def image(self) -> NDArray[np.uint8]:
        self.renders += not self._is_drawn
        self._is_drawn = True
        width, height = self.size
        picture = np.full((height, width, 4), (30, 60, 90, 255), np.uint8)
        picture[-height // 4 :, : width // 4] = 250  # rows run from the bottom up
        return picture

    def project(self, point_mm: ArrayLike) -> tuple[float, float]:
        return projected(self.camera, self.size, point_mm)

    def hidden_mm(self, point_mm: ArrayLike) -> float:
        return 0.0

    def pick(self, x: float, y: float) -> tuple[str, Point] | None:
        self.picks += 1
        return "L1", (x, y, 0.0)

    def refine(self) -> bool:
        self.refinements += 1
        return self.refinements % 3 != 0

    def give_memory_back(self) -> None:
        self.gifts += 1

    def resize(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._is_drawn = False

    def close(self) -> None:
        self.is_closed = True
        self.log.append("scene closed")


class FakeFluoroscope:
    """Notes each pulse; its picture is flat grey."""

    def __init__(self, log: list[str] | None = None) -> None:
        self.log = [] if log is None else log
        self.pulses: list[str] = []

    def image(self, shapes: tuple[Shape, ...], projection: Projection, frame: int) -> NDArray[np.uint8]:
        self.pulses.append(projection.view)
        return np.full((32, 32), 128, np.uint8)

    def forget(self) -> None:
        self.log.append("shapes forgotten")

    def close(self) -> None:
        self.log.append("fluoroscope closed")


class FakeAnchors:
    """A body and a pedicle."""

    def at(self, state: ProcedureState) -> tuple[Anchor, ...]:
        return Anchor("body", (0.0, -14.0, 0.0), "L1"), Anchor("pedicle", (14.0, 18.0, 3.0), "L1")

    def part_at(self, shape_name: str, point_mm: Point, state: ProcedureState) -> tuple[str, str] | None:
        return "pedicle", shape_name


class FakeTeaching:
    """One tip on its way, in the middle of each picture."""

    def marks(self, projection: Projection, state: ProcedureState) -> TeachingMarks:
        return TeachingMarks((32, 32), tips=(Tip(Side.LEFT, (16.0, 16.0), Verdict.ON_COURSE),))


class FakeBones:
    """Those that are shipped, or those of a folder."""

    folder: Path | None = None


class FakeSite:
    """A place without shapes."""

    def __init__(self) -> None:
        self.bones = FakeBones()

    anchors = FakeAnchors()
    teaching = FakeTeaching()

    def shapes(self, state: ProcedureState) -> tuple[Shape, ...]:
        return ()

    def drawn(self, state: ProcedureState) -> tuple[Shape, ...]:
        return ()

    def preparations(self) -> tuple[Callable[[], object], ...]:
        return ()

    def projection(self, view: str, turn: CArmTurn | None = None) -> Projection:
        pose = CArmPose(view, (0.0, 0.0, 0.0))
        return (pose if turn is None else pose.turned(turn.orbital_deg, turn.angular_deg)).projection

    def alignment(self, projection: Projection) -> Alignment:
        turn = CArmPose(projection.view, (0.0, 0.0, 0.0))
        off = np.degrees(np.arctan2(projection.source_mm[0], -projection.source_mm[1]))
        spot = (16.0, 16.0)
        return Alignment(turn.view, (32, 32), float(off), 0.0, spot, spot, (spot, spot), (spot, spot))


def film_with(scenario: Scenario, plan: CasePlan) -> Film:
    """A film of those steps in a place without shapes."""
    site: Any = FakeSite()
    return Film(scenario, plan, Timeline(scenario.steps, plan), site)


def fake_plan() -> CasePlan:
    """Plain numbers of a plausible case."""
    stations = tuple(zip(
        ("parked", "skin", "dock", "wall", "access", "drill", "wire", "balloon", "fill", "fill_end", "anterior"),
        (-150.0, -60.0, -25.0, 0.0, 4.0, 25.0, 20.0, 24.0, 22.0, 8.0, 30.0), strict=True,
    ))  # fmt: skip
    axes = tuple(
        NeedleAxis(side, (sign * 10.0, 15.0, 0.0), (-sign * 0.3, -0.9, -0.1), stations, ((-60.0, 12.0), (0.0, 4.0)))
        for side, sign in ((Side.LEFT, 1.0), (Side.RIGHT, -1.0))
    )
    radii = tuple((tool, 1.5) for tool in Tool)
    room = BodyRoom(((0.0, 12.0), (3.0, 2.0)))
    return CasePlan("L1", axes, IntactSizes(26.0, 25.0, 27.5, 33.0), 15.0, 12.0, radii, lambda: room)


def caption(title: str, patient: str, clinical: str) -> Caption:
    """A caption in English."""
    title_words, plain, expert = (Words((("en", text),)) for text in (title, patient, clinical))
    return Caption(title_words, plain, expert)


def fake_film() -> Film:
    """Position, needle, inflate, fill: 18 seconds, the beam on in the middle two."""
    needle = (Move(Tool.ACCESS_NEEDLE, "access", 0.1, 0.9),)
    back = (Move(Tool.ACCESS_NEEDLE, "parked", 0.0, 0.7),)
    steps = (
        Step("position", 4.0, caption("Position", "You lie on your front.", "Prone, bolsters under chest and pelvis."),
             Settle(Fracture(0.72, 0.75, 0.95)), (), Scenery(Camera(azimuth_deg=90.0), BONES), 5.0),
        Step("needle", 5.0, caption("Needle", "A hollow needle reaches the bone.", "Transpedicular access, 11 G."),
             Show(), needle, Scenery(xray=BOTH), 6.0),
        Step("inflate", 5.0, caption("Inflate", "Balloons raise the sunken end-plate.", "Inflation in 0.5 mL steps."),
             Inflate(2.4, Fracture(0.8, 0.84, 0.97), 0.6), back, Scenery(cut=1.0, xray=("lateral",)), 7.0),
        Step("fill", 4.0, caption("Fill", "Cement fills the hollow.", "Fill at high viscosity."),
             Fill(4.8, Fracture(0.76, 0.79, 0.96)), (), Scenery(), 6.0),
    )  # fmt: skip
    plan = fake_plan()
    title = Words((("en", "Balloon kyphoplasty, L1 wedge fracture"),))
    return film_with(Scenario("fake", title, title, Case(), steps), plan)
