"""Value at stake: how far the expected value moves with each thing it rests on, and the weak ones.

Each is moved up and down by the shock of its kind; the larger change is what is at stake. What the
value rests on: the assumptions, the chosen facts, the newest balance, twelve months of earnings,
the exchange rate. An assumption is always weak, a fact if its source is; the exchange rate is firm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.functions import (
    absolute,
    count_where,
    each,
    equal,
    known,
    largest,
    maximum,
    minimum,
    pick,
    same,
    spot,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Linked, Study, Unit, Varied, WhatIf
from reportgen.facts.bounds import ANY
from reportgen.facts.catalogue import Shock
from reportgen.model import launch, requested
from reportgen.model.cell_names import name_of, segment_names
from reportgen.model.dims import (
    CLAIM,
    DIRECTION,
    DIRECTIONS,
    FUNDAMENTAL,
    PEER,
    RANK,
    SCENARIOS,
    STAKE,
)
from reportgen.model.evidence.claims import claim_weak, fact_weak
from reportgen.model.evidence.products import offer_weak
from reportgen.model.fundamentals import (
    book_value,
    investments,
    net_cash,
    newest,
    shares_diluted,
    weak,
)
from reportgen.model.given_values import numbered
from reportgen.model.inputs import assumptions, conversion
from reportgen.model.inputs.assumptions import probability
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import price_currency, reporting_currency
from reportgen.model.keys import cells
from reportgen.model.market import price
from reportgen.model.peers import claim_of_peer, peer_pe, used_weak
from reportgen.model.ranks import above, larger, rank_within
from reportgen.model.twelve_months import (
    EBITDA,
    eps_reference,
    last_row,
    of_flow,
    part_of_eps,
)
from reportgen.model.valuation import (
    base_metric,
    ebitda_ttm,
    expected_value,
    is_typed,
    reported_row,
)
from reportgen.model.words import (
    Entry,
    case_line,
    comparable,
    counted,
    given,
    line,
    or_zero,
    row_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question


# --- which of it is weak ---
def _newest_weak(series: str) -> Node:
    return newest(f"group/{series}", weak)


shares_weak = line("shares_diluted.weak", "Weak", Unit.FLAG, _newest_weak("shares_diluted"))
net_cash_weak = line("net_cash.weak", "Weak", Unit.FLAG, _newest_weak("net_cash"))
investments_weak = line("investments.weak", "Weak", Unit.FLAG, _newest_weak("investments"))
book_value_weak = line("book_value.weak", "Weak", Unit.FLAG, _newest_weak("book_value"))
eps_weak = line(
    "eps_reference.weak",
    "Weak",
    Unit.FLAG,
    where(count_where(FUNDAMENTAL, each(part_of_eps) * each(part_of_eps) * each(weak)) > 0, 1, 0),
)
ebitda_weak = line(
    "ebitda_ttm.weak",
    "Weak",
    Unit.FLAG,
    where(or_zero(pick(weak, FUNDAMENTAL, of_flow(EBITDA, last_row))) > 0, 1, 0),
)
base_weak = line(
    "segment_base[{segment}].weak",
    "Weak",
    Unit.FLAG,
    where(
        is_typed > 0,
        1,
        where(or_zero(pick(weak, FUNDAMENTAL, reported_row)) > 0, 1, 0),
    ),
    note="a typed base is an assumption",
)
peer_pe_weak = line(
    "peer_pe.weak",
    "Weak",
    Unit.FLAG,
    where(
        (sum_where(CLAIM, each(claim_of_peer) * 1, claim_weak) > 0)
        | (count_where(PEER, each(used_weak)) > 0),
        1,
        0,
    ),
)
first_size_weak = line("launch.first_size.weak", "Weak", Unit.FLAG, fact_weak(launch.first_size_id))
last_size_weak = line("launch.last_size.weak", "Weak", Unit.FLAG, fact_weak(launch.last_size_id))
units_weak = line("launch.units.weak", "Weak", Unit.FLAG, fact_weak(launch.units_id))
variant_weak = line(
    "launch.price[{variant}].weak", "Weak", Unit.FLAG, offer_weak(launch.variant_offer)
)


# --- what the expected value rests on ---
@dataclass(frozen=True, slots=True)
class Stake:
    """Something the valuation rests on; `weak` is None for an assumption, which always is."""

    line: Line
    shock: Shock
    weak: Line | None = None
    firm: bool = False


_OF_LAUNCH = (
    Stake(launch.first_size, Shock.OTHER, first_size_weak),
    Stake(launch.last_size, Shock.OTHER, last_size_weak),
    Stake(launch.units, Shock.OTHER, units_weak),
    Stake(launch.variant_price, Shock.OTHER, variant_weak),
)
RESTS_ON: tuple[Stake, ...] = (
    *(
        Stake(entry, entry.parameter.shock)
        for entry in assumptions.ASSUMPTIONS
        if entry.parameter is not None and entry.parameter.shock is not Shock.NONE
    ),
    Stake(base_metric, Shock.REPORTED, base_weak),
    Stake(shares_diluted, Shock.SHARES, shares_weak),
    Stake(net_cash, Shock.BALANCE, net_cash_weak),
    Stake(investments, Shock.BALANCE, investments_weak),
    Stake(book_value, Shock.REPORTED, book_value_weak),
    Stake(eps_reference, Shock.REPORTED, eps_weak),
    Stake(ebitda_ttm, Shock.REPORTED, ebitda_weak),
    Stake(conversion.fx, Shock.EXCHANGE_RATE, firm=True),
    Stake(peer_pe, Shock.MULTIPLE, peer_pe_weak),
    *_OF_LAUNCH,
)


@dataclass(frozen=True, slots=True)
class StakeCell:
    """One cell of a stake: its public key, and its members in the order of the dimensions."""

    stake: Stake
    key: str
    at: tuple[str, ...]


def _resting_on(question: Question) -> list[StakeCell]:
    """Return every cell that the expected value rests on, but the probabilities.

    An assumption that the pack does not state is none: what it would stand for is n/a.
    """
    return [
        StakeCell(stake, key, at)
        for stake in RESTS_ON
        for (key, at), stated in zip(
            cells(stake.line, question.members), _stated(stake, question), strict=True
        )
        if stated
    ]


def _stated(stake: Stake, question: Question) -> Iterator[bool]:
    """Yield for each cell of a stake whether the pack states it.

    What is computed always is, but for what is known of a launch where there is none.
    """
    if isinstance(stake.line, Entry):
        values = question.issued(stake.line), question.given[stake.line.override]
        return iter((np.isfinite(values[0]) | np.isfinite(values[1])).reshape(-1).tolist())
    is_there = stake not in _OF_LAUNCH or requested.launch(question)
    return (is_there for _ in cells(stake.line, question.members))


# --- each input moved up and down by the shock of the policy ---
number = row_number("stake[{stake}].number", STAKE)
key = given("stake[{stake}].key", "Key", Unit.TEXT, STAKE)
label = given("stake[{stake}].label", "What the value rests on", Unit.TEXT, STAKE)
study = Study("stakes", "Value at stake: moved up and down", (STAKE, DIRECTION), (expected_value,))
moved = line(
    "stake[{stake}].expected[{direction}]",
    "Expected value",
    Unit.PER_SHARE,
    Varied(study, expected_value),
)
change = line(
    "stake[{stake}].change[{direction}]", "Change", Unit.PER_SHARE, absolute(moved - expected_value)
)


def _add_moves(question: Question, stakes: list[StakeCell]) -> None:
    """Add each thing that the expected value of this company rests on, moved up and down."""
    chances = list(cells(probability, question.members))
    question.dimension(STAKE, (*(cell.key for cell in stakes), *(name for name, _ in chances)))
    question.members[DIRECTION] = DIRECTIONS
    question.give(number, numbered(question.members[STAKE]))
    question.give(key, list(question.members[STAKE]))
    segments = segment_names(question.given, question.members)
    named = [name_of(cell.stake.line, cell.at, segments) for cell in stakes]
    chances_named = [name_of(probability, at, segments) for _, at in chances]
    question.give(label, [*named, *chances_named])
    moves = [
        WhatIf(
            f"{cell.key},{way}",
            f"{name}: {way}",
            ((cell.stake.line, cell.at, _moved(cell.stake, cell.at, way)),),
        )
        for (cell, name), way in product(zip(stakes, named, strict=True), DIRECTIONS)
    ]
    shifts = [
        WhatIf(f"{key_},{way}", f"{name}: {way}", _chances(scenario, way))
        for ((key_, (scenario,)), name), way in product(
            zip(chances, chances_named, strict=True), DIRECTIONS
        )
    ]
    question.what_ifs[study] = (*moves, *shifts)


@lru_cache(maxsize=1024)  # companies share them, and what is made of them
def _moved(stake: Stake, at: tuple[str, ...], way: str) -> Node:
    """Return a cell moved up or down by its shock, and cut at its bound."""
    own = spot(stake.line, *at)
    size: Node = policy(f"shock.{stake.shock}")
    if stake.shock is Shock.EXCHANGE_RATE:  # nothing moves where both currencies are one
        size = where(same(price_currency, reporting_currency), 0, size)
    step = size if stake.shock.is_added else absolute(own) * size
    moved = own + step if way == "up" else own - step
    return _cut(moved, stake.line)


def _cut(moved: Node, of: Line) -> Node:
    """Return a value cut at the bounds of its input."""
    bounds = of.bounds if isinstance(of, Entry) else ANY
    if bounds.high is not None:
        moved = minimum(bounds.high, moved)
    return moved if bounds.low is None else maximum(bounds.low, moved)


_PROBABILITY = Stake(probability, Shock.POINTS)


@cache
def _chances(name: str, way: str) -> tuple[tuple[Line, tuple[str, ...], Node], ...]:
    """Return one probability moved, and the others scaled so that they still sum to 1."""
    own, new = spot(probability, name), _moved(_PROBABILITY, (name,), way)
    others = (other for other in SCENARIOS if other != name)
    return (
        (probability, (name,), new),
        *((probability, (it,), spot(probability, it) * (1 - new) / (1 - own)) for it in others),
    )


# --- what is at stake, ranked: the largest first, ties in order, and the weak among it ---
_SHOWN = 25  # stakes listed by rank
_LIMIT = policy("weak.price_share")
_ASSUMED = policy("weak.assumption")

row = line("stake[{stake}].row", "Row", Unit.COUNT, or_zero(number))
at_stake = line(
    "stake[{stake}].at_stake", "Value at stake", Unit.PER_SHARE, largest(change, DIRECTION)
)
at_stake_key = line(
    "stake[{stake}].at_stake_key",
    "The same in millionths, 0 if n/a",
    Unit.COUNT,
    comparable(at_stake),
)
of_price = line("stake[{stake}].of_price", "Of the price", Unit.RATIO, at_stake / price)


rank = line(
    "stake[{stake}].rank", "Rank", Unit.COUNT, rank_within(STAKE, larger(at_stake_key, above(row)))
)
is_weak = case_line("stake[{stake}].weak", "Weak", Unit.FLAG, Linked(), STAKE)
weak_size = line(
    "stake[{stake}].weak_size",
    "At stake, if weak",
    Unit.PER_SHARE,
    where(or_zero(is_weak) > 0, or_zero(at_stake), 0),
)
weak_key = line(
    "stake[{stake}].weak_key", "The same in millionths", Unit.COUNT, comparable(weak_size)
)
weak_rank = line(
    "stake[{stake}].weak_rank",
    "Rank among the weak",
    Unit.COUNT,
    rank_within(STAKE, larger(weak_key, above(row))),
)
top = counted("stake.rank[{rank}]", "Rank", RANK)


top_row = line(
    "stake.top[{rank}].row",
    "Row of that rank",
    Unit.COUNT,
    sum_where(STAKE, equal(each(rank), top), row),
)
weak_row = line(
    "stake.weakest[{rank}].row",
    "Row of that rank among the weak",
    Unit.COUNT,
    sum_where(STAKE, equal(each(weak_rank), top), row),
)


def _at_rank(of: Line, ranks: Line) -> Node:
    """Return a column of the stake that has the rank of the row."""
    return pick(of, STAKE, top_row if ranks is rank else weak_row)


top_label = line("stake.top[{rank}].label", "Input", Unit.TEXT, _at_rank(label, rank))
top_key = line("stake.top[{rank}].key", "Key", Unit.TEXT, _at_rank(key, rank))
top_size = line("stake.top[{rank}]", "Value at stake", Unit.PER_SHARE, _at_rank(at_stake, rank))
top_share = line("stake.top[{rank}].of_price", "Of the price", Unit.RATIO, _at_rank(of_price, rank))
top_weak = line("stake.top[{rank}].weak", "Weak", Unit.FLAG, _at_rank(is_weak, rank))
weak_at_stake = line(
    "stake[{stake}].weak_at_stake",
    "At stake, n/a unless weak",
    Unit.PER_SHARE,
    where(or_zero(is_weak) > 0, at_stake, NA),
)
weakest_size = line(
    "stake.weakest[{rank}]", "Value at stake", Unit.PER_SHARE, _at_rank(weak_at_stake, weak_rank)
)
weakest_label = line(
    "stake.weakest[{rank}].label",
    "Weak input",
    Unit.TEXT,
    where(known(weakest_size), _at_rank(label, weak_rank), "none"),
)
weakest_key = line("stake.weakest[{rank}].key", "Key", Unit.TEXT, _at_rank(key, weak_rank))
weak_over_limit = line(
    "stake.weak_over_limit",
    "Weak inputs with too much at stake",
    Unit.COUNT,
    where(price > 0, count_where(STAKE, each(weak_size) > _LIMIT * price), NA),
)


def ask(question: Question) -> None:
    """Add what the expected value of this company rests on, and link it to whether it is weak."""
    stakes = _resting_on(question)
    _add_moves(question, stakes)
    question.members[RANK] = tuple(str(k + 1) for k in range(min(question.size(STAKE), _SHOWN)))
    weakness = [_weakness(cell) for cell in stakes]
    question.links[is_weak] = (*weakness, *(_ASSUMED for _ in SCENARIOS))


def _weakness(cell: StakeCell) -> Node:
    """Return whether a cell is weak: an assumption always, a fact by its source."""
    stake = cell.stake
    if stake.weak is None:
        return policy("weak.exchange_rate") if stake.firm else _ASSUMED
    return spot(stake.weak, *cell.at)
