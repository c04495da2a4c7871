"""A case in the making: members and values, collected table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Unit
from reportgen.model import dims
from reportgen.model.dims import SCENARIO
from reportgen.model.given_values import column, day_number
from reportgen.model.keys import NONE, unique
from reportgen.model.words import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Origin


class Builder:
    """Collects the members of every dimension and the values of every given line."""

    def __init__(self) -> None:
        self.members: dict[Dim, tuple[str, ...]] = {
            SCENARIO: dims.SCENARIOS,
            dims.GROWTH_CASE: dims.GROWTH_CASES,
            dims.COMPONENT: dims.COMPONENTS,
            dims.SUB_SCORE: dims.SUB_SCORES,
            dims.QUARTER: tuple(str(k) for k in range(4)),
        }
        self.given: dict[Line, Array] = {}
        self.issued: dict[str, Origin] = {}

    def dimension(self, dim: Dim, ids: Iterable[str], spare: int = 0) -> None:
        """Set the members of a dimension: ids, spare rows, and never none at all."""
        names = (*unique(ids), *(f"+{k + 1}" for k in range(spare)))
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

    def table(self, rows: Sequence[object], columns: Mapping[str, Line]) -> None:
        """Give lines the columns of a table of records, by name; days become serial numbers."""
        for name, line in columns.items():
            cells = [getattr(row, name) for row in rows]
            if line.unit is Unit.DATE:
                cells = [day_number(day) for day in cells]
            self.put(line, cells)
