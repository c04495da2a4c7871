"""From the base case to the bull and the bear case, driver by driver, closing exactly.

Each driver's bar is the mean of what it adds when the drivers are switched one after the other in
order, and in reverse order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import at, by, previous, spot
from reportgen.expr.nodes import Line, Study, Unit, Varied, WhatIf
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
from reportgen.model.naming import segment_names
from reportgen.model.valuation import launch, pe_multiple, raw_value, stakes, value
from reportgen.model.words import case_line, given, line, row_number

if TYPE_CHECKING:
    from reportgen.model.question import Question

_BASE = "base"
_SCALARS: tuple[tuple[Line, str], ...] = (
    (conglomerate_discount, "Conglomerate discount"),
    (stakes, "Stakes after haircut"),
    (launch, "Launch"),
    (eps_growth, "EPS growth"),
    (pe_multiple, "P/E multiple"),
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


def ask(question: Question) -> None:
    """Add the drivers of this company and their switches."""
    drivers = _drivers(question)
    question.dimension(DRIVER, (key for key, _, _ in drivers))
    question.members[BRIDGE_CASE] = BRIDGE_CASES
    question.members[BRIDGE_ORDER] = BRIDGE_ORDERS
    question.case_drivers = tuple(switched for _, _, switched in drivers)
    question.give(label, [text for _, text, _ in drivers])
    question.give(number, numbered(drivers))
    question.what_ifs[study] = tuple(
        WhatIf(
            f"{case},{order},{drivers[k][0]}",
            f"{case}, {order}: {drivers[k][1]}",
            tuple(
                (switched, (_BASE, *place), spot(switched, case, *place))
                for _, _, (switched, place) in (
                    drivers[: k + 1] if order == "forward" else drivers[k + 1 :]
                )
            ),
        )
        for case in BRIDGE_CASES
        for order in BRIDGE_ORDERS
        for k in range(len(drivers))
    )


def _drivers(question: Question) -> list[tuple[str, str, tuple[Line, tuple[str, ...]]]]:
    """Return (key, label, (line, member besides the scenario)) of every driver."""
    found: list[tuple[str, str, tuple[Line, tuple[str, ...]]]] = []
    names = segment_names(question.given, question.members)
    for switched, word in ((growth, "growth"), (multiple, "multiple")):
        for segment, name in names.items():
            found.append((f"{word},{segment}", f"{switched.label}: {name}", (switched, (segment,))))
    currency = question.given[price_currency].item()
    units = {Unit.PRICE_M: f" ({currency} m)", Unit.PER_SHARE: f" ({currency} / share)"}
    for scalar, name in _SCALARS:
        text = f"{name}{units.get(scalar.unit, '')}"
        key = scalar.key.replace("{scenario}.", "").split("[")[-1].split(",")[0]
        found.append((key, text, (scalar, ())))
    return found
