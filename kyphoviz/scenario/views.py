"""Reads how a step is shown: cameras and looks, by name or in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from kyphoviz.procedure.state import Camera, Layer, Opacity, Point
from kyphoviz.scenario import fields
from kyphoviz.scenario.errors import Faults, quoted
from kyphoviz.scenario.nodes import Entry, Mapping, Node, Scalar

GHOST = 0.25
CAMERA_RANGES = {
    "azimuth_deg": (-360.0, 360.0),
    "elevation_deg": (-90.0, 90.0),
    "distance_mm": (30.0, 6000.0),
    "roll_deg": (-180.0, 180.0),
    "view_angle_deg": (5.0, 90.0),
}
_FOCUS_MM = 3000.0
_NAMES_MOST = 100
Look = tuple[Opacity, ...]
Value = TypeVar("Value")
Reader = Callable[[Node, str, Faults], Value | None]


@dataclass(frozen=True, slots=True)
class Views:
    """The named cameras and looks of a scene; None stands where a definition was faulty."""

    cameras: dict[str, Camera | None]
    looks: dict[str, Look | None]


def read_views(top: dict[str, Entry], faults: Faults) -> Views:
    """The scene's `cameras` and `looks`."""
    cameras = {
        name: read_camera(entry.value, f"camera {quoted(name)}", faults)
        for name, entry in named_entries(top, "cameras", faults).items()
    }
    looks = {
        name: read_look(entry.value, f"look {quoted(name)}", faults)
        for name, entry in named_entries(top, "looks", faults).items()
    }
    return Views(cameras, looks)


def read_camera(node: Node, what: str, faults: Faults) -> Camera | None:
    """A camera given in place; what is left out is that of `Camera()`."""
    entries = fields.mapping(node, what, ("focus_mm", *CAMERA_RANGES), faults)
    if entries is None:
        return None
    usual = Camera()
    values = {
        key: fields.number(entries[key].value, f"`{key}`", low, high, faults)
        for key, (low, high) in CAMERA_RANGES.items()
        if key in entries
    }
    focus = _point(entries["focus_mm"].value, faults) if "focus_mm" in entries else usual.focus_mm
    kept = {key: value for key, value in values.items() if value is not None}
    if focus is None or len(kept) < len(values):
        return None
    return replace(usual, focus_mm=focus, **kept)


def read_look(node: Node, what: str, faults: Faults) -> Look | None:
    """Which layers are solid (`show`) and which are ghosts (`ghost`: a list, or an opacity for each)."""
    entries = fields.mapping(node, what, ("show", "ghost"), faults)
    if entries is None:
        return None
    shown = fields.choices(entries["show"].value, "`show`", Layer, faults) if "show" in entries else ()
    ghosts = _ghosts(entries["ghost"].value, faults) if "ghost" in entries else {}
    if shown is None or ghosts is None:
        return None
    twice = [name for name in shown if name in ghosts]
    if twice:
        faults.add(node.line, f"{what} has {fields.listed(twice)} in `show` and in `ghost`")
        return None
    values = dict.fromkeys(shown, 1.0) | ghosts
    return tuple(Opacity(layer, values[layer]) for layer in Layer if layer in values)


def camera_of(entries: dict[str, Entry], views: Views, faults: Faults) -> Camera | None:
    """The camera of a step: by name or in place; None keeps the one before."""
    return _of_step(entries, "camera", views.cameras, read_camera, faults)


def look_of(entries: dict[str, Entry], views: Views, faults: Faults) -> Look | None:
    """The look of a step: by name or in place; None keeps the one before."""
    return _of_step(entries, "look", views.looks, read_look, faults)


def _of_step(
    entries: dict[str, Entry], key: str, known: dict[str, Value | None], read: Reader[Value], faults: Faults
) -> Value | None:
    if key not in entries:
        return None
    node = entries[key].value
    if isinstance(node, Scalar):
        return _by_name(node, key, known, faults)
    return read(node, f"`{key}`", faults)


def _by_name(node: Scalar, what: str, known: dict[str, Value | None], faults: Faults) -> Value | None:
    if node.text in known:
        return known[node.text]
    names = fields.listed(known) or "none"
    faults.add(node.line, f"there is no {what} {quoted(node.text)}; known: {names}")
    return None


def named_entries(top: dict[str, Entry], key: str, faults: Faults) -> dict[str, Entry]:
    """The definitions under one key of the scene, those with a usable name."""
    if key not in top:
        return {}
    node = top[key].value
    entries = fields.mapping(node, f"`{key}`", None, faults) or {}
    if len(entries) > _NAMES_MOST:
        faults.add(node.line, f"`{key}` has {len(entries)} entries; at most {_NAMES_MOST} are allowed")
        return {}
    for name, entry in entries.items():
        if not fields.is_name(name):
            faults.add(entry.line, f"the name {quoted(name)} must be {fields.NAME_WORDS}")
    return entries


def _point(node: Node, faults: Faults) -> Point | None:
    items = fields.listing(node, "`focus_mm`", 3, faults)
    if items is None:
        return None
    if len(items) < 3:
        faults.add(node.line, "`focus_mm` must be a list of three numbers")
        return None
    found = [fields.number(item, "each entry of `focus_mm`", -_FOCUS_MM, _FOCUS_MM, faults) for item in items]
    x, y, z = found
    return None if x is None or y is None or z is None else (x, y, z)


def _ghosts(node: Node, faults: Faults) -> dict[str, float] | None:
    if not isinstance(node, Mapping):
        names = fields.choices(node, "`ghost`", Layer, faults)
        return None if names is None else dict.fromkeys(names, GHOST)
    entries = fields.mapping(node, "`ghost`", Layer, faults) or {}
    found = {name: fields.number(e.value, f"the opacity of `{name}`", 0.02, 0.6, faults) for name, e in entries.items()}
    kept = {name: value for name, value in found.items() if value is not None}
    return kept if len(kept) == len(found) else None
