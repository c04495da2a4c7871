"""Files brought into packs: read, given to whom they are of, weighed, and taken."""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.facts.cost_of_money import NAME as COST_OF_MONEY
from reportgen.facts.problems import CellError
from reportgen.facts.reading.companies import has_pack, tickers
from reportgen.facts.reading.company_file import MARKET
from reportgen.facts.reading.pack_files import FX, read_pack
from reportgen.facts.reading.price_layouts import find_layout
from reportgen.facts.reading.price_names import is_label_of
from reportgen.intake.additions import write
from reportgen.intake.company import brought
from reportgen.intake.contents import (
    Bars,
    CloseTable,
    Filings,
    Listed,
    Rates,
    Segments,
    read_content,
)
from reportgen.intake.maps.rows import Asked, Mapped, read_mapped
from reportgen.intake.market import brought_benchmark, brought_rates
from reportgen.intake.records import Brought
from reportgen.intake.yahoo import Summary
from reportgen.system import cores, paused_collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from reportgen.intake.contents import Content, OfSec
    from reportgen.intake.records import Import

_WORDS = re.compile(r"[^A-Za-z0-9.]+")


@paused_collector()
def bring(files: Sequence[Path], asked: Import, ticker: str = "") -> tuple[Brought, ...]:
    """Return what files bring each company and the market; nothing is written.

    With a `ticker` all of them are of it. A file that cannot be read, or is of nobody here, costs
    only itself; raises ReportgenError where no file is of use.
    """
    known = tickers(asked.inputs)
    for one in filter(None, (ticker, *asked.only)):
        if one not in known:
            raise ReportgenError(f"{asked.inputs / one}: there is no such company; reportgen new")
    read = _read(files, asked, ticker, known)
    contents = [one for one in read if not isinstance(one, ReportgenError)]
    failed = [
        (path, error)
        for path, error in zip(files, read, strict=True)
        if isinstance(error, ReportgenError)
    ]
    of: dict[str, list[Content]] = defaultdict(list)
    indices = benchmarks(asked.inputs)
    own_name = cache(lambda one: _own_name(one, asked.inputs))
    for content in contents:
        is_told = ticker and not isinstance(content, Mapped)
        owners = [ticker] if is_told else owners_of(content, known, indices, asked, own_name)
        if not owners and (waiting := _without_pack(content, known, asked)):
            owners = [waiting]
        if not owners and not isinstance(content, Mapped):
            told = f"is of no company of {asked.inputs}; say whose it is with --ticker"
            failed.append((content.path, ReportgenError(f"{content.path}: {told}")))
        for owner in owners if not asked.only else sorted({*owners} & {*asked.only}):
            of[owner].append(content)
    if failed and len(failed) == len(files):
        raise failed[0][1] if len(failed) == 1 else _all(error for _, error in failed)
    companies = (
        _brought(owner, of[owner], asked)
        if "/" in owner or owner in known
        else _not_begun(owner, of[owner])
        for owner in sorted(of)
    )
    strangers = (
        Brought(one.path.name, skipped=one.skipped[""], is_of_nobody=True)
        for one in contents
        if isinstance(one, Mapped) and "" in one.skipped
    )
    return (*companies, *strangers, *(Brought(path.name, error=str(e)) for path, e in failed))


def _all(errors: Iterable[object]) -> ReportgenError:
    return ReportgenError("\n".join(map(str, errors)))


def _without_pack(content: Content, known: Sequence[str], asked: Import) -> str:
    """Return the company that a file is of, if it is listed in imports.yaml and has no pack."""
    listed = (ticker for ticker, one in asked.listed.items() if one.cik or one.yahoo)
    others = [ticker for ticker in listed if ticker not in known]
    return next(iter(owners_of(content, others, (), asked)), "")


def _not_begun(ticker: str, contents: Sequence[Content]) -> Brought:
    paths = " ".join(shlex.quote(str(one.path)) for one in contents)
    note = f"has no pack as yet; reportgen new {shlex.quote(ticker)} --from {paths}"
    return Brought(ticker, notes=(note,))


def _read(
    files: Sequence[Path], asked: Import, ticker: str, known: Sequence[str]
) -> Sequence[Content | ReportgenError]:
    """Return what files hold, by their content or by the map that is asked for, or why not.

    With a `ticker` a map gives the rows of that company alone. Several are read at once, for each
    is taken apart in a process of its own.
    """
    of = Asked(known, asked.today, asked.published, ticker, asked.zone)

    def read(path: Path) -> Content | ReportgenError:
        try:
            if asked.how is None:
                return read_content(path, asked.kind)
            return read_mapped(path, asked.how, of)
        except ReportgenError as error:
            return error

    with ThreadPoolExecutor(cores()) as pool:
        return list(pool.map(read, files))


def take(found: Brought) -> None:
    """Write the files of one company or of the market, all or none. Raises OutputError."""
    write(found.files)


def _brought(owner: str, contents: Sequence[Content], asked: Import) -> Brought:
    folder, _, name = owner.rpartition("/")
    return brought_of_market(name, contents, asked) if folder else brought(owner, contents, asked)


def brought_of_market(name: str, contents: Sequence[Content], asked: Import) -> Brought:
    """Return what files bring a file of the market: rates, or the closes of a benchmark."""
    if name == FX:
        return brought_rates([one for one in contents if isinstance(one, Rates)], asked)
    closes = [one for one in contents if isinstance(one, CloseTable | Bars)]
    return brought_benchmark(name, closes, asked)


def benchmarks(inputs: Path) -> tuple[str, ...]:
    """Return the names of the benchmarks in the market."""
    folder = inputs / MARKET
    names = (path.stem for path in folder.glob("*.csv")) if folder.is_dir() else ()
    return tuple(sorted(name for name in names if name not in {FX, COST_OF_MONEY}))


def owners_of(
    content: Content,
    known: Sequence[str],
    indices: Iterable[str],
    asked: Import,
    own_name: Callable[[str], str] = lambda _: "",
) -> list[str]:
    """Return whose a file is: a company, or a file of the market.

    `own_name` gives what a company that is known calls itself.
    """
    match content:
        case Rates():
            return [f"{MARKET}/{FX}"]
        case Filings(_, company) | Listed(_, company):
            filed = _of_filer(content, company.cik, known, asked)
            return filed or _of_company_name(company.name, known, asked, own_name)
        case Segments(_, instance):
            return _of_filer(content, instance.cik, known, asked)
        case Summary():
            return [one for one in known if _is_summary_of(content, one, asked)]
        case Mapped():
            return sorted({*content.rows, *content.skipped} - {""})
        case _:
            companies = [one for one in known if _are_closes_of_company(content, one, asked)]
            return companies or [
                f"{MARKET}/{one}" for one in indices if are_closes_of(content, one)
            ]


def _of_filer(content: OfSec, cik: int, known: Iterable[str], asked: Import) -> list[str]:
    """The companies that filed what a file holds: by its number, or by the name of the file."""
    numbers = {one: listed.cik for one, listed in asked.listed.items() if listed.cik is not None}
    return [
        one
        for one in known
        if (numbers[one] == cik if one in numbers else names(content.path, one))
    ]


def _of_company_name(
    name: str, known: Iterable[str], asked: Import, own_name: Callable[[str], str]
) -> list[str]:
    """The companies without a number of theirs that call themselves so."""
    listed = asked.listed
    others = (one for one in known if one not in listed or listed[one].cik is None)
    return [one for one in others if name and _plain(own_name(one)) == _plain(name)]


def _own_name(ticker: str, inputs: Path) -> str:
    return read_pack(ticker, inputs).company.name if has_pack(ticker, inputs) else ""


def _plain(name: str) -> str:
    return _WORDS.sub("", name).casefold()


def _is_summary_of(content: Summary, ticker: str, asked: Import) -> bool:
    listed = asked.listed.get(ticker)
    symbol = listed.yahoo if listed and listed.yahoo else ticker
    if content.symbol:
        return content.symbol.casefold() == symbol.casefold()
    return names(content.path, symbol) or names(content.path, ticker)


def _are_closes_of_company(content: CloseTable | Bars, ticker: str, asked: Import) -> bool:
    listed = asked.listed.get(ticker)
    symbol = listed.yahoo if listed else ""
    return are_closes_of(content, ticker) or (
        isinstance(content, Bars) and content.share == symbol != ""
    )


def are_closes_of(content: CloseTable | Bars, share: str) -> bool:
    """Return whether closes are of a share: by what they say of it, else by the file's name."""
    if isinstance(content, Bars):
        return is_label_of(content.share, share)
    try:
        layout = find_layout(content.table.records, share)
    except CellError:
        return False
    if layout.label_place is not None:
        labels = {
            record.cells[layout.label_place]
            for record in content.table.records[layout.first :]
            if layout.label_place < len(record.cells)
        }
        return any(is_label_of(label, share) for label in labels)
    return is_label_of(layout.label, share) if layout.label else names(content.path, share)


def names(path: Path, share: str) -> bool:
    """Whether the name of a file has a ticker as a word: `aapl_us_d.csv`, `companyfacts-meta`."""
    return is_label_of(path.stem, share)
