"""Everything that a kiosk says, in one place, so that it can be said in another language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KioskWords:
    """The words in English; a language is another value. `{}` takes a number or a time."""

    start: str = "Touch to start"
    length: str = "A film of about {} minutes"
    notice: str = "For general education only. It does not replace the advice of your own care team."
    back: str = "Back"
    onward: str = "Next"
    pause: str = "Pause"
    play: str = "Play"
    chapters: str = "Chapters"
    chapters_of: str = "Chapters {} to {} of {}"
    close: str = "Close"
    earlier: str = "Earlier"
    later: str = "Later"
    smaller: str = "Smaller text"
    larger: str = "Larger text"
    still_there: str = "Are you still there?"
    starts_over: str = "The film starts over in"
    go_on: str = "Yes, go on"
    staff: str = "For staff"
    enter_pin: str = "Enter the PIN to leave the kiosk."
    wrong_pin: str = "That is not the PIN."
    wait: str = "Too many tries. Wait {} s."
    leave: str = "Leave"
    erase: str = "Erase"
    no_pin: str = "No PIN is set. Leave the kiosk?"
    locked: str = "The kiosk can't be left from here: its settings can't be read."
    settings: str = "For staff: kiosk settings"
    closed: str = "Closed until {}"


ENGLISH = KioskWords()
_BY_LANGUAGE = {"en": ENGLISH}


def words_in(language: str) -> KioskWords:
    """The words in that language, or in English where there are none yet."""
    return _BY_LANGUAGE.get(language, ENGLISH)
