"""How soon another case is in the window, and whether the window answers meanwhile."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from time import perf_counter, process_time

from PySide6.QtCore import QTimer

from kyphoviz.bench.window import MeasuredWindow
from kyphoviz.ui.opening import offer_case

LEVEL = "T12"  # a bone that the window has not shown before
LOOK_MS = 5
SLICE_S, AT_MOST_S = 0.05, 60.0


def another_case(window: MeasuredWindow) -> dict[str, float]:
    """Another level in the middle of the inflation.

    Returns:
        `case_change_s` by the clock and `case_change_cpu_s` of processor time from the choice until the new film is in
        the window, and `case_change_stall_ms`, the longest for which the window did not answer meanwhile.

    Raises:
        RuntimeError: the film was never changed.
    """
    shown, looks = window.window, [0.0]
    window.player.pause()
    window.player.seek(window.player.timeline.time_of("inflate", 0.5))
    window.run_for(1.5)
    timer = QTimer(interval=LOOK_MS)
    timer.timeout.connect(lambda: looks.append(perf_counter()))
    editor, old = offer_case(shown, "kyphoplasty", "en"), shown.viewing.film
    timer.start()
    looks[0], used_s = perf_counter(), process_time()
    editor.choose(replace(old.scenario.case, level=LEVEL))
    while shown.viewing.film is old and perf_counter() - looks[0] < AT_MOST_S:
        window.run_for(SLICE_S)
    cpu_s, wall_s = process_time() - used_s, perf_counter() - looks[0]
    timer.stop()
    if shown.viewing.film is old:
        raise RuntimeError("the film of another level never came")
    stall_s = max(later - earlier for earlier, later in pairwise(looks))
    return {"case_change_s": wall_s, "case_change_cpu_s": cpu_s, "case_change_stall_ms": 1e3 * stall_s}
