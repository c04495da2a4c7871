"""The prices that remain of a product when one of them is taken away, weighed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import count_where, each, pick, same, sum_where, where
from reportgen.expr.nodes import NA, Line, Unit
from reportgen.model.dims import PRODUCT, TAKEN, WITHOUT
from reportgen.model.evidence.products import (
    product_approximate,
    product_bound,
    product_group,
    product_reliability,
    product_seen,
    product_valid,
    product_value,
)
from reportgen.model.evidence.weighted_median import Candidates, weigh
from reportgen.model.given_values import numbered
from reportgen.model.inputs.constants import policy
from reportgen.model.words import given, line, or_zero, row_number

if TYPE_CHECKING:
    from reportgen.model.question import Question

_ROW = "without[{without}]"
number = row_number(f"{_ROW}.number", WITHOUT)
left = given(f"{_ROW}.left", "Row that is left", Unit.COUNT, WITHOUT)
taken = given(f"{_ROW}.taken", "Without", Unit.TEXT, WITHOUT)


def _of_left(name: str, of: Line) -> Line:
    return line(f"{_ROW}.{name}", of.label, of.unit, pick(of, PRODUCT, or_zero(left)))


def _flag_of_left(name: str, of: Line) -> Line:
    held = or_zero(pick(of, PRODUCT, or_zero(left))) > 0
    return line(f"{_ROW}.{name}", of.label, of.unit, where(held, 1, 0))


row = line(f"{_ROW}.row", "Row", Unit.COUNT, or_zero(number))
value = _of_left("value", product_value)
is_valid = _flag_of_left("candidate", product_valid)
is_bound = _flag_of_left("bound", product_bound)
is_approximate = _flag_of_left("approximate", product_approximate)
group = _of_left("group", product_group)
reliability = _of_left("reliability", product_reliability)
seen = line(
    f"{_ROW}.seen",
    product_seen.label,
    Unit.DATE,
    or_zero(pick(product_seen, PRODUCT, or_zero(left))),
)
weighed = weigh(
    Candidates(
        dim=WITHOUT,
        prefix=_ROW,
        fact_id=taken,
        number=row,
        is_known=is_valid,
        value=value,
        is_bound=is_bound,
        is_approximate=is_approximate,
        group=group,
        reliability=reliability,
        observed=seen,
        half_life=policy("half_life.product"),
        window=policy("conflict.window_days"),
    )
)
taken_id = given("taken[{taken}].id", "Without", Unit.TEXT, TAKEN)
_mine = same(each(taken), taken_id) * each(weighed.chosen)
price_without = line(
    "taken[{taken}].value",
    "Chosen without it",
    Unit.PER_SHARE,
    where(count_where(WITHOUT, _mine) > 0, sum_where(WITHOUT, _mine, weighed.ranked), NA),
)


def add_pairs(question: Question, facts: list[list[str]]) -> None:
    """Add a pair for each price taken away and each left; `facts` are the rows of each fact."""
    pairs = [(away, kept) for rows in facts for away in rows for kept in rows if kept != away]
    question.dimension(WITHOUT, (f"{away}|{kept}" for away, kept in pairs))
    question.dimension(TAKEN, (away for rows in facts for away in rows))
    products = question.members[PRODUCT]
    places = dict(zip(products, numbered(products), strict=True))
    question.give(number, numbered(pairs))
    question.give(left, [places[kept] for _, kept in pairs])
    question.give(taken, [away for away, _ in pairs])
    question.give(taken_id, [away for rows in facts for away in rows])
