"""Bones of a folder from outside, looked over before a film is made of them.

The checksums of such a folder only say that its files belong together. Whether they are bones is asked of `plausible`,
and all that speaks against it is told at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kyphoviz.anatomy.assets import RestBone, fine_file, load_bone, load_fine, load_sizes
from kyphoviz.anatomy.bones import Bones
from kyphoviz.anatomy.plausible import disc_faults, mark_faults, size_faults, surface_faults
from kyphoviz.anatomy.spine import ORDER
from kyphoviz.anatomy.stored import MANIFEST, AssetError


class UnfitBones(AssetError):
    """Bones of which no film can be made; `lines` tell all that is wrong, a fault a line."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        """Keeps the lines; the message is all of them."""
        super().__init__("\n".join(lines))
        self.lines = lines


def foreign_bones(folder: Path) -> Bones:
    """The bones of a folder that somebody else may have written; the finest surfaces are looked over as well.

    Raises:
        UnfitBones: it holds none, or what it holds are no bones.
    """
    rest: dict[str, RestBone] = {}
    faults: list[str] = []
    for level in ORDER:
        try:
            rest[level] = load_bone(level, folder)
            faults += _faults(rest[level], folder)
        except AssetError as wrong:
            faults.append(str(wrong))
    try:
        sizes = load_sizes(folder)
        faults += [f"{folder / MANIFEST}: {words}" for words in disc_faults(sizes.discs)]
    except AssetError as wrong:
        faults.append(str(wrong))
    if faults:
        raise UnfitBones(tuple(dict.fromkeys(faults)))
    return Bones(rest, sizes, folder)


def _faults(bone: RestBone, folder: Path) -> Iterator[str]:
    """What speaks against one bone, each with its file; its finest surface is looked at last."""
    for words in (*size_faults(bone.shape), *mark_faults(bone)):
        yield f"{folder / MANIFEST}: {bone.level}: {words}"
    for name, mesh in (("outer", bone.outer), ("marrow", bone.marrow)):
        for words in surface_faults(name, mesh, bone):
            yield f"{folder / bone.level}.npz: {words}"
    for words in surface_faults("fine", load_fine(bone.level, folder), bone):
        yield f"{folder / fine_file(bone.level)}: {words}"
