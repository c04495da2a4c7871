"""Pieces of formulas: text with holes, what goes into the holes, and how tightly it binds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line, Study

# How tightly Excel binds, from the loosest; a sign binds more tightly than a power: -2^2 is 4.
COMPARE, JOIN, ADD, MULTIPLY, POWER, SIGN, ATOM = range(7)


class How(Enum):
    """What a hole of a template is filled with."""

    CELL = "the cell of the same member"
    RANGE = "the range over a dimension"
    AT = "the cell of a fixed member"
    BEFORE = "the cell of the member before"
    SPOT = "one single cell"
    WHOLE = "all cells of a line, and those up to another's"


@dataclass(frozen=True, slots=True)
class Reference:
    """One hole of a template; what is looked back at is named by its key.

    A range that is `indexed` is the first argument of INDEX, which has to be told of a single row;
    one that is `summed` stands beside a condition in SUMPRODUCT; one that is `alone`, as in COUNT,
    is paired with no other. `cut` says how many members are
    left out of a range at its beginning and at its end.
    """

    how: How
    line: Line | str
    dim: Dim | None = None
    member: str = ""
    study: Study | None = None
    at: tuple[str, ...] = ()
    last: Line | None = None
    indexed: bool = False
    summed: bool = False
    alone: bool = False
    cut: tuple[int, int] = (0, 0)


class Template(NamedTuple):
    """A formula with `%s` holes, without the leading `=`."""

    text: str
    references: tuple[Reference, ...]


class Piece(NamedTuple):
    """Part of a template."""

    text: str
    binding: int = ATOM
    references: tuple[Reference, ...] = ()


NOT_AVAILABLE = Piece('"n/a"')


def hole(reference: Reference) -> Piece:
    """Return a piece that is one reference."""
    return Piece("%s", references=(reference,))


def words(text: str) -> Piece:
    """Return a constant text as a formula writes it."""
    quoted = text.replace('"', '""').replace("%", "%%")
    return Piece(f'"{quoted}"')


def constant(value: float) -> Piece:
    """Return a constant number as a formula writes it."""
    return Piece(f"{value:.15g}", ATOM if value >= 0 else SIGN)


def fill(shape: str, *pieces: Piece, binding: int = ATOM) -> Piece:
    """Return a piece of a shape such as `IF({0}>=1,{1},{0})`, its places filled with pieces."""
    holes = [reference for place in _places(shape) for reference in pieces[place].references]
    return Piece(shape.format(*(piece.text for piece in pieces)), binding, tuple(holes))


@cache
def _places(shape: str) -> tuple[int, ...]:
    return tuple(int(place) for place in re.findall(r"\{(\d+)\}", shape))


def listed(function: str, pieces: list[Piece]) -> Piece:
    """Return a function of any number of arguments."""
    places = ",".join(f"{{{index}}}" for index in range(len(pieces)))
    return fill(f"{function}({places})", *pieces)


def bound(piece: Piece, binding: int) -> Piece:
    """Return a piece in brackets if it binds less tightly than `binding`."""
    return piece if piece.binding >= binding else fill("({0})", piece)
