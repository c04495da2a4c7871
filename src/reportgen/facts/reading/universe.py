"""Tables of many companies: a vendor's export, one file a kind, read once and cut by ticker.

`inputs/universe/KIND.csv` has the columns of KIND.csv in a pack and one more, `ticker`. Each file
is gone through once; a company's slice of it becomes cells in `read_pack`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reportgen.errors import InputErrors, Problem, quote
from reportgen.facts.problems import CellError, ProblemLog, suggestion
from reportgen.facts.reading.columns import known_columns, positions
from reportgen.facts.reading.companies import COLUMNS as OF_COMPANIES
from reportgen.facts.reading.companies import (
    COMPANIES,
    COMPANY_FILE,
    TICKER,
    is_company_column,
    is_company_column_name,
    universe_table,
    with_folder,
)
from reportgen.facts.reading.company_file import UNIVERSE, ticker_fault
from reportgen.facts.reading.long_tables import COMPRESSED, Column
from reportgen.facts.reading.price_layouts import known_price_columns
from reportgen.facts.reading.schema import ASSUMPTIONS, COMPANY_TABLES, SOURCES
from reportgen.facts.reading.text_files import decode, fold, read_input
from reportgen.facts.reading.yaml_nodes import Scalar, Section, YamlError
from reportgen.facts.reading.yaml_tree import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from reportgen.facts.reading.columns import TableSpec
    from reportgen.facts.reading.long_tables import Cut, LongTable, Strangers

PRICES, DEFAULTS, SECTOR = "prices", "defaults", "sector"
EVERY = "*"  # stands for every company, in sources.csv
SHARED = f"{SOURCES.name} of every company"
_SPECS: Mapping[str, TableSpec[Any]] = {spec.name: spec for spec in COMPANY_TABLES}
_KINDS = (*_SPECS, PRICES)
_SUFFIXES = (".csv", ".csv.gz", ".tsv", ".xlsx", ".xls", ".zip", ".parquet")


@dataclass(frozen=True)
class Slice:
    """What the tables of a universe hold of one company; it can be sent to another process.

    `cuts` are its lines by the name of their table: those of a pack, `companies`, DEFAULTS (those
    of its sector) and SHARED (sources of every company). `paths` are those of the files, as
    messages show them. `problems` are of whole files: mistakes stop every company.
    """

    ticker: str
    cuts: Mapping[str, Cut] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def is_listed(self) -> bool:
        """Whether the list of companies names it, so that it needs no folder."""
        return COMPANIES in self.cuts

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its lines and of the headers above them, as 64 hexadecimal digits.

        Lines of other companies, and where its own stand, make no difference.
        """
        digest = hashlib.sha256()
        for name in sorted(self.cuts):
            digest.update(f"{name}\n".encode())
            for piece in self.cuts[name].content():
                digest.update(f"{len(piece)}\n".encode())
                digest.update(piece)
        for problem in self.problems:
            if problem.severity == "error":
                digest.update(f"{problem.path}\n{problem.found}\n".encode())
        return digest.hexdigest()


@dataclass(frozen=True)
class Universe:
    """The tables of a universe, cut by company.

    `tickers` are those of its list, in alphabetical order. `problems` are those of whole files, and
    warnings of rows whose company nothing lists; each is told once, whatever the companies.
    """

    root: Path
    tickers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    _cuts: Mapping[str, Mapping[str, Cut]] = field(default_factory=dict, repr=False)
    _paths: Mapping[str, str] = field(default_factory=dict, repr=False)

    def slice(self, ticker: str) -> Slice:
        """What it holds of a company; nothing, where it holds nothing."""
        keys = {SHARED: EVERY, DEFAULTS: self._sector(ticker)}
        cuts = {
            name: by_key[keys.get(name, ticker)]
            for name, by_key in self._cuts.items()
            if keys.get(name, ticker) in by_key
        }
        errors = tuple(one for one in self.problems if one.severity == "error")
        return Slice(ticker, cuts, self._paths, errors)

    def _sector(self, ticker: str) -> str:
        """The sector whose defaults a company inherits, folded; "" if it has none."""
        if not self._cuts.get(DEFAULTS):
            return ""
        told = _sector_of_folder(self.root, ticker)
        listed = self._cuts.get(COMPANIES, {}).get(ticker)
        return told or (_sector_listed(listed) if listed else "")


def read_universe(inputs: Path, only: str = "") -> Universe:
    """The tables under `inputs`/universe, each read once; empty where there are none.

    With `only`, the lines of that one company alone are kept.
    """
    root = inputs.resolve()
    folder = root / UNIVERSE
    if not folder.is_dir():
        return Universe(root)
    if not folder.resolve().is_relative_to(root):
        shown = f"{root.name}/{UNIVERSE}"
        found = "is a link that leads out of the inputs"
        return Universe(root, (), (Problem(shown, None, None, found, "", "copy it here"),))
    return _Reading(root, only).universe()


class _Reading:
    """Reads one table after the other, and gathers what is wrong with each as a whole."""

    def __init__(self, root: Path, only: str) -> None:
        self._root = root
        self._only = frozenset({only}) if only else None
        self._problems: list[Problem] = []
        self._cuts: dict[str, Mapping[str, Cut]] = {}
        self._paths: dict[str, str] = {}

    def universe(self) -> Universe:
        listed = self._listed()
        known = {*listed, *with_folder(self._root)}
        for name in _KINDS:
            every = {EVERY} if name == SOURCES.name else set()
            wanted = None if self._only is None else self._only | every
            self._read(name, Column(TICKER, wanted, known | every))
        self._cuts[SHARED] = self._cuts.get(SOURCES.name, {})
        self._defaults()
        self._problems += _strangers(self._root)
        return Universe(
            self._root, tuple(sorted(listed)), tuple(self._problems), self._cuts, self._paths
        )

    def _listed(self) -> set[str]:
        """The companies of the list whose tickers can be such."""
        self._read(COMPANIES, Column(TICKER))
        log = ProblemLog(self._paths.get(COMPANIES, ""))
        named = {}
        for ticker, cut in self._cuts.get(COMPANIES, {}).items():
            fault = ticker_fault(ticker)
            if fault:
                found = f"{quote(ticker)} {fault}: the company is left out"
                log.caution(cut.first_line, TICKER, found)
            else:
                named[ticker] = cut
        self._problems += log.found
        self._cuts[COMPANIES] = named
        return set(named)

    def _read(self, name: str, column: Column) -> None:
        """Read a table, if there is one, and look at its header and at the rows of nobody."""
        try:
            path, table = universe_table(self._root, name, column, _recogniser(name))
        except InputErrors as errors:
            self._problems += errors.problems
            return
        if table is None:
            return
        self._paths[name] = path
        log = ProblemLog(path)
        unread = _unread(name, table, log)
        if table.strangers is not None:
            _tell_of_strangers(table.strangers, column, log)
        self._problems += log.found
        if unread is not None:
            self._cuts[name] = {
                key: cut._replace(unread=cut.unread | unread) for key, cut in table.rows.items()
            }

    def _defaults(self) -> None:
        """Read the defaults of sectors; large and small letters of their names are the same."""
        self._read(DEFAULTS, Column(SECTOR))
        spelt = self._cuts.get(DEFAULTS)
        if not spelt:
            return
        sectors: dict[str, Cut] = {}
        for sector, cut in spelt.items():
            key = sector.casefold()
            sectors[key] = sectors[key].joined(cut) if key in sectors else cut
        self._cuts[DEFAULTS] = sectors
        listed = {_sector_listed(cut) for cut in self._cuts[COMPANIES].values()}
        absent = sectors.keys() - listed
        if absent:
            listed |= {_sector_of_folder(self._root, one) for one in with_folder(self._root)}
        log = ProblemLog(self._paths[DEFAULTS])
        for sector in sorted(absent - listed):
            found = f"{quote(sector)} is the sector of no company"
            remedy = suggestion(sector, listed - {""})
            log.caution(sectors[sector].first_line, SECTOR, found, "", remedy)
        self._problems += log.found


def _recogniser(name: str) -> Callable[[list[str]], int]:
    """What counts the known column names of a table's header."""
    if name == PRICES:
        return known_price_columns
    if name == COMPANIES:
        return is_company_column
    names = {column.name for column in _spec(name).columns}
    return lambda cells: known_columns(names, cells)


def _spec(name: str) -> TableSpec[Any]:
    return _SPECS[ASSUMPTIONS.name if name == DEFAULTS else name]


def _unread(name: str, table: LongTable, log: ProblemLog) -> frozenset[int] | None:
    """The columns that are not read, once they are told; None, and mistakes, if it cannot be."""
    if name == PRICES:
        return frozenset()
    if name != COMPANIES:
        places = positions(_spec(name), table.header, log)
        if places is None:
            return None
        read = {places[column.name] for column in _spec(name).columns if column.name in places}
        return frozenset(range(len(table.header.cells))) - read
    names = list(map(fold, table.header.cells))
    odd = [at for at, one in enumerate(names) if one and not is_company_column_name(one)]
    for at in odd:
        found = f"has a column {quote(names[at])}, which is not used"
        remedy = suggestion(names[at], set(OF_COMPANIES) - set(names))
        log.caution(table.header.line_no, None, found, "", remedy)
    return frozenset(odd)


def _tell_of_strangers(strangers: Strangers, column: Column, log: ProblemLog) -> None:
    """Tell once of the rows whose company nothing lists: how many, and the first of them."""
    count, line, key = strangers
    if not key:
        found = "is blank" if count == 1 else f"is blank, and on {count - 1:,} more rows"
        log.caution(line, column.name, f"{found}: not read", "", "fill it in")
        return
    more = f"; with it {count - 1:,} more rows of such" if count > 1 else ""
    found = f"{quote(key)} is neither in companies.csv nor a folder{more}: not read"
    known = column.known if isinstance(column.known, set) else ()
    log.caution(line, column.name, found, "", suggestion(key, known))


def _sector_listed(cut: Cut) -> str:
    """The sector that the list of companies gives one, folded."""
    try:
        header, *rows = cut.table(1).records
    except CellError:  # told when the company is read
        return ""
    names = list(map(fold, header.cells))
    place = names.index(SECTOR) if SECTOR in names else len(names)
    return next((row.cells[place].strip().casefold() for row in rows if row.cells[place:]), "")


def _sector_of_folder(root: Path, ticker: str) -> str:
    """The sector that company.yaml states, folded; "" if it does not, or cannot be read."""
    if ticker_fault(ticker):
        return ""
    try:
        raw = read_input(root / ticker / COMPANY_FILE, root)
        text, _ = decode(raw or b"")
        tree = parse(text) if SECTOR in text else Section({}, 1)
    except (CellError, YamlError):  # told when the company is read
        return ""
    said = tree.items.get(SECTOR) if isinstance(tree, Section) else None
    return said.text.strip().casefold() if isinstance(said, Scalar) else ""


def _strangers(root: Path) -> Iterator[Problem]:
    """Warnings of files that look like tables but are none: a misspelt name is a missing file."""
    names = {f"{name}.csv" for name in (*_KINDS, COMPANIES, DEFAULTS)}
    known = names | {f"{name}{COMPRESSED}" for name in names}
    for name in sorted(path.name for path in (root / UNIVERSE).iterdir()):
        if name not in known and name[0] != "." and name.lower().endswith(_SUFFIXES):
            shown = f"{root.name}/{UNIVERSE}/{name}"
            found = "is not a table of a universe and was not read"
            yield Problem(shown, None, None, found, "", suggestion(name, known), "warning")
