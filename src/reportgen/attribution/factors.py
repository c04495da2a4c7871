"""The factors: lines whose values are taken at each end, their players, and who depends on them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import maximum, pick, sum_known, where
from reportgen.expr.nodes import Line, Unit
from reportgen.expr.tree import reads
from reportgen.model import (
    fundamentals,
    headlines,
    launch,
    market,
    peers,
    twelve_months,
    valuation,
)
from reportgen.model.dims import CURRENCY, TARGET
from reportgen.model.hype import components, price_targets
from reportgen.model.inputs import conversion, description
from reportgen.model.lines import BY_KEY, MODEL
from reportgen.model.words import Entry, given, line

if TYPE_CHECKING:
    from collections.abc import Iterator


TIME = "time"


class Taken(NamedTuple):
    """A line whose values are taken at each end.

    `player` may hold places of dimensions, as a public key does; lines of one player move together.
    """

    line: Line
    family: str
    player: str
    label: str


class Converted(NamedTuple):
    """An amount in price currency, taken as stated: `amount` over the rate of `currency`.

    `currency` counts currencies from 1; 0 is price currency, or no money at all.
    """

    taken: Taken
    amount: Line
    currency: Line
    value: Line


class Outcome(NamedTuple):
    """A value that is explained: a cell of a line, by its public key."""

    key: str
    label: str
    line: Line
    at: tuple[str, ...] = ()

    @classmethod
    def of(cls, one: headlines.HeadlineLine) -> Outcome:
        """Return a headline as an outcome."""
        return cls(one.key, one.headline.title, one.line, one.at)


OUTCOMES = tuple(map(Outcome.of, headlines.VALUES))
SCORE = next(Outcome.of(one) for one in headlines.HEADLINES if one.headline.name == "score")

_LAUNCH = ("launch", "launch", "The launch itself")
_GAIN = ("launch", "launch.gain", "What the market paid for the launch")
_MARKET = ("launch", "launch.market", "Market sizes of the launch")
TAKEN = (
    Taken(market.price, "price", "price", "Price"),
    Taken(conversion.cross, "FX", "fx[{currency}]", "Exchange rate of {currency}"),
    Taken(description.as_of, "time", TIME, "Passing of time"),
    Taken(fundamentals.shares_diluted, "balance sheet", "shares_diluted", "Diluted listed shares"),
    Taken(peers.peer_pe, "multiples", "peer_pe", "P/E of the peers"),
    Taken(
        valuation.base_metric, "fundamentals", "segment_base[{segment}]", "Base metric: {segment}"
    ),
    Taken(valuation.ebitda_ttm, "fundamentals", "ebitda_ttm", "EBITDA of twelve months"),
    Taken(launch.applies, *_LAUNCH),
    Taken(launch.day, *_LAUNCH),
    Taken(launch.close_before, *_GAIN),
    Taken(launch.day_return, *_GAIN),
    Taken(launch.market_return, *_GAIN),
    Taken(launch.years, *_MARKET),
)
# A broker's target and every look-up that goes with it are one player: see players.py
OF_A_TARGET = frozenset(
    {
        price_targets.stated,
        price_targets.subunits,
        price_targets.share_line,
        price_targets.horizon,
        price_targets.issued_on,
        components.day_before,
        price_targets.close_at_issue,
        components.close_before,
        components.benchmark_at_issue,
        components.benchmark_before,
        components.estimate_change,
    }
)


def _converted(of: Line, family: str, player: str, label: str) -> Converted:
    amount = given(f"{of.key}.as_stated", f"{of.label}, as stated", of.unit, *of.dims)
    currency = given(f"{of.key}.stated_in", "No. of its currency", Unit.COUNT, *of.dims)
    rate = where(currency > 0, pick(conversion.cross, CURRENCY, currency), 1)
    value = line(f"{of.key}.converted", of.label, of.unit, amount / rate)
    return Converted(Taken(of, family, player, label), amount, currency, value)


CONVERTED = (
    _converted(fundamentals.net_cash, "balance sheet", "net_cash", "Net cash"),
    _converted(fundamentals.investments, "balance sheet", "investments", "Investments"),
    _converted(fundamentals.book_value, "fundamentals", "book_value", "Book value"),
    _converted(
        twelve_months.eps_reference, "fundamentals", "eps_reference", "EPS of twelve months"
    ),
    _converted(launch.first_size, *_MARKET),
    _converted(launch.last_size, *_MARKET),
    _converted(launch.units, "launch", "launch.units", "Units of the launch's market"),
    _converted(launch.variant_price, "launch", "launch.price[{variant}]", "Price of {variant}"),
)
target_currency = given("target[{target}].stated_in", "No. of its currency", Unit.COUNT, TARGET)
_target_rate = line(
    "target[{target}].rate_then",
    "Its currency per price currency",
    Unit.NUMBER,
    where(target_currency < 0, 1, pick(conversion.cross, CURRENCY, target_currency)),
    note="-1 stands for price currency, which needs no rate; 0 for one that has none",
)
of_broker = given("target[{target}].of_broker_then", "A broker's, in use", Unit.FLAG, TARGET)
aggregate = given("target[{target}].aggregate_then", "Aggregate, in use", Unit.FLAG, TARGET)
# The model's own rule holds in mixed states, too: an aggregate counts until the first broker does
_target_in_use = line(
    "target[{target}].in_use_then",
    "In use",
    Unit.FLAG,
    where(sum_known(of_broker, TARGET) > 0, of_broker, aggregate),
)
_target_age = line(
    "target[{target}].age_then",
    "Age, days, 0 before it was published",
    Unit.DAYS,
    maximum(0, description.as_of - price_targets.issued_on),
)
STATED_OF_A_TARGET = (target_currency, of_broker, aggregate)
# What stands for a line of the model in mixed states; at either end it comes to the same
SUBSTITUTES = {
    **{one.taken.line: one.value for one in CONVERTED},
    price_targets.in_use: _target_in_use,
    price_targets.rate: _target_rate,
    price_targets.age: _target_age,
}
_STOPS = frozenset(
    {
        *(one.line for one in TAKEN),
        *OF_A_TARGET,
        *STATED_OF_A_TARGET,
        *(part for one in CONVERTED for part in (one.amount, one.currency)),
    }
)


def is_taken(of: Line) -> bool:
    """Return whether a line's values are taken at each end: declared so, or an input."""
    return of in _STOPS or of.expr is None or isinstance(of, Entry)


def read_below(of: Line) -> tuple[Line, ...]:
    """Return the lines that a line is computed from in a mixed state; none for one taken."""
    if is_taken(of):
        return ()
    if of in SUBSTITUTES:
        return (SUBSTITUTES[of],)
    found = reads(of)
    return (*found.lines, *(BY_KEY[key] for key in found.earlier))


def _reached(*ends: Line) -> set[Line]:
    """Return some lines, and all that they are computed from down to the factors."""
    found: set[Line] = set()
    stack = list(ends)
    while stack:
        top = stack.pop()
        if top not in found:
            found.add(top)
            stack.extend(read_below(top))
    return found


def _below(outcomes: tuple[Outcome, ...]) -> Iterator[Line]:
    """Yield every line from the factors to the outcomes, in the order of calculation."""
    reached = _reached(*(outcome.line for outcome in outcomes))
    known = set(MODEL)
    yield from sorted((one for one in reached - known if one.expr is None), key=_key)
    for one in MODEL:
        if one in reached:
            if one in SUBSTITUTES:
                yield SUBSTITUTES[one]
            yield one


def _key(of: Line) -> str:
    return of.key


LINES = tuple(_below(OUTCOMES))


@lru_cache(maxsize=32)
def needs(outcome: Outcome) -> frozenset[Line]:
    """Return the lines between the factors and an outcome, those of the factors among them."""
    return frozenset(_reached(outcome.line))
