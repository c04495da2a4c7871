"""What is at stake, ranked: the largest first, ties in order, and the weak among it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
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
from reportgen.expr.nodes import NA, Linked, Number, Unit
from reportgen.model.dims import DIRECTION, RANK, SCENARIOS, STAKE
from reportgen.model.inputs.constants import policy
from reportgen.model.market import price
from reportgen.model.ordering import above, larger, rank_within
from reportgen.model.whatif.stakes.moves import change, key, label, number
from reportgen.model.whatif.stakes.rests_on import resting_on
from reportgen.model.words import case_line, comparable, line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question
    from reportgen.model.whatif.stakes.rests_on import Stake

_SHOWN = 25  # stakes listed by rank
_LIMIT = policy("weak.price_share")

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
    where(price > 0, count_where(STAKE, each(weak_size) > _LIMIT * price), NA),
)


def ask(question: Question) -> None:
    """Add the ranks that are listed, and link each thing to whether it is weak."""
    question.members[RANK] = tuple(str(k + 1) for k in range(min(question.size(STAKE), _SHOWN)))
    weakness = [_weakness(stake, at) for stake, _, at in resting_on(question)]
    question.links[is_weak] = (*weakness, *(Number(1.0) for _ in SCENARIOS))


def _weakness(stake: Stake, at: tuple[str, ...]) -> Node:
    """Return whether a stake is weak: an assumption always, a fact by its source."""
    if stake.weak is None:
        return Number(0.0 if stake.firm else 1.0)
    return spot(stake.weak, *at)
