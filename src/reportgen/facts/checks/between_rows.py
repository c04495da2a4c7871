"""What must hold between rows: what is in force, sums, order, jumps, rates, and repetitions.

Shares sum to 1, overrides among them; discount rates exceed growth; a close does not jump without a
split; a row that says a thing twice counts once if it agrees, and is a mistake if it does not.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import quote
from reportgen.facts.assumptions import Slot, standing
from reportgen.facts.catalogue import (
    ALL,
    BY_KEY,
    CATALOGUE,
    EV_EBITDA,
    METHODS,
    PE,
    SCENARIOS,
    SOTP,
    Family,
    Parameter,
    override_fault,
)
from reportgen.facts.checks.rows import PRICE_MIX
from reportgen.facts.key_syntax import parse_key
from reportgen.facts.splits import standing_actions

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from reportgen.facts.company import Company
    from reportgen.facts.policy import Policy
    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.columns import Row, RowT, TableSpec
    from reportgen.facts.rows import Action, Close, Override, PackRows


ASSUMPTIONS, OVERRIDES = "assumptions", "overrides"
_PARTS = 3  # of a slot
NET_ASSETS = frozenset({SOTP, EV_EBITDA})  # methods that count what stands outside the business


class InForce(NamedTuple):
    """A value and the row that states it; those stated later, and by overrides, are greater."""

    is_override: bool
    published: date
    row: int
    value: float
    line_no: int

    @property
    def table(self) -> str:
        """The name of the table that the row stands in."""
        return OVERRIDES if self.is_override else ASSUMPTIONS


def in_force(rows: PackRows) -> dict[Slot, InForce]:
    """What is in force for every slot that some assumption or override speaks of."""
    slots = {
        slot: InForce(False, row.published, row.row, row.value, row.line_no)  # noqa: FBT003 - a field
        for slot, row in standing(rows.assumptions).items()
    }
    for number, row in enumerate(rows.overrides):
        slot = _slot(row.key) if row.active else None
        if slot is not None:
            slots[slot] = InForce(True, row.published, number, row.value, row.line_no)  # noqa: FBT003 - a field
    return slots


def _slot(key: str) -> Slot | None:
    """The slot that a key names; None if it is no assumption that there could be."""
    name, members, field = parse_key(key)
    if name != "assumption" or field or len(members) != _PARTS or members[0] not in BY_KEY:
        return None
    slot = Slot(*members)
    return slot if slot.scenario in (BY_KEY[slot.key].scenarios or (ALL,)) else None


MAX_JUMP = "price.max_jump"
_NA = "what depends on it is n/a"


def check_overrides(overrides: Iterable[Override], log: ProblemLog) -> None:
    """Log every override in force whose value its input may not have."""
    for row in overrides:
        fault = override_fault(row.key, row.value) if row.active else None
        if fault is not None:
            log.cell(row.line_no, "value", fault)


def check_assumptions(
    rows: PackRows, company: Company, policy: Policy, logs: Mapping[str, ProblemLog]
) -> None:
    """Log what the assumptions in force, overrides among them, violate between them.

    Those needed that are absent are told, too.
    """
    slots = in_force(rows)
    tolerance = policy["tolerance.sum_of_shares"]
    probabilities = [slots.get(Slot("probability", scenario, "")) for scenario in SCENARIOS]
    _check_sum("the probabilities of bear, base and bull", probabilities, tolerance, logs)
    mix = [row for slot, row in slots.items() if (slot.key, slot.scenario) == (PRICE_MIX, ALL)]
    if mix:
        _check_sum("the shares of the launch's price mix", mix, tolerance, logs)
    _check_above("cost_of_equity", "terminal_growth", slots, logs)
    _check_above("launch_discount_rate", "terminal_growth", slots, logs)
    log = logs[ASSUMPTIONS]
    if any(problem.severity == "error" for problem in log.found):
        return  # what seems to be absent may be one of the rows that have a mistake
    weighed = {method for method in METHODS if _weight(method, slots) > 0}
    if not weighed:
        keys = ", ".join(f"weight_{method}" for method in METHODS)
        log.caution(None, None, f"weighs no method: no case has a value without one of {keys}")
    for entry in CATALOGUE:
        if entry.required and has_use(entry, company, weighed):
            _report_absent(entry, slots, company, log)


def has_use(entry: Parameter, company: Company, weighed: Container[str]) -> bool:
    """Return whether some case of a company reads a parameter; `weighed` are its methods."""
    if entry.method:
        return entry.method in weighed
    match entry.key:
        case "benchmark_beta":
            return company.benchmark is not None
        case "investment_haircut":
            return any(method in weighed for method in NET_ASSETS)
        case "base_metric" | "metric_12m":
            return SOTP in weighed
        case "eps_12m" | "peer_pe_discount":
            return PE in weighed
        case _:
            return entry.family is not Family.LAUNCH or company.launch is not None


def _weight(method: str, slots: Mapping[Slot, InForce]) -> float:
    row = slots.get(Slot(f"weight_{method}", ALL, ""))
    return 0.0 if row is None else row.value


def _check_sum(
    what: str,
    rows: Sequence[InForce | None],
    tolerance: float,
    logs: Mapping[str, ProblemLog],
) -> None:
    """A set of rows must sum to 1 where all are there; else what needs them is n/a anyway."""
    known = [row for row in rows if row is not None]
    total = sum(row.value for row in known)
    if len(known) == len(rows) and abs(total - 1) > tolerance:
        _report(known, f"{what} sum to {total:.10g}", "a sum of 1", "change one of them", logs)


def _check_above(
    higher: str, lower: str, slots: Mapping[Slot, InForce], logs: Mapping[str, ProblemLog]
) -> None:
    above, below = slots.get(Slot(higher, ALL, "")), slots.get(Slot(lower, ALL, ""))
    if above and below and above.value <= below.value:
        found = f"{higher} ({above.value:g}) is not above {lower} ({below.value:g})"
        blamed = [row for row in (above, below) if row.is_override] or [above]
        _report(blamed, found, f"{higher} > {lower}", "", logs)


def _report(
    rows: Sequence[InForce],
    found: str,
    expected: str,
    remedy: str,
    logs: Mapping[str, ProblemLog],
) -> None:
    """Log what rows violate between them where the last of them stands, an override before all."""
    last = max(rows)
    told = f"with the overrides in force, {found}" if last.is_override else found
    logs[last.table].mistake(last.line_no, "value", told, expected, remedy)


def _report_absent(
    entry: Parameter, slots: Container[Slot], company: Company, log: ProblemLog
) -> None:
    scenarios = entry.scenarios or (ALL,)
    segments = [segment.id for segment in company.segments] if entry.by_part else [""]
    absent = [
        " ".join(filter(None, (segment, scenario)))
        for segment in segments
        for scenario in scenarios
        if (entry.key, scenario, segment) not in slots
        and (entry.instead, scenario, segment) not in slots
    ]
    if absent:
        log.caution(None, None, f"states no {entry.key} for {', '.join(absent)}: {_NA}")


def check_jumps(
    closes: Sequence[Close],
    actions: Sequence[Action],
    later: Sequence[Action],
    policy: Policy,
    log: ProblemLog,
) -> None:
    """Log closes (restated for splits) that change by more than a split would leave unexplained.

    `later` are the splits dated after as-of: one of them may be a split that was recorded late.
    """
    accepted = [action.ex_date for action in standing_actions(actions) if action.ratio == 1]
    limit = policy[MAX_JUMP]
    for before, after in _jumps(closes, limit):
        if not any(before.date < day <= after.date for day in accepted):
            late = [action for action in later if before.date < action.ex_date <= after.date]
            log.mistake(
                after.line_no,
                "Close",
                f"{_change(before, after)}, and actions.csv has no split that explains it",
                f"a change of at most {limit:.0%}",
                _dated_late(late[0]) if late else _ADD_SPLIT,
            )


_ADD_SPLIT = "add the split there, with ratio 1 if there was none and the change is real"


def _dated_late(action: Action) -> str:
    return (
        f"the split of {action.ex_date} was not known before {action.published}: date its row by "
        "when it was announced"
    )


def warn_of_jumps(closes: Sequence[Close], policy: Policy, log: ProblemLog) -> None:
    """Warn of a benchmark's jumps, of which no file says whether they are splits."""
    for before, after in _jumps(closes, policy[MAX_JUMP]):
        remedy = "if that was a split, restate the closes before it"
        log.caution(after.line_no, "Close", _change(before, after), "", remedy)


def _jumps(closes: Sequence[Close], limit: float) -> Iterator[tuple[Close, Close]]:
    """The pairs of closes that lie further apart than the limit allows for their distance in time.

    Up to a week apart the limit is that of the policy; beyond, its logarithm grows by the square
    root of the weeks, as the range of a price does, so that month ends may move further.
    """
    for before, after in pairwise(closes):
        change = after.close / before.close
        weeks = max(1.0, (after.date - before.date).days / 7)
        far = abs(math.log(change)) > math.log1p(limit) * math.sqrt(weeks)
        if abs(change - 1) > limit and (weeks == 1 or far):
            yield before, after


def _change(before: Close, after: Close) -> str:
    change = after.close / before.close - 1
    return f"the close of {after.date} is {change:+.0%} from that of {before.date}"


def currencies_of(rows: PackRows) -> dict[str, tuple[str, int | None, str]]:
    """The currencies of money that must be comparable, by the place that names each first."""
    used: dict[str, tuple[str, int | None, str]] = {}
    for table in ("targets", "products", "estimates", "fundamentals", "claims", "assumptions"):
        column = "currency" if table in {"targets", "products"} else "unit"
        for row in getattr(rows, table):
            if row.currency:
                used.setdefault(row.currency, (table, row.line_no, column))
    return used


def check_currencies(rows: PackRows, company: Company, logs: Mapping[str, ProblemLog]) -> None:
    """Warn of money in a currency without an exchange rate: it cannot be compared."""
    rated = {rate.currency for rate in rows.fx}
    used = currencies_of(rows)
    foreign = used.keys() - {company.price_currency}
    if foreign and company.price_currency:  # none where the company could not be read
        used.setdefault(company.price_currency, ("prices", None, ""))
    for currency in sorted((used.keys() if foreign else set()) - rated):
        table, line, column = used[currency]
        found = f"{currency} has no rate in market/fx.csv on or before the day: {_NA}"
        logs[table].caution(line, column or None, found)


def without_repeats(
    spec: TableSpec[RowT], rows: Iterable[RowT], log: ProblemLog
) -> tuple[RowT, ...]:
    """The rows (in canonical order) without those that repeat another one.

    Two rows of one key that state different things are an error, except in a disputed table,
    where they are kept: there a difference is what is to be shown.
    """
    key_of, stated_of = _fields(spec.key), _fields(spec.stated)
    whole_of = _fields(spec.column_names) if spec.disputed else key_of
    first: dict[str, RowT] = {}
    kept = []
    for row in rows:
        other = first.setdefault(whole_of(row), row)
        if other is row:
            kept.append(row)
        elif spec.disputed or stated_of(row) == stated_of(other):
            log.caution(
                row.line_no,
                None,
                f"repeats {log.line_words(other.line_no, row.line_no)}; counted once",
            )
        else:
            _report_contradiction(spec, row, other, log)
    return tuple(kept)


def _fields(names: Iterable[str]) -> Callable[[Row], str]:
    """What a row says in some columns, to compare by: as text, since nan differs from itself.

    Of a number 12 digits count: 1.1 bn and 1,100 m are one figure.
    """
    wanted = tuple(names)
    return lambda row: repr([_stated(getattr(row, name)) for name in wanted])


def _stated(value: object) -> object:
    return f"{value:.12g}" if isinstance(value, float) else value


def _report_contradiction(spec: TableSpec[RowT], row: RowT, other: RowT, log: ProblemLog) -> None:
    column = next(
        name
        for name in spec.column_names
        if name in spec.stated
        and repr(_stated(getattr(row, name))) != repr(_stated(getattr(other, name)))
    )
    says, said = (_shown(getattr(one, column)) for one in (row, other))
    log.mistake(
        row.line_no,
        column,
        f"{says} is not what {log.line_words(other.line_no, row.line_no)} states ({said}) "
        f"for the same {', '.join(spec.key)}",
        "one row for each",
        "edit a typing error, which the hash of the inputs shows, and remove one of them, or date"
        " the correction by when it was published",
    )


def _shown(value: date | float | str | object) -> str:
    if value == "" or (isinstance(value, float) and math.isnan(value)):
        return "a blank cell"
    return f"{value:g}" if isinstance(value, float) else quote(str(value))
