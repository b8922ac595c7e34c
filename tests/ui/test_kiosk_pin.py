"""The PIN of the kiosk: what is kept of it, how often it can be tried, and that a restart is no way round."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyphoviz.ui.kiosk import pin as kiosk_pin
from kyphoviz.ui.kiosk.misses import FILE_NAME, Misses
from kyphoviz.ui.kiosk.pin import LONGEST_WAIT_S, PinLock, hash_pin, read_hash

NEVER_NOTED = Misses(None)
OLD_PIN = (
    "scrypt$16384$8$1$000102030405060708090a0b0c0d0e0f"
    "$2bfd0be668642719e04b42e62825a6702d474aa4d39c766c6ed34c0d8d68838c"
)  # of four digits, as printed before six were asked for


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash that costs next to nothing."""
    monkeypatch.setattr(kiosk_pin, "COST", 2)


def test_a_pin_is_kept_as_a_hash_of_its_own() -> None:
    """Two hashes of one PIN differ, and both fit it alone."""
    first, second = hash_pin("471147"), hash_pin("471147")

    assert str(first) != str(second)
    assert read_hash(str(first)) == first
    assert first.fits("471147")
    assert not second.fits("4712")


# The last one: digits, but none of the pad.
@pytest.mark.parametrize("pin", ["", "12345", "1234567890123", "1234a6", "1234 6", "\u0661" * 6])
def test_a_new_pin_is_six_to_twelve_digits(pin: str) -> None:
    """Nothing that the pad can't type."""
    with pytest.raises(ValueError, match="6 to 12 digits"):
        hash_pin(pin)


@given(st.text(max_size=80) | st.from_regex(r"scrypt\$[0-9]{1,9}\$[0-9]\$[0-9]\$[0-9a-f]{0,40}\$[0-9a-f]{0,70}"))
def test_a_wrong_hash_is_refused_in_plain_words(written: str) -> None:
    """Whatever stands in the file, it is a usable hash or one sentence."""
    words, cost = "", 0
    try:
        cost = read_hash(written).cost
    except ValueError as error:
        words = str(error)

    assert cost <= kiosk_pin.LARGEST_COST
    assert bool(cost) != ("kiosk-pin" in words)


def test_a_shorter_pin_of_before_still_opens() -> None:
    """A hash that was printed when four digits were enough lets staff out as ever."""
    assert PinLock(read_hash(OLD_PIN), NEVER_NOTED, 0.0).opens("4711", 0.0)


@pytest.mark.usefixtures("cheap")
def test_three_wrong_tries_make_one_wait() -> None:
    """Then even the right PIN has to wait: half a minute, later a minute and never more; the right PIN ends it."""
    lock = PinLock(hash_pin("471147"), NEVER_NOTED, 0.0)
    now, waits = 0.0, []
    for _ in range(10):
        for _ in range(3):
            assert not lock.opens("000000", now)
        waits.append(lock.wait_s(now))
        assert not lock.opens("471147", now + waits[-1] - 0.5)
        now += waits[-1]

    assert waits[:4] == [30, 60, 60, 60]
    assert max(waits) == LONGEST_WAIT_S
    assert lock.opens("471147", now)
    assert lock.wait_s(now) == 0


@pytest.mark.usefixtures("cheap")
@given(st.lists(st.floats(0.0, 40.0), max_size=60))
def test_nobody_tries_more_than_three_times_in_half_a_minute(gaps: list[float]) -> None:
    """However they are spread, at most three tries reach the hash within any 30 seconds."""
    lock, now, counted = PinLock(hash_pin("471147", bytes(16)), NEVER_NOTED, 0.0), 0.0, []
    for gap in gaps:
        now += gap
        if lock.wait_s(now) == 0:
            counted.append(now)
        lock.opens("999999", now)

    assert all(later - first >= 30.0 for first, later in zip(counted[::3], counted[3::3], strict=False))


@pytest.mark.usefixtures("cheap")
@given(restarts=st.lists(st.booleans(), min_size=12, max_size=12))
def test_a_restart_gives_no_try_more(tmp_path_factory: pytest.TempPathFactory, restarts: list[bool]) -> None:
    """Wherever the plug is pulled between tries, every fourth has to wait."""
    pin, misses, now, counted = hash_pin("471147", bytes(16)), Misses(tmp_path_factory.mktemp("state")), 0.0, 0
    lock = PinLock(pin, misses, now)
    for is_restarted in restarts:
        if is_restarted:
            lock, now = PinLock(pin, misses, now), now + 1.0
        while lock.wait_s(now) == 0 and counted < 3:
            lock.opens("000000", now)
            counted += 1

    assert counted == 3
    assert lock.wait_s(now) > 0


@pytest.mark.usefixtures("cheap")
def test_the_right_pin_wipes_the_count(tmp_path: Path) -> None:
    """Who has opened it finds three tries the next time."""
    pin, misses = hash_pin("471147"), Misses(tmp_path / "not there yet")
    PinLock(pin, misses, 0.0).opens("000000", 0.0)
    assert misses.count() == 1
    PinLock(pin, misses, 0.0).opens("471147", 0.0)

    assert misses.count() == 0


@pytest.mark.parametrize("written", [b"", b"none", b"-3", b"9" * 400, b"\xff\xfe", b"\xd9\xa3"])
def test_a_spoiled_count_makes_one_wait_and_opens_later(tmp_path: Path, written: bytes) -> None:
    """Whatever stands in the file, nobody gains a try by it and nobody is locked in."""
    (tmp_path / FILE_NAME).write_bytes(written)
    lock = PinLock(read_hash(OLD_PIN), Misses(tmp_path), 0.0)

    assert 0 < lock.wait_s(0.0) <= LONGEST_WAIT_S
    assert lock.opens("4711", LONGEST_WAIT_S)


@pytest.mark.usefixtures("cheap")
def test_a_disk_that_takes_nothing_keeps_nobody_inside(tmp_path: Path) -> None:
    """Where the count can't be noted it lasts as long as the program, and the right PIN opens."""
    (tmp_path / "file").write_text("")
    lock = PinLock(hash_pin("471147"), Misses(tmp_path / "file"), 0.0)
    assert not lock.opens("000000", 0.0)

    assert lock.opens("471147", 0.0)
