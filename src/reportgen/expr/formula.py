"""The second reader of an expression: the Excel formula of each cell of a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from reportgen.expr.nodes import By
from reportgen.expr.operators import say
from reportgen.expr.pieces import NOT_AVAILABLE, Template, fill
from reportgen.expr.printer import Printer
from reportgen.expr.state import fitting
from reportgen.expr.traits import traits
from reportgen.expr.tree import alike, chosen, reads, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.expr.nodes import Dim, Line, Node
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members


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


@lru_cache(maxsize=4096)  # what-ifs of one company are those of the next
def expression_template(expr: Node) -> Template:
    """Return the template of an expression that is no line, such as a what-if's value."""
    piece = Printer(say).value(expr)
    if traits(expr).may_err:
        piece = fill("IFERROR({0},{1})", piece, NOT_AVAILABLE)
    return Template(piece.text, piece.references)


@dataclass(frozen=True, slots=True)
class Variant:
    """One formula pattern of a line: which members it stands for."""

    choice: tuple[tuple[Dim, str], ...]
    first: bool
    where: tuple[tuple[int, slice], ...]  # (axis, members) pairs


_PLAIN = Variant((), first=False, where=())


def variants(line: Line, members: Members) -> Iterator[Variant]:
    """Yield the formula patterns of a line: one, unless it says `by` or looks back."""
    bys, back = reads(line).bys, reads(line).back
    if not bys and back is None:
        yield _PLAIN
        return
    told_apart = [node for node in within(line.expr) if isinstance(node, By)]
    runs = ([*alike([of for of in told_apart if of.dim is dim], members[dim])] for dim in bys)
    for combination in product(*runs):
        where = tuple(
            (line.dims.index(dim), slice(start, end))
            for dim, (start, end) in zip(bys, combination, strict=True)
        )
        choice = tuple(
            (dim, members[dim][start]) for dim, (start, _) in zip(bys, combination, strict=True)
        )
        if back is None:
            yield Variant(choice, first=False, where=where)
        else:
            axis = line.dims.index(back)
            yield Variant(choice, first=True, where=(*where, (axis, slice(0, 1))))
            yield Variant(choice, first=False, where=(*where, (axis, slice(1, None))))


def fit(array: Array, dims: Sequence[Dim], frame: Sequence[Dim]) -> Array:
    """Return an array with the axes `dims` as one with the axes `frame`, missing ones of size 1."""
    place = fitting(tuple(dims), tuple(frame))
    return array if place is None else place(array[None])[0]
