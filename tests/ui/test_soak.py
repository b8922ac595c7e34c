"""A day in a waiting room, with the real renderer: nothing grows, nobody gets out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
VISITS, ROUNDS, GROWTH_MB = 300, 50, 30.0
WARM_UP, SAMPLE = 30, 5  # visits until everything has been seen once; between two looks at the memory
TOUCHES = 5000  # ten minutes of 500
SCRIPT = f"""
import gc, logging, random, sys
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.bench.process import resident_mb
from kyphoviz.film import open_film
from kyphoviz.fluoroscopy.fluoroscope import Fluoroscope
from kyphoviz.modes import KIOSK
from kyphoviz.scenario import find, load
from kyphoviz.ui.app import application
from kyphoviz.ui.kiosk.kiosk import Clocks, Kiosk
from kyphoviz.ui.kiosk.pin import hash_pin
from kyphoviz.ui.kiosk.quiet import NoDialogs
from kyphoviz.ui.opening import opened_window
from kyphoviz.ui.kiosk.settings import KioskSettings
from kyphoviz.ui.kiosk.words import ENGLISH

film, app, dice = open_film(load(find("kyphoplasty")), shipped_bones()), application(), random.Random(7)
window = opened_window(app, film, Fluoroscope(), KIOSK, "dark", "en")
player = window.viewing.player
now = [1000.0]
kiosk = Kiosk(window, film, player, KioskSettings(pin=hash_pin("471147")), ENGLISH, clocks=Clocks(lambda: now[0]))
quiet = NoDialogs(window)
window.resize(1280, 800)
window.show()
app.processEvents()
caught = quiet.caught  # menus that are made and never opened

def pass_s(seconds):
    now[0] += seconds
    player.advance(min(seconds, 5.0))
    kiosk.tick()
    app.processEvents()

duration_s = film.timeline.duration_s

def end_film():
    player.seek(duration_s)
    player.pause()
    pass_s(0.3)

def touch():
    place = QPoint(dice.randrange(window.width()), dice.randrange(window.height()))
    target = window.childAt(place) or window
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(window, place))

held = []
for visit in range({VISITS} + 1):
    kiosk.touched()
    for _ in range(4):
        player.seek(dice.uniform(0.0, duration_s))
        touch()
        app.processEvents()
    kiosk.panels.bar.larger.click()
    end_film()
    pass_s(100.0)
    assert kiosk.idle.ended == visit + 1
    if visit % {SAMPLE} == 0:
        gc.collect()
        held.append(resident_mb())
for _ in range({ROUNDS}):
    for share in range(10):
        player.seek(duration_s * share / 10)
        app.processEvents()
    player.seek(duration_s - 0.01)
    player.play()
    pass_s(0.1)
after_rounds = resident_mb()
keys = [Qt.Key(k) for k in range(Qt.Key.Key_Space, Qt.Key.Key_Z + 1)]
keys += [Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_F4, Qt.Key.Key_F11, Qt.Key.Key_PageDown]
modifiers = [Qt.KeyboardModifier(value) for value in (0, 0x02000000, 0x04000000, 0x08000000)]
for count in range({TOUCHES}):
    if dice.random() < 0.6:
        touch()
    else:
        QTest.keyClick(window, dice.choice(keys), dice.choice(modifiers))
    if count % 10 == 0:
        pass_s(1.2)
    assert window.isVisible()
pass_s(0.1)
assert quiet.caught == caught
end_film()
pass_s(100.0)
print(*(round(each, 1) for each in (*held, after_rounds, resident_mb())))
kiosk.leave()
window.close()
"""


@pytest.mark.gl
@pytest.mark.exhaustive
def test_a_day_with_the_real_pictures_grows_by_nothing() -> None:
    """300 visits, 50 rounds of the film and 5,000 touches and keys: exit code 0, no word of complaint, memory flat."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=900)
    held = [float(word) for word in done.stdout.split()]

    assert (done.returncode, done.stderr) == (0, ""), done.stderr[-2000:]
    *visits, after_rounds, at_last = held
    first = median(visits[WARM_UP // SAMPLE : 2 * WARM_UP // SAMPLE])
    assert median(visits[-WARM_UP // SAMPLE :]) - first < GROWTH_MB, held
    assert after_rounds - first < GROWTH_MB, held
    assert at_last - first < 2 * GROWTH_MB, held
