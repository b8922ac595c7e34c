"""The off-screen window: asks for a context without a screen, reads the finished pixels."""

from __future__ import annotations

import os
import sys

import numpy as np
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkRenderingCore import vtkLight, vtkRenderer, vtkRenderWindow
from vtkmodules.vtkRenderingOpenGL2 import vtkOpenGLRenderWindow

Pixels = NDArray[np.uint8]

JOBS = 24  # more than lie in a row in common pictures
COLOUR = 0x4000  # GL_COLOR_BUFFER_BIT

WINDOW_CHOICE = "VTK_DEFAULT_OPENGL_WINDOW"


class PicturesUnavailable(RuntimeError):
    """This machine has no usable OpenGL; the message says what to do."""


class OffscreenWindow:
    """Owns the graphics context and the array that pixels are read into."""

    def __init__(self, renderer: vtkRenderer, size: tuple[int, int]) -> None:
        """Opens the context.

        Raises:
            PicturesUnavailable: no OpenGL 3.2 to be had.
        """
        if sys.platform.startswith("linux"):
            os.environ.setdefault(WINDOW_CHOICE, "vtkEGLRenderWindow")  # needs no display; prefers the hardware
        self._window = vtkRenderWindow()
        self._window.SetOffScreenRendering(1)
        self._window.SetMultiSamples(0)
        self._window.SetSize(*size)
        self._window.AddRenderer(renderer)
        self._pixels = vtkUnsignedCharArray()
        self._check()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        width, height = self._window.GetSize()
        return int(width), int(height)

    @property
    def renderer_name(self) -> str:
        """What draws: the name that the graphics driver gives itself."""
        self._window.Initialize()
        for line in self._window.ReportCapabilities().splitlines():
            if line.startswith("OpenGL renderer string:"):
                return line.partition(":")[2].strip()
        return "unknown"

    def resize(self, size: tuple[int, int]) -> None:
        """Takes effect with the next `render`."""
        self._window.SetSize(*size)

    def render(self) -> None:
        """Draws once."""
        self._window.Render()

    def read(self) -> Pixels:
        """The last picture, shape (height, width, 4), bottom row first; valid until the next call."""
        width, height = self.size
        self._window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 0, self._pixels, 0)
        return np.asarray(vtk_to_numpy(self._pixels).reshape(height, width, 4), np.uint8)

    def seen_mm(self, x: float, y: float, clipping_mm: tuple[float, float]) -> float | None:
        """How far ahead of the eye the nearest solid thing of the last picture lies; None outside the picture.

        Args:
            x, y: the pixel from the left and from the TOP.
            clipping_mm: distances of the near and the far plane; the far one is told where nothing is.
        """
        (width, height), (near, far) = self.size, clipping_mm
        if not (0 <= x < width and 0 <= y < height):
            return None
        depth = float(self._window.GetZbufferDataAtPoint(int(x), height - 1 - int(y)))
        return near * far / (far - depth * (far - near))

    def empty_jobs(self) -> None:
        """Makes a renderer in software let go of what its jobs last drew; the finished picture has to be read before.

        VTK now and then times each surface (every 100 draws, vtkOpenGLPolyDataMapper), and asks for the time at once.
        Mesa's llvmpipe then sends off what it has as one job and begins another one, of up to 64; each keeps what it
        drew and the buffers, of whatever size, that it drew into, until as many are needed at once again: 50 MB in a
        day. Behind a whole picture that keeps the renderer busy, empty jobs take the places of those.
        """
        self._window.Render()
        state = self._window.GetState()
        state.PushFramebufferBindings()
        for k in range(JOBS):
            (self._window.GetRenderFramebuffer() if k % 2 else self._window.GetDisplayFramebuffer()).Bind()
            state.vtkglClear(COLOUR)
        state.PopFramebufferBindings()
        self._window.WaitForCompletion()

    def close(self) -> None:
        """Frees what lies on the graphics card while the context still stands."""
        self._window.Finalize()

    def _check(self) -> None:
        if isinstance(self._window, vtkOpenGLRenderWindow) and self._window.SupportsOpenGL():
            return
        self.close()
        raise PicturesUnavailable(
            "no OpenGL 3.2 on this machine: update the graphics driver, or install Mesa (libegl1, libgl1-mesa-dri)"
        )


def new_renderer() -> vtkRenderer:
    """A renderer without VTK's own lights (the fragment programs bring theirs) and without sorting of layers."""
    renderer = vtkRenderer()
    renderer.AutomaticLightCreationOff()
    headlight = vtkLight()
    headlight.SetLightTypeToHeadlight()
    renderer.AddLight(headlight)
    renderer.SetUseOIT(False)
    renderer.SetUseDepthPeeling(False)
    renderer.GradientBackgroundOff()  # a gradient fills every pixel once more: a tenth of a frame in software
    return renderer
