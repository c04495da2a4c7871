"""What no single cell of a returned report tells of: series, removed cells, notes in the list."""

from __future__ import annotations

import math
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from reportgen.expr.nodes import Unit
from reportgen.model.dims import CLOSE
from reportgen.model.inputs.market_data import close, close_date
from reportgen.report.readback.workbook import ReadReport, RegistryRow, RemarkCells, StatedOrigin
from reportgen.reviews.edits import beyond_cells, meant
from reportgen.reviews.records import EditKind, Remark
from reportgen.xlsx.addresses import Ref
from reportgen.xlsx.reader.records import ReadBook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.reviews.records import Edit
    from reportgen.reviews.remarks import Remarks
    from reportgen.reviews.returned import Returned
    from reportgen.values import Value

THERE = Ref.cell("Inputs", 4, 2)
NOTED = "it stands in the list alone, so the model did not move: type it beside its input"


def row(key: str, kind: str, issued: Value = None, *, place: Ref | None = THERE) -> RegistryRow:
    return RegistryRow(key, kind, "number", (issued,), place, False, StatedOrigin(), RemarkCells())  # noqa: FBT003 - no range


def told(
    *rows: RegistryRow,
    before: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
    noted: Mapping[str, tuple[float | None, Remark]] | None = None,
    keys: frozenset[str] = frozenset(),
) -> list[Edit]:
    """The edits of a report that lists some fields, whose closes were and are now such rows."""
    listed = {one.key: one for one in rows}
    issued, now = (SimpleNamespace(members={CLOSE: names}) for names in (before, after))
    report = ReadReport(Path("a.xlsx"), ReadBook(()), listed, {})
    returned = SimpleNamespace(report=report, issued=issued, now=now)
    remarks = SimpleNamespace(noted=noted or {})
    return list(beyond_cells(cast("Returned", returned), cast("Remarks", remarks), set(keys)))


# The rows of a series as issued and now, and how many there were and are, and which are told
SERIES: list[tuple[str, str, tuple[float, float, str] | None]] = [
    ("a b", "a b", None),
    ("a b", "b a", None),
    ("a +1", "a", None),  # a spare row
    ("a +1", "a b +1", (2, 3, "+b")),
    ("a b", "b", (2, 1, "-a")),
    ("a b", "b c", (2, 2, "+c -a")),
    ("a b c", "d e f g", (3, 4, "+d +e +f +g -a -b")),
]


@pytest.mark.parametrize(("before", "after", "what"), SERIES)
def test_rows_that_joined_or_left_a_series_are_told_by_name(
    before: str, after: str, what: tuple[float, float, str] | None
) -> None:
    found = told(before=tuple(before.split()), after=tuple(after.split()))
    if what is None:
        assert found == []
        return
    (edit,) = found
    assert (edit.key, edit.label) == ("members[close]", "Rows of the series close")
    assert (edit.kind, edit.unit, edit.place) == (EditKind.SERIES, "", "")
    assert (edit.issued, edit.theirs) == what[:2]
    assert edit.note == (
        f"{what[2]}: series come from their source: append the rows there, or type them into its"
        " spare rows"
    )
    assert edit.is_beyond_model


@pytest.mark.parametrize("gone", [close_date, close.issued])
def test_a_series_of_which_a_column_was_removed_is_told_as_removed_cells(gone: object) -> None:
    key = cast("RegistryRow", gone).key
    (edit,) = told(row(key, "input", place=None), before=("a", "b"), after=())
    assert edit.kind is EditKind.GONE


@pytest.mark.parametrize(
    ("kind", "is_told"),
    [
        ("input", True),
        ("override", True),
        ("control", True),
        ("text", True),
        ("remark", True),
        ("calculated", False),
        ("headline", False),
        ("left out", False),
    ],
)
def test_typed_cells_that_are_gone_are_told_together(kind: str, *, is_told: bool) -> None:
    rows = [row(key, kind, place=None) for key in ("a.issued", "a.override", "told[x].issued")]
    found = told(*rows, row("there", kind), keys=frozenset({"told[x]", "other"}))
    assert bool(found) is is_told
    for edit in found:
        assert (edit.key, edit.label, edit.unit) == ("report.inputs", "Cells of inputs", "count")
        assert (edit.kind, edit.place) == (EditKind.GONE, "")
        assert (edit.issued, edit.theirs, edit.is_beyond_model) == (2.0, 0.0, True)
        assert edit.note == (
            "their cells or their tab were removed: they are taken as they were issued"
        )


def test_a_row_that_is_told_takes_only_its_own_cells_along() -> None:
    rows = [row(key, "input", place=None) for key in ("fx[A].issued", "fx[AB].issued", "fx[A]x")]
    (edit,) = told(*rows, keys=frozenset({"fx[A]"}))
    assert edit.issued == 2.0


# What an input was at issue, overridden and issued; what is noted; what is told as issued
NOTES: dict[str, tuple[Value, Value, float | None, list[Value]]] = {
    "another value": (None, 1.0, 2.0, [1.0]),
    "the value that it has": (None, 1.0, 1.0, []),
    "the value to the digits that programs keep": (None, 1.0, 1 + 1e-15, []),
    "of what is overridden": (3.0, 1.0, 2.0, [3.0]),
    "what it would be without its override": (3.0, 1.0, 1.0, [3.0]),
    "what it is overridden with": (3.0, 1.0, 3.0, []),
    "no value": (None, 1.0, None, []),
    "of what there is not": (None, None, 2.0, [None]),
    "nothing, of what there is not": (None, None, math.nan, [None]),
}


@pytest.mark.parametrize(("override", "issued", "value", "stood"), NOTES.values(), ids=NOTES)
def test_a_value_that_stands_in_the_list_alone_is_told(
    override: Value, issued: Value, value: float | None, stood: list[Value]
) -> None:
    fields = row("fx[A].override", "override", override), row("fx[A].issued", "input", issued)
    remark = Remark("A. N", "because")
    found = told(*fields, noted={"fx[A]": (value, remark)})
    assert [(edit.key, edit.label, edit.kind, edit.issued) for edit in found] == [
        ("fx[A]", "fx[A]", EditKind.NOTED, one) for one in stood
    ]
    for edit in found:
        assert edit.theirs == value or math.isnan(cast("float", edit.theirs))
        assert (edit.remark, edit.note, edit.unit, edit.place) == (remark, NOTED, "", "")
    assert told(*fields, noted={"fx[A]": (value, remark)}, keys=frozenset({"fx[A]"})) == []


@pytest.mark.parametrize(
    ("unit", "text", "how"),
    [
        (Unit.DATE, "3 November 2025", "a day belongs: type the day (2025-11-03?)"),
        (Unit.DATE, "03/11/2025", "a day belongs: type the day (2025-03-11 or 2025-11-03?)"),
        (Unit.DATE, "11/11/2025", "a day belongs: type the day (2025-11-11?)"),
        (Unit.DATE, "soon", "a day belongs: type the day"),
        (Unit.RATIO, "12,5%", "a number belongs: type the number (0.125?)"),
        (Unit.NUMBER, "12.5", "a number belongs: type the number (12.5?)"),
        (Unit.NUMBER, "about twelve", "a number belongs: type the number"),
    ],
)
def test_a_text_is_told_with_what_to_type_and_how_it_may_be_meant(
    unit: Unit, text: str, how: str
) -> None:
    assert meant(unit, text) == f"it holds text where {how}"
