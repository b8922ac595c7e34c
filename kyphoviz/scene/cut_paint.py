"""Paints the cut face of bones and discs, once, from the fields of the section.

A bone is not painted in colours but in distances: how far to the nearest strut, how far in from the surface. The
fragment program in `cut_program` mixes the colours, so struts stay sharp and can thicken where bone is packed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Floats
from kyphoviz.anatomy.trabeculae import LATTICES, Lattice, TrabecularTile
from kyphoviz.site.cut.section import BoneTexels

Bytes = NDArray[np.uint8]

STRUT_MM = 0.45  # distances to struts that are told apart, either side of their edges
OUT_MM, SPAN_MM = 0.6, 4.0  # the fourth value falls from that far outside the bone over so many mm inwards
SHADOW_TEXELS = (-2, 2)  # the front lattice throws its shadow down and backwards on the deeper one
LIGHT_WAY = np.array([-0.55, 0.83])  # along the plane and up, towards the light
PLATES_MM = ((1.9, 0.55), (3.2, 0.35))  # depth under the end-plate, and how much of each is there
RIPPLE = 0.13
CARTILAGE_MM, CARTILAGE = 0.9, np.array([0.73, 0.83, 0.90])  # of an end plate, thickened so that it is seen
DISC_DEPTH_MM = 5.0  # how far into the disc its painting reaches


def edge_value(outside_mm: float) -> float:
    """The fourth value, 0 to 1, that far outside the bone's surface (negative inside)."""
    return float(_edge_values(np.float32(outside_mm)))


def painted_bone(tissue: BoneTexels, tile: TrabecularTile, quality: str) -> Bytes:
    """Four fields as bytes, shape (rows, columns, 4), rows upwards.

    They are the distance to the struts (128 on their edges, more inside), what is seen between them (marrow red to
    fatty up to 100, deeper struts above), the light on the struts, and the way in from the surface, stretched where the
    shell is thinner: in the middle of the end-plates, whose rims are a third denser (Segami et al.).

    Args:
        quality: one of `LATTICES`.
    """
    distance = tissue.distance_mm
    picture = np.zeros((*distance.shape, 4), np.uint8)
    inside = np.flatnonzero(distance.ravel() < 0.3)
    d, across, up, behind, below, ring = (
        field.ravel()[inside]
        for field in (distance, tissue.across_mm, tissue.up_mm, tissue.behind, tissue.below_plate_mm, tissue.ring)
    )
    ripple = np.sin(across * 1.3 + 0.7 * up) * np.sin(up * 1.1 - 0.4 * across)
    lattice = LATTICES[quality]
    sheets = _sheet(tile, lattice, behind=False), _sheet(tile, lattice, behind=True)
    painted = _lattice(sheets, tile.mm_per_pixel, across, up, behind)
    near_plate = np.exp(-below / 3.5) * (1 - behind)
    denser = 0.05 * np.exp(-(((d + 1.3) / 0.9) ** 2)) + near_plate * (0.03 + 0.07 * ring)
    struts = np.minimum(painted[:, 0] - denser, _plates(below, across) + 2.0 * behind)
    by_plate = np.exp(-(((below + d) / 1.2) ** 2)) * (1 - behind)  # of the surface, the plates and not the walls
    thick = lattice.shell * (1.0 + by_plate * (0.5 * ring - 0.22)) + RIPPLE * ripple
    flat = picture.reshape(-1, 4)
    flat[inside, 0] = np.clip(127.5 - 127.5 / STRUT_MM * struts, 0, 255)
    flat[inside, 1:3] = painted[:, 1:]
    picture[..., 3] = np.clip(255 * _edge_values(distance), 0, 255)
    flat[inside, 3] = np.clip(255 * _edge_values(np.where(d < 0, d / thick, d)), 0, 255)
    return picture


def painted_disc(columns: int = 64, rows: int = 256) -> Bytes:
    """Faint rings of the annulus round a paler nucleus, between two bluish plates of cartilage.

    Shape (rows around, columns inwards, 4); the first row is at the back, a quarter of them later is below.
    """
    depth = (np.arange(columns) + 0.5) / columns * DISC_DEPTH_MM
    turn = 2 * np.pi * np.arange(rows)[:, None] / rows
    wavy = depth + 0.16 * np.sin(5 * turn + depth) + 0.10 * np.sin(11 * turn)
    core = 1 / (1 + np.exp(-(wavy - 2.7) / 0.4))
    rings = 0.035 * np.sin(wavy * 4.2) * (1 - core)
    colour = np.array([0.71, 0.715, 0.74]) + rings[..., None]
    colour = colour + (np.array([0.80, 0.82, 0.84]) - colour) * core[..., None]
    faces_bone = np.clip((np.abs(np.sin(turn)) - 0.60) / 0.14, 0, 1)
    plate = faces_bone * np.clip((CARTILAGE_MM + 0.15 - depth) / 0.3, 0, 1)
    colour = colour + (CARTILAGE - colour) * plate[..., None]
    picture = np.full((rows, columns, 4), 255, np.uint8)
    picture[..., :3] = np.rint(255 * colour)
    return picture


def _edge_values(outside_mm: Floats | np.float32) -> Floats:
    return np.asarray((OUT_MM - outside_mm) / SPAN_MM, np.float32)


def _sheet(tile: TrabecularTile, lattice: Lattice, behind: bool) -> Floats:
    """The tile for one quality: distance to the struts in mm, and the second and third value of the painting.

    Args:
        behind: whether it is for the arch, where the tile is turned by a right angle.
    """
    front = lattice.struts_mm(tile.front, tile.front_loss)
    deep = lattice.struts_mm(tile.deep, tile.deep_loss)
    shadow = _inside(np.roll(front, SHADOW_TEXELS, axis=(0, 1)))
    blotch = _soft(tile.deep, 11)
    fat = np.clip(lattice.fat * 0.55 + 9.0 * (0.3 + 0.7 * lattice.fat) * (blotch - blotch.mean()), 0, 1) * (
        1 - 0.5 * shadow
    )
    between = 100 * fat + (1 - 0.55 * shadow) * _inside(deep) * (205 - 100 * fat)
    slope_up, slope_across = np.gradient(_wrapped_mean(front))
    light = LIGHT_WAY[0] * slope_across + LIGHT_WAY[1] * slope_up
    if behind:
        light = LIGHT_WAY[0] * slope_up + LIGHT_WAY[1] * slope_across
    bright = 127.5 + 110 * light / np.maximum(np.hypot(slope_up, slope_across), 0.03)
    return np.stack([front, between, np.clip(bright, 0, 255)], axis=-1).astype(np.float32)


def _inside(struts_mm: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(np.clip(struts_mm / 0.05, -30, 30))), np.float32)


def _wrapped_mean(values: Floats) -> Floats:
    """Smoothed over three pixels each way."""
    for axis in (0, 1):
        values = (np.roll(values, 1, axis) + values + np.roll(values, -1, axis)) / np.float32(3)
    return values


def _lattice(sheets: tuple[Floats, Floats], mm_per_pixel: float, across: Floats, up: Floats, behind: Floats) -> Floats:
    """The sheets' values (N, 3): upright in the body, lying along the pedicle in the arch."""
    across = across + 0.35 * np.sin(up * 0.61 + 1.0) + 0.20 * np.sin(up * 1.7 + across * 0.5)
    found = np.zeros((len(across), 3), np.float32)
    for sheet, chosen, u, v, share in (
        (sheets[0], behind < 0.98, across, up, 1 - behind),
        (sheets[1], behind > 0.02, 1.1 * up + 0.25 * across, across, behind),
    ):
        row, column = (
            np.floor(at[chosen] / np.float32(mm_per_pixel)).astype(np.int32) % size
            for at, size in zip((v, u), sheet.shape, strict=False)
        )
        found[chosen] += share[chosen, None] * sheet[row, column]
    return found


def _soft(grey: Bytes, reach: int) -> Floats:
    """A wrapped mean over 2 reach + 1 pixels each way, 0 to 1."""
    total = grey.astype(np.float32) / np.float32(255 * (2 * reach + 1) ** 2)
    for axis in (0, 1):
        total = np.sum([np.roll(total, k, axis=axis) for k in range(-reach, reach + 1)], axis=0)
    return np.asarray(total, np.float32)


def _plates(below_mm: Floats, across: Floats) -> Floats:
    """Distance to short plates of bone parallel to the end-plates, where load comes in; 1 where there is none."""
    found = np.ones_like(below_mm)
    for depth, share in PLATES_MM:
        off = np.abs(below_mm - np.float32(depth) - 0.25 * np.sin(across * 0.9 + depth))
        missing = np.clip(-4 * (np.sin(across * 1.9 + 3 * depth) + 2 * share - 1), 0, 1)
        found = np.minimum(found, off - 0.13 + missing)
    return np.asarray(found, np.float32)
