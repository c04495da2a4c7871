"""The formula patterns of a line, and arrays of cells fitted into the dimensions of a line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from reportgen.expr.frames import fitting
from reportgen.expr.tree import reads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.expr.evaluate import Members
    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array


@dataclass(frozen=True, slots=True)
class Variant:
    """One formula pattern of a line: which members it stands for."""

    choice: tuple[tuple[Dim, str], ...]
    first: bool
    where: tuple[tuple[int, slice], ...]  # (axis, members) pairs


def variants(line: Line, members: Members) -> Iterator[Variant]:
    """Yield the formula patterns of a line: one, unless it says `by` or looks back."""
    bys, back = reads(line).bys, reads(line).back
    for chosen in product(*(enumerate(members[dim]) for dim in bys)):
        where = tuple(
            (line.dims.index(dim), slice(index, index + 1))
            for dim, (index, _) in zip(bys, chosen, strict=True)
        )
        choice = tuple((dim, member) for dim, (_, member) in zip(bys, chosen, strict=True))
        if back is None:
            yield Variant(choice, first=False, where=where)
        else:
            axis = line.dims.index(back)
            yield Variant(choice, first=True, where=(*where, (axis, slice(0, 1))))
            yield Variant(choice, first=False, where=(*where, (axis, slice(1, None))))


def fit(array: Array, dims: Sequence[Dim], frame: Sequence[Dim]) -> Array:
    """Return an array with the axes `dims` as one with the axes `frame`, missing ones of size 1."""
    place = fitting(tuple(dims), tuple(frame))
    return array if place is None else place(array[None])[0]
