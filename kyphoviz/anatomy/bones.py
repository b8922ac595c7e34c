"""The bones of one person, as a film is handed them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kyphoviz.anatomy.assets import RestBone, load_bone, load_fine, load_sizes
from kyphoviz.anatomy.bone_sets import BoneSet
from kyphoviz.anatomy.mesh import Mesh
from kyphoviz.anatomy.spine import ORDER, Pose, rest_poses


class Bones(Mapping[str, RestBone]):
    """T11 to L3 at rest by level, each in its own frame, and how they stand upon each other.

    Whoever needs a bone takes it from here, the light surface or the finest: then other bones reach all of them.
    """

    def __init__(self, rest: Mapping[str, RestBone], sizes: BoneSet, folder: Path | None) -> None:
        """Args: rest: by level; sizes: also of the discs; folder: where they were read, None for the shipped ones."""
        self._rest, self._sizes, self.folder = rest, sizes, folder

    def __getitem__(self, level: str) -> RestBone:
        """The bone of that level."""
        return self._rest[level]

    def __iter__(self) -> Iterator[str]:
        """The levels, from the head down."""
        return iter(self._rest)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._rest)

    def fine(self, level: str) -> Mesh:
        """The finest surface of a bone, for stills and files, read from its file.

        Raises:
            AssetError: its file is missing or damaged.
        """
        return load_fine(level, self.folder)

    def rest_poses(self, treated: str) -> dict[str, Pose]:
        """The 4 x 4 motion of every bone from its own frame into that of the treated one, before any fracture."""
        return rest_poses(treated, self._sizes)


def read_bones(folder: Path | None) -> Bones:
    """The bones of a folder that `anatomy build` wrote, all but the finest surfaces; the shipped ones if it is None.

    What comes from outside is looked over by `foreign_bones` instead.

    Raises:
        AssetError: a file is missing, damaged or from another generator.
    """
    return Bones({level: load_bone(level, folder) for level in ORDER}, load_sizes(folder), folder)


def shipped_bones() -> Bones:
    """Those of the scenes.

    Raises:
        AssetError: as `read_bones`.
    """
    return read_bones(None)
