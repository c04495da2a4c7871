"""Multiples of comparable companies (peers.csv), their quartiles, and our own figure of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    absolute,
    count_where,
    each,
    maximum,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Node, Unit
from reportgen.model import peers
from reportgen.model.delivered_growth import g_delivered_revenue
from reportgen.model.dims import PEER_ROW
from reportgen.model.inputs.description import as_of, ticker
from reportgen.model.keys import escaped
from reportgen.model.market import estimate_on, price
from reportgen.model.peers import company, metric, newest, value
from reportgen.model.ranks import above, smaller
from reportgen.model.twelve_months import EBITA, EBITDA, REVENUE, of_flow
from reportgen.model.valuation import book_per_share, own_pe
from reportgen.model.words import case_line, given, line, or_zero
from reportgen.report.tabs.valuation.lines import ev_at_price

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.facts.pack import Pack
    from reportgen.model.question import Question


METRIC = Dim("peer_metric")
_ROW = peers.ROW
metric_name = given("peer_metric[{peer_metric}]", "Metric", Unit.TEXT, METRIC)
metric_unit = given("peer_metric[{peer_metric}].unit", "Unit", Unit.TEXT, METRIC)


def know(question: Question, pack: Pack) -> None:
    """Add the metrics that peers.csv speaks of."""
    units = _units(pack)
    question.dimension(METRIC, (escaped(name) for name in units))
    question.give(metric_name, list(units))
    question.give(metric_unit, list(units.values()))


def _units(pack: Pack) -> dict[str, str]:
    """Return the metrics of the table, each with its unit; letter case does not tell them apart."""
    found: dict[str, tuple[str, str]] = {}
    for row in pack.rows.peers:
        found.setdefault(row.metric.casefold(), (row.metric, row.unit))
    return dict(found.values())


def _along(key: str, label: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"{_ROW}.{key}", label, unit, expr, PEER_ROW)


# --- the rank of each newest figure among its like, our own left out ---
counted = _along(
    "counted",
    "Counts in the quartiles",
    Unit.FLAG,
    where((newest > 0) & ~same(company, ticker), 1, 0),
)
ranked = _along("ranked", "Value, 0 if unused", Unit.NUMBER, where(counted > 0, or_zero(value), 0))
_alike = same(each(metric), metric) * each(counted)
rank = _along(
    "rank",
    "Rank",
    Unit.COUNT,
    where(
        counted > 0,
        1
        + count_where(
            PEER_ROW,
            _alike * smaller(ranked, above(peers.row)),
        ),
        0,
    ),
)
crowd = _along("crowd", "Companies", Unit.COUNT, count_where(PEER_ROW, _alike))


half_way = _along("half_way", "Steps from the first to the middle", Unit.NUMBER, (crowd - 1) / 2)


def _share(key: str, label: str, steps: Node) -> Line:
    """Return the part of each value in a quartile: those beside its position share it linearly."""
    place = 1 + steps
    near = maximum(0, 1 - absolute(rank - place))
    return _along(f"{key}.part", label, Unit.NUMBER, where(counted > 0, ranked * near, 0))


low_part = _share("lower_quartile", "Part in the lower quartile", half_way / 2)
middle_part = _share("median", "Part in the median", half_way)
high_part = _share("upper_quartile", "Part in the upper quartile", half_way + half_way / 2)


def _of_metric(key: str, label: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"peers[{{peer_metric}}].{key}", label, unit, expr, METRIC)


_mine = same(each(metric), metric_name)
count = _of_metric("count", "Companies", Unit.COUNT, count_where(PEER_ROW, _mine * each(counted)))


def _quartile(key: str, label: str, part: Line) -> Line:
    return _of_metric(
        key, label, Unit.NUMBER, where(count > 0, sum_where(PEER_ROW, _mine, part), NA)
    )


lower_quartile = _quartile("lower_quartile", "Lower quartile", low_part)
median = _quartile("median", "Median", middle_part)
upper_quartile = _quartile("upper_quartile", "Upper quartile", high_part)
eps_ntm = line("own.eps_ntm", "Consensus EPS, next 12 months", Unit.PER_SHARE, estimate_on(as_of))
own_pe_ntm = line(
    "own.pe_ntm",
    "Own P/E, next 12 months",
    Unit.MULTIPLE,
    where(eps_ntm > 0, price / eps_ntm, NA),
)


def _times(paid: Node, of: Node) -> Node:
    """Return a multiple of a figure; n/a unless that is positive."""
    return where(of > 0, paid / of, NA)


own_ev_ebita = line(
    "own.ev_ebita",
    "Own EV/EBITA, twelve months",
    Unit.MULTIPLE,
    _times(ev_at_price, of_flow(EBITA)),
)
own_ev_sales = line(
    "own.ev_sales",
    "Own EV/sales, twelve months",
    Unit.MULTIPLE,
    _times(ev_at_price, of_flow(REVENUE)),
)
own_ev_ebitda = line(
    "own.ev_ebitda",
    "Own EV/EBITDA, twelve months",
    Unit.MULTIPLE,
    _times(ev_at_price, of_flow(EBITDA)),
)
own_pb = line("own.pb", "Own P/B", Unit.MULTIPLE, _times(price, book_per_share))


def _own_figure(figures: Mapping[str, Line], otherwise: Node) -> Node:
    """Return our own figure of each metric of a table; `otherwise` of any other."""
    chosen = otherwise
    for name, figure in figures.items():
        chosen = where(same(metric_name, name), figure, chosen)
    return chosen


own_on_enterprise_value = _of_metric(
    "own_on_enterprise_value",
    "Own, on enterprise value",
    Unit.NUMBER,
    _own_figure(
        {"ev_ebitda": own_ev_ebitda, "ev_ebita": own_ev_ebita, "ev_sales": own_ev_sales}, NA
    ),
)
own_on_earnings = _of_metric(
    "own_on_earnings",
    "Own, on earnings or enterprise value",
    Unit.NUMBER,
    _own_figure({"pe_ntm": own_pe_ntm, "pe": own_pe, "pe_ttm": own_pe}, own_on_enterprise_value),
)
own = _of_metric(
    "own",
    "Own",
    Unit.NUMBER,
    _own_figure({"pb": own_pb, "growth": g_delivered_revenue}, own_on_earnings),
)
over_median = _of_metric(
    "over_median", "Own against the median", Unit.CHANGE, where(median > 0, own / median - 1, NA)
)
half = _of_metric(
    "half",
    "Lower or upper half",
    Unit.TEXT,
    where(own < median, "lower half", "upper half"),
)
standing = _of_metric(
    "standing",
    "Where we stand",
    Unit.TEXT,
    where(
        own < lower_quartile,
        "below the lower quartile",
        where(own > upper_quartile, "above the upper quartile", half),
    ),
)
