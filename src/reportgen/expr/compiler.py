"""From an expression to a function that computes it: the tree is walked once, not at every solve.

Which axes go where, what may be n/a and what may overflow is settled here; what remains for a
solve are NumPy calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr import compiled_calls, compiled_lines, compiled_ranges
from reportgen.expr.compiled import Compiled, Read, tidied
from reportgen.expr.frames import Frame, everything, fitting
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
from reportgen.expr.numeric import NAN
from reportgen.expr.texts import NOT_AVAILABLE, filled

if TYPE_CHECKING:
    from reportgen.expr.ladders import Step
    from reportgen.expr.nodes import Dim


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

    def framed(self, frame: Frame) -> Compiler:
        """Return a compiler for another frame."""
        return Compiler(frame, self.step)

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
                return compiled_lines.reference(self, of)
            case Call():
                return compiled_calls.call(self, of)
            case Number() | Missing():
                number = np.full(self.ones, of.value if isinstance(of, Number) else NAN)
                return Compiled(lambda _: number)
            case Words():
                text = filled(of.value, self.ones)
                return Compiled(lambda _: text, is_text=True)
            case By():
                return compiled_lines.by_member(self, of)
            case Previous():
                return compiled_lines.previous(self, of)
            case _:
                return compiled_ranges.over_range(self, of)

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

    def placed(self, read: Read, axes: Frame) -> Read:
        """Return what fits an array with these axes into the frame, on a ladder at its member."""
        back = self.step.back
        if back is not None and back in axes:
            cut = everything(1 + axes.index(back))
            rest = tuple(axis for axis in axes if axis is not back)
            return self.placed(lambda state: read(state)[(*cut, state.index)], rest)
        fit = fitting(axes, self.frame)
        return read if fit is None else lambda state: fit(read(state))
