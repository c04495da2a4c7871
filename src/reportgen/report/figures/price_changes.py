"""What each product cost before: the price from an earlier time, and the change since."""

from __future__ import annotations

from reportgen.expr.functions import (
    each,
    pick,
    plotted,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import Unit
from reportgen.model.dims import PRODUCT
from reportgen.model.evidence import products
from reportgen.model.ordering import above, first, larger, smaller
from reportgen.model.words import line

_OFFER = "offer[{offer}]"
_ROW = "product[{product}]"
is_older = line(
    f"{_ROW}.older",
    "From an earlier time",
    Unit.FLAG,
    where((products.weighed_products.used > 0) & (products.weighed_products.recent < 1), 1, 0),
)
# of one day the exact price, then the earlier row, as Evidence picks the newest of those that moved
_firmer = smaller(products.product_approximate, above(products.product_row))
is_previous = line(
    f"{_ROW}.previous",
    "Previous price",
    Unit.FLAG,
    first(
        PRODUCT,
        is_older > 0,
        same(each(products.product_fact), products.product_fact)
        * each(is_older)
        * larger(products.product_seen, _firmer),
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
