"""Paints the cut face of bones and discs, once, from the fields of the section."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kyphoviz.anatomy.mesh import Floats
from kyphoviz.anatomy.trabeculae import TrabecularTile
from kyphoviz.site.section import Tissue

Bytes = NDArray[np.uint8]

MARROW = np.array([0.40, 0.175, 0.135], np.float32)
FATTY = np.array([0.16, 0.11, 0.06], np.float32)
DEEP_STRUT = np.array([0.72, 0.55, 0.42], np.float32)
IVORY = np.array([0.88, 0.79, 0.65], np.float32)
SHARE = np.float32(1 / 255)
WHITE = np.array([0.99, 0.94, 0.86], np.float32)
SHELL_MM = 0.85  # drawn thickness of the cortex: three times the real one, or nobody would see it
EDGE_MM = 1.0  # width of the ramp in the fourth value, whose middle is the bone's edge
PLATES_MM = ((1.9, 0.55), (3.2, 0.35))  # depth under the end-plate, and how much of each is there
DISC_DEPTH_MM = 5.0  # how far into the disc its painting reaches


def painted_bone(tissue: Tissue, tile: TrabecularTile) -> Bytes:
    """Red-brown marrow, ivory struts, white shell; shape (rows, columns, 4), rows upwards.

    The fourth value is 128 on the bone's edge, more inside, so that the edge stays sharp between texels.
    """
    distance = tissue.distance_mm
    picture = np.empty((*distance.shape, 4), np.uint8)
    picture[..., :3] = np.rint(255 * WHITE)
    picture[..., 3] = np.clip(127.5 - 255 * distance / EDGE_MM, 0, 255)
    inside = np.flatnonzero(distance.ravel() < 0.1)
    d, across, up, behind, plate = (
        field.ravel()[inside]
        for field in (distance, tissue.across_mm, tissue.up_mm, tissue.behind, tissue.below_plate_mm)
    )
    front, deep, blotch = _lattice(tile, across, up, behind)
    front = np.maximum(front, _plates(plate, across) * (1 - behind))
    picture.reshape(-1, 4)[inside, :3] = _mixed(d, front, deep, blotch, _ripple(across, up))
    return picture


def painted_disc(columns: int = 64, rows: int = 256) -> Bytes:
    """Faint rings of the annulus round a paler nucleus, shape (rows around, columns inwards, 4)."""
    depth = (np.arange(columns) + 0.5) / columns * DISC_DEPTH_MM
    turn = 2 * np.pi * np.arange(rows)[:, None] / rows
    wavy = depth + 0.16 * np.sin(5 * turn + depth) + 0.10 * np.sin(11 * turn)
    core = 1 / (1 + np.exp(-(wavy - 2.7) / 0.4))
    rings = 0.035 * np.sin(wavy * 4.2) * (1 - core)
    colour = np.array([0.71, 0.715, 0.74]) + rings[..., None]
    colour = colour + (np.array([0.80, 0.82, 0.84]) - colour) * core[..., None]
    picture = np.full((rows, columns, 4), 255, np.uint8)
    picture[..., :3] = np.rint(255 * colour)
    return picture


def _lattice(tile: TrabecularTile, across: Floats, up: Floats, behind: Floats) -> tuple[Floats, Floats, Floats]:
    """(struts in front, struts behind, soft blotches): upright in the body, lying along the pedicle in the arch."""
    across = across + 0.35 * np.sin(up * 0.61 + 1.0) + 0.20 * np.sin(up * 1.7 + across * 0.5)
    in_body, in_arch = behind < 0.98, behind > 0.02
    front, deep = np.zeros_like(across), np.zeros_like(across)
    for chosen, u, v, share in (
        (in_body, across, up, 1 - behind),
        (in_arch, 1.1 * up + 0.25 * across, across, behind),
    ):
        at = _texels(tile, u[chosen], v[chosen])
        front[chosen] += share[chosen] * (tile.front[at] * SHARE)
        deep[chosen] += share[chosen] * (tile.deep[at] * SHARE)
    return front, deep, _soft(tile.deep, 12)[_texels(tile, 0.7 * across + 9.0, 0.5 * up)]


def _texels(tile: TrabecularTile, across: Floats, up: Floats) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    rows, columns = tile.front.shape
    scale = np.float32(1 / tile.mm_per_pixel)
    return np.floor(up * scale).astype(np.int32) % rows, np.floor(across * scale).astype(np.int32) % columns


def _soft(grey: Bytes, reach: int) -> Floats:
    """A wrapped mean over 2 reach + 1 pixels each way, 0 to 1."""
    total = grey.astype(np.float32) / np.float32(255 * (2 * reach + 1) ** 2)
    for axis in (0, 1):
        total = np.sum([np.roll(total, k, axis=axis) for k in range(-reach, reach + 1)], axis=0)
    return np.asarray(total, np.float32)


def _plates(below_mm: Floats, across: Floats) -> Floats:
    """Short plates of bone parallel to the end-plates, where load comes in."""
    found = np.zeros_like(below_mm)
    for depth, share in PLATES_MM:
        off = below_mm - np.float32(depth) - 0.25 * np.sin(across * 0.9 + depth)
        near = np.abs(off) < 0.5
        there = np.clip(4 * (np.sin(across[near] * 1.9 + 3 * depth) + 2 * share - 1), 0, 1)
        found[near] = np.maximum(found[near], 0.9 * there * np.exp(-((off[near] / 0.17) ** 2)))
    return found


def _ripple(across: Floats, up: Floats) -> Floats:
    return np.asarray(np.sin(across * 1.3 + 0.7 * up) * np.sin(up * 1.1 - 0.4 * across), np.float32)


def _mixed(d: Floats, front: Floats, deep: Floats, blotch: Floats, ripple: Floats) -> Bytes:
    shell = 1 / (1 + np.exp(np.clip((d + SHELL_MM + 0.12 * ripple) / 0.13, -30, 30)))
    shell = np.float32(1) - shell
    crowded = np.exp(-(((d + 1.2) / 0.9) ** 2))  # the lattice thickens where it meets the shell
    front = np.clip(front * (1.1 + 0.45 * crowded), 0, 1)
    fat = np.clip(0.5 + 3.0 * (blotch - blotch.mean()), 0, 1)[:, None]
    rgb = MARROW * (0.86 + 0.10 * fat) + FATTY * fat**2
    rgb += (0.40 * deep * (1 - front))[:, None] * (DEEP_STRUT - rgb)
    rgb += np.maximum(front, shell)[:, None] * (IVORY - rgb)
    rgb += (0.8 * shell)[:, None] * (WHITE - rgb)
    return np.rint(255 * np.clip(rgb, 0, 1)).astype(np.uint8)
