"""From the base case to the bull and the bear case, driver by driver, closing exactly.

Each driver's bar is the mean of what it adds when the drivers are switched one after the other in
order, and in reverse order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import at, by, previous, spot
from reportgen.expr.nodes import Line, Study, Unit, Varied, WhatIf
from reportgen.facts.catalogue import EV_EBITDA, PB, PE, SOTP
from reportgen.model import requested
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
from reportgen.model.inputs.assumptions import (
    conglomerate_discount,
    ev_ebitda_multiple,
    multiple,
    pb_multiple,
)
from reportgen.model.inputs.description import price_currency, reporting_currency
from reportgen.model.valuation import (
    book_12m,
    ebitda_12m,
    eps_12m,
    launch,
    level,
    pe_multiple,
    stakes,
    unfloored_value,
    value,
)
from reportgen.model.words import case_line, given, line, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node
    from reportgen.model.question import Question

_BASE = "base"
_OF_SEGMENTS: tuple[tuple[str, Line, str], ...] = (
    ("level", level, "In 12 months"),
    ("multiple", multiple, "Multiple"),
)
# the methods that read it: none is asked for where a pack weighs none of them
_SCALARS: tuple[tuple[str, Line, str, tuple[str, ...]], ...] = (
    ("conglomerate_discount", conglomerate_discount, "Conglomerate discount", (SOTP,)),
    ("investments", stakes, "Stakes after haircut", (SOTP, EV_EBITDA)),
    ("launch", launch, "Launch", (SOTP,)),
    ("eps_12m", eps_12m, "EPS in 12 months", (PE,)),
    ("pe_multiple", pe_multiple, "P/E multiple", (PE,)),
    ("ebitda_12m", ebitda_12m, "EBITDA in 12 months", (EV_EBITDA,)),
    ("ev_ebitda_multiple", ev_ebitda_multiple, "EV/EBITDA multiple", (EV_EBITDA,)),
    ("book_12m", book_12m, "Book value in 12 months", (PB,)),
    ("pb_multiple", pb_multiple, "P/B multiple", (PB,)),
)
label = given("driver[{driver}].label", "Driver", Unit.TEXT, DRIVER)
number = row_number("driver[{driver}].number", DRIVER)
base_raw = line(
    "bridge.base_raw",
    "Base, before floors and ordering",
    Unit.PER_SHARE,
    at(unfloored_value, SCENARIO, _BASE),
)
case_raw = case_line(
    "bridge[{bridge_case}].raw",
    "Case, before floors and ordering",
    Unit.PER_SHARE,
    by(
        BRIDGE_CASE,
        bull=at(unfloored_value, SCENARIO, "bull"),
        bear=at(unfloored_value, SCENARIO, "bear"),
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


def _clipped(case: str) -> Node:
    """Return what floors and the order of cases add to a case."""
    return at(value, SCENARIO, case) - at(unfloored_value, SCENARIO, case)


ordering = line(
    "bridge[{bridge_case}].ordering",
    "Floors at 0 and the order of cases",
    Unit.PER_SHARE,
    by(
        BRIDGE_CASE,
        bull=_clipped("bull") - _clipped(_BASE),
        bear=_clipped("bear") - _clipped(_BASE),
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
    """Return the drivers of this company: level and multiple of each segment, then the rest."""
    found = []
    names = segment_names(question.given, question.members)
    if question.asks_for(SOTP):
        found += [
            Driver(f"{key},{segment}", f"{word}: {name}", switched, (segment,))
            for key, switched, word in _OF_SEGMENTS
            for segment, name in names.items()
        ]
    currency = question.given[price_currency].item()
    reporting = question.given[reporting_currency].item()
    units = {
        Unit.PRICE_M: f" ({currency} m)",
        Unit.REPORTING_M: f" ({reporting} m)",
        Unit.PER_SHARE: f" ({currency} / share)",
    }
    for key, scalar, name, methods in _SCALARS:
        is_there = scalar is not launch or requested.launch(question)
        if is_there and any(question.asks_for(method) for method in methods):
            found.append(Driver(key, f"{name}{units.get(scalar.unit, '')}", scalar, ()))
    return found
