"""A new pack that already holds what files bring, and asks for nothing but judgement.

It is filled in a draft, through the same step as an import, and put in its place as a whole. Beside
each blank stands what is suggested for it and where that comes from, or why nothing is.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import signal
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError, quote
from reportgen.facts.assumptions import Slot
from reportgen.facts.checks.blanks import Asked as AskedFor
from reportgen.facts.knowledge import known_at
from reportgen.facts.reading.companies import MAIN
from reportgen.facts.reading.company_file import MARKET, file_name_fault
from reportgen.facts.reading.market_files import EURO
from reportgen.facts.reading.pack_files import FX, PRICES, read_pack
from reportgen.facts.rows import GROUP
from reportgen.facts.units import parse_currency
from reportgen.intake.additions import Appended, write
from reportgen.intake.company import brought
from reportgen.intake.contents import Bars, CloseTable, Filings, Listed, Segments, read_content
from reportgen.intake.descriptions import described, is_foreign, members_of, segments_of
from reportgen.intake.imports import benchmarks, brought_of_market, names, owners_of
from reportgen.intake.imports_file import FILE as IMPORTS
from reportgen.intake.imports_file import Listed as ListedHere
from reportgen.intake.index import INDEX
from reportgen.intake.maps.rows import Asked, Mapped, read_mapped
from reportgen.intake.suggested import Suggestion
from reportgen.intake.suggestions import suggestions
from reportgen.scaffold import begin_rates, blank, drafted, put
from reportgen.system import signals_held_back
from reportgen.xlsx.atomic import LOCK_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.intake.contents import Content, OfSec
    from reportgen.intake.descriptions import Said
    from reportgen.intake.records import Brought, Import
    from reportgen.intake.suggestions import Found

_TABLES = {f"{PRICES}.csv": 1, "fundamentals.csv": 1}  # begin with so many lines of the template
_OF_ONE_PART = "a company of one part has none"


@dataclass(frozen=True)
class Start:
    """What is asked of a new pack: whose it is, and from which files; folders stand for theirs.

    `benchmark` and `peers` are for company.yaml, where they are known already.
    """

    ticker: str
    files: tuple[Path, ...]
    asked: Import
    benchmark: str = ""
    peers: tuple[str, ...] = ()


class Started(NamedTuple):
    """The files that were made, what came in, what is said of the company, what is suggested."""

    files: tuple[Path, ...]
    brought: tuple[Brought, ...]
    said: Mapping[str, Said]
    suggested: Mapping[Slot, Found]
    notes: tuple[str, ...]


def start(how: Start) -> Started:
    """Make a pack of what files bring. The folder appears complete or not at all.

    Raises ScaffoldError as `scaffold.new` does, ReportgenError with every file that cannot be read
    or is of nobody, and where something of a file cannot be taken.
    """
    inputs = how.asked.inputs
    if fault := file_name_fault(how.benchmark) if how.benchmark else "":
        raise ReportgenError(f"--benchmark: {quote(how.benchmark)} {fault}")
    with drafted(how.ticker, inputs) as draft:
        given = _Given(how)
        template = blank(how.ticker)
        described_so = _company(template["company.yaml"], given)
        _fill(draft, template | {"company.yaml": described_so})
        currencies = _currencies(given.said)
        _copy_market(inputs, draft.parent, currencies)
        found = _taken(given, draft.parent)
        files = read_pack(how.ticker, draft.parent)
        suggested = suggestions(files, inputs, how.asked.today)
        _leave_blanks(draft, template, files, suggested, how.asked.today)
        placed = tuple(
            replace(one, files=tuple(_placed(one.files, draft.parent, inputs))) for one in found
        )
        _put(draft, inputs, placed[1:])
    made = (*sorted((inputs / how.ticker).iterdir()), *begin_rates(inputs, currencies))
    return Started(made, placed, given.said, suggested, tuple(_notes(given)))


def _taken(given: _Given, root: Path) -> tuple[Brought, ...]:
    """Write what files bring into the draft, and return it: the company's first.

    Raises ReportgenError where something of a file cannot be taken.
    """
    members = given.members if len(given.segments) > 1 else {}
    listed = {given.ticker: given.listed._replace(segments=members)}
    asked = replace(given.how.asked, inputs=root, listed=listed)
    found = (
        brought(given.ticker, given.of_company, asked),
        *(brought_of_market(name, of, asked) for name, of in sorted(given.of_market.items())),
    )
    if faults := [f"{one.ticker}: {one.error}" for one in found if one.error]:
        raise ReportgenError("\n".join(faults))
    for one in found:
        write(one.files)
    (root / given.ticker / LOCK_NAME).unlink(missing_ok=True)
    return found


# --- what the files are, and whose ---
class _Given:
    """The contents of files by whose they are, and what they say of the company itself."""

    def __init__(self, how: Start) -> None:
        self.how, self.ticker = how, how.ticker
        self.left_out: list[str] = []
        contents = self._contents()
        self.listed = how.asked.listed.get(how.ticker, ListedHere())
        self.cik = self._cik(
            [one for one, _ in contents if isinstance(one, Filings | Segments | Listed)]
        )
        if self.cik is not None:
            self.listed = self.listed._replace(cik=self.cik)
        asked = replace(how.asked, listed={how.ticker: self.listed})
        indices = {*benchmarks(how.asked.inputs), *filter(None, [how.benchmark])}
        self.of_company: list[Content] = []
        self.of_market: dict[str, list[Content]] = defaultdict(list)
        strangers = []
        for content, is_named in contents:
            owners = owners_of(content, (how.ticker,), indices, asked)
            if how.ticker in owners:
                self.of_company.append(content)
            elif owners and not isinstance(content, Mapped):
                self.of_market[owners[0].partition("/")[2]].append(content)
            elif is_named:
                strangers.append(content)
        self.benchmark = how.benchmark
        self._adopt(strangers)
        self.said = described(self.of_company, how.ticker)
        self.members = members_of(self.of_company, self.listed.segments)
        self.segments = segments_of(self.members)

    def _contents(self) -> list[tuple[Content, bool]]:
        """What the files hold, and whether each was named; of a folder what cannot be read is told.

        Raises ReportgenError with every file that was named and cannot be read.
        """
        found: list[tuple[Content, bool]] = []
        faults: list[str] = []
        for path, is_named in _paths(self.how.files):
            try:
                found.append((self._read(path), is_named))
            except ReportgenError as error:
                (faults if is_named else self.left_out).append(str(error))
        if faults:
            raise ReportgenError("\n".join(faults))
        return found

    def _read(self, path: Path) -> Content:
        """What a file holds: by the map that is asked for where that fits, else by its content."""
        how, asked = self.how.asked.how, self.how.asked
        if how is None:
            return read_content(path)
        try:
            of = Asked(
                (self.how.ticker,), asked.today, asked.published, self.how.ticker, asked.zone
            )
            return read_mapped(path, how, of)
        except ReportgenError as error:
            try:
                return read_content(path)
            except ReportgenError:
                raise error from None

    def _cik(self, filed: Sequence[OfSec]) -> int | None:
        """Whose the filings are: the company that is listed so, of that ticker, or the only one."""
        if self.listed.cik is not None:
            return self.listed.cik
        ticker = self.how.ticker
        of_ticker = {
            one.listing.cik
            for one in filed
            if isinstance(one, Listed) and ticker in one.listing.tickers
        }
        named = {_cik_of(one) for one in filed if names(one.path, ticker)}
        for found in (of_ticker, named, {_cik_of(one) for one in filed}):
            if len(found) == 1:
                return found.pop()
        if filed:
            raise ReportgenError(
                f"the filings are of several companies; say which in {IMPORTS} of the inputs:"
                f" companies: {{{ticker}: {{cik: NUMBER}}}}"
            )
        return None

    def _adopt(self, strangers: Sequence[Content]) -> None:
        """Take closes that are not named after the company; what else there is, is told.

        Those of one other share are its own where there are no others, else its benchmark's.
        """
        has_closes = any(isinstance(one, CloseTable | Bars) for one in self.of_company)
        closes = [one for one in strangers if isinstance(one, CloseTable | Bars)]
        left = [one for one in strangers if one not in closes]
        indices = self.of_market.keys() - {FX}
        if not self.benchmark and len(indices) + len(closes) == 1 and has_closes:
            (self.benchmark,) = indices or map(_share, closes)
            if fault := file_name_fault(self.benchmark):
                raise ReportgenError(f"{closes[0].path}: {quote(self.benchmark)} {fault}")
            self.of_market[self.benchmark] += closes
        elif len(closes) == 1 and not has_closes:
            self.of_company += closes
        else:
            left += closes
        if left:
            raise ReportgenError(
                "\n".join(
                    f"{one.path}: is not of {self.how.ticker}; closes of its benchmark are taken"
                    " with --benchmark NAME, and a file is named after the share that it is of"
                    for one in left
                )
            )


def _paths(files: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield the files, and whether each was named by itself; a folder stands for those in it."""
    for path in files:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.is_file() and one.name[0] != ".")
            yield from ((one, False) for one in inside if one.name != INDEX)
        else:
            yield path, True


def _share(content: CloseTable | Bars) -> str:
    return content.share if isinstance(content, Bars) else content.path.stem


def _cik_of(content: OfSec) -> int:
    match content:
        case Filings(_, filer):
            return filer.cik
        case Segments(_, instance):
            return instance.cik
        case Listed(_, listing):
            return listing.cik


# --- the draft ---
def _fill(draft: Path, texts: Mapping[str, str]) -> None:
    """Write the files of the template; tables that rows are brought for without blanks."""
    for name, text in texts.items():
        lines = text.splitlines(keepends=True)
        (draft / name).write_text("".join(lines[: _TABLES.get(name)]), encoding="utf-8")


def _currencies(said: Mapping[str, Said]) -> set[str]:
    """The whole currencies of a company, but that in which rates are stated."""
    codes = (said[key].value for key in ("price_currency", "reporting_currency") if key in said)
    return {parse_currency(code).code for code in codes} - {EURO}


def _copy_market(inputs: Path, root: Path, currencies: Iterable[str]) -> None:
    if (inputs / MARKET).is_dir():
        shutil.copytree(inputs / MARKET, root / MARKET, ignore=shutil.ignore_patterns(".*"))
    begin_rates(root, currencies)


def _company(text: str, given: _Given) -> str:
    """Return company.yaml with what is said of the company, and who says so."""
    said = given.said.items()
    lines = {key: f"{_quoted(one.value)}  # of {_quoted(one.by)}" for key, one in said}
    if given.benchmark:
        lines["benchmark"] = _quoted(given.benchmark)
    if given.how.peers:
        lines["peers"] = f"[{', '.join(map(_quoted, given.how.peers))}]"
    for key, line in lines.items():
        text = _replaced(rf"^{key}:.*$", f"{key}: {line}", text)
    if len(given.segments) == 1:
        return text
    listed = "".join(
        f"  - {{id: {_quoted(one.id)}, name: {_quoted(one.name)}, metric: {one.metric}}}\n"
        for one in given.segments
    )
    return _replaced(r"^  - \{id: main.*\n", listed, text)


def _replaced(pattern: str, by: str, text: str) -> str:
    return re.sub(pattern, lambda _: by, text, count=1, flags=re.MULTILINE)


def _quoted(text: str) -> str:
    """A text as YAML quotes it."""
    return json.dumps(text, ensure_ascii=False)


def _leave_blanks(
    draft: Path,
    template: Mapping[str, str],
    files: PackFiles,
    suggested: Mapping[Slot, Found],
    day: date,
) -> None:
    """Put the blanks of the template where nothing was brought, and suggestions beside them."""
    rows = known_at(files, day).rows
    if not rows.prices:
        (draft / f"{PRICES}.csv").write_text(template[f"{PRICES}.csv"], encoding="utf-8")
    reported = {row.metric for row in rows.fundamentals if row.segment == GROUP}
    with (draft / "fundamentals.csv").open("a", encoding="utf-8", newline="") as file:
        header, *lines = template["fundamentals.csv"].splitlines(keepends=True)
        for line, cells in zip(lines, csv.DictReader([header, *lines]), strict=True):
            if cells["metric"] not in reported:
                file.write(line)
    asked = AskedFor.of(rows, files)
    made = io.StringIO()
    assumed = csv.DictReader(io.StringIO(template["assumptions.csv"]))
    writer = csv.DictWriter(made, assumed.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    for cells in _of_segments(assumed, files):
        row = _assumption(cells, files, suggested)
        if not asked.is_idle_assumption(row):
            writer.writerow(row)
    (draft / "assumptions.csv").write_text(made.getvalue(), encoding="utf-8")


def _of_segments(assumed: Iterable[dict[str, str]], files: PackFiles) -> Iterator[dict[str, str]]:
    """Yield the rows of the template, those of its segment for each segment of the company."""
    held: list[dict[str, str]] = []
    for row in assumed:
        if row["segment"] == MAIN:
            held.append(row)
            continue
        for segment in files.company.segments if held else ():
            yield from ({**one, "segment": segment.id} for one in held)
        held = []
        yield row


def _assumption(
    cells: dict[str, str], files: PackFiles, suggested: Mapping[Slot, Found]
) -> dict[str, str]:
    """Return a row of the template as it is of this company: with its units, and suggestions."""
    company, key = files.company, cells["key"]
    row = dict(cells)
    if key == "base_metric" and company.reporting_currency:
        row["unit"] = f"{company.reporting_currency} m"
    if key == "dividend" and company.quote_currency:
        row["unit"] = f"{company.quote_currency}/{'share' if company.adr_ratio == 1 else 'ADS'}"
    if key == "conglomerate_discount" and len(company.segments) == 1:
        row |= {"value": "0", "note": _OF_ONE_PART}
    found = suggested.get(Slot(key, row["scenario"], row["segment"]))
    if isinstance(found, Suggestion):
        row |= {"value": "", "note": found.note}
    elif found is not None:
        row["note"] = "; ".join(filter(None, (row["note"], f"nothing is suggested: {found.why}")))
    return row


# --- its place ---
def _placed(files: Iterable[Appended], root: Path, inputs: Path) -> Iterator[Appended]:
    """Yield files of a draft as they are to be in the inputs."""
    for file in files:
        path = inputs.resolve() / file.path.relative_to(root.resolve())
        yield file._replace(path=path, before=file.before if path.exists() else None)


def _put(draft: Path, inputs: Path, of_market: Iterable[Brought]) -> None:
    """Put the pack and what the market gains in their places: both, or neither."""
    files = tuple(file for one in of_market for file in one.files)
    with signals_held_back(signal.SIGINT, signal.SIGTERM):
        put(draft, inputs)
        try:
            write(files)
        except BaseException:
            (inputs / draft.name).rename(draft)
            raise


def _notes(given: _Given) -> Iterator[str]:
    """Yield what is to be decided by hand before the figures of later months come in alike."""
    yield from (f"left out: {told}" for told in given.left_out)
    if any(isinstance(one, Filings) and is_foreign(one.filer) for one in given.of_company):
        yield (
            "it files as a foreign company: if its listed share stands for several ordinary ones,"
            " say so in company.yaml (adr_ratio)"
        )
    if given.benchmark != given.how.benchmark:
        yield f"{given.benchmark} is taken for its benchmark, whose closes were among the files"
    kept = given.how.asked.listed.get(given.ticker, ListedHere())
    wants_segments = len(given.segments) > 1 and not kept.segments
    if given.cik is not None and (kept.cik is None or wants_segments):
        pairs = ", ".join(f"{member}: {one}" for member, one in given.members.items())
        of = f", segments: {{{pairs}}}" if wants_segments else ""
        yield (
            f"for fetch and the next import, {IMPORTS} of the inputs:"
            f" companies: {{{given.ticker}: {{cik: {given.cik}{of}}}}}"
        )
