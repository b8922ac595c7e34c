"""Where playback is: position, speed, loop. It says when; others draw."""

from __future__ import annotations

from psygnal import Signal

from kyphoviz.procedure.easing import clamp
from kyphoviz.procedure.timeline import Timeline

SLOWEST, FASTEST = 0.25, 4.0
STOP_SHORT_S = 1e-3  # a step does not own its end: the pause is the last instant before it
REPLAY_S = 1.0  # "previous" within the first second of a step goes to the step before it


class Player:
    """Moves through a film at the pace of a clock that is handed in as elapsed seconds.

    `changed` tells that the position or the playing changed. The player renders nothing and owns no timer: whoever
    does calls `advance` with measured time, so a slow picture drops frames and never time.
    """

    changed = Signal()

    def __init__(self, timeline: Timeline) -> None:
        """Starts at the beginning, paused."""
        self.timeline = timeline
        self.time_s = 0.0
        self.is_playing = False
        self.speed = 1.0
        self.loops = False
        self.pauses_at_step_end = False
        self.shows_at_once = False  # a step that is asked for is not played, its finished picture is shown
        self._plays_one_step = False

    def play(self) -> None:
        """Starts, from the beginning when the film is at its end, from the next step when it paused before it."""
        step_end = self.timeline.spans[self.timeline.index_at(self.time_s)].end_s
        if self.time_s >= self.timeline.duration_s - STOP_SHORT_S:
            self.time_s = 0.0
        elif self.time_s >= step_end - STOP_SHORT_S:
            self.time_s = step_end
        self.is_playing, self._plays_one_step = True, False
        self.changed.emit()

    def pause(self) -> None:
        """Stops where it is."""
        self.is_playing = self._plays_one_step = False
        self.changed.emit()

    def toggle(self) -> None:
        """Plays when paused, pauses when playing."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def set_speed(self, speed: float) -> None:
        """Film seconds per second, kept between a quarter and four."""
        self.speed = clamp(speed, SLOWEST, FASTEST)
        self.changed.emit()

    def seek(self, time_s: float) -> None:
        """Goes to a time of the film, clamped to its length."""
        self.time_s = clamp(time_s, 0.0, self.timeline.duration_s)
        self.changed.emit()

    def go_to_step(self, index: int) -> None:
        """Shows that step, 0 for the first; beyond the last one lies the end of the film.

        A film that runs goes on from its start. A film that stands plays that step and stops on its finished picture,
        or shows it at once: at its start the picture is still that of the step before, and the words are not.
        """
        if index >= len(self.timeline.spans):
            self.seek(self.timeline.duration_s)
            return
        span = self.timeline.spans[max(index, 0)]
        if self._runs:
            self.seek(span.start_s)
        elif self.shows_at_once:
            self._stand_at(span.end_s - STOP_SHORT_S)
        else:
            self.is_playing = self._plays_one_step = True
            self.seek(span.start_s)

    def place_in(self, timeline: Timeline) -> float:
        """The same share of the step of the same name in another film; its start where it has no such step."""
        span = self.timeline.spans[self.timeline.index_at(self.time_s)]
        if span.step.id not in {other.step.id for other in timeline.spans}:
            return 0.0
        return timeline.time_of(span.step.id, (self.time_s - span.start_s) / span.step.duration_s)

    def change_film(self, timeline: Timeline) -> None:
        """Goes on at the same place of another film; whether it plays stays."""
        time_s = self.place_in(timeline)
        self.timeline = timeline
        self.seek(time_s)

    def advance(self, elapsed_s: float) -> None:
        """Moves on by so many seconds of the clock on the wall; does nothing while paused."""
        if not self.is_playing or elapsed_s <= 0.0:
            return
        target = self.time_s + elapsed_s * self.speed
        step_end = self.timeline.spans[self.timeline.index_at(self.time_s)].end_s
        if (self.pauses_at_step_end or self._plays_one_step) and target >= step_end - STOP_SHORT_S:
            self.time_s = step_end - STOP_SHORT_S
            self.is_playing = self._plays_one_step = False
        elif target >= self.timeline.duration_s:
            self._wrap(target)
        else:
            self.time_s = target
        self.changed.emit()

    def next_step(self) -> None:
        """Shows the next step, as `go_to_step` does; where a film stands at the start of one, that is the next."""
        k = self.timeline.index_at(self.time_s)
        is_unseen = not self.is_playing and self.time_s <= self.timeline.spans[k].start_s
        self.go_to_step(k if is_unseen else k + 1)

    def previous_step(self) -> None:
        """Shows the step before as it was when it was finished.

        A film that runs goes to the start of this step, or of the one before when it has only just begun.
        """
        k = self.timeline.index_at(self.time_s)
        before = self.timeline.spans[max(0, k - 1)]
        if not self._runs:
            self._stand_at(before.end_s - STOP_SHORT_S if k else 0.0)
        elif self.time_s - self.timeline.spans[k].start_s < REPLAY_S:
            self.seek(before.start_s)
        else:
            self.seek(self.timeline.spans[k].start_s)

    @property
    def _runs(self) -> bool:
        """It plays, and not just one step."""
        return self.is_playing and not self._plays_one_step

    def _stand_at(self, time_s: float) -> None:
        self.is_playing = self._plays_one_step = False
        self.seek(time_s)

    def _wrap(self, target_s: float) -> None:
        duration = self.timeline.duration_s
        self.time_s = target_s % duration if self.loops else duration
        self.is_playing = self.loops
