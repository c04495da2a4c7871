"""What a company reported to the SEC, quarter by quarter, as each filing gave it.

Filings state spans: a first quarter, the half year, nine months, a year. What a report needs is
each quarter as it was known on a day, so a quarter that its filing does not state is the longer
span less the shorter one of the same start and concept, as known when the longer was filed. Nothing
looks ahead: what the filings up to a day give is among what all filings give.

The concepts are those of the taxonomies us-gaap and ifrs-full. Within one filing a metric is one
concept: the one that covers its newest period over the longest span, then the first listed here.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.split_words import new_per_old

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from reportgen.facts.split_words import Split
    from reportgen.intake.sec.facts import Fact, Filer

QUARTER, HALF, NINE, YEAR = range(80, 102), range(170, 193), range(260, 284), range(350, 381)
_LONGER = (HALF, NINE, YEAR)
FOREIGN = ("20-F", "40-F")  # forms of years; quarters of their filers are in no such file
MILLION = 1e6


class Reported(NamedTuple):
    """A figure as one filing gives it: `months` 3 or 12, or 0 for a balance or a count of a day.

    Money is in millions, an amount a share as filed, a count of shares in millions. `yoy` is the
    growth on the figure of a year before in the same filing, nan where it has none. `concept` says
    what it was called and how it was derived.
    """

    metric: str
    end: date
    months: int
    value: float
    unit: str
    qualifier: str
    yoy: float
    filed: date
    filing: str
    form: str
    concept: str


class Trouble(NamedTuple):
    """What has to be decided by a person, and is never guessed: the metric, the day, the words."""

    metric: str
    end: date
    told: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a filer: its metrics, its reporting currency, the splits that are known.

    `years`: a year whose last quarter cannot be derived is taken as such.
    """

    metrics: tuple[str, ...]
    currency: str
    splits: tuple[Split, ...] = ()
    years: bool = False

    def shares_per_old(self, before: date, by: date) -> float:
        """Return how many shares of one day a share of an earlier day has become."""
        return new_per_old(before, (one for one in self.splits if one.ex_date <= by))


# A metric is one concept of several, or a sum of metrics
_FLOWS: Mapping[str, tuple[str, ...]] = {
    "revenue": (
        "RevenueFromContractWithCustomerExcludingAssessedTax",
        "Revenues",
        "SalesRevenueNet",
        "Revenue",
    ),
    "ebit": ("OperatingIncomeLoss", "ProfitLossFromOperatingActivities"),
    "depreciation_amortisation": (
        "DepreciationDepletionAndAmortization",
        "DepreciationAndAmortization",
        "AdjustmentsForDepreciationAndAmortisationExpense",
    ),
    "operating_cash_flow": (
        "NetCashProvidedByUsedInOperatingActivities",
        "CashFlowsFromUsedInOperatingActivities",
        "CashFlowsFromUsedInOperations",
    ),
    "capex": (
        "PaymentsToAcquirePropertyPlantAndEquipment",
        "PaymentsToAcquireProductiveAssets",
        "PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities",
    ),
    "eps": ("EarningsPerShareDiluted", "DilutedEarningsLossPerShare"),
}
_SUMS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "ebitda": (("ebit", 1), ("depreciation_amortisation", 1)),
    "free_cash_flow": (("operating_cash_flow", 1), ("capex", -1)),
}
_SIGNS = {1: " + ", -1: " - "}
_SHARES = (
    "WeightedAverageNumberOfDilutedSharesOutstanding",
    "AdjustedWeightedAverageShares",
)
_BOOK = ("StockholdersEquity", "EquityAttributableToOwnersOfParent")
_CASH = ("CashAndCashEquivalentsAtCarryingValue", "CashAndCashEquivalents")
_INVESTMENTS = ("MarketableSecuritiesCurrent", "DebtSecuritiesCurrent", "ShortTermInvestments")
_SHORT_DEBT = ("CommercialPaper", "ShortTermBorrowings")
_CURRENT_DEBT = ("LongTermDebtCurrent", "CurrentPortionOfLongtermBorrowings")
_ALL_CURRENT_DEBT = ("DebtCurrent",)
_LONG_DEBT = ("LongTermDebtNoncurrent", "LongtermBorrowings")
CONCEPTS = frozenset(
    [
        *(concept for concepts in _FLOWS.values() for concept in concepts),
        *_SHARES, *_BOOK, *_CASH, *_INVESTMENTS, *_SHORT_DEBT, *_CURRENT_DEBT, *_ALL_CURRENT_DEBT,
        *_LONG_DEBT,
    ]
)  # fmt: skip
PER_SHARE, COUNT = "eps", "shares_diluted"
METRICS = (*_FLOWS, *_SUMS, COUNT, "cash", "book_value", "net_cash")
DEFAULT = ("revenue", "eps", "ebitda", "free_cash_flow", COUNT, "net_cash", "book_value")
OF_SEGMENTS = ("revenue", "ebit", "ebitda")


def of_segments(metrics: Sequence[str]) -> tuple[str, ...]:
    """Return which of the metrics asked for a segment may have, its usual ones for none."""
    flows = [metric for metric in (*_FLOWS, *_SUMS) if metric != PER_SHARE]
    return tuple(metric for metric in metrics if metric in flows) if metrics else OF_SEGMENTS


def reported(filer: Filer, wanted: Wanted) -> tuple[tuple[Reported, ...], tuple[Trouble, ...]]:
    """Return the figures of the metrics asked for, in the order of filing, and what is in doubt.

    A figure that a later filing restates is a later figure of the same period; one that it only
    repeats is not, nor one that differs by a known split alone.
    """
    rows: list[Reported] = []
    troubles: list[Trouble] = []
    for metric in wanted.metrics:
        if metric in (*_FLOWS, *_SUMS):
            found = _of_flow(filer, metric, wanted)
        elif metric == COUNT:
            found = _of_days(filer, metric, _SHARES, "shares", wanted)
        elif metric == "net_cash":
            found = _net_cash(filer, wanted)
        else:
            concepts = {"cash": _CASH, "book_value": _BOOK}[metric]
            found = _of_days(filer, metric, concepts, wanted.currency, wanted)
        rows += found.rows
        troubles += found.troubles
    return tuple(sorted(rows, key=lambda row: (row.filed, row.filing))), tuple(troubles)


class _Found:
    """The figures of one metric as they come; what repeats a known one is left out."""

    def __init__(self, metric: str, wanted: Wanted) -> None:
        self.metric, self.wanted = metric, wanted
        self.rows: list[Reported] = []
        self.troubles: list[Trouble] = []
        self._newest: dict[tuple[date, int], Reported] = {}

    def add(self, row: Reported) -> None:
        known = self._newest.get((row.end, row.months))
        if known is not None:
            expected = known.value
            if self.metric in {PER_SHARE, COUNT}:
                splits = self.wanted.shares_per_old(known.filed, row.filed)
                expected *= 1 / splits if self.metric == PER_SHARE else splits
                ratio = _split_ratio(expected, row.value, self.metric)
                if ratio and not _alike(expected, row.value, self.metric):
                    self.doubt(
                        row.end,
                        f"{known.value:g} of {known.filed} became {row.value:g} in {row.filing}:"
                        f" that looks like a split of {ratio:g}: add it to actions.csv",
                    )
                    return
            if _alike(expected, row.value, self.metric):
                return
        self._newest[row.end, row.months] = row
        self.rows.append(row)

    def known(self, end: date) -> float | None:
        """Return the newest figure of a quarter, None where there is none as yet."""
        row = self._newest.get((end, 3))
        return None if row is None else row.value

    def doubt(self, end: date, told: str) -> None:
        self.troubles.append(Trouble(self.metric, end, told))


_CLEAR_RATIOS = (1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50, 100)
_RATIO_SLACK, _CENT = 0.02, 0.0051


def _split_ratio(before: float, after: float, metric: str) -> float:
    """Return the ratio by which a figure changed, if only a split changes one like this; else 0."""
    if not before or not after:
        return 0.0
    ratio = before / after if metric == PER_SHARE else after / before
    for clear in _CLEAR_RATIOS:
        for one in (clear, 1 / clear):
            if abs(ratio / one - 1) <= _RATIO_SLACK:
                return one
    return 0.0


def _alike(one: float, other: float, metric: str) -> bool:
    """Return whether two figures are one: to 1e-9, an amount a share to the cent it is filed in."""
    slack = {PER_SHARE: _CENT, COUNT: 1e-3 * abs(one)}.get(metric, 0.0)
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=slack)


def _by_filing(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    """Yield the facts of each filing, in the order of filing."""
    filings: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        filings[fact.filing].append(fact)
    yield from filings.values()


def _chosen(facts: Sequence[Fact], concepts: Sequence[str]) -> list[Fact]:
    """Return the facts of the one concept that a filing states a metric in."""
    of: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.concept in concepts:
            of[fact.concept].append(fact)
    if not of:
        return []

    def coverage(concept: str) -> tuple[date, int, int]:
        end = max(fact.end for fact in of[concept])
        days = max(fact.days for fact in of[concept] if fact.end == end)
        return end, days, -concepts.index(concept)

    return of[max(of, key=coverage)]


class _Spans(NamedTuple):
    """The spans of a metric within one filing, by first and last day; `concept` as it is called."""

    concept: str
    of: Mapping[tuple[date, date], float]
    filing: Fact  # any of it: its name, form and day


def _of_flow(filer: Filer, metric: str, wanted: Wanted) -> _Found:
    """Return the quarters of a flow, or the years of a filer that files no more often."""
    found = _Found(metric, wanted)
    unit = f"{wanted.currency}/shares" if metric == PER_SHARE else wanted.currency
    scale = 1.0 if metric == PER_SHARE else MILLION
    known: dict[tuple[str, date], dict[date, tuple[float, date]]] = defaultdict(dict)
    was_whole = False
    for facts in _by_filing(fact for fact in filer.facts if fact.unit == unit and fact.start):
        spans = _spans_of(facts, metric, found)
        if spans is None:
            if was_whole:
                _tell_of_lacking(facts, metric, found)
            continue
        was_whole = True
        for row in _stated(spans, metric, scale):
            found.add(row)
        for row in _derived(spans, known, found, scale):
            found.add(row)
        for (start, end), value in spans.of.items():
            known[spans.concept, start][end] = value, spans.filing.filed
    return found


def _spans_of(facts: Sequence[Fact], metric: str, found: _Found) -> _Spans | None:
    if metric in _FLOWS:
        return _spans(_chosen(facts, _FLOWS[metric]), found)
    parts = [(_spans_of(facts, part, found), sign) for part, sign in _SUMS[metric]]
    whole = [(spans, sign) for spans, sign in parts if spans is not None]
    if len(whole) < len(parts):
        return None
    shared = sorted(set.intersection(*(set(spans.of) for spans, _ in whole)))
    of = {span: sum(sign * spans.of[span] for spans, sign in whole) for span in shared}
    name = "".join(f"{_SIGNS[sign]}{spans.concept}" for spans, sign in whole)
    return _Spans(name.removeprefix(_SIGNS[1]), of, facts[0]) if of else None


def _tell_of_lacking(facts: Sequence[Fact], metric: str, found: _Found) -> None:
    """Tell of the part of a sum that a filing lacks though it states another one of it."""
    parts = {part: _chosen(facts, _FLOWS[part]) for part, _ in _SUMS.get(metric, ())}
    lacking = [part for part, chosen in parts.items() if not chosen]
    if lacking and len(lacking) < len(parts):
        stated = max(fact.end for chosen in parts.values() for fact in chosen)
        found.doubt(
            stated,
            f"{facts[0].filing} states no {' and no '.join(lacking)}, which the filings before had:"
            " find out what it is called now, and add the figure by hand",
        )


def _spans(facts: Sequence[Fact], found: _Found) -> _Spans | None:
    """Return the spans of one concept; a period with two figures in one filing has none."""
    if not facts:
        return None
    of: dict[tuple[date, date], float] = {}
    torn: set[tuple[date, date]] = set()
    for fact in facts:
        if fact.start is None:
            continue
        span = fact.start, fact.end
        if of.setdefault(span, fact.value) != fact.value and span not in torn:
            torn.add(span)
            found.doubt(fact.end, f"{fact.filing} states {fact.concept} twice, and not the same")
    for span in torn:
        del of[span]
    return _Spans(facts[0].concept, of, facts[0]) if of else None


def _days(span: tuple[date, date]) -> int:
    return (span[1] - span[0]).days + 1


def _row(spans: _Spans, metric: str, months: int, end: date, value: float) -> Reported:
    filing = spans.filing
    return Reported(
        metric, end, months, value, filing.unit, "=", math.nan, filing.filed, filing.filing,
        filing.form, spans.concept,
    )  # fmt: skip


def _stated(spans: _Spans, metric: str, scale: float) -> Iterator[Reported]:
    """Yield the quarters, and the years of a foreign filer, that a filing states, oldest first."""
    is_foreign = spans.filing.form.startswith(FOREIGN)
    for span in sorted(spans.of, key=lambda span: span[::-1]):
        months = 3 if _days(span) in QUARTER else 12 if is_foreign and _days(span) in YEAR else 0
        if months:
            row = _row(spans, metric, months, span[1], spans.of[span] / scale)
            yield row._replace(yoy=_growth(spans, span))


def _growth(spans: _Spans, span: tuple[date, date]) -> float:
    """Return the growth on the year before as one filing states both; nan where it does not."""
    for other, before in spans.of.items():
        is_like = abs(_days(other) - _days(span)) <= 8  # noqa: PLR2004 - a week more or less
        if is_like and (span[1] - other[1]).days in YEAR and before > 0:
            return spans.of[span] / before - 1
    return math.nan


def _derived(
    spans: _Spans,
    known: Mapping[tuple[str, date], Mapping[date, tuple[float, date]]],
    found: _Found,
    scale: float,
) -> Iterator[Reported]:
    """Yield the last quarter of the longer spans that end with a filing, where it is not stated.

    A year of which that is not known is one itself, where years are wanted.
    """
    newest = max(end for _, end in spans.of)
    ends = [span for span in spans.of if span[1] == newest]
    if any(_days(span) in QUARTER for span in ends) or spans.filing.form.startswith(FOREIGN):
        return
    for start, end in sorted(ends):
        if not any(_days((start, end)) in length for length in _LONGER):
            continue
        shorter = _shorter(spans, known, start, end)
        if shorter is None:
            if found.wanted.years and _days((start, end)) in YEAR:
                yield _row(spans, found.metric, 12, end, spans.of[start, end] / scale)
            continue
        is_per_share = found.metric == PER_SHARE
        last, before, filed = shorter
        if is_per_share:
            before /= found.wanted.shares_per_old(filed, spans.filing.filed)
        value = (spans.of[start, end] - before) / scale
        derived = found.known(end)
        if derived is not None and not _alike(derived, value, found.metric):
            found.doubt(
                end,
                f"{spans.filing.filing} of {spans.filing.filed} restates the span that ends here,"
                " and not what came before: its last quarter stays as it was derived",
            )
        if derived is not None:
            continue
        row = _row(spans, found.metric, 3, end, value)
        how = f"{spans.concept}: {_span(start, end)} less {_span(start, last)}"
        yield row._replace(qualifier="~" if is_per_share else "=", concept=how)


def _shorter(
    spans: _Spans,
    known: Mapping[tuple[str, date], Mapping[date, tuple[float, date]]],
    start: date,
    end: date,
) -> tuple[date, float, date] | None:
    """Return a span a quarter shorter than another: where it ends, its value, when it was filed."""
    here = {
        last: (value, spans.filing.filed)
        for (first, last), value in spans.of.items()
        if first == start
    }
    for last, (value, filed) in sorted(({**known[spans.concept, start], **here}).items()):
        if (end - last).days in QUARTER:
            return last, value, filed
    return None


def _span(start: date, end: date) -> str:
    return f"{start} to {end}"


def _of_days(
    filer: Filer, metric: str, concepts: Sequence[str], unit: str, wanted: Wanted
) -> _Found:
    """Return what was so on a day: a balance, or the average count of shares up to it."""
    found = _Found(metric, wanted)
    for facts in _by_filing(fact for fact in filer.facts if fact.unit == unit):
        chosen = _chosen(facts, concepts)
        if not chosen:
            continue
        newest = max(fact.end for fact in chosen)
        last = min((fact for fact in chosen if fact.end == newest), key=lambda fact: fact.days)
        found.add(_of_fact(last, metric, last.value / MILLION, last.concept))
    return found


def _of_fact(fact: Fact, metric: str, value: float, concept: str) -> Reported:
    return Reported(
        metric, fact.end, 0, value, fact.unit, "=", math.nan, fact.filed, fact.filing, fact.form,
        concept,
    )  # fmt: skip


def _net_cash(filer: Filer, wanted: Wanted) -> _Found:
    """Return cash and short investments less debt, at the newest balance of each filing.

    A part that the balance before had and this one lacks may have another name now: that is told,
    and the balance left out.
    """
    found = _Found("net_cash", wanted)
    before: frozenset[str] = frozenset()
    for facts in _by_filing(
        fact for fact in filer.facts if fact.unit == wanted.currency and fact.start is None
    ):
        cash = [fact for fact in facts if fact.concept in _CASH]
        if not cash:
            continue
        newest = max(fact.end for fact in cash)
        of_day = [fact for fact in facts if fact.end == newest]
        parts = _parts(of_day)
        lacking = sorted(before - parts.keys())
        if lacking:
            found.doubt(
                newest,
                f"{cash[0].filing} states no {' and no '.join(lacking)}, which the balance before"
                " had: find out what it is called now, and add the figure by hand",
            )
            continue
        before = frozenset(parts)
        value = sum(sign * fact.value for fact, sign in parts.values()) / MILLION
        names = "".join(f"{_SIGNS[sign]}{fact.concept}" for fact, sign in parts.values())
        found.add(_of_fact(parts["cash"][0], "net_cash", value, names.removeprefix(_SIGNS[1])))
    return found


def _parts(facts: Sequence[Fact]) -> dict[str, tuple[Fact, int]]:
    """Return the parts of net cash that a balance states, by what they are, with their signs."""
    found: dict[str, tuple[Fact, int]] = {}

    def take(part: str, concepts: Sequence[str], sign: int) -> bool:
        for concept in concepts:
            for fact in facts:
                if fact.concept == concept:
                    found[part] = fact, sign
                    return True
        return False

    take("cash", _CASH, 1)
    take("short investments", _INVESTMENTS, 1)
    has_its_own = take("current debt", _CURRENT_DEBT, -1)
    if has_its_own or not take("current debt", _ALL_CURRENT_DEBT, -1):  # that holds both
        take("short borrowings", _SHORT_DEBT, -1)
    take("long debt", _LONG_DEBT, -1)
    return found
