"""Which companies there are: the folders of packs, and the list of a universe.

`inputs/universe/companies.csv` describes a company a row: what company.yaml says in a word or two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.errors import InputErrors, Problem, quote
from reportgen.facts.problems import CellError
from reportgen.facts.reading.company_file import UNIVERSE, ticker_fault
from reportgen.facts.reading.encodings import LEGACY, guess, recode, tell_of_description
from reportgen.facts.reading.long_tables import COMPRESSED, Column, LongTable, read_long_table
from reportgen.facts.reading.tables import QUOTING
from reportgen.facts.reading.text_files import fold
from reportgen.facts.reading.yaml_nodes import Listing, Scalar, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.text_files import Delimited
    from reportgen.facts.reading.yaml_nodes import Tree

COMPANY_FILE, COMPANIES = "company.yaml", "companies"
TICKER = "ticker"
_PLAIN = (
    "name", "exchange", "price_currency", "reporting_currency", "adr_ratio", "fiscal_year_end",
    "benchmark", "sector",
)  # fmt: skip
_LISTS = ("peers", "tags")  # their items are separated by ;
_NESTED = (
    "products.own", "launch.name", "launch.date", "launch.market", "prices.splits", "prices.zone",
    "sources.prices", "sources.benchmark", "sources.fx",
)  # fmt: skip
METRIC_NAMES = "metric_names."
METRIC = "metric"  # of the one segment
COLUMNS = (*_PLAIN, METRIC, *_LISTS, *_NESTED)
_BLANK = frozenset({"", "-", "--", "#n/a", "#n/a n/a"})  # NA may be a ticker
MAIN, MAIN_NAME, MAIN_METRIC = "main", "Whole company", "revenue"


def tickers(inputs: Path) -> tuple[str, ...]:
    """Every company under `inputs`, in alphabetical order: those with a folder, those listed.

    Raises InputErrors where the list of companies cannot be read.
    """
    root = inputs.resolve()
    _, listed = universe_table(root, COMPANIES, Column(TICKER), is_company_column)
    names = () if listed is None else (name for name in listed.rows if not ticker_fault(name))
    return tuple(sorted({*with_folder(root), *names}))


def has_pack(ticker: str, inputs: Path) -> bool:
    """Whether `inputs` hold a company: in a folder, or in the list of a universe."""
    return (inputs / ticker).is_dir() or ticker in tickers(inputs)


def with_folder(root: Path) -> Iterator[str]:
    """The companies that have a pack of their own."""
    folders = sorted(root.iterdir()) if root.is_dir() else []
    for folder in folders:
        if not ticker_fault(folder.name) and (folder / COMPANY_FILE).exists():
            yield folder.name


def universe_table(
    root: Path, name: str, column: Column, recognise: Callable[[list[str]], int]
) -> tuple[str, LongTable | None]:
    """A table of the universe and its path as messages show it; ("", None) if there is none.

    It may be compressed. Raises InputErrors where it cannot be used as a whole.
    """
    plain = root / UNIVERSE / f"{name}.csv"
    read = []
    for path in (plain, plain.with_name(plain.name + COMPRESSED)):
        shown = f"{root.name}/{UNIVERSE}/{path.name}"
        try:
            table = read_long_table(path, root, column, recognise)
        except CellError as error:
            problem = Problem(shown, None, None, error.found, error.expected, error.remedy)
            raise InputErrors([problem]) from None
        if table is not None:
            read.append((shown, table))
    if len(read) > 1:
        found = f"stands beside {plain.name}"
        problem = Problem(read[1][0], None, None, found, "one of the two", "remove one")
        raise InputErrors([problem])
    return read[0] if read else ("", None)


def is_company_column(cells: Sequence[str]) -> int:
    """How many cells name a column of the list: the delimiter is chosen by it."""
    return len({*COLUMNS}.intersection(map(fold, cells)))


def is_company_column_name(name: str) -> bool:
    """Whether a name is that of a column of the list of companies."""
    return name in COLUMNS or name.startswith(METRIC_NAMES)


def listed_company(table: Delimited, ticker: str, log: ProblemLog) -> Section:
    """What the list says of a company, as company.yaml would: one segment, which is all of it.

    `table` has its row alone.
    """
    names, cells, line = _row(table, ticker, log)
    said = {
        name: cell.strip()
        for name, cell in zip(names, cells, strict=False)
        if is_company_column_name(name) and cell.strip().lower() not in _BLANK
    }
    items: dict[str, Tree] = {TICKER: Scalar(ticker, line)}
    items |= {name: Scalar(said[name], line) for name in _PLAIN if name in said}
    items |= {name: _list(said[name], line) for name in _LISTS if name in said}
    nested: dict[str, dict[str, Tree]] = {}
    for name, cell in said.items():
        section, dot, key = name.partition(".")
        if dot:
            nested.setdefault(section, {})[key] = Scalar(cell, line)
    items |= {name: Section(keys, line) for name, keys in nested.items()}
    metric = said.get(METRIC, MAIN_METRIC)
    main = {"id": MAIN, "name": MAIN_NAME, "metric": metric}
    whole = Section({key: Scalar(text, line) for key, text in main.items()}, line)
    items["segments"] = Listing((whole,), line)
    return Section(items, line)


def _list(text: str, line: int) -> Listing:
    parts = (part.strip() for part in text.split(";"))
    return Listing(tuple(Scalar(part, line) for part in parts if part), line)


def _row(
    table: Delimited, ticker: str, log: ProblemLog
) -> tuple[Sequence[str], Sequence[str], int]:
    """The names of the columns, the cells of the one row of a company, and its line."""
    header, row, *more = table.records
    if more:
        found = f"{quote(ticker)} stands on {log.line_words(row.line_no, more[0].line_no)}, too"
        log.mistake(more[0].line_no, TICKER, found, "one row a company", "remove one of them")
    width = len(header.cells)
    if row.broken or any(row.cells[width:]):
        found = row.broken or f"has {len(row.cells)} cells where the header has {width}"
        log.mistake(row.line_no, None, found, "", QUOTING)
    is_guessed = table.encoding == LEGACY and not all(map(str.isascii, row.cells))
    cells = _recoded(row.cells, row.line_no, log) if is_guessed else row.cells
    return list(map(fold, header.cells)), cells, row.line_no


def _recoded(cells: Sequence[str], line: int, log: ProblemLog) -> Sequence[str]:
    """The cells in the encoding that they were probably written in; told, as it is a guess."""
    guessed = guess([cell.encode(LEGACY) for cell in cells if not cell.isascii()])
    try:
        read = [recode(cell, guessed.encoding) for cell in cells]
    except CellError as error:
        log.cell(line, None, error)
        return cells
    tell_of_description(guessed, line, next(one for one in read if not one.isascii()), log)
    return read
