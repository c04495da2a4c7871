"""Ranks of rows: which come before this one, which of them is the first, what rank each has.

What comes before is written for `each` other row against this one. Ties are broken by a second
order, in the end by the number of the row, so that every program orders alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import count_where, each, equal, where

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line, Node


def larger(of: Line, tie: Node) -> Node:
    """Return whether each row is larger than this one, or as large and ahead by the tie."""
    return (each(of) > of) + equal(each(of), of) * tie


def smaller(of: Line, tie: Node) -> Node:
    """Return whether each row is smaller than this one, or as small and ahead by the tie."""
    return (each(of) < of) + equal(each(of), of) * tie


def above(row: Line) -> Node:
    """Return whether each row stands above this one in the table."""
    return each(row) < row


def below(row: Line) -> Node:
    """Return whether each row stands below this one in the table."""
    return each(row) > row


def first(dim: Dim, counts: Node, ahead: Node) -> Node:
    """Return 1 for the row that counts and has none ahead of it; `ahead` is for each other row."""
    return where(counts, where(count_where(dim, ahead) < 1, 1, 0), 0)


def rank_within(dim: Dim, ahead: Node) -> Node:
    """Return the rank of each row: 1 for the one that has none ahead of it."""
    return count_where(dim, ahead) + 1
