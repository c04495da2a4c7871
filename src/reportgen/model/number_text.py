"""How numbers are told in sentences: as the cells tell them.

An amount a share has the decimals of the share, a multiple and a ratio one. A level below zero
stands in parentheses; a change has its sign instead, for brackets in a sentence are an aside.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportgen.expr.functions import absolute, concat, date_text, either, fixed, percent, where
from reportgen.expr.nodes import Node, Unit, node
from reportgen.model.inputs.description import price_currency
from reportgen.model.market import price
from reportgen.model.words import case_line, line, or_zero
from reportgen.values import CENTS, CHEAP

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line

_SMALL = CHEAP[0]  # a price below which whole units of currency tell too little


is_small = line(
    "say.small",
    "Share below 12: told with decimals",
    Unit.FLAG,
    where(or_zero(price) < _SMALL, 1, 0),
)
share_decimals = line(
    "say.decimals",
    "Decimals of an amount a share: 2, 3 below 12, 4 below 1",
    Unit.COUNT,
    sum((where(either(price, limit) < limit, 1, 0) for limit in CHEAP), start=node(CENTS)),
)


@cache
def in_words(day: Line) -> Line:
    """Return the line that tells the days of another as text, yyyy-mm-dd."""
    return case_line(
        f"{day.key}.in_words", f"{day.label}, in words", Unit.TEXT, date_text(day), *day.dims
    )


def money(of: Node) -> Node:
    """Return an amount per share as text, with its currency."""
    return concat(price_currency, " ", cents(of))


def cents(of: Node) -> Node:
    """Return an amount per share as text, with as many decimals as amounts a share have."""
    return fixed(of, share_decimals)


def rounded(of: Node) -> Node:
    """Return an amount per share in few digits: with decimals only where the share is cheap."""
    return where(is_small > 0, cents(of), fixed(of, 0))


def multiple(of: Node) -> Node:
    """Return a multiple as text: `9.0x`."""
    return concat(fixed(of, 1), "x")


def ratio(of: Node) -> Node:
    """Return a level in percent as text, in parentheses where it is below zero."""
    below = or_zero(of) < 0
    return concat(where(below, "(", ""), percent(absolute(of), 1), where(below, ")", ""))
