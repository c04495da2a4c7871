"""Value at stake: how far the expected value moves with each thing it rests on.

An input is moved up and down by the shock of the policy; what rests on a single document is also
taken away. The things moved are those that the valuation reads: assumptions, the chosen facts,
the newest balance, each quarter's earnings, the exchange rate.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    absolute,
    count_where,
    each,
    equal,
    known,
    largest,
    pick,
    previous,
    spot,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Linked, Node, Number, Study, Unit, Varied, WhatIf
from reportgen.model.dims import (
    CLAIM,
    DIRECTION,
    DIRECTIONS,
    FUNDAMENTAL,
    QUARTER,
    RANK,
    REMOVAL,
    SCENARIOS,
    SEGMENT,
    STAKE,
    VARIANT,
)
from reportgen.model.evidence.claims import claim_key, claim_variant, claim_weak, fact_weak
from reportgen.model.evidence.peer_pe import claim_of_peer, claim_pe_without, peer_pe
from reportgen.model.evidence.products import (
    offer_weak,
    product_name,
    product_variant,
    product_vendor,
)
from reportgen.model.fundamentals.balance import ads_diluted, investments, net_cash
from reportgen.model.fundamentals.earnings import eps_quarter_or_zero, quarter_eps, quarter_number
from reportgen.model.fundamentals.reported import newest, weak
from reportgen.model.given_values import numbered
from reportgen.model.inputs import assumptions, conversion, description
from reportgen.model.inputs.assumptions import probability, variant_id
from reportgen.model.inputs.constants import policy
from reportgen.model.keys import NONE, filled
from reportgen.model.launch import market_size
from reportgen.model.market import price
from reportgen.model.valuation import expected_value
from reportgen.model.whatif import without as weighing_without
from reportgen.model.whatif.feeding import launch_line
from reportgen.model.words import Entry, case_line, comparable, given, line, or_zero, the

if TYPE_CHECKING:
    from reportgen.model.question import Question

SHOWN = 25  # stakes listed by rank

SHOCK = policy("weak.shock", Unit.RATIO)
LIMIT = policy("weak.price_share", Unit.RATIO)


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
first_size_weak = line(
    "launch.first_size.weak", "Weak", Unit.FLAG, fact_weak(market_size.first_size_id)
)
last_size_weak = line(
    "launch.last_size.weak", "Weak", Unit.FLAG, fact_weak(market_size.last_size_id)
)
units_weak = line("launch.units.weak", "Weak", Unit.FLAG, fact_weak(market_size.units_id))
variant_weak = line(
    "launch.price[{variant}].weak", "Weak", Unit.FLAG, offer_weak(market_size.variant_offer)
)


@dataclass(frozen=True, slots=True)
class Stake:
    """Something the valuation rests on; `weak` is None for an assumption, which always is."""

    line: Line
    weak: Line | None = None
    firm: bool = False


ASSUMED = tuple(
    value
    for value in vars(assumptions).values()
    if isinstance(value, Entry)
    and value.key.startswith("assumption[")
    and not value.key.startswith("assumption[hype_")
    and not value.key.startswith("assumption[stance_")
    and value is not probability
)
FRONTIER: tuple[Stake, ...] = (
    *(Stake(entry) for entry in ASSUMED),
    Stake(ads_diluted, ads_weak),
    Stake(net_cash, net_cash_weak),
    Stake(investments, investments_weak),
    Stake(quarter_eps, quarter_weak),
    Stake(conversion.fx, firm=True),
    Stake(peer_pe, peer_pe_weak),
    Stake(market_size.first_size, first_size_weak),
    Stake(market_size.last_size, last_size_weak),
    Stake(market_size.units, units_weak),
    Stake(market_size.variant_price, variant_weak),
)

# --- moved up and down ---
number = given("stake[{stake}].number", "No.", Unit.COUNT, STAKE)
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

# --- taken away ---
removal_key = given("removal[{removal}].key", "Key", Unit.TEXT, REMOVAL)
removal_label = given("removal[{removal}].label", "Taken away", Unit.TEXT, REMOVAL)
removal_of = given("removal[{removal}].stake", "Belongs to", Unit.TEXT, REMOVAL)
removal_study = Study(
    "removals", "Value at stake: one document's figure taken away", (REMOVAL,), (expected_value,)
)
without = line(
    "removal[{removal}].expected",
    "Expected value without it",
    Unit.PER_SHARE,
    Varied(removal_study, expected_value),
)
removal_change = line(
    "removal[{removal}].at_stake",
    "Value at stake",
    Unit.PER_SHARE,
    absolute(without - expected_value),
)

# --- together, ranked: the largest first, ties in order ---
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


def rank_within(dim: Dim, size: Line, row_number: Line, counts: Node | None = None) -> Node:
    """Return the rank of each row by size, 1 the largest; ties go to the earlier row."""
    ahead = (each(size) > size) + equal(each(size), size) * (each(row_number) < row_number)
    return count_where(dim, ahead if counts is None else counts * ahead) + 1


rank = line("stake[{stake}].rank", "Rank", Unit.COUNT, rank_within(STAKE, at_stake_key, row))
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
    rank_within(STAKE, weak_key, row),
)
top = line("stake.rank[{rank}]", "Rank", Unit.COUNT, previous("stake.rank[{rank}]", RANK, 0) + 1)


def _at_rank(of: Line, ranks: Line) -> Node:
    """Return a column of the stake that has the rank of the row."""
    return pick(of, STAKE, sum_where(STAKE, equal(each(ranks), top), row))


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
    where(price > 0, count_where(STAKE, each(weak_size) > LIMIT * price), NA),
)


def ask(question: Question) -> None:
    """Add what the expected value of this company rests on."""
    stakes = [
        (stake, found, at) for stake in FRONTIER for found, at in _cells(stake.line, question)
    ]
    question.dimension(STAKE, (*(found for _, found, _ in stakes), *_probabilities()))
    question.members[DIRECTION] = DIRECTIONS
    question.give(number, numbered(question.members[STAKE]))
    question.give(key, list(question.members[STAKE]))
    named = [_label(stake.line, at, question) for stake, _, at in stakes]
    question.give(label, [*named, *(f"Probability, {name}" for name in SCENARIOS)])
    question.members[RANK] = tuple(str(k + 1) for k in range(min(question.size(STAKE), SHOWN)))
    ups = [
        WhatIf(f"{found},{way}", f"{found} {way}", ((stake.line, at, _moved(stake.line, at, way)),))
        for (stake, found, at), way in product(stakes, DIRECTIONS)
    ]
    chances = [
        WhatIf(f"{found},{way}", f"{found} {way}", _chances(name, way))
        for (name, found), way in product(zip(SCENARIOS, _probabilities(), strict=True), DIRECTIONS)
    ]
    question.what_ifs[study] = (*ups, *chances)
    weakness = [_weakness(stake, at) for stake, _, at in stakes]
    question.links[is_weak] = (*weakness, *(Number(1.0) for _ in SCENARIOS))
    _ask_removals(question)


def _cells(of: Line, question: Question) -> list[tuple[str, tuple[str, ...]]]:
    """Return (key, members) of every cell of a line."""
    return [
        (found, tuple(question.members[dim][k] for dim, k in zip(of.dims, index, strict=True)))
        for found, index in filled(of, question.members)
    ]


def _probabilities() -> tuple[str, ...]:
    return tuple(f"assumption[probability,{name},]" for name in SCENARIOS)


def _moved(of: Line, at: tuple[str, ...], way: str) -> Node:
    own = spot(of, *at)
    return own * (1 + SHOCK) if way == "up" else own * (1 - SHOCK)


def _chances(name: str, way: str) -> tuple[tuple[Line, tuple[str, ...], Node], ...]:
    """Return one probability moved, and the others scaled so that they still sum to 1."""
    own = spot(probability, name)
    new = own * (1 + SHOCK) if way == "up" else own * (1 - SHOCK)
    others = (other for other in SCENARIOS if other != name)
    return (
        (probability, (name,), new),
        *((probability, (it,), spot(probability, it) * (1 - new) / (1 - own)) for it in others),
    )


def _label(of: Line, at: tuple[str, ...], question: Question) -> str:
    """Return the label of a cell: its line's, and its members by name."""
    names = dict(
        zip(
            question.members[SEGMENT],
            question.given[description.segment_name].tolist(),
            strict=True,
        )
    )
    parts = [
        names[name] if dim is SEGMENT else f"quarter -{name}" if dim is QUARTER else name
        for dim, name in zip(of.dims, at, strict=True)
    ]
    return ", ".join([of.label, *parts])


def _weakness(stake: Stake, at: tuple[str, ...]) -> Node:
    """Return whether a stake is weak: an assumption always, a fact by its source."""
    if stake.weak is None:
        return Number(0.0 if stake.firm else 1.0)
    return spot(stake.weak, *at)


def _ask_removals(question: Question) -> None:
    """Add what happens without each document's figure that the expected value rests on."""
    found = [*_peer_removals(question), *_fact_removals(question), *_product_removals(question)]
    question.dimension(REMOVAL, (what_if.key for what_if, _ in found))
    question.give(removal_key, [what_if.key for what_if, _ in found])
    question.give(removal_label, [what_if.label for what_if, _ in found])
    question.give(removal_of, [belongs for _, belongs in found])
    nothing = WhatIf(NONE, "nothing to take away", ())
    question.what_ifs[removal_study] = tuple(what_if for what_if, _ in found) or (nothing,)


def _rows(question: Question, column: Line) -> list[tuple[str, str]]:
    """Return (member, text) of the rows of a table that are filled at issue."""
    texts = question.given[column].tolist()
    members = question.members[column.dims[0]]
    return [(name, text) for name, text in zip(members, texts, strict=True) if text]


def _peer_removals(question: Question) -> list[tuple[WhatIf, str]]:
    peers = {peer.casefold() for peer in question.given[description.peer].tolist() if peer}
    variants = dict(_rows(question, claim_variant))
    return [
        (
            WhatIf(
                f"claim[{name}]",
                f"P/E claim: {name}",
                ((peer_pe, (), spot(claim_pe_without, name)),),
            ),
            "peer_pe",
        )
        for name, key_ in _rows(question, claim_key)
        if key_.casefold() == "pe" and variants.get(name, "").casefold() in peers
    ]


def _fact_removals(question: Question) -> list[tuple[WhatIf, str]]:
    """Return the launch's facts that rest on one claim: without it they are n/a."""
    launched = str(question.given[description.launch_market])
    variants = dict(_rows(question, claim_variant))
    counts = Counter((key_, variants.get(name, "")) for name, key_ in _rows(question, claim_key))
    found = []
    for name, key_ in _rows(question, claim_key):
        variant = variants.get(name, "")
        target = launch_line(f"{key_}/{variant}", launched, question)
        if target is not None and counts[key_, variant] == 1:
            what_if = WhatIf(f"claim[{name}]", f"{key_} {variant}: {name}", ((target, (), NA),))
            found.append((what_if, target.key))
    return found


def _product_removals(question: Question) -> list[tuple[WhatIf, str]]:
    """Return the prices of the launched product: without one the others are weighed again."""
    vendor = str(question.given[description.own_vendor]).casefold()
    launched = str(question.given[description.launch_name]).casefold()
    names = dict(_rows(question, product_name))
    texts = dict(_rows(question, product_variant))
    found: dict[str, list[str]] = {}
    for name, owner in _rows(question, product_vendor):
        if owner.casefold() == vendor and names.get(name, "").casefold() == launched:
            found.setdefault(texts.get(name, "").casefold(), []).append(name)
    variants = {
        text.casefold(): member
        for member, text in zip(
            question.members[VARIANT], question.given[variant_id].tolist(), strict=True
        )
    }
    mixed = {text: rows for text, rows in found.items() if text in variants}
    weighing_without.ask(question, list(mixed.values()))
    return [
        (
            WhatIf(
                f"product[{name}]",
                f"Price: {name}",
                (
                    (
                        market_size.variant_price,
                        (variants[text],),
                        spot(weighing_without.price_without, name),
                    ),
                ),
            ),
            f"launch.price[{variants[text]}]",
        )
        for text, rows in mixed.items()
        for name in rows
    ]
