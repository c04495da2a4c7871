"""Random companies: real packs with other assumptions, results, documents, markets and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.differences.case_ends import NOVEMBER, case_at
from tests.laws.altered import Company
from tests.laws.chance import Dice
from tests.laws.evidence import documented, reported
from tests.laws.judgements import OF_HYPE, OF_VALUE, cleared, judged
from tests.laws.markets import traded
from tests.laws.targets import targeted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model.words import Entry

VALUED = ("baba", "pence", "no_claims", "tokyo", "daily", "halves", "bank", "loss")
FOLLOWED = (*VALUED, "baba", "daily")  # these two have a launch that can be valued
PACKS = (*VALUED, "bare")  # of the last nothing is known but closes and assumptions
DICE = st.integers(0, 2**32 - 1).map(Dice)
# what is changed: a failure shrinks to the fewest things
MOSTLY = st.sampled_from((False, True, True, True, True))


def company(pack: str) -> Company:
    """The company of a pack, nothing changed."""
    return Company.of(pack, case_at(pack, NOVEMBER))


@st.composite
def valued(draw: st.DrawFn, among: Sequence[Entry] = OF_VALUE, clearing: int = 1) -> Company:
    """A company whose scenarios differ from its pack's; a few assumptions may be cleared."""
    case, dice = company(draw(st.sampled_from(VALUED))), draw(DICE)
    for change in (documented, reported):
        case = change(case, dice) if draw(MOSTLY) else case
    case = judged(case, dice, among) if draw(MOSTLY) else case
    for _ in range(draw(st.integers(0, clearing))):
        case = cleared(case, dice, among)
    return case


@st.composite
def followed(draw: st.DrawFn, *, whole: bool = False, least: int = 1) -> Company:
    """A company with a market and at least so many targets; see `traded` for what is whole."""
    case, dice = company(draw(st.sampled_from(FOLLOWED))), draw(DICE)
    case = documented(case, dice) if draw(MOSTLY) else case
    case = judged(case, dice, OF_HYPE) if draw(MOSTLY) else case
    return targeted(traded(case, dice, whole=whole), dice, least)


@st.composite
def anything(draw: st.DrawFn) -> Company:
    """A company in which all that the model reads may be different, and n/a here and there."""
    case, dice = company(draw(st.sampled_from(PACKS))), draw(DICE)
    for change in (documented, reported, judged, traded, targeted, cleared, cleared):
        case = change(case, dice) if draw(MOSTLY) else case
    return case
