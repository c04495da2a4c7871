"""The table of checks: the verdict of each, how many fail, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import each, known, same, sum_known, where
from reportgen.expr.nodes import Linked, Unit
from reportgen.model.dims import CHECK
from reportgen.model.ordering import above, rank_within
from reportgen.model.words import case_line, given, line, or_zero, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

label = given("check[{check}].label", "Check", Unit.TEXT, CHECK)
basis = given("check[{check}].basis", "Basis", Unit.TEXT, CHECK)
number = row_number("check[{check}].number", CHECK)
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


def _order(flag: Line) -> Node:
    """Return the place of each check among those with a flag; 0 for one without."""
    return where(flag > 0, rank_within(CHECK, each(flag) * above(row)), 0)


fail_order = line("check[{check}].fail_order", "Place among FAIL", Unit.COUNT, _order(is_fail))
warn_order = line("check[{check}].warn_order", "Place among WARN", Unit.COUNT, _order(is_warn))
