"""Rows that somebody inserted into a table and filled in: where they count, and what is read."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reportgen.model.dims import SOURCE, TARGET
from reportgen.model.words import Entry
from reportgen.report.readback.case import issued_case
from reportgen.reviews.added import added
from reportgen.reviews.cells import Odd, Typed, place_in
from reportgen.reviews.records import EditKind
from reportgen.reviews.returned import Returned
from reportgen.reviews.rows import TABLES
from reportgen.xlsx.reader.records import ReadCell
from tests.reviews.typing_in import AS_OF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Dim, Line
    from reportgen.model.case.record import Case
    from reportgen.reviews.records import Edit
    from tests.reviews.typing_in import Issue

NOT_YET = "it counts in the model only once accepted"


class Place(NamedTuple):
    """Where a table stands: its tab, its first and last row, its columns by name."""

    tab: str
    first: int
    last: int
    columns: Mapping[str, int]


@pytest.fixture(scope="module")
def case(issue: Issue) -> Case:
    return issued_case(issue.report)


def column(dim: Dim, name: str) -> Line:
    line = {**TABLES[dim].columns, **TABLES[dim].flags}[name]
    return line.issued if isinstance(line, Entry) else line


def place_of(issue: Issue, case: Case, dim: Dim) -> Place:
    names, columns = case.members[dim], {}
    for name in (*TABLES[dim].columns, *TABLES[dim].flags):
        line = column(dim, name)
        places = [
            place_in(issue.report, line.key.replace(f"{{{dim.name}}}", member), line, (at,))
            for at, member in enumerate(names)
        ]
        found = [place for place in places if place is not None]
        if found:
            columns[name] = found[0].first_col
            tab, rows = found[0].sheet, [place.first_row for place in found]
    return Place(tab, min(rows), max(rows), columns)


def told(
    issue: Issue,
    case: Case,
    at: Place,
    rows: Mapping[int, Mapping[str, ReadCell]],
    inserted: set[int],
    typed: Mapping[tuple[Line, tuple[int, ...]], Typed] | None = None,
) -> list[Edit]:
    """The edits of a report in whose table some rows were inserted and filled in."""
    tab = issue.report.tabs[at.tab.casefold()]
    cells = {
        (row, at.columns[name]): cell for row, found in rows.items() for name, cell in found.items()
    }
    tabs = {**issue.report.tabs, at.tab.casefold(): tab._replace(cells={**tab.cells, **cells})}
    returned = Returned(
        *(replace(issue.report, tabs=tabs), case, case, "BABA", AS_OF, "", ()),
        inserted={at.tab.casefold(): frozenset(inserted)},
    )
    return list(added(returned, typed or {}))


HARBOUR = {
    "broker": ReadCell("Harbour & Co"),
    "published": ReadCell(45985.0),
    "target": ReadCell(230.0),
    "currency": ReadCell("USD"),
}


def test_rows_at_the_ends_of_a_table_are_its_own_while_they_were_inserted_there(
    issue: Issue, case: Case
) -> None:
    at = place_of(issue, case, TARGET)
    filled = (at.first - 2, at.first - 1, at.last + 1, at.last + 2, at.last + 4)
    inserted = {at.first - 1, at.last + 1, at.last + 2, at.last + 4}
    found = told(issue, case, at, dict.fromkeys(filled, HARBOUR), inserted)
    rows = (at.first - 1, at.last + 1, at.last + 2)
    assert [edit.key for edit in found] == [f"target[row{row + 1}]" for row in rows]
    assert told(issue, case, at, dict.fromkeys(filled, HARBOUR), set()) == []
    letter = chr(ord("A") + at.columns["published"])
    assert [edit.place for edit in found] == [f"'{at.tab}'!{letter}{row + 1}" for row in rows]


def test_an_inserted_row_is_evaluated_in_the_first_spare_one_that_is_free(
    issue: Issue, case: Case
) -> None:
    at = place_of(issue, case, TARGET)
    spare = [n for n, name in enumerate(case.members[TARGET]) if name.startswith("+")]
    line, taken = column(TARGET, "broker"), spare[:-2]
    typed = {
        (line, (n,)): Typed(f"target[+{no}].broker", line, (n,), "", "Citi", None)
        for no, n in enumerate(taken, start=1)
    }
    rows = range(at.last + 1, at.last + 4)
    edits = told(issue, case, at, dict.fromkeys(rows, HARBOUR), set(rows), typed)
    keys = [f"target[+{no}]" for no, _ in enumerate(taken, start=1)]
    assert [(edit.key, edit.kind) for edit in edits[:-3]] == [
        (key, EditKind.INCOMPLETE) for key in keys
    ]
    found = edits[-3:]
    slots = [{change.index for change in edit.taken} for edit in found]
    assert slots == [{(spare[-2],)}, {(spare[-1],)}, set()]
    assert {change.line: change.value for change in found[0].taken} == {
        line: "Harbour & Co",
        column(TARGET, "published"): 45985.0,
        column(TARGET, "target"): 230.0,
        column(TARGET, "currency"): "USD",
    }
    assert {(edit.kind, edit.is_beyond_model, edit.changes) for edit in found} == {
        (EditKind.ROW, True, ())
    }


# What stands in an inserted row of targets beside a broker; the edit's kind, figure and note
FILLED: dict[str, tuple[dict[str, ReadCell], EditKind, object, str]] = {
    "as it should be": ({}, EditKind.ROW, 230.0, NOT_YET),
    "a number as text": (
        {"target": ReadCell("1,231.5")},
        EditKind.ROW,
        1231.5,
        f'target "1,231.5" read as 1231.5; {NOT_YET}',
    ),
    "a day as text": (
        {"published": ReadCell("2025-11-24")},
        EditKind.ROW,
        230.0,
        f'published "2025-11-24" read as 2025-11-24; {NOT_YET}',
    ),
    "no day": (
        {"published": ReadCell("")},
        EditKind.ROW,
        230.0,
        "published left blank, so it did not count; once accepted: published 2025-11-30",
    ),
    "a formula for the figure": (
        {"target": ReadCell(230.0, "=200+30")},
        EditKind.INCOMPLETE,
        None,
        "target: holds a formula; type the value",
    ),
    "a formula for the day": (
        {"published": ReadCell(45985.0, "=A1")},
        EditKind.INCOMPLETE,
        230.0,
        "published: holds a formula; type the day",
    ),
    "a formula without a value": (
        {"target": ReadCell(None, "=200+30")},
        EditKind.INCOMPLETE,
        None,
        "target: holds a formula; type the value",
    ),
    "formulas for two, and something lacks": (
        {
            "target": ReadCell(230.0, "=1"),
            "published": ReadCell(1.0, "=1"),
            "currency": ReadCell(None),
        },
        EditKind.INCOMPLETE,
        None,
        (
            "lacks currency: fill it in; published: holds a formula; type the day; target: holds a"
            " formula; type the value"
        ),
    ),
    "a truth for the figure": (
        {"target": ReadCell(value=True)},
        EditKind.INCOMPLETE,
        "True",
        'target: "True" is not a number; type the target price in the row\'s currency',
    ),
    "a number for a name": ({"broker": ReadCell(360.0)}, EditKind.ROW, 230.0, NOT_YET),
}


@pytest.mark.parametrize(("cells", "kind", "figure", "note"), FILLED.values(), ids=FILLED)
def test_an_inserted_row_is_read_as_a_row_of_our_files(
    cells: dict[str, ReadCell], kind: EditKind, figure: object, note: str, issue: Issue, case: Case
) -> None:
    at = place_of(issue, case, TARGET)
    (edit,) = told(issue, case, at, {at.last + 1: {**HARBOUR, **cells}}, {at.last + 1})
    assert (edit.kind, edit.theirs, edit.note) == (kind, figure, note)
    name = "360" if "broker" in cells else "Harbour & Co"
    assert (edit.label, edit.unit) == (
        f"new row of targets.csv: {name}",
        "" if "currency" in cells else "USD",
    )
    assert bool(edit.taken) is (kind is EditKind.ROW)


def test_a_row_of_formulas_alone_was_not_typed(issue: Issue, case: Case) -> None:
    at = place_of(issue, case, TARGET)
    copied = {name: cell._replace(formula="=A1") for name, cell in HARBOUR.items()}
    blank = dict.fromkeys(HARBOUR, ReadCell(None)) | {"currency": ReadCell("")}
    rows = {at.last + 1: copied, at.last + 2: blank}
    assert told(issue, case, at, rows, set(rows)) == []


@pytest.mark.parametrize(
    ("flag", "told_as"),
    [(ReadCell(1.0), "promotional"), (ReadCell(0.0), ""), (ReadCell(value=True), "")],
)
def test_flags_of_an_inserted_source_are_read_from_their_columns(
    flag: ReadCell, told_as: str, issue: Issue, case: Case
) -> None:
    at = place_of(issue, case, SOURCE)
    cells = {"id": ReadCell("visit"), "tier": ReadCell("wire"), "promotional": flag}
    (edit,) = told(issue, case, at, {at.last + 1: cells}, {at.last + 1})
    assert (edit.kind, edit.theirs, edit.cells["flags"]) == (EditKind.ROW, "visit", told_as or None)


# What else stands in a spare row of targets: the override of its figure, a day that is odd
OVERRIDE, DAY = TABLES[TARGET].columns["target"], TABLES[TARGET].columns["published"]
FORMULA, TEXT = Odd("", "=A1", ""), Odd("", "", "2025-11-24")


@pytest.mark.parametrize(
    ("override", "day", "kind", "figure", "note"),
    [
        (nan, None, EditKind.ROW, 230.0, ""),
        (240.0, None, EditKind.ROW, 240.0, ""),
        (nan, TEXT, EditKind.ROW, 230.0, f'published "2025-11-24" read as 2025-11-24; {NOT_YET}'),
        (nan, FORMULA, EditKind.INCOMPLETE, 230.0, "published: holds a formula; type the day"),
    ],
)
def test_a_spare_row_is_read_as_a_row_of_our_files(
    override: float,
    day: Odd | None,
    kind: EditKind,
    figure: float,
    note: str,
    issue: Issue,
    case: Case,
) -> None:
    at = place_of(issue, case, TARGET)
    (n,) = (n for n, name in enumerate(case.members[TARGET]) if name == "+2")
    values: dict[Line, float | str] = {
        column(TARGET, "broker"): "Harbour & Co",
        column(TARGET, "target"): 230.0,
        column(TARGET, "currency"): "USD",
        DAY: nan if day else 45985.0,
    }
    if not isnan(override):
        assert isinstance(OVERRIDE, Entry)
        values[OVERRIDE.override] = override
    typed = {
        (line, (n,)): Typed("", line, (n,), "" if isinstance(now, str) else nan, now, odd)
        for line, now in values.items()
        for odd in [day if line is DAY else None]
    }
    (edit,) = told(issue, case, at, {}, set(), typed)
    tab, place = issue.spot("target[+2].issued")
    assert (edit.key, edit.place) == ("target[+2]", f"'{tab}'!{place}")
    assert (edit.kind, edit.theirs, edit.note) == (kind, figure, note)
    assert (edit.label, edit.unit) == ("new row of targets.csv: Harbour & Co", "USD")
    changed = {change.line: (change.index, change.value) for change in edit.changes}
    assert changed == {
        line: ((n,), now) for line, now in values.items() if line is not DAY or day is None
    }
    assert {change.index for change in edit.taken} == ({(n,)} if kind is EditKind.ROW else set())
    assert not edit.is_beyond_model
