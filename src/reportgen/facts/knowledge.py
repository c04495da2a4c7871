"""What a pack's files say as of a day: rows known, normalised, checked and in canonical order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import Problem, in_reading_order
from reportgen.facts import normalise, schema
from reportgen.facts.fx import EURO, read_rates
from reportgen.facts.order import assumptions_in_order, in_order
from reportgen.facts.pack_files import BENCHMARK, FX, PRICES, PackFiles
from reportgen.facts.pack_rows import PackRows
from reportgen.facts.prices import read_closes
from reportgen.facts.problem_log import ProblemLog
from reportgen.facts.rows import FxRate
from reportgen.facts.tables import read_rows

if TYPE_CHECKING:
    from datetime import date

    from reportgen.facts.company import Company
    from reportgen.facts.rows import Close
    from reportgen.facts.schema import RowT, TableSpec


class Known(NamedTuple):
    """What is known at as-of; `later_problems` are of rows dated after it."""

    company: Company | None
    rows: PackRows
    problems: tuple[Problem, ...]
    later_problems: tuple[Problem, ...]


class _Reading:
    """Reads the tables of one pack as of one day; keeps a log for every file."""

    def __init__(self, files: PackFiles, as_of: date) -> None:
        self.files = files
        self.as_of = as_of
        self.logs = {name: ProblemLog(path) for name, path in files.paths.items()}

    def rows(self, spec: TableSpec[RowT]) -> tuple[RowT, ...]:
        """The rows of a table in the order of the file; none if it does not exist."""
        table = self.files.tables.get(spec.name)
        if table is None:
            return ()
        return read_rows(spec, table, self.as_of, self.logs[spec.name])

    def closes(self, name: str, share: str, currency: str) -> tuple[Close, ...]:
        """The closes of a share by day; none if the file does not exist."""
        table = self.files.tables.get(name)
        if table is None:
            return ()
        return read_closes(table, share, currency, self.as_of, self.logs[name])

    def rates(self) -> tuple[FxRate, ...]:
        """The last exchange rates; EUR alone if there is no file of them."""
        table = self.files.tables.get(FX)
        if table is None:
            return (FxRate(EURO, 1.0, self.as_of),)
        return read_rates(table, self.as_of, self.logs[FX])


def known_at(files: PackFiles, as_of: date) -> Known:
    """Every row known at `as_of`, and every problem of the files and of these rows."""
    reading = _Reading(files, as_of)
    rows = _rows(reading, files.company)
    found = [problem for log in reading.logs.values() for problem in log.found]
    later = [problem for log in reading.logs.values() for problem in log.later]
    return Known(
        files.company, rows, in_reading_order([*files.problems, *found]), in_reading_order(later)
    )


def _rows(reading: _Reading, company: Company | None) -> PackRows:
    """The rows as the files have them, normalised and in order."""
    quoted = company.quote_currency if company else ""
    share = company.ticker if company else ""
    closes = reading.closes(PRICES, share, quoted)
    benchmark = (company.benchmark or "") if company else ""
    return PackRows(
        prices=tuple(normalise.whole_close(row, quoted) for row in closes),
        benchmark=reading.closes(BENCHMARK, benchmark, "") if benchmark else (),
        fx=reading.rates(),
        targets=in_order(schema.TARGETS, map(normalise.whole_target, reading.rows(schema.TARGETS))),
        fundamentals=in_order(
            schema.FUNDAMENTALS, map(normalise.in_millions, reading.rows(schema.FUNDAMENTALS))
        ),
        estimates=in_order(
            schema.ESTIMATES, map(normalise.whole_estimate, reading.rows(schema.ESTIMATES))
        ),
        products=in_order(
            schema.PRODUCTS, map(normalise.whole_product, reading.rows(schema.PRODUCTS))
        ),
        claims=in_order(schema.CLAIMS, map(normalise.whole_claim, reading.rows(schema.CLAIMS))),
        assumptions=assumptions_in_order(
            map(normalise.whole_assumption, reading.rows(schema.ASSUMPTIONS))
        ),
        arguments=in_order(schema.ARGUMENTS, reading.rows(schema.ARGUMENTS)),
        overrides=in_order(schema.OVERRIDES, reading.rows(schema.OVERRIDES)),
        actions=in_order(schema.ACTIONS, reading.rows(schema.ACTIONS)),
        peers=in_order(schema.PEERS, map(normalise.whole_peer, reading.rows(schema.PEERS))),
        sources=in_order(schema.SOURCES, reading.rows(schema.SOURCES)),
    )
