"""Products and peers beside our own: premiums, price changes, quartiles of multiples."""

from __future__ import annotations

from reportgen.expr.functions import (
    absolute,
    concat,
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
from reportgen.expr.nodes import NA, Line, Unit
from reportgen.model.dims import OFFER, PRODUCT, SOURCE
from reportgen.model.evidence import products
from reportgen.model.inputs.description import (
    as_of,
    own_vendor,
    price_currency,
    reference_product,
    reference_vendor,
)
from reportgen.model.inputs.sources import source_tier
from reportgen.model.words import line

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
_chosen = sum_where(
    PRODUCT,
    same(each(products.product_fact), products.offer_id) * each(products.weighed_products.chosen),
    products.product_row,
)
chosen_row = line(
    f"{_OFFER}.row",
    "Row of the price used",
    Unit.COUNT,
    where(known(products.offers.value), either(products.offer_choice, _chosen), 0),
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
said_discount = line(
    "offers.said.discount",
    "Said of the reference",
    Unit.TEXT,
    where(
        known(own_discount),
        concat(
            percent(absolute(own_discount), 1),
            where(own_discount < 0, " below ", " above "),
            reference_name,
        ),
        "n/a against the reference",
    ),
)
headline = line(
    "offers.headline",
    "What the prices say",
    Unit.TEXT,
    where(
        known(own_discount),
        concat(
            "Our cheapest product costs ",
            price_currency,
            " ",
            fixed(own_cheapest, 0),
            ", ",
            said_discount,
            " at ",
            fixed(reference, 0),
        ),
        "No price to compare: own or reference product is n/a",
    ),
)
state = line(
    f"{_OFFER}.state",
    "State",
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
drawn_reference = line(
    f"{_OFFER}.plot.reference",
    "Reference product",
    Unit.NUMBER,
    plotted(where(products.offer_number > 0, reference, NA)),
)
