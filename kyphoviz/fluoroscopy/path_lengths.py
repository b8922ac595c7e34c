"""Path lengths of X-rays through closed surfaces, summed by the graphics card or its stand-in in software.

Every surface is drawn once, blending additively into floats: a fragment adds its depth, minus where the ray enters and
plus where it leaves. What remains is the length of the ray inside, without sorting or casting rays (an "L-buffer").
Depths count along the middle of the beam and from each solid's own centre: a constant that cancels between front and
back, and keeps the numbers small. Lengths along the slanted rays follow by one factor per pixel.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable

import moderngl
import numpy as np
from numpy.typing import NDArray

from kyphoviz.fluoroscopy.beam import Beam, beam_of
from kyphoviz.fluoroscopy.materials import SPONGY, attenuation_per_mm
from kyphoviz.fluoroscopy.solid import Solid
from kyphoviz.site.c_arm import Projection
from kyphoviz.site.shape import Shape

OPENGL = 330
REMEDY = (
    "X-ray pictures need OpenGL 3.3 or newer: update the graphics driver, "
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


class FluoroscopyUnavailable(RuntimeError):
    """The machine cannot draw X-ray pictures; the message is one line that says what is missing and how to get it."""


class PathLengthBuffer:
    """Sums over solids of attenuation x length, and of the length inside spongy bone, for every pixel.

    It owns a context of its own, made current only inside its methods, so other users of OpenGL in the thread are left
    as they were. Call it from one thread, and `close` it.
    """

    def __init__(self) -> None:
        self._gl = _context()
        with self._gl:
            self._program = self._gl.program(vertex_shader=_VERTEX, fragment_shader=_FRAGMENT)
        self._solids: dict[str, Solid] = {}
        self._target: moderngl.Framebuffer | None = None

    @property
    def renderer(self) -> str:
        """Name of the renderer, as the driver tells it."""
        return str(self._gl.info["GL_RENDERER"])

    def draw(self, shapes: Iterable[Shape], projection: Projection) -> NDArray[np.float32]:
        """The sums over some shapes, shape (height, width, 2).

        Channel 0 is the sum of (mu of the material - mu of what it displaces) x length, without unit; channel 1 the length in
        spongy bone in millimetres.
        """
        width, height = projection.size
        beam = beam_of(projection)
        sums = np.empty((height, width, 2), np.float32)
        with self._gl:
            target = self._framebuffer(projection.size)
            target.use()
            target.clear()
            self._gl.enable_only(moderngl.BLEND)
            self._gl.blend_func = moderngl.ONE, moderngl.ONE
            for shape in shapes:
                self._add(shape, beam)
            target.color_attachments[0].read_into(sums)
        sums *= beam.slant[:, :, None]
        return sums

    def forget_all_but(self, names: Collection[str]) -> None:
        """Gives back the memory of shapes that are there no more."""
        gone = [name for name in self._solids if name not in names]
        if gone:
            with self._gl:
                for name in gone:
                    self._solids.pop(name).release()

    def close(self) -> None:
        """Gives everything back; closing twice does no harm."""
        if self._gl.mglo is None:
            return
        self.forget_all_but(())

    def _add(self, shape: Shape, beam: Beam) -> None:
        weights = _weights(shape)
        solid = self._solids.get(shape.name)
        if solid is None:
            solid = self._solids[shape.name] = Solid(self._gl, self._program)
        solid.hold(shape)
        depth_row = beam.depth_row @ shape.pose
        depth_row[3] -= depth_row[:3] @ solid.centre + depth_row[3]
        uniforms = self._program
        uniforms["to_image"].write((beam.to_image @ shape.pose).T.astype(np.float32).tobytes())
        uniforms["depth_row"].value = tuple(depth_row)
        uniforms["weights"].value = (weights[0] * beam.handedness, weights[1] * beam.handedness)
        uniforms["reach"].value = solid.reach_mm
        solid.draw()

    def _framebuffer(self, size: tuple[int, int]) -> moderngl.Framebuffer:
        if self._target is None or self._target.size != size:
            self._drop_target()
            self._target = self._gl.framebuffer([self._gl.texture(size, 2, dtype="f4")])
        return self._target

    def _drop_target(self) -> None:
        if self._target is not None:
            self._target.color_attachments[0].release()
            self._target.release()
            self._target = None
