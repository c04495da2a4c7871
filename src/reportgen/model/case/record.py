"""A case: the members of every dimension, every given value, and where each comes from.

`Builder` collects them, table by table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Unit
from reportgen.model import dims
from reportgen.model.dims import SCENARIO
from reportgen.model.given_values import BLANK, column, day_number, numbered
from reportgen.model.inputs import description
from reportgen.model.keys import NONE, spare_rows, unique
from reportgen.model.words import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members
    from reportgen.facts.rows import Argument
    from reportgen.facts.split_words import Split
    from reportgen.model.words import Table


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a given value comes from: what stands beside it on the Inputs tab."""

    source: str = ""
    published: float = BLANK
    author: str = ""
    reason: str = ""
    expires: float = BLANK


@dataclass(frozen=True, slots=True)
class Case:
    """One company as of one day: the members of every dimension and every given value.

    `given` maps a line to an array shaped by the members of its dimensions; `issued` and
    `overridden` tell the origin of an input and of its override by key. Figures per share are in
    the shares of after the `splits`.
    """

    members: Members
    given: Mapping[Line, Array]
    issued: Mapping[str, Origin]
    overridden: Mapping[str, Origin]
    unused_overrides: tuple[str, ...]
    arguments: tuple[Argument, ...] = ()
    confirmed: frozenset[str] = frozenset()
    splits: tuple[Split, ...] = ()

    @property
    def as_of_serial(self) -> int:
        """Return the as-of day as issued, as an Excel serial number."""
        return int(self.given[description.as_of.issued])


class Builder:
    """Collects the members of every dimension and the values of every given line."""

    def __init__(self) -> None:
        self.members: dict[Dim, tuple[str, ...]] = {
            SCENARIO: dims.SCENARIOS,
            dims.GROWTH_CASE: dims.GROWTH_CASES,
            dims.COMPONENT: dims.COMPONENTS,
            dims.SUB_SCORE: dims.SUB_SCORES,
            dims.CYCLE: dims.CYCLES,
        }
        self.given: dict[Line, Array] = {}
        self.issued: dict[str, Origin] = {}

    def dimension(self, dim: Dim, ids: Iterable[str], spare: int = 0) -> None:
        """Set the members of a dimension: ids, spare rows, and never none at all."""
        names = (*unique(ids), *spare_rows(spare))
        self.members[dim] = names or (NONE,)

    def put(self, line: Line, values: Iterable[object]) -> None:
        """Give a column its values; short ones are padded with blanks (spare rows)."""
        target = line.issued if isinstance(line, Entry) else line
        self.given[target] = column(line, values, len(self.members[line.dims[0]]))

    def put_one(self, line: Line, value: object) -> None:
        """Give a single cell its value."""
        target = line.issued if isinstance(line, Entry) else line
        array = np.empty((), dtype=object if line.unit is Unit.TEXT else float)
        array[()] = value
        self.given[target] = array

    def rows(self, table: Table, ids: Iterable[str], rows: Sequence[object]) -> None:
        """Give a table its rows from records, by their ids, and its spare rows below them."""
        self.dimension(table.dim, ids, table.spare)
        self.table(table, rows)

    def number(self, line: Line) -> None:
        """Number the rows of a table, spare ones included; a table without any has no numbers."""
        names = self.members[line.dims[0]]
        self.put(line, numbered(names if names != (NONE,) else ()))

    def table(self, table: Table, rows: Sequence[object]) -> None:
        """Give the columns of a table their values from records; days become serial numbers."""
        for name, line in table.columns.items():
            cells = [getattr(row, name) for row in rows]
            if line.unit is Unit.DATE:
                cells = [day_number(day) for day in cells]
            self.put(line, cells)
