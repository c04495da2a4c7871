"""What the expected value rests on, and which of it is weak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.expr.functions import each, equal, sum_where, where
from reportgen.expr.nodes import Unit
from reportgen.facts.catalogue import Move
from reportgen.model import launch
from reportgen.model.dims import CLAIM, FUNDAMENTAL
from reportgen.model.evidence.claims import claim_of_peer, claim_weak, fact_weak, peer_pe
from reportgen.model.evidence.products import offer_weak
from reportgen.model.fundamentals import (
    ads_diluted,
    eps_quarter_or_zero,
    investments,
    net_cash,
    newest,
    quarter_eps,
    quarter_number,
    weak,
)
from reportgen.model.inputs import assumptions, conversion
from reportgen.model.keys import cells
from reportgen.model.words import line, the

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question


def _newest_weak(series: str) -> Node:
    return newest(f"group/{series}", weak)


ads_weak = line("ads_diluted.weak", "Weak", Unit.FLAG, _newest_weak("ads_diluted"))
net_cash_weak = line("net_cash.weak", "Weak", Unit.FLAG, _newest_weak("net_cash"))
investments_weak = line("investments.weak", "Weak", Unit.FLAG, _newest_weak("investments"))
quarter_weak = line(
    "eps_quarter[{quarter}].weak",
    "Weak",
    Unit.FLAG,
    the(FUNDAMENTAL, equal(each(eps_quarter_or_zero), quarter_number), weak),
)
peer_pe_weak = line(
    "peer_pe.weak",
    "Weak",
    Unit.FLAG,
    where(sum_where(CLAIM, each(claim_of_peer) * 1, claim_weak) > 0, 1, 0),
)
first_size_weak = line("launch.first_size.weak", "Weak", Unit.FLAG, fact_weak(launch.first_size_id))
last_size_weak = line("launch.last_size.weak", "Weak", Unit.FLAG, fact_weak(launch.last_size_id))
units_weak = line("launch.units.weak", "Weak", Unit.FLAG, fact_weak(launch.units_id))
variant_weak = line(
    "launch.price[{variant}].weak", "Weak", Unit.FLAG, offer_weak(launch.variant_offer)
)


@dataclass(frozen=True, slots=True)
class Stake:
    """Something the valuation rests on; `weak` is None for an assumption, which always is."""

    line: Line
    weak: Line | None = None
    firm: bool = False


ASSUMED = tuple(
    of
    for of in assumptions.ASSUMPTIONS
    if of.parameter is not None and of.parameter.move is Move.BY_SHOCK
)
FRONTIER: tuple[Stake, ...] = (
    *(Stake(entry) for entry in ASSUMED),
    Stake(ads_diluted, ads_weak),
    Stake(net_cash, net_cash_weak),
    Stake(investments, investments_weak),
    Stake(quarter_eps, quarter_weak),
    Stake(conversion.fx, firm=True),
    Stake(peer_pe, peer_pe_weak),
    Stake(launch.first_size, first_size_weak),
    Stake(launch.last_size, last_size_weak),
    Stake(launch.units, units_weak),
    Stake(launch.variant_price, variant_weak),
)


def resting_on(question: Question) -> list[tuple[Stake, str, tuple[str, ...]]]:
    """Return (stake, key, members) of every cell that the expected value rests on."""
    return [
        (stake, key, at) for stake in FRONTIER for key, at in cells(stake.line, question.members)
    ]
