"""From an expression to a function that computes it: the tree is walked once, not at every solve.

Which axes go where, what may be n/a and what may overflow is settled here; what remains for a
solve are NumPy calls.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import (
    AsOf,
    At,
    By,
    Call,
    Dim,
    Disorder,
    Each,
    Line,
    Misfits,
    Missing,
    Node,
    Number,
    Pick,
    Previous,
    Reduce,
    Spot,
    SumWhere,
    Unit,
    Varied,
    Words,
)
from reportgen.expr.numeric import NAN, as_of, disorder, misfits, picked, sum_where
from reportgen.expr.reductions import REDUCTIONS
from reportgen.expr.state import Compiled, Frame, Read, everything, fitting, tidied, twin
from reportgen.expr.texts import filled
from reportgen.expr.tree import alike, case_of
from reportgen.values import NOT_AVAILABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.expr.nodes import Dim, Node
    from reportgen.expr.numeric import Array
    from reportgen.expr.order import Step
    from reportgen.expr.state import State


Compute = Callable[["Compiler", Call], Compiled]


class Compiler:
    """Compiles the nodes of one line, in the frame of its dimensions.

    Raises TypeError for a node that makes no sense, ValueError for a line that does not fit.
    `compute` says how functions of nodes compute.
    On a ladder the frame lacks the dimension along which the lines look back: they are calculated
    one member at a time.
    """

    def __init__(self, frame: Frame, step: Step, compute: Compute) -> None:
        self.compute = compute
        self.step = step
        self.frame = tuple(axis for axis in frame if axis is not step.back)
        self.ones = (1,) * (len(self.frame) + 1)

    def framed(self, frame: Frame) -> Compiler:
        """Return a compiler for another frame."""
        return Compiler(frame, self.step, self.compute)

    def number(self, of: Node) -> Read:
        """Return the function of a number, n/a as NaN alone. Raises TypeError for a text."""
        return tidied(self.loose(of))

    def loose(self, of: Node) -> Compiled:
        """Return a number where an infinity may pass as n/a. Raises TypeError for a text."""
        made = self.compiled(of)
        if made.is_text:
            msg = "there is a text where a number is wanted"
            raise TypeError(msg)
        return made

    def text(self, of: Node) -> Read:
        """Return the function of a text, n/a as the text n/a. Raises TypeError for a number."""
        return self.as_text(of, self.compiled(of))

    def as_text(self, of: Node, made: Compiled) -> Read:
        """Return the function of a text that is compiled already."""
        if isinstance(of, Missing):
            constant = filled(NOT_AVAILABLE, self.ones)
            return lambda _: constant
        if not made.is_text:
            msg = "there is a number where a text is wanted"
            raise TypeError(msg)
        return made.read

    def any(self, of: Node) -> Read:
        """Return the function of a node, be it a number or a text."""
        return tidied(self.compiled(of))

    def compiled(self, of: Node) -> Compiled:
        """Return the function of a node, be it a number, perhaps a loose one, or a text."""
        match of:
            case Line() | Each() | At() | Spot() | Varied():
                return reference(self, of)
            case Call():
                return self.compute(self, of)
            case Number() | Missing():
                number = np.full(self.ones, of.value if isinstance(of, Number) else NAN)
                return Compiled(lambda _: number)
            case Words():
                text = filled(of.value, self.ones)
                return Compiled(lambda _: text, is_text=True)
            case By():
                return by_member(self, of)
            case Previous():
                return previous(self, of)
            case _:
                return over_range(self, of)

    def source(self, line: Line, *whole: Dim) -> tuple[Read, tuple[Dim, ...]]:
        """Return what reads a line, and its dimensions; some are read beyond the member in turn.

        Raises ValueError where that would be along a line's own ladder.
        """
        back = self.step.back
        if line not in self.step.lines:
            return lambda state: state.values[line], line.dims
        if back in whole:
            msg = f"{line.key} is read along {back.name} by a line of its own ladder"
            raise ValueError(msg)
        return lambda state: state.rung[line], tuple(dim for dim in line.dims if dim is not back)

    def placed(self, read: Read, axes: Frame) -> Read:
        """Return what fits an array with these axes into the frame, on a ladder at its member."""
        back = self.step.back
        if back is not None and back in axes:
            cut = everything(1 + axes.index(back))
            rest = tuple(axis for axis in axes if axis is not back)
            return self.placed(lambda state: read(state)[(*cut, state.index)], rest)
        fit = fitting(axes, self.frame)
        return read if fit is None else lambda state: fit(read(state))


Source = tuple[Read, Frame]


def reference(compiler: Compiler, of: Line | Each | At | Spot | Varied) -> Compiled:
    """Return what reads a line, as it stands or at certain members."""
    line = of if isinstance(of, Line) else of.line
    read = compiler.placed(*_source(compiler, of))
    return Compiled(read, is_text=line.unit is Unit.TEXT)


def _source(c: Compiler, of: Line | Each | At | Spot | Varied) -> Source:
    match of:
        case Line():
            return c.source(of)
        case Each():
            read, _ = c.source(of.line, of.dim)
            return read, each_axes(c, of)
        case At():
            return _at(c, of.line, {of.dim: of.member})
        case Spot():
            return _at(c, of.line, dict(zip(of.line.dims, of.at, strict=True)))
        case Varied(study=study, line=line):
            return lambda state: state.studied[study, line][None], (*study.dims, *line.dims)


def each_axes(compiler: Compiler, of: Each) -> Frame:
    """Return the axes of a line ranged over a dimension beside the reader's own member."""
    _, dims = compiler.source(of.line)
    return tuple(twin(dim) if dim is of.dim else dim for dim in dims)


def _at(c: Compiler, line: Line, fixed: Mapping[Dim, str]) -> Source:
    """Return what reads a line at fixed members of some dimensions."""
    read, dims = c.source(line, *fixed)

    def at_members(state: State) -> Array:
        places = [
            state.members[dim].index(fixed[dim]) if dim in fixed else slice(None) for dim in dims
        ]
        return read(state)[(slice(None), *places)]

    return at_members, tuple(dim for dim in dims if dim not in fixed)


def previous(compiler: Compiler, of: Previous) -> Compiled:
    """Return what reads the member before of a line on the ladder, or of one before the ladder."""
    step = compiler.step
    line = next(line for line in (*step.lines, *step.earlier) if line.key == of.key)
    read, dims = compiler.source(line)
    if line in step.lines:
        before = compiler.placed(lambda state: state.rung_before[line], dims)
    else:
        cut = everything(1 + dims.index(of.dim))
        rest = tuple(dim for dim in dims if dim is not of.dim)
        before = compiler.placed(lambda state: read(state)[(*cut, state.index - 1)], rest)
    is_text = line.unit is Unit.TEXT
    first = (compiler.text if is_text else compiler.number)(of.first)
    return Compiled(lambda state: before(state) if state.index else first(state), is_text=is_text)


def by_member(compiler: Compiler, of: By) -> Compiled:
    """Return what joins the cases along their dimension, on its own ladder the one in turn.

    A member without a case raises ValueError when it is computed.
    """
    made = {member: compiler.compiled(case) for member, case in of.cases.items()}
    is_text = any(case.is_text for case in made.values())
    cases = {
        of.cases[member]: compiler.as_text(of.cases[member], case) if is_text else tidied(case)
        for member, case in made.items()
    }

    def case(member: str, state: State) -> Array:
        return cases[case_of(of, member)](state)

    if of.dim is compiler.step.back:
        return Compiled(
            lambda state: case(state.members[of.dim][state.index], state), is_text=is_text
        )
    axis = 1 + compiler.frame.index(of.dim)
    return Compiled(lambda state: _side_by_side(case, of, axis, state), is_text=is_text)


def _side_by_side(case: Callable[[str, State], Array], of: By, axis: int, state: State) -> Array:
    """Return each member's own part of its case, along the axis of a dimension."""
    before = everything(axis)
    names = state.members[of.dim]
    parts = []
    for start, end in alike([of], names):
        part = case(names[start], state)
        wide = np.repeat(part, end - start, axis=axis) if part.shape[axis] == 1 else part
        parts.append(wide if wide is not part else part[(*before, slice(start, end))])
    return joined_along(parts, axis)


def joined_along(parts: Sequence[Array], axis: int) -> Array:
    """Return arrays joined along an axis, the others widened to the largest."""
    shapes = {(*part.shape[:axis], 1, *part.shape[axis + 1 :]) for part in parts}
    if len(shapes) > 1:
        shape = np.broadcast_shapes(*shapes)
        before, after = shape[:axis], shape[axis + 1 :]
        parts = [np.broadcast_to(part, (*before, part.shape[axis], *after)) for part in parts]
    return np.concatenate(parts, axis=axis)


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
        case Misfits():
            return _misfits(compiler, of)
        case Disorder():
            return _disorder(compiler, of)
        case _:
            msg = f"no way to compute {type(of).__name__}"
            raise TypeError(msg)


def _reduce(c: Compiler, of: Reduce) -> Compiled:
    read, dims = c.source(of.line, of.dim)
    axis = 1 + dims.index(of.dim)
    rest = tuple(dim for dim in dims if dim is not of.dim)
    function = REDUCTIONS[of.how].compute
    if not of.last:
        return Compiled(c.placed(lambda state: function(read(state), axis), rest))

    def reduced(state: State) -> Array:
        array = read(state)
        kept = slice(None, len(state.members[of.dim]) - of.last or None)
        return function(array[(*everything(axis), kept)], axis)

    return Compiled(c.placed(reduced, rest))


def _disorder(c: Compiler, of: Disorder) -> Compiled:
    read, dims = c.source(of.line, of.dim)
    axis = 1 + dims.index(of.dim)
    rest = tuple(dim for dim in dims if dim is not of.dim)
    return Compiled(c.placed(lambda state: disorder(np.moveaxis(read(state), axis, -1)), rest))


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


def _misfits(c: Compiler, of: Misfits) -> Compiled:
    parts = [c.source(line)[0] for line in dict.fromkeys((of.first, of.last))]

    def counted(state: State) -> Array:
        return np.add.reduce([misfits(part(state)) for part in parts])  # type: ignore[no-any-return]

    return Compiled(c.placed(counted, ()))


def _pick(c: Compiler, of: Pick) -> Compiled:
    values, _ = c.source(of.line, of.dim)
    position = c.number(of.position)
    is_text = of.line.unit is Unit.TEXT
    missing = NOT_AVAILABLE if is_text else NAN
    return Compiled(lambda state: picked(values(state), position(state), missing), is_text=is_text)
