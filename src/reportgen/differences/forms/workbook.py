"""The Changes workbook: summary, bridges with native waterfalls, inputs, facts, all the rest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.differences.forms.bridge_sheet import bridge_sheet
from reportgen.differences.forms.bridging import has_bars
from reportgen.differences.forms.change_sheets import change_sheets, file_sheet
from reportgen.differences.forms.content import SAME, title
from reportgen.differences.forms.file_content import SAME_FILES, WorkbookDiff
from reportgen.differences.forms.sheets import Filling, Shown, number, styles
from reportgen.xlsx.addresses import a1
from reportgen.xlsx.book import Book, Properties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.differences.records import End, Headline, ReportDiff, Unreproduced

NO_DAY = date(2000, 1, 1)  # of workbooks that speak of no day: the same diff is the same file
LETTERS = 100  # a line on the Summary
OLD, NEW = 2, 3
UNREPRODUCED = ("Value", "Key", "In the file", "Recomputed", "File")


def changes_book(diff: ReportDiff | WorkbookDiff) -> Book:
    """The diff as a workbook; the same diff gives the same bytes."""
    if isinstance(diff, WorkbookDiff):
        told = f"{diff.old.name} to {diff.new.name}"
        sheets, day = _of_files(diff, told), NO_DAY
    else:
        told, day = title(diff), diff.new.as_of
        bridges = [bridge_sheet(diff.bridges)] if any(map(has_bars, diff.bridges)) else []
        sheets = [_summary(diff, told), *bridges, *change_sheets(diff)]
    footer = f"&L{told.replace('&', '&&')[:100]}&R&P / &N"
    return Book(
        tuple(sheet.sheet(footer) for sheet in sheets),
        Properties(created=day, title=f"Changes, {told}"[:200], subject="What changed, and why"),
        styles(),
    )


def _of_files(diff: WorkbookDiff, told: str) -> list[Filling]:
    summary = Filling("Summary", (110.0,))
    summary.text(told, "title")
    for note in diff.notes:
        summary.paragraph(note, LETTERS)
    count = len(diff.changes)
    summary.text(f"{count:,} changes" if count else SAME_FILES, "label")
    return [summary, *file_sheet(diff.changes)]


def _summary(diff: ReportDiff, told: str) -> Filling:
    sheet = Filling("Summary", (34.0, 16.0, 13.0, 13.0, 13.0, 13.0))
    sheet.text(told, "title")
    sheet.text(f"old: {_end(diff.old)}", "subtitle")
    sheet.text(f"new: {_end(diff.new)}", "subtitle")
    sheet.row += 1
    head = ("Value", "Unit", "Old", "New", "Change", "Change, %")
    first = sheet.row + 1
    rows = [_headline(one, first + n) for n, one in enumerate(diff.headlines)]
    if rows:
        sheet.table(head, rows)
    if diff.unreproduced:
        sheet.text("Unreproduced: in the file is not what its own inputs give", "label_total")
        sheet.table(UNREPRODUCED, [_unreproduced(one) for one in diff.unreproduced])
    for text in _said(diff):
        sheet.paragraph(text, LETTERS)
    return sheet


def _unreproduced(one: Unreproduced) -> list[Shown]:
    values = (number(value, "", "output") for value in (one.stored, one.recomputed))
    return [Shown(one.label), Shown(one.key), *values, Shown(one.path.name)]


def _headline(one: Headline, row: int) -> list[Shown]:
    old, new = a1(row, OLD), a1(row, NEW)
    shown = [
        Shown(one.label),
        Shown(one.unit, "unit"),
        *(_value(one, v) for v in (one.old, one.new)),
    ]
    if one.change is None:
        return [*shown, number(None, ""), number(None, "")]
    change = Shown(one.change, "plain.signed", f"={new}-{old}")
    if one.relative is None:
        return [*shown, change, number(None, "")]
    ratio = Shown(one.relative, "plain.change", f"=({new}-{old})/ABS({old})")
    return [*shown, change, ratio]


def _value(one: Headline, value: float | None) -> Shown:
    return number(value, one.unit, "output")


def _said(diff: ReportDiff) -> Iterator[str]:
    """What has to be known besides the numbers."""
    yield from diff.notes
    for bridge in diff.bridges:
        if bridge.note and not has_bars(bridge):
            yield f"{bridge.label}: {bridge.note}"
    if diff.is_empty:
        yield SAME


def _end(end: End) -> str:
    return f"{end.path.name}, {end.ticker} as of {end.as_of}"
