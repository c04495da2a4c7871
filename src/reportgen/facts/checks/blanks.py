"""What belongs into a blank cell of assumptions.csv, which its key alone can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.catalogue import BY_KEY, PER_SHARE, REPORTING_M
from reportgen.facts.checks.assumption_rules import BLANK, unit_expected
from reportgen.facts.reading.delimited import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.errors import Problem
    from reportgen.facts.reading.delimited import Delimited
    from reportgen.facts.reading.pack_files import PackFiles

ASSUMPTIONS = "assumptions"


def with_meaning(problems: Sequence[Problem], files: PackFiles) -> list[Problem]:
    """The problems; where an assumption's value is blank, they say which value is expected.

    Where its unit is blank as well, that is told with it, not only once the value is there.
    """
    place = (files.paths[ASSUMPTIONS], "value", BLANK)
    blank = {one for one in problems if (one.path, one.column, one.found) == place}
    rows = _cells_by_line(files.tables[ASSUMPTIONS]) if blank else {}
    told: list[Problem] = []
    for one in problems:
        if one not in blank:
            told.append(one)
            continue
        cells = rows[one.line or 0]
        told.append(one._replace(expected=_meaning(cells) or one.expected))
        unit = _unit_needed(cells, files)
        if unit:
            told.append(one._replace(column="unit", expected=unit, remedy="fill it in"))
    return told


def _unit_needed(cells: Mapping[str, str], files: PackFiles) -> str:
    """The unit that a blank cell is to hold; "" where it is not blank, or may be."""
    entry = BY_KEY.get(cells.get("key", ""))
    if entry is None or cells.get("unit") or entry.row_unit not in (REPORTING_M, PER_SHARE):
        return ""
    return unit_expected(entry, files.company)


def _cells_by_line(table: Delimited) -> dict[int, Mapping[str, str]]:
    header, *records = table.records
    names = [fold(cell) for cell in header.cells]
    return {
        record.line_no: dict(zip(names, map(str.strip, record.cells), strict=False))
        for record in records
    }


def _meaning(cells: Mapping[str, str]) -> str:
    """`growth of the segment's metric (cloud, base), in ratio`; "" where the key is unknown."""
    entry = BY_KEY.get(cells.get("key", ""))
    if entry is None:
        return ""
    label = entry.label[0].lower() + entry.label[1:] if entry.label[1:2].islower() else entry.label
    place = ", ".join(filter(None, (cells.get("segment"), cells.get("scenario"))))
    unit = cells.get("unit")
    return f"the {label} ({place})" + (f", in {unit}" if unit else "")
