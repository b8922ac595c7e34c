"""The player: it says when, by the clock that it is handed, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.player import FASTEST, REPLAY_S, SLOWEST, STOP_SHORT_S, Player
from tests.ui.stand_ins import fake_film

TIMELINE = fake_film().timeline
STARTS = [span.start_s for span in TIMELINE.spans]
times = st.floats(-100.0, 200.0)


def playing(at_s: float = 0.0) -> Player:
    """A player that runs from that time."""
    player = Player(TIMELINE)
    player.seek(at_s)
    player.play()
    return player


@given(st.lists(st.floats(0.0, 0.3), max_size=60), st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0]))
def test_the_film_keeps_the_pace_of_the_clock(elapsed: list[float], speed: float) -> None:
    """However the time is cut into ticks, the place is their sum times the speed: frames drop, time never does."""
    player = playing()
    player.set_speed(speed)
    for seconds in elapsed:
        player.advance(seconds)

    assert player.time_s == pytest.approx(min(sum(elapsed) * speed, TIMELINE.duration_s))


@given(st.lists(st.floats(0.0, 3.0), max_size=60))
def test_a_loop_loses_no_time(elapsed: list[float]) -> None:
    """What runs over the end is played from the start."""
    player = playing()
    player.loops = True
    for seconds in elapsed:
        player.advance(seconds)
    gone = (player.time_s - sum(elapsed)) / TIMELINE.duration_s

    assert gone == pytest.approx(round(gone), abs=1e-6)
    assert player.is_playing


@given(times, times)
def test_a_paused_player_stays(at_s: float, elapsed_s: float) -> None:
    """Time that passes in a pause does not count."""
    player = Player(TIMELINE)
    player.seek(at_s)
    before = player.time_s
    player.advance(elapsed_s)

    assert player.time_s == before
    assert not player.is_playing


@given(times)
def test_a_seek_stays_in_the_film(at_s: float) -> None:
    """Beyond the ends lies nothing."""
    player = Player(TIMELINE)
    player.seek(at_s)

    assert player.time_s == min(max(at_s, 0.0), TIMELINE.duration_s)


@given(st.floats(0.0, 17.99))
def test_next_and_previous_of_a_film_that_runs_go_to_starts_of_steps(at_s: float) -> None:
    """Next: the nearest later start, or the end. Previous: this step's start, or the one before at its beginning."""
    player = Player(TIMELINE)
    player.seek(at_s)
    player.play()
    player.next_step()
    later = player.time_s
    player.seek(at_s)
    player.previous_step()

    assert later == min((s for s in STARTS if s > at_s), default=TIMELINE.duration_s)
    assert player.time_s in STARTS
    assert player.time_s <= at_s
    assert at_s - player.time_s >= REPLAY_S or player.time_s == 0.0


def press(player: Player, key: str) -> None:
    """Next, previous, or the third step from a list."""
    match key:
        case "next":
            player.next_step()
        case "previous":
            player.previous_step()
        case _:
            player.go_to_step(2)


@given(st.lists(st.sampled_from(["next", "previous", "go"]), max_size=12), st.booleans(), st.floats(0.0, 17.99))
def test_a_film_that_stands_is_stepped_through_finished_pictures(keys: list[str], at_once: bool, at_s: float) -> None:
    """After each press the film comes to stand on the last instant of a step: words and picture are of one step."""
    player = Player(TIMELINE)
    player.shows_at_once = at_once
    player.seek(at_s)
    for key in keys:
        before = TIMELINE.index_at(player.time_s)
        unseen = player.time_s == TIMELINE.spans[before].start_s
        press(player, key)
        assert not (at_once and player.is_playing)
        while player.is_playing:
            player.advance(0.3)
        wanted = {"next": before + (not unseen), "previous": before - 1, "go": 2}[key]
        stops = [span.end_s - STOP_SHORT_S for span in TIMELINE.spans]
        assert player.time_s == pytest.approx([0.0, *stops, TIMELINE.duration_s][min(wanted + 1, len(stops) + 1)])


def test_next_goes_on_while_a_step_still_plays() -> None:
    """A clicker need not wait; play and pause end the playing of one step."""
    player = Player(TIMELINE)
    player.next_step()
    player.advance(0.5)
    player.next_step()
    went_on = TIMELINE.index_at(player.time_s)
    player.toggle()
    player.play()
    player.advance(TIMELINE.spans[1].step.duration_s)

    assert went_on == 1
    assert TIMELINE.index_at(player.time_s) == 2
    assert player.is_playing


def test_pausing_at_steps_shows_the_step_to_its_end() -> None:
    """It stops in the last instant of the step, and play goes on with the next."""
    player = playing()
    player.pauses_at_step_end = True
    player.advance(5.0)
    stopped, at_s, step = player.is_playing, player.time_s, TIMELINE.step_at(player.time_s).id
    player.play()
    player.advance(0.5)

    assert not stopped
    assert at_s == pytest.approx(4.0, abs=2 * STOP_SHORT_S)
    assert step == "position"
    assert player.time_s == pytest.approx(4.5)
    assert TIMELINE.step_at(player.time_s).id == "needle"


def test_the_end_stops_and_play_starts_over() -> None:
    """Who presses play at the end sees the film again."""
    player = playing(17.0)
    player.advance(2.0)
    ended = (player.time_s, player.is_playing)
    player.play()

    assert ended == (TIMELINE.duration_s, False)
    assert player.time_s == 0.0


@given(st.floats(0.0, 1000.0))
def test_speed_has_limits(speed: float) -> None:
    """A quarter to four: slower bores, faster shows nothing."""
    player = Player(TIMELINE)
    player.set_speed(speed)

    assert SLOWEST <= player.speed <= FASTEST


def test_every_change_is_told_once() -> None:
    """Who listens draws once per change."""
    player, calls = Player(TIMELINE), []
    player.changed.connect(lambda: calls.append(player.time_s))
    player.seek(3.0)
    player.play()
    player.advance(1.0)
    player.advance(0.0)
    player.pause()

    assert calls == [3.0, 3.0, 4.0, 4.0]


def test_toggle_turns_play_on_and_off() -> None:
    """One key for both."""
    player = Player(TIMELINE)
    player.toggle()
    plays = player.is_playing
    player.toggle()

    assert plays
    assert not player.is_playing
