"""For how many years delivered growth would have to last."""

from __future__ import annotations

from reportgen.expr.functions import absolute, known, ln, where
from reportgen.expr.nodes import NA, Unit
from reportgen.model.fundamentals.growth import g_delivered
from reportgen.model.inputs.assumptions import cost_of_equity
from reportgen.model.priced_in.operations import (
    NEAR,
    cash_flow_per_ads,
    operating_value,
    perpetuity,
)
from reportgen.model.words import line

years_ratio = line(
    "priced_in.years_ratio",
    "Ratio at delivered growth",
    Unit.NUMBER,
    (1 + g_delivered) / (1 + cost_of_equity),
)
years_annuity = line(
    "priced_in.years_annuity",
    "q / (1 - q)",
    Unit.NUMBER,
    where(absolute(years_ratio - 1) < NEAR, NA, years_ratio / (1 - years_ratio)),
)
multiple_paid = line(
    "priced_in.multiple_paid",
    "Operating value / cash flow",
    Unit.MULTIPLE,
    operating_value / cash_flow_per_ads,
)
years_raw = line(
    "priced_in.years_raw",
    "Years, before the limits",
    Unit.YEARS,
    where(
        multiple_paid <= perpetuity,
        0,
        where(
            absolute(years_ratio - 1) < NEAR,
            multiple_paid - perpetuity,
            ln((multiple_paid - years_annuity) / (perpetuity - years_annuity)) / ln(years_ratio),
        ),
    ),
)
implied_years = line(
    "priced_in.implied_years",
    "Years of delivered growth in the price",
    Unit.YEARS,
    where(years_raw >= 0, years_raw, NA),
)
years_verdict = line(
    "priced_in.years_verdict",
    "What that means",
    Unit.TEXT,
    where(
        known(implied_years),
        where(
            implied_years > 0,
            "years at delivered growth justify the price",
            "needs no growth",
        ),
        where(
            known(multiple_paid) & known(years_ratio),
            "not justified at any horizon",
            "cannot be judged: an input is n/a",
        ),
    ),
)
