"""Whether figures that a pack states apart fit each other.

The checks of plausibility hold a figure to the one before it: not where its sign is another one,
and not where a whole series is in another unit. Here a balance is held to its mirror image, a share
count to earnings, a typed figure to the one typed before.
"""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from reportgen.facts.checks.between_rows import in_force
from reportgen.facts.rows import GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.rows import Assumption, Estimate, Fundamental, PackRows

MIRRORED = 2.0  # a balance that crosses zero seldom lands so near to where it was
COUNT_OFF = 3.0  # earnings of the group and a share differ by adjustments, not by so much
TYPED_OFF = 5.0  # a judgement moves, a unit jumps
_TYPED = frozenset({"base_metric", "metric_12m", "eps_12m", "dividend"})
_NOT_NEGATIVE = {
    "book_value": ("pb", "P/B counts as 0 in every case: it has no meaning here"),
    "investments": ("sotp", "stakes are taken off the sum of the parts, as a debt would be"),
}


def warn_of_figures(rows: PackRows, logs: Mapping[str, ProblemLog]) -> None:
    """Warn of figures that do not fit others; one whose key is confirmed is left alone."""
    confirmed = {row.key for row in rows.confirmed}
    rates = {rate.currency: rate.per_eur for rate in rows.fx if rate.per_eur > 0}
    newest = _newest(rows.fundamentals)
    log = logs["fundamentals"]
    for metric in ("net_cash", "book_value", "investments"):
        _warn_of_mirror(_series(newest, metric), rates, confirmed, log)
    _warn_of_negative(newest, rows, confirmed, log)
    _warn_of_share_count(newest, rates, confirmed, log)
    _warn_of_typed(rows.assumptions, confirmed, logs["assumptions"])
    _warn_of_estimates(rows.estimates, logs["estimates"])


def _newest(rows: Iterable[Fundamental]) -> list[Fundamental]:
    """Of every figure of the group the one published last, in the order of their days."""
    found: dict[tuple[str, str], Fundamental] = {}
    for row in sorted(rows, key=lambda row: (row.period_end, row.published)):
        if row.segment == GROUP and not math.isnan(row.value):
            found[row.metric, row.period] = row
    return list(found.values())


def _series(rows: Iterable[Fundamental], metric: str) -> list[Fundamental]:
    return [row for row in rows if row.metric == metric]


def _key(row: Fundamental) -> str:
    return f"fundamental[{row.segment},{row.metric},{row.period}]"


def _in_currency_of(
    other: Fundamental, row: Fundamental, rates: Mapping[str, float]
) -> float | None:
    """A figure in the currency of another one, at the rates of as-of; None without them."""
    if row.currency == other.currency:
        return row.value
    if not {row.currency, other.currency} <= rates.keys():
        return None
    return row.value * rates[other.currency] / rates[row.currency]


def _warn_of_mirror(
    series: Sequence[Fundamental],
    rates: Mapping[str, float],
    confirmed: set[str],
    log: ProblemLog,
) -> None:
    """Warn of a balance that is about the one before with the other sign."""
    for before, after in pairwise(series):
        other = _in_currency_of(before, after, rates)
        if other is None or _key(after) in confirmed or before.value * other >= 0:
            continue
        if 1 / MIRRORED <= abs(other / before.value) <= MIRRORED:
            log.caution(
                after.line_no,
                "value",
                f"{after.metric} is {after.value:,.10g} {after.unit}, and {before.value:,.10g} "
                f"{before.unit} the time before: about the same with the other sign",
                "cash above 0 and debt below" if after.metric == "net_cash" else "",
                f"mend the sign, or sign {_key(after)} in confirmed.csv",
            )


def _warn_of_negative(
    newest: Sequence[Fundamental], rows: PackRows, confirmed: set[str], log: ProblemLog
) -> None:
    """Warn of a balance below zero from which a method with a weight makes a value."""
    weights = {slot.key: row.value for slot, row in in_force(rows).items() if not slot.segment}
    for metric, (method, meaning) in _NOT_NEGATIVE.items():
        last = next(reversed(_series(newest, metric)), None)
        is_used = weights.get(f"weight_{method}", 0.0) > 0
        if last and last.value < 0 and is_used and _key(last) not in confirmed:
            found = f"{metric} is below 0: {meaning}"
            remedy = (
                f"mend the sign, set weight_{method} to 0, or sign {_key(last)} in confirmed.csv"
            )
            log.caution(last.line_no, "value", found, "", remedy)


def _warn_of_share_count(
    newest: Sequence[Fundamental],
    rates: Mapping[str, float],
    confirmed: set[str],
    log: ProblemLog,
) -> None:
    """Warn of a share count that is not near net income over earnings a share."""
    counts = _series(newest, "shares_diluted")
    implied = [*_implied_counts(newest, rates)]
    if not counts or not implied or _key(counts[-1]) in confirmed:
        return
    last, other = counts[-1], median(implied)
    off = max(last.value / other, other / last.value)
    if off >= COUNT_OFF:
        log.caution(
            last.line_no,
            "value",
            f"shares_diluted is {last.value:,.5g} m, and net_income over eps makes "
            f"{other:,.5g} m: {off:.3g} times apart",
            "earnings and shares of one kind: listed or ordinary, and in one magnitude",
            f"state the share of both in their units, or sign {_key(last)} in confirmed.csv",
        )


def _implied_counts(newest: Sequence[Fundamental], rates: Mapping[str, float]) -> Iterator[float]:
    """Yield, of each period with both above 0, net income over earnings a share, in millions."""
    earnings = {row.period: row for row in _series(newest, "net_income")}
    for row in _series(newest, "eps"):
        if row.period in earnings and row.value > 0:
            total = _in_currency_of(row, earnings[row.period], rates)
            if total is not None and total > 0:
                yield total / row.value


def _warn_of_typed(rows: Iterable[Assumption], confirmed: set[str], log: ProblemLog) -> None:
    """Warn of money that was typed at a multiple of what was typed for it before."""
    before: dict[tuple[str, str, str], Assumption] = {}
    for row in sorted(rows, key=lambda row: (row.published, row.row)):
        slot = (row.key, row.scenario, row.segment)
        other = before.get(slot)
        before[slot] = row
        if row.key not in _TYPED or other is None or other.currency != row.currency:
            continue
        key = f"assumption[{','.join(slot)}]"
        if _is_apart(row.value, other.value) and key not in confirmed:
            _tell_of_jump(row, other, log, f"mend the unit, or sign {key} in confirmed.csv")


def _warn_of_estimates(rows: Iterable[Estimate], log: ProblemLog) -> None:
    """Warn of a point on a path of estimates that is a multiple of the one before."""
    paths: dict[tuple[str, str], Estimate] = {}
    for row in sorted(rows, key=lambda row: row.published):
        other = paths.get((row.metric, row.currency))
        paths[row.metric, row.currency] = row
        if other is not None and _is_apart(row.value, other.value):
            _tell_of_jump(row, other, log, "state the share and the currency in the unit")


def _is_apart(one: float, other: float) -> bool:
    return one * other > 0 and not 1 / TYPED_OFF <= one / other <= TYPED_OFF


def _tell_of_jump(
    row: Assumption | Estimate, other: Assumption | Estimate, log: ProblemLog, remedy: str
) -> None:
    found = f"{row.value:,.10g} {row.unit} follows {other.value:,.10g} {other.unit}"
    log.caution(row.line_no, "value", f"{found} of {other.published}", "", remedy)
