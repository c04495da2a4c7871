"""What files bring one company: its rows as they stand, and its files as they would become.

All or none, sources with figures; tried on a copy of the pack before anything is written.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.facts.knowledge import TableReader, known_at
from reportgen.facts.reading import schema
from reportgen.facts.reading.pack_files import PRICES, SHARED, read_pack
from reportgen.facts.reading.universe import read_universe
from reportgen.facts.rows import Close
from reportgen.facts.split_words import Split, new_per_old
from reportgen.facts.splits import standing_actions
from reportgen.facts.units import whole_close
from reportgen.intake.additions import Addition, appended, grown, require_no_new_errors
from reportgen.intake.candidates import Candidate, State, judged
from reportgen.intake.closes import (
    Over,
    Unproven,
    as_traded,
    basis_of,
    close_rows,
    closes_over,
    home_of_closes,
)
from reportgen.intake.contents import Bars, CloseTable, Filings, Listed, Segments
from reportgen.intake.index import kept
from reportgen.intake.maps.offers import in_order
from reportgen.intake.maps.offers import offered as offered_by_map
from reportgen.intake.maps.rows import Mapped
from reportgen.intake.records import Brought, Skipped
from reportgen.intake.sec.filings import Filing, accession_in, filings_of
from reportgen.intake.sec.rows import form_of
from reportgen.intake.sec.rows import offered as offered_by_filer
from reportgen.intake.sec.segments import Wanted, offered_by_segment
from reportgen.intake.yahoo import Summary, mapped

_EARLY = 15  # days of a month in which the report of the one before is made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.facts.rows import Source
    from reportgen.intake.additions import Appended
    from reportgen.intake.contents import Content
    from reportgen.intake.records import Import
    from reportgen.intake.sec.rows import Offer


def brought(ticker: str, contents: Sequence[Content], asked: Import) -> Brought:
    """Return what files bring a company, tried on a copy of its pack; nothing is written."""
    try:
        return _Company(ticker, asked).brought(contents)
    except ReportgenError as error:
        return Brought(ticker, error=str(error))


class _Company:
    """A pack as it stands, to which files offer rows."""

    def __init__(self, ticker: str, asked: Import) -> None:
        self.ticker, self.asked = ticker, asked
        self.slice = read_universe(asked.inputs, only=ticker).slice(ticker)
        self.files = read_pack(ticker, asked.inputs, of_universe=self.slice)
        self.company = self.files.company
        reader = TableReader(self.files, date.max)
        self.splits = tuple(
            Split(row.ex_date, row.ratio) for row in standing_actions(reader.rows(schema.ACTIONS))
        )
        self.doubts: list[str] = []
        self.notes: list[str] = []
        self.skipped: list[Skipped] = []

    def brought(self, contents: Sequence[Content]) -> Brought:
        candidates: list[Candidate] = []
        in_sheets: list[Candidate] = []
        sources: dict[str, dict[str, str]] = {}
        closes: dict[date, float] = {}
        candidates += self._segments(contents, sources)
        for content in contents:
            if isinstance(content, Filings):
                candidates += self._filed(content, sources)
            elif isinstance(content, Mapped):
                in_sheets += self._mapped(content, sources)
            elif isinstance(content, Summary):
                for sheet in self._summary(content):
                    in_sheets += self._mapped(sheet, sources)
            elif isinstance(content, CloseTable | Bars):
                closes |= self._new_closes(content)
        candidates += in_order(in_sheets)
        rows = judged(candidates, self.files, self.asked.issued(self.ticker))
        taken = {State.NEW, State.REVISED} | ({State.LATE} if self.asked.late else set())
        accepted = [row.candidate for row in rows if row.state in taken]
        files = self._files(accepted, sources, closes)
        if files:
            self._try(files, accepted, closes)
        return Brought(
            self.ticker,
            rows,
            len(closes),
            files,
            tuple(self.doubts),
            tuple(dict.fromkeys(self.notes)),
            tuple(self.skipped),
        )

    # --- what files offer ---
    def _filed(self, content: Filings, sources: dict[str, dict[str, str]]) -> list[Candidate]:
        found = offered_by_filer(
            content.filer, self.company, self.asked.metrics, self.splits, self.asked.since
        )
        self.notes += [f"{content.path.name}: {note}" for note in found.notes]
        return self._offered(found, sources)

    def _offered(self, found: Offer, sources: dict[str, dict[str, str]]) -> list[Candidate]:
        sources.update(found.sources)
        self.doubts += [f"{one.metric} of {one.end}: {one.told}" for one in found.troubles]
        return list(found.rows)

    def _segments(
        self, contents: Sequence[Content], sources: dict[str, dict[str, str]]
    ) -> list[Candidate]:
        """Return what instances give, each of a filing that another file, or the pack, names."""
        instances = [(one.path.name, one.instance) for one in contents if isinstance(one, Segments)]
        if not instances:
            return []
        known = [*self._cited()]
        for content in contents:
            if isinstance(content, Listed):
                known += content.listing.filings
            elif isinstance(content, Filings):
                known += filings_of(content.filer)
        listed = self.asked.listed.get(self.ticker)
        wanted = Wanted(
            self.company, listed.segments if listed else {}, self.asked.metrics, self.splits,
            self.asked.since,
        )  # fmt: skip
        found = offered_by_segment(instances, known, wanted)
        self.doubts += found.doubts
        self.notes += found.notes
        return [row for offer in found.offers for row in self._offered(offer, sources)]

    def _cited(self) -> Iterator[Filing]:
        """Yield the filings that the pack cites, each with the last day that it reports of."""
        rows = TableReader(self.files, date.max).sound(schema.FUNDAMENTALS)
        newest: dict[str, date] = {}
        for row in rows:
            newest[row.source] = max(row.period_end, newest.get(row.source, date.min))
        for source in self._sources(schema.SOURCES.name):
            accession = accession_in(source.id)
            if accession and source.published and (form := form_of(source.title)):
                yield Filing(accession, form, source.published, newest.get(source.id))

    def _summary(self, content: Summary) -> Iterable[Mapped]:
        """Return what a summary gives: a snapshot of the day on which it was fetched."""
        found = kept(content.path, content.digest)
        day = found.day(self.asked.zone) if found else self.asked.today
        fetched = found.fetched_at.isoformat() if found else ""
        return mapped(content, self.company, day, self.asked.since, fetched)

    def _mapped(self, content: Mapped, sources: dict[str, dict[str, str]]) -> list[Candidate]:
        known = tuple(row for name in (SHARED, schema.SOURCES.name) for row in self._sources(name))
        is_redated = self.asked.published is not None
        found = offered_by_map(content, self.company, known, is_redated=is_redated)
        for one, cells in found.sources.items():
            # Of two files of a vendor and a day the one source names that which comes first by name
            sources[one] = min(cells, sources.get(one, cells), key=lambda told: told["document"])
        self.skipped += found.skipped
        if not content.how.is_dated:
            self._tell_of_early({row.cells["published"] for row in found.rows})
        return list(found.rows)

    def _tell_of_early(self, days: Iterable[str]) -> None:
        """Say of snapshots read early in a month that last month's report does not know them."""
        for day in map(date.fromisoformat, sorted(days)):
            if day == self.asked.today and day.day <= _EARLY:
                before = day.replace(day=1) - timedelta(days=1)
                self.notes.append(
                    f"what was read on {day} is known from then on, and not as of {before}: take"
                    " snapshots on the last day of a month, after the close"
                )

    def _new_closes(self, content: CloseTable | Bars) -> dict[date, float]:
        """Return the closes that the pack lacks, as they were quoted on their day."""
        over = self._over(content)
        if over.open:
            self.skipped.append(Skipped(over.open, "of a day that is not over"))
        offered = {day: self._whole(close) for day, close in over.closes.items()}
        if not offered:
            self.skipped.append(Skipped(1, f"{content.path.name} has no closes of {self.ticker}"))
            return {}
        quoted = self._quoted()
        splits = (*self.splits, *self._stated_splits(content.path.name, over.splits))
        basis = basis_of(offered, quoted, splits)
        if isinstance(basis, Unproven) and self.asked.basis and "--closes" in basis.remedy:
            basis = self.asked.basis
        if isinstance(basis, Unproven):
            self.doubts.append(f"{content.path.name}: {basis.found}; {basis.remedy}")
            return {}
        traded = as_traded(offered, basis, splits)
        first = min(quoted, default=date.min)
        early = [day for day in traded if day < first]
        if early:
            self.skipped.append(Skipped(len(early), f"before the pack's first close, {first}"))
        new = {day: close for day, close in traded.items() if day >= first and day not in quoted}
        return self._known_in_time(new)

    def _known_in_time(self, closes: dict[date, float]) -> dict[date, float]:
        """Return the closes that no issued report would have known, or all where they are taken."""
        last = max(self.asked.issued(self.ticker), default=date.min)
        late = [day for day in closes if day <= last]
        if not late or self.asked.late:
            return closes
        self.doubts.append(
            f"{len(late)} closes from {min(late)} on are late: the report of {last} was issued"
            " without them; --late takes them"
        )
        return {day: close for day, close in closes.items() if day > last}

    def _over(self, content: CloseTable | Bars) -> Over:
        currency, zone = self.company.quote_currency, self.company.price_file.zone
        return closes_over(content, self.ticker, currency, zone, self.asked.today)

    def _whole(self, close: float) -> float:
        return whole_close(Close(date.min, close, 0), self.company.quote_currency).close

    def _quoted(self) -> dict[date, float]:
        """Return the closes of the pack as they were quoted on their day, in whole currency."""
        rows = known_at(self.files, date.max).rows
        actions = standing_actions(rows.actions)
        return {row.date: row.close * new_per_old(row.date, actions) for row in rows.prices}

    def _stated_splits(self, name: str, stated: Iterable[Split]) -> list[Split]:
        """Return the splits that a file states and the pack does not know, and tell of them."""
        known = {one.ex_date for one in self.splits}
        new = [one for one in stated if one.ex_date not in known]
        self.doubts += [
            f"{name} states a split of {one.ratio:.12g} on {one.ex_date}: if it is one, add"
            f" {one.ex_date},{one.ratio:.12g} to actions.csv with its source"
            for one in new
        ]
        return new

    # --- files as they would become ---
    def _files(
        self,
        accepted: Sequence[Candidate],
        sources: Mapping[str, Mapping[str, str]],
        closes: Mapping[date, float],
    ) -> tuple[Appended, ...]:
        folder = self.asked.inputs / self.ticker
        cited = {row.cells["source"] for row in accepted}
        known = {row.id for name in (SHARED, schema.SOURCES.name) for row in self._sources(name)}
        new = tuple(sources[one] for one in sorted(cited - known) if one in sources)
        files = [appended(Addition(schema.SOURCES.name, new), folder)] if new else []
        by_table = sorted(accepted, key=lambda row: row.table)
        for table, rows in groupby(by_table, key=lambda row: row.table):
            files.append(appended(Addition(table, tuple(row.cells for row in rows)), folder))
        if closes:
            files.append(self._price_file(closes))
        return tuple(files)

    def _sources(self, name: str) -> tuple[Source, ...]:
        return TableReader(self.files, date.max).sound(schema.SOURCES, named=name)

    def _price_file(self, closes: Mapping[date, float]) -> Appended:
        """Return prices.csv with closes added, in the unit that it is quoted in."""
        quoted = {day: close / self._whole(1.0) for day, close in closes.items()}
        path = self.asked.inputs / self.ticker / f"{PRICES}.csv"
        home = home_of_closes(path, self.ticker, self.company.quote_currency)
        return grown(home, close_rows(quoted), self.asked.inputs)

    def _try(
        self,
        files: Sequence[Appended],
        accepted: Iterable[Candidate],
        closes: Mapping[date, float],
    ) -> None:
        """Read the pack with the rows in it as of each day on which some become known."""
        days = {date.fromisoformat(row.cells["published"]) for row in accepted}
        days |= {min(closes), max(closes)} if closes else set()

        require_no_new_errors(files, self.asked.inputs, self.files, self.slice, days)
