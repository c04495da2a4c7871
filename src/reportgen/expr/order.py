"""The order of calculation: every line after those that it reads.

It follows from the expressions and from the order in which lines are asked for, never from where a
line is defined or what else was imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.expr.nodes import Line, Node, Study, WhatIf
from reportgen.expr.tree import reads, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Links = Mapping[Line, tuple[Node, ...]]
WhatIfs = Mapping[Study, tuple[WhatIf, ...]]
NO_LINKS: Links = {}
NO_WHAT_IFS: WhatIfs = {}


def in_order(
    lines: Iterable[Line], links: Links = NO_LINKS, what_ifs: WhatIfs = NO_WHAT_IFS
) -> tuple[Line, ...]:
    """Return lines and all that they read, directly or not, each after what it reads.

    Lines that nothing ties keep the order in which they are asked for. Lines of a ladder, which
    look back at each other, stand together. `links` hold the expressions of linked lines,
    `what_ifs` those of each study.

    Lines that read each other in a circle stand together, too: `steps` refuses them.
    """
    search = _Search(tuple(lines), links, what_ifs)
    return tuple(search.found)


class _Search:
    """Depth first, what a line reads before the line: Tarjan's strongly connected components."""

    def __init__(self, lines: tuple[Line, ...], links: Links, what_ifs: WhatIfs) -> None:
        self.links = links
        self.what_ifs = what_ifs
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
            new = [line for line in self._read(top) if line not in seen]
            seen.update(dict.fromkeys(new))
            stack.extend(new)

    def _read(self, line: Line) -> Iterator[Line]:
        """Yield the lines whose values a line needs, from left to right."""
        of = reads(line)
        yield from of.lines
        for varied in of.varied:
            yield from varied.study.outputs
            yield varied.line
            for what_if in self.what_ifs.get(varied.study, ()):
                for replaced, _, by in what_if.replaced:
                    yield replaced
                    yield from _lines_in(by)
        for cell in self.links.get(line, ()):
            yield from _lines_in(cell)

    def _visit(self, line: Line) -> None:
        self.number[line] = self.lowest[line] = len(self.number)
        self.open.append(line)
        back = (self.by_key[key] for key in reads(line).earlier if key in self.by_key)
        for read in (*self._read(line), *back):
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
        wanted = dict.fromkeys(together)

        def add(line: Line) -> None:
            if line in wanted:
                del wanted[line]
                for read in self._read(line):
                    add(read)
                self.found[line] = None

        for line in together:
            add(line)


def _lines_in(of: Node) -> Iterator[Line]:
    return (node for node in within(of) if isinstance(node, Line))
