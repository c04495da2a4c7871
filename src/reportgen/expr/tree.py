"""What stands in an expression: the nodes inside it, and the lines it reads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import (
    OTHERS,
    AsOf,
    At,
    By,
    Call,
    Disorder,
    Each,
    Line,
    Pick,
    Previous,
    Reduce,
    Spot,
    SumWhere,
    Varied,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Node


def children(of: Node) -> tuple[Node, ...]:
    """Return the nodes directly inside a node; a line has none: it is a reference."""
    match of:
        case Call():
            return of.args
        case Reduce() | At() | Spot() | Each() | Disorder():
            return (of.line,)
        case SumWhere():
            return (of.where,) if of.value is None else (of.where, of.value)
        case AsOf():
            return (of.dates, of.values, of.at)
        case Pick():
            return (of.line, of.position)
        case Previous():
            return (of.first,)
        case By():
            return tuple(of.cases.values())
        case _:
            return ()


def within(of: Node | None) -> Iterator[Node]:
    """Yield a node and everything inside it, down to the lines it refers to."""
    stack = [] if of is None else [of]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(children(top)))


class Reads(NamedTuple):
    """What a line's expression mentions, each once and in order.

    `earlier` are the keys of the lines it looks back at, `back` the dimension along which it does,
    `bys` the dimensions that it tells apart, `varied` the lines it reads under a set of what-ifs.
    """

    lines: tuple[Line, ...]
    earlier: tuple[str, ...]
    back: Dim | None
    bys: tuple[Dim, ...]
    varied: tuple[Varied, ...]


@cache
def reads(line: Line) -> Reads:
    """Return what a line's expression mentions.

    Raises ValueError if it looks back along two dimensions.
    """
    nodes = list(within(line.expr))
    previous = [node for node in nodes if isinstance(node, Previous)]
    back = dict.fromkeys(node.dim for node in previous)
    if len(back) > 1:
        msg = f"{line.key} looks back along {' and '.join(dim.name for dim in back)}: one at a time"
        raise ValueError(msg)
    return Reads(
        tuple(dict.fromkeys(node for node in nodes if isinstance(node, Line))),
        tuple(dict.fromkeys(node.key for node in previous)),
        next(iter(back), None),
        tuple(dict.fromkeys(node.dim for node in nodes if isinstance(node, By))),
        tuple(node for node in nodes if isinstance(node, Varied)),
    )


def case_of(of: By, member: str) -> Node:
    """Return the expression for one member. Raises ValueError where there is none."""
    found = of.cases.get(member, of.cases.get(OTHERS))
    if found is None:
        raise ValueError(f"there is no case for {of.dim.name} {member}")
    return found


def alike(of: Sequence[By], members: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where members begin and end that stand beside each other and share every case."""
    start = 0
    for at in range(1, len(members) + 1):
        if at == len(members) or any(
            case_of(by, members[at]) is not case_of(by, members[start]) for by in of
        ):
            yield start, at
            start = at


def chosen(of: Node, choice: Mapping[Dim, str], *, first: bool) -> Node:
    """Return an expression as it reads for certain members: cases chosen, the first look back."""

    def again(inner: Node) -> Node:
        return chosen(inner, choice, first=first)

    match of:
        case By():
            return again(case_of(of, choice[of.dim]))
        case Previous() if first:
            return again(of.first)
        case Call():
            args = tuple(again(arg) for arg in of.args)
            same = all(new is old for new, old in zip(args, of.args, strict=True))
            return of if same else Call(of.op, args)  # what is known of it holds by identity
        case SumWhere():
            where = again(of.where)
            return of if where is of.where else SumWhere(of.dim, where, of.value)
        case AsOf():
            day = again(of.at)
            return of if day is of.at else AsOf(of.dates, of.values, of.dim, day)
        case Pick():
            place = again(of.position)
            return of if place is of.position else Pick(of.line, of.dim, place)
        case _:
            return of


def is_ranged(of: Node) -> bool:
    """Return whether a node ranges over rows beside the reader's own: it holds a free `each`."""
    if isinstance(of, SumWhere | Line):
        return False
    return isinstance(of, Each) or any(is_ranged(child) for child in children(of))
