"""Values as they are typed: sizes, frame rates, moments of a film."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kyphoviz.cli.refusal import Refusal

if TYPE_CHECKING:
    from kyphoviz.procedure.timeline import Timeline
    from kyphoviz.viewing.handed_on import Seen

PIXELS_LEAST, PIXELS_MOST = 16, 7680
FPS_LEAST, FPS_MOST = 1.0, 120.0


def seen(text: str) -> Seen:
    """What a window handed on to its second process."""
    from kyphoviz.viewing.handed_on import from_line

    return from_line(text)


def size(text: str) -> tuple[int, int]:
    """Width and height in pixels from `1280x720`."""
    found = re.fullmatch(r"(\d{1,5})[xX](\d{1,5})", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size like 1280x720")
    width, height = int(found[1]), int(found[2])
    if not all(PIXELS_LEAST <= side <= PIXELS_MOST for side in (width, height)):
        raise argparse.ArgumentTypeError(f"{text}: each side must be {PIXELS_LEAST} to {PIXELS_MOST} pixels")
    return width, height


def place(text: str) -> str:
    """Where something is written; a name that is empty, as an unset variable is, would mean the present folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the name of what is to be written is empty")
    return text


def frame_rate(text: str) -> float:
    """Frames per second."""
    rate = _number(text)
    if rate is None or not FPS_LEAST <= rate <= FPS_MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a frame rate from {FPS_LEAST:g} to {FPS_MOST:g}")
    return rate


def moment(text: str, timeline: Timeline, option: str = "--at") -> float:
    """Seconds from `12.5`, `incision` or `incision:0.6`; a Refusal for anything else.

    A time before the start or past the end is kept as it is: the timeline clamps it.
    """
    words = text.strip()
    seconds = _number(words)
    if seconds is not None:
        if not math.isfinite(seconds):
            raise Refusal(f"{option} {words}: a time must be a finite number of seconds")
        return seconds
    step, _, share_words = words.partition(":")
    share = 0.0 if not share_words else _number(share_words)
    if share is None or not 0.0 <= share <= 1.0 or words.endswith(":"):
        raise Refusal(f"{option} {as_typed(words)}: what follows the colon must be a share of the step from 0 to 1")
    ids = [span.step.id for span in timeline.spans]
    if step not in ids:
        raise Refusal(f"{option} {as_typed(words)}: no step has this id; the steps are {', '.join(ids)}")
    return timeline.time_of(step, share)


def moments(text: str, timeline: Timeline) -> Sequence[float]:
    """Several moments, parted by commas."""
    return [moment(part, timeline) for part in text.split(",")]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def as_typed(text: str) -> str:
    """What was typed, as it may stand in a message."""
    from kyphoviz.scenario.errors import printable, shortened  # its package is not light

    return shortened(printable(text), 60)
