"""What a kiosk goes by, without a screen: idle times, settings, what is shown while nobody is there."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.ui.kiosk.idle import IdleWatch, Phase
from kyphoviz.ui.kiosk.orbit import ORBIT_S, calm_steps, calm_time, orbit_px, wander
from kyphoviz.ui.kiosk.pin import hash_pin
from kyphoviz.ui.kiosk.settings import KioskSettings, read_file, read_text
from kyphoviz.ui.kiosk.sizes import finger_px
from tests.ui.stand_ins import fake_film

GAPS = st.lists(st.tuples(st.floats(0.0, 200.0), st.booleans()), max_size=40)


def test_a_visit_is_warned_and_then_ends() -> None:
    """Sixty seconds without a touch warn, ninety end the visit, to the second."""
    watch = IdleWatch(60.0, 90.0)
    assert watch.touched(10.0).phase is Phase.IN_USE

    seen = [watch.feed(10.0 + passed) for passed in (59.9, 60.0, 89.5, 90.0, 500.0)]

    assert [idle.phase for idle in seen] == [Phase.IN_USE, Phase.WARNED, Phase.WARNED, Phase.RESTING, Phase.RESTING]
    assert [idle.left_s for idle in seen] == [0, 30, 1, 0, 0]
    assert [idle.ended for idle in seen] == [0, 0, 0, 1, 1]


def test_a_touch_answers_the_warning() -> None:
    """The countdown starts anew from any touch."""
    watch = IdleWatch(60.0, 90.0)
    watch.touched(0.0)
    watch.feed(80.0)
    watch.touched(80.0)

    assert watch.feed(139.0).phase is Phase.IN_USE
    assert watch.feed(140.0).phase is Phase.WARNED


def test_a_touch_after_the_end_is_another_visit() -> None:
    """A machine that slept through the reset does not hand one visitor's place to the next."""
    watch = IdleWatch(60.0, 90.0)
    watch.touched(0.0)
    idle = watch.touched(4000.0)

    assert (idle.phase, idle.ended) == (Phase.IN_USE, 1)


@given(GAPS)
def test_no_visit_outlasts_its_limit(gaps: list[tuple[float, bool]]) -> None:
    """At any time: nobody is warned early, nobody stays late, and the count of visits never falls."""
    watch, now, last_touch, ended = IdleWatch(60.0, 90.0), 0.0, None, 0
    for gap, is_touch in gaps:
        now += gap
        idle = watch.touched(now) if is_touch else watch.feed(now)
        last_touch = now if is_touch else last_touch
        idle_s = float("inf") if last_touch is None else now - last_touch
        expected = Phase.IN_USE if idle_s < 60.0 else Phase.WARNED if idle_s < 90.0 else Phase.RESTING
        assert idle.phase is expected
        assert idle.ended >= ended
        assert (0 < idle.left_s <= 30) == (idle.phase is Phase.WARNED)
        ended = idle.ended


@given(GAPS)
def test_a_clock_that_goes_back_ends_no_visit(gaps: list[tuple[float, bool]]) -> None:
    """Time set back counts as no time."""
    watch = IdleWatch(60.0, 90.0)
    watch.touched(1000.0)

    assert {watch.feed(1000.0 - gap).phase for gap, _ in gaps} <= {Phase.IN_USE}


@pytest.mark.parametrize(("warn_s", "reset_s"), [(90.0, 90.0), (0.0, 90.0), (100.0, 90.0)])
def test_a_warning_must_come_first(warn_s: float, reset_s: float) -> None:
    """Limits that make no sense are refused."""
    with pytest.raises(ValueError, match="does not come before"):
        IdleWatch(warn_s, reset_s)


def test_no_words_are_the_defaults() -> None:
    """An empty file is a kiosk that works, without a PIN."""
    read = read_text("")

    assert read.settings == KioskSettings()
    assert read.problems == ()


def test_every_setting_is_read() -> None:
    """The whole file, as the sample explains it."""
    pin = hash_pin("471147")
    read = read_text(
        f'pin_hash = "{pin}"\nscreen = 2\nwarn_s = 40\nreset_s = 70.5\nscene = "vertebroplasty"\n'
        'language = "de"\ntext_scale = 1.8\nopens = "07:30"\ncloses = 18:00:00\nless_motion = true\n'
    )

    assert read.problems == ()
    assert read.settings == KioskSettings(
        pin, False, 2, 40.0, 70.5, "vertebroplasty", "de", 1.8, time(7, 30), time(18, 0), True
    )


def test_every_error_is_told_at_once_with_its_line() -> None:
    """One look at the screen is enough to mend the file; what is right counts all the same."""
    read = read_text('# a comment\nscreen = 0\nwarn = 30\n\nreset_s = "soon"\ntext_scale = 1.2\nopens = "25:00"\n')

    assert [problem.split(":")[0] for problem in read.problems] == [f"kiosk.toml, line {n}" for n in (2, 3, 5, 7)]
    assert "perhaps warn_s is meant" in read.problems[1]
    assert read.settings == KioskSettings(text_scale=1.2)


def test_a_slip_of_the_pen_tells_line_and_column() -> None:
    """What is no TOML is told where it breaks off; nobody gets out meanwhile."""
    read = read_text("screen = 1\nwarn_s = = 3\n")

    assert "line 2, column" in read.problems[0]
    assert read.settings.is_locked


@pytest.mark.parametrize("words", ['pin_hash = "1234"', 'pinhash = "x"', "PIN = 1234", '[kiosk]\npin_hash = "x"'])
def test_a_pin_that_can_t_be_read_locks(words: str) -> None:
    """A mistake in the PIN does not open the desktop to a waiting room."""
    read = read_text(words)

    assert read.settings.is_locked
    assert any("stop the program" in problem for problem in read.problems)


def test_limits_and_hours_come_in_pairs() -> None:
    """A warning after the reset, or a door that never closes, falls back as a pair."""
    read = read_text('warn_s = 80\nreset_s = 70\nopens = "08:00"')

    assert read.settings == KioskSettings()
    assert len(read.problems) == 2


@given(st.text(max_size=200) | st.binary(max_size=100).map(lambda raw: raw.decode("latin-1")))
def test_no_words_break_the_kiosk(words: str) -> None:
    """Whatever is in the file, there are settings to run with, and each problem has words."""
    read = read_text(words)

    assert read.settings.warn_s < read.settings.reset_s
    assert all(read.problems)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"#" * 70_000], ids=["missing", "no text", "too large"])
def test_a_file_that_can_t_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    """A missing, binary or huge file is a sentence and the defaults, locked."""
    path = tmp_path / "kiosk.toml"
    if content is not None:
        path.write_bytes(content)
    read = read_file(path)

    assert read.settings == KioskSettings(is_locked=True)
    assert read.problems[0].startswith("kiosk.toml")


def test_the_sample_is_right() -> None:
    """The file that one starts from has no error, and explains every setting."""
    sample = Path(__file__).parents[2] / "docs" / "kiosk" / "kiosk.toml"
    read = read_file(sample)

    assert read.problems == ()
    assert all(f"{name} =" in sample.read_text(encoding="utf-8") for name in (
        "pin_hash", "screen", "warn_s", "reset_s", "scene", "language", "text_scale", "opens", "closes",
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("opens", "closes", "hour", "is_open"),
    [
        (8, 18, 8, True), (8, 18, 18, False), (8, 18, 3, False),
        (22, 6, 23, True), (22, 6, 12, False), (22, 6, 5, True), (0, 0, 0, True), (8, 8, 3, True), (8, 8, 8, True),
    ],
)  # fmt: skip
def test_hours_may_pass_midnight(opens: int, closes: int, hour: int, is_open: bool) -> None:
    """Open from the one time up to the other."""
    assert KioskSettings(opens=time(opens), closes=time(closes)).is_open_at(time(hour)) is is_open


@given(st.floats(0.0, 1e6))
def test_nothing_stands_on_the_same_pixels(now: float) -> None:
    """The contents move by at most 6 px, a pixel or two at a time, and come round."""
    here, soon = orbit_px(now), orbit_px(now + 15.0)

    assert all(0 <= shift <= 6 for shift in here)
    assert all(abs(a - b) <= 2 for a, b in zip(here, soon, strict=True))
    assert len({orbit_px(now + k * ORBIT_S / 16.0) for k in range(16)}) > 8
    assert all(0.0 <= share < 1.0 for share in wander(now))


def test_nobody_who_waits_is_shown_a_needle_unasked() -> None:
    """While nobody is there, the film passes over the steps with a tool in the body, and comes round at its end."""
    timeline = fake_film().timeline
    calm = calm_steps(timeline)

    assert calm[0]
    assert not calm[1]
    times = [calm_time(timeline, calm, tenth / 10) for tenth in range(180)]
    assert {timeline.index_at(t) for t in times} == {k for k, is_calm in enumerate(calm) if is_calm}


@given(st.floats(0.0, 2000.0))
def test_a_target_fits_a_fingertip(dots_per_inch: float) -> None:
    """15 mm where the screen's size is known, never less than 64 px, never absurd."""
    side = finger_px(dots_per_inch)

    assert 64 <= side <= 140
    assert side >= min(15.0 / 25.4 * dots_per_inch, 140.0) - 0.5


def test_a_pipe_is_no_settings_file(tmp_path: Path) -> None:
    """The kiosk does not wait for ever for what never comes; it is locked, and says why."""
    path = tmp_path / "kiosk.toml"
    os.mkfifo(path)

    read = read_file(path)

    assert read.settings.is_locked
    assert "no plain file" in read.problems[0]


def test_a_day_may_end_at_24() -> None:
    """From midnight to midnight is all day, from eight to midnight is not."""
    whole, late = (read_text(f'opens = "{opens}"\ncloses = "24:00"') for opens in ("00:00", "08:00"))

    assert whole.problems == late.problems == ()
    assert all(whole.settings.is_open_at(time(hour)) for hour in range(24))
    assert [hour for hour in range(24) if late.settings.is_open_at(time(hour))] == list(range(8, 24))


def test_who_watches_is_there() -> None:
    """No time without a touch counts while the film plays for somebody; it counts from where it ends."""
    watch = IdleWatch(60.0, 90.0)
    watch.touched(0.0)

    seen = [watch.feed(float(now), is_watched=now <= 300).phase for now in range(400)]

    assert seen[359] is Phase.IN_USE
    assert seen[360] is Phase.WARNED
    assert seen[390] is Phase.RESTING
