"""The commands that write a film, or a moment of it: `render`, `contact`, `movie`, `handout`, `shapes`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kyphoviz.aside import written_aside
from kyphoviz.cli.ending import end_with_input
from kyphoviz.cli.outputs import subtitles_of
from kyphoviz.cli.progress import Progress
from kyphoviz.cli.refusal import DONE, Refusal, SystemLibraryMissing, UsageRefusal, from_import_error
from kyphoviz.cli.scenes import language_of, opened_film
from kyphoviz.cli.values import as_typed, moment
from kyphoviz.scenario.languages import languages_of

if TYPE_CHECKING:
    from kyphoviz.film import Film

DEFAULT_SIZE = (1280, 720)


def render(wanted: argparse.Namespace) -> int:
    """One picture, or the line integral of an X-ray."""
    if wanted.raw and wanted.view == "3d":
        raise UsageRefusal("--raw needs --view ap or --view lateral: only an X-ray has a line integral")
    if not wanted.output and not wanted.raw:
        raise UsageRefusal("say where the picture goes: -o FILE.png (or --raw FILE.npy for an X-ray)")
    film = opened_film(wanted.scene, wanted.bones)
    time_s = moment(wanted.at, film.timeline)
    with _drawing():
        from kyphoviz.export import stills
        from kyphoviz.export.frames import FrameLook

        if wanted.raw:
            stills.write_line_integral(Path(wanted.raw), film, time_s, wanted.view)
        if wanted.output and wanted.view == "3d":
            look = FrameLook(wanted.size or DEFAULT_SIZE, wanted.quality)
            stills.write_still(Path(wanted.output), film, time_s, look)
        elif wanted.output:
            stills.write_xray(
                Path(wanted.output), film, time_s, wanted.view, wanted.size, has_marks=wanted.marks == "on"
            )
    return DONE


def contact(wanted: argparse.Namespace) -> int:
    """One labelled picture per step on one sheet."""
    film = opened_film(wanted.scene, wanted.bones)
    language = language_of(wanted.language, film.scenario)
    with _drawing(), Progress("pictures") as progress:
        from kyphoviz.export.frames import FrameLook
        from kyphoviz.export.stills import write_contact_sheet

        look = FrameLook(wanted.size, wanted.quality)
        write_contact_sheet(Path(wanted.output), film, look, language, progress.tell)
    return DONE


def movie(wanted: argparse.Namespace) -> int:
    """The film, or a part of it, as H.264."""
    if wanted.ends_with_input:
        end_with_input()
    if wanted.size[0] % 2 or wanted.size[1] % 2:
        raise UsageRefusal("--size: the sides of a movie must be even numbers (H.264 stores colour for 2 x 2 pixels)")
    from kyphoviz.viewing.handed_on import Seen

    seen = wanted.as_seen or Seen()
    film = opened_film(wanted.scene, wanted.bones, seen.case)
    start_s, end_s = _part(wanted, film)
    times_s = list(film.timeline.frame_times(wanted.fps, start_s, end_s))
    if not times_s:
        raise Refusal(f"from {start_s:g} s to {end_s:g} s there is not one frame at {wanted.fps:g} a second")
    language = language_of(wanted.language, film.scenario)
    with _drawing(), Progress("frames", is_often=wanted.progress == "often") as progress:
        from kyphoviz.export.frames import FrameLook
        from kyphoviz.export.many import drawn_frames
        from kyphoviz.export.movie import write_movie

        burnt = language if wanted.captions == "burn" else None
        look = FrameLook(wanted.size, wanted.quality, wanted.layout, burnt, seen.choices)
        frames = drawn_frames(film, look, times_s)
        with _subtitled(wanted, film, (start_s, end_s), language):
            path = Path(wanted.output)
            write_movie(path, frames, wanted.size, wanted.fps, lambda done: progress.tell(done, len(times_s)))
    return DONE


@contextmanager
def _subtitled(wanted: argparse.Namespace, film: Film, part_s: tuple[float, float], language: str) -> Iterator[None]:
    """Subtitles come with the film, or those of an older film go with it."""
    from kyphoviz.export.subtitles import are_of, write_subtitles

    path = subtitles_of(wanted.output)
    if path is None or path == Path(wanted.output):
        yield
    elif wanted.captions == "srt":
        with written_aside(path) as aside:
            write_subtitles(aside, film.timeline, *part_s, language)
            yield
    else:
        is_there = path.exists()
        if is_there and not are_of(path, film.timeline, languages_of(film.scenario)):
            raise Refusal(f"{path}: these subtitles beside the film are none of it, and players show them; move them")
        yield
        if is_there:
            path.unlink(missing_ok=True)


def handout(wanted: argparse.Namespace) -> int:
    """Two pages to take home."""
    film = opened_film(wanted.scene, wanted.bones)
    language = language_of(wanted.language, film.scenario)
    with _drawing():
        from kyphoviz.export.handout import write_handout
        from kyphoviz.export.handout_words import NoSuchLanguage

        try:
            write_handout(Path(wanted.output), film, language, wanted.paper)
        except NoSuchLanguage as error:
            raise Refusal(f"--language {as_typed(wanted.language)}: {error}") from error
    return DONE


def shapes(wanted: argparse.Namespace) -> int:
    """Every shape of a moment as STL."""
    film = opened_film(wanted.scene, wanted.bones)
    time_s = moment(wanted.at, film.timeline)
    from kyphoviz.export.solids import NotOurs, write_shapes

    try:
        write_shapes(Path(wanted.output), film, time_s)
    except NotOurs as error:
        raise Refusal(str(error)) from error
    return DONE


def _part(wanted: argparse.Namespace, film: Film) -> tuple[float, float]:
    """Start and end in seconds; both inside the film, in this order."""
    timeline = film.timeline
    start_s = 0.0 if wanted.start is None else moment(wanted.start, timeline, "--from")
    end_s = timeline.duration_s if wanted.end is None else moment(wanted.end, timeline, "--to")
    for name, time_s in (("--from", start_s), ("--to", end_s)):
        if not 0.0 <= time_s <= timeline.duration_s + 1e-6:
            raise Refusal(f"{name} {time_s:g}: the film lasts from 0 to {timeline.duration_s:g} seconds")
    if end_s <= start_s:
        raise Refusal(f"--to ({end_s:g} s) must be later than --from ({start_s:g} s)")
    return start_s, end_s


@contextmanager
def _drawing() -> Iterator[None]:
    """Turns what the drawing rooms say about the machine into refusals."""
    try:
        from kyphoviz.export.frame_layout import TooSmall
        from kyphoviz.export.many import DrawingFailed
        from kyphoviz.export.movie import MovieFailed
        from kyphoviz.fluoroscopy.path_lengths import FluoroscopyUnavailable
        from kyphoviz.overlay.fonts import FontsMissing
        from kyphoviz.scene.window import PicturesUnavailable
    except ImportError as error:
        raise from_import_error(error) or error from error
    try:
        yield
    except (PicturesUnavailable, FluoroscopyUnavailable, FontsMissing, MovieFailed, DrawingFailed) as error:
        raise SystemLibraryMissing(str(error)) from error
    except TooSmall as error:
        raise Refusal(f"--size: {error}") from error
