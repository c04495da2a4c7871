"""The drivers of the bull and the bear case: what each stands at, ranked by money a share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    by,
    concat,
    count_where,
    each,
    equal,
    fixed,
    known,
    percent,
    pick,
    previous,
    spot,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Linked, Node, Unit
from reportgen.model.dims import BRIDGE_CASE, DRIVER
from reportgen.model.ordering import above, larger, rank_within
from reportgen.model.whatif.bridges import effect, label, number
from reportgen.model.words import case_line, comparable, or_zero

if TYPE_CHECKING:
    from reportgen.model.question import Question

PLACE = Dim("driver_place")  # 1 is the largest
_EACH = "{bridge_case}"

row = case_line("driver[{driver}].row", "Row", Unit.COUNT, or_zero(number), DRIVER)
base_text = case_line("driver[{driver}].base", "Base", Unit.TEXT, Linked(), DRIVER)
bull_text = case_line("driver[{driver}].bull", "Bull", Unit.TEXT, Linked(), DRIVER)
bear_text = case_line("driver[{driver}].bear", "Bear", Unit.TEXT, Linked(), DRIVER)
size = case_line(
    f"bridge[{_EACH}].size[{{driver}}]",
    "Money a share the case's way",
    Unit.PER_SHARE,
    by(BRIDGE_CASE, bull=or_zero(effect), bear=-or_zero(effect)),
    BRIDGE_CASE,
    DRIVER,
)
size_key = case_line(
    f"bridge[{_EACH}].size_key[{{driver}}]",
    "The same in millionths",
    Unit.COUNT,
    comparable(size),
    BRIDGE_CASE,
    DRIVER,
)
is_known = case_line(
    f"bridge[{_EACH}].known[{{driver}}]",
    "Known",
    Unit.FLAG,
    where(known(effect), 1, 0),
    BRIDGE_CASE,
    DRIVER,
)
rank = case_line(
    f"bridge[{_EACH}].rank[{{driver}}]",
    "Rank",
    Unit.COUNT,
    rank_within(DRIVER, larger(size_key, above(row))),
    BRIDGE_CASE,
    DRIVER,
)
place = case_line(
    "driver_place[{driver_place}]",
    "Place",
    Unit.COUNT,
    previous("driver_place[{driver_place}]", PLACE, 0) + 1,
    PLACE,
)
found = case_line(
    f"bridge[{_EACH}].found[{{driver_place}}]",
    "Driver at this place",
    Unit.COUNT,
    sum_where(DRIVER, equal(each(rank, DRIVER), place), row),
    BRIDGE_CASE,
    PLACE,
)


def _ranked(name: str, text: str, unit: Unit, expr: Node) -> Line:
    return case_line(
        f"bridge[{_EACH}].{name}[{{driver_place}}]", text, unit, expr, BRIDGE_CASE, PLACE
    )


ranked_label = _ranked("driver", "Driver", Unit.TEXT, pick(label, DRIVER, found))
ranked_base = _ranked("base", "Base", Unit.TEXT, pick(base_text, DRIVER, found))
ranked_case = _ranked(
    "case",
    "Case",
    Unit.TEXT,
    by(BRIDGE_CASE, bull=pick(bull_text, DRIVER, found), bear=pick(bear_text, DRIVER, found)),
)
ranked_effect = _ranked(
    "money",
    "Money a share",
    Unit.PER_SHARE,
    where(
        count_where(DRIVER, equal(each(rank, DRIVER), place) * each(is_known, DRIVER)) > 0,
        sum_where(DRIVER, equal(each(rank, DRIVER), place), effect),
        NA,
    ),
)


def ask(question: Question) -> None:
    """Add what each driver stands at in each case, in its own unit."""
    count = question.size(DRIVER)
    question.dimension(PLACE, (str(k + 1) for k in range(count)))
    cells = question.case_drivers
    for line, scenario in ((base_text, "base"), (bull_text, "bull"), (bear_text, "bear")):
        question.links[line] = tuple(
            _shown(switched, spot(switched, scenario, *at)) for switched, at in cells
        )


def _shown(of: Line, value: Node) -> Node:
    """Return a driver's value as text in its unit."""
    if of.unit in {Unit.RATIO, Unit.CHANGE}:
        return percent(value, 1)
    if of.unit is Unit.MULTIPLE:
        return concat(fixed(value, 1), "x")
    return fixed(value, 2)
