"""What speaks against a claim: what the company's own results say, and who contradicts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
    count_where,
    each,
    equal,
    percent,
    pick,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import FUNDAMENTAL, SOURCE
from reportgen.model.evidence.claims import (
    claim_contradicted_by,
    claim_key,
    claim_reliability,
    claim_value,
    fact_key,
    fact_variant,
)
from reportgen.model.fundamentals import (
    change,
    change_source,
    has_yoy,
    metric,
    number,
    period,
    row,
    segment,
    source,
    yoy,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.sources import source_id, source_reliability, source_row, source_tier
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
        same(metric, "revenue") & ~same(segment, "group"),
        "growth",
        concat(metric, "_growth"),
    ),
)
answers = line(
    f"{_RESULT}.answers",
    "Claim it answers",
    Unit.TEXT,
    concat(where(same(segment, "group"), "", concat(segment, "_")), measure),
)
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


_CLAIM = "claim[{claim}]"
opponent_row = line(
    f"{_CLAIM}.opponent_row",
    "Row of the source that contradicts it",
    Unit.COUNT,
    sum_where(SOURCE, same(each(source_id), claim_contradicted_by), source_row),
)
opponent_tier = line(
    f"{_CLAIM}.opponent_tier", "Its tier", Unit.TEXT, pick(source_tier, SOURCE, opponent_row)
)
opponent_reliability = line(
    f"{_CLAIM}.opponent_reliability",
    "Its reliability",
    Unit.RATIO,
    pick(source_reliability, SOURCE, opponent_row),
)
contradicted = line(
    f"{_CLAIM}.contradicted",
    "Contradicted by a more reliable source",
    Unit.FLAG,
    where(or_zero(opponent_reliability) > or_zero(claim_reliability), 1, 0),
)
opposite_row = line(
    f"{_CLAIM}.opposite_row",
    "Its own figure, row of the results",
    Unit.COUNT,
    sum_where(
        FUNDAMENTAL,
        same(each(answers), claim_key)
        * same(each(source), claim_contradicted_by)
        * each(last_of_source),
        number,
    ),
)
_NEAR = policy("tolerance.absolute")
at_least = line(f"{_CLAIM}.at_least", "The same figure is above", Unit.NUMBER, claim_value - _NEAR)
at_most = line(f"{_CLAIM}.at_most", "The same figure is below", Unit.NUMBER, claim_value + _NEAR)
_same_figure = (
    same(each(change_source), claim_contradicted_by)
    * (each(change) > at_least)
    * (each(change) < at_most)
)
twin_count = line(
    f"{_CLAIM}.twin_count",
    "Lines of that source with the claimed figure",
    Unit.COUNT,
    where(contradicted > 0, count_where(FUNDAMENTAL, _same_figure), 0),
)
twin_sum = line(
    f"{_CLAIM}.twin_sum",
    "Sum of their rows",
    Unit.COUNT,
    sum_where(FUNDAMENTAL, _same_figure, number),
)
twin_row = line(
    f"{_CLAIM}.twin_row",
    "Its row, if there is one",
    Unit.COUNT,
    where(equal(or_zero(twin_count), 1), or_zero(twin_sum), 0),
)
opposite = line(
    f"{_CLAIM}.opposite",
    "Its own figure",
    Unit.TEXT,
    where((contradicted > 0) & (opposite_row > 0), pick(words, FUNDAMENTAL, opposite_row), ""),
)
twin = line(
    f"{_CLAIM}.twin",
    "Whose figure that is",
    Unit.TEXT,
    where(
        twin_row > 0,
        concat("; the claimed figure is its ", pick(words, FUNDAMENTAL, twin_row)),
        "",
    ),
)
