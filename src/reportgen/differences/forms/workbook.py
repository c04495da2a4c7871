"""The Changes workbook: summary, bridges with native waterfalls, inputs, facts, all the rest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.differences.forms.bridge_sheet import bridge_sheet
from reportgen.differences.forms.bridges import has_bars
from reportgen.differences.forms.content import SAME, SAME_FILES, WorkbookDiff, title
from reportgen.differences.forms.sheets import Filling, Shown, change_of, fitted, number, styles
from reportgen.differences.forms.story import story
from reportgen.pages.figures import decimals
from reportgen.periods import serial
from reportgen.values import CENTS
from reportgen.xlsx.addresses import a1
from reportgen.xlsx.book import Book, Properties

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.differences.records import End, Headline, InputChange, ReportDiff, Unreproduced
    from reportgen.values import Value
    from reportgen.xlsx.compare.changes import WorkbookChange


INPUT_HEAD = ("Input", "Kind", "Key", "Unit", "Old", "New")
ORIGIN_HEAD = ("Old source", "New source", "Old published", "New published")
NO_DAY = date(2000, 1, 1)  # of workbooks that speak of no day: the same diff is the same file
LETTERS = 100  # a line on the Summary
OLD, NEW = 2, 3
UNREPRODUCED = ("Value", "Key", "In the file", "Recomputed", "File")


def change_sheets(diff: ReportDiff) -> Iterator[Filling]:
    """A tab for each sort of change that there is."""
    if diff.inputs:
        widths = (44.0, 12.0, 46.0, 13.0, 13.0, 13.0, 24.0, 24.0, 13.0, 13.0)
        rows = [_input(one) for one in diff.inputs]
        yield _listing("Inputs", "Inputs", (*INPUT_HEAD, *ORIGIN_HEAD), rows, widths)
    if diff.facts:
        facts = [
            [Shown(one.label), Shown(one.what), Shown(one.key), *_values(one.old, one.new, "")]
            for one in diff.facts
        ]
        head = ("Fact", "What", "Key", "Old", "New")
        yield _listing("Facts", "Facts and conflicts", head, facts, (50.0, 22.0, 46.0, 16.0, 16.0))
    if diff.checks:
        checks = [[Shown(one.label), Shown(one.old), Shown(one.new)] for one in diff.checks]
        yield _listing(
            "Checks", "Checks that turned", ("Check", "Old", "New"), checks, (70.0, 9, 9)
        )
    if diff.numbers:
        numbers = [
            [
                Shown(one.key),
                Shown(one.label),
                Shown(one.unit),
                *_values(one.old, one.new, one.unit),
            ]
            for one in diff.numbers
        ]
        head = ("Key", "Label", "Unit", "Old", "New")
        wide = (52.0, 52.0, 16.0, 16.0, 16.0)
        yield _listing("Numbers", "Every changed number", head, numbers, wide)
    yield from file_sheet(diff.workbook)


def file_sheet(changes: Sequence[WorkbookChange]) -> Iterator[Filling]:
    """The tab of changes of the files themselves; nothing for none."""
    if changes:
        rows = [_change(one) for one in changes]
        head = ("Kind", "Sheet", "Place", "Old place", "Old", "New", "Note")
        widths = (20.0, 22.0, 16.0, 16.0, 34.0, 34.0, 40.0)
        yield _listing("Workbook", "Changes of the files themselves", head, rows, widths)


def _listing(
    name: str,
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Shown]],
    widths: Sequence[float],
) -> Filling:
    sheet = Filling(name, fitted(rows, widths))
    sheet.text(title, "title")
    sheet.row += 1
    sheet.filter = sheet.table(head, rows)
    return sheet


def _input(one: InputChange) -> list[Shown]:
    return [
        Shown(one.label),
        Shown(one.kind),
        Shown(one.key),
        Shown(one.unit, "unit"),
        *_values(one.old, one.new, one.unit),
        Shown(one.old_source, "label_indent"),
        Shown(one.new_source, "label_indent"),
        _day(one.old_published),
        _day(one.new_published),
    ]


def _change(one: WorkbookChange) -> list[Shown]:
    kind = [Shown(one.kind.value), Shown(one.sheet), Shown(one.place), Shown(one.old_place)]
    # formulas of a foreign file stay text, and are never formulas here
    return [*kind, _cell(one.old), _cell(one.new), Shown(one.note)]


def _cell(value: float | str | bool | None) -> Shown:  # noqa: FBT001 - one of a cell's four kinds
    return Shown("") if value is None else number(value, "")


def _values(old: Value, new: Value, unit: str) -> tuple[Shown, Shown]:
    return number(old, unit), number(new, unit)


def _day(day: date | None) -> Shown:
    return Shown(None) if day is None else Shown(float(serial(day)), "plain.date")


def changes_book(diff: ReportDiff | WorkbookDiff) -> Book:
    """The diff as a workbook; the same diff gives the same bytes."""
    if isinstance(diff, WorkbookDiff):
        told = f"{diff.old.name} to {diff.new.name}"
        sheets, day, cents = _of_files(diff, told), NO_DAY, CENTS
    else:
        told, day, cents = title(diff), diff.new.as_of, diff.cents
        bridges = [bridge_sheet(diff.bridges, cents)] if any(map(has_bars, diff.bridges)) else []
        sheets = [_summary(diff, told), *bridges, *change_sheets(diff)]
    footer = f"&L{told.replace('&', '&&')[:100]}&R&P / &N"
    filled = tuple(sheet.sheet(footer) for sheet in sheets)
    return Book(
        filled,
        Properties(created=day, title=f"Changes, {told}"[:200], subject="What changed, and why"),
        styles(filled, cents),
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
    for sentence in story(diff):
        sheet.paragraph(sentence, LETTERS)
    sheet.text(f"old: {_end(diff.old)}", "subtitle")
    sheet.text(f"new: {_end(diff.new)}", "subtitle")
    sheet.row += 1
    head = ("Value", "Unit", "Old", "New", "Change", "Change, %")
    first = sheet.row + 1
    rows = [_headline(one, first + n, diff.cents) for n, one in enumerate(diff.headlines)]
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


def _headline(one: Headline, row: int, cents: int) -> list[Shown]:
    old, new, places = a1(row, OLD), a1(row, NEW), decimals(one.unit, cents)
    shown = [
        Shown(one.label),
        Shown(one.unit, "unit"),
        *(_value(one, v) for v in (one.old, one.new)),
    ]
    told = one.shown_change(cents)
    if told is None:
        return [*shown, number(None, ""), number(None, "")]
    # of what is shown, as in the other forms: a row adds up to its last digit
    formula = f"=ROUND({new},{places})-ROUND({old},{places})"
    change = Shown(told, f"plain.{change_of(one.unit)}", formula)
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
