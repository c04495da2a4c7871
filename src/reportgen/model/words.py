"""How lines are declared: given ones, inputs with an override, and computed ones."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.expr.functions import children, either, known, where, whole
from reportgen.expr.nodes import (
    NA,
    AsOf,
    At,
    By,
    Dim,
    Each,
    Line,
    Node,
    Operand,
    Pick,
    Previous,
    Reduce,
    Spot,
    SumWhere,
    Unit,
    Varied,
    node,
)
from reportgen.model.dims import ORDER


@dataclass(frozen=True, eq=False, slots=True)
class Entry(Line):
    """An input with an issued value, an override, and the live value that the model reads.

    It is itself the live line: the override where one is filled in, else the issued value, else
    n/a. A blank never means 0.
    """

    issued: Line = field(kw_only=True)
    override: Line = field(kw_only=True)


def given(key: str, label: str, unit: Unit, *dims: Dim, note: str = "") -> Line:
    """Return a line whose values come from the inputs."""
    return Line(key, label, unit, dims, None, note)


def entry(key: str, label: str, unit: Unit, *dims: Dim, note: str = "") -> Entry:
    """Return an input that an analyst may override."""
    issued = Line(f"{key}.issued", f"{label}, issued", unit, dims)
    override = Line(f"{key}.override", f"{label}, override", unit, dims)
    live = either(override, either(issued, NA))
    return Entry(key, label, unit, dims, live, note, issued=issued, override=override)


def line(key: str, label: str, unit: Unit, expr: Operand, *, note: str = "") -> Line:
    """Return a computed line; its dimensions are those that its expression leaves free."""
    tree = node(expr)
    free = free_dims(tree)
    return Line(key, label, unit, tuple(dim for dim in ORDER if dim in free), tree, note)


def case_line(key: str, label: str, unit: Unit, expr: Operand, *dims: Dim, note: str = "") -> Line:
    """Return a computed line with its dimensions spelled out, for those outside `ORDER`."""
    return Line(key, label, unit, dims, node(expr), note)


def lines_in(*parts: object) -> tuple[Line, ...]:
    """Return the lines in some parts: lines, and records, tuples or mappings that hold any."""
    found: dict[Line, None] = {}
    for part in parts:
        if isinstance(part, Line):
            found[part] = None
        elif isinstance(part, dict | tuple):
            inner = part.values() if isinstance(part, dict) else part
            found.update(dict.fromkeys(lines_in(*inner)))
    return tuple(found)


def free_dims(of: Node) -> set[Dim]:
    """Return the dimensions that a node's value still has."""
    match of:
        case Line():
            return set(of.dims)
        case Each() | Reduce() | At():
            return set(of.line.dims) - {of.dim}
        case Spot():
            return set()
        case SumWhere():
            inner = free_dims(of.where)
            return inner if of.value is None else inner | free_dims(of.value)
        case AsOf():
            return free_dims(of.at)
        case Pick():
            return free_dims(of.position)
        case Previous():
            return {of.dim} | free_dims(of.first)
        case By():
            return {of.dim}.union(*(free_dims(case) for case in of.cases.values()))
        case Varied():
            return {*of.study.dims, *of.line.dims}
        case _:
            return set().union(*(free_dims(child) for child in children(of)))


def the(dim: Dim, condition: Node, value: Line) -> Node:
    """Return the value of the one row of `dim` that meets the condition; n/a if none does."""
    return where(
        SumWhere(dim, condition, None) >= 1, SumWhere(dim, condition, Each(value, dim)), NA
    )


def comparable(value: Node) -> Node:
    """Return money a share in whole millionths, 0 where n/a: programs agree on which is larger."""
    return whole(1000 * or_zero(value) * 1000)


def or_zero(value: Node) -> Node:
    """Return the value where it is a number, else 0; for weights and flags, never for money."""
    return where(known(value), value, 0)
