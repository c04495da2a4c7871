"""Tables of lines on a tab: a column each, an input as issued, override and live."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import Unit
from reportgen.facts.bounds import A_DAY, ANY, Bounds, largest
from reportgen.model.spare_rows import SPARE
from reportgen.model.words import Entry
from reportgen.report.blocks import plain_money, unit_name
from reportgen.xlsx.addresses import Area, Ref
from reportgen.xlsx.book import ConditionalFormat, Validation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.context import Context
    from reportgen.report.placement import Places
    from reportgen.report.tab import Tab

HEADER_ROWS = 2  # captions, units
HEADER_HEIGHT = 30.0  # room for two lines of caption
MOST_CHARACTERS = 255  # of a list, and of a message, in the file format


class Column(NamedTuple):
    """A column of a table. `elsewhere` shows a line that another tab places."""

    line: Line
    caption: str = ""
    unit: str | None = None
    look: str = ""
    elsewhere: bool = False


def table(
    tab: Tab, context: Context, corner: tuple[int, int], dim: Dim, columns: Iterable[Column]
) -> int:
    """Place a table from its top left corner (row, col) on; return the next free column.

    Captions stand in the first row, units in the second, then a row a member. An entry takes
    three columns: as issued, its override, and the live value.
    """
    row, col = corner
    tab.heights[row] = HEADER_HEIGHT
    for column in columns:
        for part in _parts(column):
            tab.text(row, col, part.caption, "header")
            unit = unit_name(part.line.unit, context) if part.unit is None else part.unit
            tab.text(row + 1, col, unit, "unit_centered")
            place = tab.show if part.elsewhere else tab.put
            place(part.line, row + HEADER_ROWS, col, down=(dim,), look=part.look)
            col += 1
    return col


def _parts(column: Column) -> tuple[Column, ...]:
    caption = column.caption or column.line.label
    named = column._replace(caption=caption)
    of = column.line
    if column.elsewhere or not isinstance(of, Entry):
        return (named,)
    return (
        named._replace(line=of.issued, caption=f"{caption}, issued", look=""),
        named._replace(line=of.override, caption="Override", look=""),
        named._replace(caption=f"{caption}, live"),
    )


def with_plain_money(column: Column) -> Column:
    """Return a column in which an amount a share shows no currency: its unit names it above."""
    if column.line.unit is not Unit.PER_SHARE:
        return column
    return column._replace(look=plain_money(column.line, column.look or "calc"))


def span(places: Places, line: Line, *at: int) -> Ref:
    """Return the cells of a line as a chart reads them, at indices of its first dimensions."""
    place = places.lines[line]
    rows, cols = place.rows[at], place.cols[at]
    return Ref(place.sheet, int(rows.min()), int(cols.min()), int(rows.max()), int(cols.max()))


def series_span(places: Places, line: Line) -> Ref:
    """Return the cells of a series as a chart reads them: in spare rows n/a would be drawn as 0."""
    whole = span(places, line)
    last = whole.last_row - SPARE[line.dims[0]]
    return whole._replace(last_row=max(last, whole.first_row))  # where nothing but spare rows is


def area(places: Places, line: Line) -> Area:
    """Return the cells of a line as an area of its tab."""
    _, *corners = span(places, line)
    return Area(*corners)


class Limits(NamedTuple):
    """The ends of a rule of the file format, which knows no two exclusive ones."""

    low: float | None
    high: float | None
    exclusive: bool


def limits(bounds: Bounds) -> Limits:
    """Return bounds as a rule states them; an end of its own or the largest figure there is."""
    if bounds.low_open:
        return Limits(bounds.low, None, exclusive=True)
    low = -largest() if bounds.low is None else bounds.low
    return Limits(low, largest() if bounds.high is None else bounds.high, exclusive=False)


def numbers_only(tab: Tab, *entries: Line, bounds: Bounds = ANY, what: str) -> None:
    """Let nothing but numbers within bounds be typed into the typed cells of some lines.

    An input brings its own bounds.
    """
    typed = [part for of in entries for part in _typed(of)]
    own = {of.bounds for of in entries if isinstance(of, Entry)}
    low, high, exclusive = limits(own.pop() if len(own) == 1 else bounds)
    tab.validations.append(
        Validation(
            tuple(area(tab.places, of) for of in typed),
            "decimal",
            low,
            high,
            exclusive=exclusive,
            error_title="A number is needed",
            error_message=f"{what}. Clear the cell to leave it blank: a blank is n/a, never 0.",
        )
    )


def _typed(of: Line) -> tuple[Line, ...]:
    return (of.issued, of.override) if isinstance(of, Entry) else (of,)


def one_of(tab: Tab, line: Line, items: tuple[str, ...], what: str) -> None:
    """Offer a list of texts for the cells of a line, unless it is longer than a rule may be."""
    if len(",".join(items)) > MOST_CHARACTERS:
        return
    tab.validations.append(
        Validation(
            (area(tab.places, line),),
            "list",
            items=items,
            error_title="Not one of the list",
            error_message=f"{what}: {', '.join(items)}"[:MOST_CHARACTERS],
        )
    )


def days_only(tab: Tab, *lines: Line) -> None:
    """Let nothing but days be typed into the cells of some lines."""
    tab.validations.append(
        Validation(
            tuple(area(tab.places, line) for line in lines),
            "date",
            A_DAY.low,
            A_DAY.high,
            error_title="A day is needed",
            error_message="Type a day such as 2025-11-30.",
        )
    )


def mute(tab: Tab, rows: Area, formula: str) -> None:
    """Grey the rows of a table for which a formula, relative to the first row, holds."""
    tab.conditional_formats.append(ConditionalFormat((rows,), "formula", "muted", formula=formula))
