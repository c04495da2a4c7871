"""Shown on Evidence: who contradicts a claim, and what that source says itself."""

from __future__ import annotations

from reportgen.expr.functions import concat, count_where, each, equal, pick, same, sum_where, where
from reportgen.expr.units import Unit
from reportgen.model.dims import FUNDAMENTAL, SOURCE
from reportgen.model.evidence.claims import (
    claim_contradicted_by,
    claim_key,
    claim_reliability,
    claim_value,
)
from reportgen.model.fundamentals import has_yoy, number, source
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.sources import source_id, source_number, source_reliability, source_tier
from reportgen.model.words import line, or_zero
from reportgen.report.figures.reported import answers, change, last_of_source, words

_CLAIM = "claim[{claim}]"
opponent_row = line(
    f"{_CLAIM}.opponent_row",
    "Row of the source that contradicts it",
    Unit.COUNT,
    sum_where(SOURCE, same(each(source_id), claim_contradicted_by), source_number),
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
_same_figure = (
    same(each(source), claim_contradicted_by)
    * each(has_yoy)
    * (each(change) > claim_value - _NEAR)
    * (each(change) < claim_value + _NEAR)
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
