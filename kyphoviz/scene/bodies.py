"""The actors of a site: one for each shape, and those of the face that the section lays bare."""

from __future__ import annotations

from collections.abc import Callable

from vtkmodules.vtkRenderingCore import vtkRenderer

from kyphoviz.procedure.state import Layer, ProcedureState
from kyphoviz.scene import look, opacity
from kyphoviz.scene.cutaway import Cutaway
from kyphoviz.scene.parts import ShapeActor
from kyphoviz.scene.picking import Drawn
from kyphoviz.site.cut.section import Section
from kyphoviz.site.shape import Shape

LIDS_RANK = 5  # of the last bodies that need a lid; what comes after them may fade over it


class Bodies:
    """Shows the shapes of one shot in a renderer, and nothing of those before."""

    def __init__(self, renderer: vtkRenderer, find_section: Callable[[], Section | None]) -> None:
        """Shows nothing yet. Args: find_section: gives None where nothing is ever cut."""
        self._renderer, self.cutaway = renderer, Cutaway(find_section)
        self.parts: dict[tuple[str, bool], ShapeActor] = {}  # whole and cut: while shots melt, both are wanted in turn

    @property
    def surfaces(self) -> list[Drawn]:
        """What is drawn of them."""
        return [drawn for part in self.parts.values() if (drawn := part.drawn) is not None]

    def show(self, there: tuple[Shape, ...], shown: ProcedureState) -> bool:
        """Shows those shapes as that state wants them; whether anything changed."""
        opacities = {str(layer): shown.opacity(layer) for layer in Layer} | look.GHOSTS
        is_shown = self._show_shapes(there, shown, opacities)
        is_cut = self.cutaway.show(shown.cut, there, shown.fracture, opacities, shown.cement.set_fraction)
        return self._put_in_order() or is_shown or is_cut

    def remove(self) -> None:
        """Takes all out of the renderer and forgets them."""
        for actor in (*self.cutaway.actors, self.cutaway.lids.actor, *(part.actor for part in self.parts.values())):
            self._renderer.RemoveViewProp(actor)
        self.parts.clear()

    def _show_shapes(self, shapes: tuple[Shape, ...], shown: ProcedureState, opacities: dict[str, float]) -> bool:
        knife, changes = self.cutaway.knife(shown.cut), []
        there: dict[tuple[str, bool], ShapeActor] = {}
        for shape in shapes:
            if not shape.is_drawn:
                continue
            part = self._part(shape, is_open=knife is not None)
            there[part.name, part.is_cut] = part
            share = opacity.share(shape, opacities, shown.cut, self.cutaway)
            if part.finish.surface == "cement":
                changes.append(part.tint(look.cement_colour(shown.cement.set_fraction)))
            changes.append(part.show(share))
            if share:
                changes.append(part.hold(shape, knife, closure=self.cutaway.closure_of(shape, shown.cut)))
        changes.extend(part.show(0.0) for key, part in self.parts.items() if key not in there)
        changes.append(self.cutaway.lids.show([part.lid for part in there.values() if part.lid is not None]))
        return any(changes)

    def _part(self, shape: Shape, *, is_open: bool) -> ShapeActor:
        """The actor of a shape; what the section cuts has one whole and one cut."""
        key = shape.name, is_open and look.FINISHES[shape.role].is_cut
        if key not in self.parts:
            self.parts[key] = ShapeActor(shape, is_cut=key[1])
        return self.parts[key]

    def _put_in_order(self) -> bool:
        """What is seen through others is drawn after them, whenever its actor came; whether an actor is new."""
        ordered = sorted(self.parts.values(), key=lambda part: (part.finish.rank, part.name, part.is_cut))
        over = next((k for k, part in enumerate(ordered) if part.finish.rank > LIDS_RANK), len(ordered))
        actors = [part.actor for part in ordered]
        actors = [*self.cutaway.actors, *actors[:over], self.cutaway.lids.actor, *actors[over:]]
        if len(actors) == self._renderer.GetViewProps().GetNumberOfItems():
            return False
        self._renderer.RemoveAllViewProps()
        for actor in actors:
            self._renderer.AddActor(actor)
        return True
