"""From the base case to the bull and the bear case, driver by driver, closing exactly.

Each driver's bar is the mean of what it adds when the drivers are switched one after the other in
order, and in reverse order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import at, by, previous, spot
from reportgen.expr.nodes import Line, Study, Unit, Varied, WhatIf
from reportgen.model.cell_names import segment_names
from reportgen.model.dims import (
    BRIDGE_CASE,
    BRIDGE_CASES,
    BRIDGE_ORDER,
    BRIDGE_ORDERS,
    DRIVER,
    SCENARIO,
)
from reportgen.model.given_values import numbered
from reportgen.model.inputs.assumptions import conglomerate_discount, eps_growth, growth, multiple
from reportgen.model.inputs.description import price_currency
from reportgen.model.valuation import launch, pe_multiple, raw_value, stakes, value
from reportgen.model.words import case_line, given, line, row_number

if TYPE_CHECKING:
    from reportgen.model.question import Question

_BASE = "base"
_SCALARS: tuple[tuple[str, Line, str], ...] = (
    ("conglomerate_discount", conglomerate_discount, "Conglomerate discount"),
    ("investments", stakes, "Stakes after haircut"),
    ("launch", launch, "Launch"),
    ("eps_growth", eps_growth, "EPS growth"),
    ("pe_multiple", pe_multiple, "P/E multiple"),
)
label = given("driver[{driver}].label", "Driver", Unit.TEXT, DRIVER)
number = row_number("driver[{driver}].number", DRIVER)
base_raw = line(
    "bridge.base_raw", "Base, before ordering", Unit.PER_SHARE, at(raw_value, SCENARIO, _BASE)
)
case_raw = case_line(
    "bridge[{bridge_case}].raw",
    "Case, before ordering",
    Unit.PER_SHARE,
    by(
        BRIDGE_CASE,
        bull=at(raw_value, SCENARIO, "bull"),
        bear=at(raw_value, SCENARIO, "bear"),
    ),
    BRIDGE_CASE,
)
study = Study("bridge", "Bridges from base", (BRIDGE_CASE, BRIDGE_ORDER, DRIVER), (base_raw,))
_KEY = "bridge[{bridge_case}].{bridge_order}[{driver}]"
state = line(_KEY, "Value after the switch", Unit.PER_SHARE, Varied(study, base_raw))
forward = line(
    "bridge[{bridge_case}].after[{driver}]",
    "Switched up to here",
    Unit.PER_SHARE,
    at(state, BRIDGE_ORDER, "forward"),
)
backward = line(
    "bridge[{bridge_case}].rest[{driver}]",
    "Switched after here",
    Unit.PER_SHARE,
    at(state, BRIDGE_ORDER, "reverse"),
)
effect = case_line(
    "bridge[{bridge_case}].effect[{driver}]",
    "Money a share",
    Unit.PER_SHARE,
    (
        (forward - previous("bridge[{bridge_case}].after[{driver}]", DRIVER, base_raw))
        + (previous("bridge[{bridge_case}].rest[{driver}]", DRIVER, case_raw) - backward)
    )
    / 2,
    BRIDGE_CASE,
    DRIVER,
)
ordering = line(
    "bridge[{bridge_case}].ordering",
    "Putting the cases in order",
    Unit.PER_SHARE,
    by(
        BRIDGE_CASE,
        bull=at(value, SCENARIO, "bull") - at(raw_value, SCENARIO, "bull"),
        bear=at(value, SCENARIO, "bear") - at(raw_value, SCENARIO, "bear"),
    ),
)


class Driver(NamedTuple):
    """Something that differs between two cases: a line at its members besides the scenario."""

    key: str
    label: str
    line: Line
    place: tuple[str, ...]


def ask(question: Question) -> None:
    """Add the drivers of this company and their switches."""
    drivers = _drivers(question)
    question.dimension(DRIVER, (driver.key for driver in drivers))
    question.members[BRIDGE_CASE] = BRIDGE_CASES
    question.members[BRIDGE_ORDER] = BRIDGE_ORDERS
    question.case_drivers = tuple((driver.line, driver.place) for driver in drivers)
    question.give(label, [driver.label for driver in drivers])
    question.give(number, numbered(drivers))
    question.what_ifs[study] = tuple(
        WhatIf(
            f"{case},{order},{drivers[k].key}",
            f"{case}, {order}: {drivers[k].label}",
            tuple(
                (driver.line, (_BASE, *driver.place), spot(driver.line, case, *driver.place))
                for driver in (drivers[: k + 1] if order == "forward" else drivers[k + 1 :])
            ),
        )
        for case in BRIDGE_CASES
        for order in BRIDGE_ORDERS
        for k in range(len(drivers))
    )


def _drivers(question: Question) -> list[Driver]:
    """Return the drivers of this company: growth and multiple of each segment, then the rest."""
    found = []
    names = segment_names(question.given, question.members)
    for switched, word in ((growth, "growth"), (multiple, "multiple")):
        for segment, name in names.items():
            found.append(
                Driver(f"{word},{segment}", f"{switched.label}: {name}", switched, (segment,))
            )
    currency = question.given[price_currency].item()
    units = {Unit.PRICE_M: f" ({currency} m)", Unit.PER_SHARE: f" ({currency} / share)"}
    for key, scalar, name in _SCALARS:
        found.append(Driver(key, f"{name}{units.get(scalar.unit, '')}", scalar, ()))
    return found
