"""From an expression to a function that computes it: the tree is walked once, not at every solve.

Which axes go where, what may be n/a and what may overflow is settled here; what remains for a
solve are NumPy calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr import compiled_calls, compiled_ranges
from reportgen.expr.compiled import Compiled, Read
from reportgen.expr.frames import Frame, everything, fitting, twin
from reportgen.expr.nodes import (
    At,
    By,
    Call,
    Each,
    Line,
    Missing,
    Node,
    Number,
    Previous,
    Spot,
    Varied,
    Words,
)
from reportgen.expr.numeric import NAN, tidy
from reportgen.expr.texts import NOT_AVAILABLE, filled
from reportgen.expr.traits import is_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.expr.compiled import State
    from reportgen.expr.ladders import Step
    from reportgen.expr.nodes import Dim
    from reportgen.expr.numeric import Array

Source = tuple[Read, Frame]


class Compiler:
    """Compiles the nodes of one line, in the frame of its dimensions.

    Raises TypeError for a node that makes no sense, ValueError for a line that does not fit.
    On a ladder the frame lacks the dimension along which the lines look back: they are calculated
    one member at a time.
    """

    def __init__(self, frame: Frame, step: Step) -> None:
        self.step = step
        self.frame = tuple(axis for axis in frame if axis is not step.back)
        self.ones = (1,) * (len(self.frame) + 1)

    def within(self, *axes: str) -> Compiler:
        """Return a compiler for a frame with more axes."""
        return Compiler((*self.frame, *axes), self.step)

    def any(self, of: Node) -> Read:
        """Return the function of a node, be it a number or a text."""
        return self.text(of) if is_text(of) else self.number(of)

    def number(self, of: Node) -> Read:
        """Return the function of a number, n/a as NaN alone. Raises TypeError for a text."""
        read, is_tidy = self.loose(of)
        return read if is_tidy else lambda state: tidy(read(state))

    def loose(self, of: Node) -> Compiled:
        """Return a number where an infinity may pass as n/a. Raises TypeError for a text."""
        if is_text(of):
            msg = "there is a text where a number is wanted"
            raise TypeError(msg)
        return self._of(of)

    def text(self, of: Node) -> Read:
        """Return the function of a text, n/a as the text n/a. Raises TypeError for a number."""
        if is_text(of):
            return self._of(of).read
        if not isinstance(of, Missing):
            msg = "there is a number where a text is wanted"
            raise TypeError(msg)
        constant = filled(NOT_AVAILABLE, self.ones)
        return lambda _: constant

    def _of(self, of: Node) -> Compiled:
        match of:
            case Number() | Missing():
                return self._constant(of.value if isinstance(of, Number) else NAN)
            case Words():
                text = filled(of.value, self.ones)
                return Compiled(lambda _: text)
            case Call():
                return compiled_calls.call(self, of)
            case By():
                return self._by(of)
            case Previous():
                return self._previous(of)
            case Line() | Each() | At() | Spot() | Varied():
                return Compiled(self.placed(*self._reference(of)))
            case _:
                return compiled_ranges.over_range(self, of)

    def _constant(self, value: float) -> Compiled:
        array = np.full(self.ones, value)
        return Compiled(lambda _: array)

    def _reference(self, of: Line | Each | At | Spot | Varied) -> Source:
        match of:
            case Line():
                return self.source(of)
            case Each():
                read, _ = self.source(of.line, of.dim)
                return read, self.axes(of)
            case At():
                return self._at(of.line, {of.dim: of.member})
            case Spot():
                return self._at(of.line, dict(zip(of.line.dims, of.at, strict=True)))
            case Varied(study=study, line=line):
                return lambda state: state.studied[study, line][None], (*study.dims, *line.dims)

    def axes(self, of: Each) -> Frame:
        """Return the axes of a line ranged over a dimension beside the reader's own member."""
        _, dims = self.source(of.line)
        return tuple(twin(dim) if dim is of.dim else dim for dim in dims)

    def source(self, line: Line, *whole: Dim) -> tuple[Read, tuple[Dim, ...]]:
        """Return what reads a line, and its dimensions; some are read beyond the member in turn.

        Raises ValueError where that would be along a line's own ladder.
        """
        back = self.step.back
        if back is None or line not in self.step.lines:
            return lambda state: state.values[line], line.dims
        if back in whole:
            msg = f"{line.key} is read along {back.name} by a line of its own ladder"
            raise ValueError(msg)
        return lambda state: state.rung[line], tuple(dim for dim in line.dims if dim is not back)

    def _at(self, line: Line, fixed: Mapping[Dim, str]) -> Source:
        """Return what reads a line at fixed members of some dimensions."""
        read, dims = self.source(line, *fixed)

        def at_members(state: State) -> Array:
            places = (
                state.members[dim].index(fixed[dim]) if dim in fixed else slice(None)
                for dim in dims
            )
            return read(state)[(slice(None), *places)]

        return at_members, tuple(dim for dim in dims if dim not in fixed)

    def placed(self, read: Read, axes: Frame) -> Read:
        """Return what fits an array with these axes into the frame, on a ladder at its member."""
        back = self.step.back
        if back is not None and back in axes:
            cut = everything(1 + axes.index(back))
            rest = tuple(axis for axis in axes if axis is not back)
            return self.placed(lambda state: read(state)[(*cut, state.index)], rest)
        fit = fitting(axes, self.frame)
        return read if fit is None else lambda state: fit(read(state))

    def _previous(self, of: Previous) -> Compiled:
        """Return what reads the member before of a line on the ladder, or of one before it."""
        line = next(line for line in (*self.step.lines, *self.step.earlier) if line.key == of.key)
        read, dims = self.source(line)
        if line in self.step.lines:
            before = self.placed(lambda state: state.rung_before[line], dims)
        else:
            rest = tuple(dim for dim in dims if dim is not of.dim)
            cut = everything(1 + dims.index(of.dim))
            before = self.placed(lambda state: read(state)[(*cut, state.index - 1)], rest)
        first = self.any(of.first)
        return Compiled(lambda state: before(state) if state.index else first(state))

    def _by(self, of: By) -> Compiled:
        """Return what joins the cases along their dimension, on its own ladder the one in turn."""
        wanted = self.text if is_text(of) else self.number
        cases = {member: wanted(case) for member, case in of.cases.items()}
        if of.dim is self.step.back:
            return Compiled(lambda state: cases[state.members[of.dim][state.index]](state))
        axis = 1 + self.frame.index(of.dim)
        only = everything(axis)

        def joined(state: State) -> Array:
            parts = []
            for index, member in enumerate(state.members[of.dim]):
                part = cases[member](state)
                parts.append(part if part.shape[axis] == 1 else part[(*only, [index])])
            return joined_along(parts, axis)

        return Compiled(joined)


def joined_along(parts: Sequence[Array], axis: int) -> Array:
    """Return arrays joined along an axis, the others widened to the largest."""
    shapes = {(*part.shape[:axis], 1, *part.shape[axis + 1 :]) for part in parts}
    if len(shapes) > 1:
        shape = np.broadcast_shapes(*shapes)
        parts = [np.broadcast_to(part, shape) for part in parts]
    return np.concatenate(parts, axis=axis)
