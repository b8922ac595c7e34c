"""A film -> two printed pages to take home."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from kyphoviz.aside import written_aside
from kyphoviz.choices import ViewChoices
from kyphoviz.export.frames import application, canvas_on
from kyphoviz.export.handout_pages import first_page, largest_that_fits, second_page
from kyphoviz.export.handout_type import INK, MM_PER_INCH, FilledBox, Item, Picture, Typesetter, paint
from kyphoviz.export.handout_words import Handout, Shown, handout_of
from kyphoviz.film import Film
from kyphoviz.scene.view import SceneView

DPI = 1200  # of the places of letters; pictures have their own
PICTURE_DPI = 200
LABEL_PT = 9.0
LABEL_INSET_MM, LABEL_LINE_MM, LABEL_LEAST_MM = 3.0, 4.0, 12.0
BODY_FRONT_MM = (0.0, -14.0, 0.0)  # near the front wall of the treated body
SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}


def write_handout(path: Path, film: Film, language: str = "en", paper: str = "a4") -> None:
    """Writes the PDF.

    Args:
        path: where it goes; nothing is left there unless it is complete.
        language: of all words.
        paper: "a4" or "letter".
    Raises:
        NoSuchLanguage: there are no words in that language.
        PicturesUnavailable: the machine has no usable OpenGL.
    """
    handout = handout_of(film.scenario, language)
    keep = application()
    with written_aside(path) as aside:
        aside.write_bytes(_pdf(film, handout, paper, film.scenario.title.text(language)))
    del keep


def _pdf(film: Film, handout: Handout, paper: str, title: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, paper, title)
    first = largest_that_fits(first_page, writer, handout, paper)
    second = largest_that_fits(second_page, writer, handout, paper)
    pictures = _pictures(film, handout.shown, first.places, Typesetter(writer, LABEL_PT))
    with QPainter(writer) as painter:
        paint(painter, [*first.items, *pictures], DPI / MM_PER_INCH)
        writer.newPage()
        paint(painter, second.items, DPI / MM_PER_INCH)
    return bytes(buffer.data().data())


def _writer(buffer: QBuffer, paper: str, title: str) -> QPdfWriter:
    """Pages without margins: the layout has its own."""
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("KyphoViz")
    writer.setResolution(DPI)
    size = QPageSize(SIZES[paper])
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    return writer


def _pictures(film: Film, shown: Sequence[Shown], places: Sequence[FilledBox], setter: Typesetter) -> list[Item]:
    """One for each place, on a light ground that saves ink."""
    width, height = places[0].width, places[0].height
    size = (round(width / MM_PER_INCH * PICTURE_DPI), round(height / MM_PER_INCH * PICTURE_DPI))
    items: list[Item] = []
    with closing(SceneView(film.site, (2 * size[0], 2 * size[1]), "draft")) as view:
        for moment, place in zip(shown, places, strict=True):
            items.append(Picture(place, _drawn(view, film, moment, size)))
            if moment.label:
                items += _label(view, moment.label, place, setter)
    return items


def _drawn(view: SceneView, film: Film, moment: Shown, size: tuple[int, int]) -> QImage:
    """Drawn at twice the size and made smaller, which smooths the edges."""
    state = film.timeline.state_at(film.timeline.time_of(moment.step_id, moment.share))
    camera = replace(state.camera, distance_mm=moment.nearer * state.camera.distance_mm)
    view.apply(state, ViewChoices(camera=camera, theme="light"), is_fine=True)
    image = canvas_on(view.image()[::-1].copy())
    aspect, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(*size, aspect, smooth).convertToFormat(QImage.Format.Format_RGB32)


def _label(view: SceneView, words: str, place: FilledBox, setter: Typesetter) -> list[Item]:
    """Words at the left edge of a picture, and a line from them to the front of the treated bone."""
    x, y = view.project(BODY_FRONT_MM)
    start, end = place.x + LABEL_INSET_MM, place.x + x / view.size[0] * place.width
    middle = place.y + y / view.size[1] * place.height
    room = end - start - LABEL_LINE_MM
    text = setter.text(words, (start, middle), room)
    top = middle - text.height / 2
    if room < LABEL_LEAST_MM or top < place.y or top + text.height > place.y + place.height:
        return []
    line_start = start + text.width + 1.0
    line = FilledBox(line_start, middle - 0.15, end - line_start, 0.3, INK)
    return [replace(text, y=top), line, FilledBox(end - 0.6, middle - 0.6, 1.2, 1.2, INK, 0.6)]
