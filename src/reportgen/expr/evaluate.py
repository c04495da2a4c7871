"""The first reader of an expression: NumPy arrays with named dimensions.

Every array has a leading batch axis (1, or the number of what-ifs) followed by one axis for each
dimension of its line. A reference is fitted into the frame of the line that reads it by reshaping.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.functions import children
from reportgen.expr.nodes import (
    AsOf,
    At,
    By,
    Call,
    Dim,
    Each,
    Line,
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
from reportgen.expr.numeric import FUNCTIONS, NAN, NOT_AVAILABLE, REDUCTIONS, Array

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping, Sequence

    from reportgen.expr.nodes import Study

Members = dict[Dim, tuple[str, ...]]
Axis = Dim | str  # a dimension, or the name of its ranged twin inside a conditional sum
Frame = tuple[Axis, ...]


def _twin(dim: Dim) -> str:
    return f"each {dim.name}"


def steps(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the lines in order, those that look back at each other (a ladder) together.

    Raises ValueError where a line looks back at a key that no line has.
    """
    place = {line.key: index for index, line in enumerate(lines)}
    index = 0
    while index < len(lines):
        end = index
        cursor = index
        while cursor <= end:
            for key in looks_back(lines[cursor]):
                if key not in place:
                    msg = f"{lines[cursor].key} looks back at {key}, which is no line"
                    raise ValueError(msg)
                end = max(end, place[key])
            cursor += 1
        yield tuple(lines[index : end + 1])
        index = end + 1


def looks_back(line: Line) -> tuple[str, ...]:
    """Return the keys of the lines whose earlier member this line reads."""
    if line.expr is None:
        return ()
    found: list[str] = []
    stack: list[Node] = [line.expr]
    while stack:
        top = stack.pop()
        if isinstance(top, Previous):
            found.append(top.key)
        if not isinstance(top, Line):
            stack.extend(children(top))
    return tuple(found)


class Evaluator:
    """Evaluates lines one after the other into `values`: line -> array (batch, *dims)."""

    def __init__(
        self,
        values: MutableMapping[Line, Array],
        members: Members,
        studied: Mapping[tuple[Study, Line], Array],
    ) -> None:
        """Keep the arrays to read from and to write into."""
        self.values = values
        self.members = members
        self.studied = studied
        self._window: dict[Dim, int] = {}
        self._by_key: dict[str, Line] = {}

    def run(self, ladder: tuple[Line, ...]) -> None:
        """Evaluate one line, or the lines of one ladder together."""
        backs = [looks_back(line) for line in ladder]
        if not any(backs):
            for line in ladder:
                self.values[line] = self._line(line)
            return
        self._climb(ladder)

    def _climb(self, ladder: tuple[Line, ...]) -> None:
        """Evaluate lines that look at the member before, one member at a time."""
        dim = next(_previous_dim(line) for line in ladder if looks_back(line))
        self._by_key.update({line.key: line for line in (*self.values, *ladder)})
        done: dict[Line, list[Array]] = {line: [] for line in ladder}
        for index in range(len(self.members[dim])):
            self._window = {dim: index}
            for line in ladder:
                part = self._line(line)
                done[line].append(part)
                self.values[line] = _joined(done[line], line, dim)
        self._window = {}

    def _line(self, line: Line) -> Array:
        if line.expr is None:
            msg = f"{line.key} was not given"
            raise KeyError(msg)
        with np.errstate(all="ignore"):
            result = self.visit(line.expr, line.dims)
        sizes = tuple(self._size(dim) for dim in line.dims)
        return np.broadcast_to(result, (result.shape[0], *sizes))

    def _size(self, dim: Dim) -> int:
        return 1 if dim in self._window else len(self.members[dim])

    def visit(self, of: Node, frame: Frame) -> Array:
        """Return the array of a node in a frame of axes."""
        match of:
            case Number():
                return np.full((1,) * (len(frame) + 1), of.value)
            case Words():
                return _text(of.value, len(frame) + 1)
            case Missing():
                return np.full((1,) * (len(frame) + 1), NAN)
            case Line():
                return self._fit(self.values[of], of.dims, frame)
            case Call():
                return self._call(of, frame)
            case Each():
                return self._each(of, frame)
            case Reduce():
                return self._reduce(of, frame)
            case SumWhere():
                return self._sum_where(of, frame)
            case AsOf():
                return self._as_of(of, frame)
            case Pick():
                return self._pick(of, frame)
            case At():
                return self._at(of, frame)
            case Spot():
                return self._spot(of, frame)
            case Previous():
                return self._previous(of, frame)
            case By():
                return self._by(of, frame)
            case Varied():
                dims = (*of.study.dims, *of.line.dims)
                return self._fit(self.studied[of.study, of.line][None], dims, frame)
            case _:
                msg = f"no way to evaluate {type(of).__name__}"
                raise TypeError(msg)

    def _call(self, of: Call, frame: Frame) -> Array:
        args = [self.visit(arg, frame) for arg in of.args]
        if of.name == "where" and (args[1].dtype == object) != (args[2].dtype == object):
            args[1:] = [_as_text(arg) for arg in args[1:]]
        return FUNCTIONS[of.name](*args)

    def _fit(self, array: Array, dims: Frame, frame: Frame) -> Array:
        for dim, index in self._window.items():
            if dim in dims:
                axis = 1 + dims.index(dim)
                if array.shape[axis] > 1 or index == 0:
                    array = np.take(array, [min(index, array.shape[axis] - 1)], axis=axis)
        sizes = dict(zip(dims, array.shape[1:], strict=True))
        if not set(dims) <= set(frame):
            msg = f"dimensions {dims} do not fit into {frame}"
            raise ValueError(msg)
        ordered = [axis for axis in frame if axis in sizes]
        if ordered != list(dims):
            moved = (0, *(1 + dims.index(axis) for axis in ordered))
            array = np.transpose(array, moved)
        return array.reshape((array.shape[0], *(sizes.get(axis, 1) for axis in frame)))

    def _each(self, of: Each, frame: Frame) -> Array:
        renamed = tuple(_twin(axis) if axis is of.dim else axis for axis in of.line.dims)
        return self._fit(self.values[of.line], renamed, frame)

    def _reduce(self, of: Reduce, frame: Frame) -> Array:
        axis = 1 + of.line.dims.index(of.dim)
        reduced = REDUCTIONS[of.how](np.moveaxis(self.values[of.line], axis, -1))
        rest = tuple(dim for dim in of.line.dims if dim is not of.dim)
        return self._fit(reduced, rest, frame)

    def _sum_where(self, of: SumWhere, frame: Frame) -> Array:
        inner = (*frame, _twin(of.dim))
        held = self.visit(of.where, inner)
        terms = held
        if of.value is not None:
            worth = self.visit(of.value, inner)
            terms = held * np.where(np.isnan(worth), 0.0, worth)
        terms = np.broadcast_to(terms, (*terms.shape[:-1], len(self.members[of.dim])))
        return np.sum(terms, axis=-1)

    def _as_of(self, of: AsOf, frame: Frame) -> Array:
        dates = self.values[of.dates][0]
        when = self.visit(of.at, frame)
        position = np.searchsorted(dates, when, side="right") - 1
        valid = (position >= 0) & np.isfinite(when)
        found = self._take(self.values[of.values], np.where(valid, position, 0))
        return np.where(valid, found, NAN)

    @staticmethod
    def _take(values: Array, position: Array) -> Array:
        """Return values (batch, n) at positions (batch or 1, ...)."""
        if values.shape[0] == 1:
            return values[0][position]
        batch = np.arange(values.shape[0]).reshape((-1,) + (1,) * (position.ndim - 1))
        return values[batch, position]

    def _pick(self, of: Pick, frame: Frame) -> Array:
        values = self.values[of.line]
        position = self.visit(of.position, frame)
        inside = (position >= 1) & (position <= values.shape[-1])
        index = np.where(inside, position, 1).astype(int) - 1
        found = self._take(values, index)
        return np.where(inside, found, NOT_AVAILABLE if values.dtype == object else NAN)

    def _at(self, of: At, frame: Frame) -> Array:
        index = self.members[of.dim].index(of.member)
        axis = 1 + of.line.dims.index(of.dim)
        rest = tuple(dim for dim in of.line.dims if dim is not of.dim)
        return self._fit(np.take(self.values[of.line], index, axis=axis), rest, frame)

    def _spot(self, of: Spot, frame: Frame) -> Array:
        pairs = zip(of.line.dims, of.at, strict=True)
        index = tuple(self.members[dim].index(member) for dim, member in pairs)
        picked = self.values[of.line][(slice(None), *index)]
        return picked.reshape((picked.shape[0],) + (1,) * len(frame))

    def _previous(self, of: Previous, frame: Frame) -> Array:
        index = self._window[of.dim]
        if index == 0:
            return self.visit(of.first, frame)
        line = self._by_key[of.key]
        axis = 1 + line.dims.index(of.dim)
        before = np.take(self.values[line], [index - 1], axis=axis)
        window, self._window = self._window, {}
        fitted = self._fit(before, line.dims, frame)
        self._window = window
        return fitted

    def _by(self, of: By, frame: Frame) -> Array:
        members = self.members[of.dim]
        axis = 1 + frame.index(of.dim)
        parts = []
        for index, member in enumerate(members):
            part = self.visit(of.cases[member], frame)
            parts.append(part if part.shape[axis] == 1 else np.take(part, [index], axis=axis))
        shape = np.broadcast_shapes(*(part.shape for part in parts))
        return np.concatenate([np.broadcast_to(part, shape) for part in parts], axis=axis)


def _previous_dim(line: Line) -> Dim:
    stack: list[Node] = [] if line.expr is None else [line.expr]
    while stack:
        top = stack.pop()
        if isinstance(top, Previous):
            return top.dim
        if not isinstance(top, Line):
            stack.extend(children(top))
    msg = f"{line.key} does not look back"
    raise ValueError(msg)


def _joined(parts: list[Array], line: Line, dim: Dim) -> Array:
    axis = 1 + line.dims.index(dim)
    batch = max(part.shape[0] for part in parts)
    widened = [np.broadcast_to(part, (batch, *part.shape[1:])) for part in parts]
    return np.concatenate(widened, axis=axis)


def _text(value: str, ndim: int) -> Array:
    array = np.empty((1,) * ndim, dtype=object)
    array[...] = value
    return array


def _as_text(array: Array) -> Array:
    """Return n/a (NaN) as text, so that both branches of a choice are texts."""
    if array.dtype == object:
        return array
    result = np.empty(array.shape, dtype=object)
    result[...] = NOT_AVAILABLE
    return result


def is_text(line: Line) -> bool:
    """Return whether a line holds text."""
    return line.unit is Unit.TEXT
