"""Multiples of comparable companies (peers.csv), their quartiles, and our own figure of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    absolute,
    count_where,
    each,
    known,
    maximum,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Node, Number, Unit
from reportgen.model.fundamentals import g_delivered
from reportgen.model.given_values import BLANK, column, day_number, numbered
from reportgen.model.inputs.conversion import fx
from reportgen.model.inputs.description import as_of
from reportgen.model.keys import escaped, member, unique
from reportgen.model.market import estimate_on, price
from reportgen.model.provenance import is_published
from reportgen.model.ranks import above, below, first, larger, smaller
from reportgen.model.valuation import own_pe
from reportgen.model.words import case_line, entry, given, line, or_zero, row_number
from reportgen.report.tabs.growth.lines import ebita_year, revenue_year
from reportgen.report.tabs.valuation.lines import ev_at_price

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.expr.numeric import Array
    from reportgen.facts.pack import Pack
    from reportgen.model.question import Question


ROW = Dim("peer_row")
METRIC = Dim("peer_metric")

_ROW = "peer[{peer_row}]"
number = row_number(f"{_ROW}.number", ROW)
company = given(f"{_ROW}.company", "Company", Unit.TEXT, ROW)
metric = given(f"{_ROW}.metric", "Metric", Unit.TEXT, ROW)
value = entry(_ROW, "Value", Unit.NUMBER, ROW)
unit = given(f"{_ROW}.unit", "Unit", Unit.TEXT, ROW)
published = given(f"{_ROW}.published", "Published", Unit.DATE, ROW)
source = given(f"{_ROW}.source", "Source", Unit.TEXT, ROW)
metric_name = given("peer_metric[{peer_metric}]", "Metric", Unit.TEXT, METRIC)
metric_unit = given("peer_metric[{peer_metric}].unit", "Unit", Unit.TEXT, METRIC)


def know(question: Question, pack: Pack) -> None:
    """Add the rows of peers.csv known at as-of, and the metrics they speak of."""
    rows = pack.rows.peers
    names = (member(row.peer, row.metric, row.published.isoformat()) for row in rows)
    question.dimension(ROW, unique(names))
    question.dimension(METRIC, (escaped(name) for name in _units(pack)))
    question.given.update(_typed(pack))


def _typed(pack: Pack) -> Mapping[Line, Array]:
    """Return the typed values of the table, one blank row where the pack has no peers."""
    rows = pack.rows.peers
    units = _units(pack)
    columns: dict[Line, Sequence[object]] = {
        number: numbered(rows),
        company: [row.peer for row in rows],
        metric: [row.metric for row in rows],
        value.issued: [row.value for row in rows],
        value.override: [BLANK for _ in rows],
        unit: [row.unit for row in rows],
        published: [day_number(row.published) for row in rows],
        source: [row.source for row in rows],
        metric_name: list(units),
        metric_unit: list(units.values()),
    }
    return {of: column(of, cells, max(len(cells), 1)) for of, cells in columns.items()}


def _units(pack: Pack) -> dict[str, str]:
    """Return the metrics of the table, each with its unit; letter case does not tell them apart."""
    found: dict[str, tuple[str, str]] = {}
    for row in pack.rows.peers:
        found.setdefault(row.metric.casefold(), (row.metric, row.unit))
    return dict(found.values())


def _along(key: str, label: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"{_ROW}.{key}", label, unit, expr, ROW)


# --- the newest figure of each company, and its rank among its like ---
row = _along("row", "Row", Unit.COUNT, or_zero(number))
issued_on = _along("issued_on", "Published, 0 if blank", Unit.DATE, or_zero(published))
is_known = _along(
    "known",
    "Known",
    Unit.FLAG,
    is_published(published, value),
)
newest = _along(
    "newest",
    "Newest of its company",
    Unit.FLAG,
    first(
        ROW,
        is_known > 0,
        same(each(company), company)
        * same(each(metric), metric)
        * each(is_known)
        * larger(issued_on, below(row)),
    ),
)
ranked = _along("ranked", "Value, 0 if unused", Unit.NUMBER, where(newest > 0, or_zero(value), 0))
_alike = same(each(metric), metric) * each(newest)
rank = _along(
    "rank",
    "Rank",
    Unit.COUNT,
    where(
        newest > 0,
        1
        + count_where(
            ROW,
            _alike * smaller(ranked, above(row)),
        ),
        0,
    ),
)
crowd = _along("crowd", "Companies", Unit.COUNT, count_where(ROW, _alike))


def _share(key: str, label: str, quarters: Node) -> Line:
    """Return the part of each value in a quartile: those beside its position share it linearly."""
    place = 1 + (crowd - 1) * quarters / 2 / 2
    near = maximum(0, 1 - absolute(rank - place))
    return _along(f"{key}.part", label, Unit.NUMBER, where(newest > 0, ranked * near, 0))


low_part = _share("lower_quartile", "Part in the lower quartile", Number(1))
middle_part = _share("median", "Part in the median", Number(2))
high_part = _share("upper_quartile", "Part in the upper quartile", Number(2) + 1)


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
