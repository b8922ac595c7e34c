"""What every test may rely on: no display is needed, and the same examples are tried on every run."""

from __future__ import annotations

import os

# Before Qt or VTK is loaded: widgets without a display, pictures without an X server.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")

from hypothesis import HealthCheck, settings

settings.register_profile("kyphoviz", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kyphoviz")
