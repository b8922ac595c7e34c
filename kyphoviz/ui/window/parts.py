"""The parts of the window: made here, and handed to whoever works on some of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from kyphoviz.overlay.ink import Ink
from kyphoviz.overlay.names import Names
from kyphoviz.ui.cards.layers_panel import LayersPanel
from kyphoviz.ui.film.caption_band import CaptionBand
from kyphoviz.ui.film.film_words import chapters, titles
from kyphoviz.ui.film.scrub_bar import ScrubBar
from kyphoviz.ui.film.step_panel import StepPanel
from kyphoviz.ui.film.transport import Transport
from kyphoviz.ui.look.buttons import FollowButton
from kyphoviz.ui.picture.collaborators import Picturing, XRaying
from kyphoviz.ui.picture.labelling import Labelling
from kyphoviz.ui.picture.viewport import Viewport
from kyphoviz.ui.window.header import Header
from kyphoviz.ui.xray.fluoro_panel import FluoroPanel
from kyphoviz.viewing import Viewing


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What lies in the window, from top to bottom."""

    header: Header
    steps: StepPanel
    viewport: Viewport
    layers: LayersPanel  # on the viewport, as is `follow`
    follow: FollowButton
    xrays: FluoroPanel
    caption: CaptionBand
    bar: ScrubBar
    transport: Transport


def parts_for(
    window: QWidget, viewing: Viewing, scene: Picturing, fluoroscope: XRaying, names: Names, ink: Ink, language: str
) -> Parts:
    """All parts for that showing, not laid out yet."""
    film = viewing.film
    viewport = Viewport(scene, film.plan.intact, Labelling(film, names), ink, window)
    return Parts(
        header=Header(film.scenario.title.text(language), viewing.mode, window),
        steps=StepPanel(film, language, window),
        viewport=viewport,
        layers=LayersPanel(viewport),
        follow=FollowButton(viewport),
        xrays=FluoroPanel(film, fluoroscope, window, language),
        caption=CaptionBand(window),
        bar=ScrubBar(film.timeline, titles(film.timeline, language), chapters(film, language), window),
        transport=Transport(viewing.player, window),
    )
