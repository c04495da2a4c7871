"""The columns of the index: which there are, in which unit, and what is worth a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from reportgen.periods import serial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportgen.runs.index.records import IndexRow
    from reportgen.values import Value

    Tone = Literal["", "good", "warn", "bad"]

# Words of the model that are good news, or bad
WORDS: dict[str, Tone] = {
    "LONG": "good",
    "SHORT": "bad",
    "BLOCKED": "warn",
    "decision-grade": "good",
    "with care": "warn",
    "blocked": "bad",
}
# Kinds of what needs a person; all others are neither
KINDS: dict[str, Tone] = {
    "failed": "bad",
    "no report": "bad",
    "unreadable": "bad",
    "FAIL": "bad",
    "WARN": "warn",
    "not plausible": "warn",
    "conflicts": "warn",
    "stale": "warn",
}
Shape = Literal[
    "text", "money", "signed", "change", "two", "score", "count", "date", "trail", "link"
]
_VALUE, _CHANGE = "Value of a share in 12 months", "Change since last month"


class Column(NamedTuple):
    """A column: the group and the caption it stands under, its shape, its value, its width.

    A shape link holds a path, and the column is left out where no row has one; a date is a serial.
    `look` says what is coloured: words, texts that are new, a count above 0 that is bad or a
    warning, a number as a bar.
    """

    group: str
    caption: str
    shape: Shape
    of: Callable[[IndexRow], Value]
    width: float = 10.0
    look: Literal["", "words", "bad", "warn", "new", "bar"] = ""

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers, which are n/a where they are not known."""
        return self.shape not in {"text", "date", "trail", "link"}


def _cause(place: int) -> tuple[Column, Column]:
    names = (("Largest cause", "Effect"), ("Second cause", "Second effect"))[place]

    def label(row: IndexRow) -> Value:
        return row.causes[place].label if place < len(row.causes) else ""

    def amount(row: IndexRow) -> Value:
        return row.causes[place].amount if place < len(row.causes) else ""

    return (
        Column(_CHANGE, names[0], "text", label, 28),
        Column(_CHANGE, names[1], "signed", amount, 9),
    )


def _news(row: IndexRow) -> str:
    stance = [f"was {row.stance_before}"] if row.is_new_stance else []
    return "; ".join((*stance, *(f"price {one}" for one in row.crossed)))


def _next_event(row: IndexRow) -> str:
    return row.next_event.what if row.next_event else ""


def _next_day(row: IndexRow) -> float | None:
    day = row.next_event.day if row.next_event else None
    return float(serial(day)) if day else None


TICKER = Column("Company", "Ticker", "text", lambda row: row.ticker, 14)
NAME = Column("Company", "Name", "text", lambda row: row.name, 28)
STANCE = Column("Stance", "Stance", "text", lambda row: row.stance or "n/a", 14, "words")
CURRENCY = Column(_VALUE, "Currency", "text", lambda row: row.currency, 9)
PRICE = Column(_VALUE, "Price", "money", lambda row: row.price)
LAST_MONTH = Column(_VALUE, "Last month", "money", lambda row: row.expected_before)
EXPECTED = Column(_VALUE, "Expected", "money", lambda row: row.expected)
MOVED = Column(_CHANGE, "Change, %", "change", lambda row: row.relative_change, 9)
CHANGES = (
    Column(_CHANGE, "Change", "signed", lambda row: row.change, 9),
    MOVED,
    *_cause(0),
    *_cause(1),
    Column(_CHANGE, "Restated since issue", "signed", lambda row: row.restated),
)
NEWS = Column("Stance", "New", "text", _news, 50, "new")
ISSUE = Column("Report", "Issue", "text", lambda row: f"r{row.revision}", 7)
COLUMNS = (
    TICKER,
    NAME,
    Column("Company", "Tags", "text", lambda row: ", ".join(row.tags), 20),
    STANCE,
    NEWS,
    CURRENCY,
    PRICE,
    Column(_VALUE, "Bear", "money", lambda row: row.bear),
    Column(_VALUE, "Base", "money", lambda row: row.base),
    Column(_VALUE, "Bull", "money", lambda row: row.bull),
    EXPECTED,
    Column(_VALUE, "12 months", "trail", lambda _: None, 14),
    Column(_VALUE, "Hype-adjusted", "money", lambda row: row.hype_adjusted),
    Column(_VALUE, "Consensus", "money", lambda row: row.consensus),
    Column(_VALUE, "Brokers", "count", lambda row: row.brokers, 9),
    Column("Judgement", "Upside", "change", lambda row: row.upside, 12, "bar"),
    Column("Judgement", "Skew", "two", lambda row: row.skew, 7),
    Column("Judgement", "Hype score", "score", lambda row: row.hype_score, 11, "bar"),
    *CHANGES,
    Column("Quality", "Readiness", "text", lambda row: row.readiness or "n/a", 14, "words"),
    Column("Quality", "FAIL", "count", lambda row: row.fails, 7, "bad"),
    Column("Quality", "WARN", "count", lambda row: row.warns, 8, "warn"),
    Column("Quality", "Stale", "count", lambda row: float(len(row.stale)), 7, "warn"),
    Column("Quality", "Conflicts", "count", lambda row: float(row.conflicts), 10, "warn"),
    Column("What is next", "Date", "date", _next_day, 10),
    Column("What is next", "Event", "text", _next_event, 40),
    ISSUE,
    Column("Report", "Page", "link", lambda row: row.links.page, 7),
    Column("Report", "Changes", "link", lambda row: row.links.changes, 9),
)
MOVERS = (TICKER, NAME, STANCE, CURRENCY, LAST_MONTH, EXPECTED, *CHANGES)


def columns_of(rows: Iterable[IndexRow]) -> tuple[Column, ...]:
    """The columns that an index of these rows has."""
    shown = list(rows)
    return tuple(one for one in COLUMNS if one.shape != "link" or any(map(one.of, shown)))
