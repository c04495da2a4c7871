"""What was done to a workbook beyond its inputs: many formulas of one cause are one thing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from reportgen.report.readback.workbook import ReadReport
from reportgen.reviews.causes import few
from reportgen.reviews.records import Edit, EditKind
from reportgen.reviews.returned import Returned
from reportgen.reviews.sheets import compared
from reportgen.xlsx.compare.changes import ChangeKind, WorkbookChange
from reportgen.xlsx.reader.records import ReadBook, ReadCell, ReadSheet
from reportgen.xlsx.references import parse_cell
from tests.reviews.typing_in import AS_OF, GROWTH

if TYPE_CHECKING:
    from reportgen.model.case.record import Case
    from tests.reviews.typing_in import Issue


def formula(at: int, *, tab: str = "Summary", was: str = "", now: str = "") -> WorkbookChange:
    """A formula beside the others that became another one."""
    old, new = was or f"=Z{at}*2", now or f"=Z{at}*3"
    return WorkbookChange(ChangeKind.FORMULA, tab, f"Z{at}", old, new, f"Z{at}")


def pasted(at: int, note: str = "same value", *, was: str = "=A1") -> WorkbookChange:
    return WorkbookChange(ChangeKind.HARDCODED, "Summary", f"Z{at}", was, 7.0, f"Z{at}", note)


def lost(tab: str) -> WorkbookChange:
    return formula(90, tab=tab, was="=Growth!A1", now="=#REF!")


REMOVED = WorkbookChange(ChangeKind.SHEET_REMOVED, "Sensitivity", "", old="Sensitivity")
CALCULATED = WorkbookChange(ChangeKind.CALCULATED, "Summary", "Z1", 1.0, 2.0, "Z1")
COMMENT = WorkbookChange(ChangeKind.COMMENT, "Summary", "Z1", None, "why?")
NEVER = "formulas of a returned file are never taken over"
STAYED = "a typed-over formula does not move our model: type the figure under Override"
GONE = "rows or tabs that they refer to were deleted"
# The changes of a workbook; the formulas told, as label, place, note and how many they stand for;
# the other changes; whether the file may come to something else than its inputs, and is touched
TOLD: dict[str, tuple[list[WorkbookChange], list[tuple[str, str, str, int]], int, bool, bool]] = {
    "nothing": ([], [], 0, False, False),
    "values that follow": ([CALCULATED], [], 0, False, False),
    "a comment": ([COMMENT], [], 1, False, False),
    "a tab without inputs removed": ([REMOVED], [], 1, True, False),
    "a formula": ([formula(1)], [("Summary!Z1", "Summary!Z1", NEVER, 0)], 0, True, True),
    "a value typed over a formula": (
        [pasted(1)],
        [("Summary!Z1", "Summary!Z1", STAYED, 0)],
        0,
        True,
        True,
    ),
    "five formulas alike": (
        [formula(at) for at in range(1, 6)],
        [(f"Summary!Z{at}", f"Summary!Z{at}", NEVER, 0) for at in range(1, 6)],
        0,
        True,
        True,
    ),
    "six formulas alike": (
        [formula(at) for at in range(1, 7)],
        [("Summary: 6 formulas changed alike", "Summary!Z1 ... Z6", NEVER, 6)],
        0,
        True,
        True,
    ),
    "six formulas, one of them otherwise": (
        [*(formula(at) for at in range(1, 6)), formula(6, now="=Z6+1")],
        [(f"Summary!Z{at}", f"Summary!Z{at}", NEVER, 0) for at in range(1, 7)],
        0,
        True,
        True,
    ),
    "six pasted as values": (
        [pasted(at, was=f"=A{at}" if at < 4 else "=2*B1") for at in range(1, 7)],
        [
            (
                "Summary: 6 formulas pasted as values; the values are as issued",
                "Summary!Z1 ... Z6",
                STAYED,
                6,
            )
        ],
        0,
        True,
        True,
    ),
    "six pasted, two as other values": (
        [pasted(at, "value 1.0 -> 7.0" if at < 3 else "same value") for at in range(1, 7)],
        [
            (
                "Summary: 6 formulas pasted as values; 2 of them as other values",
                "Summary!Z1 ... Z6",
                STAYED,
                6,
            )
        ],
        0,
        True,
        True,
    ),
    "what referred to deleted rows": (
        [lost("Summary"), lost("Base")],
        [("2 formulas lost what they refer to, on Summary, Base", "Summary!Z90", GONE, 2)],
        0,
        False,
        True,
    ),
    "the same on five tabs": (
        [lost(tab) for tab in ("Summary", "Bull", "Base", "Bear", "Checks")],
        [
            (
                "5 formulas lost what they refer to, on Summary, Bull, Base, Bear, Checks",
                "Summary!Z90",
                GONE,
                5,
            )
        ],
        0,
        False,
        True,
    ),
    "the same on six tabs": (
        [lost(tab) for tab in ("Summary", "Bull", "Base", "Bear", "Checks", "Growth")],
        [("6 formulas lost what they refer to, on 6 tabs", "Summary!Z90", GONE, 6)],
        0,
        False,
        True,
    ),
    "a formula that had lost it before": (
        [formula(1, was="=#REF!+1", now="=#REF!+2")],
        [("Summary!Z1", "Summary!Z1", NEVER, 0)],
        0,
        True,
        True,
    ),
}


def returned(issue: Issue) -> Returned:
    case = cast("Case", None)  # what is compared are cells
    return Returned(issue.report, case, case, "BABA", AS_OF, "", ())


@pytest.mark.parametrize(("found", "told", "others", "beyond", "touched"), TOLD.values(), ids=TOLD)
def test_changes_of_one_cause_are_told_as_one(
    issue: Issue,
    found: list[WorkbookChange],
    told: list[tuple[str, str, str, int]],
    others: int,
    *,
    beyond: bool,
    touched: bool,
) -> None:
    made = compared(returned(issue), found)
    edits = [(edit.label, edit.place, edit.note, len(edit.parts)) for edit in made.formulas]
    assert edits == told
    stood = {f"{change.sheet}!{change.place}": (change.old, change.new) for change in found}
    for edit in made.formulas:  # of many alike the first one
        assert (edit.issued, edit.theirs) == stood[edit.place.partition(" ")[0]]
        assert all(isinstance(part, Edit) for part in edit.parts)
    assert len(made.workbook) == others
    assert (made.is_beyond_model, made.is_touched, made.notes) == (beyond, touched, ())


def test_an_input_is_no_change_of_the_workbook_and_a_computed_cell_goes_by_its_key(
    issue: Issue,
) -> None:
    changes = []
    for key in (f"{GROWTH}.override", f"{GROWTH}@author", "expected_value"):
        tab, place = issue.spot(key)
        changes.append(WorkbookChange(ChangeKind.HARDCODED, tab, place, "=1", 2.0, place))
    (edit,) = compared(returned(issue), changes).formulas
    assert (edit.key, edit.label) == ("expected_value", "expected_value")


Cells = dict[str, ReadCell]
AT_ISSUE: Cells = {
    "A2": ReadCell("Label"),
    "B2": ReadCell(4.0, "=Inputs!B2*2"),
    "C2": ReadCell(8.0, "=B2*2"),
    "B3": ReadCell(None, '=""'),
    "D5": ReadCell(1.0, "=Base!A1"),
}
MOVED = WorkbookChange(ChangeKind.ROW_MOVED, "Summary", "2:3", old_place="2:2")
LOST = "=#REF!*2"


def report(cells: Cells) -> ReadReport:
    """A report of the tab Summary with these cells, a tab that was shifted and one more."""
    tabs = {
        name: ReadSheet(name, cells={parse_cell(at): cell for at, cell in of.items()})
        for name, of in (("Summary", cells), ("Base", {}), ("Inputs", {}))
    }
    by_name = {name.casefold(): tab for name, tab in tabs.items()}
    return ReadReport(Path("a.xlsx"), ReadBook(tuple(tabs.values())), {}, by_name)


# What is told of a change where a tab was not shifted, by what its cells became
IN_PLACE: dict[str, tuple[WorkbookChange, Cells, list[tuple[ChangeKind, str]]]] = {
    "the cells are what they were": (MOVED, {}, []),
    "a formula typed over": (
        MOVED,
        {"C2": ReadCell(9.0)},
        [(ChangeKind.HARDCODED, "C2")],
    ),
    "a formula typed over with its value": (
        MOVED,
        {"B2": ReadCell(4.0)},
        [(ChangeKind.HARDCODED, "B2")],
    ),
    "an empty text pasted as a value": (
        MOVED,
        {"B3": ReadCell(None)},
        [(ChangeKind.HARDCODED, "B3")],
    ),
    "a formula cleared": (MOVED, {"C2": ReadCell(None)}, [(ChangeKind.ROW_MOVED, "2:3")]),
    "a text that is another one": (
        MOVED,
        {"A2": ReadCell("Other")},
        [(ChangeKind.ROW_MOVED, "2:3")],
    ),
    "a formula that is another one": (
        MOVED,
        {"C2": ReadCell(8.0, "=B2*3")},
        [(ChangeKind.ROW_MOVED, "2:3")],
    ),
    "something typed where nothing stood": (
        MOVED,
        {"E3": ReadCell(1.0)},
        [(ChangeKind.ROW_MOVED, "2:3")],
    ),
    "a formula that lost what it refers to": (
        MOVED,
        {"C2": ReadCell(8.0, LOST)},
        [(ChangeKind.FORMULA, "C2")],
    ),
    "one that lost it, elsewhere": (
        MOVED,
        {"D5": ReadCell(1.0, LOST)},
        [(ChangeKind.FORMULA, "D5")],
    ),
    "columns, one of whose formulas was typed over": (
        replace(MOVED, kind=ChangeKind.COLUMN_MOVED, place="C:D", old_place="C:C"),
        {"C2": ReadCell(9.0), "B2": ReadCell(5.0)},
        [(ChangeKind.COLUMN_MOVED, "C:D")],  # D5 reads a tab that was shifted
    ),
    "a column whose formula was typed over": (
        replace(MOVED, kind=ChangeKind.COLUMN_DELETED, place="B:C", old_place=""),
        {"C2": ReadCell(9.0)},
        [(ChangeKind.HARDCODED, "C2")],
    ),
    "a formula that is where it was": (
        WorkbookChange(ChangeKind.FORMULA, "Summary", "C2", "=B3*2", "=B2*2", "C3"),
        {},
        [],
    ),
    "a formula that reads a tab that was shifted": (
        WorkbookChange(ChangeKind.FORMULA, "Summary", "D5", "=Base!A2", "=Base!A1", "D5"),
        {},
        [(ChangeKind.FORMULA, "D5")],
    ),
    "a tab that was shifted itself": (
        replace(MOVED, sheet="Base"),
        {},
        [(ChangeKind.ROW_MOVED, "2:3")],
    ),
    "another kind of change": (
        WorkbookChange(ChangeKind.COMMENT, "Summary", "C2", None, "why?", "C2"),
        {},
        [(ChangeKind.COMMENT, "C2")],
    ),
}


@pytest.mark.parametrize(("change", "cells", "told"), IN_PLACE.values(), ids=IN_PLACE)
def test_where_nothing_was_shifted_each_cell_is_held_to_its_own_place(
    change: WorkbookChange, cells: Cells, told: list[tuple[ChangeKind, str]]
) -> None:
    case = cast("Case", None)
    made = compared(
        Returned(
            *(report({**AT_ISSUE, **cells}), case, case, "BABA", AS_OF, "", ()),
            origin=report(AT_ISSUE),
            still=frozenset({"summary", "inputs"}),
        ),
        [change],
    )
    found = [(one.kind, one.place) for one in made.workbook]
    for edit in made.formulas:
        kind = ChangeKind.HARDCODED if edit.kind is EditKind.HARDCODED else ChangeKind.FORMULA
        found.append((kind, edit.place.partition("!")[2]))
    assert found == told


@pytest.mark.parametrize(
    ("old", "new", "is_told"),
    [(5.0, 4.0, True), (1.0, 0.0, True), (4.0, 4.0, False), (0.0, 1.0, False)],
)
def test_values_that_a_program_lost_are_counted(old: float, new: float, *, is_told: bool) -> None:
    case = cast("Case", None)
    lost = WorkbookChange(ChangeKind.UNCACHED, "Summary", "", old, new)
    made = compared(Returned(report(AT_ISSUE), case, case, "BABA", AS_OF, "", ()), [lost, COMMENT])
    note = "1 computed values were lost when it was saved: all are recomputed here"
    assert made.notes == ((note,) if is_told else ())
    assert (made.workbook, made.formulas, made.is_beyond_model) == ((COMMENT,), (), False)


@pytest.mark.parametrize(
    ("size", "told"),
    [(5, [(f"Z{number}", "") for number in range(1, 6)]), (6, [("Z1 ... Z6", "6 of them: --all")])],
)
def test_many_changes_of_one_kind_on_one_tab_are_told_as_one(
    size: int, told: list[tuple[str, str]]
) -> None:
    comments = [replace(COMMENT, place=f"Z{number}") for number in range(1, size + 1)]
    *found, last = few([*comments, CALCULATED])
    assert [(one.place, one.note) for one in found] == told
    assert {(one.kind, one.sheet) for one in found} == {(ChangeKind.COMMENT, "Summary")}
    assert last == CALCULATED
