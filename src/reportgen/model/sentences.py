"""What the report says in words, live: sentences that follow the numbers."""

from __future__ import annotations

from reportgen.expr.functions import absolute, at, concat, equal, fixed, known, percent, same, where
from reportgen.expr.nodes import Line, Node, Unit
from reportgen.facts.catalogue import EV_EBITDA, PB, PE, SOTP
from reportgen.model import stance
from reportgen.model.checks import differences, readiness
from reportgen.model.dims import SCENARIO
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.inputs.assumptions import cost_of_equity, stance_max_skew, stance_min_skew
from reportgen.model.market import price
from reportgen.model.number_text import cents, money
from reportgen.model.valuation import METHODS, expected_value, value, weight_used
from reportgen.model.words import line, or_zero


def _times(of: Line, name: str) -> Line:
    """Return a multiple in words: twice, half, 1.5 times."""
    told = where(equal(of * 2, 1), "half", concat(fixed(of, 1), " times"))
    in_words = where(equal(of, 2), "twice", told)
    return line(f"say.{name}.times", f"{of.label}, in words", Unit.TEXT, in_words)


def _because(name: str, by_skew: Node, least: Line, by_return: str) -> Line:
    """Return what binds a price of the stance, in words."""
    skewed = concat("there the gain to bull would be ", _times(least, name), " the loss to bear")
    told = where(by_skew, skewed, by_return)
    return line(f"say.{name}", f"What binds the price to {name}", Unit.TEXT, told)


buy_because = _because(
    "buy",
    stance.buy_skew <= stance.buy_return,
    stance_min_skew,
    "there it would earn the cost of equity",
)
short_because = _because(
    "short",
    stance.short_skew >= stance.short_return,
    stance_max_skew,
    "there it would earn nothing",
)
bounds = line(
    "say.bounds",
    "Below and above which price",
    Unit.TEXT,
    concat(
        "buy below ",
        money(stance.buy_below),
        " (",
        buy_because,
        "), short above ",
        money(stance.short_above),
        " (",
        short_because,
        ")",
    ),
)
stance_level = line(
    "say.level",
    "At which price",
    Unit.TEXT,
    concat("at ", money(price), "; ", bounds),
)
stance_return = line(
    "say.return",
    "What the share returns",
    Unit.TEXT,
    concat(
        where(or_zero(stance.total_return) < 0, "loses ", "returns "),
        percent(absolute(stance.total_return), 1),
    ),
)
stance_reason = line(
    "say.reason",
    "Why",
    Unit.TEXT,
    concat(
        "12-month value of ",
        money(expected_value),
        " ",
        stance_return,
        " against a cost of equity of ",
        percent(cost_of_equity, 1),
    ),
)
_NAMES = {SOTP: "sum of the parts", PE: "P/E", EV_EBITDA: "EV/EBITDA", PB: "P/B"}


def _without(name: str) -> Line:
    missing = (METHODS[name].weight > 0) & (weight_used[name] <= 0)
    told = where(missing, f"; {_NAMES[name]} is n/a", "")
    return line(f"say.without.{name}", f"{_NAMES[name]}, if it is n/a", Unit.TEXT, told)


missing_methods = line(
    "say.methods",
    "Methods that are n/a, or stand on a loss",
    Unit.TEXT,
    concat(
        *(_without(name) for name in METHODS),
        where(differences.loss_valued > 0, "; P/E stands on earnings that are not positive", ""),
    ),
)
sentence = line(
    "say.sentence",
    "Stance in one sentence",
    Unit.TEXT,
    where(
        same(readiness.call, "BLOCKED"),
        concat("BLOCKED: ", readiness.readiness_reason, missing_methods, "."),
        concat(readiness.call, " ", stance_level, ": ", stance_reason, missing_methods, "."),
    ),
)
hype_parts = line(
    "say.hype.parts",
    "Generic and specific hype",
    Unit.TEXT,
    concat(
        cents(adjusted_value.generic),
        " is generic and ",
        cents(adjusted_value.specific),
        " specific hype",
    ),
)
hype_whole = line(
    "say.hype.consensus",
    "Consensus in words",
    Unit.TEXT,
    concat("Of the consensus of ", money(price_targets.consensus)),
)
hype_sentence = line(
    "say.hype",
    "Hype in one sentence",
    Unit.TEXT,
    where(
        known(adjusted_value.hype_value),
        concat(
            hype_whole,
            ", ",
            hype_parts,
            ": ",
            money(adjusted_value.hype_value),
            " remains",
        ),
        "No hype-adjusted value: nothing could be measured",
    ),
)
spread_sentence = line(
    "say.range",
    "Range in one sentence",
    Unit.TEXT,
    concat(
        "From ",
        money(at(value, SCENARIO, "bear")),
        " (bear) to ",
        money(at(value, SCENARIO, "bull")),
        " (bull) in 12 months",
    ),
)
