"""What is printed, as plain records: lines of text and tables."""

from __future__ import annotations

from typing import Literal, NamedTuple

Tone = Literal["", "good", "warn", "bad", "strong", "faint"]


class TextLine(NamedTuple):
    """A line of text and how it is meant."""

    text: str = ""
    tone: Tone = ""


class TextTable(NamedTuple):
    """A table of text: the first column reads to the left, the others, numbers, to the right.

    `wordy` tables hold words, and read to the left but for the columns named as `numbers`.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wordy: bool = False
    numbers: frozenset[int] = frozenset()

    def printable(self) -> TextTable:
        """The table with the control characters in its cells named."""
        head, *rows = (tuple(map(printable, row)) for row in (self.head, *self.rows))
        return self._replace(head=head, rows=tuple(rows))

    def reads_left(self, column: int) -> bool:
        """Whether a column holds words."""
        return column not in self.numbers if self.wordy else not column


Page = list[TextLine | TextTable]


def printable(text: str) -> str:
    """The text with its control characters named: a file's text must not steer a terminal."""
    return "".join(
        letter
        if letter.isprintable() or letter == "\n"
        else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )
