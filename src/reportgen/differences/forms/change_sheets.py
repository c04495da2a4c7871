"""The tabs of a Changes workbook that list changes, a row each, with filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.differences.forms.sheets import Filling, Shown, fitted, number
from reportgen.periods import serial

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reportgen.attribution.records import Value
    from reportgen.differences.records import InputChange, ReportDiff
    from reportgen.xlsx.compare.changes import WorkbookChange

INPUT_HEAD = ("Input", "Kind", "Key", "Unit", "Old", "New")
ORIGIN_HEAD = ("Old source", "New source", "Old published", "New published")


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
