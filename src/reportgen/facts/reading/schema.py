"""The tables of a pack, column by column: the input contract as it is checked."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from reportgen.facts.reading.columns import Column, Kind
from reportgen.facts.rows import (
    Action,
    Argument,
    Assumption,
    Claim,
    Estimate,
    Fundamental,
    Override,
    PeerMultiple,
    Product,
    Source,
    Target,
)

RowT = TypeVar("RowT", bound=tuple[object, ...])

QUALIFIERS = ("=", "~", ">", "<")
TIERS = ("primary", "wire", "trade_blog", "user_post", "assumption")
FLAGS = ("ai_generated", "promotional", "author_position", "verified_error")


class TableSpec(NamedTuple, Generic[RowT]):
    """A table: the record its rows become and the columns in the order of the record's fields.

    `optional` columns may be absent from the header; `key` names the fields that tell rows apart;
    rows of one key may differ in `stated` only where the table is `disputed`. Rows are put in order
    by `sorted_by`, then by all their fields.
    """

    name: str
    row_type: type[RowT]
    columns: tuple[Column, ...]
    optional: frozenset[str]
    key: tuple[str, ...]
    stated: tuple[str, ...]
    sorted_by: tuple[str, ...]
    disputed: bool = False

    @property
    def file_name(self) -> str:
        """The name of the file in the company's folder."""
        return f"{self.name}.csv"

    def is_needed(self, column: Column) -> bool:
        """Whether the header must have the column."""
        return column.name not in self.optional


def _day(name: str, *, needed: bool = True) -> Column:
    return Column(name, Kind.DATE, needed, expected="a day as YYYY-MM-DD")


def _name(name: str, expected: str) -> Column:
    return Column(name, Kind.NAME, needed=True, expected=expected)


def _maybe(name: str) -> Column:
    return Column(name, Kind.NAME)


def _text(name: str) -> Column:
    return Column(name, Kind.TEXT)


def _choice(name: str, *choices: str, default: str = "") -> Column:
    return Column(name, Kind.CHOICE, choices=choices, default=default)


def _number(
    name: str, measured_by: str, expected: str, *, needed: bool = False, default: str = ""
) -> Column:
    return Column(name, Kind.NUMBER, needed, (), default, measured_by, expected)


PUBLISHED = _day("published")
SOURCE = _name("source", "the id of a row of sources.csv")
QUALIFIER = _choice("qualifier", *QUALIFIERS, default="=")
UNIT = Column("unit", Kind.UNIT, needed=True, expected="a unit such as USD m, USD/ADS, ratio or x")
CURRENCY = Column("currency", Kind.CURRENCY, needed=True, expected="a currency such as USD")
NOTE = _text("note")
METRIC = _name("metric", "the name of a metric")

TARGETS = TableSpec(
    "targets",
    Target,
    (
        PUBLISHED,
        _name("broker", "the name of a broker"),
        _number("target", "currency", "the target price in the row's currency"),
        CURRENCY,
        _choice("line", "ADS", "ORD", default="ADS"),
        _number("horizon_months", "months", "a number of months", default="12"),
        _choice("kind", "broker", "aggregate", default="broker"),
        _text("rating"),
        SOURCE,
    ),
    frozenset({"line", "horizon_months", "kind", "rating"}),
    ("broker", "line", "published"),
    ("target", "currency", "horizon_months", "kind"),
    sorted_by=("published", "broker", "line"),
)
FUNDAMENTALS = TableSpec(
    "fundamentals",
    Fundamental,
    (
        _day("period_end"),
        _name("period", "a period such as FY2026-Q2, FY2026-H1, FY2025 or a day"),
        _name("segment", "group or a segment of company.yaml"),
        METRIC,
        _number("value", "unit", "the figure in the row's unit"),
        UNIT,
        _number("yoy", "ratio", "growth on the year before, as 0.15 or 15%"),
        QUALIFIER,
        PUBLISHED,
        SOURCE,
        NOTE,
    ),
    frozenset({"yoy", "qualifier", "note"}),
    ("segment", "metric", "period", "period_end", "published"),
    ("value", "unit", "yoy"),
    sorted_by=("period_end", "period", "segment", "metric", "published"),
)
ESTIMATES = TableSpec(
    "estimates",
    Estimate,
    (PUBLISHED, METRIC, _number("value", "unit", "the estimate in the row's unit"), UNIT, SOURCE),
    frozenset(),
    ("metric", "published"),
    ("value", "unit"),
    sorted_by=("metric", "published"),
)
PRODUCTS = TableSpec(
    "products",
    Product,
    (
        _name("vendor", "the name of a vendor"),
        _name("product", "the name of a product"),
        _maybe("variant"),
        _number("price", "currency", "the price in the row's currency"),
        CURRENCY,
        _maybe("market"),
        QUALIFIER,
        _day("observed", needed=False),
        PUBLISHED,
        SOURCE,
        NOTE,
    ),
    frozenset({"variant", "market", "qualifier", "observed", "note"}),
    ("vendor", "product", "variant", "market", "observed", "published", "source"),
    ("price", "currency", "qualifier"),
    disputed=True,
    sorted_by=("vendor", "product", "variant", "market", "observed", "published", "source"),
)
CLAIMS = TableSpec(
    "claims",
    Claim,
    (
        _name("key", "the name of a fact, such as price or pe"),
        _maybe("variant"),
        _number("value", "unit", "the figure in the row's unit"),
        UNIT,
        QUALIFIER,
        _day("observed", needed=False),
        PUBLISHED,
        SOURCE,
        _maybe("contradicted_by"),
        NOTE,
    ),
    frozenset({"variant", "qualifier", "observed", "contradicted_by", "note"}),
    ("key", "variant", "observed", "published", "source"),
    ("value", "unit", "qualifier"),
    disputed=True,
    sorted_by=("key", "variant", "observed", "published", "source"),
)
ASSUMPTIONS = TableSpec(
    "assumptions",
    Assumption,
    (
        PUBLISHED,
        _choice("scenario", "bear", "base", "bull", "all"),
        _maybe("segment"),
        _name("key", "a parameter of the method"),
        _number("value", "unit", "the value in the row's unit", needed=True),
        Column("unit", Kind.UNIT),
        _name("author", "who judged so"),
        NOTE,
    ),
    frozenset({"segment", "unit", "note"}),
    ("key", "segment", "scenario", "published"),
    ("value", "unit"),
    disputed=True,
    sorted_by=("key", "segment", "published"),
)
ARGUMENTS = TableSpec(
    "arguments",
    Argument,
    (
        PUBLISHED,
        _choice("case", "bull", "bear"),
        _choice("kind", "driver", "risk", "catalyst"),
        Column("text", Kind.TEXT, needed=True, expected="the argument in words"),
        _maybe("assumption"),
        _text("watch"),
        Column("due", Kind.DUE),
        _maybe("trigger"),
        SOURCE,
    ),
    frozenset({"assumption", "watch", "due", "trigger"}),
    ("case", "kind", "text", "published"),
    (),
    sorted_by=("case", "published", "kind", "text"),
)
OVERRIDES = TableSpec(
    "overrides",
    Override,
    (
        PUBLISHED,
        _name("key", "the key of an input, such as assumption[growth,bull,cloud]"),
        _number("value", "", "the value that is to stand"),
        Column("expires", Kind.DUE),
        _maybe("revokes"),
        _name("author", "who decided so"),
        _text("reason"),
    ),
    frozenset({"expires", "revokes", "reason"}),
    ("key", "published"),
    ("value", "expires", "revokes"),
    sorted_by=("key", "published"),
)
ACTIONS = TableSpec(
    "actions",
    Action,
    (
        PUBLISHED,
        _day("ex_date"),
        _number("ratio", "x", "new shares for one old share", needed=True),
        NOTE,
    ),
    frozenset({"note"}),
    ("ex_date", "published"),
    ("ratio",),
    sorted_by=("ex_date", "published"),
)
PEERS = TableSpec(
    "peers",
    PeerMultiple,
    (
        PUBLISHED,
        _name("peer", "the name of a peer"),
        METRIC,
        _number("value", "unit", "the figure in the row's unit"),
        UNIT,
        SOURCE,
    ),
    frozenset(),
    ("peer", "metric", "published"),
    ("value", "unit"),
    sorted_by=("peer", "metric", "published"),
)
SOURCES = TableSpec(
    "sources",
    Source,
    (
        _name("id", "a short id without spaces"),
        _text("title"),
        _text("publisher"),
        _maybe("publisher_group"),
        _choice("tier", *TIERS),
        _maybe("flags"),
        Column("published", Kind.DUE),
        _text("document"),
        _text("note"),
    ),
    frozenset({"title", "publisher", "publisher_group", "flags", "published", "document", "note"}),
    ("id",),
    (),
    sorted_by=("id",),
)

COMPANY_TABLES = (
    TARGETS, FUNDAMENTALS, ESTIMATES, PRODUCTS, CLAIMS, ASSUMPTIONS, ARGUMENTS, OVERRIDES, ACTIONS,
    PEERS, SOURCES,
)  # fmt: skip
