"""What the files of a pack say as of a day: every row sound, whole, in order and once.

Tables are read one by one, and then checked against each other.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import Problem, in_reading_order, quote
from reportgen.facts.assumptions import inherited
from reportgen.facts.brokers import in_one_spelling, key_in_one_spelling, spellings
from reportgen.facts.catalogue import ALL
from reportgen.facts.checks import citations
from reportgen.facts.checks.between_rows import (
    check_assumptions,
    check_currencies,
    check_jumps,
    check_overrides,
    currencies_of,
    warn_of_jumps,
    without_repeats,
)
from reportgen.facts.checks.blanks import forgive_idle_blanks
from reportgen.facts.checks.events import warn_of_hindsight
from reportgen.facts.checks.figures import warn_of_figures
from reportgen.facts.checks.names import in_read_case, warn_of_names
from reportgen.facts.checks.periods import warn_of_periods, with_one_end
from reportgen.facts.checks.rows import LATER_RULES, RULES, action_faults, with_meaning
from reportgen.facts.checks.scale import warn_of_scale
from reportgen.facts.key_syntax import parse_trigger
from reportgen.facts.override_units import in_units_of_inputs
from reportgen.facts.overrides import idle_revocations, revoked, with_standing
from reportgen.facts.policy import load_policy
from reportgen.facts.problems import BLANK, fold_alike
from reportgen.facts.reading import schema
from reportgen.facts.reading.market_files import EURO, closes_of_all, read_closes, read_rates
from reportgen.facts.reading.pack_files import BENCHMARK, DEFAULTS, FX, PRICES, SHARED, PackFiles
from reportgen.facts.reading.tables import read_rows
from reportgen.facts.rows import FxRate, PackRows
from reportgen.facts.splits import PriceHistory, restated
from reportgen.facts.units import (
    alike,
    in_millions,
    whole_assumption,
    whole_claim,
    whole_close,
    whole_estimate,
    whole_past_report,
    whole_peer,
    whole_product,
    whole_target,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from reportgen.facts.reading.columns import RowT, TableSpec
    from reportgen.facts.reading.market_files import Closes
    from reportgen.facts.reading.text_files import Delimited
    from reportgen.facts.rows import (
        Action,
        Argument,
        Assumption,
        Close,
        Fundamental,
        Override,
        PastReport,
        Source,
        Target,
    )


_NA = "what depends on it is n/a"
_REVOKES = "give the day that the override was published on, or all"
_KEPT = 8  # answers: commands ask about one reading again and again
COMPANY_COLUMNS = ("segment", "unit")  # judged by company.yaml: not while it has mistakes


class TableReader:
    """Reads the tables of a pack as of a day, and keeps a log for every file."""

    def __init__(self, files: PackFiles, as_of: date) -> None:
        """The files are read already; their company says which segments rows may name."""
        self.files = files
        self.company = files.company
        self.as_of = as_of
        self.logs = {name: files.log(name) for name in files.paths}

    def rows(
        self,
        spec: TableSpec[RowT],
        whole: Callable[[RowT], RowT] | None = None,
        figure: str = "",
    ) -> tuple[RowT, ...]:
        """The sound rows of a table, normalised by `whole`, in canonical order, each once.

        A row that states no `figure` is left out with a warning, and so is a repetition.
        """
        sound = self.sound(spec, figure)
        rows = in_order(spec, map(whole, sound) if whole else sound)
        return without_repeats(spec, rows, self.logs[spec.name])

    def sound(self, spec: TableSpec[RowT], figure: str = "", named: str = "") -> tuple[RowT, ...]:
        """The rows of a table that state a `figure` and break no rule, as the file has them.

        The table may be `named` otherwise than its specification.
        """
        parts = self.files.tables.get(named or spec.name, ())
        return tuple(row for part in parts for row in self._sound_of(spec, part, figure))

    def _sound_of(
        self, spec: TableSpec[RowT], part: Delimited, figure: str = ""
    ) -> tuple[RowT, ...]:
        """The rows of one file of a table that state a `figure` and break no rule."""
        log = self.logs[spec.name]
        rows = read_rows(spec, part, self.as_of, log)
        for row in rows.later:
            self._tell_of_later(spec, row)
        named = in_read_case(spec, rows.known, self.company, log)
        known = self._with_figure(spec, named, figure) if figure else named
        before = len(log.found)
        sound = tuple(row for row in known if self._is_sound(spec, row))
        fold_alike(log.found, before, len(rows.known))
        return sound

    def _tell_of_later(self, spec: TableSpec[RowT], row: RowT) -> None:
        """Log, as warnings, what a row dated later breaks of the rules of its table."""
        for rules in (RULES, LATER_RULES):
            if spec.name in rules:
                for column, error in rules[spec.name](row, self.company):
                    self.logs[spec.name].cell(row.line_no, column, error, later=True)

    def _with_figure(
        self, spec: TableSpec[RowT], rows: Iterable[RowT], figure: str
    ) -> Iterable[RowT]:
        for row in rows:
            value = getattr(row, figure)
            if isinstance(value, float) and math.isnan(value):
                found = "states no figure; the row is left out"
                self.logs[spec.name].caution(row.line_no, figure, found)
            else:
                yield row

    def _is_sound(self, spec: TableSpec[RowT], row: RowT) -> bool:
        """Whether a row breaks no rule of its table; what it breaks is logged."""
        rule = RULES.get(spec.name)
        if rule is None:
            return True
        faults = list(rule(row, self.company))
        for column, error in faults:
            self.logs[spec.name].cell(row.line_no, column, error)
        return not faults

    def closes(self, name: str, share: str, currency: str) -> Closes:
        """The closes of a share by day, as the file has them; none, and a warning, without one."""
        parts = self.files.tables.get(name, ())
        if not parts:
            self.logs[name].caution(None, None, f"is missing: {_NA}")
        zone = self.company.price_file.zone if name == PRICES else ""
        return closes_of_all(
            [
                read_closes(part, share, currency, zone, self.as_of, self.logs[name])
                for part in parts
            ],
            self.logs[name],
        )

    def later_actions(self) -> tuple[Action, ...]:
        """The sound splits dated after as-of: they show in which unit a price file is."""
        told_already = self.files.log(schema.ACTIONS.name)
        return tuple(
            row
            for part in self.files.tables.get(schema.ACTIONS.name, ())
            for row in read_rows(schema.ACTIONS, part, self.as_of, told_already).later
            if not any(action_faults(row, self.company))
        )

    def rates(self, named: Collection[str]) -> tuple[FxRate, ...]:
        """The last exchange rates, at least of currencies `named`; EUR alone without a file."""
        parts = self.files.tables.get(FX, ())
        if not parts:
            return (FxRate(EURO, 1.0, self.as_of),)
        return read_rates(parts[0], self.as_of, self.logs[FX], named)


class Known(NamedTuple):
    """What is known at as-of; `later_problems` are of rows dated after it."""

    rows: PackRows
    problems: tuple[Problem, ...]
    later_problems: tuple[Problem, ...]


def known_at(files: PackFiles, as_of: date, *, in_shares_of: date | None = None) -> Known:
    """Every row known at `as_of`, and every problem of the files and of these rows.

    Figures per share are in shares of as-of, or of a later day, by the splits known on that day.
    """
    return _known(files, as_of, in_shares_of)


@lru_cache(maxsize=_KEPT)
def _known(files: PackFiles, as_of: date, in_shares_of: date | None) -> Known:
    tables = TableReader(files, as_of)
    company, logs = tables.company, tables.logs
    closes = tables.closes(PRICES, company.ticker, company.quote_currency)
    rows = _rows(tables, closes.known)
    if in_shares_of is not None:
        splits = TableReader(files, in_shares_of).rows(schema.ACTIONS)
        rows = rows._replace(actions=splits)
    overrides = in_units_of_inputs(rows, company, logs["overrides"])
    rows = rows._replace(overrides=overrides)
    later_actions = tables.later_actions()
    history = PriceHistory(
        (*closes.known, *closes.later),
        (*rows.actions, *later_actions),
        company.price_file.splits,
    )
    rows = restated(rows, history, logs)
    policy = load_policy()
    check_overrides(rows.overrides, logs["overrides"])
    forgive_idle_blanks(rows, files, logs)
    check_assumptions(rows, company, policy, logs)
    check_jumps(rows.prices, rows.actions, later_actions, policy, logs[PRICES])
    if company.benchmark:
        warn_of_jumps(rows.benchmark, policy, logs[BENCHMARK])
    check_currencies(rows, company, logs)
    warn_of_names(rows, company, logs)
    warn_of_hindsight(rows.arguments, rows.events, logs["arguments"])
    if files.company_is_sound:
        warn_of_scale(rows, company, logs)
        warn_of_figures(rows, logs)
        warn_of_periods(rows.fundamentals, company, logs["fundamentals"])
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


def _rows(tables: TableReader, closes: tuple[Close, ...]) -> PackRows:
    """The rows of every table but sources, which depend on what the others cite."""
    company = tables.company
    ratio, quoted, benchmark = company.adr_ratio, company.quote_currency, company.benchmark
    targets = _targets(tables)
    known_as = partial(key_in_one_spelling, shown=spellings(targets))
    rows = PackRows(
        prices=tuple(whole_close(row, quoted) for row in closes),
        benchmark=tables.closes(BENCHMARK, benchmark, "").known if benchmark else (),
        fx=(),
        targets=targets,
        fundamentals=_fundamentals(tables),
        estimates=tables.rows(schema.ESTIMATES, partial(whole_estimate, adr_ratio=ratio), "value"),
        products=tables.rows(schema.PRODUCTS, whole_product),
        claims=alike(tables.rows(schema.CLAIMS, partial(whole_claim, adr_ratio=ratio), "value")),
        assumptions=_assumptions(tables),
        arguments=tables.rows(schema.ARGUMENTS, partial(_argument, known_as=known_as)),
        overrides=_overrides(tables, known_as),
        actions=tables.rows(schema.ACTIONS),
        peers=tables.rows(schema.PEERS, whole_peer, "value"),
        events=tables.rows(schema.EVENTS),
        confirmed=tables.rows(schema.CONFIRMED, lambda row: row._replace(key=known_as(row.key))),
        history=_history(tables),
    )
    named = {company.price_currency, company.reporting_currency, *currencies_of(rows)}
    return rows._replace(fx=tables.rates(named))


def _assumptions(tables: TableReader) -> tuple[Assumption, ...]:
    """The company's own assumptions, and its sector's where it has none."""
    ratio, sector = tables.company.adr_ratio, tables.company.sector

    def whole(rows: Iterable[Assumption]) -> tuple[Assumption, ...]:
        return assumptions_in_order(whole_assumption(row, ratio) for row in rows)

    own = whole(tables.sound(schema.ASSUMPTIONS))
    defaults = whole(tables.sound(schema.ASSUMPTIONS, named=DEFAULTS))
    return assumptions_in_order((*own, *inherited(own, defaults, sector))) if defaults else own


def _targets(tables: TableReader) -> tuple[Target, ...]:
    """The price targets, those of one house under the name that it has in the newest."""
    stated = [whole_target(row) for row in tables.sound(schema.TARGETS, "target")]
    rows = in_order(schema.TARGETS, in_one_spelling(stated, spellings(stated)))
    return without_repeats(schema.TARGETS, rows, tables.logs["targets"])


def _fundamentals(tables: TableReader) -> tuple[Fundamental, ...]:
    """The results, each period with one last day."""
    log = tables.logs[schema.FUNDAMENTALS.name]
    whole = partial(in_millions, adr_ratio=tables.company.adr_ratio)
    stated = with_one_end(map(whole, tables.sound(schema.FUNDAMENTALS)), log)
    return without_repeats(schema.FUNDAMENTALS, in_order(schema.FUNDAMENTALS, stated), log)


def _history(tables: TableReader) -> tuple[PastReport, ...]:
    """The reports of days before as-of; one in another currency is told, for it is not compared."""
    if schema.HISTORY.name not in tables.logs:
        return ()
    rows = tables.rows(schema.HISTORY, whole_past_report)
    before = tuple(row for row in rows if row.as_of < tables.as_of)
    own = tables.company.price_currency
    for row in before:
        if row.currency != own:
            found = f"{row.currency} is not {own}, the price currency: the report is not scored"
            tables.logs[schema.HISTORY.name].caution(row.line_no, "currency", found)
    return before


def _argument(row: Argument, known_as: Callable[[str], str]) -> Argument:
    """An argument with the keys that its figures go by."""
    metric = parse_trigger(row.trigger).metric if row.trigger else ""
    trigger = row.trigger.replace(metric, known_as(metric), 1)
    return row._replace(assumption=known_as(row.assumption), trigger=trigger)


def _overrides(tables: TableReader, known_as: Callable[[str], str]) -> tuple[Override, ...]:
    """All overrides, those that stand marked; two values of one key and day are a mistake."""
    log = tables.logs["overrides"]
    stated = tables.sound(schema.OVERRIDES)
    rows = in_order(schema.OVERRIDES, (row._replace(key=known_as(row.key)) for row in stated))
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
    parts, for_all = (tables.files.tables.get(name, ()) for name in (schema.SOURCES.name, SHARED))
    own = citations.ids_by_line(parts)
    replaced = {*own.values()}  # a source of every company counts where there is none of its own
    shared = citations.ids_by_line(for_all)
    ids = {line: one for line, one in shared.items() if one not in replaced} | own
    sources = (
        *(one for one in tables.sound(schema.SOURCES, named=SHARED) if one.id not in replaced),
        *tables.sound(schema.SOURCES),
    )
    cited = citations.cited_ids(rows, tables.company, sources)
    if not (parts or for_all) and cited:
        log.mistake(None, None, f"is missing, and {len(cited)} sources are cited", "sources.csv")
        return ()
    citations.soften_uncited(log, ids, cited)
    citations.report_repeated(sources, cited, log)
    citations.report_missing(rows, ids.values(), tables.company, tables.logs)
    by_id = {source.id: source for source in reversed(sources) if source.id in cited}
    return in_order(schema.SOURCES, map(citations.completed, by_id.values()))


def in_order(spec: TableSpec[RowT], rows: Iterable[RowT]) -> tuple[RowT, ...]:
    """Rows by the fields the table is sorted by, then by everything else that they state."""
    first = spec.sorted_by
    names = (*first, *(name for name in spec.column_names if name not in first))
    return tuple(sorted(rows, key=lambda row: [str(getattr(row, name)) for name in names]))


def assumptions_in_order(rows: Iterable[Assumption]) -> tuple[Assumption, ...]:
    """Assumptions by key, segment and day, numbered (`row`) so that the later of two stands later.

    Of two rows published the same day for one slot the later in the file wins, and a row for
    `all` competes with every scenario. So rows of a day are ordered by how many such rules were
    made before them, and only then by scenario: rows that do not compete may swap in the file.
    """
    alls: Counter[tuple[str, str, date]] = Counter()
    ranked = []
    for row in sorted(rows, key=lambda row: row.line_no):
        day = (row.key, row.segment, row.published)
        alls[day] += row.scenario == ALL
        round_of_day = 2 * alls[day] - (row.scenario == ALL)
        ranked.append((*day, round_of_day, row.scenario, row.line_no, row))
    ranked.sort(key=lambda entry: entry[:-1])
    return tuple(entry[-1]._replace(row=number) for number, entry in enumerate(ranked))
