"""The rows that a waterfall chart draws: six stacked columns that are right across zero too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import count_known, maximum, minimum, previous, where
from reportgen.model.words import case_line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line, Node


class Waterfall(NamedTuple):
    """The lines of a waterfall along the dimension of its bars, in the unit of their amounts.

    `before` and `after` are the levels that a bar spans. The other six are the series, stacked in
    this order: room left empty below a bar (above it, where it hangs below zero), bars that stand
    on zero, and the parts of rises and falls on either side of zero.
    """

    before: Line
    after: Line
    blank: Line
    total: Line
    rise_above: Line
    rise_below: Line
    fall_above: Line
    fall_below: Line


def is_end(number: Line) -> Node:
    """Return 1 for the first and the last bar: the levels that steps lead from and to."""
    place = or_zero(number)
    return where((place <= 1) | (place >= count_known(number, number.dims[0])), 1, 0)


def waterfall(key: str, bar: Dim, amount: Line, is_total: Line) -> Waterfall:
    """Return the lines of a waterfall with keys `{key}.{name}[{bar}]`.

    `amount` is the signed step of a bar, never n/a, or the level itself where `is_total` is 1;
    both run along `bar` alone.
    """

    def made(name: str, label: str, expr: Node) -> Line:
        return case_line(f"{key}.{name}[{{{bar.name}}}]", label, amount.unit, expr, bar)

    def spelled(name: str) -> str:
        return f"{key}.{name}[{{{bar.name}}}]"

    before = made("before", "From", where(is_total > 0, 0, previous(spelled("after"), bar, 0)))
    after = made("after", "To", before + amount)
    low, high = minimum(before, after), maximum(before, after)
    above = maximum(0, high) - maximum(0, low)
    below = minimum(0, low) - minimum(0, high)
    rises = (is_total < 1) & (after >= before)
    falls = (is_total < 1) & (after < before)
    return Waterfall(
        before,
        after,
        made("blank", "Empty", where(is_total > 0, 0, maximum(0, low) + minimum(0, high))),
        made("total", "Level", where(is_total > 0, after, 0)),
        made("rise_above", "Rise", where(rises, above, 0)),
        made("rise_below", "Rise below zero", where(rises, below, 0)),
        made("fall_above", "Fall", where(falls, above, 0)),
        made("fall_below", "Fall below zero", where(falls, below, 0)),
    )
