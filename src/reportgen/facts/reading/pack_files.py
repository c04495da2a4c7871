"""The files of a pack, read once: cut into cells, not yet understood as of any day."""

from __future__ import annotations

import hashlib
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import InputErrors, Problem, quote
from reportgen.facts.problems import CellError, ProblemLog, suggestion
from reportgen.facts.reading.columns import known_columns
from reportgen.facts.reading.companies import COMPANIES, COMPANY_FILE, listed_company
from reportgen.facts.reading.company_file import (
    MARKET,
    UNIVERSE,
    read_company,
    ticker_fault,
    unknown_company,
)
from reportgen.facts.reading.encodings import LEGACY, guess, tell_of_description
from reportgen.facts.reading.market_files import known_rate_columns
from reportgen.facts.reading.of_universe import hand_down, other_paths, rows_of, say_of_whole
from reportgen.facts.reading.price_layouts import known_price_columns
from reportgen.facts.reading.schema import ASSUMPTIONS, COMPANY_TABLES, HISTORY, SOURCES
from reportgen.facts.reading.text_files import MOST_LINES, Delimited, decode, read_input, split
from reportgen.facts.reading.universe import DEFAULTS, PRICES, SHARED, read_universe

__all__ = [
    "BENCHMARK",
    "COMPANY_FILE",
    "DEFAULTS",
    "FX",
    "MARKET",
    "PRICES",
    "SHARED",
    "PackFiles",
    "pack_bytes",
    "pack_paths",
    "read_pack",
]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from reportgen.facts.company import Company
    from reportgen.facts.reading.universe import Slice

FX, BENCHMARK = "fx", "benchmark"
LARGEST_DESCRIPTION = 256 * 1024  # bytes; reading YAML is slow
_OF_EDITORS = ".~#"  # what names begin with that a program makes beside a file it has open
_TABLE_SUFFIXES = (".csv", ".tsv", ".yaml", ".yml", ".xlsx", ".xls")


@dataclass(frozen=True)
class PackFiles:
    """The files of one company and of the market by the name of their table.

    `company_is_sound` says whether its description has no mistakes. `paths` gives every table's
    path as messages show it ("inputs/BABA/targets.csv"), `others` those of other files that hold
    rows of it; `tables` what there is of each, the company's own file last. `problems` are those of
    whole files and of the company's description. `digests` are the SHA-256 of the files that were
    read, in hexadecimal digits, by their path below the inputs; of the universe that of its slice.
    """

    company: Company
    company_is_sound: bool
    paths: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, tuple[Delimited, ...]]
    problems: tuple[Problem, ...]
    digests: Mapping[str, str]

    __hash__ = object.__hash__  # what is known of one reading is kept

    @property
    def folder(self) -> str:
        """The folder of the company as messages show it: inputs/BABA."""
        return self.paths[PRICES].rpartition("/")[0]

    def log(self, name: str) -> ProblemLog:
        """A new log of the problems of a table."""
        return ProblemLog(self.paths[name], self.others.get(name, ()))


def pack_paths(ticker: str, benchmark: str | None) -> dict[str, str]:
    """The path of every table of a company below the inputs, by the name of the table."""
    paths = {spec.name: f"{ticker}/{spec.file_name}" for spec in COMPANY_TABLES}
    paths |= {PRICES: f"{ticker}/{PRICES}.csv", FX: f"{MARKET}/{FX}.csv"}
    return paths | ({BENCHMARK: f"{MARKET}/{benchmark}.csv"} if benchmark else {})


def read_pack(
    ticker: str, inputs: Path, history: Path | None = None, of_universe: Slice | None = None
) -> PackFiles:
    """What is known of a company: `inputs`/`ticker`, its slice of `inputs`/universe, the market.

    `history` is a file of what was issued before: it is of no pack, so it stands anywhere. Without
    a slice the universe is read, if there is one. Raises InputErrors if there is neither a folder
    of the company nor a row of it in the list of companies.
    """
    root = inputs.resolve()
    if of_universe is None:
        universe = read_universe(root, only=ticker)
        of_universe = replace(universe.slice(ticker), problems=universe.problems)
        folder = _company_folder(of_universe, root, universe.tickers)
    else:
        folder = _company_folder(of_universe, root)
    problems = [*of_universe.problems]
    listing = (of_universe.paths[COMPANIES],) if of_universe.is_listed else ()
    log = ProblemLog(f"{root.name}/{ticker}/{COMPANY_FILE}", listing)
    files = _Files(root, {UNIVERSE: of_universe.digest} if of_universe.cuts else {})
    company = _company(of_universe, files, log)
    problems += log.found
    company_is_sound = not any(problem.severity == "error" for problem in log.found)
    paths, others = pack_paths(ticker, company.benchmark), other_paths(of_universe)
    logs = {
        name: ProblemLog(f"{root.name}/{path}", others.get(name, ()))
        for name, path in paths.items()
    }
    tables = _tables(paths, of_universe, files, logs)
    say_of_whole(tables, company)
    hand_down(tables, of_universe, company, logs[ASSUMPTIONS.name])
    problems += [problem for log in logs.values() for problem in log.found]
    if folder is not None:
        problems += _strangers(folder, f"{root.name}/{ticker}")
    shown = {name: f"{root.name}/{path}" for name, path in paths.items()}
    if history is not None:
        shown[HISTORY.name] = str(history)
        table_log = ProblemLog(str(history))
        table = _history(history, table_log)
        problems += table_log.found
        if table is not None:
            tables[HISTORY.name] = (table,)
    return PackFiles(
        company, company_is_sound, shown, others, tables, tuple(problems), files.digests
    )


def pack_bytes(
    ticker: str, inputs: Path, of_universe: Slice, others: Iterable[str] = ()
) -> dict[str, bytes]:
    """Return the files that `read_pack` reads, by their path below the inputs.

    With them a pack is read elsewhere as it is here. `others` are further paths, sent if there is
    anything. A file that only has a name that is told of has no content. Raises CellError or
    InputErrors where reading would tell of a mistake that a copy does not have.
    """
    root = inputs.resolve()
    folder = _company_folder(of_universe, root)
    files = _Files(root, {})
    company = _company(of_universe, files, ProblemLog(COMPANY_FILE))
    paths = [f"{ticker}/{COMPANY_FILE}", *pack_paths(ticker, company.benchmark).values(), *others]
    found = {path: read_input(root / path, root) for path in paths if ".." not in path.split("/")}
    sent = {path: content for path, content in found.items() if content is not None}
    if folder is not None:
        if folder.is_symlink():
            raise CellError("is a link", "a folder")
        names = [path.name for path in folder.iterdir()]
        sent = {f"{ticker}/{name}": b"" for name in names} | sent
    return sent


def _tables(
    paths: Mapping[str, str], of_universe: Slice, files: _Files, logs: Mapping[str, ProblemLog]
) -> dict[str, tuple[Delimited, ...]]:
    """What there is of each table: the rows of the universe, then those of the company's file."""
    tables = {}
    for name, path in paths.items():
        parts = (
            rows_of(name, of_universe, logs[name]),
            _table(path, files, _recogniser(name), logs[name]),
        )
        found = tuple(part for part in parts if part is not None)
        if found:
            tables[name] = found
    shared = rows_of(SHARED, of_universe, logs[SOURCES.name])
    return tables if shared is None else tables | {SHARED: (shared,)}


class _Files(NamedTuple):
    """The files below the inputs, and the SHA-256 of each that was read."""

    root: Path
    digests: dict[str, str]

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None, or CellError, as `read_input` says."""
        raw = read_input(self.root / path, self.root)
        if raw is not None:
            self.digests[path] = hashlib.sha256(raw).hexdigest()
        return raw


def _history(path: Path, log: ProblemLog) -> Delimited | None:
    """The records of a file that somebody named: wherever it is, it must be there."""
    file = path.resolve()
    table = _table(file.name, _Files(file.parent, {}), _recogniser(HISTORY.name), log)
    if table is None and not log.found:
        log.mistake(None, None, "is not there", "what was issued before", "name the file, or none")
    return table


def _company_folder(of_universe: Slice, root: Path, listed: tuple[str, ...] = ()) -> Path | None:
    """The folder of a company; None where the universe lists one without.

    Raises InputErrors, with what was probably meant, if there is neither; `listed` are others of
    the universe. A list that cannot be read may be why, so that is told, too.
    """
    ticker = of_universe.ticker
    fault = ticker_fault(ticker)
    folder = root / ticker
    if not fault and folder.is_dir() and folder.resolve().is_relative_to(root):
        return folder
    if not fault and of_universe.is_listed and not (folder.exists() or folder.is_symlink()):
        return None
    there = sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    companies = [*(name for name in there if not ticker_fault(name)), *listed]
    remedy = suggestion(ticker, companies) or (
        "" if fault else f"reportgen new {shlex.quote(ticker)} makes one"
    )
    found = f"{quote(ticker)} {fault}" if fault else "there is no such folder"
    place = root.name if fault else f"{root.name}/{ticker}"
    absent = Problem(place, None, None, found, "a company's input pack", remedy)
    raise InputErrors([absent, *(one for one in of_universe.problems if one.severity == "error")])


def _company(of_universe: Slice, files: _Files, log: ProblemLog) -> Company:
    """The company as it is described; where that has mistakes, logged, fields are blank."""
    ticker = of_universe.ticker
    try:
        text = _description(f"{ticker}/{COMPANY_FILE}", files, log)
        if text is None and not of_universe.is_listed:
            raise CellError("is missing", "a description of the company")  # noqa: TRY301 - as others
    except CellError as error:
        log.mistake(None, None, error.found, error.expected, error.remedy)
        return unknown_company(ticker)
    if not of_universe.is_listed:
        return read_company(text, ticker, log)
    row = rows_of(COMPANIES, of_universe, log)
    if row is None:
        return unknown_company(ticker)
    return read_company(text, ticker, log, listed_company(row, ticker, log))


def _description(path: str, files: _Files, log: ProblemLog) -> str | None:
    """The text of company.yaml; None if there is none. Raises CellError if it cannot be read."""
    raw = files.read(path)
    if raw is None:
        return None
    if len(raw) > LARGEST_DESCRIPTION:
        raise CellError(f"is too large ({len(raw):,} bytes)", "a page of YAML")
    text, encoding = decode(raw)
    if encoding != LEGACY:
        return text
    lines = enumerate(raw.splitlines(), start=1)
    foreign = {number: line for number, line in lines if not line.isascii()}
    guessed = guess(list(foreign.values()))
    first, line = next(iter(foreign.items()))
    text = raw.decode(guessed.encoding, "replace")
    said = line.decode(guessed.encoding, "replace").strip()
    tell_of_description(guessed, first, said, log)
    return text


def _recogniser(name: str) -> Callable[[list[str]], int]:
    """What counts the known column names of a table's header."""
    if name in (PRICES, BENCHMARK):
        return known_price_columns
    if name == FX:
        return known_rate_columns
    specs = (spec for spec in (*COMPANY_TABLES, HISTORY) if spec.name == name)
    names = {column.name for spec in specs for column in spec.columns}
    return lambda cells: known_columns(names, cells)


def _table(
    path: str, files: _Files, recognise: Callable[[list[str]], int], log: ProblemLog
) -> Delimited | None:
    """The records of a file; None if it does not exist, or, with a problem, if it is no text."""
    try:
        raw = files.read(path)
        return None if raw is None else _cut(*decode(raw), recognise)
    except CellError as error:
        log.mistake(None, None, error.found, error.expected, error.remedy)
        return None


def _cut(text: str, encoding: str, recognise: Callable[[list[str]], int]) -> Delimited:
    """The records of a text; raises CellError where nobody would wait for them."""
    lines = text.count("\n")
    if lines > MOST_LINES:
        raise CellError(f"has {lines:,} lines", f"at most {MOST_LINES:,}", "keep what is needed")
    return split(text, encoding, recognise)


def _strangers(folder: Path, shown: str) -> list[Problem]:
    """Warnings of files that look like tables but are none: a misspelt name is a missing file."""
    known = {spec.file_name for spec in COMPANY_TABLES} | {COMPANY_FILE, f"{PRICES}.csv"}
    found = sorted(path.name for path in folder.iterdir())
    return [
        Problem(
            f"{shown}/{name}",
            None,
            None,
            "is not a file of a pack and was not read",
            "",
            suggestion(name, known - set(found)),
            "warning",
        )
        for name in found
        if name not in known
        and name.lower().endswith(_TABLE_SUFFIXES)
        and name[0] not in _OF_EDITORS
    ]
