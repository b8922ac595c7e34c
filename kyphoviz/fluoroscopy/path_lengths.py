"""Path lengths of X-rays through closed surfaces, summed by the graphics card or its stand-in in software.

Every surface is drawn once, blending additively into floats: a fragment adds its depth, minus where the ray enters and
plus where it leaves. What remains is the length of the ray inside, without sorting or casting rays (an "L-buffer").
Depths count along the middle of the beam and from each solid's own centre: a constant that cancels between front and
back, and keeps the numbers small. Lengths along the slanted rays follow by one factor per pixel.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from typing import Any

import moderngl
import numpy as np
from numpy.typing import NDArray

from kyphoviz.fluoroscopy.beam import Beam
from kyphoviz.fluoroscopy.solid import Solid
from kyphoviz.fluoroscopy.sums import PathLengths, Weighed

OPENGL = 330
# A renderer in software fills pixels only when it must hand over what it has: so many triangles at a time, and other
# cores fill while this one goes on. A graphics card does not mind.
TRIANGLES_AT_ONCE, AT_FIRST = 9_000, 3_000
REMEDY = (
    "Fast X-ray pictures need OpenGL 3.3 or newer: update the graphics driver, "
    "or install Mesa's software renderer (on Debian and Ubuntu: apt install libegl1 libgl1-mesa-dri)."
)

_VERTEX = """#version 330
uniform mat4 to_image;
uniform vec4 depth_row;
in vec3 corner;
out float depth;
void main() {
    gl_Position = to_image * vec4(corner, 1.0);
    depth = dot(depth_row, vec4(corner, 1.0));
}"""

# A triangle seen edge-on may cover a pixel's middle only after its corners were rounded to the raster; its plane then
# tells a depth far outside the solid, which the clamp stops.
_FRAGMENT = """#version 330
uniform vec2 weights;
uniform float reach;
in float depth;
out vec2 sums;
void main() {
    float inside = clamp(depth, -reach, reach);
    sums = weights * (gl_FrontFacing ? -inside : inside);
}"""


_UNIFORMS = ("to_image", "depth_row", "weights", "reach")


class FluoroscopyUnavailable(RuntimeError):
    """The machine cannot draw X-ray pictures; the message is one line that says what is missing and how to get it."""


class PathLengthBuffer(PathLengths):
    """The sums by OpenGL.

    It owns a context of its own, current only inside its methods; afterwards none is, so whoever else uses OpenGL in
    the thread makes its own current before it draws, as VTK and Qt do. Call it from one thread, and `close` it.
    """

    def __init__(self) -> None:
        self._gl = _context()
        with self._gl:
            self._program = self._gl.program(vertex_shader=_VERTEX, fragment_shader=_FRAGMENT)
            self._uniforms = {name: _uniform(self._program, name) for name in _UNIFORMS}
        self._solids: dict[str, Solid] = {}
        self._target: _Target | None = None
        self._is_open = True

    @property
    def renderer(self) -> str:
        """Name of the renderer, as the driver tells it."""
        return str(self._gl.info["GL_RENDERER"])

    def forget_all_but(self, names: Collection[str]) -> None:
        """Gives back the memory of shapes that are there no more."""
        gone = [name for name in self._solids if name not in names]
        if gone:
            with self._gl:
                for name in gone:
                    self._solids.pop(name).release()

    def close(self) -> None:
        """Gives everything back; closing twice does no harm."""
        if self._is_open:
            self._is_open = False
            self.forget_all_but(())
            with self._gl:
                self._drop_target()
                self._program.release()
            self._gl.release()

    def _sum(self, solids: Sequence[Weighed], beam: Beam, sums: NDArray[np.float32]) -> None:
        height, width, _ = sums.shape
        with self._gl:
            target = self._target_of((width, height))
            target.clear()
            self._gl.enable_only(moderngl.BLEND)
            self._gl.blend_func = moderngl.ONE, moderngl.ONE
            self._add_all(solids, beam, target)
            target.texture.read_into(sums)

    def _add_all(self, solids: Sequence[Weighed], beam: Beam, target: _Target) -> None:
        waiting = TRIANGLES_AT_ONCE - AT_FIRST
        for solid in solids:
            if waiting > TRIANGLES_AT_ONCE:
                target.swap()
                waiting = 0
            self._add(solid, beam)
            waiting += len(solid.shape.mesh.triangles)

    def _add(self, weighed: Weighed, beam: Beam) -> None:
        shape = weighed.shape
        solid = self._solids.get(shape.name)
        if solid is None:
            solid = self._solids[shape.name] = Solid(self._gl, self._program)
        solid.hold(shape)
        depth_row = beam.depth_row @ shape.pose
        depth_row[3] -= depth_row[:3] @ solid.centre + depth_row[3]
        uniforms = self._uniforms
        uniforms["to_image"].write((beam.to_image @ shape.pose).T.astype(np.float32).tobytes())
        uniforms["depth_row"].value = tuple(depth_row)
        uniforms["weights"].value = (
            weighed.attenuation * beam.handedness,
            weighed.spongy * beam.handedness,
        )
        uniforms["reach"].value = solid.reach_mm
        solid.draw()

    def _target_of(self, size: tuple[int, int]) -> _Target:
        if self._target is None or self._target.texture.size != size:
            self._drop_target()
            self._target = _Target(self._gl, size)
        return self._target

    def _drop_target(self) -> None:
        if self._target is not None:
            self._target.release()
            self._target = None


class _Target:
    """The picture of sums that is drawn into, by way of two framebuffers: to change them hands over what is drawn."""

    def __init__(self, gl: moderngl.Context, size: tuple[int, int]) -> None:
        self.texture = gl.texture(size, 2, dtype="f4")
        self._framebuffers = [gl.framebuffer([self.texture]) for _ in range(2)]

    def clear(self) -> None:
        """No sums yet."""
        self._framebuffers[0].use()
        self._framebuffers[0].clear()

    def swap(self) -> None:
        """Lets the renderer begin with what was drawn so far; more may be drawn meanwhile."""
        self._framebuffers.reverse()
        self._framebuffers[0].use()

    def release(self) -> None:
        """Gives the memory back."""
        for framebuffer in self._framebuffers:
            framebuffer.release()
        self.texture.release()


def _uniform(program: moderngl.Program, name: str) -> moderngl.Uniform:
    found = program[name]
    if not isinstance(found, moderngl.Uniform):
        raise TypeError(f"{name} is no uniform of the program")
    return found


def _context() -> moderngl.Context:
    """A context with no window: through EGL on Linux, so no display is needed, as the platform has it elsewhere."""
    ways: list[dict[str, Any]] = [{}]
    if sys.platform.startswith("linux"):
        names = {"libegl": "libEGL.so.1", "libgl": "libGL.so.1"}
        ways = [{"backend": "egl", **names}, {"backend": "egl"}, {}]
    failure: Exception | None = None
    for way in ways:
        try:
            context = moderngl.create_context(require=OPENGL, standalone=True, **way)
        except Exception as error:  # each back-end raises what its platform gives it
            failure = error
        else:
            context.__exit__(None, None, None)
            return context
    raise FluoroscopyUnavailable(REMEDY) from failure
