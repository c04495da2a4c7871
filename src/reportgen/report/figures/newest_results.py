"""The newest figure of each series of the group, whatever its period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import by, each, pick, same, sum_where, where
from reportgen.expr.nodes import Dim, Line, Node, Operand, Unit
from reportgen.model import fundamentals
from reportgen.model.dims import FUNDAMENTAL
from reportgen.model.words import case_line

if TYPE_CHECKING:
    from reportgen.model.question import Question

METRIC = Dim("growth_metric")
METRICS = (
    "revenue",
    "revenue_like_for_like",
    "ebita_adjusted",
    "ebitda_adjusted",
    "operating_income",
    "eps_non_gaap_ads",
    "free_cash_flow",
    "net_cash",
    "investments",
    "ads_diluted",
)


def ask(question: Question) -> None:
    """Set the members of its dimension."""
    question.members.update({METRIC: METRICS})


def _newest(key: str, label: str, unit: Unit, expr: Operand) -> Line:
    return case_line(f"growth.newest[{{growth_metric}}].{key}", label, unit, expr, METRIC)


newest_series = _newest(
    "series", "Series", Unit.TEXT, by(METRIC, **{name: f"group/{name}" for name in METRICS})
)


def _newest_row(flag: Line) -> Node:
    return sum_where(
        FUNDAMENTAL, same(each(fundamentals.series), newest_series) * each(flag), fundamentals.row
    )


newest_value_row = _newest(
    "value_row", "Row of the value", Unit.COUNT, _newest_row(fundamentals.newest_value)
)
newest_yoy_row = _newest(
    "yoy_row", "Row of the change", Unit.COUNT, _newest_row(fundamentals.newest_yoy)
)
newest_row = _newest(
    "row",
    "Row",
    Unit.COUNT,
    where(newest_value_row >= 1, newest_value_row, newest_yoy_row),
)
newest_value = _newest(
    "value", "Value", Unit.NUMBER, pick(fundamentals.value, FUNDAMENTAL, newest_value_row)
)
newest_unit = _newest("unit", "Unit", Unit.TEXT, pick(fundamentals.unit, FUNDAMENTAL, newest_row))
newest_yoy = _newest("yoy", "Change", Unit.CHANGE, pick(fundamentals.yoy, FUNDAMENTAL, newest_row))
newest_period = _newest(
    "period", "Period", Unit.TEXT, pick(fundamentals.period, FUNDAMENTAL, newest_row)
)
newest_published = _newest(
    "published", "Published", Unit.DATE, pick(fundamentals.published, FUNDAMENTAL, newest_row)
)
newest_qualifier = _newest(
    "qualifier", "Qualifier", Unit.TEXT, pick(fundamentals.qualifier, FUNDAMENTAL, newest_row)
)
newest_source = _newest(
    "source", "Source", Unit.TEXT, pick(fundamentals.source, FUNDAMENTAL, newest_row)
)
