"""The order of calculation: every line after those that it reads, ladders of lines together.

It follows from the expressions and from the order in which lines are asked for, never from where a
line is defined or what else was imported. Lines that look at the member before can only be
calculated member by member; in a sheet they are a ladder of rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import Line, Node, Study, WhatIf
from reportgen.expr.tree import reads, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.expr.nodes import Dim, Varied


Links = Mapping[Line, tuple[Node, ...]]
WhatIfs = Mapping[Study, tuple[WhatIf, ...]]
NO_LINKS: Links = {}
NO_WHAT_IFS: WhatIfs = {}


class Ties(NamedTuple):
    """What lines read beside their own expressions, each line once and in order.

    `links` are the lines in the cells of each linked line, `studies` those that the what-ifs of
    each study put to other values or read. Companies of one shape have equal ones.
    """

    links: tuple[tuple[Line, tuple[Line, ...]], ...] = ()
    studies: tuple[tuple[Study, tuple[Line, ...]], ...] = ()


def ties(links: Links = NO_LINKS, what_ifs: WhatIfs = NO_WHAT_IFS) -> Ties:
    """Return what lines read through links and what-ifs."""
    return Ties(
        tuple((line, _once(map(_lines_in, cells))) for line, cells in links.items()),
        tuple(
            (study, _once((line, *_lines_in(by)) for one in of for line, _, by in one.replaced))
            for study, of in what_ifs.items()
        ),
    )


def _once(groups: Iterable[Iterable[Line]]) -> tuple[Line, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(groups)))


def in_order(
    lines: Iterable[Line], links: Links = NO_LINKS, what_ifs: WhatIfs = NO_WHAT_IFS
) -> tuple[Line, ...]:
    """Return lines and all that they read, directly or not, each after what it reads.

    Lines that nothing ties keep the order in which they are asked for. Lines of a ladder, which
    look back at each other, stand together. `links` hold the expressions of linked lines,
    `what_ifs` those of each study.

    Lines that read each other in a circle stand together, too: `steps` refuses them.
    """
    return _in_order(tuple(lines), ties(links, what_ifs))


@lru_cache(maxsize=128)  # three orders a report, and the same for the next company of its shape
def _in_order(lines: tuple[Line, ...], tied: Ties) -> tuple[Line, ...]:
    return tuple(_Search(lines, tied).found)


class _Search:
    """Depth first, what a line reads before the line: Tarjan's strongly connected components."""

    def __init__(self, lines: tuple[Line, ...], tied: Ties) -> None:
        self.needed = Needed(tied)
        self.found: dict[Line, None] = {}
        self.by_key = {line.key: line for line in self._all(lines)}
        self.number: dict[Line, int] = {}
        self.lowest: dict[Line, int] = {}
        self.open: list[Line] = []
        for line in lines:
            if line not in self.number:
                self._visit(line)

    def _all(self, lines: Iterable[Line]) -> Iterator[Line]:
        seen = dict.fromkeys(lines)
        stack = list(seen)
        while stack:
            top = stack.pop()
            yield top
            new = [line for line in self.needed.by(top) if line not in seen]
            seen.update(dict.fromkeys(new))
            stack.extend(new)

    def _visit(self, line: Line) -> None:
        self.number[line] = self.lowest[line] = len(self.number)
        self.open.append(line)
        back = (self.by_key[key] for key in reads(line).earlier if key in self.by_key)
        for read in (*self.needed.by(line), *back):
            if read not in self.number:
                self._visit(read)
            if read not in self.found:
                self.lowest[line] = min(self.lowest[line], self.lowest[read])
        if self.lowest[line] == self.number[line]:
            start = self.open.index(line)
            together = self.open[start:]
            del self.open[start:]
            self._close(together)

    def _close(self, together: list[Line]) -> None:
        """Add lines that look back at each other, each after those whose values it reads."""
        wanted = set(together)
        for line in together:
            self._add(line, wanted)

    def _add(self, line: Line, wanted: set[Line]) -> None:
        if line in wanted:
            wanted.remove(line)
            for read in self.needed.by(line):
                self._add(read, wanted)
            self.found[line] = None


class Needed:
    """The lines whose values each line needs, with links and what-ifs; each is looked up once."""

    def __init__(self, tied: Ties) -> None:
        """Begin with what is tied."""
        self._links, self._studies = dict(tied.links), dict(tied.studies)
        self._known: dict[Line, tuple[Line, ...]] = {}

    def by(self, line: Line) -> tuple[Line, ...]:
        """Return the lines that a line needs, from left to right."""
        if line not in self._known:
            self._known[line] = tuple(dict.fromkeys(self._of(line)))
        return self._known[line]

    def _of(self, line: Line) -> Iterator[Line]:
        of = reads(line)
        yield from of.lines
        for varied in of.varied:
            yield from varied.study.outputs
            yield varied.line
            yield from self._studies.get(varied.study, ())
        yield from self._links.get(line, ())


def _lines_in(of: Node) -> Iterator[Line]:
    return (node for node in within(of) if isinstance(node, Line))


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
