"""What is wrong with a scenario, as lines a person can act on."""

from __future__ import annotations

from dataclasses import dataclass, field

LINES_MOST = 20
LINE_LENGTH = 400
_FILE_LENGTH = 255
_KEPT_MOST = 1000  # faults beyond these are only counted
_QUOTE_LENGTH = 40


class ScenarioError(ValueError):
    """A scenario that can't be used; `lines` are ready to be shown, one fault each, `FILE:LINE: words`."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        """Keeps the lines; the message is all of them."""
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(slots=True)
class Faults:
    """Collects what is wrong while a file is read, so that all of it can be told at once."""

    found: list[tuple[int, str]] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, words: str) -> None:
        """Notes a fault of that line (1 is the first)."""
        self.count += 1
        if len(self.found) < _KEPT_MOST:
            self.found.append((line, words))

    def error(self, given: str) -> ScenarioError:
        """All faults in the order of the file, at most 20 lines, the last one saying how many more there are."""
        file = shortened(printable(given), _FILE_LENGTH)
        faults = sorted(dict.fromkeys(self.found), key=lambda fault: fault[0])
        count = len(faults) + self.count - len(self.found)
        more = count - LINES_MOST + 1 if count > LINES_MOST else 0
        shown = faults[: LINES_MOST - 1] if more else faults
        lines = [f"{file}:{line}: {printable(words)}" for line, words in shown]
        if more:
            lines.append(f"{file}:{shown[-1][0]}: and {more} more errors")
        return ScenarioError(tuple(clipped(line) for line in lines))


def quoted(text: str) -> str:
    """A word from the file, short and without control characters, as it may stand in a message."""
    return f"`{shortened(printable(text[: 4 * _QUOTE_LENGTH]), _QUOTE_LENGTH)}`"


def printable(text: str) -> str:
    """The text with everything that steers a terminal replaced by a question mark."""
    return "".join(char if char.isprintable() else "?" for char in text)


def refusal(given: str, words: str, line: int = 1) -> ScenarioError:
    """The error of a file that could not be read at all."""
    faults = Faults()
    faults.add(line, words)
    return faults.error(given)


def shortened(text: str, length: int) -> str:
    """The text with its middle left out where it is longer than that."""
    half = (length - 3) // 2
    return text if len(text) <= length else f"{text[:half]}...{text[-half:]}"


def clipped(line: str) -> str:
    """The line at its greatest length."""
    return line if len(line) <= LINE_LENGTH else f"{line[: LINE_LENGTH - 3]}..."
