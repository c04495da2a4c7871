"""The EPS reference: the sum of the newest four consecutive quarters."""

from __future__ import annotations

from reportgen.expr.functions import each, equal, largest, previous, same, total, where
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import FUNDAMENTAL, QUARTER
from reportgen.model.fundamentals.reported import (
    ROW,
    in_price_currency,
    newest_of_quarter,
    quarter,
    series,
)
from reportgen.model.words import line, or_zero, the

eps_quarter = line(
    f"{ROW}.eps_quarter",
    "Quarter of an EPS row",
    Unit.COUNT,
    where(same(series, "group/eps_non_gaap_ads") & (newest_of_quarter > 0), quarter, NA),
)
eps_quarter_or_zero = line(
    f"{ROW}.eps_quarter_or_zero", "The same, 0 if none", Unit.COUNT, or_zero(eps_quarter)
)
quarter_number = line(
    "eps_quarter[{quarter}].number",
    "Fiscal quarter, counted",
    Unit.COUNT,
    previous("eps_quarter[{quarter}].number", QUARTER, largest(eps_quarter, FUNDAMENTAL) + 1) - 1,
)
quarter_eps = line(
    "eps_quarter[{quarter}].eps",
    "EPS, non-GAAP",
    Unit.PER_SHARE,
    the(FUNDAMENTAL, equal(each(eps_quarter_or_zero), quarter_number), in_price_currency),
)
eps_four_quarters = line(
    "eps_four_quarters", "Sum of four quarters", Unit.PER_SHARE, total(quarter_eps, QUARTER)
)
eps_reference = line(
    "eps_reference",
    "EPS reference",
    Unit.PER_SHARE,
    where(eps_four_quarters > 0, eps_four_quarters, NA),
    note="sum of the newest four consecutive quarters, at the as-of rate; n/a unless positive",
)
