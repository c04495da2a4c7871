"""Small models for the tests: a few lines, their values, and how their formulas read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.expr import functions as f
from reportgen.expr.formula import expression_template
from reportgen.expr.nodes import NA, Dim, Line, Unit, node
from reportgen.expr.pieces import How
from reportgen.expr.solve import Solved, solve
from reportgen.expr.tree import reads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.expr.nodes import Operand, Study, WhatIf
    from reportgen.expr.numeric import Array
    from reportgen.expr.pieces import Reference
    from reportgen.expr.state import Members
    from tests.support.one_sheet import Index
    from tests.support.stored_cells import Value

CASE, ROW, STEP = Dim("case"), Dim("row"), Dim("step")
MEMBERS: Members = {
    CASE: ("bear", "base", "bull"),
    ROW: ("1", "2", "3", "4"),
    STEP: ("0", "1", "2", "3"),
}
NAN = float("nan")


def given(key: str, *dims: Dim, unit: Unit = Unit.NUMBER) -> Line:
    """A line that somebody types."""
    return Line(key, "", unit, dims)


def line(key: str, expr: Operand, *dims: Dim, unit: Unit = Unit.NUMBER) -> Line:
    """A computed line."""
    return Line(key, "", unit, dims, node(expr))


def live(key: str, *dims: Dim) -> Line:
    """A computed line that shows the number typed as `key`, n/a where there is none."""
    return line(f"={key}", f.either(given(key, *dims), NA), *dims)


def sure(key: str, *dims: Dim) -> Line:
    """A computed line that is never n/a: 0 where no number is typed as `key`."""
    return line(f"={key}", f.either(given(key, *dims), 0), *dims)


def with_inputs(*lines: Line) -> tuple[Line, ...]:
    """Lines after everything that they read."""
    found: dict[Line, None] = {}
    for one in lines:
        found.update(dict.fromkeys(with_inputs(*reads(one).lines)))
        found[one] = None
    return tuple(found)


def typed_in(line: Line, typed: Mapping[str, Any]) -> Array:
    """What is typed in a given line, as an array; blank where nothing is."""
    shape = tuple(len(MEMBERS[dim]) for dim in line.dims)
    text = line.unit is Unit.TEXT
    array: Array = np.full(shape, "" if text else NAN, dtype=object if text else float)
    array[...] = typed.get(line.key, array)
    return array


def solved(
    *lines: Line,
    typed: Mapping[str, Any] | None = None,
    what_ifs: Mapping[Study, tuple[WhatIf, ...]] | None = None,
) -> Solved:
    """The solution of lines and all that they read, with what is typed by key."""
    known = with_inputs(*lines)
    given_arrays = {one: typed_in(one, typed or {}) for one in known if one.expr is None}
    return solve(known, given_arrays, MEMBERS, what_ifs or {})


def value(expr: Operand, *dims: Dim, unit: Unit = Unit.NUMBER, **typed: object) -> Any:  # noqa: ANN401
    """The value of an expression: a number, a text, or nested lists along `dims`."""
    asked = line("asked", expr, *dims, unit=unit)
    return solved(asked, typed=typed).values[asked].tolist()


def cells_typed(
    lines: Iterable[Line], typed: Mapping[str, Any]
) -> dict[Line, dict[Index, Value | None]]:
    """What is typed in the given lines as cells of a sheet; n/a stands as a text, blank as None."""
    return {
        one: {
            index: None if cell in {"", NAN} or cell != cell else cell  # noqa: PLR0124 - NaN
            for index, cell in np.ndenumerate(typed_in(one, typed))
        }
        for one in lines
        if one.expr is None
    }


def formula(expr: Operand) -> str:
    """An expression's formula with the keys of lines in its holes, such as `a*SUM(b[row])`."""
    pattern = expression_template(node(expr))
    return pattern.text % tuple(_named(reference) for reference in pattern.references)


def _named(reference: Reference) -> str:
    key = reference.line if isinstance(reference.line, str) else reference.line.key.lstrip("=")
    match reference.how:
        case How.RANGE if reference.dim is not None:
            return f"{key}[{reference.dim.name}]"
        case How.AT:
            return f"{key}[{reference.member}]"
        case How.SPOT:
            return f"{key}[{','.join(reference.at)}]"
        case How.BEFORE:
            return f"{key}[before]"
        case _:
            return key
