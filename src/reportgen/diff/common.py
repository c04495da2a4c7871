"""Both ends in one shape: the values taken at the frontier, over the members of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reportgen.diff.frontier import (
    CONVERTED,
    LINES,
    STATED_OF_A_TARGET,
    aggregate,
    is_taken,
    of_broker,
)
from reportgen.diff.stated import stated_amount, target_currencies, targets_in_use
from reportgen.expr.nodes import Unit
from reportgen.model.dims import CURRENCY, SEGMENT, TARGET, VARIANT
from reportgen.model.hype import price_targets
from reportgen.model.inputs import conversion
from reportgen.model.naming import segment_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.solve import Solved
    from reportgen.expr.state import Members

ABSENT = -1
_ADDED_UP = {SEGMENT, VARIANT}  # a part that an end does not have adds nothing to its total


@dataclass(frozen=True, slots=True)
class Common:
    """The values of every line taken, at both ends, over the same members.

    `present` tells for each dimension which members each end has: two arrays of truths. The members
    of targets are brokers: a broker's row in use is one player, whichever row it is. `segments` are
    the names of segments by their ids.
    """

    members: Members
    old: Mapping[Line, Array]
    new: Mapping[Line, Array]
    present: Mapping[Dim, tuple[Array, Array]]
    segments: Mapping[str, str]


def common(old: Solved, new: Solved) -> Common:
    """Return both ends over the members of both, those of the old one first."""
    dims = {dim for line in LINES for dim in line.dims}
    members: dict[Dim, tuple[str, ...]] = {}
    places: dict[Dim, list[Array]] = {}
    for dim in dims:
        rows = [_rows(end, dim) for end in (old, new)]
        members[dim] = tuple(dict.fromkeys(name for found in rows for name in found)) or ("-",)
        places[dim] = [
            np.array([found.get(name, ABSENT) for name in members[dim]]) for found in rows
        ]
    ends = [
        _taken(end, {dim: places[dim][k] for dim in dims}, members)
        for k, end in enumerate((old, new))
    ]
    present = {dim: (places[dim][0] >= 0, places[dim][1] >= 0) for dim in dims}
    _lend_aggregates(ends, present[TARGET])
    segments = {
        id_: name
        for end in (old, new)
        for id_, name in segment_names(end.values, end.members).items()
    }
    return Common(members, ends[0], ends[1], present, segments)


def _rows(end: Solved, dim: Dim) -> dict[str, int]:
    """Return where the members of a dimension stand; of targets the brokers of those in use."""
    if dim is not TARGET:
        return {name: at for at, name in enumerate(end.members[dim])}
    in_use = np.flatnonzero(end.values[price_targets.in_use] > 0)
    return {str(end.values[price_targets.broker][at]).casefold(): int(at) for at in in_use}


def _taken(end: Solved, places: Mapping[Dim, Array], members: Members) -> dict[Line, Array]:
    codes = [code.casefold() for code in members[CURRENCY]]
    found: dict[Line, Array] = {}
    for one in CONVERTED:
        amount, currency = stated_amount(one.taken.line, end, codes)
        found[one.amount] = _spread(one.amount, amount, places)
        found[one.currency] = _spread(one.currency, currency, places)
    stated = (target_currencies(end, codes), *targets_in_use(end))
    for line, values in zip(STATED_OF_A_TARGET, stated, strict=True):
        found[line] = _spread(line, values, places)
    for line in LINES:
        if is_taken(line) and line not in found:
            found[line] = _spread(line, end.values[line], places)
    found[conversion.currency_number] = np.arange(1.0, len(codes) + 1)
    found[conversion.currency_code] = np.array(members[CURRENCY], dtype=object)
    return found


def _spread(line: Line, values: Array, places: Mapping[Dim, Array]) -> Array:
    """Return values over the common members, blank where this end has no such member."""
    for axis, dim in enumerate(line.dims):
        at = places[dim]
        values = np.take(values, np.maximum(at, 0), axis=axis)
        if (at < 0).any():
            values = values.copy()
            values[(slice(None),) * axis + (at < 0,)] = _blank(line, line.dims)
    return values


def _lend_aggregates(ends: Sequence[dict[Line, Array]], present: tuple[Array, Array]) -> None:
    """Give an end in which brokers count the aggregates that the other end rests on.

    They change nothing there, and are thereby known in every mixed state: an aggregate does not
    leave by itself, the first broker to come takes its place.
    """
    for here, there, is_here in zip(ends, ends[::-1], present, strict=True):
        if (here[of_broker] > 0).any():
            lent = (there[aggregate] > 0) & ~is_here
            for line in here:
                if line.dims == (TARGET,):
                    here[line] = np.where(lent, there[line], here[line])


def _blank(line: Line, dims: Sequence[Dim]) -> float | str:
    if line.unit is Unit.TEXT:
        return ""
    return 0.0 if line in {of_broker, aggregate} or _ADDED_UP & set(dims) else float("nan")
