"""From line integrals to the grey picture on the theatre's screen.

A C-arm holds the brightness of its picture, softens what burns out, shows the logarithm of the light, and lowers wide
differences of brightness so that spine, belly and back can be read at once. Scattered light lies over all as a veil.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.blur import blurred
from kyphoviz.fluoroscopy.wide_blur import SHRINK, Gauss, SmallCopy
from kyphoviz.procedure.state import XrayView

Picture = NDArray[np.float32]

# Scattered over direct light behind a grid, at the middle of the field; detectors subtract most of the veil again.
SCATTER_TO_PRIMARY: dict[str, float] = {XrayView.AP: 1.0, XrayView.LATERAL: 2.0}
VEIL_LEFT = 0.25
BURN_OUT = 5.0  # times the middle brightness: no light is shown brighter
PHOTONS = 4000.0  # per pixel at the middle brightness, one frame of pulsed fluoroscopy
DENSEST = 20.0  # line integral beyond the middle one: no light is left, and a float still holds it
STRUTS_PER_MM = 0.0006  # spread of the line integral by struts, for each millimetre of spongy bone
MOTTLE = 0.05  # spread of the line integral by fat planes, vessels and bowel
WIDE_LOWERED = 0.86  # share of wide differences of brightness that the display takes away
LOCAL_LOWERED = 0.30  # and of those over the size of a vertebra, which lifts outlines against their neighbourhood
BELOW, ABOVE = 1.15, 0.6  # the widest window about the middle tone: what is denser is black
AT_LEAST_BELOW = 0.6  # and the narrowest, so that a picture does not brighten by half when a needle comes into it
BEND: dict[str, float] = {XrayView.AP: 0.85, XrayView.LATERAL: 0.8}  # of the tone curve: 0 straight, 1 a square
FIELD_RADIUS = 0.945  # of the round field, of half the picture's width
SCREEN_BLACK, SCREEN_WHITE = 0.035, 0.98

# Widths of blurs (sigma) as shares of the picture's width.
VEIL_WIDTH, WIDE_WIDTH, LOCAL_WIDTH = 0.06, 0.13, 0.04
_SAMPLE = slice(None, None, 8)


class Detector:
    """The detector and display of one view; keeps its noise and its working arrays.

    Args:
        view: "ap" or "lateral": how much light is scattered, and the curve of the display.
        size: width and height in pixels.
    """

    def __init__(self, view: str, size: tuple[int, int]) -> None:
        width, height = size
        self._veil_share = VEIL_LEFT * SCATTER_TO_PRIMARY.get(view, 1.5)
        self._bend = np.float32(BEND.get(view, 0.7))
        random = np.random.default_rng(len(view))
        self._struts = STRUTS_PER_MM * _strut_pattern(random, (height, width))
        self._mottle = MOTTLE * _cloud(random, (height, width))
        self._grain = _grain(random, (height, width))
        self._field, self._surround = _round_field(width, height)
        self._open = self._field[_SAMPLE, _SAMPLE] > 0.5 * self._field.max()
        self._copy = SmallCopy(size)
        self._veil, self._wide, self._local = (
            Gauss(self._copy.shape, share * width / SHRINK) for share in (VEIL_WIDTH, WIDE_WIDTH, LOCAL_WIDTH)
        )
        self._light, self._spare = np.empty((2, height, width), np.float32)

    def picture(self, integral: Picture, spongy_mm: Picture, frame: int) -> NDArray[np.uint8]:
        """The grey picture, shape (height, width).

        Args:
            integral: sum of attenuation x length for each pixel.
            spongy_mm: length inside spongy bone, whose struts grain the picture.
            frame: decides the quantum noise.
        """
        self._expose(integral, spongy_mm)
        base = self._scatter()
        self._take_logarithm(frame)
        tone = self._light
        tone -= self._copy.enlarged(base, out=self._spare)
        return self._displayed(tone)

    def _expose(self, integral: Picture, spongy_mm: Picture) -> None:
        """Light at the detector, 1 at the middle brightness, softly limited and blurred by the focal spot."""
        light, spare = self._light, self._spare
        np.multiply(spongy_mm, self._struts, out=light)
        light += integral
        light += self._mottle
        np.subtract(np.median(light[_SAMPLE, _SAMPLE][self._open]), light, out=light)
        np.exp(np.clip(light, -DENSEST, DENSEST, out=light), out=light)
        np.multiply(light, np.float32(1 / BURN_OUT), out=spare)
        spare += np.float32(1)
        light /= spare
        _soften(light, spare)

    def _scatter(self) -> Picture:
        """Adds the veil; returns, small, what the display takes off the picture's logarithm."""
        small = self._copy.shrunk(self._light)
        veil = self._veil(small) * np.float32(self._veil_share)
        self._light += self._copy.enlarged(veil, out=self._spare)
        course = np.log(small + veil)
        np.maximum(course, np.percentile(course, 12), out=course)  # else bones beside dense tools would burn out
        return np.float32(WIDE_LOWERED) * self._wide(course) + np.float32(LOCAL_LOWERED) * self._local(course)

    def _take_logarithm(self, frame: int) -> None:
        """The logarithm of the light with the noise of counted photons, which weighs more where it is dark."""
        light, spare = self._light, self._spare
        np.sqrt(light, out=spare)
        np.divide(self._noise(frame), spare, out=spare)
        np.log(light, out=light)
        light += spare

    def _noise(self, frame: int) -> Picture:
        """A window onto the kept noise, at a place that the frame number decides."""
        height, width = self._light.shape
        random = np.random.default_rng([7, frame & 0xFFFFFFFF])
        rows, columns = self._grain.shape
        row, column = random.integers(0, (rows - height + 1, columns - width + 1))
        return self._grain[row : row + height, column : column + width]

    def _displayed(self, tone: Picture) -> NDArray[np.uint8]:
        """Window, curve of the display, and the round field."""
        spare = self._spare
        low, middle, high = np.percentile(tone[_SAMPLE, _SAMPLE][self._open], (1.5, 50.0, 99.0))
        low = middle - np.clip(middle - low + 0.05, AT_LEAST_BELOW, BELOW)
        high = min(high + 0.12, middle + ABOVE)
        tone -= np.float32(low)
        tone *= np.float32(1 / (high - low))
        np.clip(tone, 0, 1, out=tone)
        np.multiply(tone, self._bend, out=spare)
        spare += 1 - self._bend
        tone *= spare
        tone *= self._field
        tone += self._surround
        return tone.astype(np.uint8)


def _soften(light: Picture, spare: Picture) -> None:
    """Weights 1 2 1 along rows and columns, in place: the focal spot and the detector's own blur (sigma 0.7 pixels)."""
    np.add(light[:, 1:], light[:, :-1], out=spare[:, 1:])
    np.multiply(light[:, 0], 2, out=spare[:, 0])
    np.add(spare[:, 1:], spare[:, :-1], out=light[:, :-1])
    np.multiply(spare[:, -1], 2, out=light[:, -1])
    np.add(light[1:], light[:-1], out=spare[1:])
    np.multiply(light[0], 2, out=spare[0])
    np.add(spare[1:], spare[:-1], out=light[:-1])
    np.multiply(spare[-1], 2, out=light[-1])
    light *= np.float32(1 / 16)


def _strut_pattern(random: np.random.Generator, shape: tuple[int, int]) -> Picture:
    """Upright streaks over finer dots, spread 1: struts of spongy bone on top of each other."""
    streaks, dots = random.standard_normal((2, *shape), np.float32)
    upright, round_ = blurred(streaks, (1.9, 0.8)), blurred(dots, 0.9)
    return _spread_one(_spread_one(upright) + 0.7 * _spread_one(round_))


def _cloud(random: np.random.Generator, shape: tuple[int, int]) -> Picture:
    """Soft lumps of two sizes, spread 1, drawn small and enlarged."""
    copy = SmallCopy((shape[1], shape[0]))
    small = random.standard_normal((2, *copy.shape), np.float32)
    lumps = _spread_one(blurred(small[0], 2.3)) + 1.2 * _spread_one(blurred(small[1], 5.3))
    return _spread_one(copy.enlarged(lumps, out=np.empty(shape, np.float32)))


def _grain(random: np.random.Generator, shape: tuple[int, int]) -> Picture:
    """Noise of the middle brightness in the logarithm, blurred by the detector, half as large again as the picture."""
    height, width = (n + n // 2 for n in shape)
    noise = random.standard_normal((height, width), np.float32)
    return _spread_one(blurred(noise, 0.6)) / np.float32(PHOTONS**0.5)


def _round_field(width: int, height: int) -> tuple[Picture, Picture]:
    """What a tone of 0 to 1 is multiplied by, and what is added, for 8-bit grey behind the round collimator."""
    y, x = (np.arange(n, dtype=np.float32) - (n - 1) / 2 for n in (height, width))
    radius = np.hypot(y[:, None], x[None, :]) / (width / 2)
    open_share = 1 / (1 + np.exp(np.clip((radius - FIELD_RADIUS) / 0.004, -60, 60)))
    shade = 1 - 0.10 * np.minimum(radius, 1) ** 3
    field = 255 * (SCREEN_WHITE - SCREEN_BLACK) * shade * open_share
    return field.astype(np.float32), np.full((height, width), 255 * SCREEN_BLACK + 0.5, np.float32)


def _spread_one(values: Picture) -> Picture:
    """The same pattern with mean 0 and standard deviation 1."""
    return np.asarray((values - values.mean()) / values.std(), np.float32)
