"""How rows that a file offers stand against the tables of a pack: new, the same, revised ...

Both sides are read by the pack's own reader, so that `1.2 bn` and `1,200 m` are one figure, and a
broker's two spellings one house.
"""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.facts.brokers import house
from reportgen.facts.checks.periods import ONE_PERIOD
from reportgen.facts.knowledge import TableReader
from reportgen.facts.reading import schema
from reportgen.facts.reading.columns import known_columns
from reportgen.facts.reading.text_files import split
from reportgen.facts.units import (
    in_millions,
    whole_claim,
    whole_estimate,
    whole_peer,
    whole_product,
    whole_target,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reportgen.errors import Problem
    from reportgen.facts.company import Company
    from reportgen.facts.reading.columns import TableSpec
    from reportgen.facts.reading.pack_files import PackFiles

    Whole = Callable[[Any], Any]

_ONE_BALANCE = timedelta(days=6)  # between days of one: a year of weeks ends so far off a month's
_ALIKE = 1e-9


class State(StrEnum):
    """How a row that is offered stands against the pack."""

    NEW = "new"  # its key is not there
    SAME = "same"  # the pack says so by then: nothing to do
    REVISED = "revised"  # known later, and of another value: the old row stays
    LATE = "late"  # a report that was issued would have known it
    CONFLICT = "conflict"  # the pack says otherwise of the same day
    SKIPPED = "skipped"  # it is no row of the table


class Candidate(NamedTuple):
    """A row that a file offers for a table of a company, its cells by column; where it stood."""

    table: str
    cells: Mapping[str, str]
    origin: str


class Judged(NamedTuple):
    """A row that is offered and how it stands; `told` is what the pack says, or what is wrong."""

    candidate: Candidate
    state: State
    told: str = ""


class _Table(NamedTuple):
    """A table that rows are offered for: how its rows become whole, and what tells them apart.

    `figure` is what a row states. Rows of one `subject` are the same thing known at several times;
    where it is a `series`, a later one with the same value says nothing new.
    """

    spec: TableSpec[Any]
    whole: Callable[[Company], Whole]
    figure: str
    subject: Callable[[Any], tuple[object, ...]]
    is_series: bool = False


def _per_share(whole: Callable[..., Any]) -> Callable[[Company], Whole]:
    return lambda company: partial(whole, adr_ratio=company.adr_ratio)


def _plain(whole: Whole) -> Callable[[Company], Whole]:
    return lambda _: whole


TABLES: Mapping[str, _Table] = {
    table.spec.name: table
    for table in (
        _Table(
            schema.FUNDAMENTALS,
            _per_share(in_millions),
            "value",
            lambda row: (row.segment, row.metric, row.period),
            is_series=True,
        ),
        _Table(
            schema.TARGETS,
            _plain(whole_target),
            "target",
            lambda row: (house(row.broker), row.line, row.published),
        ),
        _Table(
            schema.ESTIMATES,
            _per_share(whole_estimate),
            "value",
            lambda row: (row.metric, row.published),
        ),
        _Table(
            schema.PEERS,
            _plain(whole_peer),
            "value",
            lambda row: (row.peer, row.metric, row.published),
        ),
        _Table(
            schema.PRODUCTS,
            _plain(whole_product),
            "price",
            lambda row: (
                row.vendor,
                row.product,
                row.variant,
                row.market,
                row.published,
                row.source,
            ),
        ),
        _Table(
            schema.CLAIMS,
            _per_share(whole_claim),
            "value",
            lambda row: (row.key, row.variant, row.observed, row.published, row.source),
        ),
    )
}


def judged(
    candidates: Sequence[Candidate], files: PackFiles, issued: Iterable[date] = ()
) -> tuple[Judged, ...]:
    """Return how each row stands, in their order; of two alike the second is the same.

    `issued` are the days of the reports that went out: a row that one of them would have known is
    late, if the pack had figures of its kind by then.
    """
    by_table: dict[str, list[tuple[int, Candidate]]] = defaultdict(list)
    for at, candidate in enumerate(candidates):
        by_table[candidate.table].append((at, candidate))
    found: dict[int, Judged] = {}
    days = sorted(issued)
    for name, offered in by_table.items():
        rows = _Standing(TABLES[name], files, days)
        for (at, _), told in zip(offered, rows.judge([one for _, one in offered]), strict=True):
            found[at] = told
    return tuple(found[at] for at in sorted(found))


class _Standing:
    """The rows of a table by subject, as each one offered is weighed against them."""

    def __init__(self, table: _Table, files: PackFiles, issued: Sequence[date]) -> None:
        self.table, self.files, self.issued = table, files, issued
        self.whole = table.whole(files.company)
        self.by_subject: dict[tuple[object, ...], list[Any]] = defaultdict(list)
        self.first_of_kind: dict[str, date] = {}
        self.days: dict[tuple[str, str], set[date]] = defaultdict(set)  # of balances
        for row in self._read(TableReader(files, date.max)):
            self._keep(row)
            kind = _kind(row)
            self.first_of_kind[kind] = min(row.published, self.first_of_kind.get(kind, date.max))

    def _read(self, reader: TableReader) -> tuple[Any, ...]:
        return reader.rows(self.table.spec, self.whole, self.table.figure)

    def _keep(self, row: Any) -> None:  # noqa: ANN401 - a row of any table
        self.by_subject[self.table.subject(row)].append(row)
        if hasattr(row, "period_end") and not row.months:
            self.days[row.segment, row.metric].add(row.period_end)

    def judge(self, candidates: Sequence[Candidate]) -> list[Judged]:
        """Return how each candidate stands."""
        spec = self.table.spec
        text = _as_csv(spec.column_names, [one.cells for one in candidates])
        part = split(text, "utf-8", lambda cells: known_columns(set(spec.column_names), cells))
        reader = TableReader(replace(self.files, tables={spec.name: (part,)}), date.max)
        stated = reader.sound(spec, self.table.figure)
        rows = {row.line_no: self.whole(row) for row in stated}
        faults = _by_line(reader.logs[spec.name].found)
        return [
            self._judged(one, rows.get(line), faults.get(line, ""))
            for line, one in enumerate(candidates, start=2)
        ]

    def _judged(self, candidate: Candidate, row: Any, fault: str) -> Judged:  # noqa: ANN401
        if row is None:
            return Judged(candidate, State.SKIPPED, fault or "is no row of the table")
        row = self._in_its_period(row)
        standing = self.by_subject[self.table.subject(row)]
        of_day = [one for one in standing if one.published == row.published]
        before = (one for one in standing if one.published < row.published)
        newest = max(before, key=lambda one: one.published, default=None)
        is_told_before = self.table.is_series and newest is not None
        if of_day:
            is_same = any(self._alike(one, row) for one in of_day)
            told = "" if is_same else self._words(of_day[-1])
            return Judged(candidate, State.SAME if is_same else State.CONFLICT, told)
        if is_told_before and self._alike(newest, row):
            return Judged(candidate, State.SAME)
        candidate = self._spelled(candidate, row)
        late = [day for day in self.issued if row.published <= day]
        state = State.REVISED if is_told_before else State.NEW
        told = self._words(newest) if is_told_before else ""
        if late and self.first_of_kind.get(_kind(row), date.max) <= late[-1]:
            state, told = State.LATE, f"would change what was issued of {_days(late)}"
        self._keep(row)
        return Judged(candidate, state, told)

    def _in_its_period(self, row: Any) -> Any:  # noqa: ANN401 - a row of any table
        """Return a row with the last day that the pack has of its period, where it is near.

        A balance is named by its day: that of one nearer than a week is its.
        """
        if not hasattr(row, "period_end"):
            return row
        if not row.months:
            known = self.days[row.segment, row.metric]
            near = [day for day in known if abs(day - row.period_end) <= _ONE_BALANCE]
            day = min(near, key=lambda day: abs(day - row.period_end), default=row.period_end)
            return row._replace(period_end=day, period=day.isoformat())
        for one in self.by_subject[self.table.subject(row)]:
            if abs(one.period_end - row.period_end) <= ONE_PERIOD:
                return row._replace(period_end=one.period_end)
        return row

    def _spelled(self, candidate: Candidate, row: Any) -> Candidate:  # noqa: ANN401 - as above
        if not hasattr(row, "period_end"):
            return candidate
        cells = {**candidate.cells, "period_end": str(row.period_end)}
        return candidate._replace(cells=cells if row.months else {**cells, "period": row.period})

    def _alike(self, one: Any, other: Any) -> bool:  # noqa: ANN401 - rows of one table
        figures = getattr(one, self.table.figure), getattr(other, self.table.figure)
        measures = _measure(one), _measure(other)
        return measures[0] == measures[1] and math.isclose(*figures, rel_tol=_ALIKE, abs_tol=1e-12)

    def _words(self, row: Any) -> str:  # noqa: ANN401 - as above
        figure = getattr(row, self.table.figure)
        return f"the pack has {figure:,.6g} {_measure(row)} of {row.published}"


def _measure(row: Any) -> str:  # noqa: ANN401 - a row of any table
    return str(getattr(row, "unit", "") or getattr(row, "currency", ""))


def _kind(row: Any) -> str:  # noqa: ANN401 - a row of any table
    """What a row tells of: reports that had figures of this kind would have known it."""
    return str(getattr(row, "metric", "") or getattr(row, "key", ""))


def _days(days: Sequence[date]) -> str:
    first, *more = days
    return f"{first} and {len(more)} more" if more else str(first)


def _as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows as the text of a table, each on one line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([" ".join(row.get(name, "").split()) for name in columns])
    return text.getvalue()


def _by_line(problems: Iterable[Problem]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        if problem.line is not None:
            found[problem.line].append(f"{problem.column or 'row'}: {problem.found}")
    return {line: "; ".join(told) for line, told in found.items()}
