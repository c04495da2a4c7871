"""A report as its file states it: the value of every key, the lines they belong to, their sources.

The values are those in the file, whoever saved it last. How each comes about is what the model of
this program says; where the file was made by another model, the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.order import in_order
from reportgen.model.inputs import description
from reportgen.model.keys import NONE
from reportgen.model.number_text import share_decimals
from reportgen.model.report_question import ALL_LINES
from reportgen.pages.amounts import Amounts
from reportgen.report.readback.case import current_case
from reportgen.report.readback.given import members_of
from reportgen.report.readback.values import require_values, values
from reportgen.report.readback.workbook import NotAReportError, open_report
from reportgen.report.registry.identity import model_hash
from reportgen.report.tabs.catalogue import LINES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members
    from reportgen.report.readback.workbook import ReadReport
    from reportgen.values import Value

_FEWEST, _MOST = 2, 4  # decimals of an amount a share


@dataclass(frozen=True, slots=True)
class Stated:
    """A report that was read: what each key holds, and what is known of its lines."""

    report: ReadReport
    values: Mapping[str, Value]
    members: Members
    given: Mapping[Line, Array]
    amounts: Amounts

    @property
    def is_of_this_model(self) -> bool:
        """Whether the report was made by the model of this program."""
        return self.report.text("report.model_hash") == model_hash()

    def key(self, line: Line, at: tuple[str, ...] = ()) -> str:
        """Return the public key of a cell of a line."""
        places = {dim.name: member for dim, member in zip(line.dims, at, strict=True)}
        return line.key.format(**places) if places else line.key

    def value(self, line: Line, at: tuple[str, ...] = ()) -> Value:
        """Return what a cell of a line holds; None where it is n/a, or not in the report."""
        return self.values.get(self.key(line, at))

    def text(self, line: Line, at: tuple[str, ...] = ()) -> str:
        """Return the text that a cell of a line holds, "" for none."""
        value = self.value(line, at)
        return value if isinstance(value, str) else ""

    def number(self, line: Line, at: tuple[str, ...] = ()) -> float | None:
        """Return the number that a cell of a line holds; None where there is none."""
        value = self.value(line, at)
        return float(value) if isinstance(value, float | bool) and np.isfinite(value) else None

    def told(self, line: Line, at: tuple[str, ...] = ()) -> str:
        """Return what a cell of a line holds as people read it."""
        return self.amounts.told(self.value(line, at), line.unit)

    def rows(self, dim: Dim) -> tuple[str, ...]:
        """Return the members of a dimension that stand for something."""
        return tuple(member for member in self.members.get(dim, ()) if member != NONE)


@lru_cache(maxsize=1)
def lines_by_key() -> Mapping[str, Line]:
    """Return every line of a report by its key, in the order of calculation."""
    return {line.key: line for line in in_order((*ALL_LINES, *LINES))}


def read(path: Path) -> Stated:
    """Return the report in a file, read under limits; nothing in it is executed.

    Raises NotAReportError where it holds none, ReportgenError where its formulas have no values,
    HostileFile and UnreadableFile as reading does.
    """
    report = open_report(path)
    require_values(report)
    case = current_case(report)
    found = dict(values(report))
    members = dict(case.members)
    for line in lines_by_key().values():
        for dim in line.dims:
            if dim not in members:
                members[dim] = _members(report, dim)
    return Stated(report, found, members, case.given, _amounts(found))


def _amounts(found: Mapping[str, Value]) -> Amounts:
    lines = description.price_currency, description.reporting_currency
    price, reporting = (str(found.get(line.key) or "") for line in lines)
    stated = found.get(share_decimals.key)
    decimals = min(max(stated, _FEWEST), _MOST) if isinstance(stated, float) else _FEWEST
    return Amounts(price, reporting, int(decimals))


def _members(report: ReadReport, dim: Dim) -> tuple[str, ...]:
    """Return the members of a dimension of the tabs; none where the file does not know it."""
    try:
        return members_of(report, dim.name)
    except NotAReportError:
        return ()
