"""The second reader of an expression: the Excel formula of each cell of a line.

A line is turned once into templates (text with holes, and what goes into the holes); filling the
holes for all members is then one pass over address strings.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportgen.expr.pieces import NOT_AVAILABLE, How, Reference, Template, fill
from reportgen.expr.printer import Printer
from reportgen.expr.traits import traits
from reportgen.expr.tree import chosen

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line, Node

__all__ = ["How", "Reference", "Template", "expression_template", "template"]


@cache
def template(line: Line, choice: tuple[tuple[Dim, str], ...], *, first: bool) -> Template:
    """Return the template of a line for the chosen members of its `by` dimensions.

    `first` tells the first member of a ladder from the others. Raises ValueError for a given line,
    TypeError for an expression that no formula can say.
    """
    if line.expr is None:
        msg = f"{line.key} is given: it has no formula"
        raise ValueError(msg)
    return expression_template(chosen(line.expr, dict(choice), first=first))


def expression_template(expr: Node) -> Template:
    """Return the template of an expression that is no line, such as a what-if's value."""
    piece = Printer().value(expr)
    if traits(expr).may_err:
        piece = fill("IFERROR({0},{1})", piece, NOT_AVAILABLE)
    return Template(piece.text, piece.references)
