"""The Registry tab: every field with its key, for programs that read a report back."""

from __future__ import annotations

from itertools import compress, repeat
from typing import TYPE_CHECKING

from reportgen.report.blocks import footer
from reportgen.report.registry.form import (
    AUTHOR,
    CAPTIONS,
    CHANGED,
    EXPIRES,
    HEADER,
    ISSUED,
    KIND,
    LIVE,
    NOTHING,
    PUBLISHED,
    REASON,
    SERIES,
    SOURCE,
    TITLE,
    TYPE,
    USUAL_KIND,
    USUAL_TYPE,
    WIDTHS,
)
from reportgen.report.registry.kinds import TYPED_KINDS, changed, changed_formula, series_formula
from reportgen.report.registry.rows import fields, head
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Cell, Columns, Page

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.registry.form import Field, LiveValue
    from reportgen.report.tab import Tab

_USUAL = {KIND: USUAL_KIND, TYPE: USUAL_TYPE}
NOTES = (
    "Every field of this report: its public key, its value at issue and a live link to its cell.",
    (
        "Where Live is a count, the field is a whole column."
        f" A blank kind is {USUAL_KIND}, a blank type is {USUAL_TYPE}."
    ),
)


def build(tab: Tab, context: Context, left_out: Collection[Line]) -> None:
    """Lay out the tab: a row a field, n/a where its line is left out of the workbook."""
    tab.text(0, 0, TITLE, "title")
    for row, note in enumerate(NOTES, start=1):
        tab.text(row, 0, note, "note")
    for col, caption in enumerate(CAPTIONS):
        tab.text(HEADER, col, caption, "header_left")
    top = list(head(context))
    rows = [*top, *fields(context, tab.places, left_out)]
    tab.cells.extend(_cells(rows))
    for (row, col), label, value, formula in (
        (CHANGED, "Typed cells changed", changed(context), changed_formula(len(rows))),
        (SERIES, "Columns of series", _series(rows), series_formula(len(rows))),
    ):
        tab.text(row, col - 1, label, "label_right")
        tab.cells.append(Cell(row, col, value, formula, "calc.count"))
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.freeze = (HEADER + 1, 1)
    last = HEADER + len(rows)
    tab.filter = Area(HEADER, 0, last, len(CAPTIONS) - 1)
    tab.page = Page(
        area=Area(0, 0, HEADER + len(top), len(CAPTIONS) - 1),  # the rest is for programs
        repeat_rows=(HEADER, HEADER),
        footer=footer(context),
    )


def _series(rows: Iterable[Field]) -> float:
    """Return how many fields that may be typed are whole columns of a series."""
    return float(sum("{" in field.key and field.kind in TYPED_KINDS for field in rows))


def _cells(rows: Sequence[Field]) -> Iterator[Cell]:
    """Yield the cells of all rows, column by column: there are tens of thousands."""
    numbers = range(HEADER + 1, HEADER + 1 + len(rows))
    for col, texts in enumerate(list(zip(*rows, strict=True))[:ISSUED]):
        usual = _USUAL.get(col, "")
        yield from _texts(col, numbers, ["" if text == usual else text for text in texts])
    yield from _texts(SOURCE, numbers, [field.source for field in rows])
    for row, field in zip(numbers, rows, strict=True):
        if field.issued is not None:
            yield Cell(row, ISSUED, field.issued, "", f"helper.{field.style}")
        value, formula = field.live
        if formula:
            yield Cell(row, LIVE, value, formula, f"link.{field.style}")
        elif value is not None:
            yield Cell(row, LIVE, value, "", f"helper.{field.style}")
        if field.published is not NOTHING:
            yield from _remark(row, PUBLISHED, field.published, "date")
        if field.author is not NOTHING:
            yield from _remark(row, AUTHOR, field.author, "text")
            yield from _remark(row, REASON, field.reason, "text")
            yield from _remark(row, EXPIRES, field.expires, "date")


def _texts(col: int, rows: Sequence[int], texts: Sequence[str]) -> Iterator[Cell]:
    held = compress(rows, texts), repeat(col), filter(None, texts), repeat(""), repeat("small")
    return map(Cell._make, zip(*held, strict=False))


def _remark(row: int, col: int, link: LiveValue, style: str) -> Iterator[Cell]:
    if link.formula:
        yield Cell(row, col, link.value, link.formula, f"link.{style}")
    elif link.value:
        yield Cell(row, col, link.value, "", f"helper.{style}")
