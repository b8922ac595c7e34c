"""The shipped bones, read once."""

from __future__ import annotations

import pytest

from kyphoviz.anatomy.bones import Bones, shipped_bones


@pytest.fixture(scope="session")
def bones() -> Bones:
    return shipped_bones()
