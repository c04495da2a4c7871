"""Sources: what they are, and how far they can be relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import same, where
from reportgen.expr.nodes import Unit
from reportgen.model.dims import SOURCE
from reportgen.model.inputs.constants import policy
from reportgen.model.words import given, line, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

source_id = given("source[{source}]", "Source id", Unit.TEXT, SOURCE)
source_title = given("source[{source}].title", "Title", Unit.TEXT, SOURCE)
source_publisher = given("source[{source}].publisher", "Publisher", Unit.TEXT, SOURCE)
source_group = given("source[{source}].group", "Publisher group", Unit.TEXT, SOURCE)
source_tier = given("source[{source}].tier", "Tier", Unit.TEXT, SOURCE)
source_published = given("source[{source}].published", "Published", Unit.DATE, SOURCE)
source_number = row_number("source[{source}].number", SOURCE)
source_ai = given("source[{source}].ai_generated", "AI-generated", Unit.FLAG, SOURCE)
source_promo = given("source[{source}].promotional", "Promotional", Unit.FLAG, SOURCE)
source_position = given("source[{source}].author_position", "Author's position", Unit.FLAG, SOURCE)
source_error = given("source[{source}].verified_error", "Verified error", Unit.FLAG, SOURCE)


def _tier(name: str) -> Node:
    return policy(f"reliability.tier.{name}")


def _flag(flag: Line, name: str) -> Node:
    return where(flag > 0, policy(f"reliability.flag.{name}"), 1)


source_tier_weight = line(
    "source[{source}].tier_weight",
    "Weight of the tier",
    Unit.RATIO,
    where(
        same(source_tier, "primary"),
        _tier("primary"),
        where(
            same(source_tier, "wire"),
            _tier("wire"),
            where(
                same(source_tier, "trade_blog"),
                _tier("trade_blog"),
                where(same(source_tier, "user_post"), _tier("user_post"), _tier("assumption")),
            ),
        ),
    ),
)
source_flag_factor = line(
    "source[{source}].flag_factor",
    "Factor of the flags",
    Unit.RATIO,
    _flag(source_ai, "ai_generated")
    * _flag(source_promo, "promotional")
    * _flag(source_position, "author_position")
    * _flag(source_error, "verified_error"),
)
source_reliability = line(
    "source[{source}].reliability",
    "Reliability",
    Unit.RATIO,
    source_tier_weight * source_flag_factor,
)
