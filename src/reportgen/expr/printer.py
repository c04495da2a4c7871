"""Prints a node as part of a formula, so that n/a, blanks and truths mean what they mean here."""

from __future__ import annotations

from typing import NamedTuple

from reportgen.expr import printed_calls, printed_ranges
from reportgen.expr.nodes import (
    At,
    Call,
    Each,
    Line,
    Missing,
    Node,
    Number,
    Pick,
    Previous,
    Spot,
    Varied,
    Words,
)
from reportgen.expr.pieces import (
    ADD,
    JOIN,
    NOT_AVAILABLE,
    How,
    Piece,
    Reference,
    bound,
    constant,
    fill,
    hole,
    words,
)
from reportgen.expr.traits import NONE, Nodes, is_boolean, is_text, traits
from reportgen.expr.tree import is_ranged


class Printer(NamedTuple):
    """Prints nodes of which the `assumed` ones are numbers or hold, as a condition around says."""

    assumed: Nodes = NONE

    def assuming(self, nodes: Nodes) -> Printer:
        """Return a printer that assumes more."""
        return Printer(self.assumed | nodes)

    def show(self, of: Node) -> Piece:
        """Return a node as a formula says it: a truth as TRUE or FALSE, n/a as text or as error.

        Raises TypeError for what a formula cannot say.
        """
        match of:
            case Number():
                return constant(of.value)
            case Words():
                return words(of.value)
            case Missing():
                return NOT_AVAILABLE
            case Call():
                return printed_calls.call(self, of)
            case Line() | At() | Spot() | Varied() | Previous():
                return self._cell(of)
            case _:
                return printed_ranges.over_range(self, of)

    def _cell(self, of: Line | At | Spot | Varied | Previous) -> Piece:
        """Return a reference; a typed cell may be cleared, and blank must not pass for 0."""
        cell = hole(_reference(of))
        if is_text(of) or of in self.assumed or not _is_typed(of):
            return cell
        return fill("IF(ISNUMBER({0}),{0},{1})", cell, NOT_AVAILABLE)

    def inside(self, of: Node, binding: int) -> Piece:
        """Return a node, in brackets if it binds less tightly than `binding`."""
        return bound(self.show(of), binding)

    def value(self, of: Node) -> Piece:
        """Return a node where a value is wanted: a truth as 1 or 0, a blank text not as 0."""
        if is_boolean(of):
            return fill("({0})*1" if is_ranged(of) else "IF({0},1,0)", self.show(of))
        if is_text(of) and _is_typed(of):
            return fill('{0}&""', self.show(of), binding=JOIN)
        return self.show(of)

    def number(self, of: Node) -> Piece:
        """Return a number whose n/a is an error, where a text would pass for a large number.

        Raises TypeError for a column of cells, which a formula cannot guard.
        """
        piece = self.value(of)
        if not traits(of, self.assumed).may_be_text:
            return piece
        if isinstance(of, Each):
            msg = (
                f"a condition over rows reads {of.line.key}, which may be n/a: ask or_zero() of it"
            )
            raise TypeError(msg)
        return fill("{0}+0", bound(piece, ADD), binding=ADD)

    def logical(self, of: Node) -> Piece:
        """Return a condition, n/a as an error."""
        return self.show(of) if is_boolean(of) else self.number(of)

    def text(self, of: Node) -> Piece:
        """Return a part of a text, where n/a is a word like others and an error would spread."""
        piece = fill("IF({0},1,0)", self.show(of)) if is_boolean(of) else self.show(of)
        if not traits(of, self.assumed).may_err:
            return piece
        return fill("IFERROR({0},{1})", piece, NOT_AVAILABLE)


def _reference(of: Line | At | Spot | Varied | Previous) -> Reference:
    match of:
        case Line():
            return Reference(How.CELL, of)
        case At():
            return Reference(How.AT, of.line, of.dim, of.member)
        case Spot():
            return Reference(How.SPOT, of.line, at=of.at)
        case Varied():
            return Reference(How.CELL, of.line, study=of.study)
        case Previous():
            return Reference(How.BEFORE, of.key, of.dim)


def _is_typed(of: Node) -> bool:
    """Return whether a node shows cells that somebody types, and may clear."""
    match of:
        case Line():
            return of.expr is None
        case At() | Spot() | Varied() | Pick():
            return of.line.expr is None
        case _:
            return False
