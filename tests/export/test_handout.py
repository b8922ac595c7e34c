"""The sheet to take home: two pages, plain words, honest numbers."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter

from kyphoviz.anatomy.bones import shipped_bones
from kyphoviz.cli import main
from kyphoviz.export.handout import write_handout
from kyphoviz.export.handout_pages import PAPERS_MM, TRACK, first_page, ranges, second_page
from kyphoviz.export.handout_type import FilledBox, Typesetter
from kyphoviz.export.handout_words import Handout, NoSuchLanguage, Passage, Risk, RiskBar, chosen_steps, handout_of
from kyphoviz.film import Film, open_film
from kyphoviz.procedure.state import Words
from kyphoviz.scenario import Scenario, find, load
from tests.test_scenes import reading_grade

SCENES = pytest.mark.parametrize("name", ["kyphoplasty", "vertebroplasty"])
PAPERS = pytest.mark.parametrize("paper", ["a4", "letter"])
MEGABYTE = 1_000_000


def scenario(name: str) -> Scenario:
    return load(find(name))


def wordy(found: Scenario) -> Scenario:
    """The scene with captions as long as a scene may have, full of signs that mean something in markup."""
    long = Words((("en", "<b>&amp; no end of words " * 50),))
    return replace(
        found, steps=tuple(replace(step, caption=replace(step.caption, patient=long)) for step in found.steps)
    )


@pytest.fixture(scope="module")
def film() -> Film:
    return open_film(scenario("kyphoplasty"), shipped_bones())


@pytest.fixture
def device() -> Iterator[QPdfWriter]:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(1200)
    yield writer
    buffer.close()


def passages(handout: Handout) -> list[Passage]:
    values = [getattr(handout, field.name) for field in fields(handout)]
    return [value for value in values if isinstance(value, Passage)]


def sentences(handout: Handout) -> list[str]:
    """Everything that is meant to be read, without the list of sources and without marks of bold type."""
    found = [handout.notice, handout.emergency_line, *(moment.words for moment in handout.shown)]
    for passage in passages(handout):
        found += [passage.title, " ".join([*passage.text, *(f"{point}." for point in passage.points), passage.after])]
    for risk in handout.risk_rows:
        found += [risk.what, *(bar.who for bar in risk.bars)]
    plain = [re.sub(r"<[^>]+>", "", words).strip() for words in found]
    return [words for words in plain if len(words.split()) > 4]


def pages_in(pdf: bytes) -> int:
    found = re.search(rb"/Type /Pages.*?/Count (\d+)", pdf, re.DOTALL)
    assert found is not None
    return int(found[1])


@SCENES
def test_the_words_can_be_understood(name: str) -> None:
    """Grade 8 at most each, grade 6 as a whole."""
    found = sentences(handout_of(scenario(name)))

    assert len(found) > 20
    for words in found:
        assert reading_grade(words) <= 8.0, words
    assert reading_grade(" ".join(words if words[-1] in ".?!" else f"{words}." for words in found)) <= 6.0


@SCENES
def test_no_word_promises_frightens_or_advertises(name: str) -> None:
    """No brand, no promise, nothing called safe."""
    handout = handout_of(scenario(name))
    text = " ".join([*sentences(handout), *handout.sources]).lower()

    assert not re.search(r"kyphon|medtronic|stryker|xpander|kiva|breakthrough|guarantee|eight months", text)
    assert not re.search(r"\bsafe|\bburn|\bcord\b|paraly", text)


@SCENES
def test_both_sides_are_told(name: str) -> None:
    """That most breaks heal, what else could be done, what can go wrong, what trials found, and what this is not."""
    handout = handout_of(scenario(name))

    assert "heal without it" in " ".join(handout.about.text)
    assert "wait, or say no" in " ".join(handout.choices.text)
    assert "pretend procedure" in " ".join(handout.studies.text)
    assert "death" in " ".join(handout.rare.text)
    assert "Not medical advice" in handout.notice
    warned = " ".join([*handout.warning.text, *handout.warning.points, handout.warning.after])
    assert all(word in warned for word in ("emergency", "Chest pain", "breathing", "legs", "bladder", "Fever"))


@pytest.mark.parametrize(
    ("name", "shares"),
    [("kyphoplasty", {73, 7, 2, 1, 49, 58}), ("vertebroplasty", {82, 73, 0.7, 0.9, 16, 25})],
)
def test_the_rates_are_those_of_the_studies(name: str, shares: set[float]) -> None:
    """Leaks seen on CT and on plain films side by side; new fractures with and without (Dohm, Bouza, Klazen)."""
    rows = handout_of(scenario(name)).risk_rows

    assert {bar.in_100 for row in rows for bar in row.bars} == shares
    assert all(row.refs for row in rows)


@SCENES
def test_every_source_is_referred_to_and_every_reference_is_listed(name: str) -> None:
    """Numbers run from 1 without a gap."""
    handout = handout_of(scenario(name))
    numbers = [*(part.refs for part in passages(handout)), *(row.refs for row in handout.risk_rows)]
    refs = {ref for group in numbers for ref in group}

    assert refs == set(range(1, len(handout.sources) + 1))
    assert len(set(handout.sources)) == len(handout.sources)


@pytest.mark.parametrize(
    ("numbers", "words"), [((), ""), ((3,), "3"), ((4, 5), "4,5"), ((1, 4, 5, 6), "1,4–6"), ((1, 2, 3, 9), "1–3,9")]
)
def test_many_references_are_told_in_short(numbers: tuple[int, ...], words: str) -> None:
    """Three or more in a row are a range."""
    assert ranges(numbers) == words


def test_words_of_a_scene_cannot_hold_markup() -> None:
    """Signs that mean something in rich text are shown as they are."""
    handout = handout_of(wordy(scenario("kyphoplasty")))

    assert all(moment.words.startswith("&lt;b&gt;&amp;amp;") for moment in handout.shown)


@pytest.mark.parametrize("language", ["xx", "", "../labels", "EN"])
def test_a_language_without_a_sheet_is_refused(language: str) -> None:
    """It is told which there are; half a sheet in another language would help nobody."""
    with pytest.raises(NoSuchLanguage, match="there is: en"):
        handout_of(scenario("kyphoplasty"), language)


@given(st.lists(st.sampled_from("abcdefghijklmnop"), unique=True), st.sets(st.sampled_from("abcdefghxyz"), max_size=6))
def test_pictures_are_six_steps_in_the_order_of_the_film(there: list[str], wanted: set[str]) -> None:
    """Six if there are as many; every wanted one that exists is among them, and none twice."""
    found = chosen_steps(there, sorted(wanted))

    assert len(found) == min(6, len(there))
    assert sorted(found, key=there.index) == list(found)
    assert len(set(found)) == len(found)
    assert wanted & set(there) <= set(found)


@SCENES
@PAPERS
def test_everything_fits_in_letters_of_a_readable_size(device: QPdfWriter, name: str, paper: str) -> None:
    """Body text of 9 points leaves nothing out on either paper; the pictures lie apart and on the page."""
    handout, size_mm = handout_of(scenario(name)), PAPERS_MM[paper]
    setter = Typesetter(device, 9.0)
    first, second = first_page(setter, handout, size_mm), second_page(setter, handout, size_mm)

    assert first.fits
    assert second.fits
    assert len(first.places) == 6
    for k, place in enumerate(first.places):
        assert 0 < place.x < place.x + place.width < size_mm[0]
        assert 0 < place.y < place.y + place.height < size_mm[1]
        assert not any(_overlap(place, other) for other in first.places[:k])


def test_what_does_not_fit_is_noticed(device: QPdfWriter) -> None:
    """In letters that are too large, neither page claims to hold everything."""
    handout, setter = handout_of(scenario("kyphoplasty")), Typesetter(device, 14.0)

    assert not first_page(setter, handout, PAPERS_MM["a4"]).fits
    assert not second_page(setter, handout, PAPERS_MM["a4"]).fits


def test_the_length_of_a_bar_is_its_share(device: QPdfWriter) -> None:
    """A risk of 25 in 100 fills a quarter of the track under it."""
    quarter = Risk("what", (RiskBar("people", 25.0, "25"),), ())
    handout = replace(handout_of(scenario("kyphoplasty")), risk_rows=(quarter,))
    page = second_page(Typesetter(device, 9.0), handout, PAPERS_MM["a4"])

    fills = [item for item in page.items if isinstance(item, FilledBox)]
    pairs = [(a, b) for a, b in pairwise(fills) if (a.x, a.y, a.height, TRACK) == (b.x, b.y, b.height, a.colour)]
    assert [round(b.width / a.width, 3) for a, b in pairs] == [0.25]


@pytest.mark.gl
@PAPERS
def test_a_sheet_has_two_pages_with_real_letters(film: Film, tmp_path: Path, paper: str) -> None:
    """Two pages of the paper's size, fonts inside, text that can be copied, at most 3 MB, nothing else left behind."""
    path = tmp_path / "sheet.pdf"
    write_handout(path, film, "en", paper)
    pdf = path.read_bytes()

    assert pdf.startswith(b"%PDF-")
    assert pages_in(pdf) == 2
    assert len(pdf) < 3 * MEGABYTE
    assert re.search(rb"/FontFile\d?\b", pdf)
    assert b"/ToUnicode" in pdf
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", pdf)
    assert box is not None
    assert [float(side) for side in box.groups()] == pytest.approx([mm / 25.4 * 72 for mm in PAPERS_MM[paper]], abs=1.0)
    assert [file.name for file in tmp_path.iterdir()] == ["sheet.pdf"]


@pytest.mark.gl
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_another_reader_finds_the_words(film: Film, tmp_path: Path) -> None:
    """The text comes out as it was put in."""
    path = tmp_path / "sheet.pdf"
    write_handout(path, film)
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)

    read = " ".join(done.stdout.split())
    for words in ("Balloon kyphoplasty", "Get help at once", "73 in 100", "pretend procedure", "Not medical advice"):
        assert words in read


@pytest.mark.gl
def test_a_scene_of_too_many_words_has_its_sheet(film: Film, tmp_path: Path) -> None:
    """Two pages, whatever is in the scene."""
    path = tmp_path / "sheet.pdf"
    write_handout(path, replace(film, scenario=wordy(film.scenario)))

    assert pages_in(path.read_bytes()) == 2


@pytest.mark.gl
@pytest.mark.parametrize(
    ("more", "hint"),
    [
        (["-o", "{folder}/none/a.pdf"], "no such folder"),
        (["-o", "{folder}"], "is a folder"),
        (["-o", "{folder}/a.pdf", "--language", "xx"], "language"),
    ],
)
def test_wrong_input_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, more: list[str], hint: str
) -> None:
    """Exit code 1, one line on standard error, no file."""
    code = main(["handout", "kyphoplasty", *(word.format(folder=tmp_path) for word in more)])
    heard = capsys.readouterr()

    assert (code, heard.out, len(heard.err.splitlines())) == (1, "", 1)
    assert hint in heard.err
    assert not list(tmp_path.iterdir())


@pytest.mark.gl
def test_an_old_sheet_outlives_a_failure(film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a picture can't be drawn, what was there before is untouched and nothing else is left."""
    path = tmp_path / "sheet.pdf"
    path.write_bytes(b"old")

    def full_disk(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match="the disk is full"):
        write_handout(path, film)

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_paper_is_a4_or_letter(capsys: pytest.CaptureFixture[str]) -> None:
    """Another one is wrong usage."""
    assert main(["handout", "kyphoplasty", "-o", "a.pdf", "--paper", "a5"]) == 2
    assert "a4" in capsys.readouterr().err


def _overlap(a: FilledBox, b: FilledBox) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height
