"""Products and peers beside our own: premiums, price changes, quartiles of multiples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
    count_known,
    count_where,
    each,
    either,
    equal,
    given_text,
    known,
    pick,
    plotted,
    previous,
    same,
    smallest,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Node, Unit
from reportgen.model import evidence as e
from reportgen.model.dims import CLAIM, OFFER, PRODUCT, SOURCE, SPARE_ROWS
from reportgen.model.inputs import (
    as_of,
    own_vendor,
    reference_product,
    reference_vendor,
    source_tier,
)
from reportgen.model.words import case_line, line

if TYPE_CHECKING:
    from reportgen.expr.evaluate import Members
    from reportgen.model.case import Case

PE_ROW = Dim("pe_row")  # one claim of a P/E each, in the order of the table of claims


def members(case: Case) -> Members:
    """Return as many rows as there are claims of a P/E, and some for claims yet to be typed."""
    keys = case.given[e.claim_key].tolist()
    count = sum(key.casefold() == "pe" for key in keys)
    return {PE_ROW: tuple(str(k + 1) for k in range(count + SPARE_ROWS))}


# --- the candidate that each offer's price comes from ---
_OFFER = "offer[{offer}]"
name = line(
    f"{_OFFER}.name",
    "Product",
    Unit.TEXT,
    concat(
        e.offer_vendor,
        " ",
        e.offer_product,
        where(given_text(e.offer_variant), concat(" ", e.offer_variant), ""),
    ),
)
_chosen = sum_where(
    PRODUCT, same(each(e.product_fact), e.offer_id) * each(e.products.chosen), e.product_row
)
chosen_row = line(
    f"{_OFFER}.row",
    "Row of the price used",
    Unit.COUNT,
    where(known(e.offers.value), either(e.offer_choice, _chosen), 0),
)


def _of_chosen(key: str, label: str, column: Line, unit: Unit | None = None) -> Line:
    picked = pick(column, PRODUCT, chosen_row)
    return line(f"{_OFFER}.{key}", label, unit or column.unit, picked)


local_price = _of_chosen("price", "Price as stated", e.product_price)
local_currency = _of_chosen("currency", "Currency", e.product_currency)
market = _of_chosen("market", "Market", e.product_market)
qualifier = _of_chosen("qualifier", "Qualifier", e.product_qualifier)
observed = _of_chosen("observed", "Observed", e.product_seen)
source = _of_chosen("source", "Source", e.product_source)
age = line(f"{_OFFER}.age", "Age, days", Unit.DAYS, as_of - observed)
_source_row = _of_chosen("source_row", "Row of the source", e.product_source_row)
tier = line(f"{_OFFER}.tier", "Tier", Unit.TEXT, pick(source_tier, SOURCE, _source_row))
