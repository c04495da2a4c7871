"""What blanks of a new pack could be, each with where that comes from.

A cost of equity comes from a published rate and a measured beta, growth from what analysts expect,
multiples from the company's own history and from its peers. Where something is lacking, nothing is
suggested, and what is lacking is said.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from datetime import date, timedelta
from statistics import harmonic_mean, quantiles
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.errors import InputErrors, ReportgenError, on_one_line
from reportgen.facts.assumptions import Slot
from reportgen.facts.catalogue import ALL, SCENARIOS
from reportgen.facts.cost_of_money import cost_of_money
from reportgen.facts.knowledge import known_at
from reportgen.facts.pack import Pack
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.intake.suggested import Suggestion
from reportgen.model.case.build import build_case
from reportgen.model.checks.differences import conversion_reported
from reportgen.model.fundamentals import investments, net_cash, shares_diluted
from reportgen.model.inputs.conversion import fx
from reportgen.model.market import price
from reportgen.model.report_question import answer_alone
from reportgen.model.solved import by_key
from reportgen.model.twelve_months import eps_reference
from reportgen.model.valuation import base_metric, own_pe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.facts.company import Segment
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.facts.rows import Close, PackRows
    from reportgen.values import Value

FEWEST_WEEKS, MOST_WEEKS = 52, 104  # returns that a beta rests on
FEWEST_MONTHS, MOST_MONTHS = 12, 36  # ends of months that a history of multiples rests on
_WEEK = 7
_LINES = (
    price, own_pe, eps_reference, shares_diluted, net_cash, investments, base_metric, fx,
    conversion_reported,
)  # fmt: skip


class Lacking(NamedTuple):
    """Why nothing is suggested."""

    why: str


Found = Suggestion | Lacking


class _Base(NamedTuple):
    """What grows: a metric, its last twelve months in the price currency, and what that is of."""

    metric: str
    value: float
    measure: str


def suggestions(files: PackFiles, inputs: Path, day: date) -> dict[Slot, Found]:
    """Return what is suggested as of a day, or why not, by key, case and segment."""
    rows = known_at(files, day).rows
    now = _values(files, rows, day)
    beta, currency = _beta(rows, files.company.benchmark), files.company.price_currency
    found: dict[Slot, Found] = {
        Slot("cost_of_equity", ALL, ""): _cost_of_equity(beta, inputs, currency, day),
        Slot("benchmark_beta", ALL, ""): beta,
        Slot("cash_conversion", ALL, ""): _conversion(now),
        Slot("eps_growth", "base", ""): _growth(
            rows, currency, _Base("eps", _figure(now, "eps_reference"), "a share")
        ),
    }
    for part in _whole(files):
        base = _Base(part.metric, _base(now, part), "m")
        found[Slot("growth", "base", part.id)] = _growth(rows, currency, base)
    history = tuple(_history(files, rows.prices, day))
    peers = tuple(_peers(files, rows, inputs, day))
    for (key, segment), own in _multiples(files, history).items():
        others = peers if key == "pe_multiple" else ()
        for case in SCENARIOS:
            found[Slot(key, case, segment)] = _multiple(case, own, others)
    return found


def _values(files: PackFiles, rows: PackRows, day: date) -> Mapping[str, Value]:
    """What the model says of the company; nothing while its description has no currencies."""
    company = files.company
    if not (company.price_currency and company.reporting_currency and company.fiscal_year_end):
        return {}
    case = build_case(Pack(company, day, rows, (), (), ""), load_policy())
    return dict(by_key(answer_alone(case, *_LINES)))


def _figure(values: Mapping[str, Value], key: str) -> float:
    value = values.get(key)
    return value if isinstance(value, float) else math.nan


def _whole(files: PackFiles) -> tuple[Segment, ...]:
    """The one segment of a company that has no other."""
    return files.company.segments if len(files.company.segments) == 1 else ()


def _base(values: Mapping[str, Value], part: Segment) -> float:
    """What a segment made in twelve months, in millions of the price currency."""
    return _figure(values, f"segment_base[{part.id}]") / _figure(values, fx.key)


def _spelled(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


# --- cost of equity ---
def _cost_of_equity(beta: Found, inputs: Path, currency: str, day: date) -> Found:
    if not currency:
        return Lacking("company.yaml names no price_currency")
    try:
        money = cost_of_money(inputs, currency, day)
    except InputErrors as error:
        return Lacking("; ".join(map(str, error.problems)))
    except ReportgenError as error:
        return Lacking(on_one_line(error))
    if money is None:
        return Lacking(f"market/rates.csv has no rate of {currency} by {day}")
    if isinstance(beta, Lacking):
        return beta
    value = money.risk_free + float(beta.value) * money.equity_risk_premium
    return Suggestion(
        _spelled(value),
        f"{money.risk_free:.2%} without risk and {money.equity_risk_premium:.2%} for equity in"
        f" {currency} ({money.source}, market/rates.csv of {money.published}), times a beta of"
        f" {beta.value} ({beta.told})",
    )


def _beta(rows: PackRows, benchmark: str | None) -> Found:
    """Return the slope of the share's weekly returns on those of the benchmark."""
    if not benchmark:
        return Lacking("company.yaml names no benchmark")
    if not rows.benchmark:
        return Lacking(f"market/{benchmark}.csv has no closes")
    pairs = list(_weekly_returns(rows.prices, rows.benchmark))[-MOST_WEEKS:]
    if len(pairs) < FEWEST_WEEKS:
        return Lacking(
            f"{len(pairs)} weekly returns beside {benchmark}, and a beta needs {FEWEST_WEEKS}"
        )
    own, market = np.array([pair[1:] for pair in pairs]).T
    variance = float(np.var(market))
    if not variance > 0:
        return Lacking(f"market/{benchmark}.csv never moves")
    beta = float(np.mean((own - own.mean()) * (market - market.mean()))) / variance
    return Suggestion(
        f"{beta:.2f}",
        f"{len(pairs)} weekly returns beside {benchmark} up to {pairs[-1][0]}",
    )


def _weekly_returns(
    closes: Iterable[Close], benchmark: Iterable[Close]
) -> Iterator[tuple[date, float, float]]:
    """Yield the returns of both from one week's last common day to the next week's."""
    market = {row.date: row.close for row in benchmark}
    last: dict[int, tuple[date, float, float]] = {}
    for row in closes:
        if row.date in market:
            last[(row.date.toordinal() - 1) // _WEEK] = row.date, row.close, market[row.date]
    for week, (day, own, other) in last.items():
        if week - 1 in last:
            _, own_before, other_before = last[week - 1]
            yield day, own / own_before - 1, other / other_before - 1


# --- growth ---
def _growth(rows: PackRows, currency: str, of: _Base) -> Found:
    """Return the growth of twelve months that analysts expect, over what was reported."""
    stated = [row for row in rows.estimates if row.metric == f"{of.metric}_ntm"]
    newest = max(stated, key=lambda row: row.published, default=None)
    if newest is None:
        return Lacking(f"estimates.csv has no consensus ({of.metric}_ntm)")
    if not of.value > 0:
        return Lacking(f"{of.metric} of the last twelve months is not known, or not above 0")
    rates = {rate.currency: rate.per_eur for rate in rows.fx}
    expected = newest.value
    if newest.currency != currency:
        if not {newest.currency, currency} <= rates.keys():
            return Lacking(f"market/fx.csv has no rate of {newest.currency} or {currency}")
        expected *= rates[currency] / rates[newest.currency]
    return Suggestion(
        _spelled(expected / of.value - 1),
        f"consensus of {newest.published}, {newest.value:,.6g} {newest.unit} ({newest.source}),"
        f" over {of.value:,.6g} {currency} {of.measure} of the last twelve months",
    )


def _conversion(now: Mapping[str, Value]) -> Found:
    value = _figure(now, conversion_reported.key)
    if not value >= 0:
        return Lacking(
            "free cash flow over earnings of the last twelve months is not known, or negative"
        )
    return Suggestion(f"{value:.2f}", "free cash flow over earnings of the last twelve months")


# --- multiples ---
class _Month(NamedTuple):
    """The multiples at the end of a month, by key and segment; nan where one is not known."""

    day: date
    of: Mapping[tuple[str, str], float]


def _history(files: PackFiles, closes: Sequence[Close], day: date) -> Iterator[_Month]:
    """Yield the multiples as they were known at the ends of months, oldest first."""
    fresh = timedelta(days=load_policy()["lookup.close_days"])
    days = [row.date for row in closes]
    for end in sorted(_month_ends(day)):
        traded = days[: bisect_right(days, end)]
        if traded and end - traded[-1] <= fresh:
            values = _values(files, known_at(files, end).rows, end)
            yield _Month(end, dict(_multiples_of(files, values)))


def _month_ends(day: date) -> Iterator[date]:
    end = day.replace(day=1) - timedelta(days=1)
    for _ in range(MOST_MONTHS):
        yield end
        end = end.replace(day=1) - timedelta(days=1)


def _multiples_of(
    files: PackFiles, values: Mapping[str, Value]
) -> Iterator[tuple[tuple[str, str], float]]:
    """Yield P/E, and the multiple of the one segment of a company that has no other."""
    yield ("pe_multiple", ""), _figure(values, "own_pe")
    for part in _whole(files):
        stakes = _figure(values, "investments")
        whole = _figure(values, "price") * _figure(values, "shares_diluted")
        ev = whole - _figure(values, "net_cash") - (0.0 if math.isnan(stakes) else stakes)
        base = _base(values, part)
        yield ("multiple", part.id), ev / base if base > 0 < ev else math.nan


def _multiples(
    files: PackFiles, history: Sequence[_Month]
) -> dict[tuple[str, str], list[tuple[date, float]]]:
    """Return the months in which each multiple is known."""
    keys = [("pe_multiple", ""), *(("multiple", one.id) for one in files.company.segments)]
    return {
        key: [(month.day, month.of[key]) for month in history if month.of.get(key, math.nan) > 0]
        for key in keys
    }


def _multiple(
    case: str, own: Sequence[tuple[date, float]], peers: Sequence[tuple[str, float]]
) -> Found:
    """Return a multiple of a case: of the company's own history, else of its peers."""
    words = ", ".join(f"{name} {value:.1f}" for name, value in peers)
    beside = (
        f"; peers: {words}, {harmonic_mean([of for _, of in peers]):.1f} in all" if peers else ""
    )
    if len(own) >= FEWEST_MONTHS:
        tenths = quantiles([value for _, value in own], n=10, method="inclusive")
        value = dict(zip(SCENARIOS, (tenths[0], tenths[4], tenths[8]), strict=True))[case]
        part = {"bear": "lowest tenth", "base": "median", "bull": "highest tenth"}[case]
        told = f"{part} of its own at {len(own)} ends of months, {own[0][0]} to {own[-1][0]}"
        return Suggestion(f"{value:.1f}", told + beside)
    if peers:
        values = [value for _, value in peers]
        value = {"bear": min(values), "base": harmonic_mean(values), "bull": max(values)}[case]
        part = {"bear": "lowest", "base": "harmonic mean", "bull": "highest"}[case]
        return Suggestion(f"{value:.1f}", f"{part} of the peers: {words}")
    return Lacking(
        f"its own is known at {len(own)} ends of months, and {FEWEST_MONTHS} are needed; no peers"
    )


def _peers(
    files: PackFiles, rows: PackRows, inputs: Path, day: date
) -> Iterator[tuple[str, float]]:
    """Yield the P/E of each peer: of peers.csv, else of the peer's own pack."""
    for peer in files.company.peers:
        stated = [
            row for row in rows.peers if row.peer == peer and row.metric in {"pe_ttm", "pe_ntm"}
        ]
        newest = max(stated, key=lambda row: (row.metric, row.published), default=None)
        value = newest.value if newest else _own_pe(peer, inputs, day)
        if value > 0:
            yield peer, value


def _own_pe(ticker: str, inputs: Path, day: date) -> float:
    """Return the P/E of a company that has a pack here; nan without one."""
    if not (inputs / ticker).is_dir():
        return math.nan
    try:
        files = read_pack(ticker, inputs)
        return _figure(_values(files, known_at(files, day).rows, day), "own_pe")
    except ReportgenError:
        return math.nan
