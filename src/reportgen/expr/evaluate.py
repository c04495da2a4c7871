"""The first reader of an expression: NumPy arrays with named dimensions.

Every array has a leading batch axis (1, or the number of what-ifs) followed by one axis for each
dimension of its line.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.compiler import Compiler, joined_along
from reportgen.expr.nodes import Spot, Unit
from reportgen.expr.operators import compute
from reportgen.expr.order import Step
from reportgen.expr.state import State, everything

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line, Node
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Read


@lru_cache(maxsize=4096)  # what-ifs of one company are those of the next
def _cell(of: Node) -> Read:
    """Return the function of an expression without dimensions."""
    return Compiler((), Step(()), compute).any(of)


class Evaluator(State):
    """Evaluates lines one after the other into `values`: line -> array (batch, *dims).

    NumPy's warnings of what becomes n/a are left to the caller to silence.
    """

    def run(self, step: Step) -> None:
        """Evaluate one line, or the lines of one ladder together.

        Raises KeyError naming a line that is not given.
        """
        program = _program(step)
        if step.back is not None:
            self._climb(step.lines, program, step.back)
        else:
            self.values[step.lines[0]] = self._whole(program[0](self), step.lines[0].dims)

    def cell(self, of: Node) -> Array:
        """Return the value of an expression without dimensions, shaped (batch,)."""
        if isinstance(of, Spot):  # most what-ifs are just that
            pairs = zip(of.line.dims, of.at, strict=True)
            index = (*everything(1), *(self.members[dim].index(name) for dim, name in pairs))
            spot: Array = self.values[of.line][index]
            return spot
        return _cell(of)(self)

    def _climb(self, lines: tuple[Line, ...], program: tuple[Read, ...], back: Dim) -> None:
        """Evaluate lines that look at the member before, one member at a time."""
        rungs: list[dict[Line, Array]] = []
        frames = [tuple(dim for dim in line.dims if dim is not back) for line in lines]
        for index in range(len(self.members[back])):
            self.index, self.rung_before, self.rung = index, self.rung, {}
            for line, read, frame in zip(lines, program, frames, strict=True):
                self.rung[line] = self._whole(read(self), frame)
            rungs.append(self.rung)
        for line in lines:
            axis = 1 + line.dims.index(back)
            thin = (*everything(axis), None)
            self.values[line] = joined_along([rung[line][thin] for rung in rungs], axis)

    def _whole(self, array: Array, dims: tuple[Dim, ...]) -> Array:
        """Return an array with all the members of its dimensions."""
        shape = self._shapes.get(dims)
        if shape is None:
            shape = self._shapes[dims] = tuple(len(self.members[dim]) for dim in dims)
        return array if array.shape[1:] == shape else np.broadcast_to(array, (len(array), *shape))


def compile_step(step: Step) -> None:
    """Compile the lines of a step that are not given, ahead of the first case. Errors as below."""
    if all(line.expr is not None for line in step.lines):
        _program(step)


@cache
def _program(step: Step) -> tuple[Read, ...]:
    """Return the functions that compute the lines of a step.

    Raises KeyError naming a line that has no expression, TypeError or ValueError naming one whose
    expression makes no sense.
    """
    program = []
    for line in step.lines:
        if line.expr is None:
            msg = f"{line.key} was not given"
            raise KeyError(msg)
        compiler = Compiler(line.dims, step, compute)
        try:
            wanted = compiler.text if line.unit is Unit.TEXT else compiler.number
            program.append(wanted(line.expr))
        except (TypeError, ValueError) as fault:
            msg = f"{line.key}: {fault}"
            raise type(fault)(msg) from fault
    return tuple(program)
