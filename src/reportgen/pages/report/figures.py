"""What stands on the page: figures that open their entries, in tables, tiles and bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.pages.report.entries import Entries

if TYPE_CHECKING:
    from markupsafe import Markup

    from reportgen.expr.nodes import Line
    from reportgen.pages.report.stated import Stated


class Figure(NamedTuple):
    """A value as it is shown; one with an id opens that entry."""

    text: str
    id: str = ""
    tone: str = ""


NOTHING = Figure("")


class Tile(NamedTuple):
    """A headline: its label, its figure, and what is said below it."""

    label: str
    figure: Figure
    below: tuple[Figure, ...] = ()
    look: str = ""


class Grid(NamedTuple):
    """A table: captions, and rows of a label with figures. `look` colours a row's label."""

    head: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]
    looks: tuple[str, ...] = ()
    words: frozenset[int] = frozenset({0})  # columns that read to the left


class Bar(NamedTuple):
    """A row of a chart: a label, its figures, its track."""

    label: str
    figures: tuple[Figure, ...]
    track: Markup
    note: str = ""
    is_level: bool = False


class Shower:
    """Makes figures of a report, each with its entry."""

    def __init__(self, stated: Stated) -> None:
        """Begin a page of a report."""
        self.stated = stated
        self.entries = Entries(stated)

    def figure(self, line: Line, *at: str, text: str = "", tone: str = "") -> Figure:
        """Return the cell of a line as a figure; `text` words it otherwise than in its unit."""
        told = text or self.stated.told(line, at)
        return Figure(told, self.entries.id_of(line, at), tone)

    def cents(self, line: Line, *at: str) -> Figure:
        """Return money a share without its currency."""
        return self.figure(line, *at, text=self.stated.amounts.cents(self.stated.value(line, at)))

    def change(self, line: Line, *at: str) -> Figure:
        """Return a change of money a share, with its sign, toned by its way."""
        value = self.stated.number(line, at)
        told = self.stated.amounts.change(value)
        return self.figure(line, *at, text=told, tone=toned(value, told))

    def percent(self, line: Line, *at: str) -> Figure:
        """Return a relative change, toned by its way."""
        told = self.stated.told(line, at)
        return self.figure(line, *at, tone=toned(self.stated.number(line, at), told))


def toned(value: float | None, told: str) -> str:
    """Return whether a change is up or down as it is told; "" for none that can be seen."""
    if value is None or not any(digit in "123456789" for digit in told):
        return ""
    return "up" if value > 0 else "down"
