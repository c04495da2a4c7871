"""The index as a workbook: Index, Movers, Attention and, where there is one, the track record.

Its values are typed as they were issued: an index is no model.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.differences.forms.sheets import Filling, Shown
from reportgen.report.theme import chart_color, load_theme
from reportgen.runs.index.columns import (
    KINDS,
    MOVED,
    MOVERS,
    TICKER,
    WORDS,
    columns_of,
)
from reportgen.runs.index.records import MONTHS
from reportgen.values import share_decimals
from reportgen.xlsx.addresses import Area, Ref, a1
from reportgen.xlsx.book import (
    Axis,
    Book,
    Chart,
    Columns,
    ConditionalFormat,
    Link,
    Properties,
    Series,
    Sheet,
    Sparkline,
    Sparklines,
)
from reportgen.xlsx.writer.soundness import MAX_LINKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.report.theme import Theme
    from reportgen.runs.index.columns import Column
    from reportgen.runs.index.records import Concern, Index, IndexRow, PlainTable
    from reportgen.values import Value
    from reportgen.xlsx.book import Style

HINT = (
    "Values as issued, in the company's currency a share. New stances stand first, then crossed"
    " levels, then the largest changes. A ticker opens its report."
)
MOVERS_HINT = (
    "Changes of the expected value since last month, that month's value solved again by today's"
    " model; what else moved it stands in the report."
)
ATTENTION_HINT = "A ticker opens the report; the cell says where in it to look."
CONCERN = (("Ticker", 14.0), ("Name", 28.0), ("Kind", 15.0), ("Cell", 18.0), ("What", 110.0))
TRACK_HINT = "Of values as they were issued, never of rebuilt ones."
DRAWN = 20  # companies in the chart of movers
TONES = {"good": "ok", "warn": "warn", "bad": "fail"}
NA = Shown("n/a", "muted_right")
_FROZEN = 2  # columns: ticker and name
_GAP, _MONTH = 3.0, 10.0  # widths of the columns beside the table, from which trails are drawn
_HEIGHT = 18.0
_BESIDE = 2.0  # characters beside a text, and the button of a filter


def index_book(index: Index) -> Book:
    """The workbook of an index; the same index gives the same bytes."""
    sheets = [_index_sheet(index), _movers_sheet(index), _attention_sheet(index)]
    if index.track is not None:
        sheets.append(_track_sheet(index, index.track))
    return Book(
        tuple(sheets),
        Properties(created=index.as_of, title=index.title, subject=index.summary),
        _styles(sheets),
        paper="A3",  # a company has more columns than A4 has room for
    )


def _styles(sheets: Iterable[Sheet]) -> Mapping[str, Style]:
    """The styles in use, from the house theme."""
    used = {cell.style for sheet in sheets for cell in sheet.cells}
    used |= {rule.style for sheet in sheets for rule in sheet.conditional_formats}
    return {name: _style(load_theme(), name) for name in sorted(used - {""})}


def _style(theme: Theme, name: str) -> Style:
    """A style of the theme: `plain.money:3` with three decimals, `jump:top` at the top."""
    look, _, more = name.partition(":")
    style = theme.style(look, "", "", int(more) if more.isdecimal() else 2)
    return replace(style, valign="top") if more == "top" else style


def _head(sheet: Filling, index: Index, title: str, hint: str) -> None:
    sheet.text(title, "title")
    sheet.text(index.summary, "subtitle")
    sheet.text(hint, "note")
    sheet.row += 1


# --- the index ---
def _index_sheet(index: Index) -> Sheet:
    columns = columns_of(index.rows)
    sheet = Filling("Index", _widths(columns, index.rows))
    _head(sheet, index, index.title, HINT)
    _bands(sheet, columns)
    sheet.filter = _table(sheet, columns, index.rows)
    first, last = sheet.filter.first_row + 1, sheet.filter.last_row
    trails = _trails(sheet, index.rows, first, columns)
    made = sheet.sheet(_footer(index))
    beside = len(columns)
    return replace(
        made,
        column_widths=(
            *made.column_widths,
            Columns(beside, beside, _GAP),
            Columns(beside + 1, beside + MONTHS, _MONTH),
        ),
        row_heights=dict.fromkeys(range(first, last + 1), _HEIGHT),
        freeze=(first, _FROZEN),
        links=tuple(_links(index.rows, columns, first)),
        conditional_formats=tuple(_rules(columns, first, last)) if index.rows else (),
        sparklines=(Sparklines(trails, "column", _color("range"), _color("expected")),)
        if trails
        else (),
        page=replace(
            made.page,
            repeat_rows=(first - 2, first - 1),
            area=Area(0, 0, last, len(columns) - 1),
        ),
        tab_color=_color("expected"),
    )


def _bands(sheet: Filling, columns: Sequence[Column]) -> None:
    """The groups of the columns, above their captions."""
    groups = ["", *(column.group for column in columns)]
    for col, (before, group) in enumerate(pairwise(groups)):
        sheet.put(sheet.row, col, Shown("" if group == before else group, "section"))
    sheet.row += 1


def _table(sheet: Filling, columns: Sequence[Column], rows: Sequence[IndexRow]) -> Area:
    """The captions and a row a company; words stand to the left, below their captions."""
    first = sheet.row
    for col, column in enumerate(columns):
        look = _head_style(col) if column.shape == "text" else "header"
        sheet.put(first, col, Shown(column.caption, look))
    for at, row in enumerate(rows, start=first + 1):
        for col, column in enumerate(columns):
            sheet.put(at, col, _shown(column, row))
    return Area(first, 0, first + len(rows), len(columns) - 1)


def _head_style(col: int) -> str:
    return "header_inset" if col else "header_left"


def _widths(columns: Sequence[Column], rows: Sequence[IndexRow]) -> list[float]:
    """Widths in which all texts can be read, up to those of the columns."""
    found = []
    for column in columns:
        texts = [len(str(column.of(row))) for row in rows if column.shape == "text"]
        needed = max((*texts, len(column.caption))) + _BESIDE if texts else column.width
        found.append(min(needed, column.width))
    return found


def _shown(column: Column, row: IndexRow) -> Shown:
    value = column.of(row)
    if column is TICKER:
        return Shown(value, "jump" if row.links.report else "label_strong")
    if value is None and column.is_number:
        return NA
    if value is None or value == "":
        return Shown(None)
    if column.shape == "link":
        return Shown("open", "jump")
    if column.shape == "text":
        return Shown(value, "label_indent")
    if column.shape in {"money", "signed"}:
        return Shown(value, f"plain.{column.shape}:{share_decimals(row.price)}")
    return Shown(value, f"plain.{column.shape}")


def _links(rows: Sequence[IndexRow], columns: Sequence[Column], first: int) -> Iterator[Link]:
    """Each ticker leads to its report, and what else is there to its file."""
    for at, row in enumerate(rows, start=first):
        if row.links.report:
            yield Link(at, 0, row.links.report, tip=f"The report of {row.ticker}")
        for col, column in enumerate(columns):
            path = column.of(row) if column.shape == "link" else ""
            if path:
                yield Link(at, col, str(path))


def _trails(
    sheet: Filling, rows: Sequence[IndexRow], first: int, columns: Sequence[Column]
) -> tuple[Sparkline, ...]:
    """Put the values of the months beside the table, and return the lines that draw them."""
    start = len(columns) + 1
    shown_in = next(col for col, column in enumerate(columns) if column.shape == "trail")
    sheet.put(first - 2, start, Shown("Expected value, by month", "helper_title"))
    for back in range(MONTHS):
        sheet.put(first - 1, start + back, Shown(_months_ago(MONTHS - 1 - back), "helper_head"))
    for at, row in enumerate(rows, start=first):
        for col, value in enumerate(row.trail, start=start):
            sheet.put(at, col, Shown(value, f"helper.money:{share_decimals(row.price)}"))
    return tuple(
        Sparkline(at, shown_in, Ref(sheet.name, at, start, at, start + MONTHS - 1))
        for at, row in enumerate(rows, start=first)
        if sum(value is not None for value in row.trail) > 1
    )


def _months_ago(count: int) -> str:
    return "as of the index" if not count else f"{count} month{'s' * (count > 1)} before"


def _rules(columns: Sequence[Column], first: int, last: int) -> Iterator[ConditionalFormat]:
    below = load_theme().looks[TONES["bad"]].get("fill", "")
    for col, column in enumerate(columns):
        area = (Area(first, col, last, col),)
        match column.look:
            case "words":
                for word, tone in WORDS.items():
                    yield ConditionalFormat(area, "text", TONES[tone], text=word)
            case "bad" | "warn":
                style = TONES[column.look]
                yield ConditionalFormat(area, "cell", style, criterion=">", low=0.0)
            case "new":
                formula = f"=LEN({a1(first, col)})>0"
                yield ConditionalFormat(area, "formula", "overridden", formula)
            case "bar":
                yield ConditionalFormat(area, "data_bar", color=_color("range"), negative=below)


# --- movers ---
def _movers_sheet(index: Index) -> Sheet:
    sheet = Filling("Movers", _widths(MOVERS, index.movers))
    _head(sheet, index, "What moved", MOVERS_HINT)
    sheet.filter = _table(sheet, MOVERS, index.movers)
    first = sheet.filter.first_row + 1
    if index.movers:
        sheet.charts.append(_movers_chart(index.movers[:DRAWN], first))
    made = sheet.sheet(_footer(index))
    return replace(
        made,
        freeze=(first, _FROZEN),
        links=tuple(_links(index.movers, MOVERS, first)),
        conditional_formats=tuple(_rules(MOVERS, first, sheet.filter.last_row)),
        page=replace(made.page, repeat_rows=(first - 1, first - 1)),
    )


def _movers_chart(rows: Sequence[IndexRow], first: int) -> Chart:
    last = first + len(rows) - 1

    def column(col: int) -> Ref:
        return Ref("Movers", first, col, last, col)

    colors = tuple(_color("up" if (row.change or 0.0) > 0 else "down") for row in rows)
    changes = Series(
        MOVED.caption, column(0), column(MOVERS.index(MOVED)), _color("total"), point_colors=colors
    )
    told = "; ".join(f"{row.ticker} {row.relative_change or 0.0:+.1%}" for row in rows)
    return Chart(
        kind="bar",
        series=(changes,),
        title=f"Expected value since last month: the {len(rows)} largest changes",
        alt_text=f"Bars of the change of the expected value since last month: {told}."[:1_000],
        anchor=(first - 1, len(MOVERS) + 1, 0, 0),
        size=(560, 90 + 24 * len(rows)),
        x_axis=Axis(label_position="low", reverse=True),
        y_axis=Axis(number_format="+0%;-0%;0%", label_position="high", gridlines=True),
        legend=None,
        gap=30,
    )


# --- what needs a person ---
def _attention_sheet(index: Index) -> Sheet:
    sheet = Filling("Attention", [width for _, width in CONCERN])
    _head(sheet, index, "What needs a person", ATTENTION_HINT)
    sheet.filter = sheet.table((), [_concern(one) for one in index.concerns])
    sheet.filter = sheet.filter._replace(last_col=len(CONCERN) - 1)
    for col, (caption, _) in enumerate(CONCERN):
        sheet.put(sheet.filter.first_row, col, Shown(caption, _head_style(col)))
    first, last = sheet.filter.first_row + 1, sheet.filter.last_row
    made = sheet.sheet(_footer(index))
    kinds = (Area(first, 2, last, 2),)
    return replace(
        made,
        freeze=(first, _FROZEN),
        links=tuple(_concern_links(index.concerns, first)),
        conditional_formats=tuple(
            ConditionalFormat(kinds, "text", TONES[tone], text=kind)
            for kind, tone in KINDS.items()
            if index.concerns
        ),
        page=replace(made.page, repeat_rows=(first - 1, first - 1)),
    )


def _concern(one: Concern) -> list[Shown]:
    ticker = Shown(one.ticker, "jump:top" if one.link else "label_strong:top")
    texts = (Shown(text or None, "label_indent:top") for text in (one.name, one.kind, one.cell))
    return [ticker, *texts, Shown(one.text, "paragraph")]


def _concern_links(concerns: Sequence[Concern], first: int) -> Iterator[Link]:
    """A link in each row, or, where a sheet cannot hold so many, in the first of each company."""
    everywhere = len(concerns) <= MAX_LINKS
    before = ""
    for at, one in enumerate(concerns, start=first):
        if one.link and (everywhere or one.ticker != before):
            yield Link(at, 0, one.link)
        before = one.ticker


# --- the track record ---
def _track_sheet(index: Index, tables: Sequence[PlainTable]) -> Sheet:
    columns = max((len(table.head) for table in tables), default=1)
    sheet = Filling("Track record", (34.0, *(14.0,) * (columns - 1)))
    _head(sheet, index, "Track record", TRACK_HINT)
    for table in tables:
        for col in range(columns):
            sheet.put(sheet.row, col, Shown("" if col else table.title, "section"))
        sheet.row += 1
        sheet.table(table.head, [_plain_row(row, table) for row in table.rows])
        if table.note:
            sheet.row -= 1
            sheet.text(table.note, "note")
        sheet.row += 1
    return sheet.sheet(_footer(index))


def _plain_row(row: Sequence[Value], table: PlainTable) -> list[Shown]:
    """Return the cells of a row; a text beside numbers stands apart from them."""
    units = table.units or ("",) * len(table.head)
    name, *others = zip(row, units, strict=True)
    return [_plain(*name, "label"), *(_plain(*one, "code") for one in others)]


def _plain(value: Value, unit: str, look: str) -> Shown:
    if value is None:
        return NA
    if isinstance(value, str) or not unit:
        return Shown(str(value) if isinstance(value, bool) else value, look)
    return Shown(value, f"plain.{unit}")


def _footer(index: Index) -> str:
    return f"&L{index.title}&R&P / &N"


def _color(meaning: str) -> str:
    return chart_color(load_theme(), meaning)
