"""What no edit can move, told from the tree: it follows from what nobody can type into."""

from __future__ import annotations

import pytest

from reportgen.expr import functions as f
from reportgen.expr.nodes import NA, Node, Unit
from reportgen.expr.settled import settled
from tests.expr.small import NAN, ROW, given, line, solved, with_inputs

GONE = given("gone")
NO_TEXT = given("no_text", unit=Unit.TEXT)
COLUMN, NAMES = given("column", ROW), given("names", ROW, unit=Unit.TEXT)
OPEN, ROWS = given("open"), given("rows", ROW)
CLOSED = (GONE, NO_TEXT, COLUMN, NAMES)
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
}
MOVES: dict[str, Node] = {
    "what is typed": OPEN + 1,
    "the other branch": f.where(f.known(GONE), 3, OPEN),
    "a mean that passes over n/a": f.mean(ROWS, ROW),
    "0 times what may be n/a": f.where(f.known(GONE), 1, 0) * OPEN,
    "a sentence that names a number": f.concat(NO_TEXT, f.fixed(OPEN, 2)),
}


def is_settled(expr: Node) -> bool:
    unit = Unit.TEXT if isinstance(expr, f.Call) and expr.op is f.Op.CONCAT else Unit.NUMBER
    asked = line("asked", expr, unit=unit)
    values = solved(asked, *CLOSED, typed={"open": 5.0, "column": NAN, "rows": 1.0}).values
    return asked in settled(with_inputs(*CLOSED, asked), CLOSED, values, {})


@pytest.mark.parametrize("what", STAYS)
def test_what_follows_from_blanks_stays(what: str) -> None:
    assert is_settled(STAYS[what])


@pytest.mark.parametrize("what", MOVES)
def test_what_a_typed_cell_reaches_moves(what: str) -> None:
    assert not is_settled(MOVES[what])
