"""Arrays with named axes, fitted into the frame of the line that reads them.

Every array has a leading batch axis (1, or the number of what-ifs) and then one axis for each
dimension; in a frame, a dimension that an array has not is an axis of size 1.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from reportgen.expr.nodes import Dim

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.expr.numeric import Array

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
    if order == tuple(range(len(order))):
        return lambda array: array[widened]
    return lambda array: array.transpose(order)[widened]
