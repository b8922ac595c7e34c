"""The block of trunk around the operated level: its skin and the small openings in it.

It is closed, so the X-ray view takes it as the soft tissue; the picture draws only the skin of the back.
"""

from __future__ import annotations

import numpy as np

from kyphoviz.anatomy.mesh import Floats, Mesh, vertex_normals
from kyphoviz.procedure.state import Point
from kyphoviz.site.skin.openings import LONGEST_MM, Openings
from kyphoviz.site.skin.trunk_mesh import in_view, rest_of_trunk, sheet_points, sheet_triangles
from kyphoviz.site.skin.trunk_surface import skin_normals


class SkinBlock:
    """The trunk of one case, with an opening over each needle that can be made longer and shorter.

    Made once per case; a new length moves only the points near the openings. `redness` (0 to 1, of an open wound) and
    `near_entry` (1 at an opening, 0 far from it) belong to the points; `triangles` never changes, nor do
    `visible_triangles`, those of the back's skin.
    """

    def __init__(self, entries: tuple[tuple[Point, Point], ...]) -> None:
        """Meshes the trunk.

        Args:
            entries: per needle a point of its axis and its direction of advance.
        """
        self._openings = Openings(entries)
        self.entries_mm = self._openings.entries_mm
        sheet, rims = sheet_points(self._openings)
        on_sheet = sheet_triangles(sheet, rims)
        rest, on_rest = rest_of_trunk(sheet, len(sheet))
        self._start = len(sheet) + len(rest)
        patch = self._openings.triangles(rims, self._start)
        self.triangles = np.concatenate([on_sheet, on_rest, patch]).astype(np.int32)
        self.visible_triangles = np.concatenate([on_sheet[in_view(sheet, on_sheet)], patch]).astype(np.int32)
        self._patch_triangles = patch.astype(np.int32)
        self._points = np.concatenate([sheet, rest, self._openings.points(0.0)]).astype(np.float32)
        self._normals = vertex_normals(self._points, self.triangles)
        self._normals[: len(sheet)] = skin_normals(sheet)  # those of its long triangles would show as stains
        self._skin_normals = self._openings.skin_normals()
        self.near_entry = self._openings.nearness(self._points).astype(np.float32)
        self.redness = np.zeros(len(self._points), np.float32)
        self.redness[self._start :] = self._openings.redness()
        self._length_mm = -1.0
        self._move(0.0)

    def block(self, length_mm: float) -> Mesh:
        """The closed trunk with openings of that length, 0 to 12 mm; its arrays are its own."""
        self._move(length_mm)
        return Mesh(self._points.copy(), self.triangles, self._normals.copy())

    def redness_at(self, length_mm: float) -> Floats:
        """How red each point is while the openings have that length: nothing before the cut."""
        return (self.redness * np.float32(min(1.0, max(0.0, length_mm) / 2.0))).astype(np.float32)

    def _move(self, length_mm: float) -> None:
        length = float(np.clip(length_mm, 0.0, LONGEST_MM))
        if length == self._length_mm:
            return
        self._length_mm = length
        self._points[self._start :] = self._openings.points(length)
        normals = vertex_normals(self._points, self._patch_triangles)[self._start :]
        lost = np.einsum("ij,ij->i", normals, normals) < 0.5
        normals[lost] = self._skin_normals[lost]
        self._normals[self._start :] = normals
