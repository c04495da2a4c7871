"""The tables of a pack, column by column: the input contract as it is checked.

First what others say (targets, results, estimates, prices, claims, comparables, events), then what
we say (assumptions, arguments, overrides, confirmations), and the splits and sources.
"""

from __future__ import annotations

from reportgen.facts.reading.columns import (
    CURRENCY,
    METRIC,
    NOTE,
    PUBLISHED,
    QUALIFIER,
    SOURCE,
    UNIT,
    CellKind,
    Column,
    TableSpec,
    choice_column,
    day_column,
    maybe_column,
    name_column,
    number_column,
    text_column,
)
from reportgen.facts.rows import (
    Action,
    Argument,
    Assumption,
    Claim,
    Confirmation,
    Estimate,
    Event,
    Fundamental,
    Override,
    PastReport,
    PeerMultiple,
    Product,
    Source,
    Target,
)
from reportgen.facts.units import SHARES
from reportgen.headline import CASES

TARGETS = TableSpec(
    "targets",
    Target,
    (
        PUBLISHED,
        name_column("broker", "the name of a broker"),
        number_column("target", "currency", "the target price in the row's currency"),
        CURRENCY,
        choice_column(
            "line",
            "listed",
            "ordinary",
            default="listed",
            **SHARES,
        ),
        number_column("horizon_months", "months", "a number of months", default="12"),
        choice_column("kind", "broker", "aggregate", default="broker"),
        text_column("rating"),
        SOURCE,
    ),
    frozenset({"line", "horizon_months", "kind", "rating"}),
    ("broker", "line", "published"),
    frozenset({"target", "currency", "horizon_months", "kind"}),
    sorted_by=("published", "broker", "line"),
)

FUNDAMENTALS = TableSpec(
    "fundamentals",
    Fundamental,
    (
        day_column("period_end"),
        name_column("period", "a period such as FY2026-Q2, FY2026-H1, FY2025 or a day"),
        name_column("segment", "group or a segment of company.yaml"),
        METRIC,
        number_column("value", "unit", "the figure in the row's unit"),
        UNIT._replace(needed=False),
        number_column("yoy", "ratio", "growth on the year before, as 0.15 or 15%"),
        QUALIFIER,
        PUBLISHED,
        SOURCE,
        NOTE,
    ),
    frozenset({"yoy", "qualifier", "note"}),
    ("segment", "metric", "period", "period_end", "published"),
    frozenset({"value", "unit", "yoy"}),
    sorted_by=("period_end", "period", "segment", "metric", "published"),
)

ESTIMATES = TableSpec(
    "estimates",
    Estimate,
    (
        PUBLISHED,
        METRIC,
        number_column("value", "unit", "the estimate in the row's unit"),
        UNIT,
        SOURCE,
    ),
    frozenset(),
    ("metric", "published"),
    frozenset({"value", "unit"}),
    sorted_by=("metric", "published"),
)

PRODUCTS = TableSpec(
    "products",
    Product,
    (
        name_column("vendor", "the name of a vendor"),
        name_column("product", "the name of a product"),
        maybe_column("variant"),
        number_column("price", "currency", "the price in the row's currency"),
        CURRENCY._replace(needed=False),
        maybe_column("market"),
        QUALIFIER,
        day_column("observed", needed=False),
        PUBLISHED,
        SOURCE,
        NOTE,
    ),
    frozenset({"variant", "market", "qualifier", "observed", "note"}),
    ("vendor", "product", "variant", "market", "observed", "published", "source"),
    frozenset({"price", "currency", "qualifier"}),
    disputed=True,
    sorted_by=("vendor", "product", "variant", "market", "observed", "published", "source"),
)

CLAIMS = TableSpec(
    "claims",
    Claim,
    (
        name_column("key", "the name of a fact, such as price or pe"),
        maybe_column("variant"),
        number_column("value", "unit", "the figure in the row's unit"),
        UNIT,
        QUALIFIER,
        day_column("observed", needed=False),
        PUBLISHED,
        SOURCE,
        maybe_column("contradicted_by"),
        NOTE,
    ),
    frozenset({"variant", "qualifier", "observed", "contradicted_by", "note"}),
    ("key", "variant", "observed", "published", "source"),
    frozenset({"value", "unit", "qualifier"}),
    disputed=True,
    sorted_by=("key", "variant", "observed", "published", "source"),
)

PEERS = TableSpec(
    "peers",
    PeerMultiple,
    (
        PUBLISHED,
        name_column("peer", "the name of a peer"),
        METRIC,
        number_column("value", "unit", "the figure in the row's unit"),
        UNIT,
        SOURCE,
    ),
    frozenset(),
    ("peer", "metric", "published"),
    frozenset({"value", "unit"}),
    sorted_by=("peer", "metric", "published"),
)

EVENTS = TableSpec(
    "events",
    Event,
    (
        PUBLISHED,
        name_column("event", "what happens, in a few words"),
        Column("date", CellKind.DUE),
        choice_column("status", "expected", "announced", "done"),
        SOURCE,
    ),
    frozenset(),
    ("event", "published"),
    frozenset({"date", "status"}),
    sorted_by=("event", "published"),
)


TIERS = ("primary", "wire", "trade_blog", "user_post", "assumption")
NO_REDISTRIBUTION = "no_redistribution"  # what a report says of it may not be passed on
FLAGS = ("ai_generated", "promotional", "author_position", "verified_error", NO_REDISTRIBUTION)

ASSUMPTIONS = TableSpec(
    "assumptions",
    Assumption,
    (
        PUBLISHED,
        choice_column("scenario", *CASES, "all"),
        maybe_column("segment"),
        name_column("key", "a parameter of the method"),
        number_column("value", "unit", "the value in the row's unit", needed=True),
        Column("unit", CellKind.UNIT),
        name_column("author", "who judged so"),
        NOTE,
    ),
    frozenset({"segment", "unit", "note"}),
    ("key", "segment", "scenario", "published"),
    frozenset({"value", "unit"}),
    disputed=True,
    sorted_by=("key", "segment", "published"),
)

ARGUMENTS = TableSpec(
    "arguments",
    Argument,
    (
        PUBLISHED,
        choice_column("case", "bull", "bear"),
        choice_column("kind", "driver", "risk", "catalyst"),
        Column("text", CellKind.TEXT, needed=True, expected="the argument in words"),
        maybe_column("assumption"),
        text_column("watch"),
        Column("due", CellKind.DUE),
        maybe_column("trigger"),
        SOURCE,
    ),
    frozenset({"assumption", "watch", "due", "trigger"}),
    ("case", "kind", "text", "published"),
    frozenset({"assumption", "trigger"}),
    sorted_by=("case", "published", "kind", "text"),
    disputed=True,
)

OVERRIDES = TableSpec(
    "overrides",
    Override,
    (
        PUBLISHED,
        name_column("key", "the key of an input, such as assumption[growth,bull,cloud]"),
        number_column("value", "unit", "a number; its unit, if it has another, in the column unit"),
        Column("unit", CellKind.UNIT),
        Column("expires", CellKind.DUE),
        maybe_column("revokes"),
        name_column("author", "who decided so"),
        text_column("reason"),
    ),
    frozenset({"unit", "expires", "revokes", "reason"}),
    ("key", "published"),
    frozenset({"value", "unit", "expires", "revokes"}),
    sorted_by=("key", "published"),
)

CONFIRMED = TableSpec(
    "confirmed",
    Confirmation,
    (
        PUBLISHED,
        name_column("key", "the key of a figure, such as fundamental[group,eps,FY2026-Q2]"),
        name_column("author", "who confirms it"),
        text_column("reason"),
    ),
    frozenset({"reason"}),
    ("key", "published", "author"),
    frozenset(),
    sorted_by=("key", "published", "author"),
)

ACTIONS = TableSpec(
    "actions",
    Action,
    (
        PUBLISHED,
        day_column("ex_date"),
        number_column("ratio", "x", "new shares for one old share", needed=True),
        NOTE,
    ),
    frozenset({"note"}),
    ("ex_date", "published"),
    frozenset({"ratio"}),
    sorted_by=("ex_date", "published"),
)

SOURCES = TableSpec(
    "sources",
    Source,
    (
        name_column("id", "a short id without spaces"),
        text_column("title"),
        text_column("publisher"),
        maybe_column("publisher_group"),
        choice_column("tier", *TIERS),
        maybe_column("flags"),
        Column("published", CellKind.DUE),
        text_column("document"),
        text_column("note"),
    ),
    frozenset({"title", "publisher", "publisher_group", "flags", "published", "document", "note"}),
    ("id",),
    frozenset(),
    sorted_by=("id",),
)


# Not a table of a pack: what was issued before, which whoever builds a report hands over beside it
HISTORY = TableSpec(
    "history",
    PastReport,
    (
        day_column("as_of"),
        choice_column("scored", "yes", "no"),
        CURRENCY,
        number_column("price", "currency", "the price when it went out"),
        *(number_column(case, "currency", f"the value of the {case} case") for case in CASES),
        *(
            number_column(f"{case}_probability", "", f"the probability of the {case} case")
            for case in CASES
        ),
        number_column("expected", "currency", "the expected value"),
        number_column("hype_adjusted", "currency", "the hype-adjusted value"),
        number_column("consensus", "currency", "the consensus of price targets"),
        number_column("cost_of_equity", "ratio", "the cost of equity"),
        number_column("dividend", "currency", "the dividend of the next 12 months"),
        text_column("stance"),
    ),
    frozenset({"hype_adjusted", "consensus", "cost_of_equity", "dividend", "stance"}),
    ("as_of",),
    frozenset({"scored", "currency", "price", *CASES, "expected", "hype_adjusted", "consensus"}),
    sorted_by=("as_of",),
)


__all__ = [
    "ACTIONS",
    "ARGUMENTS",
    "ASSUMPTIONS",
    "CLAIMS",
    "COMPANY_TABLES",
    "CONFIRMED",
    "ESTIMATES",
    "EVENTS",
    "FLAGS",
    "FUNDAMENTALS",
    "HISTORY",
    "OVERRIDES",
    "PEERS",
    "PRODUCTS",
    "SOURCES",
    "TARGETS",
    "TIERS",
]

COMPANY_TABLES = (
    TARGETS, FUNDAMENTALS, ESTIMATES, PRODUCTS, CLAIMS, ASSUMPTIONS, ARGUMENTS, OVERRIDES, ACTIONS,
    PEERS, EVENTS, CONFIRMED, SOURCES,
)  # fmt: skip
