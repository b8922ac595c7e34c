"""Claims about the sets of bones and about files with a person's own sizes."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kyphoviz.anatomy.bone_sets import SETS, SHIPPED
from kyphoviz.anatomy.morphometry import VertebraShape
from kyphoviz.anatomy.published import BY_FIELD, ORDER, SIZES
from kyphoviz.cli.parser import BONE_SETS, LEVELS
from kyphoviz.scenario.bone_sizes import load_bone_set
from kyphoviz.scenario.errors import ScenarioError

NO_SIZES = {"level", "seed", "source", "rim_front", "rim_back", "girth", "reach", "lean"}


def test_every_size_has_a_term_a_unit_and_a_source() -> None:
    """Each number of a vertebra is a published or a marked illustrative size, in range at every level."""
    assert {field.name for field in fields(VertebraShape)} - NO_SIZES == set(BY_FIELD)
    for size in SIZES:
        assert size.unit in ("mm", "deg")
        assert len(size.source) > 8
        assert all(size.low <= mean <= size.high for mean in size.means)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("level", ORDER)
def test_sets_stay_within_what_is_published(name: str, level: str) -> None:
    """Every size of every shipped set lies within two standard deviations of the published mean."""
    shape = SETS[name].shapes[level]
    far = [s.term for s in SIZES if abs(getattr(shape, s.field) - s.mean(level)) > 2 * s.spread]

    assert far == []


@pytest.mark.parametrize("level", ORDER)
def test_sets_are_ordered_as_people_are(level: str) -> None:
    """The older woman is smaller than the average adult, the man larger; her discs are lower than a young person's."""
    woman, adult, man = (SETS[name].shapes[level] for name in ("older_woman", "average_adult", "man"))

    for size in ("width_up", "depth_low", "height_back", "pedicle_width"):
        assert getattr(woman, size) < getattr(adult, size) < getattr(man, size)
    if level in SETS["younger"].discs:
        assert SETS[SHIPPED].discs[level].height_mm < SETS["younger"].discs[level].height_mm


def test_command_line_knows_the_sets_and_levels() -> None:
    """What the help lists is what there is."""
    assert tuple(SETS) == BONE_SETS
    assert ORDER == LEVELS


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(text)
    return path


def test_a_file_changes_what_it_names(tmp_path: Path) -> None:
    """Factors act on their group, single sizes stand as written, the rest is that of the set below."""
    text = "name: own\nbased_on: man\nscale: {widths: 1.1}\nlevels:\n  L1: {posterior_height_mm: 27}\n"
    text += "discs:\n  L1: {height_mm: 9}\n"
    found, man = load_bone_set(written(tmp_path, text)), SETS["man"]

    assert found.name == "own"
    assert found.shapes["L2"].width_up == pytest.approx(1.1 * man.shapes["L2"].width_up, abs=0.01)
    assert found.shapes["L1"].height_back == 27
    assert found.shapes["L2"].height_back == man.shapes["L2"].height_back
    assert (found.discs["L1"].height_mm, found.discs["L2"]) == (9, man.discs["L2"])


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    """Unknown keys, wrong ranges and impossible bones are all told at once."""
    text = "based_on: giant\nlevels:\n  L1: {posterior_height_mm: 99, nose_mm: 3}\n  L7: {}\nscale: {widths: x}\n"
    with pytest.raises(ScenarioError) as caught:
        load_bone_set(written(tmp_path, text), "own.yaml")

    lines = "\n".join(caught.value.lines)
    for place, words in ((1, "based_on"), (3, "from 14 to 38"), (3, "nose_mm"), (4, "L7"), (5, "widths")):
        assert any(line.startswith(f"own.yaml:{place}:") and words in line for line in caught.value.lines), lines


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ("anterior_height_mm: 14, posterior_height_mm: 38", "differ too much"),
        ("waist_width_mm: 56", "waist"),
        ("transverse_span_mm: 34", "transverse span"),
        ("spinous_tip_behind_mm: 40", "laminae"),
    ],
)
def test_sizes_that_make_no_bone_are_refused(tmp_path: Path, sizes: str, words: str) -> None:
    """Sizes that are each in range, but not together, are refused in words."""
    with pytest.raises(ScenarioError, match=words):
        load_bone_set(written(tmp_path, f"levels:\n  L1: {{{sizes}}}\n"))


def test_files_that_are_no_sets_are_refused(tmp_path: Path) -> None:
    """A list, an empty file and a missing file are each told in a line."""
    for text in ("- 1\n", "", "levels: [\n"):
        with pytest.raises(ScenarioError):
            load_bone_set(written(tmp_path, text))
    with pytest.raises(ScenarioError, match="no such file"):
        load_bone_set(tmp_path / "missing.yaml")
