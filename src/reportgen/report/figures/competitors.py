"""Products and peers beside our own: premiums, price changes, quartiles of multiples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
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
source_row = _of_chosen("source_row", "Row of the source", e.product_source_row)
tier = line(f"{_OFFER}.tier", "Tier", Unit.TEXT, pick(source_tier, SOURCE, source_row))

# --- premium or discount ---
is_reference = line(
    f"{_OFFER}.is_reference",
    "Reference product",
    Unit.FLAG,
    where(same(e.offer_vendor, reference_vendor) & same(e.offer_product, reference_product), 1, 0),
)
is_own = line(f"{_OFFER}.is_own", "Own product", Unit.FLAG, same(e.offer_vendor, own_vendor) + 0)
own_price = line(
    f"{_OFFER}.own_price", "Own products", Unit.NUMBER, where(is_own > 0, e.offers.value, NA)
)
other_price = line(
    f"{_OFFER}.other_price", "Competitors", Unit.NUMBER, where(is_own > 0, NA, e.offers.value)
)
reference_price = line(
    f"{_OFFER}.reference_price",
    "Of the reference product",
    Unit.NUMBER,
    where(is_reference > 0, e.offers.value, NA),
)
reference = line(
    "offers.reference",
    "Reference product, cheapest variant",
    Unit.NUMBER,
    smallest(reference_price, OFFER),
)
own_cheapest = line(
    "offers.own_cheapest", "Our own cheapest product", Unit.NUMBER, smallest(own_price, OFFER)
)
over_reference = line(
    f"{_OFFER}.over_reference", "Against the reference", Unit.CHANGE, e.offers.value / reference - 1
)
over_own = line(
    f"{_OFFER}.over_own", "Against our cheapest", Unit.CHANGE, e.offers.value / own_cheapest - 1
)

# --- change since the previous price ---
_ROW = "product[{product}]"
is_older = line(
    f"{_ROW}.older",
    "From an earlier time",
    Unit.FLAG,
    where((e.products.used > 0) & (e.products.recent < 1), 1, 0),
)
_firmer = (each(e.product_approximate) < e.product_approximate) + equal(
    each(e.product_approximate), e.product_approximate
) * (each(e.product_row) < e.product_row)
is_previous = line(
    f"{_ROW}.previous",
    "Previous price",
    Unit.FLAG,
    where(
        is_older > 0,
        where(
            count_where(
                PRODUCT,
                same(each(e.product_fact), e.product_fact)
                * each(is_older)
                * (
                    (each(e.product_seen) > e.product_seen)
                    + equal(each(e.product_seen), e.product_seen) * _firmer
                ),
            )
            < 1,
            1,
            0,
        ),
        0,
    ),
)
previous_row = line(
    f"{_OFFER}.previous_row",
    "Row of the previous price",
    Unit.COUNT,
    sum_where(
        PRODUCT, same(each(e.product_fact), e.offer_id) * each(is_previous), e.product_row
    ),
)
previous_price = line(
    f"{_OFFER}.previous_price",
    "Previous price",
    Unit.NUMBER,
    pick(e.product_value, PRODUCT, previous_row),
)
previous_seen = line(
    f"{_OFFER}.previous_seen",
    "Observed",
    Unit.DATE,
    pick(e.product_seen, PRODUCT, previous_row),
)
change = line(
    f"{_OFFER}.change", "Change since", Unit.CHANGE, e.offers.value / previous_price - 1
)
state = line(
    f"{_OFFER}.state",
    "State",
    Unit.TEXT,
    where(
        e.offers.conflict > 0,
        "conflict",
        where(e.offers.changed > 0, "changed", where(e.offers.count > 1, "agreed", "one source")),
    ),
)
drawn_reference = line(
    f"{_OFFER}.plot.reference",
    "Reference product",
    Unit.NUMBER,
    plotted(where(e.offer_number > 0, reference, NA)),
)
drawn_previous = line(
    f"{_OFFER}.plot.previous", "Previous price", Unit.NUMBER, plotted(previous_price)
)

# --- claims of a P/E ---
_CLAIM = "claim[{claim}]"
is_pe = line(
    f"{_CLAIM}.is_pe",
    "A P/E",
    Unit.FLAG,
    where(same(e.claim_key, "pe") & (e.claim_known > 0), 1, 0),
)
pe_number = line(
    f"{_CLAIM}.pe_number",
    "No. among the P/Es",
    Unit.COUNT,
    where(
        is_pe > 0, 1 + count_where(CLAIM, each(is_pe) * (each(e.claim_row) < e.claim_row)), 0
    ),
)


def _pe(key: str, label: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"pe_claim[{{pe_row}}].{key}", label, unit, expr, PE_ROW)


pe_position = _pe(
    "no", "No.", Unit.COUNT, previous("pe_claim[{pe_row}].no", PE_ROW, 0) + 1
)
pe_row = _pe(
    "row",
    "Row of the claim",
    Unit.COUNT,
    sum_where(CLAIM, equal(each(pe_number), pe_position), e.claim_row),
)


def _of_pe(key: str, label: str, column: Line, unit: Unit | None = None) -> Line:
    """Return a column of the claim; a row without a claim stays blank where it is text."""
    picked = pick(column, CLAIM, pe_row)
    shown = where(pe_row >= 1, picked, "") if column.unit is Unit.TEXT else picked
    return _pe(key, label, unit or column.unit, shown)


pe_company = _of_pe("company", "Company", e.claim_variant)
pe_value = _of_pe("value", "P/E", e.claim_amount, Unit.MULTIPLE)
pe_qualifier = _of_pe("qualifier", "Qualifier", e.claim_qualifier)
pe_of_peer = _of_pe("of_peer", "Of a peer", e.claim_of_peer)
pe_observed = _of_pe("observed", "Observed", e.claim_seen)
pe_source = _of_pe("source", "Source", e.claim_source)
pe_note = _of_pe("note", "Note", e.claim_note)
