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
    offer_number,
    offers,
    product_known,
    product_name,
    product_price,
    product_published,
    product_source,
    product_value,
    weighed_products,
)
from reportgen.model.launch import variant_offer
from reportgen.model.words import line, or_zero
from reportgen.report.tabs.evidence.candidates import Table, moves, no_candidate, story

_PRODUCT = "product[{product}]"
_OFFER = "fact[{offer}]"
table = Table(OFFER, _OFFER, offer_number, offer_id, offer_choice, offers)
history = moves(weighed_products, table)
fact_row, share, weighed, slack, moved, last_moved, standing, in_conflict = history
(
    chosen_row,
    row,
    used_source,
    changed_on,
    changed_from,
    span,
    outdated,
    agreeing,
    agreement,
    change,
) = story(weighed_products, history, table, product_source)
stands = line(
    f"{_PRODUCT}.state",
    "What speaks against it",
    Unit.TEXT,
    where(
        or_zero(in_conflict) > 0,
        "conflict",
        where(or_zero(moved) > 0, "older: it has changed since", ""),
    ),
)
waiting = no_candidate(
    _PRODUCT,
    product_price,
    product_published,
    where(given_text(product_name), "named, not priced", "spare row"),
)
use = line(
    f"{_PRODUCT}.use",
    "What became of it",
    Unit.TEXT,
    where(
        product_known > 0,
        where(
            known(product_value),
            where(fact_row >= 1, standing, "no product row: add it to products.csv"),
            "set aside: no exchange rate",
        ),
        waiting,
    ),
)
state = line(
    f"{_OFFER}.state",
    "State",
    Unit.TEXT,
    concat(
        agreement,
        where(offers.bound_only > 0, ", a bound only", ""),
        change,
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
