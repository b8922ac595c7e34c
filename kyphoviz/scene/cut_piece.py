"""A flat, painted piece of the cut face: its actor, its painting and the numbers that its fragment program reads."""

from __future__ import annotations

import numpy as np
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkCommonDataModel import vtkDataObject, vtkImageData
from vtkmodules.vtkRenderingCore import vtkActor, vtkTexture

from kyphoviz.anatomy.mesh import Floats, Triangles
from kyphoviz.scene.cut_matter import Matter
from kyphoviz.scene.cut_paint import Bytes
from kyphoviz.scene.cut_program import AFTER_TEXTURE, BONE, TREATED
from kyphoviz.scene.parts import AFTER_LIGHT
from kyphoviz.scene.surface import Surface, new_mapper

_UNLIT = f"{AFTER_LIGHT}\n  fragOutput0 = vec4(1.0);\n"
_NORMALS = "//VTK::Normal::Dec", "//VTK::Normal::Impl"
_DECLARED = "vec4 matter", "vec4 lie"


class Piece:
    """A flat, painted piece of the face."""

    def __init__(self, picture: Bytes, triangles: Triangles, uv: Floats, program: str = BONE) -> None:
        self._surface, self.actor = Surface(), vtkActor()
        self._surface.set_triangles(triangles)
        self._mapper, self._uv = new_mapper(self._surface), uv
        self.actor.SetMapper(self._mapper)
        self.actor.SetTexture(_texture(picture))
        self.actor.VisibilityOff()
        self.move(np.zeros((len(uv), 3), np.float32), uv)
        self._program = self.actor.GetShaderProperty()
        self.actor.GetProperty().LightingOff()
        self.set_number("edge", 0.0)
        self.set_number("sharpness", 8.0)
        self.light(1.0)
        self._program.AddFragmentShaderReplacement(AFTER_LIGHT, False, _UNLIT, False)
        self._program.AddFragmentShaderReplacement(AFTER_TEXTURE, True, program, False)

    def show(self, opacity: float) -> None:
        """Sets how much of it is seen; 0 hides it."""
        self.actor.SetVisibility(opacity > 0.004)
        self.actor.GetProperty().SetOpacity(opacity)
        self.actor.SetForceOpaque(opacity >= 0.996)
        self.actor.SetForceTranslucent(opacity < 0.996)

    def set_number(self, name: str, value: float) -> None:
        """A number for the fragment program.

        `edge`: at which of the painting's fourth values it ends; `sharpness`: 1 / the mm in which struts' edges fade.
        """
        self._program.GetFragmentCustomUniforms().SetUniformf(name, value)

    def set_vector(self, name: str, values: tuple[float, float, float]) -> None:
        """Three numbers for the fragment program: a colour or a direction."""
        self._program.GetFragmentCustomUniforms().SetUniform3f(name, values)

    def light(self, brightness: float) -> None:
        """How bright it is: it is flat, so one value serves all of it."""
        self.set_number("faceLight", brightness)

    def move(self, points: Floats, uv: Floats | None = None) -> None:
        """Puts its corners elsewhere, and takes them from other places of the painting."""
        self._surface.set_points(points)
        if uv is not None:
            self._surface.set_values("uv", uv)
            self._surface.data.GetPointData().SetActiveTCoords("uv")


class TreatedPiece(Piece):
    """The face of the broken bone, in which hollows open, bone is packed and cement spreads."""

    def __init__(self, picture: Bytes, triangles: Triangles, uv: Floats, size_mm: tuple[float, float]) -> None:
        super().__init__(picture, triangles, uv, TREATED)
        self._size_mm = np.array(size_mm, np.float32)
        self._surface.set_values("matter", np.zeros((len(uv), 4), np.float32))
        self._surface.set_values("lie", np.zeros((len(uv), 4), np.float32))
        for name in ("matter", "lie"):
            self._mapper.MapDataArrayToVertexAttribute(f"{name}MM", name, vtkDataObject.FIELD_ASSOCIATION_POINTS, -1)
        declared = "".join(f"in {what}MM;\nout {what}VSOutput;\n" for what in _DECLARED)
        self._program.AddVertexShaderReplacement(_NORMALS[0], True, declared, False)
        handed = "  matterVSOutput = matterMM;\n  lieVSOutput = lieMM;\n"
        self._program.AddVertexShaderReplacement(_NORMALS[1], True, handed, False)
        received = "".join(f"in {what}VSOutput;\n" for what in _DECLARED)
        self._program.AddFragmentShaderReplacement(_NORMALS[0], True, received, False)

    def fill(self, matter: Matter) -> None:
        """Shows what lies at its points, bone that was pushed aside where it is now."""
        self._surface.set_values("matter", matter.at)
        self._surface.set_values("lie", matter.lie)
        self._surface.set_values("uv", self._uv - matter.hollow.pushed_mm / self._size_mm)
        self._surface.data.GetPointData().SetActiveTCoords("uv")
        self.set_number("packing", matter.hollow.packing)


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
