"""Shown on Evidence beside every product price: what became of it, and of each product."""

from __future__ import annotations

from reportgen.expr.functions import (
    concat,
    count_where,
    each,
    given_text,
    known,
    same,
    where,
)
from reportgen.expr.nodes import Unit
from reportgen.model.dims import OFFER, VARIANT
from reportgen.model.evidence.products import (
    offer_choice,
    offer_id,
    offers,
    product_fact_row,
    product_known,
    product_name,
    product_price,
    product_published,
    product_source,
    product_value,
    weighed_products,
)
from reportgen.model.launch import variant_offer
from reportgen.model.words import line
from reportgen.report.tabs.evidence.candidates import CandidateTable, moves, no_candidate, story

_PRODUCT = "product[{product}]"
_OFFER = "fact[{offer}]"
table = CandidateTable(OFFER, _OFFER, offer_id, offer_choice, offers, product_fact_row)
history = moves(weighed_products, table)
told = story(weighed_products, history, table, product_source)
stands = line(f"{_PRODUCT}.state", "What speaks against it", Unit.TEXT, history.against(offers))
waiting = no_candidate(
    _PRODUCT,
    product_price,
    product_published,
    where(given_text(product_name), "named, not priced", "spare row"),
)
in_its_row = line(
    f"{_PRODUCT}.in_its_row",
    "Standing, where its product has a row",
    Unit.TEXT,
    where(product_fact_row >= 1, history.standing, "no product row: add it to products.csv"),
)
use = line(
    f"{_PRODUCT}.use",
    "What became of it",
    Unit.TEXT,
    where(
        product_known > 0,
        where(known(product_value), in_its_row, "set aside: no exchange rate"),
        waiting,
    ),
)
state = line(
    f"{_OFFER}.state",
    "State",
    Unit.TEXT,
    concat(
        told.agreement,
        where(offers.bound_only > 0, ", a bound only", ""),
        told.change,
        where(known(offer_choice), "; chosen by hand", ""),
    ),
)
feeds = line(
    f"{_OFFER}.feeds",
    "What it feeds",
    Unit.TEXT,
    where(
        count_where(VARIANT, same(each(variant_offer), offer_id)) > 0,
        "launch: average price",
        "competitors",
    ),
)
