"""Random claims about a few facts, of sources good and bad, that tie, contradict and only bound."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from reportgen.model.dims import CLAIM, FACT, SOURCE
from reportgen.model.evidence import claims
from reportgen.model.inputs import sources
from tests.laws.altered import with_rows
from tests.laws.cases import DICE, company
from tests.laws.markets import as_of

if TYPE_CHECKING:
    from tests.laws.altered import Columns, Company
    from tests.laws.chance import Dice

CALL = "outperform_probability_3m"  # is chosen a second time, over all who made such a call
FACTS = (
    ("price", "ADS"),
    ("cloud_growth", "FY2026-Q2"),
    ("Units", "ai_glasses 2026"),
    (CALL, "Danelfin"),
    (CALL, "Orrery"),
)
UNITS = {
    "price": ("USD", "USD", "CNY", "EUR"),
    "cloud_growth": ("ratio",),
    "units": ("m",),
    CALL: ("ratio",),
}
TIERS = ("primary", "wire", "trade_blog", "user_post", "assumption")
FLAGS = (sources.source_ai, sources.source_promo, sources.source_position, sources.source_error)
SOURCES = tuple(f"source {number}" for number in range(7))
NO_SUCH_SOURCE = "nowhere"
QUALIFIERS = ("=", "=", "=", "~", "~", ">", "<")
DAYS = (0, 0, 1, 2, 13, 14, 15, 90, 400, 4000)  # before as-of; the last are many half-lives


class Claim(NamedTuple):
    """What a source says of a fact, and how many days ago that was so."""

    key: str
    variant: str
    amount: float
    unit: str
    qualifier: str
    age: int
    source: str


@st.composite
def disputed(draw: st.DrawFn) -> Company:
    """A company of which some claims are made about a few facts."""
    dice = draw(DICE)
    case = _sourced(company("baba"), dice)
    made = [_claim(dice) for _ in range(draw(st.integers(1, 12)))]
    if dice.chance(1 / 2):  # both halves of the weight are equal, but for rounding
        made = [claim._replace(amount=100.0, unit=UNITS[claim.key.casefold()][0]) for claim in made]
        made += [claim._replace(amount=136.0) for claim in made]
    seen = [as_of(case) - claim.age for claim in made]
    columns: Columns = {
        claims.claim_number: [float(number + 1) for number, _ in enumerate(made)],
        claims.claim_key: [claim.key for claim in made],
        claims.claim_variant: [claim.variant for claim in made],
        claims.claim_amount: [claim.amount for claim in made],
        claims.claim_unit: [claim.unit for claim in made],
        claims.claim_qualifier: [claim.qualifier for claim in made],
        claims.claim_observed: seen,
        claims.claim_published: [min(day + dice.whole(0, 3), as_of(case)) for day in seen],
        claims.claim_source: [claim.source for claim in made],
    }
    return _with_facts(with_rows(case, CLAIM, len(made), columns))


def _claim(dice: Dice) -> Claim:
    key, variant = dice.pick(FACTS)
    return Claim(
        dice.pick((key, key.upper())),  # letter case tells no two facts apart
        variant,
        _amount(dice),
        dice.pick(UNITS[key.casefold()]),
        dice.pick(QUALIFIERS),
        dice.pick(DAYS),
        dice.pick((*SOURCES, NO_SUCH_SOURCE)),
    )


def _amount(dice: Dice) -> float:
    """One of a few numbers, so that claims agree, or any other; zero and losses among them."""
    return dice.pick((100.0, 100.0, 136.0, 157.0, -20.0, 0.0, float(dice.decimals(-50, 300))))


def _sourced(case: Company, dice: Dice) -> Company:
    columns: Columns = {
        sources.source_number: [float(number + 1) for number in range(len(SOURCES))],
        sources.source_id: list(SOURCES),
        sources.source_group: [dice.pick(("one", "two", "three")) for _ in SOURCES],
        sources.source_tier: [dice.pick(TIERS) for _ in SOURCES],
        **{flag: [float(dice.chance(1 / 4)) for _ in SOURCES] for flag in FLAGS},
    }
    return with_rows(case, SOURCE, len(SOURCES), columns)


def _with_facts(case: Company) -> Company:
    columns: Columns = {
        claims.fact_number: [float(number + 1) for number in range(len(FACTS))],
        claims.fact_id: [f"{key}/{variant}" for key, variant in FACTS],
        claims.fact_key: [key for key, _ in FACTS],
        claims.fact_variant: [variant for _, variant in FACTS],
    }
    return with_rows(case, FACT, len(FACTS), columns)
