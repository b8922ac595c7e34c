"""Where no window can be opened, one line says so, before Qt is asked; where another way is open, it is taken."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kyphoviz.ui.start.display import NoDisplayError, usable_platform


def test_no_display_is_told_with_a_remedy() -> None:
    """A bare terminal gets one line with what to do instead; a display may still come."""
    with pytest.raises(NoDisplayError, match="kyphoviz movie") as refusal:
        usable_platform({}, "linux")

    assert "\n" not in str(refusal.value)
    assert refusal.value.may_come


def test_a_dead_display_is_told_too() -> None:
    """Qt would abort where the X server does not answer."""
    with pytest.raises(NoDisplayError, match=r"can't be reached|libxcb-cursor"):
        usable_platform({"DISPLAY": ":9731"}, "linux")


def test_a_platform_without_a_display_is_believed() -> None:
    """Who asks for `offscreen` needs no screen, and gets what was asked for."""
    assert usable_platform({"QT_QPA_PLATFORM": "offscreen"}, "linux") is None


def test_wayland_counts_only_where_somebody_listens(tmp_path: Path) -> None:
    """Neither a variable nor a socket that is left over from another session opens a window."""
    environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    with pytest.raises(NoDisplayError, match="Wayland"):
        usable_platform(environment, "linux")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as ear:
        ear.bind(str(tmp_path / "wayland-0"))
        with pytest.raises(NoDisplayError, match="Wayland"):
            usable_platform(environment, "linux")
        ear.listen()
        assert usable_platform(environment, "linux") is None


@pytest.mark.parametrize("asked", ["wayland;offscreen", "linuxfb;offscreen", "nonsense:key=1;offscreen"])
def test_the_next_platform_is_taken_where_one_fails(asked: str) -> None:
    """Qt would end the program with a dump at the first that it can't use."""
    assert usable_platform({"QT_QPA_PLATFORM": asked, "XDG_RUNTIME_DIR": "/nowhere"}, "linux") == "offscreen"


@pytest.mark.parametrize("asked", ["wayland", "nonsense"])
def test_a_platform_that_fails_is_named(asked: str) -> None:
    """Where nothing else is there either, the line says which it was."""
    with pytest.raises(NoDisplayError, match="QT_QPA_PLATFORM"):
        usable_platform({"QT_QPA_PLATFORM": asked, "XDG_RUNTIME_DIR": "/nowhere"}, "linux")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_desktops_are_always_there(platform: str) -> None:
    """Only X11 and Wayland can be missing."""
    assert usable_platform({}, platform) is None
