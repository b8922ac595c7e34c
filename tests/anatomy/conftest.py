"""The shipped bones, read once."""

from __future__ import annotations

import pytest

from kyphoviz.anatomy.assets import RestBone, load_bone
from kyphoviz.anatomy.spine import ORDER


@pytest.fixture(scope="session")
def bones() -> dict[str, RestBone]:
    return {level: load_bone(level) for level in ORDER}
