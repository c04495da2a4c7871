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
from reportgen.model.inputs.description import price_currency
from reportgen.model.ordering import above, larger, rank_within
from reportgen.model.phrases import money
from reportgen.model.whatif.bridges import effect, label, number
from reportgen.model.words import case_line, comparable, given, or_zero

if TYPE_CHECKING:
    from reportgen.model.question import Question

_UNITS = {
    Unit.RATIO: "%",
    Unit.MULTIPLE: "x",
    Unit.PRICE_M: "{price} m",
    Unit.PER_SHARE: "{price} / share",
}
PLACE = Dim("driver_place")  # 1 is the largest
_EACH = "{bridge_case}"

row = case_line("driver[{driver}].row", "Row", Unit.COUNT, or_zero(number), DRIVER)
unit = given("driver[{driver}].unit", "Unit", Unit.TEXT, DRIVER)
LEVELS = {
    case: case_line(f"driver[{{driver}}].{case}", case.capitalize(), Unit.NUMBER, Linked(), DRIVER)
    for case in ("base", "bull", "bear")
}
TEXTS = {
    case: case_line(
        f"driver[{{driver}}].{case}_text",
        f"{case.capitalize()}, in words",
        Unit.TEXT,
        Linked(),
        DRIVER,
    )
    for case in ("bull", "bear")
}
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
ranked_unit = _ranked("unit", "Unit", Unit.TEXT, pick(unit, DRIVER, found))
ranked_base = _ranked("base", "Base", Unit.NUMBER, pick(LEVELS["base"], DRIVER, found))
ranked_case = _ranked(
    "case",
    "Case",
    Unit.NUMBER,
    by(BRIDGE_CASE, **{case: pick(LEVELS[case], DRIVER, found) for case in TEXTS}),
)
ranked_difference = _ranked("difference", "Difference", Unit.NUMBER, ranked_case - ranked_base)
ranked_text = _ranked(
    "case_text",
    "Case, in words",
    Unit.TEXT,
    by(BRIDGE_CASE, **{case: pick(text, DRIVER, found) for case, text in TEXTS.items()}),
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
    currency = question.given[price_currency].item()
    question.give(unit, [_UNITS[switched.unit].format(price=currency) for switched, _ in cells])
    for case, line in LEVELS.items():
        question.links[line] = tuple(spot(switched, case, *place) for switched, place in cells)
    for case, line in TEXTS.items():
        question.links[line] = tuple(
            _shown(switched, spot(switched, case, *place)) for switched, place in cells
        )


def _shown(of: Line, value: Node) -> Node:
    """Return a driver's value as text in its unit."""
    if of.unit is Unit.RATIO:
        return percent(value, 1)
    if of.unit is Unit.MULTIPLE:
        return concat(fixed(value, 2), "x")
    if of.unit is Unit.PRICE_M:
        return concat(price_currency, " ", fixed(value, 0), " m")
    return money(value)
