"""A page of blocks: what is told to people, before it is a terminal's, Markdown's or HTML's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Tone = Literal["", "good", "warn", "bad", "strong", "faint"]


class Heading(NamedTuple):
    """The title of what follows."""

    text: str


class Paragraph(NamedTuple):
    """A sentence or two, and how they are meant."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Rows of text. `numbers` are the columns read to the right; `totals` the rows that sum up.

    A line end in a cell parts a name from its key.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()


def named(label: str, key: str) -> str:
    """A label with its key below it, unless the key says it, too."""
    return _one_line(label) if label in key else f"{_one_line(label)}\n{_one_line(key)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


class Step(NamedTuple):
    """One bar of a waterfall: what it shows, and the levels it spans. A level stands on zero."""

    label: str
    family: str
    amount: str
    before: float
    after: float
    is_level: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From an old value to a new one, bar by bar. `doubt` heads what each bar's doubt is, or ""."""

    title: str
    unit: str
    steps: tuple[Step, ...]
    doubt: str
    note: str


Block = Heading | Paragraph | TableBlock | Waterfall


@dataclass(frozen=True, slots=True)
class Document:
    """A titled page."""

    title: str
    blocks: tuple[Block, ...]
