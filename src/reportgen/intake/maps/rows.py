"""The rows that a sheet gives by a map, for many companies at once.

What is no row is counted with its reason: blanks, `#N/A`, companies that are not here. What the map
names and the sheet lacks is a mistake of the map, and all of these are told at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import InputErrors, Problem, ReportgenError, quote
from reportgen.facts.problems import CellError, nearest
from reportgen.facts.reading.columns import CellKind
from reportgen.facts.reading.dates import EXPECTED, parse_day, settled_order
from reportgen.facts.reading.numbers import MISSING, decimal_sign, parse_number
from reportgen.facts.units import LISTED, ORDINARY, is_currency, mark_fits
from reportgen.intake.index import kept
from reportgen.intake.maps.grid import compared, read_grids, shown, spelled
from reportgen.intake.maps.map_file import COUNT, FIGURES, PLACE, SPECS, Share, is_bare
from reportgen.intake.maps.periods import Period, is_period, period_of
from reportgen.intake.maps.shares import shares
from reportgen.intake.records import Skipped
from reportgen.periods import from_serial
from reportgen.xlsx.reader.records import serial_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.facts.reading.dates import Order
    from reportgen.intake.maps.grid import Cell, Grid
    from reportgen.intake.maps.map_file import Map

DEEPEST = 30  # rows: titles stand above a header
BLANK = "blank, n/a or an error of the vendor"
_SERIALS = range(30_000, 70_000)  # days from 1982 to 2091
_MORE_MISSING = frozenset({"nmf", "n.a.", "n.a", "not available", "not meaningful"})
_MOST_NAMES, _LONGEST = 8, 30  # of companies that are told; letters of one
_RIGHT_OF = 5  # columns that may lie between a label and what it says


class Row(NamedTuple):
    """A row that a sheet gives a company, by column of the table, and where it stands.

    `day` is that of the snapshot; `period` is for the company to place in its fiscal years, with
    the `months` that the map says. `line` is the share that the row is of, "" where the sheet does
    not say by a security.
    """

    cells: Mapping[str, str]
    day: date
    origin: str
    period: Period | None = None
    months: int | None = None
    line: str = ""


@dataclass(frozen=True)
class Mapped:
    """What a file gives by a map: rows, and what was skipped, by company; "" for those unknown.

    `flags` and `note` are those of the source that it becomes.
    """

    path: Path
    how: Map
    digest: str
    rows: Mapping[str, tuple[Row, ...]]
    skipped: Mapping[str, tuple[Skipped, ...]]
    flags: str = ""
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """Which companies there are, which day it is, and when the snapshots of a call were known.

    `only` is the one company that is wanted: a sheet that says of none is of it. A snapshot that
    states no day is of the one on which it was fetched, in the `zone`.
    """

    tickers: Collection[str]
    today: date
    published: date | None = None
    only: str = ""
    zone: str = ""


def read_mapped(path: Path, how: Map, asked: Asked) -> Mapped:
    """Return the rows of a file by a map.

    Raises InputErrors for every mistake of the map against the sheet, ReportgenError where the file
    cannot be read at all, or a snapshot would be dated back.
    """
    names = {compared(name) for name in _named(how)}
    grids = read_grids(path, lambda cells: sum(compared(cell) in names for cell in cells))
    sheet = (_Wide if how.across else _Long)(*_chosen(grids, how, names), how, asked)
    sheet.read()
    if sheet.problems:
        raise InputErrors(dict.fromkeys(sheet.problems))
    rows = {ticker: tuple(found) for ticker, found in sheet.rows.items()}
    skipped = {
        ticker: tuple(Skipped(number, why) for why, number in sorted(reasons.items()))
        for ticker, reasons in sheet.skipped.items()
    }
    if sheet.strangers:
        skipped[""] = (_of_strangers(sheet.strangers),)
    note = f"map {how.name}"
    if sheet.kept is not None:
        note += f"; fetched {sheet.kept.fetched_at.isoformat()}"
    return Mapped(path, how, grids[0].digest, rows, skipped, note=note)


def _of_strangers(labels: Counter[str]) -> Skipped:
    """Return how many rows are of companies that are not here, and the first of their names."""
    first, more = sorted(labels)[:_MOST_NAMES], len(labels) - _MOST_NAMES
    told = ", ".join(label[:_LONGEST] for label in first) + (
        f" and {more} more" if more > 0 else ""
    )
    return Skipped(labels.total(), f"of no company here: {told}")


def _named(how: Map) -> tuple[str, ...]:
    return (how.anchor, *how.columns.values(), *how.named_in_unit, how.ticker)


# --- where the header stands ---
def _chosen(grids: Sequence[Grid], how: Map, names: Collection[str]) -> tuple[Grid, int, int]:
    """Return the sheet of a map, and where the cell stands by which its header row is known."""
    if how.sheet and grids[0].is_workbook:
        of_name = [one for one in grids if compared(one.name) == compared(how.sheet)]
        if not of_name:
            raise _lacks(grids[0], f"has no sheet {quote(how.sheet)}", how.sheet, _names(grids))
        grids = of_name
    else:
        grids = shown(grids)
    found = [(grid, *place) for grid in grids if (place := _anchor(grid, how, names))]
    if not found:
        texts = [
            text for grid in grids for row in _first_rows(grid) for text in grid.row(row).values()
        ]
        told = f"has no cell {quote(how.anchor)} in its first {DEEPEST} rows"
        raise _lacks(grids[0], told, how.anchor, texts)
    if len(found) > 1:
        told = ", ".join(quote(grid.name) for grid, *_ in found)
        raise ReportgenError(f"{grids[0].path}: has the header on several sheets, {told}; name one"
                             f" of them as sheet in the map {how.name}")  # fmt: skip
    return found[0]


def _lacks(grid: Grid, told: str, name: str, known: Iterable[str]) -> ReportgenError:
    near = nearest(name, known)
    remedy = f"did you mean {quote(near)}?" if near else "name another in the map"
    return ReportgenError(f"{grid.path}: {told}; {remedy}")


def _names(grids: Iterable[Grid]) -> list[str]:
    return [grid.name for grid in grids]


def _first_rows(grid: Grid) -> Iterable[int]:
    return (row for row in grid.rows if row < DEEPEST)


def _anchor(grid: Grid, how: Map, names: Collection[str]) -> tuple[int, int] | None:
    """Return the cell by which a header row is known: of several the one in the fullest row."""
    found: list[tuple[int, int, int]] = []
    for row in _first_rows(grid):
        texts = {column: compared(text) for column, text in grid.row(row).items()}
        for column, text in texts.items():
            if text == compared(how.anchor):
                known = len(texts) if how.across else sum(text in names for text in texts.values())
                found.append((-known, row, column))
                break
    return min(found)[1:] if found else None


class _Sheet:
    """A sheet that is read by a map."""

    def __init__(self, grid: Grid, header: int, anchor: int, how: Map, asked: Asked) -> None:
        self.grid, self.header, self.anchor, self.how, self.asked = grid, header, anchor, how, asked
        self.kept = kept(grid.path, grid.digest)
        self.problems: list[Problem] = []
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.skipped: dict[str, Counter[str]] = defaultdict(Counter)
        self.strangers: Counter[str] = Counter()
        self.order: Order | None = how.dates
        self.decimal = grid.decimal
        self.ticker = asked.only or how.ticker  # of a sheet that has no column of companies
        self.spec = SPECS[how.table]
        self.kinds = {column.name: column.kind for column in self.spec.columns}

    def mistake(self, row: int, found: str, name: str, known: Iterable[str]) -> None:
        """Record what the map names and the sheet lacks."""
        near = nearest(name, known)
        remedy = f"did you mean {quote(near)}?" if near else "name another,"
        remedy += f" and mend the map {self.how.name} in imports.yaml"
        self._problem(self.grid.place(row, self.anchor), found, remedy)

    def _problem(self, place: str, found: str, remedy: str) -> None:
        self.problems.append(Problem(f"{self.grid.path} [{place}]", None, None, found, "", remedy))

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell that is read; a formula that the file holds no value of is a mistake."""
        cell = self.grid.at(row, column)
        if cell.is_open:
            remedy = "open it in a spreadsheet program, let it calculate, and save it"
            self._problem(self.grid.place(row, column), "holds a formula without its value", remedy)
        return cell

    def settle(self, days: Iterable[str], figures: Iterable[str]) -> None:
        """Settle by all its cells how the sheet spells days and numbers."""
        self.order = self.order or settled_order(days)
        self.decimal = decimal_sign(figures, self.grid.decimal)

    def day(self, cell: Cell) -> date | None:
        """Return the day that a cell states, None if blank. Raises CellError for no day."""
        if cell.number is not None and int(cell.number) in _SERIALS:
            if self.grid.date_1904:
                return serial_date(cell.number, date_1904=True)
            return from_serial(cell.number)
        return None if is_missing(cell.text) else parse_day(cell.text, self.order)

    def figure(self, cell: Cell, unit: str, sign: int = 1) -> str:
        """Return a number as a table of a pack holds it. Raises CellError for none."""
        value, mark = parse_number(cell.text, "." if cell.number is not None else self.decimal)
        if mark and mark not in {"%", "x"} and not mark_fits(mark, unit):
            told = f"{quote(cell.text)} is marked {mark}, and its unit is {quote(unit)}"
            raise CellError(told)
        return spelled(sign * value) + (mark if mark in {"%", "x"} else "")

    def sheet_day(self) -> date | None:
        """Return the day that stands beside, or behind, the label `asof` of the map."""
        name, day = compared(self.how.asof), None
        for row in self.grid.rows:
            for column, text in self.grid.row(row).items():
                said = compared(text).rstrip(" :")
                try:
                    if said == name.rstrip(" :"):
                        beside = range(column + 1, column + 1 + _RIGHT_OF)
                        day = self._first_day(row, beside)
                    elif said.startswith(name):
                        day = parse_day(text[len(name) :].strip(" :"), self.order)
                    else:
                        continue
                except CellError:
                    continue
                if day is not None:
                    return day
        known = [text for row in self.grid.rows for text in self.grid.row(row).values()]
        self.mistake(self.header, f"has no day at {quote(self.how.asof)}", self.how.asof, known)
        return None

    def _first_day(self, row: int, columns: Iterable[int]) -> date | None:
        days = (self.day(self.grid.at(row, column)) for column in columns)
        return next((day for day in days if day is not None), None)

    def known_on(self, stated: date | None) -> date:
        """Return when a snapshot was known. Raises ReportgenError if it would be dated back."""
        fetched = self.kept.day(self.asked.zone) if self.kept else self.asked.today
        day, later = stated or fetched, self.asked.published
        if later is not None and later < day:
            said = "of" if stated else "read on"
            raise ReportgenError(
                f"--published: a snapshot {said} {day} was not known on {later}; give a later day"
            )
        return later or day

    def give(self, ticker: str, row: Row) -> None:
        """Give a company a row, unless it is of a day that is not yet."""
        published = row.cells["published"]
        if published > max(self.asked.today, self.asked.published or self.asked.today).isoformat():
            self.skip(ticker, f"dated after today, {self.asked.today}")
        else:
            self.rows[ticker].append(row)

    def skip(self, ticker: str, why: str) -> None:
        """Count a row that is of no use."""
        self.skipped[ticker][why] += 1

    def read(self) -> None:
        """Read the rows."""
        raise NotImplementedError


def is_missing(text: str) -> bool:
    """Whether a cell says that there is nothing: blank, n/a, NM, `#N/A N/A`, `#NAME?`."""
    said = text.strip().lower()
    return said in MISSING or said in _MORE_MISSING or said.startswith("#")


class _Long(_Sheet):
    """A sheet with a row a figure below its header."""

    def read(self) -> None:
        """Read the rows below the header."""
        self.columns = self._columns()
        fixed = compared(self.how.ticker) not in self.columns
        if fixed and self.ticker not in self.asked.tickers:
            known = [*self.grid.row(self.header).values(), *self.asked.tickers]
            told = f"has no column {quote(self.ticker)}, and no company is called so"
            self.mistake(self.header, told, self.ticker, known)
        if self.problems:
            return
        if self.asked.published and "published" in self.how.columns:
            raise ReportgenError(
                f"--published: the rows of the map {self.how.name} state their own days"
            )
        below = [row for row in self.grid.rows if row > self.header]
        self.settle(
            self._texts(below, CellKind.DATE, CellKind.DUE), self._texts(below, CellKind.NUMBER)
        )
        of_sheet = None
        if self.how.asof and compared(self.how.asof) not in self.columns:
            of_sheet = self.sheet_day()
        labels = {row: self._label(row) for row in below}
        wanted = {self.asked.only} if self.asked.only else {*self.asked.tickers}
        meant = shares(filter(None, labels.values()), self.asked.tickers, self.how.tickers)
        for row, label in labels.items():
            if fixed:
                self._take(row, Share(self.ticker), of_sheet)
            elif label in meant and meant[label].ticker in wanted:
                share = meant[label]
                self._take(row, share._replace(line=share.line or LISTED), of_sheet)
            elif label and compared(label) != compared(self.how.ticker):
                self.strangers[label] += 1

    def _columns(self) -> dict[str, int]:
        """Return the places of the columns by their names; what the map lacks is recorded."""
        found: dict[str, int] = {}
        twice = set()
        texts = self.grid.row(self.header)
        for column, text in texts.items():
            name = compared(text)
            twice |= {name} & found.keys()
            found.setdefault(name, column)
        for name in (*self.how.columns.values(), *self.how.named_in_unit):
            if compared(name) not in found:
                self.mistake(self.header, f"has no column {quote(name)}", name, texts.values())
            elif compared(name) in twice:
                self.mistake(self.header, f"has two columns {quote(name)}; rename one", name, ())
        return found

    def _texts(self, rows: Iterable[int], *kinds: CellKind) -> list[str]:
        names = [name for column, name in self.how.columns.items() if self.kinds[column] in kinds]
        if CellKind.DATE in kinds and compared(self.how.asof) in self.columns:
            names.append(self.how.asof)
        places = [self.columns[compared(name)] for name in names]
        cells = (self.grid.at(row, place) for row in rows for place in places)
        return [cell.text for cell in cells if cell.number is None and not is_missing(cell.text)]

    def _label(self, row: int) -> str:
        place = self.columns.get(compared(self.how.ticker))
        return "" if place is None else self.cell(row, place).text

    def _take(self, row: int, share: Share, of_sheet: date | None) -> None:
        """Take a row for a company, or count why not."""
        try:
            found = self._row(row, share, of_sheet)
        except CellError as error:
            self.skip(share.ticker, error.found)
            return
        self.give(share.ticker, found)

    def _row(self, row: int, share: Share, of_sheet: date | None) -> Row:
        how, named = self.how, self.how.columns
        read = {name: self.cell(row, self.columns[compared(text)]) for name, text in named.items()}
        figure = FIGURES[how.table]
        if figure in read and is_missing(read[figure].text):
            raise CellError(BLANK)
        cells = how.constants | self._words(read)
        if how.unit:
            cells["unit"] = PLACE.sub(lambda match: self._in_unit(row, match[1]), how.unit)
        if share.line == ORDINARY and "line" in self.kinds:
            cells["line"] = ORDINARY
        cells |= self._measures(read, cells)
        known = self.known_on(self._asof(row) or of_sheet)
        cells["published"] = self._published(read.get("published"), known).isoformat()
        period = None
        if how.table == "fundamentals":
            period = self._period(cells)
            cells.setdefault("segment", "group")
        return Row(cells, known, self.grid.place(row, self.anchor), period, how.months, share.line)

    def _words(self, read: Mapping[str, Cell]) -> dict[str, str]:
        others = {CellKind.NUMBER, CellKind.DATE, CellKind.DUE}
        return {
            name: "" if is_missing(cell.text) else " ".join(cell.text.split())
            for name, cell in read.items()
            if self.kinds[name] not in others
        }

    def _measures(self, read: Mapping[str, Cell], words: Mapping[str, str]) -> dict[str, str]:
        """Return the numbers of a row, and its days but for the one on which it was published."""
        measured = {column.name: column.measured_by for column in self.spec.columns}
        found: dict[str, str] = {}
        for name, cell in read.items():
            try:
                if self.kinds[name] is CellKind.NUMBER and not is_missing(cell.text):
                    found[name] = self.figure(cell, words.get(measured[name], ""))
                elif self.kinds[name] in {CellKind.DATE, CellKind.DUE} and name != "published":
                    day = self.day(cell)
                    found[name] = day.isoformat() if day else ""
            except CellError as error:
                raise CellError(f"{name}: {error.found}") from None
        return found

    def _in_unit(self, row: int, name: str) -> str:
        text = self.cell(row, self.columns[compared(name)]).text
        if is_missing(text):
            raise CellError(f"{name} is blank, which the unit needs")
        return text

    def _asof(self, row: int) -> date | None:
        place = self.columns.get(compared(self.how.asof)) if self.how.asof else None
        return None if place is None else self.day(self.cell(row, place))

    def _published(self, cell: Cell | None, known: date) -> date:
        if cell is None:
            return known
        day = self.day(cell)
        if day is None:
            raise CellError(f"{self.how.columns['published']} is blank; {EXPECTED}")
        return day

    def _period(self, cells: dict[str, str]) -> Period:
        text = " ".join(filter(None, (cells.pop("period", ""), cells.pop("period_end", ""))))
        return period_of(text, self.order)


class _Wide(_Sheet):
    """A sheet with metrics down and periods across, of one company."""

    def read(self) -> None:
        """Read the columns right of the anchor."""
        how = self.how
        if self.ticker not in self.asked.tickers:
            told = f"is of {self.ticker}, which is no company here"
            raise _lacks(self.grid, told, self.ticker, self.asked.tickers)
        if self.asked.published and how.published:
            raise ReportgenError(f"--published: the map {how.name} states the day of each period")
        self.labelled = self._labelled()
        self.labels: dict[str, list[int]] = defaultdict(list)
        for row in self.grid.rows:
            if text := self.grid.at(row, self.labelled).text:
                self.labels[compared(text)].append(row)
        self.periods = [at for at in self.grid.row(self.header) if at > self.labelled]
        rows = {label: self._at(label) for label in how.rows}
        places = {label: row for label, row in rows.items() if row is not None}
        days = self._at(how.published) if how.published else None
        money = None if is_currency(how.currency) or not how.currency else self._at(how.currency)
        texts = (self.grid.at(row, at) for row in places.values() for at in self.periods)
        self.settle(
            [] if days is None else [self.grid.at(days, at).text for at in self.periods],
            [cell.text for cell in texts if cell.number is None and not is_missing(cell.text)],
        )
        known = self.known_on(self.sheet_day() if how.asof else None)
        if self.problems:
            return
        for label, row in places.items():
            for at in self.periods:
                try:
                    found = self._figure(row, at, label, (days, money), known)
                except CellError as error:
                    self.skip(self.ticker, error.found)
                else:
                    self.give(self.ticker, found)

    def _labelled(self) -> int:
        """Return the column of the labels: the anchor's, or left of it where that is a period."""
        if not is_period(self.how.across):
            return self.anchor
        below = (row for row in self.grid.rows if row > self.header)
        columns = [at for row in below for at in self.grid.row(row) if at < self.anchor]
        return min(columns, default=self.anchor)

    def _at(self, label: str) -> int | None:
        """Return the row of a label; of several they are to say the same."""
        rows = self.labels.get(compared(label), [])
        if not rows:
            known = [self.grid.at(row, self.labelled).text for row in self.grid.rows]
            self.mistake(self.header, f"has no row {quote(label)}", label, known)
            return None
        said = {tuple(self.grid.at(row, at) for at in self.periods) for row in rows}
        if len(said) > 1:
            which = ", ".join(str(row + 1) for row in rows)
            told = f"has {quote(label)} on rows {which}, which differ; rename one"
            self.mistake(rows[0], told, label, ())
        return rows[0]

    def _figure(
        self, row: int, at: int, label: str, beside: tuple[int | None, int | None], known: date
    ) -> Row:
        (days, money), taken = beside, self.how.rows[label]
        cell, heading = self.cell(row, at), self.cell(self.header, at).text
        try:
            period = period_of(heading, self.order)
        except CellError as error:
            raise CellError(f"{quote(heading)} {error.found}") from None
        if is_missing(cell.text):
            raise CellError(BLANK)
        currency = self.how.currency if money is None else self.cell(money, at).text
        unit = self._unit(taken.unit or self.how.unit, currency)
        published = known if days is None else self.day(self.cell(days, at))
        if published is None:
            raise CellError(f"{self.how.published} of {quote(heading)} is blank")
        cells = {
            "segment": taken.segment or "group",
            "metric": taken.metric,
            "value": self.figure(cell, unit, taken.sign),
            "unit": unit,
            "published": published.isoformat(),
            "note": label,
        }
        months = self.how.months if taken.months is None else taken.months
        return Row(cells, known, self.grid.place(row, at), period, months)

    def _unit(self, unit: str, currency: str) -> str:
        """Return a unit with the currency of its column, where it says none itself."""
        if unit == COUNT:
            return self.how.unit if is_bare(self.how.unit) else ""
        if PLACE.search(unit):
            return PLACE.sub(currency, unit)
        if not is_bare(unit):
            return unit
        if is_missing(currency):
            raise CellError(f"{self.how.currency} is blank, which the unit needs")
        return f"{currency}/{unit}" if unit.lower() in _PER_SHARE else f"{currency} {unit}"


_PER_SHARE = frozenset({"share", "ord", "ads", "adr", "listed", "ordinary"})
