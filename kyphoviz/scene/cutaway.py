"""The section: the plane that clips bones, discs and nerves, and the painted face that it lays bare.

While the section opens the plane slides from beyond the body to the needle. The face waits at the needle's plane,
hidden in the bone, and comes into view as the plane uncovers it: nothing has to be faded or computed on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import cast

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from kyphoviz.anatomy.assets import load_tile
from kyphoviz.anatomy.fields import as_point
from kyphoviz.anatomy.mesh import Floats
from kyphoviz.procedure.state import Fracture, Layer
from kyphoviz.scene.camera import View
from kyphoviz.scene.cut_disc import disc_strip, strip_triangles
from kyphoviz.scene.cut_lid import Closure
from kyphoviz.scene.cut_lids import Lids
from kyphoviz.scene.cut_matter import Hollow, Matter, hollow_of, known, matter
from kyphoviz.scene.cut_paint import edge_value, painted_bone, painted_disc
from kyphoviz.scene.cut_piece import Piece, TreatedPiece
from kyphoviz.scene.cut_program import DISC
from kyphoviz.scene.look import cement_colour
from kyphoviz.scene.parts import Knife
from kyphoviz.site.cut.section import Face, Plane, Section
from kyphoviz.site.role import TRAITS, Role
from kyphoviz.site.shape import Cache, Shape
from kyphoviz.site.spine.fracture import weights_of

PROUD_MM = 0.15  # before the plane: lids of what grows into bone lie in it
AWAY_MM = 62.0  # from the needle to beyond the left transverse processes and the roots
LIGHT_WAY = np.array([-0.42, 0.57, 0.71])  # towards the light, in the camera's axes
LIGHT_LEAST, LIGHT_MORE = 0.72, 0.42
EDGE_SLIDING = edge_value(-0.10)  # the face keeps inside while it slides, or it would show through the whole bone
EDGE_OPEN = edge_value(0.05)  # fully open it covers the seam between its grid and the surface of the bone
SOFTEST_MM, SOFT_PER_MM = 0.05, 0.0003  # edges of struts: about half a pixel
# What the face depends on: what is cut, and what lies in it.
ROLES = frozenset({Role.VERTEBRA, Role.DISC, *(role for role in Role if TRAITS[role].lies_in_bone)})


class Cutaway:
    """Knows the plane and owns the actors of the cut face."""

    def __init__(self, section: Callable[[], Section | None]) -> None:
        """Prepares the plane; the face is made and painted when it is first wanted.

        Args:
            section: gives None where nothing is ever cut.
        """
        self._find_section = section
        self._section: Section | None = None
        self._bones: dict[str, Piece] = {}
        self._hollows: Cache[Hollow] = Cache()
        self._strips: Cache[tuple[Floats, Floats] | None] = Cache()
        self._treated: TreatedPiece | None = None
        self._discs: dict[str, Piece] = {}
        self._seen: Hashable = None
        self.actors: list[vtkActor] = []
        self.lids = Lids()

    def prepare(self) -> bool:
        """Paints the faces if that was not done; whether it was needed. Takes a quarter of a second."""
        if self._section is not None:
            return False
        self._section = self._find_section()
        if self._section is None:
            return False
        tile = load_tile()
        for name, bone in self._section.bones.items():
            picture = painted_bone(bone.tissue, tile, self._section.quality)
            if name == self._section.treated:
                self._bones[name] = self._treated = TreatedPiece(picture, bone.triangles, bone.uv, bone.size_mm)
            else:
                self._bones[name] = Piece(picture, bone.triangles, bone.uv)
        self.actors = [piece.actor for piece in self._bones.values()] + self.actors
        return True

    def knife(self, cut: float) -> Knife | None:
        """Where the cut is: None while all is whole (0), at the needle when it is open (1), on its way between."""
        if cut:
            self.prepare()
        if self._section is None or not cut:
            return None
        plane = self._section.plane
        away_mm = (1.0 - cut) * AWAY_MM
        return Knife(as_point(plane.origin + away_mm * plane.normal), as_point(plane.normal))

    def is_behind(self, shape: Shape) -> bool:
        """Whether the shape lies wholly behind the face of the open cut."""
        if self._section is None:
            return False
        plane = self._section.plane
        ahead = (shape.mesh.points - plane.origin.astype(np.float32)) @ plane.normal.astype(np.float32)
        return bool(ahead.max(initial=-1.0) < 0.0)

    def closure_of(self, shape: Shape, cut: float) -> Closure:
        """What is over the opening of a cut body.

        The face covers that of a bone wholly where it stands as it was sliced. The surface of one that has moved, and
        of discs, is cut anew, and the face only follows it: it may fall short. Into a hollow one is meant to see.
        """
        if self._section is None or cut < 1.0 or shape.role is Role.CAVITY:
            return Closure.NOTHING
        face = self._section.bones.get(shape.name)
        if face is None:
            return Closure.RIM if shape.role is Role.DISC else Closure.LID
        is_at_rest = shape.name != self._section.treated and np.array_equal(face.rest_pose, shape.pose)
        return Closure.FACE if is_at_rest else Closure.RIM

    def light(self, view: View) -> None:
        """Lights the face: it is flat, so one value serves all of it."""
        if self._section is None:
            return
        light = LIGHT_WAY @ np.stack([view.right, view.up, -view.ahead])
        toward = max(float(light @ self._section.plane.normal), 0.0)
        softness = max(SOFTEST_MM, SOFT_PER_MM * float(np.linalg.norm(view.eye - self._section.plane.origin)))
        brightness = LIGHT_LEAST + LIGHT_MORE * toward
        self.lids.light(brightness)
        for piece in (*self._bones.values(), *self._discs.values()):
            piece.light(brightness)
            piece.set_number("sharpness", 0.5 / softness)
        if self._treated is not None:
            self._treated.set_vector("toLight", _in_plane(self._section.plane, light))
            self._treated.set_vector("toHalf", _in_plane(self._section.plane, light - view.ahead))

    def show(
        self,
        cut: float,
        shapes: tuple[Shape, ...],
        fracture: Fracture,
        opacities: dict[str, float],
        set_fraction: float,
    ) -> bool:
        """Moves the face to that instant; whether anything changed.

        Args:
            cut: 0 whole to 1 open.
            opacities: how much of each layer is seen.
            set_fraction: of the cement, 0 wet to 1 hard.
        """
        if self._section is None:
            return False
        moved = [shape for shape in shapes if shape.role in ROLES]
        there = (fracture, _whereabouts(moved), set_fraction) if cut else None
        seen = (cut, there, tuple(opacities.items()))
        if seen == self._seen:
            return False
        self._seen = seen
        self._show_bones(cut, shapes, fracture, opacities)
        if self._treated is not None:
            self._treated.set_vector("cementColour", cement_colour(set_fraction))
            self._treated.set_number("wet", 1.0 - set_fraction)
        self._show_discs(cut, shapes, opacities.get(str(Layer.DISCS), 1.0))
        return True

    def _show_bones(
        self, cut: float, shapes: tuple[Shape, ...], fracture: Fracture, opacities: dict[str, float]
    ) -> None:
        if self._section is None or not self._bones:
            return
        poses = {shape.name: shape.pose for shape in shapes if shape.name in self._bones} if cut else {}
        faces = {face.name: face for face in self._section.faces(weights_of(fracture), poses)}
        proud = (PROUD_MM * self._section.plane.normal).astype(np.float32)
        for name, piece in self._bones.items():
            layer = Layer.TREATED_BONE if name == self._section.treated else Layer.OTHER_BONES
            opacity = opacities.get(str(layer), 1.0)
            piece.show(_face_opacity(cut, opacity) if name in faces else 0.0)
            piece.set_number("edge", EDGE_OPEN if cut >= 1.0 else EDGE_SLIDING)
            if name in faces and opacity:
                piece.move(faces[name].points + proud)
                if isinstance(piece, TreatedPiece):
                    piece.fill(self._matter(faces[name], shapes, fracture))

    def _matter(self, face: Face, shapes: tuple[Shape, ...], fracture: Fracture) -> Matter:
        section = cast(Section, self._section)
        hollows, cement = known(shapes, Role.CAVITY) or known(shapes, Role.BALLOON), known(shapes, Role.CEMENT)
        inward_mm, seen = section.bones[face.name].inward_mm, (fracture, _whereabouts(hollows))
        hollow = self._hollows.part("hollow", seen, lambda: hollow_of(section.plane, face, inward_mm, hollows))
        return matter(section.plane, face, hollow, cement)

    def _show_discs(self, cut: float, shapes: tuple[Shape, ...], opacity: float) -> None:
        for piece in self._discs.values():
            piece.show(0.0)
        if self._section is None or not cut or not opacity:
            return
        for shape in shapes:
            if shape.role is not Role.DISC:
                continue
            strip = self._strips.part(shape.name, shape.whereabouts, partial(disc_strip, shape, self._section.plane))
            if strip is None:
                continue
            points, uv = strip
            if shape.name not in self._discs:
                self._discs[shape.name] = Piece(painted_disc(), strip_triangles(), uv, DISC)
                self.actors.append(self._discs[shape.name].actor)
            self._discs[shape.name].show(_face_opacity(cut, opacity))
            self._discs[shape.name].move(points, uv)


def _face_opacity(cut: float, opacity: float) -> float:
    """In a ghosted bone the face would pop up at once: it comes with the first quarter of the cut."""
    return opacity if opacity > 0.99 or not cut else opacity * min(1.0, 4.0 * cut)


def _whereabouts(shapes: Iterable[Shape]) -> Hashable:
    return tuple((shape.name, shape.whereabouts) for shape in shapes)


def _in_plane(plane: Plane, way: NDArray[np.float64]) -> tuple[float, float, float]:
    """A direction along the plane, up and out of it, of length 1."""
    a, b, c = np.array([way @ plane.along, way[2], way @ plane.normal]) / np.linalg.norm(way)
    return float(a), float(b), float(c)
