"""What a node that reads a whole dimension compiles to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.compiled import Compiled
from reportgen.expr.frames import twin
from reportgen.expr.nodes import AsOf, Pick, Reduce, SumWhere
from reportgen.expr.numeric import NAN, REDUCTIONS, as_of, picked, sum_where
from reportgen.expr.texts import NOT_AVAILABLE
from reportgen.expr.traits import is_text

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
    inner = c.within(twin(of.dim))
    held = inner.number(of.where)
    worth = None if of.value is None else inner.number(of.value)

    def summed(state: State) -> Array:
        return sum_where(
            held(state), None if worth is None else worth(state), len(state.members[of.dim])
        )

    return Compiled(summed, tidy=False)


def _as_of(c: Compiler, of: AsOf) -> Compiled:
    dates, values = (c.source(line, of.dim)[0] for line in (of.dates, of.values))
    when = c.number(of.at)
    return Compiled(lambda state: as_of(dates(state), values(state), when(state)))


def _pick(c: Compiler, of: Pick) -> Compiled:
    values, _ = c.source(of.line, of.dim)
    position = c.number(of.position)
    missing = NOT_AVAILABLE if is_text(of.line) else NAN
    return Compiled(lambda state: picked(values(state), position(state), missing))
