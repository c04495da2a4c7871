"""An input pack as of a day: what is known of a company, and nothing that was learnt later.

Its rows are typed records, frames for those who ask, and a hash that is the same for the same
knowledge.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import InputErrors, Problem
from reportgen.facts import rows as row_types
from reportgen.facts.knowledge import known_at
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.reading.schema import HISTORY
from reportgen.periods import Day, as_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from os import PathLike

    import pandas as pd

    from reportgen.facts.company import Company
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.facts.rows import PackRows

    _Record = tuple[object, ...]


@dataclass(frozen=True)
class Pack:
    """A company and every row known at `as_of`: as typed records in `rows`, as frames by name.

    A frame has the columns of its file in lower case, `line_no` and what was derived on reading
    (see facts.rows); index 0..n-1; canonical order. Text is "" where blank, a number nan, a day
    None. `input_hash` is the same for the same knowledge, however the files spell it.
    `warnings` tell of what is known, `later_warnings` of rows dated after as-of, which a report
    must not show. Lines move when rows are reordered: both are for people at a terminal.
    """

    company: Company
    as_of: date
    rows: PackRows
    warnings: tuple[Problem, ...]
    later_warnings: tuple[Problem, ...]
    input_hash: str

    @cached_property
    def prices(self) -> pd.DataFrame:
        """Closes: date, close (price currency per listed share)."""
        return _frame(self.rows.prices, row_types.Close)

    @cached_property
    def benchmark(self) -> pd.DataFrame:
        """Closes of the benchmark: date, close; empty if the company has none."""
        return _frame(self.rows.benchmark, row_types.Close)

    @cached_property
    def fx(self) -> pd.DataFrame:
        """Rates: currency, per_eur (units per 1 EUR), date; one row a currency, EUR included."""
        return _frame(self.rows.fx, row_types.FxRate)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Price targets in whole currencies."""
        return _frame(self.rows.targets, row_types.Target)

    @cached_property
    def fundamentals(self) -> pd.DataFrame:
        """Reported figures: money and shares in millions, per-share figures whole."""
        return _frame(self.rows.fundamentals, row_types.Fundamental)

    @cached_property
    def estimates(self) -> pd.DataFrame:
        """Consensus estimates by day."""
        return _frame(self.rows.estimates, row_types.Estimate)

    @cached_property
    def products(self) -> pd.DataFrame:
        """Product prices in whole currencies."""
        return _frame(self.rows.products, row_types.Product)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """What documents say, each in the unit it is stated in."""
        return _frame(self.rows.claims, row_types.Claim)

    @cached_property
    def assumptions(self) -> pd.DataFrame:
        """Our own judgements; of two of one day the later has the larger `row`."""
        return _frame(self.rows.assumptions, row_types.Assumption)

    @cached_property
    def arguments(self) -> pd.DataFrame:
        """The written bull and bear case."""
        return _frame(self.rows.arguments, row_types.Argument)

    @cached_property
    def overrides(self) -> pd.DataFrame:
        """Analysts' values for inputs; `active` where one stands at as-of."""
        return _frame(self.rows.overrides, row_types.Override)

    @cached_property
    def actions(self) -> pd.DataFrame:
        """Share splits that have taken place; all figures per share are restated for them."""
        return _frame(self.rows.actions, row_types.Action)

    @cached_property
    def peers(self) -> pd.DataFrame:
        """Comparable figures of other companies."""
        return _frame(self.rows.peers, row_types.PeerMultiple)

    @cached_property
    def events(self) -> pd.DataFrame:
        """What is to happen, or did, as it was known on each day."""
        return _frame(self.rows.events, row_types.Event)

    @cached_property
    def confirmed(self) -> pd.DataFrame:
        """Figures that look wrong and are right, by key."""
        return _frame(self.rows.confirmed, row_types.Confirmation)

    @cached_property
    def history(self) -> pd.DataFrame:
        """What reports of earlier days said when they went out, in shares of as-of."""
        return _frame(self.rows.history, row_types.PastReport)

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The sources that the rows known cite."""
        return _frame(self.rows.sources, row_types.Source)


def _frame(rows: Sequence[_Record], row_type: type[_Record]) -> pd.DataFrame:
    """The rows as a frame; pandas is imported by the first who wants one (it takes 0.3 s)."""
    from reportgen.facts.frames import frame  # noqa: PLC0415 - see above

    return frame(rows, row_type)


def load(ticker: str, *, as_of: Day, inputs: str | PathLike[str] = "inputs") -> Pack:
    """Return everything known of a company as of a day, a pandas frame a table.

    `pack.targets`, `pack.prices` and so on are frames; `pack.rows` the same as typed records.
    Raises InputErrors with every mistake of the inputs, ReportgenError for a day that is none.
    """
    return pack_at(read_pack(ticker, Path(inputs)), as_day(as_of))


def pack_at(files: PackFiles, as_of: date, *, in_shares_of: date | None = None) -> Pack:
    """The pack that files already read make as of a day: several days cost one reading.

    Its figures per share can be asked for in shares of a later day, to be set beside that day's.
    Raises InputErrors with all mistakes of the files and of the rows known at `as_of`.
    """
    known = known_at(files, as_of, in_shares_of=in_shares_of)
    errors = [problem for problem in known.problems if problem.severity == "error"]
    if errors:
        raise InputErrors(errors)
    return Pack(
        files.company,
        as_of,
        known.rows,
        known.problems,
        known.later_problems,
        fingerprint(files.company, known.rows),
    )


def fingerprint(company: Company, rows: PackRows) -> str:
    """The SHA-256 of the company and its rows, as 64 hexadecimal digits.

    Lines are left out, since they move, and so is how the price file was to be read; reprs of
    numbers are exact, so nothing else is lost. A history counts where there is one.
    """
    digest = hashlib.sha256(repr(tuple(company.description.values())).encode())
    for name in rows._fields:
        table: tuple[NamedTuple, ...] = getattr(rows, name)
        if name == HISTORY.name and not table:
            continue
        digest.update(f"\n{name}\n".encode())
        digest.update("\n".join(_lines(table)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _lines(table: tuple[NamedTuple, ...]) -> list[str]:
    """Each row as text, without the line it stands on."""
    if not table:
        return []
    stated = attrgetter(*(name for name in table[0]._fields if name != "line_no"))
    return [repr(stated(row)) for row in table]
