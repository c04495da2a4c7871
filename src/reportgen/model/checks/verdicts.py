"""The table of checks: the verdict of each, how many fail, and which is the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    count_where,
    each,
    known,
    pick,
    same,
    sum_known,
    sum_where,
    where,
)
from reportgen.expr.nodes import Linked, Unit
from reportgen.model.dims import CHECK
from reportgen.model.words import case_line, given, line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

label = given("check[{check}].label", "Check", Unit.TEXT, CHECK)
basis = given("check[{check}].basis", "Basis", Unit.TEXT, CHECK)
number = given("check[{check}].number", "No.", Unit.COUNT, CHECK)
difference = case_line("check[{check}].difference", "Difference", Unit.NUMBER, Linked(), CHECK)
wrong = case_line("check[{check}].wrong", "Wrong", Unit.FLAG, Linked(), CHECK)
verdict = given("check[{check}].verdict", "If wrong", Unit.TEXT, CHECK)
status = line(
    "check[{check}]",
    "Status",
    Unit.TEXT,
    where(known(wrong), where(wrong > 0, verdict, "OK"), verdict),
)
row = line("check[{check}].row", "Row", Unit.COUNT, or_zero(number))
is_fail = line("check[{check}].fail", "Fails", Unit.FLAG, same(status, "FAIL") + 0)
is_warn = line("check[{check}].warn", "Warns", Unit.FLAG, same(status, "WARN") + 0)
fails = line("checks.fail", "FAIL", Unit.COUNT, sum_known(is_fail, CHECK))
warns = line("checks.warn", "WARN", Unit.COUNT, sum_known(is_warn, CHECK))


def _first(flag: Line) -> Node:
    """Return the label of the first check with a flag; n/a if there is none."""
    earlier = each(flag) * (each(row) < row)
    return where(flag > 0, where(count_where(CHECK, earlier) < 1, 1, 0), 0)


first_fail = line("check[{check}].first_fail", "First to fail", Unit.FLAG, _first(is_fail))
first_warn = line("check[{check}].first_warn", "First to warn", Unit.FLAG, _first(is_warn))
fail_label = line(
    "checks.first_fail",
    "First FAIL",
    Unit.TEXT,
    pick(label, CHECK, sum_where(CHECK, each(first_fail), row)),
)
warn_label = line(
    "checks.first_warn",
    "First WARN",
    Unit.TEXT,
    pick(label, CHECK, sum_where(CHECK, each(first_warn), row)),
)
