"""Which column of a file is which column of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.errors import quote
from reportgen.facts.nearest import nearest
from reportgen.facts.reading.delimited import fold

if TYPE_CHECKING:
    from reportgen.facts.problem_log import ProblemLog
    from reportgen.facts.reading.delimited import Record
    from reportgen.facts.reading.table_spec import RowT, TableSpec


def recognised(names: set[str], cells: list[str]) -> int:
    """How many of the names of columns the cells hold: the delimiter is chosen by it."""
    return len(names.intersection(map(fold, cells)))


def positions(spec: TableSpec[RowT], header: Record, log: ProblemLog) -> dict[str, int] | None:
    """The place of each column in the file (from 0); None, and problems, if the header will not do.

    Case, accents and spaces around a name do not matter. A column the contract does not know is
    passed over with a warning, unless it is a near miss of one that is absent.
    """
    before = len(log.found)
    names = [fold(cell) for cell in header.cells]
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in places:
            log.mistake(
                header.line_no, name, "stands in the header twice", "", "rename one of them"
            )
        elif name:
            places[name] = place
    _report_unknown(spec, places, header, log)
    _report_absent(spec, places, header, log)
    errors = [problem for problem in log.found[before:] if problem.severity == "error"]
    return None if errors else places


def _report_unknown(
    spec: TableSpec[RowT], places: dict[str, int], header: Record, log: ProblemLog
) -> None:
    known = [column.name for column in spec.columns]
    absent = [name for name in known if name not in places]
    for name in places.keys() - set(known):
        meant = nearest(name, absent)
        if meant:
            log.mistake(header.line_no, None, f"has a column {quote(name)}", meant, "rename it")
        else:
            log.caution(header.line_no, None, f"has a column {quote(name)}, which is not used")


def _report_absent(
    spec: TableSpec[RowT], places: dict[str, int], header: Record, log: ProblemLog
) -> None:
    needed = [column.name for column in spec.columns if column.name not in spec.optional]
    absent = [name for name in needed if name not in places]
    if absent:
        log.mistake(
            header.line_no,
            None,
            f"lacks the column{'s' if len(absent) > 1 else ''} {', '.join(absent)}",
            "a header line " + ",".join(column.name for column in spec.columns),
        )
