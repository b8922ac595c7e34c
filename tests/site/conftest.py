"""The treated bone and the plans on it, loaded once."""

from __future__ import annotations

import pytest

from kyphoviz.anatomy.assets import RestBone, load_bone
from kyphoviz.procedure.state import Side
from kyphoviz.site.needles.approach import Approach, planned


@pytest.fixture(scope="session")
def bone() -> RestBone:
    """The shipped L1."""
    return load_bone("L1")


@pytest.fixture(scope="session")
def ways(bone: RestBone) -> tuple[Approach, ...]:
    """The planned axes of a 10 gauge cannula on both sides."""
    return tuple(planned(bone, side, 1.7) for side in Side)
