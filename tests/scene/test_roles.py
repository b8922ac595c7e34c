"""Every role and every material stands in the tables that tell of it."""

from __future__ import annotations

import pytest

from kyphoviz.scene.look import FINISHES, GHOSTS
from kyphoviz.site.role import TRAITS, Ghost, Role


@pytest.mark.parametrize("role", Role)
def test_every_role_has_its_row(role: Role) -> None:
    """A new role is a failing test until it is told what it is and how it is drawn, not a grey shape."""
    assert role in TRAITS
    assert (role in FINISHES) == TRAITS[role].is_drawn


@pytest.mark.parametrize("role", Role)
def test_what_a_beam_meets_displaces_something_and_has_no_rim(role: Role) -> None:
    """Path lengths need closed surfaces, and what a part is put in place of."""
    traits = TRAITS[role]
    assert (traits.material is None) == (traits.inside is None)
    assert traits.is_closed or traits.material is None
    assert traits.is_drawn or traits.material is not None


def test_every_ghost_is_looked_through() -> None:
    """What a hand brings into the picture never hides the bone."""
    assert set(GHOSTS) == set(Ghost)
    assert all(0.0 < share < 0.5 for share in GHOSTS.values())
