"""Ranks of rows: which come before this one, which is the first, and the rows in their order.

What comes before is written for `each` other row against this one. Ties are broken by a second
order, in the end by the number of the row, so that every program orders alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import count_where, each, equal, pick, same, sum_where, where
from reportgen.expr.nodes import Unit
from reportgen.model.words import case_line, counted, line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line, Node, Operand


class Ranked(NamedTuple):
    """The rows of a table in the order of their ranks: the places, and which row stands at each.

    `key` is the public key of a place. `place` counts from 1; `row` is the number of the row that
    has that rank, 0 where none has.
    """

    key: str
    rows: Dim
    place: Line
    row: Line

    @property
    def dim(self) -> Dim:
        """The dimension of the places."""
        return self.place.dims[0]

    def picked(self, of: Line) -> Node:
        """Return what the row at each place holds; n/a where none stands there."""
        return pick(of, self.rows, self.row)

    def told(self, of: Line, nothing: Operand = "") -> Node:
        """Return what the row at each place says, and `nothing` where none stands there."""
        return where(self.row >= 1, self.picked(of), nothing)

    def line(self, name: str, label: str, unit: Unit, expr: Node) -> Line:
        """Return a column beside the places."""
        return case_line(f"{self.key}.{name}", label, unit, expr, self.dim)


def ranked(key: str, dim: Dim, rank: Line, row: Line) -> Ranked:
    """Return the places along `dim` of the rows of a table, by their ranks and their numbers."""
    (rows,) = rank.dims
    place = counted(f"{key}.place", "Place", dim)
    found = sum_where(rows, equal(each(rank), place), row)
    return Ranked(key, rows, place, case_line(f"{key}.row", "Row", Unit.COUNT, found, dim))


def row_of(wanted: Line, ids: Line, numbers: Line, name: str = "row") -> Line:
    """Return the line that looks a text up in a column of others: the row's number, 0 if nowhere.

    Its key is that of what is looked up, with a name behind.
    """
    found = sum_where(ids.dims[0], same(each(ids), wanted), numbers)
    key, label = f"{wanted.key}.{name}", f"{wanted.label}: row looked up"
    return case_line(key, label, Unit.COUNT, found, *wanted.dims)


def larger(of: Line, tie: Node) -> Node:
    """Return whether each row is larger than this one, or as large and ahead by the tie."""
    return (each(of) > of) + equal(each(of), of) * tie


def smaller(of: Line, tie: Node) -> Node:
    """Return whether each row is smaller than this one, or as small and ahead by the tie."""
    return (each(of) < of) + equal(each(of), of) * tie


def above(row: Line) -> Node:
    """Return whether each row stands above this one in the table, or in an order of its rows."""
    return each(row) < row


def below(row: Line) -> Node:
    """Return whether each row stands below this one in the table."""
    return each(row) > row


def first(dim: Dim, counts: Node, ahead: Node) -> Node:
    """Return 1 for the row that counts and has none ahead of it; `ahead` is for each other row."""
    return where(counts, where(count_where(dim, ahead) < 1, 1, 0), 0)


def place_in_order(key: str, label: str, dim: Dim, ahead: Node) -> Line:
    """Return the line that counts the rows ahead of each by an order without ties: its place.

    Who asks for the first of several kinds then compares one number a row, not the whole order.
    """
    return line(key, label, Unit.COUNT, count_where(dim, ahead))


def rank_within(dim: Dim, ahead: Node) -> Node:
    """Return the rank of each row: 1 for the one that has none ahead of it."""
    return count_where(dim, ahead) + 1
