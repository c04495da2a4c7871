"""Lines below or beside each other that say the same are signed so that each is a copy."""

from __future__ import annotations

import re

import pytest

from reportgen.report.copies import Block, with_signs
from reportgen.xlsx.book import Cell

# Columns of formulas, each cell a line of its own; and how they have to be signed
SIGNED = {
    "both read one cell": ([["A1*B1", "A2*B1"]], [["A1*B$1", "A2*B$1"]]),
    "everything moves along": ([["A1*B1", "A2*B2"]], [["A1*B1", "A2*B2"]]),
    "beside each other": ([["A1*C9"], ["B1*C9"]], [["A1*$C9"], ["B1*$C9"]]),
    "one link in a table": (
        [["Inputs!D4", "Inputs!D4"], ["Inputs!D4", "Inputs!D4"]],
        [["Inputs!$D$4", "Inputs!$D$4"], ["Inputs!$D$4", "Inputs!$D$4"]],
    ),
    "a range": ([["SUM(A1:A9)", "SUM(A1:A9)"]], [["SUM(A$1:A$9)", "SUM(A$1:A$9)"]]),
    "a range in one row": (
        [["INDEX(A1:C1,1,2)"], ["INDEX(B1:D1,1,2)"]],
        [["INDEX(A1:C1,1,2)"], ["INDEX(B1:D1,1,2)"]],
    ),
    "a tab that is named like a cell": (
        [["'Q1 A1'!B2+C1", "'Q1 A1'!B2+C2"]],
        [["'Q1 A1'!B$2+C1", "'Q1 A1'!B$2+C2"]],
    ),
    "a name": ([["A1*as_of", "A2*as_of"]], [["A1*as_of", "A2*as_of"]]),
    "reads what is further away": ([["A1*B1", "A3*B1"]], [["A1*B1", "A3*B1"]]),
    "other words": ([["A1*B1", "A2+B1"]], [["A1*B1", "A2+B1"]]),
    "what stays is no copy of what moves on": (
        [["Inputs!D4", "Inputs!D4", "Inputs!D5"]],
        [["Inputs!D$4", "Inputs!D$4", "Inputs!D5"]],
    ),
    "signs spread to the copies of copies": (
        [["A1*Z1", "A2*Z1"], ["B1*AA1"], ["C1*AB1"]],
        [["A1*Z$1", "A2*Z$1"], ["B1*AA$1"], ["C1*AB$1"]],
    ),
    "past the last letter": ([["Z1*A1"], ["AA1*A1"]], [["Z1*$A1"], ["AA1*$A1"]]),
}
_HOLE = re.compile(r"('[^']*'!|Inputs!)?\b[A-Z]+\d+(:[A-Z]+\d+(,1)?)?|as_of")


@pytest.mark.parametrize("name", SIGNED)
def test_what_copies_both_read_is_pinned_and_what_moves_along_is_not(name: str) -> None:
    columns, signed = SIGNED[name]
    places = [(row, col) for col, column in enumerate(columns) for row in range(len(column))]
    texts = [text for column in columns for text in column]
    blocks = [
        Block(_HOLE.sub("%s", text), [[hole[0]] for hole in _HOLE.finditer(text)], [at])
        for at, text in enumerate(texts)
    ]
    cells = [
        Cell(row, col, 1.0, f"={text}") for (row, col), text in zip(places, texts, strict=True)
    ]
    found = [cell.formula[1:] for cell in with_signs(cells, blocks)]
    assert found == [text for column in signed for text in column]


def test_lines_of_several_cells_are_signed_as_a_whole() -> None:
    """The first pins nothing on its own account; the second, below it, has more cells."""
    cells = [Cell(row, 0, 1.0, f"=B{row + 1}*C1") for row in range(4)]
    blocks = [
        Block("%s*%s", [["B1"], ["C1"]], [0]),
        Block("%s*%s", [["B2", "B3", "B4"], ["C$1"] * 3], [1, 2, 3]),
    ]
    found = [cell.formula for cell in with_signs(cells, blocks)]
    assert found[:1] == ["=B1*C$1"]


def test_what_a_chart_shows_as_a_gap_stays_empty() -> None:
    cells = [Cell(0, 0, None), Cell(1, 0, 1.0, "=B1"), Cell(2, 0, 1.0, "=B1")]
    blocks = [Block("%s", [["B1"]], [at]) for at in range(3)]
    assert [cell.formula for cell in with_signs(cells, blocks)] == ["", "=B$1", "=B$1"]


def test_columns_that_stand_apart_are_copied_one_by_one() -> None:
    """One line in columns A and C, another that continues C."""
    cells = [
        Cell(row, col, 1.0, f"={'BD'[col // 2]}{row + 9}*Z1") for row in range(2) for col in (0, 2)
    ]
    cells.append(Cell(2, 2, 1.0, "=D11*Z1"))
    holes = [["B9", "D9", "B10", "D10"], ["Z$1"] * 4]
    blocks = [Block("%s*%s", holes, range(4)), Block("%s*%s", [["D11"], ["Z1"]], [4])]
    assert with_signs(cells, blocks)[4].formula == "=D11*Z$1"
