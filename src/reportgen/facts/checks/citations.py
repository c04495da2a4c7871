"""Sources: every one cited exists once, and only those cited are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import quote
from reportgen.facts.problems import suggestion
from reportgen.facts.reading.text_files import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.facts.company import Company
    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.text_files import Delimited
    from reportgen.facts.rows import PackRows, Source

CITING = (
    "targets",
    "fundamentals",
    "estimates",
    "products",
    "claims",
    "arguments",
    "peers",
    "events",
)
_EXPECTED = "the id of a row of sources.csv"
_ECB = "ecb"


class Citation(NamedTuple):
    """A row's mention of a source."""

    table: str
    line_no: int
    column: str
    source: str


def citations(rows: PackRows) -> Iterator[Citation]:
    """Every mention of a source in a row known."""
    for table in CITING:
        for row in getattr(rows, table):
            yield Citation(table, row.line_no, "source", row.source)
    for claim in rows.claims:
        if claim.contradicted_by:
            yield Citation("claims", claim.line_no, "contradicted_by", claim.contradicted_by)


def cited_ids(rows: PackRows, company: Company, sources: Iterable[Source]) -> set[str]:
    """The ids that rows cite, and those of authors, exchange and central bank that are sources."""
    there = {source.id for source in sources}
    cited = {citation.source for citation in citations(rows)}
    authors = {
        *(row.author for row in rows.assumptions),
        *(row.author for row in rows.overrides),
        *(row.author for row in rows.confirmed),
    }
    named = {company.price_source, company.benchmark_source, company.fx_source}
    usual = {company.exchange.lower(), _ECB}
    return cited | ((authors | named | usual) & there)


def report_missing(
    rows: PackRows, ids: Iterable[str], company: Company, logs: Mapping[str, ProblemLog]
) -> None:
    """Log every source cited that is not in sources.csv, once for each table that cites it."""
    there = set(ids)
    absent: dict[tuple[str, str, str], list[int]] = {}
    for citation in citations(rows):
        if citation.source not in there:
            place = (citation.table, citation.column, citation.source)
            absent.setdefault(place, []).append(citation.line_no)
    for (table, column, source), lines in absent.items():
        more = f" (cited on {len(lines)} lines)" if len(lines) > 1 else ""
        found = f"{quote(source)} is not in sources.csv{more}"
        remedy = suggestion(source, there) or "add the source there"
        logs[table].mistake(min(lines), column, found, _EXPECTED, remedy)
    for name in (company.price_source, company.benchmark_source, company.fx_source):
        if name and name not in there:
            found = f"{quote(name)}, named by company.yaml, is missing"
            logs["sources"].mistake(None, "id", found, "a row for it", suggestion(name, there))


def report_repeated(sources: Iterable[Source], cited: set[str], log: ProblemLog) -> None:
    """Log every cited id that more than one row describes; two files may say the same of it."""
    first: dict[str, Source] = {}
    for source in sources:
        other = first.setdefault(source.id, source)
        if other is not source and source.id in cited and not _agree(source, other, log):
            found = f"{quote(source.id)} stands in the file more than once"
            log.mistake(
                source.line_no, "id", found, "one row for each source", "remove one of them"
            )


def _agree(source: Source, other: Source, log: ProblemLog) -> bool:
    """Whether two rows stand in different files and say the same."""
    files = {log.place(one.line_no)[0] for one in (source, other)}
    return len(files) > 1 and source == other._replace(line_no=source.line_no)


def ids_by_line(parts: Iterable[Delimited]) -> dict[int, str]:
    """The id on each line of sources.csv, also where the rest of the line is malformed."""
    found: dict[int, str] = {}
    for part in parts:
        names = [fold(cell) for cell in part.records[0].cells] if part.records else []
        place = names.index("id") if "id" in names else 0
        found |= {
            record.line_no: record.cells[place].strip()
            for record in part.records[1:]
            if place < len(record.cells)
        }
    return found


def soften_uncited(log: ProblemLog, ids: Mapping[int, str], cited: set[str]) -> None:
    """Turn the mistakes in rows that nothing known cites into warnings of later rows.

    `ids` are those of the rows that count; mistakes of a row without one stay what they are.
    """
    by_place = {log.place(line): source for line, source in ids.items()}
    for problem in list(log.found):
        if by_place.get((problem.path, problem.line), "") not in cited | {""}:
            log.found.remove(problem)
            log.later.append(problem._replace(severity="warning"))


def completed(source: Source) -> Source:
    """A source with flags in order; without a group it is its publisher's, or its own."""
    flags = sorted(filter(None, (flag.strip() for flag in source.flags.split(";"))))
    group = source.publisher_group or source.publisher or source.id
    return source._replace(flags=";".join(flags), publisher_group=group)
