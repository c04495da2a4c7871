"""What a universe adds to the tables of one company's pack: its rows, and its sector's defaults."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.facts.problems import CellError, numbered
from reportgen.facts.reading.companies import MAIN, MAIN_NAME
from reportgen.facts.reading.schema import ASSUMPTIONS, FUNDAMENTALS
from reportgen.facts.reading.text_files import MOST_LINES, Delimited, fold
from reportgen.facts.reading.universe import DEFAULTS
from reportgen.facts.rows import GROUP

if TYPE_CHECKING:
    from reportgen.facts.company import Company
    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.universe import Slice

OF_UNIVERSE, OF_DEFAULTS = 1, 2  # the files of a table's log besides the company's own
_Tables = dict[str, tuple[Delimited, ...]]


def other_paths(of_universe: Slice) -> dict[str, tuple[str, ...]]:
    """The paths of the universe's files by table: those of its rows, then those of defaults."""
    paths = of_universe.paths
    others: dict[str, tuple[str, ...]]
    others = {name: (path,) for name, path in paths.items() if name != DEFAULTS}
    if DEFAULTS in paths:
        others[ASSUMPTIONS.name] = (paths.get(ASSUMPTIONS.name, ""), paths[DEFAULTS])
    return others


def rows_of(
    name: str, of_universe: Slice, log: ProblemLog, file: int = OF_UNIVERSE
) -> Delimited | None:
    """The rows that a universe has of its company; None, or with a problem if they cannot be read.

    `file` is that of the log in which they stand.
    """
    cut = of_universe.cuts.get(name)
    if cut is None:
        return None
    line = numbered(file, cut.first_line)
    if len(cut.numbers) > MOST_LINES:
        found = f"has {len(cut.numbers):,} lines of {of_universe.ticker}"
        log.mistake(line, None, found, f"at most {MOST_LINES:,}", "keep what is needed")
        return None
    try:
        return cut.table(file)
    except CellError as error:
        log.cell(line, None, error)
        return None


def say_of_whole(tables: _Tables, company: Company) -> None:
    """Say of the segment that is the whole company what is reported of the group: it is all of it.

    Not where something is reported of that segment itself.
    """
    parts = tables.get(FUNDAMENTALS.name, ())
    if [(segment.id, segment.name) for segment in company.segments] != [(MAIN, MAIN_NAME)]:
        return
    if any(MAIN in _column(part, "segment") for part in parts):
        return
    metric = company.segments[0].metric.casefold()
    tables[FUNDAMENTALS.name] = tuple(_with_main(part, metric) for part in parts)


def _with_main(table: Delimited, metric: str) -> Delimited:
    """A table of figures with the group's own of a metric said of its one segment, too."""
    names = list(map(fold, table.records[0].cells))
    rows = zip(table.records[1:], _column(table, "segment"), _column(table, "metric"), strict=True)
    of_main = [
        replace(record, cells=[MAIN if names[at : at + 1] == ["segment"] else cell
                               for at, cell in enumerate(record.cells)])
        for record, segment, named in rows
        if segment == GROUP and named.casefold() == metric and not record.broken
    ]  # fmt: skip
    return replace(table, records=[*table.records, *of_main])


def _column(table: Delimited, name: str) -> list[str]:
    """The cells of a column, one a record; blank where there is none."""
    names = list(map(fold, table.records[0].cells)) if table.records else []
    place = names.index(name) if name in names else len(names)
    return ["".join(record.cells[place : place + 1]).strip() for record in table.records[1:]]


def hand_down(tables: _Tables, of_universe: Slice, company: Company, log: ProblemLog) -> None:
    """Add the defaults of the company's sector; of those by segment, those of its own segments.

    `log` is that of assumptions.
    """
    table = rows_of(DEFAULTS, of_universe, log, OF_DEFAULTS)
    if table is None:
        return
    own = {"", *(segment.id for segment in company.segments)}
    segments = _column(table, "segment")
    kept = [row for row, one in zip(table.records[1:], segments, strict=True) if one in own]
    tables[DEFAULTS] = (replace(table, records=[table.records[0], *kept]),)
