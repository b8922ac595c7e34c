"""The section: the plane that clips bones, discs and nerves, and the painted face that it lays bare.

While the section opens the plane slides from beyond the body to the needle. The face waits at the needle's plane,
hidden in the bone, and comes into view as the plane uncovers it: nothing has to be faded or computed on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

import numpy as np
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkCommonDataModel import vtkDataObject, vtkImageData
from vtkmodules.vtkRenderingCore import vtkActor, vtkTexture

from kyphoviz.anatomy.assets import load_tile
from kyphoviz.anatomy.mesh import Floats, Triangles
from kyphoviz.procedure.state import Fracture, Layer
from kyphoviz.scene.camera import View
from kyphoviz.scene.cut_paint import DISC_DEPTH_MM, Bytes, painted_bone, painted_disc
from kyphoviz.scene.parts import AFTER_LIGHT, Knife, Surface, new_mapper
from kyphoviz.site.fracture import weights_of
from kyphoviz.site.section import Plane, Section, distance_to_outline, sliced
from kyphoviz.site.shape import Shape

AWAY_MM = 62.0  # from the needle to beyond the left transverse processes and the roots
AROUND = 96  # points on a disc's outline
DISC_BEHIND_MM = 0.12  # where disc and bone overlap, the bone is in front
LIGHT_WAY = np.array([-0.42, 0.57, 0.71])  # towards the light, in the camera's axes
LIGHT_LEAST, LIGHT_MORE = 0.72, 0.42
EDGE_SLIDING = 0.6  # the face keeps a tenth of a millimetre inside, or it would show through the whole bone
EDGE_OPEN = 0.45  # fully open it covers the seam between its grid and the surface of the bone
HOLLOWS = ("cavity", "balloon")  # what took the place of bone
WHOLE_MM = 99.0  # no hollow in sight

_AFTER_TEXTURE = "//VTK::TCoord::Impl"
_LIT = f"{AFTER_LIGHT}\n  fragOutput0 = vec4(vec3(faceLight), 1.0);\n"
_TRIMMED = f"""{_AFTER_TEXTURE}
  if (fragOutput0.a < edge) discard;
  fragOutput0.a = max(opacityUniform, 0.004);
"""
# Bone that stood where the hollow is has been pressed into its surroundings: a pale rim that fades in 2 to 3 mm.
_HOLLOWED = f"""{_TRIMMED}
  if (hollowVSOutput < 0.0) discard;
  float pressed = 0.80 * exp(-hollowVSOutput / 1.7);
  fragOutput0.rgb = mix(fragOutput0.rgb, vec3(0.86, 0.76, 0.62), pressed);
"""


class Cutaway:
    """Knows the plane and owns the actors of the cut face."""

    def __init__(self, section: Callable[[], Section | None]) -> None:
        """Prepares the plane; the face is made and painted when it is first wanted.

        Args:
            section: gives None where nothing is ever cut.
        """
        self._find_section = section
        self._section: Section | None = None
        self._bones: dict[str, _Piece] = {}
        self._discs: dict[str, _Piece] = {}
        self._seen: Hashable = None
        self.actors: list[vtkActor] = []

    def prepare(self) -> bool:
        """Paints the faces if that was not done; whether it was needed. Takes a quarter of a second."""
        if self._section is not None:
            return False
        self._section = self._find_section()
        if self._section is None:
            return False
        tile = load_tile()
        for name, bone in self._section.bones.items():
            piece = _Piece(painted_bone(bone.tissue, tile), bone.triangles, bone.uv)
            if name == self._section.treated:
                piece.can_be_hollow()
            self._bones[name] = piece
        self.actors = [piece.actor for piece in self._bones.values()] + self.actors
        return True

    def knife(self, cut: float) -> Knife | None:
        """Where the cut is: None while all is whole (0), at the needle when it is open (1), on its way between."""
        if cut:
            self.prepare()
        if self._section is None or not cut:
            return None
        plane = self._section.plane
        x, y, z = (float(v) for v in plane.origin + (1.0 - cut) * AWAY_MM * plane.normal)
        a, b, c = (float(v) for v in plane.normal)
        return Knife((x, y, z), (a, b, c))

    def covers(self, shape: Shape) -> bool:
        """Whether the shape lies wholly behind the face of the open cut."""
        if self._section is None:
            return False
        plane = self._section.plane
        ahead = (shape.mesh.points - plane.origin.astype(np.float32)) @ plane.normal.astype(np.float32)
        return bool(ahead.max(initial=-1.0) < 0.0)

    def light(self, view: View) -> None:
        """Lights the face: it is flat, so one value serves all of it."""
        if self._section is None:
            return
        axes = np.stack([view.right, view.up, -view.ahead])
        toward = max(float(LIGHT_WAY @ axes @ self._section.plane.normal), 0.0)
        for piece in (*self._bones.values(), *self._discs.values()):
            piece.set_number("faceLight", LIGHT_LEAST + LIGHT_MORE * toward)

    def show(self, cut: float, shapes: tuple[Shape, ...], fracture: Fracture, opacities: dict[str, float]) -> bool:
        """Moves the face to that instant; whether anything changed.

        Args:
            cut: 0 whole to 1 open.
            opacities: how much of each layer is seen.
        """
        if self._section is None:
            return False
        seen = (cut, fracture if cut else None, _whereabouts(shapes) if cut else None, tuple(opacities.items()))
        if seen == self._seen:
            return False
        self._seen = seen
        self._show_bones(cut, shapes, fracture, opacities)
        self._show_discs(cut, shapes, opacities.get(str(Layer.DISCS), 1.0))
        return True

    def _show_bones(
        self, cut: float, shapes: tuple[Shape, ...], fracture: Fracture, opacities: dict[str, float]
    ) -> None:
        if self._section is None or not self._bones:
            return
        poses = {shape.name: shape.pose for shape in shapes if shape.name in self._bones} if cut else {}
        faces = {face.name: face for face in self._section.faces(weights_of(fracture), poses)}
        for name, piece in self._bones.items():
            layer = Layer.TREATED_BONE if name == self._section.treated else Layer.OTHER_BONES
            opacity = opacities.get(str(layer), 1.0)
            piece.show(_face_opacity(cut, opacity) if name in faces else 0.0)
            piece.set_number("edge", EDGE_OPEN if cut >= 1.0 else EDGE_SLIDING)
            if name in faces and opacity:
                piece.move(faces[name].points)
                if name == self._section.treated:
                    piece.hollow(_hollow_mm(self._section.plane, faces[name].points, shapes))

    def _show_discs(self, cut: float, shapes: tuple[Shape, ...], opacity: float) -> None:
        for piece in self._discs.values():
            piece.show(0.0)
        if self._section is None or not cut or not opacity:
            return
        for shape in shapes:
            strip = _disc_strip(shape, self._section.plane) if shape.role == "disc" else None
            if strip is None:
                continue
            points, uv = strip
            if shape.name not in self._discs:
                self._discs[shape.name] = _Piece(painted_disc(), _strip_triangles(), uv)
                self.actors.append(self._discs[shape.name].actor)
            self._discs[shape.name].show(_face_opacity(cut, opacity))
            self._discs[shape.name].move(points, uv)


class _Piece:
    """A flat, painted piece of the face."""

    def __init__(self, picture: Bytes, triangles: Triangles, uv: Floats) -> None:
        self._surface, self.actor = Surface(), vtkActor()
        self._surface.set_triangles(triangles)
        self._mapper = new_mapper(self._surface)
        self.actor.SetMapper(self._mapper)
        self.actor.SetTexture(_texture(picture))
        self.actor.VisibilityOff()
        self.move(np.zeros((len(uv), 3), np.float32), uv)
        self._program = self.actor.GetShaderProperty()
        self.actor.GetProperty().LightingOff()
        self.set_number("edge", EDGE_SLIDING)
        self.set_number("faceLight", 1.0)
        self._program.AddFragmentShaderReplacement(AFTER_LIGHT, False, _LIT, False)
        self._program.AddFragmentShaderReplacement(_AFTER_TEXTURE, True, _TRIMMED, False)

    def can_be_hollow(self) -> None:
        """From now on `hollow` cuts holes into it."""
        self.hollow(None)
        points = vtkDataObject.FIELD_ASSOCIATION_POINTS
        self._mapper.MapDataArrayToVertexAttribute("hollowMM", "hollow", points, -1)
        self._program.AddVertexShaderReplacement(
            "//VTK::Normal::Dec", True, "in float hollowMM;\nout float hollowVSOutput;\n", False
        )
        self._program.AddVertexShaderReplacement("//VTK::Normal::Impl", True, "  hollowVSOutput = hollowMM;\n", False)
        self._program.AddFragmentShaderReplacement("//VTK::Normal::Dec", True, "in float hollowVSOutput;\n", False)
        self._program.AddFragmentShaderReplacement(_AFTER_TEXTURE, True, _HOLLOWED, False)

    def show(self, opacity: float) -> None:
        self.actor.SetVisibility(opacity > 0.004)
        self.actor.GetProperty().SetOpacity(opacity)
        self.actor.SetForceOpaque(opacity >= 0.996)
        self.actor.SetForceTranslucent(opacity < 0.996)

    def set_number(self, name: str, value: float) -> None:
        """A number for the fragment program.

        `edge`: at which of the painting's fourth values it ends (a half is the bone's edge, more is further in);
        `faceLight`: how bright it is.
        """
        self._program.GetFragmentCustomUniforms().SetUniformf(name, value)

    def move(self, points: Floats, uv: Floats | None = None) -> None:
        self._surface.set_points(points)
        if uv is not None:
            self._surface.set_values("uv", uv)
            self._surface.data.GetPointData().SetActiveTCoords("uv")

    def hollow(self, distance_mm: Floats | None) -> None:
        """Cuts away where the distance at its points is negative; None fills it again."""
        values = np.full(self._surface.count, WHOLE_MM, np.float32) if distance_mm is None else distance_mm
        self._surface.set_values("hollow", values)


def _face_opacity(cut: float, opacity: float) -> float:
    """In a ghosted bone the face would pop up at once: it comes with the first quarter of the cut."""
    return opacity if opacity > 0.99 or not cut else opacity * min(1.0, 4.0 * cut)


def _whereabouts(shapes: tuple[Shape, ...]) -> Hashable:
    """What the face depends on."""
    roles = ("vertebra", "disc", *HOLLOWS)
    return tuple((shape.name, shape.is_drawn, shape.whereabouts) for shape in shapes if shape.role in roles)


def _hollow_mm(plane: Plane, points: Floats, shapes: tuple[Shape, ...]) -> Floats | None:
    """Signed distance of the face's points to cavity or balloon in the plane; None where there is neither.

    A filled cavity is no hole any more, but the bone around it stays packed.
    """
    hollows = [shape for shape in shapes if shape.role in HOLLOWS]
    holes = [s for s in hollows if s.role == "cavity" and s.is_drawn] or [s for s in hollows if s.role == "balloon"]
    outlines = [segments for segments in (sliced(s.placed, plane) for s in holes or hollows) if len(segments)]
    if not outlines:
        return None
    at = plane.coordinates(points)
    distance = np.full(len(at), WHOLE_MM, np.float32)
    for segments in outlines:
        low, high = segments.min(axis=(0, 1)) - 8.0, segments.max(axis=(0, 1)) + 8.0
        near = np.flatnonzero(((at > low) & (at < high)).all(axis=1))
        distance[near] = np.minimum(distance[near], distance_to_outline(at[near], segments))
    return distance if holes else np.maximum(distance, np.float32(0.0))


def _disc_strip(shape: Shape, plane: Plane) -> tuple[Floats, Floats] | None:
    """(points, texture coordinates) of a disc's cut: a strip from its outline in to a line along its middle."""
    segments = sliced(shape.placed, plane)
    if len(segments) < 8:
        return None
    rim = _even_outline(segments.reshape(-1, 2))
    spine = _midline(rim)
    flat = np.concatenate([rim, spine])
    inward = np.linalg.norm(rim - spine, axis=1) / DISC_DEPTH_MM
    flat[len(rim) :] += 0.02 * (spine - rim)  # a little too far, or specks would show along the midline
    around = np.arange(len(rim)) / (len(rim) - 1)
    uv = np.stack([np.concatenate([np.zeros(len(rim)), inward]), np.tile(around, 2)], axis=1)
    behind = plane.points(flat[:, 0], flat[:, 1]) - DISC_BEHIND_MM * plane.normal
    return behind.astype(np.float32), uv.astype(np.float32)


def _even_outline(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The outline as `AROUND` + 1 points at even angles from its middle; the last is the first.

    Tilt is taken out and the shape stretched to a square first, so that the angles mean something on a flat disc.
    """
    slope = np.polyfit(points[:, 0], points[:, 1], 1)[0]
    level = points - np.outer(points[:, 0], [0.0, slope])
    low, high = level.min(axis=0), level.max(axis=0)
    middle, reach = (low + high) / 2, np.maximum((high - low) / 2, 1e-6)
    off = (level - middle) / reach
    angle, order = np.unique(np.arctan2(off[:, 1], off[:, 0]).round(5), return_index=True)
    radius = np.hypot(*off[order].T)
    wanted = np.linspace(-np.pi, np.pi, AROUND + 1)
    length = np.interp(wanted, angle, radius, period=2 * np.pi)
    found = middle + reach * length[:, None] * np.stack([np.cos(wanted), np.sin(wanted)], axis=1)
    return np.asarray(found + np.outer(found[:, 0], [0.0, slope]))


def _midline(rim: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each point of the outline the one across which it looks: on the curve half-way between top and bottom."""
    front, back = rim[:, 0].argmin(), rim[:, 0].argmax()
    first, last = min(front, back), max(front, back)
    one, other = rim[first : last + 1], np.concatenate([rim[last:-1], rim[: first + 1]])
    low, high = rim[:, 0].min(), rim[:, 0].max()
    across = np.linspace(low, high, 48)
    heights = [np.interp(across, *side[np.argsort(side[:, 0])].T) for side in (one, other)]
    thick = np.abs(heights[0] - heights[1]) / 2
    a = np.clip(rim[:, 0], low + thick[8], high - thick[-9])
    return np.stack([a, np.interp(a, across, (heights[0] + heights[1]) / 2)], axis=1)


def _strip_triangles() -> Triangles:
    here = np.arange(AROUND)
    inner = here + AROUND + 1
    first = np.stack([here, here + 1, inner + 1], axis=1)
    second = np.stack([here, inner + 1, inner], axis=1)
    return np.concatenate([first, second]).astype(np.int32)


def _texture(picture: Bytes) -> vtkTexture:
    rows, columns = picture.shape[:2]
    image = vtkImageData()
    image.SetDimensions(columns, rows, 1)
    colours = numpy_to_vtk(picture.reshape(-1, 4), deep=True)
    colours.SetName("colours")
    image.GetPointData().SetScalars(colours)
    texture = vtkTexture()
    texture.SetInputData(image)
    texture.InterpolateOn()
    texture.MipmapOff()  # twice as fast in software, and the texels are about as large as the pixels
    texture.SetWrap(vtkTexture.ClampToEdge)
    texture.RepeatOff()
    texture.EdgeClampOn()
    texture.SetColorModeToDirectScalars()
    return texture
