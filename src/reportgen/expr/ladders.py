"""The order of calculation: lines one after the other, those that look back at each other together.

Lines that look at the member before can only be calculated member by member; in a sheet they are
a ladder of rows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.tree import reads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.expr.nodes import Dim, Line, Varied


class Step(NamedTuple):
    """Lines to be calculated together: one, unless `back` names the dimension of a ladder.

    `earlier` are lines calculated before that a line of the ladder looks back at, `varied` the
    lines that are read under a set of what-ifs.
    """

    lines: tuple[Line, ...]
    back: Dim | None = None
    earlier: tuple[Line, ...] = ()
    varied: tuple[Varied, ...] = ()


@lru_cache(maxsize=32)  # a model, and for each study of it the lines before and the cone
def steps(lines: tuple[Line, ...]) -> tuple[Step, ...]:
    """Return the lines in order, grouped into steps.

    Raises ValueError naming a line that reads one calculated later, that looks back at a key no
    line has, or that stands on a ladder of another dimension.
    """
    place = {line.key: index for index, line in enumerate(lines)}
    found: list[Step] = []
    start = 0
    while start < len(lines):
        end = _end_of_ladder(lines, start, place)
        found.append(_step(lines[start:end], lines, place))
        start = end
    _check_order(found, set(lines))
    return tuple(found)


def _end_of_ladder(lines: tuple[Line, ...], start: int, place: Mapping[str, int]) -> int:
    """Return the index after the last line that a line looks back at, directly or not."""
    end, cursor = start + 1, start
    while cursor < end:
        for key in reads(lines[cursor]).earlier:
            if key not in place:
                msg = f"{lines[cursor].key} looks back at {key}, which is no line"
                raise ValueError(msg)
            end = max(end, place[key] + 1)
        cursor += 1
    return end


def _step(ladder: tuple[Line, ...], lines: tuple[Line, ...], place: Mapping[str, int]) -> Step:
    backs = [reads(line).back for line in ladder]
    dim = next((back for back in backs if back is not None), None)
    varied = tuple(node for line in ladder for node in reads(line).varied)
    if dim is None:
        return Step(ladder, varied=varied)
    seen = {lines[place[key]]: None for line in ladder for key in reads(line).earlier}
    strangers = [line for line, back in zip(ladder, backs, strict=True) if back not in {None, dim}]
    strangers += [line for line in (*ladder, *seen) if dim not in line.dims]
    if strangers:
        keys = ", ".join(dict.fromkeys(line.key for line in strangers))
        msg = f"{keys} cannot stand on the ladder of {ladder[0].key} along {dim.name}"
        raise ValueError(msg)
    return Step(ladder, dim, tuple(line for line in seen if line not in ladder), varied)


def _check_order(found: Iterable[Step], known: set[Line]) -> None:
    """Refuse a line that reads what is calculated after it: a circle, or a wrong order."""
    done: set[Line] = set()
    for line in (line for step in found for line in step.lines):
        read = {*reads(line).lines, *(varied.line for varied in reads(line).varied)}
        late = [other.key for other in (read & known) - done]
        if late:
            msg = f"{line.key} reads {', '.join(sorted(late))}, which is calculated after it"
            raise ValueError(msg)
        done.add(line)
