"""A question to the model: lines, members, given values and what-ifs, ready to be solved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Line, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.expr.evaluate import Members
    from reportgen.expr.nodes import Dim, Node, Study, WhatIf
    from reportgen.expr.numeric import Array
    from reportgen.model.case import Case
    from reportgen.model.words import Entry

NONE = "-"  # the one member of a dimension that has none: ranges are never empty


@dataclass(slots=True)
class Question:
    """What is asked of the model about one case. Built up by the parts, then only read."""

    case: Case
    members: Members
    given: dict[Line, Array]
    lines: list[Line]
    what_ifs: dict[Study, tuple[WhatIf, ...]] = field(default_factory=dict)
    links: dict[Line, tuple[Node, ...]] = field(default_factory=dict)
    case_drivers: tuple[tuple[Line, tuple[str, ...]], ...] = ()

    def dimension(self, dim: Dim, members: Iterable[str]) -> tuple[str, ...]:
        """Set the members of a dimension, one placeholder if there is none."""
        self.members[dim] = tuple(members) or (NONE,)
        return self.members[dim]

    def give(self, line: Line, values: Sequence[object]) -> None:
        """Give a one-dimensional line its values; short ones are padded with blanks."""
        size = len(self.members[line.dims[0]])
        text = line.unit is Unit.TEXT
        array = np.full(size, "" if text else np.nan, dtype=object if text else float)
        array[: len(values)] = values
        self.given[line] = array

    def blank_rest(self) -> None:
        """Leave every given line that has no values yet blank."""
        for line in self.lines:
            if line.expr is None and line not in self.given:
                shape = tuple(len(self.members[dim]) for dim in line.dims)
                text = line.unit is Unit.TEXT
                self.given[line] = np.full(
                    shape, "" if text else np.nan, dtype=object if text else float
                )

    def issued(self, entry: Entry) -> Array:
        """Return the issued values of an input."""
        if entry.issued is None:
            msg = f"{entry.key} has no issued values"
            raise TypeError(msg)
        return self.given[entry.issued]

    def size(self, dim: Dim) -> int:
        """Return how many members a dimension has."""
        return len(self.members[dim])
