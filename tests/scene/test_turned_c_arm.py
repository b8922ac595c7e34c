"""A C-arm that a hand turned, in the 3D picture."""

from __future__ import annotations

import numpy as np
import pytest

from kyphoviz.choices import CArmTurn, ViewChoices
from kyphoviz.procedure.state import ProcedureState
from tests.scene.test_view import Opener, picture

pytestmark = pytest.mark.gl


def test_the_beam_is_a_veil_that_leaves_no_trace(view_of: Opener, state: ProcedureState) -> None:
    """The bone shows through it, and without it the picture is what it was."""
    view = view_of()
    plain = picture(view, state).astype(int)
    turned = picture(view, state, ViewChoices(c_arm=(CArmTurn("ap", 5.0, 0.0),))).astype(int)
    changed = np.abs(turned - plain).max(axis=-1)

    assert (changed > 3).sum() > 200
    assert changed.max() < 140
    assert np.array_equal(picture(view, state), plain)


def test_following_takes_the_beam_away(view_of: Opener, state: ProcedureState) -> None:
    """The film's own C-arm has none."""
    choices = ViewChoices(c_arm=(CArmTurn("lateral"),))

    assert np.array_equal(picture(view_of(), state, choices.following()), picture(view_of(), state))
