"""The frames of a whole movie, drawn by several processes and handed over in order.

A software renderer spends much of a frame in one thread, and so does the preparation of shapes: two processes on two
cores draw nearly twice as many frames. A frame depends on its moment alone, so it does not matter who draws it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.bones import read_bones
from kyphoviz.children import in_environment
from kyphoviz.export.frames import BYTES_PER_PIXEL, FrameDrawer, FrameLook, layout_of
from kyphoviz.film import Film, open_film
from kyphoviz.overlay.gauge_words import load_stop_words
from kyphoviz.scenario import Scenario

PROCESSES_MOST = 4
WORTH_IT = 150  # fewer frames are drawn before another process is ready
RING_BYTES = 32_000_000  # room for finished frames that wait for their turn, for each process
RING_MOST = 12
PATIENCE_S = 1.0  # after so long without a frame it is asked whether the process still lives

Pixels = NDArray[np.uint8]


class DrawingFailed(RuntimeError):
    """A process that drew frames ended early; the message is one line."""


def drawn_frames(
    film: Film, look: FrameLook, times_s: Sequence[float], processes: int | None = None
) -> Iterator[Pixels]:
    """Yields the frame of each moment; an array is valid until the next one.

    Args:
        processes: how many draw; as many as are worth it if None. Where the system has no memory to share or starts
            no further process, this one draws alone.

    Raises:
        TooSmall: words or marks would be cut.
    """
    if look.language is not None:
        load_stop_words(look.language)  # a fault in them is told here, not by a process that then is missing
    layout_of(film, look)  # so is that words would be cut
    count = _processes(len(times_s)) if processes is None else processes
    with ExitStack() as stack:
        helpers = _helpers(stack, film, look, times_s, count) if count > 1 else []
        for k in range(len(times_s) if helpers else 0):
            with helpers[k % count].next_frame() as frame:
                yield frame
        if helpers:
            return
    with closing(FrameDrawer(film, look)) as drawer:
        for time_s in times_s:
            yield drawer.draw(time_s)


def _processes(frames: int) -> int:
    return min(os.cpu_count() or 1, PROCESSES_MOST) if frames >= WORTH_IT else 1


def _helpers(stack: ExitStack, film: Film, look: FrameLook, times_s: Sequence[float], count: int) -> list[_Helper]:
    """Each draws every n-th frame, so that all have the same to do; none where the system has no room for them.

    Args:
        stack: ends them.
    """
    context = multiprocessing.get_context("spawn")
    helpers: list[_Helper] = []
    try:
        with in_environment(LP_NUM_THREADS="0"):  # the software renderer uses one thread: each has a core of its own
            for k in range(count):
                helpers.append(_Helper(context, film, look, times_s[k::count]))
                stack.callback(helpers[-1].stop)
    except (ImportError, OSError):  # no semaphores, shared memory that takes nothing, no further process
        stack.close()
        return []
    return helpers


class _Helper:
    """A process that draws its share of the frames into a ring of shared memory."""

    def __init__(self, context: SpawnContext, film: Film, look: FrameLook, times_s: Sequence[float]) -> None:
        width, height = look.size
        self._shape = (height, width, BYTES_PER_PIXEL)
        frame_bytes = int(np.prod(self._shape))
        self._slots = max(2, min(RING_MOST, RING_BYTES // frame_bytes))
        memory = context.RawArray("B", self._slots * frame_bytes)
        self._ring = _ring(memory, self._slots, look)
        self._free, self._ready = context.Semaphore(self._slots), context.Semaphore(0)
        self._words, told = context.Pipe(duplex=False)
        case = (film.scenario, film.site.bones.folder)
        self._process = context.Process(
            target=_draw_share,
            args=(case, look, list(times_s), memory, self._slots, self._free, self._ready, told),
            daemon=True,
        )
        self._process.start()
        told.close()
        self._taken = 0

    @contextmanager
    def next_frame(self) -> Iterator[Pixels]:
        """The next frame of this process; its place in the ring is free again afterwards."""
        while not self._ready.acquire(timeout=PATIENCE_S):
            if not self._process.is_alive() and not self._ready.acquire(timeout=0):
                raise DrawingFailed(self._last_words())
        yield self._ring[self._taken % self._slots]
        self._taken += 1
        self._free.release()

    def stop(self) -> None:
        """Ends the process, wherever it is."""
        self._process.terminate()
        self._process.join()
        self._words.close()

    def _last_words(self) -> str:
        try:
            return str(self._words.recv())
        except (EOFError, OSError):
            return f"a process that drew frames ended with code {self._process.exitcode}"


def _draw_share(
    case: tuple[Scenario, Path | None],
    look: FrameLook,
    times_s: list[float],
    memory: Any,
    slots: int,
    free: Any,
    ready: Any,
    told: Connection,
) -> None:
    """What a helper process does. Ctrl-C is the parent's business: it ends this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    scenario, folder = case
    try:
        ring = _ring(memory, slots, look)
        with closing(FrameDrawer(open_film(scenario, read_bones(folder)), look)) as drawer:
            for k, time_s in enumerate(times_s):
                _wait_for_room(free)
                ring[k % slots] = drawer.draw(time_s)
                ready.release()
    except Exception as error:
        told.send(" ".join(f"{type(error).__name__}: {error}".split()))
        raise SystemExit(1) from None


def _wait_for_room(free: Any) -> None:
    """Until a place in the ring is free; ends the process when the one that takes the frames is gone."""
    parent = multiprocessing.parent_process()
    while not free.acquire(timeout=PATIENCE_S):
        if parent is not None and not parent.is_alive():
            raise SystemExit(1)


def _ring(memory: Any, slots: int, look: FrameLook) -> Pixels:
    width, height = look.size
    return np.frombuffer(memory, np.uint8).reshape(slots, height, width, BYTES_PER_PIXEL)
