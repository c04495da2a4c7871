"""What no edit can move, told from the tree: it follows from what nobody can type into."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.expr import functions as f
from reportgen.expr.nodes import NA, Linked, Node, Unit
from reportgen.expr.settled import settled
from reportgen.expr.tree import within
from tests.expr.small import CASE, NAN, ROW, STEP, given, line, solved, with_inputs

GONE = given("gone")
NO_TEXT = given("no_text", unit=Unit.TEXT)
COLUMN, NAMES = given("column", ROW), given("names", ROW, unit=Unit.TEXT)
OPEN, ROWS = given("open"), given("rows", ROW)
# what is closed and holds something: the same in every cell, or not
FIXED, MIXED, DAYS = given("fixed"), given("mixed", ROW), given("days", ROW)
CLOSED = (GONE, NO_TEXT, COLUMN, NAMES, FIXED, MIXED, DAYS)
TYPED = {
    "open": 5.0,
    "column": NAN,
    "rows": 1.0,
    "fixed": 2.0,
    "mixed": [1.0, 1.0, 3.0, NAN],
    "days": [1.0, 2.0, 3.0, 4.0],
}
STAYS: dict[str, Node] = {
    "arithmetic with n/a": OPEN * 2 + GONE,
    "the most of n/a and a number": f.maximum(0, GONE * OPEN),
    "whether it is known": f.known(GONE) + 0,
    "a choice that hangs on it": f.where(f.known(GONE), OPEN, 3),
    "a choice between two n/a": f.where(OPEN > 1, GONE, NA),
    "a condition of which one half never holds": f.where(f.known(GONE) & f.known(OPEN), OPEN, 1),
    "the sum of a column of n/a": f.sum_known(COLUMN, ROW) + 1,
    "the total of a column of n/a": f.total(COLUMN, ROW) + OPEN,
    "a count of rows of which none has a name": f.count_where(ROW, f.same(f.each(NAMES), "x")),
    "a weight times a condition that never holds": f.sum_where(
        ROW, f.known(GONE) * f.same(f.each(NAMES), "x"), ROWS
    ),
    "a row looked up at n/a": f.pick(ROWS, ROW, GONE),
    "a sentence of it": f.concat(NO_TEXT, f.fixed(GONE, 2)),
    "arithmetic of what is closed": FIXED * 2 + f.total(MIXED, ROW),
    "a choice by a closed number": f.where(FIXED > 1, FIXED, OPEN),
    "the other choice by one": f.where(FIXED > 2, OPEN, FIXED),
    "a choice by n/a": f.where(GONE > 1, OPEN, 1),
    "a choice by closed cells that differ": f.where(f.at(MIXED, ROW, "1") > 1, 3, 4),
    "closed cells that meet a condition": f.sum_where(ROW, f.each(DAYS) > 1, MIXED),
    "the count of those": f.count_where(ROW, f.each(DAYS) > 1),
    "what is looked up in a closed column": f.pick(DAYS, ROW, FIXED),
    "what is looked up in a column of n/a": f.pick(COLUMN, ROW, OPEN),
    "the last of a closed history": f.as_of(DAYS, MIXED, FIXED),
    "the last before a day that is n/a": f.as_of(ROWS, ROWS, GONE),
    "the last of a history of n/a": f.as_of(ROWS, COLUMN, OPEN),
    "a text looked up at n/a": f.concat(f.pick(NAMES, ROW, GONE), "!"),
    "nothing times what is never n/a": (FIXED > 2) & f.known(OPEN) & (FIXED > 1),
    "a case for each member, all closed": f.by(CASE, bear=FIXED, base=1, bull=GONE),
}
MOVES: dict[str, Node] = {
    "what is typed": OPEN + 1,
    "the other branch": f.where(f.known(GONE), 3, OPEN),
    "a mean that passes over n/a": f.mean(ROWS, ROW),
    "0 times what may be n/a": f.where(f.known(GONE), 1, 0) * OPEN,
    "a sentence that names a number": f.concat(NO_TEXT, f.fixed(OPEN, 2)),
    "n/a in one branch": f.where(OPEN > 1, GONE, 1),
    "n/a in the other": f.where(OPEN > 1, 1, GONE),
    "a choice by what is typed": f.where(OPEN > 1, FIXED, 1),
    "typed cells that meet a closed condition": f.sum_where(ROW, f.each(DAYS) > 1, ROWS),
    "closed cells that meet a typed condition": f.sum_where(ROW, f.each(ROWS) > 1, MIXED),
    "the count of rows that meet one": f.count_where(ROW, f.each(ROWS) > 1),
    "a typed column at a closed place": f.pick(ROWS, ROW, FIXED),
    "a closed column at a typed place": f.pick(MIXED, ROW, OPEN),
    "a history by typed days": f.as_of(ROWS, MIXED, FIXED),
    "a history of typed values": f.as_of(DAYS, ROWS, FIXED),
    "a history up to a typed day": f.as_of(DAYS, MIXED, OPEN),
    "0 times n/a or not": (FIXED > 2) * 1 * OPEN,
    "some of the factors are typed": FIXED * OPEN,
    "a case for each member, one typed": f.by(CASE, bear=FIXED, base=OPEN, bull=GONE),
    "the total of what is typed": f.total(ROWS, ROW),
    "one of two typed conditions": f.known(OPEN) & (OPEN > 1),
    "something times what is typed": (FIXED > 1) & f.known(OPEN),
    "nothing and what is typed": (FIXED > 2) + f.known(OPEN),
    "0 times what is known, and what may be n/a": (FIXED > 2) * f.known(OPEN) * OPEN,
    "a case for each member, and what is typed": f.by(CASE, bear=1, base=1, bull=GONE) + OPEN,
    "whether what is typed stands in order": f.disorder(ROWS, ROW),
}


def is_settled(expr: Node) -> bool:
    unit = Unit.TEXT if isinstance(expr, f.Call) and expr.op is f.Op.CONCAT else Unit.NUMBER
    by_case = [CASE] if any(isinstance(part, f.By) for part in within(expr)) else []
    asked = line("asked", expr, *by_case, unit=unit)
    values = solved(asked, *CLOSED, typed=TYPED).values
    return asked in settled(with_inputs(*CLOSED, asked), CLOSED, values, {})


@pytest.mark.parametrize("what", STAYS)
def test_what_follows_from_blanks_stays(what: str) -> None:
    assert is_settled(STAYS[what])


@pytest.mark.parametrize("what", MOVES)
def test_what_a_typed_cell_reaches_moves(what: str) -> None:
    assert not is_settled(MOVES[what])


def test_a_ladder_moves() -> None:
    """What it looks back at is itself: it is not asked."""
    stairs = line("stairs", f.previous("stairs", STEP, 0) + FIXED, STEP)
    values = solved(stairs, *CLOSED, typed=TYPED).values
    assert stairs not in settled(with_inputs(*CLOSED, stairs), CLOSED, values, {})


@pytest.mark.parametrize(
    ("cells", "stays"),
    [
        ((FIXED, GONE), True),
        ((f.at(MIXED, ROW, "3"), FIXED + 1), True),
        ((FIXED, OPEN), False),
        ((OPEN, FIXED), False),
    ],
)
def test_a_linked_line_stays_where_each_of_its_cells_does(
    cells: tuple[Node, ...], *, stays: bool
) -> None:
    linked = line("linked", Linked(), ROW)
    values = solved(*CLOSED, OPEN, typed=TYPED).values
    known = {**values, linked: np.array([1.0, 2.0])}
    asked = [*CLOSED, OPEN, linked]
    assert (linked in settled(asked, CLOSED, known, {linked: cells})) is stays
