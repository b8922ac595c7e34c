"""The order in which actors are drawn: what is seen through others comes after them."""

from __future__ import annotations

from collections.abc import Iterable

from vtkmodules.vtkRenderingCore import vtkRenderer

from kyphoviz.scene.cutaway import Cutaway
from kyphoviz.scene.parts import Part

LIDS_RANK = 5  # of the last bodies that need a lid; what comes after them may fade over it


def put_in_order(renderer: vtkRenderer, cutaway: Cutaway, parts: Iterable[Part]) -> bool:
    """Draws faces, parts and lids in an order that does not tell when each came; whether an actor is new."""
    ordered = sorted(parts, key=lambda part: (part.material.rank, part.name))
    over = next((k for k, part in enumerate(ordered) if part.material.rank > LIDS_RANK), len(ordered))
    actors = [part.actor for part in ordered]
    actors = [*cutaway.actors, *actors[:over], cutaway.lids.actor, *actors[over:]]
    if len(actors) == renderer.GetViewProps().GetNumberOfItems():
        return False
    renderer.RemoveAllViewProps()
    for actor in actors:
        renderer.AddActor(actor)
    return True
