"""Shown on Evidence: the unit of each claim's value once it is in the price currency."""

from __future__ import annotations

from reportgen.expr.functions import concat, given_text, pick, same, where
from reportgen.expr.units import Unit
from reportgen.model.dims import MEASURE
from reportgen.model.evidence.claims import claim_in_millions, claim_measure_row, claim_unit
from reportgen.model.inputs.conversion import measure_currency, measure_millions
from reportgen.model.inputs.description import price_currency
from reportgen.model.words import line, or_zero

_CLAIM = "claim[{claim}]"
_BILLION = 1000  # millions

currency = line(
    f"{_CLAIM}.currency",
    "Currency of the unit",
    Unit.TEXT,
    pick(measure_currency, MEASURE, claim_measure_row),
)
millions = line(
    f"{_CLAIM}.millions",
    "Millions in one",
    Unit.NUMBER,
    pick(measure_millions, MEASURE, claim_measure_row),
)
magnitude = line(
    f"{_CLAIM}.magnitude",
    "Magnitude of the value",
    Unit.TEXT,
    where(
        claim_in_millions > 0,
        "m",
        where(or_zero(millions) >= _BILLION, "bn", where(or_zero(millions) >= 1, "m", "")),
    ),
)
value_unit = line(
    f"{_CLAIM}.value_unit",
    "Unit of the value",
    Unit.TEXT,
    where(
        claim_measure_row >= 1,
        where(
            same(currency, ""),
            where(claim_in_millions > 0, magnitude, claim_unit),
            concat(price_currency, where(given_text(magnitude), " ", ""), magnitude),
        ),
        "n/a",
    ),
)
