"""Sources: what they are, and how far they can be relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import count_where, each, given_text, same, where
from reportgen.expr.nodes import Unit
from reportgen.model.dims import SOURCE, SPARE_ROWS
from reportgen.model.inputs.constants import policy
from reportgen.model.words import Table, given, line, or_zero, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

SOURCES = Table("source[{source}]", SOURCE, SPARE_ROWS)
source_id = SOURCES.text("id", "Source id", at="")
source_title = SOURCES.text("title", "Title")
source_publisher = SOURCES.text("publisher", "Publisher")
source_group = SOURCES.text("publisher_group", "Publisher group", at="group")
source_tier = SOURCES.text("tier", "Tier")
source_published = SOURCES.given("published", "Published", Unit.DATE)
source_document = SOURCES.text("document", "Where it is kept")
source_number = row_number("source[{source}].number", SOURCE)
source_ai = given("source[{source}].ai_generated", "AI-generated", Unit.FLAG, SOURCE)
source_promo = given("source[{source}].promotional", "Promotional", Unit.FLAG, SOURCE)
source_position = given("source[{source}].author_position", "Author's position", Unit.FLAG, SOURCE)
source_error = given("source[{source}].verified_error", "Verified error", Unit.FLAG, SOURCE)
# What the column `flags` of the table says, a flag a column
FLAGS = {
    "ai_generated": source_ai,
    "promotional": source_promo,
    "author_position": source_position,
    "verified_error": source_error,
}
source_place = line("source[{source}].place", "Place", Unit.COUNT, or_zero(source_number))
_NAMED_ABOVE = same(each(source_id), source_id) * (each(source_place) < source_place)
source_row = line(
    "source[{source}].row",
    "Row, 0 if blank or named above",
    Unit.COUNT,
    where(given_text(source_id), where(count_where(SOURCE, _NAMED_ABOVE) < 1, source_place, 0), 0),
    note="a row that is spare has no id, and what cites none must not find it",
)


def _tier(name: str) -> Node:
    return policy(f"reliability.tier.{name}")


def _flag(flag: Line, name: str) -> Node:
    return where(flag > 0, policy(f"reliability.flag.{name}"), 1)


source_lesser_weight = line(
    "source[{source}].lesser_tier_weight",
    "Weight of a blog, a post or the house",
    Unit.RATIO,
    where(
        same(source_tier, "trade_blog"),
        _tier("trade_blog"),
        where(same(source_tier, "user_post"), _tier("user_post"), _tier("assumption")),
    ),
)
source_tier_weight = line(
    "source[{source}].tier_weight",
    "Weight of the tier",
    Unit.RATIO,
    where(
        same(source_tier, "primary"),
        _tier("primary"),
        where(same(source_tier, "wire"), _tier("wire"), source_lesser_weight),
    ),
)
source_maker_factor = line(
    "source[{source}].maker_factor",
    "Factor of a machine, of a seller",
    Unit.RATIO,
    _flag(source_ai, "ai_generated") * _flag(source_promo, "promotional"),
)
source_author_factor = line(
    "source[{source}].author_factor",
    "Factor of these and the author's position",
    Unit.RATIO,
    source_maker_factor * _flag(source_position, "author_position"),
)
source_flag_factor = line(
    "source[{source}].flag_factor",
    "Factor of the flags",
    Unit.RATIO,
    source_author_factor * _flag(source_error, "verified_error"),
)
source_reliability = line(
    "source[{source}].reliability",
    "Reliability",
    Unit.RATIO,
    source_tier_weight * source_flag_factor,
)
