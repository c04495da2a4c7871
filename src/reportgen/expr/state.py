"""What a compiled expression computes from: arrays with named axes, fitted into a frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from reportgen.expr.nodes import Dim, Line, Study
from reportgen.expr.numeric import Array, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping


Members = dict[Dim, tuple[str, ...]]


class Values(Protocol):
    """The arrays (batch, *dims) of lines, to read and to add to."""

    def __getitem__(self, line: Line, /) -> Array: ...

    def __setitem__(self, line: Line, array: Array, /) -> None: ...


class State:
    """What a compiled expression computes from: arrays (batch, *dims) of every line so far.

    On a ladder `index` is the number of the member being calculated, and the rungs hold its lines
    at that member and at the one before.
    """

    def __init__(
        self,
        values: Values,
        members: Members,
        studied: Mapping[tuple[Study, Line], Array],
    ) -> None:
        self.values = values
        self.members = members
        self.studied = studied
        self.index = 0
        self.rung: dict[Line, Array] = {}
        self.rung_before: dict[Line, Array] = {}
        self._shapes: dict[tuple[Dim, ...], tuple[int, ...]] = {}
        self._numbers: dict[str, int] = {}  # of each text met, letter case aside
        self._coded: dict[Line, tuple[Array, Array]] = {}

    def codes(self, line: Line) -> Array:
        """Return a text line as numbers, equal where a formula takes the texts for equal."""
        array = self.values[line]
        known = self._coded.get(line)
        if known is None or known[0] is not array:
            known = self._coded[line] = (array, self.coded(array))
        return known[1]

    def coded(self, array: Array) -> Array:
        """Return texts as such numbers: letter case does not count."""
        numbers = self._numbers
        found = [numbers.setdefault(text.casefold(), len(numbers)) for text in array.flat]
        return np.array(found).reshape(array.shape)


Read = Callable[[State], Array]


class Compiled(NamedTuple):
    """A node as a function, of a number or of a text.

    Unless `tidy`, an infinity in its result is n/a, as NaN is.
    """

    read: Read
    tidy: bool = True
    is_text: bool = False


def tidied(made: Compiled) -> Read:
    """Return a compiled node's function without infinities."""
    read = made.read
    return read if made.tidy else lambda state: tidy(read(state))


Axis = Dim | str  # a dimension, or the name of its ranged twin inside a conditional sum
Frame = tuple[Axis, ...]


def twin(dim: Dim) -> str:
    """Return the axis along which a conditional sum runs, apart from the reader's own member."""
    return f"each {dim.name}"


def everything(axes: int) -> tuple[Any, ...]:
    """Return the index that takes all of so many leading axes."""
    return (slice(None),) * axes


@cache
def fitting(dims: Frame, frame: Frame) -> Callable[[Array], Array] | None:
    """Return what brings an array with the axes `dims` into a frame; None: nothing is to be done.

    Raises ValueError if the frame lacks one of the axes.
    """
    if dims == frame:
        return None
    if not set(dims) <= set(frame):
        msg = f"dimensions {dims} do not fit into {frame}"
        raise ValueError(msg)
    widened = (slice(None), *(slice(None) if axis in dims else None for axis in frame))
    order = (0, *(1 + dims.index(axis) for axis in frame if axis in dims))
    return lambda array: array.transpose(order)[widened]
