"""What the company's own results say of the growth that documents claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
    count_where,
    each,
    percent,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA
from reportgen.expr.units import Unit
from reportgen.model.dims import FUNDAMENTAL
from reportgen.model.evidence.claims import fact_key, fact_variant
from reportgen.model.fundamentals import has_yoy, metric, period, row, segment, source, yoy
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node

# --- which claimed key a reported change answers: cloud_growth, ebitda_growth ... ---
_RESULT = "fundamental[{fundamental}]"
measure = line(
    f"{_RESULT}.measure",
    "What grew",
    Unit.TEXT,
    where(
        same(metric, "ebita_adjusted"),
        "ebita_growth",
        where(
            same(metric, "ebitda_adjusted"),
            "ebitda_growth",
            where(
                same(metric, "eps_non_gaap_ads"),
                "eps_growth",
                where(
                    same(metric, "revenue") & ~same(segment, "group"),
                    "growth",
                    concat(metric, "_growth"),
                ),
            ),
        ),
    ),
)
answers = line(
    f"{_RESULT}.answers",
    "Claim it answers",
    Unit.TEXT,
    concat(where(same(segment, "group"), "", concat(segment, "_")), measure),
)
change = line(f"{_RESULT}.change", "Change on a year, 0 if none", Unit.CHANGE, or_zero(yoy))
words = line(
    f"{_RESULT}.words",
    "In words",
    Unit.TEXT,
    concat(metric, " ", period, " ", percent(yoy, 1)),
)


def _last(alike: Node) -> Node:
    """Return whether no later row with a change is alike."""
    later = alike * each(has_yoy) * (each(row) > row)
    return where(has_yoy > 0, where(count_where(FUNDAMENTAL, later) < 1, 1, 0), 0)


last_of_source = line(
    f"{_RESULT}.last_of_source",
    "Last of its source",
    Unit.FLAG,
    _last(same(each(answers), answers) * same(each(source), source)),
)
last_of_period = line(
    f"{_RESULT}.last_of_period",
    "Last for its period",
    Unit.FLAG,
    _last(same(each(answers), answers) * same(each(period), period)),
)

# --- what the company reports of a fact ---
_FACT = "fact[{fact}]"
_SAME_CHANGE = (
    same(each(answers), fact_key) * same(each(period), fact_variant) * each(last_of_period)
)
fact_reports = line(
    f"{_FACT}.reports",
    "Results that answer it",
    Unit.COUNT,
    count_where(FUNDAMENTAL, _SAME_CHANGE),
)
fact_reported = line(
    f"{_FACT}.reported",
    "Reported by the company",
    Unit.CHANGE,
    where(fact_reports > 0, sum_where(FUNDAMENTAL, _SAME_CHANGE, yoy), NA),
)
