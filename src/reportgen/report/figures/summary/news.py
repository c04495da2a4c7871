"""What has been published since last month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import count_where, each, known, where
from reportgen.expr.nodes import Unit
from reportgen.model import fundamentals
from reportgen.model.dims import CLAIM, FUNDAMENTAL, PRODUCT, TARGET
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.last_month import day as last_day
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line


def _since(published: Line, dim: Dim, is_known: Line, name: str, label: str) -> Line:
    fresh = line(
        f"{published.key.rsplit('.', 1)[0]}.news",
        "New since last month",
        Unit.FLAG,
        where(
            known(published) & known(last_day) & (or_zero(is_known) > 0),
            where(published > last_day, 1, 0),
            0,
        ),
    )
    _news.append(fresh)
    return line(f"news.{name}", label, Unit.COUNT, count_where(dim, each(fresh)))


_news: list[Line] = []
NEWS = (
    _since(
        price_targets.published,
        TARGET,
        price_targets.is_known,
        "targets",
        "Price targets published",
    ),
    _since(
        fundamentals.published,
        FUNDAMENTAL,
        fundamentals.is_known,
        "results",
        "Reported figures published",
    ),
    _since(claims.claim_published, CLAIM, claims.claim_known, "claims", "Claims published"),
    _since(
        products.product_published,
        PRODUCT,
        products.product_known,
        "prices",
        "Product prices published",
    ),
)
NEWS_FLAGS = tuple(_news)
