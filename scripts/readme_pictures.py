"""Makes the pictures of the README anew: python scripts/readme_pictures.py [FOLDER].

Each is the real window of one audience at a telling instant, as that audience sees it. Needs no display.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from imageio_ffmpeg import get_ffmpeg_exe
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.film import Film, open_film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.modes import KIOSK, mode_named
from kyphoviz.scenario import find, load
from kyphoviz.scene.view import SceneView
from kyphoviz.ui.kiosk.kiosk import Kiosk
from kyphoviz.ui.kiosk.settings import KioskSettings
from kyphoviz.ui.kiosk.words import ENGLISH
from kyphoviz.ui.look.theme import dress, theme_named
from kyphoviz.ui.opening import offer_case
from kyphoviz.ui.start.application import application
from kyphoviz.ui.window.main_window import MainWindow
from kyphoviz.viewing import Viewing

SCENE = "kyphoplasty"
INSTANTS = {"student": ("needle_advance", 0.6), "consult": ("inflate", 0.75), "kiosk": ("fill", 0.7)}
SIZE = (1280, 760)
SETTLE_S = 4.0  # until the edges are smooth and both X-rays taken
MOST_BYTES = 400_000


def main(folder: Path) -> int:
    """Writes one picture for each audience."""
    film, app = open_film(load(find(SCENE)), shipped_bones()), application()
    dress(app, theme_named("dark"))
    for name in INSTANTS:
        path = folder / f"{name}.png"
        _picture(app, film, name).save(str(path))
        _spare_colours(path)
        sys.stdout.write(f"{path}: {path.stat().st_size / 1000:.0f} kB\n")
    return 0


def _spare_colours(path: Path) -> None:
    """Makes do with the 256 colours that suit it best: a third of the size, and nothing is seen of it."""
    spared = path.with_name(f"{path.stem}.spared.png")
    wanted = "split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=sierra2_4a"
    command = [get_ffmpeg_exe(), "-v", "error", "-y", "-i", str(path), "-vf", wanted, "-pred", "mixed", str(spared)]
    subprocess.run(command, check=True)
    if spared.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path} takes {spared.stat().st_size} bytes; {MOST_BYTES} are allowed")
    spared.replace(path)


def _picture(app: QApplication, film: Film, name: str) -> QImage:
    """The window of that audience when everything in it has come to rest."""
    viewing = Viewing(film, mode_named(name))
    player = viewing.player
    window = MainWindow(viewing, SceneView(film.site, SIZE), Fluoroscope(), theme_named("dark"))
    kiosk = Kiosk(window, film, player, KioskSettings(), ENGLISH) if name == KIOSK.name else None
    if kiosk is None:
        offer_case(window, SCENE, "en")
    window.resize(*SIZE)
    window.show()
    if kiosk is not None:
        kiosk.touched()
        kiosk.panels.bar.pause.click()
    player.seek(film.timeline.time_of(*INSTANTS[name]))
    end_s = monotonic() + SETTLE_S
    while monotonic() < end_s or window.parts.viewport.is_refining or window.parts.xrays.is_pulsing:
        app.processEvents()
        sleep(0.005)
    picture = window.grab().toImage()
    if kiosk is not None:
        kiosk.leave()
    window.close()
    return picture


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "docs"))
