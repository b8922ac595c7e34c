"""Where no window can be opened, one line says so, before Qt is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyphoviz.ui.start.display import NoDisplayError, require_display


def test_no_display_is_told_with_a_remedy() -> None:
    """A bare terminal gets one line with what to do instead."""
    with pytest.raises(NoDisplayError, match="kyphoviz movie") as refusal:
        require_display({}, "linux")

    assert "\n" not in str(refusal.value)


def test_a_dead_display_is_told_too() -> None:
    """Qt would abort where the X server does not answer."""
    with pytest.raises(NoDisplayError, match=r"can't be reached|libxcb-cursor"):
        require_display({"DISPLAY": ":9731"}, "linux")


def test_a_plugin_without_a_display_is_believed() -> None:
    """Who asks for `offscreen` needs no screen."""
    require_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")


def test_wayland_counts_only_where_its_socket_is(tmp_path: Path) -> None:
    """A variable left over from another session opens no window."""
    environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    with pytest.raises(NoDisplayError):
        require_display(environment, "linux")
    (tmp_path / "wayland-0").touch()
    require_display(environment, "linux")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_desktops_are_always_there(platform: str) -> None:
    """Only X11 and Wayland can be missing."""
    require_display({}, platform)
