"""A question to the model: lines, members, given values and what-ifs, ready to be solved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.order import in_order
from reportgen.facts.catalogue import CATALOGUE, METHODS
from reportgen.model.given_values import blank_rest, column
from reportgen.model.keys import NONE, filled
from reportgen.model.words import assumption

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.expr.nodes import Dim, Line, Node, Study, WhatIf
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members
    from reportgen.model.case.record import Case
    from reportgen.model.words import Entry


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
        self.given[line] = column(line, values, self.size(line.dims[0]))

    def blank_rest(self) -> None:
        """Leave every given line that has no values yet blank."""
        blank_rest(self.given, self.lines, self.members)

    def sort(self) -> None:
        """Bring the lines, and all that they read, into the order of calculation."""
        self.lines[:] = in_order(self.lines, self.links, self.what_ifs)

    def issued(self, entry: Entry) -> Array:
        """Return the issued values of an input."""
        if entry.issued is None:
            msg = f"{entry.key} has no issued values"
            raise TypeError(msg)
        return self.given[entry.issued]

    def asks_for(self, method: str) -> bool:
        """Return whether the pack weighs a method of valuation, or states an input of its own.

        One that says nothing of any method yet, such as before the first assumption, asks for all.
        """
        return self._speaks_of(method) or not any(map(self._speaks_of, METHODS))

    def _speaks_of(self, method: str) -> bool:
        """Return whether the pack weighs a method, or states an input of its own that is not 0.

        A discount of 0 on a sum of the parts that nothing else is said of asks for none.
        """
        if self._in_force(assumption(f"weight_{method}")) > 0:
            return True
        own = (assumption(of.key) for of in CATALOGUE if of.method == method)
        return any(bool(np.nan_to_num(self._in_force(entry)).any()) for entry in own)

    def _in_force(self, entry: Entry) -> Array:
        """Return the values of an input with the overrides of the pack, but none typed since."""
        cells = filled(entry, self.members)
        logged = [key in self.case.overridden for key, _ in cells]
        issued = self.issued(entry)
        return np.where(np.reshape(logged, issued.shape), self.given[entry.override], issued)

    def size(self, dim: Dim) -> int:
        """Return how many members a dimension has."""
        return len(self.members[dim])
