"""The figures that the charts of the gallery draw, each block beside the other on one sheet."""

from __future__ import annotations

from itertools import accumulate
from math import sin
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.addresses import Ref
from reportgen.xlsx.book import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    Figure = float | str | None

FIGURES = "Chart data"
DAYS = 260
AS_OF = 45_991


class Block(NamedTuple):
    """A header and rows of figures; the first column names or dates the rows."""

    first_col: int
    header: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]

    @property
    def names(self) -> Ref:
        """The first column."""
        return self.values(0)

    def values(self, col: int) -> Ref:
        """A column without its header."""
        return Ref(FIGURES, 1, self.first_col + col, len(self.rows), self.first_col + col)

    def title(self, col: int) -> Ref:
        """The header of a column."""
        return Ref.cell(FIGURES, 0, self.first_col + col)

    def cells(self) -> Iterator[Cell]:
        """The block as cells; headers are formulas, as they are where charts live."""
        for col, name in enumerate(self.header, start=self.first_col):
            yield Cell(0, col, name, f'="{name}"', "head")
        for row, figures in enumerate(self.rows, start=1):
            for col, figure in enumerate(figures, start=self.first_col):
                style = "date" if isinstance(figure, int) and figure > 40_000 else "amount"
                yield Cell(row, col, figure, "", style if figure is not None else "")


def _price(day: int) -> float:
    return 110 + 35 * sin(day / 55) + 6 * sin(day / 4) + day / 6


def _fan_rows() -> Iterator[tuple[Figure, ...]]:
    for day in range(DAYS - 1):
        yield AS_OF - DAYS + 1 + day, _price(day), None, None, None, None
    today = _price(DAYS - 1)
    yield AS_OF, today, today, today, today, today
    yield AS_OF + 365, None, 108, 171, 236, 158


def _bridge_step(start: float, end: float) -> tuple[float, ...]:
    """The six stacked parts of one step of a bridge, right on both sides of zero."""
    low, high = min(start, end), max(start, end)
    above = max(high, 0) - max(low, 0)
    below = min(low, 0) - min(high, 0)
    moved = (above, below)
    rest = (0.0, 0.0)
    return (max(low, 0), min(high, 0), *(moved + rest if end >= start else rest + moved))


STEPS = (
    ("Bull narrative\n260", 0, 260),
    ("Optimism\n-34", 260, 226),
    ("Staleness\n-12", 226, 214),
    ("Launch\n+8", 214, 222),
    ("Gap\n-250", 222, -28),
    ("Net cash\n+90", -28, 62),
    ("Value\n62", 0, 62),
)

CONTENTS: dict[str, tuple[tuple[str, ...], tuple[tuple[Figure, ...], ...]]] = {
    "fan": (
        ("Date", "Price", "Bear 108 25%", "Base 171 50%", "Bull 236 25%", "Hype-adjusted 158"),
        tuple(_fan_rows()),
    ),
    "football field": (
        ("Method", "Low", "Range", "Price 158", "Expected value 171"),
        (
            ("SOTP\n112 to 225", 112, 113, 158, 171),
            ("P/E\n98 to 204", 98, 106, 158, 171),
            ("Consensus\n140 to 233", 140, 93, 158, 171),
            ("52 weeks\n81 to 192", 81, 111, 158, 171),
            ("Hype-adjusted\n120 to 189", 120, 69, 158, 171),
        ),
    ),
    "waterfall": (
        ("Step", "Base", "Base below", "Up", "Up below", "Down", "Down below"),
        tuple((name, *_bridge_step(start, end)) for name, start, end in STEPS),
    ),
    "growth needed": (
        ("Case", "Growth needed", "Delivered"),
        (
            ("Bear", 0.02, 0.071),
            ("Base", 0.06, 0.071),
            ("Bull", 0.13, 0.071),
            ("Consensus", 0.09, 0.071),
            ("Hype-adjusted", -0.024, 0.071),
        ),
    ),
    "sub-scores": (
        ("Part", "Hype score"),
        (
            ("Staleness", 0.82),
            ("Optimism", 0.64),
            ("Dispersion", 0.4),
            ("Run-up", 0.22),
            ("Launch (n/a)", 0),
        ),
    ),
    "quarters": (
        ("Quarter", "Cloud revenue", "Growth"),
        tuple((f"{2024 + q // 4} Q{q % 4 + 1}", 26.5 + 1.7 * q, 0.03 + 0.04 * q) for q in range(8)),
    ),
    "targets": (
        ("Date", "Close at issue", "Target"),
        tuple((AS_OF - 40 * n, 150 + 9 * sin(5 * n), 170 + 25 * sin(n)) for n in range(1, 9)),
    ),
    "segments": (
        ("Segment", "Bear", "Base", "Bull"),
        tuple(
            (name, 90 / n, 90 / n + 14, 90 / n + 28)
            for n, name in enumerate(("Commerce", "Cloud", "International", "Other"), start=1)
        ),
    ),
    "history": (("Date", "Price"), tuple((AS_OF - DAYS + d, _price(d)) for d in range(DAYS))),
}

_FIRST_COLS = accumulate((len(header) + 1 for header, _ in CONTENTS.values()), initial=0)
BLOCKS = {
    name: Block(first_col, header, rows)
    for (name, (header, rows)), first_col in zip(CONTENTS.items(), _FIRST_COLS, strict=False)
}
