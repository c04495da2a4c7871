"""What a node that reads a whole dimension compiles to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.compiled import Compiled
from reportgen.expr.frames import twin
from reportgen.expr.nodes import AsOf, Pick, Reduce, SumWhere, Unit
from reportgen.expr.numeric import NAN, REDUCTIONS, as_of, picked, sum_where
from reportgen.expr.texts import NOT_AVAILABLE

if TYPE_CHECKING:
    from reportgen.expr.compiled import State
    from reportgen.expr.compiler import Compiler
    from reportgen.expr.nodes import Node
    from reportgen.expr.numeric import Array


def over_range(compiler: Compiler, of: Node) -> Compiled:
    """Return the function of a node that reads a range. Raises TypeError for any other node."""
    match of:
        case Reduce():
            return _reduce(compiler, of)
        case SumWhere():
            return _sum_where(compiler, of)
        case AsOf():
            return _as_of(compiler, of)
        case Pick():
            return _pick(compiler, of)
        case _:
            msg = f"no way to compute {type(of).__name__}"
            raise TypeError(msg)


def _reduce(c: Compiler, of: Reduce) -> Compiled:
    read, dims = c.source(of.line, of.dim)
    axis = 1 + dims.index(of.dim)
    rest = tuple(dim for dim in dims if dim is not of.dim)
    function = REDUCTIONS[of.how]
    return Compiled(c.placed(lambda state: function(read(state), axis), rest))


def _sum_where(c: Compiler, of: SumWhere) -> Compiled:
    rows = twin(of.dim)
    outer = tuple(axis for axis in c.frame if axis != rows)  # in a condition over the same rows
    inner = c.framed((*outer, rows))
    held = inner.number(of.where)
    worth = None if of.value is None else inner.number(of.value)

    def summed(state: State) -> Array:
        values = None if worth is None else worth(state)
        return sum_where(held(state), values, len(state.members[of.dim]))

    return Compiled(c.placed(summed, outer), tidy=False)


def _as_of(c: Compiler, of: AsOf) -> Compiled:
    dates, values = (c.source(line, of.dim)[0] for line in (of.dates, of.values))
    when = c.number(of.at)
    return Compiled(lambda state: as_of(dates(state), values(state), when(state)))


def _pick(c: Compiler, of: Pick) -> Compiled:
    values, _ = c.source(of.line, of.dim)
    position = c.number(of.position)
    is_text = of.line.unit is Unit.TEXT
    missing = NOT_AVAILABLE if is_text else NAN
    return Compiled(lambda state: picked(values(state), position(state), missing), is_text=is_text)
