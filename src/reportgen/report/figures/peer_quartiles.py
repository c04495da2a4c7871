"""Quartiles of the peers' multiples, and our own figure of each beside them."""

from __future__ import annotations

from reportgen.expr.functions import (
    count_where,
    each,
    known,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Line, Node, Unit
from reportgen.model.fundamentals import g_delivered
from reportgen.model.inputs.conversion import fx
from reportgen.model.inputs.description import as_of
from reportgen.model.market import estimate_on, price
from reportgen.model.valuation import own_pe
from reportgen.model.words import case_line, line
from reportgen.report.figures.growth import ebita_year, revenue_year
from reportgen.report.figures.peers import (
    METRIC,
    ROW,
    high_part,
    low_part,
    metric,
    metric_name,
    middle_part,
    newest,
)
from reportgen.report.figures.valuation import ev_at_price


def _of_metric(key: str, label: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"peers[{{peer_metric}}].{key}", label, unit, expr, METRIC)


_mine = same(each(metric), metric_name)
count = _of_metric("count", "Companies", Unit.COUNT, count_where(ROW, _mine * each(newest)))


def _quartile(key: str, label: str, part: Line) -> Line:
    return _of_metric(key, label, Unit.NUMBER, where(count > 0, sum_where(ROW, _mine, part), NA))


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
own_ev_ebita = line(
    "own.ev_ebita",
    "Own EV/EBITA, four quarters",
    Unit.MULTIPLE,
    where(ebita_year > 0, ev_at_price / (ebita_year / fx), NA),
)
own_ev_sales = line(
    "own.ev_sales",
    "Own EV/sales, four quarters",
    Unit.MULTIPLE,
    where(revenue_year > 0, ev_at_price / (revenue_year / fx), NA),
)


def _own_figure() -> Node:
    """Return our own figure of each metric that we can compute; n/a for any other."""
    figures = {
        "pe_ntm": own_pe_ntm,
        "pe": own_pe,
        "ev_ebita": own_ev_ebita,
        "ev_sales": own_ev_sales,
        "growth": g_delivered,
    }
    chosen: Node = NA
    for name, figure in figures.items():
        chosen = where(same(metric_name, name), figure, chosen)
    return chosen


own = _of_metric("own", "Own", Unit.NUMBER, _own_figure())
over_median = _of_metric(
    "over_median", "Own against the median", Unit.CHANGE, where(median > 0, own / median - 1, NA)
)
standing = _of_metric(
    "standing",
    "Where we stand",
    Unit.TEXT,
    where(
        known(own) & known(median),
        where(
            own < lower_quartile,
            "below the lower quartile",
            where(
                own > upper_quartile,
                "above the upper quartile",
                where(own < median, "lower half", "upper half"),
            ),
        ),
        "n/a",
    ),
)
