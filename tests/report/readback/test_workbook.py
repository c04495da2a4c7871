"""The Registry read cell by cell: where it stands, what a row says, and what is refused."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from reportgen.errors import ReportgenError
from reportgen.expr.nodes import Dim, Kind, Line, Unit
from reportgen.expr.numeric import MISFIT
from reportgen.model.dims import CLOSE
from reportgen.model.keys import NONE
from reportgen.report.readback import workbook
from reportgen.report.readback.given import DIMS, SeriesRows, array_now, issued_array
from reportgen.report.readback.values import has_no_values, stored_values, uncalculated, values
from reportgen.report.readback.workbook import (
    MOST_CELLS,
    NotAReportError,
    ReadReport,
    RemarkCells,
    StatedOrigin,
    as_issued,
    finish,
    place_of,
)
from reportgen.report.registry.file import Recorded, RecordedRow
from reportgen.report.registry.form import CAPTIONS, is_of_whole_column, packed
from reportgen.xlsx.addresses import Ref
from reportgen.xlsx.reader.records import CellError, ReadBook, ReadCell, ReadSheet

if TYPE_CHECKING:
    from reportgen.values import Value
    from reportgen.xlsx.reader.process import Reading


Said = dict[str, "Value | ReadCell"]


SCHEMA: Said = {"Key": "report.schema", "Kind": "report", "Issued": 1.0}


@dataclass
class Read:
    """A workbook that was read whole."""

    content: ReadBook
    path: Path = Path("report.xlsx")
    is_whole: bool = True
    skipped: tuple[str, ...] = field(default=())

    def book(self) -> ReadBook:
        return self.content


def registry(*rows: Said, at: int = 3, first: int = 1, name: str = "Registry") -> ReadSheet:
    """A Registry with its captions in row `at`, the second of them in column `first`."""
    cols = {caption: col + first - 1 if col else 0 for col, caption in enumerate(CAPTIONS)}
    cells = {(at, col): ReadCell(caption) for caption, col in cols.items()}
    for row, said in enumerate(rows, at + 1):
        for caption, value in said.items():
            cell = value if isinstance(value, ReadCell) else ReadCell(value)
            cells[row, cols[caption]] = cell
    return ReadSheet(name, cells=cells)


INPUTS = ReadSheet(
    "Inputs",
    cells={
        (0, 0): ReadCell(1.5),
        (0, 1): ReadCell("two"),
        (1, 0): ReadCell(value=True),
        (2, 1): ReadCell(None, "=1"),
        (3, 0): ReadCell(CellError("#N/A")),
        (3, 1): ReadCell("n/a"),
        (4, 0): ReadCell(0.0),
        (5, 0): ReadCell("soon"),
        (6, 0): ReadCell(""),
        (0, 3): ReadCell(1.0),
        (1, 3): ReadCell(0.0),
        (2, 3): ReadCell(2_958_465.0),
        (3, 3): ReadCell(2_958_466.0),
        (4, 3): ReadCell("a day"),
        (5, 3): ReadCell(45_000.5),
    },
)


def read(*rows: Said, **where: object) -> ReadReport:
    sheet = registry(SCHEMA, *rows, **where)  # type: ignore[arg-type]
    return finish(cast("Reading", Read(ReadBook((INPUTS, sheet)))))


def link(formula: str) -> ReadCell:
    return ReadCell(0.0, formula)


@pytest.mark.parametrize(
    ("at", "first", "is_found"),
    [(0, 1, True), (3, 1, True), (99, 1, True), (100, 1, False), (3, 43, True), (3, 44, False)],
)
def test_the_captions_are_found_where_people_may_have_moved_them(
    at: int, first: int, *, is_found: bool
) -> None:
    row: Said = {"Key": "a", "Expires": 5.0}
    if is_found:
        assert read(row, at=at, first=first).listed["a"].origin.expires == 5.0
    else:
        with pytest.raises(
            NotAReportError, match="has no Registry tab with the columns Key, Label"
        ):
            read(row, at=at, first=first)


def test_a_row_says_what_its_cells_say() -> None:
    report = read(
        {"Label": "no key"},
        {"Key": 5.0, "Issued": 5.0},
        {"Key": "plain", "Issued": 2.5, "Live": link("=Inputs!A1")},
        {"Key": "whole", "Kind": "input", "Type": "date", "Live": link("=ROWS(Inputs!A1:A4)")},
        {"Key": "wide", "Kind": "text", "Issued": "[1,", "Live": link("=COLUMNS(Inputs!A1:B1)")},
        {"Key": "wide", "Kind": "continued", "Issued": "2,"},
        {"Key": "wide", "Kind": "continued", "Issued": "3]"},
        {"Key": "other", "Kind": "continued", "Issued": "x"},
        {"Key": "gone", "Kind": "left out", "Issued": "n/a"},
        {
            "Key": "signed",
            "Source": "filing",
            "Published": link("=Inputs!B2"),
            "Author": link("=Inputs!C2"),
            "Reason": "so",
            "Expires": link("=Inputs!E2"),
        },
        {"Key": "plain", "Issued": 7.0},
        {"Key": "plain", "Issued": 8.0},
    )
    found = {
        key: (row.kind, row.type, row.issued, row.place, row.is_range, row.is_left_out)
        for key, row in report.listed.items()
    }
    assert found == {
        "report.schema": ("report", "number", (1.0,), None, False, False),
        "plain": ("calculated", "number", (2.5,), ("Inputs", 0, 0, 0, 0), False, False),
        "whole": ("input", "date", (None,), ("Inputs", 0, 0, 3, 0), True, False),
        "wide": ("text", "number", ("[1,", "2,", "3]"), ("Inputs", 0, 0, 0, 1), True, False),
        "other": ("continued", "number", ("x",), None, False, False),
        "gone": ("left out", "number", (None,), None, False, True),
        "signed": ("calculated", "number", (None,), None, False, False),
    }
    assert report.listed["signed"].origin == StatedOrigin("filing", 0.0, 0.0, "so", 0.0)
    assert report.listed["signed"].remarks == RemarkCells(
        Ref("Inputs", 1, 1, 1, 1), Ref("Inputs", 1, 2, 1, 2), None, Ref("Inputs", 1, 4, 1, 4)
    )
    assert report.listed["plain"].remarks == RemarkCells()
    assert (report.text("wide"), report.text("plain"), report.text("none")) == ("[1,", "", "")


@pytest.mark.parametrize(
    ("formula", "place"),
    [
        ("=Inputs!C4", Ref("Inputs", 3, 2, 3, 2)),
        ("='A B''s'!$C$4:$D$9", Ref("A B's", 3, 2, 8, 3)),
        ('=IF(ISBLANK(Base!B2),"",Base!B2)', Ref("Base", 1, 1, 1, 1)),
        ("=Inputs!XFD1048576", Ref("Inputs", 1_048_575, 16_383, 1_048_575, 16_383)),
        ("=Inputs!C0", None),
        ("=Inputs!ABCD1", None),
        ("=Inputs!#REF!", None),
        ("=C4", None),
        ("", None),
    ],
)
def test_a_link_names_cells_of_a_tab(formula: str, place: Ref | None) -> None:
    assert place_of(formula) == place


@pytest.mark.parametrize(
    ("formula", "is_whole"),
    [("=ROWS(A!A1:A9)", True), ("=COLUMNS(A!A1:C1)", True), ("=A!A1", False), ("", False)],
)
def test_a_whole_column_is_known_by_what_counts_it(formula: str, *, is_whole: bool) -> None:
    assert is_of_whole_column(formula) is is_whole


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({}, "its Registry has no version, this program reads versions up to 1; update reportgen"),
        ({"Key": "report.schema", "Issued": 2.0}, "its Registry has version 2.0"),
        ({"Key": "report.schema", "Issued": "1"}, "its Registry has version 1, this"),
        ({"Key": "report.schema", "Kind": "left out", "Issued": 1.0}, "has no version"),
    ],
)
def test_a_registry_of_another_version_is_refused(schema: Said, told: str) -> None:
    with pytest.raises(NotAReportError, match=re.escape(told)):
        finish(cast("Reading", Read(ReadBook((registry(schema),)))))


def test_links_to_tabs_that_are_not_there_lead_nowhere() -> None:
    signed = {"Author": link("=gone!A1"), "Reason": link("=INPUTS!A1")}
    rows = read(
        {"Key": "a", "Live": link("=Gone!A1"), **signed}, {"Key": "b", "Live": link("=inputs!A1")}
    ).listed
    assert (rows["a"].place, rows["b"].place) == (None, Ref("inputs", 0, 0, 0, 0))
    assert rows["a"].remarks == RemarkCells(reason=Ref("INPUTS", 0, 0, 0, 0))


def test_links_that_lead_to_more_cells_than_a_report_has_are_refused() -> None:
    columns: list[Said] = [
        {"Key": f"k{n}", "Live": link("=ROWS(Inputs!A1:B250000)")} for n in range(2)
    ]
    backwards: list[Said] = [
        {"Key": f"back{n}", "Live": link(f"=ROWS(Inputs!{area})")}
        for n, area in enumerate(("B9:A1", "B9:C1", "C1:B9"))
    ]
    assert MOST_CELLS == 2 * 2 * 250_000
    assert read(*columns, *backwards).listed.keys() >= {"k0", "k1", "back2"}
    shifted: Said = {"Key": "k1", "Live": link("=ROWS(Inputs!C2:D250001)")}
    assert read(columns[0], shifted).listed.keys() >= {"k0", "k1"}
    with pytest.raises(ReportgenError, match="its links lead to 1,000,001 cells, more than"):
        read(*columns, {"Key": "one", "Live": link("=Inputs!A1")})


@pytest.mark.parametrize(
    ("where", "is_whole", "skipped", "is_read_again"),
    [
        ({}, True, (), False),
        ({}, False, (), False),
        ({"at": 4}, True, (), False),
        ({"at": 4}, False, (), True),
        ({"first": 2}, False, (), True),
        ({"name": "Fields"}, False, (), True),
        ({}, False, ("What-ifs",), False),
        ({}, False, ("What-ifs", "INPUTS"), True),
    ],
)
def test_a_report_of_which_too_little_was_read_is_read_again(
    where: dict[str, int | str],
    skipped: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_whole: bool,
    is_read_again: bool,
) -> None:
    again = read()
    monkeypatch.setattr(workbook, "open_report", lambda path: again if path.name else None)
    sheet = registry(SCHEMA, {"Key": "a", "Live": link("=Inputs!A1")}, **where)  # type: ignore[arg-type]
    book = ReadBook((INPUTS, sheet))
    found = finish(cast("Reading", Read(book, is_whole=is_whole, skipped=skipped)))
    assert (found is again) is is_read_again


def test_a_part_of_no_row_is_a_row_of_its_own_in_what_stands_beside_a_workbook() -> None:
    rows = (
        RecordedRow(True, "a", "continued", None, "[1,", *(None,) * 5),  # noqa: FBT003 - a range
        RecordedRow(True, "a", "continued", None, "2]", "s", 1.0, "A", "r", 2.0),  # noqa: FBT003
        RecordedRow(False, "b", "left out", "text", "n/a", "s", 1.0, "A", "r", 2.0),  # noqa: FBT003
    )
    listed = as_issued(Recorded(Path("report.xlsx"), rows, {})).listed
    assert [(row.key, row.kind, row.type, row.issued) for row in listed.values()] == [
        ("a", "continued", "number", ("[1,", "2]")),
        ("b", "left out", "text", (None,)),
    ]
    assert listed["b"].origin == StatedOrigin("s", 1.0, "A", "r", 2.0)
    assert (listed["a"].is_range, listed["b"].is_range) == (True, False)


def test_a_text_among_numbers_is_told_from_a_blank() -> None:
    rows: list[Said] = [
        {"Key": f"n[{name}]", "Live": link(f"=Inputs!{cell}")}
        for name, cell in zip("abc", ("A6", "A7", "C9"), strict=True)
    ]
    found = array_now(read(*rows), NUMBERS, MEMBERS, {})
    misfit = np.float64(MISFIT).view(np.uint64)
    assert (found.view(np.uint64) == misfit).tolist() == [True, False, False]


def test_a_row_of_a_series_is_named_by_its_day_or_by_what_stands_there() -> None:
    report = read(
        {"Key": "close[{close}].date", "Issued": "[]", "Live": link("=ROWS(Inputs!D1:D6)")}
    )
    assert SeriesRows(report, CLOSE, ("x",)).members == (
        "1.0",
        "",
        "9999-12-31",
        "2958466.0",
        "a day",
        "2023-03-15",
    )


def test_cells_of_a_place_are_read_row_by_row() -> None:
    report = read()
    assert report.cells(Ref("INPUTS", 0, 0, 1, 1)) == [
        ReadCell(1.5),
        ReadCell("two"),
        ReadCell(value=True),
        None,
    ]
    assert report.cells(Ref("Inputs", 0, 1, 0, 1)) == [ReadCell("two")]


def with_members(*rows: Said, **members: tuple[str, ...]) -> ReadReport:
    """A report with members of every dimension, two of each but for those named."""
    names = {dim.name: members.pop(dim.name, ("m", "n")) for dim in DIMS} | members
    listed: list[Said] = [
        {"Key": f"members[{name}]", "Kind": "members", "Issued": packed(of)[0]}
        for name, of in names.items()
    ]
    return read(*listed, *rows)


# A cell, the type of its field, and what it is to programs
PUBLIC: list[tuple[str, str, Value]] = [
    ("A1", "number", 1.5),
    ("A1", "flag", True),
    ("A1", "text", "1.5"),
    ("B1", "text", "two"),
    ("B1", "number", None),
    ("B1", "flag", None),
    ("A2", "flag", True),
    ("A2", "number", True),
    ("B3", "number", None),
    ("B3", "flag", None),
    ("B3", "text", ""),
    ("C9", "text", ""),
    ("C9", "date", None),
    ("A4", "text", None),
    ("B4", "text", None),
    ("B4", "number", None),
    ("A5", "flag", False),
    ("A5", "date", 0.0),
]


@pytest.mark.parametrize(("cell", "type_", "value"), PUBLIC)
def test_a_value_is_told_as_its_type_has_it(cell: str, type_: str, value: Value) -> None:
    row: Said = {"Key": "k", "Type": type_, "Live": link(f"=Inputs!{cell}")}
    found = dict(stored_values(with_members(row)))
    assert found.keys() == {"k"}
    assert (found["k"], type(found["k"])) == (value, type(value))


def test_a_column_has_a_value_for_each_of_its_rows_and_what_is_left_out_has_none() -> None:
    column = link("=ROWS(Inputs!A1:A2)")
    report = with_members(
        {"Key": "x[{scenario}].y", "Live": column},
        {"Key": "x[{shown}].z", "Live": column},
        {"Key": "plain", "Live": column},
        {"Key": "single[{scenario}]", "Live": link("=Inputs!A1")},
        {"Key": "gone", "Kind": "left out"},
        {"Key": "gone[{shown}].of", "Kind": "left out"},
        {"Key": "gone[{nobody}]", "Kind": "left out"},
        {"Key": "lost", "Kind": "input"},
        shown=("one", "two", "three"),
    )
    assert dict(values(report)) == {
        "x[m].y": 1.5,
        "x[n].y": True,
        "x[one].z": 1.5,
        "x[two].z": True,
        "plain": 1.5,
        "single[{scenario}]": 1.5,
        "gone": None,
        "gone[{nobody}]": None,
        **{f"gone[{name}].of": None for name in ("one", "two", "three")},
    }


def test_a_formula_without_a_value_is_named() -> None:
    rows: list[Said] = [
        {"Key": key, "Live": link(f"=Inputs!{cell}")}
        for key, cell in (("price", "B3"), ("other", "A1"), ("blank", "C9"))
    ]
    report = with_members(*rows)
    assert list(uncalculated(report)) == ["price"]
    assert has_no_values(report)
    assert not has_no_values(with_members({"Key": "price", "Live": link("=Inputs!A1")}))
    assert not has_no_values(with_members())


ROW, COL = Dim("row"), Dim("col")


MEMBERS = {ROW: ("a", "b", "c"), COL: ("x", "y")}


NUMBERS = Line("n[{row}]", "N", Unit.RATIO, (ROW,))


TEXTS = Line("t[{row}]", "T", Unit.TEXT, (ROW,))


ORDER = Line("o[{row}]", "O", Unit.COUNT, (ROW,), kind=Kind.ROW_NUMBER)


GRID = Line("g[{row},{col}]", "G", Unit.RATIO, (ROW, COL))


ALONE = Line("s", "S", Unit.RATIO, ())


def issue(line: Line, found: list[Value], live: str = "=ROWS(Inputs!A1:A3)") -> Said:
    return {"Key": line.key, "Issued": json.dumps(found), "Live": link(live)}


# A line, the rows of the Registry, what was given at issue and what its cells say now
GIVEN: dict[str, tuple[Line, list[Said], list[Value], list[Value]]] = {
    "not listed": (NUMBERS, [], [None] * 3, [None] * 3),
    "texts that are not listed": (TEXTS, [], [""] * 3, [""] * 3),
    "a whole column, of which a cell is blank now": (
        NUMBERS,
        [issue(NUMBERS, [1, None, 3], "=ROWS(Inputs!A1:A3)")],
        [1.0, None, 3.0],
        [1.0, None, 3.0],
    ),
    "a whole column, typed over": (
        TEXTS,
        [issue(TEXTS, ["p", "q", "r"], "=ROWS(Inputs!A4:A6)")],
        ["p", "q", "r"],
        ["#N/A", "0", "soon"],
    ),
    "fewer and more than it has": (
        GRID,
        [issue(GRID, [1, 2, 3, 4, 5, 6, 7])],
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    ),
    "left out": (NUMBERS, [{"Key": NUMBERS.key, "Kind": "left out"}], [None] * 3, [None] * 3),
    "left out, numbers of rows": (
        ORDER,
        [{"Key": ORDER.key, "Kind": "left out"}],
        [1.0, 2.0, 3.0],
        [1.0, 2.0, 3.0],
    ),
    "cell by cell": (
        NUMBERS,
        [
            {"Key": "n[a]", "Issued": 1.0, "Live": link("=Inputs!A1")},
            {"Key": "n[b]", "Issued": "", "Live": link("=Inputs!C9")},
            {"Key": "n[c]", "Issued": 3.0, "Live": link("=Inputs!#REF!")},
        ],
        [1.0, None, 3.0],
        [1.5, None, None],
    ),
    "texts cell by cell": (
        TEXTS,
        [
            {"Key": "t[a]", "Issued": "p", "Live": link("=Inputs!A1")},
            {"Key": "t[b]", "Issued": True, "Live": link("=Inputs!A2")},
            {"Key": "t[c]", "Issued": False, "Live": link("=Inputs!B3")},
        ],
        ["p", "TRUE", "FALSE"],
        ["1.5", "TRUE", ""],
    ),
    "alone": (
        ALONE,
        [{"Key": "s", "Issued": 2.0, "Live": link("=Inputs!A1")}],
        [2.0],
        [1.5],
    ),
}


def plain(array: np.ndarray) -> list[Value]:
    return [None if isinstance(x, float) and math.isnan(x) else x for x in array.ravel().tolist()]


@pytest.mark.parametrize(("line", "rows", "issued", "now"), GIVEN.values(), ids=GIVEN)
def test_a_line_is_read_as_issued_and_as_its_cells_are_now(
    line: Line, rows: list[Said], issued: list[Value], now: list[Value]
) -> None:
    report = read(*rows)
    assert plain(issued_array(report, line, MEMBERS)) == issued
    assert plain(array_now(report, line, MEMBERS, {})) == now


def test_a_line_without_a_row_has_a_blank_one() -> None:
    report = read({"Key": ORDER.key, "Kind": "left out"})
    assert plain(issued_array(report, ORDER, {ROW: (NONE,)})) == [None]
