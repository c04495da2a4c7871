"""The index as one HTML file: sorted and searched by a script of its own, whole without it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape

from reportgen.pages.charts import LEAST, Mark, Scale, spanning, sparkline, track
from reportgen.pages.figures import shown, signed
from reportgen.pages.skeleton import link, render
from reportgen.report.theme import load_theme
from reportgen.runs.index.columns import (
    CURRENCY,
    ISSUE,
    KINDS,
    NAME,
    NEWS,
    PRICE,
    STANCE,
    TICKER,
    WORDS,
    columns_of,
)
from reportgen.values import share_decimals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.runs.index.columns import Column
    from reportgen.runs.index.records import Index, IndexRow, PlainTable
    from reportgen.values import Value

FOLDER = Path(__file__).parent
DRAWN = 20  # movers with a bar
# What is seen before anybody asks for all columns
MAJOR = frozenset(
    (
        *("Ticker", "Stance", "Price", "Expected", "12 months", "Upside", "Change, %"),
        *("Largest cause", "Effect", "Readiness", "Date"),
    )
)
_BESIDE = (NAME, NEWS, CURRENCY)  # with the ticker, the stance and the price
_UNITS: dict[str, str] = {"change": "ratio", "score": "count"}


class Head(NamedTuple):
    """A column of the page: its caption, its classes, and whether it sorts as numbers."""

    caption: str
    classes: str
    is_number: bool


class Mover(NamedTuple):
    """A company that moved: who, why, by how much, and the bar of it."""

    who: Markup
    why: str
    amount: str
    track: Markup


class Told(NamedTuple):
    """A table of texts; `numbers` are the columns that stand to the right."""

    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]
    totals: frozenset[int] = frozenset()


def index_page(index: Index) -> str:
    """The page of an index; the same index gives the same text."""
    columns = [column for column in columns_of(index.rows) if column not in _BESIDE]
    return render(
        FOLDER / "index.html.jinja",
        theme=load_theme(),
        title=index.title,
        style=(FOLDER / "index.css").read_text(encoding="utf-8"),
        script=(FOLDER / "index.js").read_text(encoding="utf-8"),
        index=index,
        heads=[Head(one.caption, _classes(one), one.is_number) for one in columns],
        rows=[Markup("").join([_cell(column, row) for column in columns]) for row in index.rows],
        movers=list(_movers(index)),
        concerns=[
            (one, _to(one.link, one.ticker), KINDS.get(one.kind, "")) for one in index.concerns
        ],
        track=[_told(table) for table in index.track or ()],
    )


@lru_cache(maxsize=256)
def _classes(column: Column, tone: str = "") -> str:
    size = "" if column.caption in MAJOR else "minor"
    side = "number" if column.is_number else column.shape if column.shape == "date" else ""
    return " ".join(name for name in (size, side, tone) if name)


def _cell(column: Column, row: IndexRow) -> Markup:
    """The cell of a company: on a phone it tells its caption, and a number what it sorts by."""
    value = column.of(row)
    tone = _tone(column, value)
    number = value if isinstance(value, float) else None
    if column is TICKER:
        return _td("who", "", _under(_to(row.links.page or row.links.report, row.ticker), row.name))
    if column is STANCE:
        badge = Markup('<span class="badge {}">{}</span>').format(tone, value)
        shown_as: str | Markup = _under(badge, str(NEWS.of(row)), "new")
    elif column is PRICE:
        shown_as = _under(escape(_worded(column, row)), row.currency)
    elif column is ISSUE:
        shown_as = _to(row.links.report, str(value))
    elif column.shape == "trail":
        title = f"Expected value of {row.ticker} in the last twelve months"
        shown_as = sparkline(row.trail, title, "expected")
    elif column.shape == "link":
        shown_as = _to(str(value), "open") if value else ""
    else:
        shown_as = _worded(column, row)
    return _td(_classes(column, "" if column is STANCE else tone), column.caption, shown_as, number)


def _td(classes: str, label: str, told: str | Markup, number: float | None = None) -> Markup:
    """A cell of the table. All but what is told is the program's own, and that is escaped."""
    sorts = "" if number is None else f' data-number="{number!r}"'
    of = f' data-label="{label}"' if label else ""
    return Markup(f'<td class="{classes}"{of}{sorts}>{escape(told)}</td>')  # noqa: S704 - as it says


def _under(first: Markup, second: str, look: str = "") -> Markup:
    """A cell with a smaller line under what it shows."""
    if not second:
        return first
    return Markup('{}<span class="doubt {}">{}</span>').format(first, look, second)


def _to(path: str, text: str) -> Markup:
    """A link to a file below the outputs; the text alone where there is none."""
    return link(quote(path), text)


def _tone(column: Column, value: Value) -> str:
    match column.look:
        case "words":
            return WORDS.get(str(value), "")
        case "bad" | "warn":
            return column.look if value else ""
    return ""


def _worded(column: Column, row: IndexRow) -> str:
    """The value of a cell in words, with the decimals of the workbook."""
    value = column.of(row)
    if value == "" or (value is None and not column.is_number):
        return ""
    if value is None or isinstance(value, str | bool):
        return shown(value, "")
    unit = _UNITS.get(column.shape, column.shape)
    tell = signed if column.shape in {"signed", "change"} else shown
    return tell(value, unit, cents=share_decimals(row.price))


def _movers(index: Index) -> Iterator[Mover]:
    rows = index.movers[:DRAWN]
    scale = spanning((0.0, *(row.relative_change for row in rows)))
    for row in rows:
        change = row.relative_change or 0.0
        causes = (
            f"{one.label} {signed(one.amount, 'money', cents=share_decimals(row.price))}"
            for one in row.causes
        )
        who = Markup("{} {}").format(_to(row.links.page or row.links.report, row.ticker), row.name)
        yield Mover(who, "; ".join(causes), signed(change, "ratio"), track((_bar(change, scale),)))


def _bar(change: float, scale: Scale) -> Mark:
    left, right = sorted((scale.share(0.0), scale.share(change)))
    return Mark(left, max(right - left, LEAST), "rise" if change > 0 else "fall")


def _told(table: PlainTable) -> Told:
    units = table.units or ("",) * len(table.head)
    numbers = frozenset(col for col, unit in enumerate(units) if unit)
    rows = tuple(
        tuple(shown(value, _UNITS.get(unit, unit)) for value, unit in zip(row, units, strict=True))
        for row in table.rows
    )
    return Told(table.title, table.note, table.head, rows, numbers)
