"""The lines of Competitors: premiums over our own products, price changes, every claim of a P/E."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    absolute,
    concat,
    count_where,
    each,
    either,
    fixed,
    given_text,
    known,
    percent,
    pick,
    plotted,
    same,
    smallest,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Unit
from reportgen.model import peers
from reportgen.model.dims import CLAIM, OFFER, PRODUCT, SOURCE, SPARE_ROWS
from reportgen.model.evidence import claims, products
from reportgen.model.inputs.description import (
    as_of,
    own_vendor,
    price_currency,
    reference_product,
    reference_vendor,
)
from reportgen.model.inputs.sources import source_tier
from reportgen.model.ranks import above, below, first, ranked
from reportgen.model.words import line, or_zero
from reportgen.report.tabs.evidence.products import history

if TYPE_CHECKING:
    from reportgen.model.question import Question


# --- the candidate that each offer's price comes from ---
_OFFER = "offer[{offer}]"
name = line(
    f"{_OFFER}.name",
    "Product",
    Unit.TEXT,
    concat(
        products.offer_vendor,
        " ",
        products.offer_product,
        where(given_text(products.offer_variant), concat(" ", products.offer_variant), ""),
    ),
)
# a product may be named without a price: its last row then tells of it
_ROW = "product[{product}]"
is_named = line(
    f"{_ROW}.named",
    "Named, not priced",
    Unit.FLAG,
    where(
        given_text(products.product_name) & known(products.product_published),
        where(
            (products.product_published > 0)
            & (products.product_published <= or_zero(as_of))
            & ~known(products.product_price),
            1,
            0,
        ),
        0,
    ),
)
names_it = line(
    f"{_ROW}.names_it",
    "Last row that names it",
    Unit.FLAG,
    first(
        PRODUCT,
        is_named > 0,
        same(each(products.product_fact), products.product_fact)
        * each(is_named)
        * below(products.product_row),
    ),
)
named_row = line(
    f"{_OFFER}.named_row",
    "Row that names it",
    Unit.COUNT,
    sum_where(
        PRODUCT,
        same(each(products.product_fact), products.offer_id) * each(names_it),
        products.product_row,
    ),
)
chosen_row = line(
    f"{_OFFER}.row",
    "Row of the price used",
    Unit.COUNT,
    where(
        known(products.offers.value),
        either(products.offer_choice, products.offers.chosen_row),
        named_row,
    ),
)


def _of_chosen(key: str, label: str, column: Line, unit: Unit | None = None) -> Line:
    picked = pick(column, PRODUCT, chosen_row)
    return line(f"{_OFFER}.{key}", label, unit or column.unit, picked)


local_price = _of_chosen("price", "Price as stated", products.product_price)
local_currency = _of_chosen("currency", "Currency", products.product_currency)
market = _of_chosen("market", "Market", products.product_market)
qualifier = _of_chosen("qualifier", "Qualifier", products.product_qualifier)
observed = _of_chosen("observed", "Observed", products.product_seen)
source = _of_chosen("source", "Source", products.product_source)
age = line(f"{_OFFER}.age", "Age, days", Unit.DAYS, as_of - observed)
source_row = _of_chosen("source_row", "Row of the source", products.product_source_row)
tier = line(f"{_OFFER}.tier", "Tier", Unit.TEXT, pick(source_tier, SOURCE, source_row))

# --- premium or discount ---
is_reference = line(
    f"{_OFFER}.is_reference",
    "Reference product",
    Unit.FLAG,
    where(
        same(products.offer_vendor, reference_vendor)
        & same(products.offer_product, reference_product),
        1,
        0,
    ),
)
is_own = line(
    f"{_OFFER}.is_own", "Own product", Unit.FLAG, same(products.offer_vendor, own_vendor) + 0
)
own_price = line(
    f"{_OFFER}.own_price", "Own products", Unit.NUMBER, where(is_own > 0, products.offers.value, NA)
)
other_price = line(
    f"{_OFFER}.other_price",
    "Competitors",
    Unit.NUMBER,
    where(is_own > 0, NA, products.offers.value),
)
reference_price = line(
    f"{_OFFER}.reference_price",
    "Of the reference product",
    Unit.NUMBER,
    where(is_reference > 0, products.offers.value, NA),
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
    f"{_OFFER}.over_reference",
    "Against the reference",
    Unit.CHANGE,
    products.offers.value / reference - 1,
)
over_own = line(
    f"{_OFFER}.over_own",
    "Against our cheapest",
    Unit.CHANGE,
    products.offers.value / own_cheapest - 1,
)
reference_name = line(
    "offers.reference.name",
    "Reference product",
    Unit.TEXT,
    where(
        given_text(reference_vendor), concat(reference_vendor, " ", reference_product), "none named"
    ),
)
own_discount = line(
    "offers.own_against_reference",
    "Our cheapest against the reference",
    Unit.CHANGE,
    own_cheapest / reference - 1,
)
said_apart = line(
    "offers.said.apart",
    "How far from the reference",
    Unit.TEXT,
    concat(percent(absolute(own_discount), 1), where(own_discount < 0, " below ", " above ")),
)
said_discount = line(
    "offers.said.discount",
    "Said of the reference",
    Unit.TEXT,
    where(known(own_discount), concat(said_apart, reference_name), "n/a against the reference"),
)
said_own = line(
    "offers.said.own",
    "Said of our cheapest",
    Unit.TEXT,
    concat("Our cheapest product costs ", price_currency, " ", fixed(own_cheapest, 0)),
)
said_reference = line(
    "offers.said.reference", "Price of the reference", Unit.TEXT, fixed(reference, 0)
)
headline = line(
    "offers.headline",
    "What the prices say",
    Unit.TEXT,
    where(
        known(own_discount),
        concat(said_own, ", ", said_discount, " at ", said_reference),
        "No price to compare: own or reference product is n/a",
    ),
)
state_of_price = line(
    f"{_OFFER}.state_of_price",
    "State of its price",
    Unit.TEXT,
    where(
        products.offers.conflict > 0,
        "conflict",
        where(
            products.offers.changed > 0,
            "changed",
            where(products.offers.candidates > 1, "agreed", "one source"),
        ),
    ),
)
state = line(
    f"{_OFFER}.state",
    "State",
    Unit.TEXT,
    where(
        known(products.offers.value),
        state_of_price,
        where(chosen_row >= 1, "not priced", "n/a"),
    ),
)
drawn_reference = line(
    f"{_OFFER}.plot.reference",
    "Reference product",
    Unit.NUMBER,
    plotted(where(products.offer_number > 0, reference, NA)),
)


is_older = line(
    f"{_ROW}.older",
    "From an earlier time",
    Unit.FLAG,
    where((products.weighed_products.standing > 0) & (products.weighed_products.recent < 1), 1, 0),
)
is_previous = line(
    f"{_ROW}.previous",
    "Previous price",
    Unit.FLAG,
    first(
        PRODUCT,
        is_older > 0,
        same(each(products.product_fact), products.product_fact)
        * each(is_older)
        * above(history.place),
    ),
)
previous_row = line(
    f"{_OFFER}.previous_row",
    "Row of the previous price",
    Unit.COUNT,
    sum_where(
        PRODUCT,
        same(each(products.product_fact), products.offer_id) * each(is_previous),
        products.product_row,
    ),
)
previous_price = line(
    f"{_OFFER}.previous_price",
    "Previous price",
    Unit.NUMBER,
    pick(products.product_value, PRODUCT, previous_row),
)
previous_seen = line(
    f"{_OFFER}.previous_seen",
    "Observed",
    Unit.DATE,
    pick(products.product_seen, PRODUCT, previous_row),
)
change = line(
    f"{_OFFER}.change", "Change since", Unit.CHANGE, products.offers.value / previous_price - 1
)
drawn_previous = line(
    f"{_OFFER}.plot.previous", "Previous price", Unit.NUMBER, plotted(previous_price)
)


PE_ROW = Dim("pe_row")  # one claim of a P/E each, in the order of the table of claims


def ask(question: Question) -> None:
    """Set the members of its dimension."""
    keys = question.given[claims.claim_key].tolist()
    count = sum(key.casefold() == "pe" for key in keys)
    question.members.update({PE_ROW: tuple(str(k + 1) for k in range(count + SPARE_ROWS))})


_CLAIM = "claim[{claim}]"
is_pe = line(
    f"{_CLAIM}.is_pe",
    "A P/E",
    Unit.FLAG,
    where(same(claims.claim_key, "pe") & (claims.claim_known > 0), 1, 0),
)
pe_number = line(
    f"{_CLAIM}.pe_number",
    "No. among the P/Es",
    Unit.COUNT,
    where(
        is_pe > 0,
        1 + count_where(CLAIM, each(is_pe) * (each(claims.claim_row) < claims.claim_row)),
        0,
    ),
)


pe_places = ranked("pe_claim[{pe_row}]", PE_ROW, pe_number, claims.claim_row)


def _of_pe(key: str, label: str, column: Line, unit: Unit | None = None) -> Line:
    """Return a column of the claim; a row without a claim stays blank where it is text."""
    is_text = column.unit is Unit.TEXT
    shown = pe_places.told(column) if is_text else pe_places.picked(column)
    return pe_places.line(key, label, unit or column.unit, shown)


pe_company = _of_pe("company", "Company", claims.claim_variant)
pe_value = _of_pe("value", "P/E", claims.claim_amount, Unit.MULTIPLE)
pe_qualifier = _of_pe("qualifier", "Qualifier", claims.claim_qualifier)
pe_of_peer = _of_pe("of_peer", "Of a peer", peers.claim_of_peer)
pe_observed = _of_pe("observed", "Observed", claims.claim_seen)
pe_source = _of_pe("source", "Source", claims.claim_source)
pe_note = _of_pe("note", "Note", claims.claim_note)
