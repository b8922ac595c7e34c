"""One closed surface in the memory of the graphics card."""

from __future__ import annotations

from collections.abc import Hashable

import moderngl
import numpy as np
from numpy.typing import NDArray

from kyphoviz.site.shape import Shape

BITS = 5  # of the grid by which triangles are put in order, along each axis

# Balloon and cement gain triangles as they grow: a bigger buffer at once saves asking for a new one every frame.
HEADROOM = 1.3


class Solid:
    """The points and triangles of a shape, sent again only when its key or its triangles change.

    `centre` and `reach_mm` bound the surface by a ball before the pose.
    """

    def __init__(self, gl: moderngl.Context, program: moderngl.Program) -> None:
        self._gl, self._program = gl, program
        self._points: moderngl.Buffer | None = None
        self._corners: moderngl.Buffer | None = None
        self._array: moderngl.VertexArray | None = None
        self._key: Hashable = None
        self._triangles: NDArray[np.int32] | None = None
        self.centre, self.reach_mm = np.zeros(3), 0.0

    def hold(self, shape: Shape) -> None:
        """Sends what is not there yet."""
        has_triangles = self._triangles is shape.mesh.triangles
        if has_triangles and self._key == shape.key:
            return
        points = np.ascontiguousarray(shape.mesh.points, np.float32)
        self._points, grew = self._sent(self._points, points)
        if not has_triangles:
            triangles = np.ascontiguousarray(shape.mesh.triangles, np.int32)
            if self._triangles is None:  # what grows has other triangles in each frame: not worth the while
                triangles = neighbours_together(points, triangles)
            self._corners, more = self._sent(self._corners, triangles)
            grew = grew or more
        if grew:
            self._link()
        self._key, self._triangles = shape.key, shape.mesh.triangles
        # Axis by axis: over rows of three the same takes NumPy sixteen times as long.
        low, high = np.array([(axis.min(), axis.max()) for axis in points.T], np.float64).T
        self.centre, self.reach_mm = (low + high) / 2, float(np.linalg.norm(high - low)) / 2

    def draw(self) -> None:
        """Draws every triangle with the uniforms set before."""
        if self._array is not None and self._triangles is not None:
            self._array.render(moderngl.TRIANGLES, vertices=self._triangles.size)

    def release(self) -> None:
        """Gives the memory back."""
        for held in (self._array, self._points, self._corners):
            if held is not None:
                held.release()
        self._array = self._points = self._corners = self._triangles = None

    def _sent(self, buffer: moderngl.Buffer | None, values: NDArray[np.generic]) -> tuple[moderngl.Buffer, bool]:
        """The buffer that now holds the values, and whether it is a new one."""
        grew = buffer is None or buffer.size < values.nbytes
        if buffer is None or grew:
            if buffer is not None:
                buffer.release()
            buffer = self._gl.buffer(reserve=int(values.nbytes * (1.0 if self._triangles is None else HEADROOM)))
        else:
            buffer.orphan()
        buffer.write(values)
        return buffer, grew

    def _link(self) -> None:
        if self._array is not None:
            self._array.release()
        self._array = self._gl.vertex_array(self._program, [(self._points, "3f", "corner")], self._corners)


def neighbours_together(points: NDArray[np.float32], triangles: NDArray[np.int32]) -> NDArray[np.int32]:
    """The same triangles in an order in which neighbours follow each other, along a Z-shaped curve through space.

    A renderer in software then stays longer in one tile of the picture: a tenth of the time of a drawing.
    """
    corners = points[triangles[:, 0]]
    low, span = corners.min(axis=0), max(float(np.ptp(corners, axis=0).max()), 1e-6)
    x, y, z = _SPREAD[((corners - low) * np.float32((2**BITS - 1) / span)).astype(np.uint8)].T
    return np.ascontiguousarray(triangles[np.argsort(x | y << 1 | z << 2, kind="stable")])


# The bits of each number up to 2**BITS with room for two more between them.
_SPREAD = np.array([sum(((n >> bit) & 1) << (3 * bit) for bit in range(BITS)) for n in range(2**BITS)], np.uint16)
