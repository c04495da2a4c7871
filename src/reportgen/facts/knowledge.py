"""What a pack's files say as of a day: everything known of the company, checked as a whole."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import Problem, in_reading_order, quote
from reportgen.facts import normalise
from reportgen.facts.checks import citations, consistency
from reportgen.facts.checks.assumption_rules import BLANK
from reportgen.facts.checks.blanks import with_meaning
from reportgen.facts.checks.duplicates import without_repeats
from reportgen.facts.order import assumptions_in_order, in_order
from reportgen.facts.overrides import idle_revocations, revoked, with_standing
from reportgen.facts.pack_rows import PackRows
from reportgen.facts.policy import load_policy
from reportgen.facts.reading import schema
from reportgen.facts.reading.pack_files import BENCHMARK, PRICES, PackFiles
from reportgen.facts.splits import restated
from reportgen.facts.table_reader import TableReader

if TYPE_CHECKING:
    from datetime import date

    from reportgen.facts.rows import Override, Source


_REVOKES = "give the day that the override was published on, or all"
COMPANY_COLUMNS = ("segment", "unit")  # judged by company.yaml: not while it has mistakes


class Known(NamedTuple):
    """What is known at as-of; `later_problems` are of rows dated after it."""

    rows: PackRows
    problems: tuple[Problem, ...]
    later_problems: tuple[Problem, ...]


def known_at(files: PackFiles, as_of: date) -> Known:
    """Every row known at `as_of`, and every problem of the files and of these rows."""
    tables = TableReader(files, as_of)
    company, logs = tables.company, tables.logs
    rows = restated(_rows(tables), logs[PRICES])
    policy = load_policy()
    consistency.check_overrides(rows.overrides, logs["overrides"])
    consistency.check_assumptions(rows, company, policy, logs)
    consistency.check_jumps(rows.prices, rows.actions, policy, logs[PRICES])
    if company.benchmark:
        consistency.warn_of_jumps(rows.benchmark, policy, logs[BENCHMARK])
    consistency.check_currencies(rows, company, logs)
    rows = rows._replace(sources=_cited_sources(tables, rows))
    found = [problem for log in logs.values() for problem in log.found]
    if not files.company_is_sound:
        found = [
            problem
            for problem in found
            if problem.column not in COMPANY_COLUMNS or problem.found == BLANK
        ]
    later = [problem for log in logs.values() for problem in log.later]
    found, later = with_meaning(found, files), with_meaning(later, files)
    return Known(rows, in_reading_order([*files.problems, *found]), in_reading_order(later))


def _rows(tables: TableReader) -> PackRows:
    """The rows of every table but sources, which depend on what the others cite."""
    company = tables.company
    quoted, benchmark = company.quote_currency, company.benchmark
    closes = tables.closes(PRICES, company.ticker, quoted)
    return PackRows(
        prices=tuple(normalise.whole_close(row, quoted) for row in closes),
        benchmark=tables.closes(BENCHMARK, benchmark, "") if benchmark else (),
        fx=tables.rates(),
        targets=tables.rows(schema.TARGETS, normalise.whole_target, "target"),
        fundamentals=tables.rows(schema.FUNDAMENTALS, normalise.in_millions),
        estimates=tables.rows(schema.ESTIMATES, normalise.whole_estimate, "value"),
        products=tables.rows(schema.PRODUCTS, normalise.whole_product, "price"),
        claims=tables.rows(schema.CLAIMS, normalise.whole_claim, "value"),
        assumptions=assumptions_in_order(
            map(normalise.whole_assumption, tables.sound(schema.ASSUMPTIONS))
        ),
        arguments=tables.rows(schema.ARGUMENTS),
        overrides=_overrides(tables),
        actions=tables.rows(schema.ACTIONS),
        peers=tables.rows(schema.PEERS, normalise.whole_peer, "value"),
    )


def _overrides(tables: TableReader) -> tuple[Override, ...]:
    """All overrides, those that stand marked; two values of one key and day are a mistake."""
    log = tables.logs["overrides"]
    rows = in_order(schema.OVERRIDES, tables.sound(schema.OVERRIDES))
    gone = {id(row) for row in revoked(rows)}
    said = [row for row in rows if id(row) not in gone and not math.isnan(row.value)]
    without_repeats(schema.OVERRIDES, said, log)
    for row in idle_revocations(rows):
        log.caution(row.line_no, "revokes", _idle(row.key, row.revokes), "", _REVOKES)
    return with_standing(rows, tables.as_of)


def _idle(key: str, revokes: str) -> str:
    return f"{quote(revokes)} takes back nothing: no override of {key} was published then"


def _cited_sources(tables: TableReader, rows: PackRows) -> tuple[Source, ...]:
    """The sources that rows cite; what is wrong with any other is only a warning."""
    log = tables.logs["sources"]
    sources = tables.sound(schema.SOURCES)
    table = tables.files.tables.get("sources")
    ids = citations.ids_by_line(table) if table and table.records else {}
    cited = citations.cited_ids(rows, tables.company, sources)
    if table is None and cited:
        log.mistake(None, None, f"is missing, and {len(cited)} sources are cited", "sources.csv")
        return ()
    citations.soften_uncited(log, ids, cited)
    citations.report_repeated(sources, cited, log)
    citations.report_missing(rows, ids.values(), tables.company, tables.logs)
    kept = [citations.completed(source) for source in sources if source.id in cited]
    return in_order(schema.SOURCES, kept)
