"""A link of a returned file counts only where the comparison finds its cell in the same place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.report.readback.workbook import ReadReport, RegistryRow, RemarkCells, StatedOrigin
from reportgen.reviews.links import rerouted
from reportgen.xlsx.addresses import Ref
from reportgen.xlsx.compare.alignment import AxisMap
from reportgen.xlsx.compare.maps import MappedSheet, SheetMap
from reportgen.xlsx.reader.records import ReadBook, ReadSheet
from reportgen.xlsx.references import parse_area

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.reviews.links import Routes

# A row was inserted above row 4, row 9 was deleted, row 12 moved below row 14, column B is new
ROWS = AxisMap(
    pairs={0: 0, 2: 2, 3: 4, 7: 8, 9: 9, 10: 10, 11: 13, 12: 11, 13: 12},
    moved=frozenset({11}),
    inserted=frozenset({3}),
    deleted=frozenset({8}),
)
COLUMNS = AxisMap(pairs={0: 0, 1: 2}, inserted=frozenset({1}))
SHEETS = {
    "inputs": MappedSheet("eingaben", SheetMap(ROWS, COLUMNS)),
    "summary": MappedSheet("summary", SheetMap()),
    "lost": MappedSheet("nowhere", SheetMap()),
}


def ref(text: str) -> Ref | None:
    sheet, _, place = text.partition("!")
    return Ref(sheet, *parse_area(place)) if text else None


def report(key: str, kind: str, place: str, author: str = "") -> ReadReport:
    """A report of one field and the tabs that there are."""
    remarks = RemarkCells(author=ref(author))
    row = RegistryRow(key, kind, "number", (None,), ref(place), False, StatedOrigin(), remarks)  # noqa: FBT003 - no range
    tabs = {name.casefold(): ReadSheet(name) for name in ("Eingaben", "Summary")}
    return ReadReport(Path("a.xlsx"), ReadBook(()), {key: row} if key else {}, tabs)


def followed(
    issued: str, theirs: str, sheets: Mapping[str, MappedSheet] | None, kind: str = "input"
) -> Routes:
    return rerouted(report("k", kind, theirs), report("k", kind, issued), sheets)


# Where a cell was issued, where the file's link leads, where it is then, and whether it misleads
MAPPED: list[tuple[str, str, str, bool]] = [
    ("Inputs!A1", "Eingaben!A1", "Eingaben!A1", False),
    ("Inputs!A4", "Eingaben!A5", "Eingaben!A5", False),
    ("INPUTS!B4", "EINGABEN!C5", "EINGABEN!C5", False),
    ("Inputs!B4", "Eingaben!C4", "Eingaben!C5", True),
    ("Inputs!B4", "Eingaben!B5", "Eingaben!C5", True),
    ("Inputs!B4", "Summary!C5", "Eingaben!C5", True),
    ("Inputs!B4", "Inputs!B4", "Eingaben!C5", True),
    ("Inputs!B4", "", "Eingaben!C5", False),
    ("Inputs!A12", "Eingaben!A14", "Eingaben!A14", False),  # by its content
    ("Inputs!A12", "Eingaben!A12", "Eingaben!A12", False),  # by insertions alone
    ("Inputs!A12", "Eingaben!A13", "Eingaben!A14", True),
    ("Inputs!A9", "", "", False),  # its row was deleted
    ("Inputs!A9", "Eingaben!A10", "Eingaben!A10", False),
    ("Inputs!A9", "Eingaben!A9", "", True),
    ("Inputs!A4:B8", "Eingaben!A5:C9", "Eingaben!A5:C9", False),
    ("Inputs!A4:B8", "Eingaben!A5:C10", "Eingaben!A5:C9", True),
    ("Inputs!A4:A9", "", "Eingaben!A5:A9", False),
    ("Inputs!A4:B4", "", "Eingaben!A5:C5", False),
    ("Summary!C3", "Summary!C3", "Summary!C3", False),
    ("Removed!A1", "", "", False),
    ("Removed!A1", "Summary!A1", "", True),
    ("Lost!A1", "Nowhere!A1", "", True),
    ("", "Summary!A1", "", False),
    ("", "", "", False),
]


@pytest.mark.parametrize(("issued", "theirs", "now", "misleads"), MAPPED)
def test_a_link_is_followed_where_the_comparison_bears_it_out(
    issued: str, theirs: str, now: str, *, misleads: bool
) -> None:
    found = followed(issued, theirs, SHEETS)
    assert found.report.listed["k"].place == ref(now)
    assert bool(found.misled) is misleads
    told = "the link of k in its Registry leads to another cell than was issued"
    assert found.notes == (f"{told}: what was typed there is not taken",) * misleads


def test_many_links_that_mislead_are_told_as_one() -> None:
    issued, theirs = report("k", "input", "Inputs!B4"), report("k", "input", "Inputs!B5")
    both = [
        replace(one, listed={**one.listed, "j": one.listed["k"]._replace(key="j")})
        for one in (theirs, issued)
    ]
    (told,) = rerouted(*both, None).notes
    assert told == (
        "2 links of its Registry lead to other cells than those that were issued (j ...): what was"
        " typed there is not taken"
    )


@pytest.mark.parametrize(
    ("issued", "theirs", "now", "misleads"),
    [
        ("Inputs!B4", "Inputs!B4", "Inputs!B4", False),
        ("Inputs!B4", "inputs!B4", "inputs!B4", False),
        ("Inputs!B4", "Inputs!B5", "Inputs!B4", True),
        ("Inputs!B4", "", "Inputs!B4", False),
        ("Inputs!B4:B9", "Inputs!B4:B8", "Inputs!B4:B9", True),
    ],
)
def test_where_no_cell_stands_elsewhere_a_link_leads_where_it_was_issued(
    issued: str, theirs: str, now: str, *, misleads: bool
) -> None:
    found = followed(issued, theirs, None)
    assert found.report.listed["k"].place == ref(now)
    assert bool(found.misled) is misleads


@pytest.mark.parametrize(
    ("kind", "misleads"),
    [
        ("input", True),
        ("override", True),
        ("control", True),
        ("text", True),
        ("remark", True),
        ("calculated", False),
        ("headline", False),
    ],
)
def test_only_what_is_typed_misleads(kind: str, *, misleads: bool) -> None:
    assert bool(followed("Inputs!B4", "Inputs!B5", None, kind).misled) is misleads


def test_a_remark_beside_an_input_is_followed_as_the_input_is() -> None:
    issued = report("k", "override", "Inputs!B4", "Inputs!B5")
    for theirs, now, misled in (
        ("Eingaben!C6", "Eingaben!C6", frozenset()),
        ("Eingaben!C7", "Eingaben!C6", {"k"}),
        ("", "Eingaben!C6", frozenset()),
    ):
        found = rerouted(report("k", "override", "Eingaben!C5", theirs), issued, SHEETS)
        assert found.report.listed["k"].remarks == RemarkCells(author=ref(now))
        assert found.misled == misled


def test_what_the_returned_file_no_longer_lists_is_found_by_the_comparison() -> None:
    gone = rerouted(report("", "", ""), report("k", "override", "Inputs!B4", "Inputs!B5"), SHEETS)
    row = gone.report.listed["k"]
    assert (row.place, row.remarks.author) == (ref("Eingaben!C5"), ref("Eingaben!C6"))
    assert (gone.misled, gone.still) == (frozenset(), {"eingaben", "summary"})


@pytest.mark.parametrize(
    ("issued", "theirs", "still"),
    [
        ("Summary!B4", "summary!B4", {"eingaben", "summary"}),
        ("Eingaben!B4", "Eingaben!B5", {"summary"}),
        ("Summary!B4", "", {"eingaben"}),
        ("", "Summary!B4", {"eingaben", "summary"}),
    ],
)
def test_a_tab_is_still_of_which_no_field_stands_elsewhere(
    issued: str, theirs: str, still: set[str]
) -> None:
    assert followed(issued, theirs, None, "calculated").still == still
    misled = followed("Summary!B4", "Summary!B5", None)
    assert misled.still == frozenset()
