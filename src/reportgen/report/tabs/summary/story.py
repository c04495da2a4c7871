"""The story of a report in three sentences that follow the numbers, and what hype explains.

What the market pays for, what changed since last month, what would turn us. Each is put together
from parts that say nothing where they have nothing to say. Amounts too small to matter, less than
a two-thousandth of the price, are left out.
"""

from __future__ import annotations

from reportgen.expr.functions import (
    absolute,
    concat,
    date_text,
    equal,
    fixed,
    known,
    percent,
    same,
    spot,
    where,
)
from reportgen.expr.nodes import Line, Node, Unit
from reportgen.model import last_month, stance
from reportgen.model.delivered_growth import g_delivered
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.last_month import CAUSE, cause_amount, cause_label
from reportgen.model.market import price
from reportgen.model.number_text import cents, money
from reportgen.model.priced_in import cash_flow_per_share, g_two_stage
from reportgen.model.valuation import implied_bull_probability
from reportgen.model.words import case_line, counted, line, or_zero
from reportgen.report.tabs.cases.lines import ranked_effect, ranked_label, ranked_text
from reportgen.report.tabs.summary import ahead


def _text(name: str, label: str, says: Node) -> Line:
    return line(f"story.{name}", label, Unit.TEXT, says)


def _matters(amount: Node) -> Node:
    return absolute(amount) * 1000 > or_zero(price) / 2


def _signed(amount: Node) -> Node:
    return concat(where(amount > 0, "+", ""), cents(amount))


def _way(amount: Node) -> Node:
    return where(amount < 0, "fell", "rose")


# --- what the market pays for ---
at_price = _text(
    "market.price", "At which price", where(known(price), concat("At ", money(price)), "")
)
steady_growth = _text(
    "market.growth",
    "Growth of cash flow that the price pays for",
    where(
        known(g_two_stage),
        concat("cash flow growing ", percent(g_two_stage, 1), " a year"),
        where(
            known(cash_flow_per_share),
            "what no steady growth of cash flow explains",
            "what cash flow does not show (negative, or n/a)",
        ),
    ),
)
paid_for = _text(
    "market.paid_for",
    "What is paid for",
    where(
        known(price),
        concat(" the market pays for ", steady_growth),
        "What the market pays for is n/a: no price is known",
    ),
)
delivered = _text(
    "market.delivered",
    "Growth of earnings that was delivered",
    where(
        known(g_delivered) & known(price),
        concat(
            " (earnings ",
            where(g_delivered < 0, "fell ", "grew "),
            percent(absolute(g_delivered), 1),
            ")",
        ),
        "",
    ),
)
stands = _text(
    "market.stands",
    "Where the price stands between bear and bull",
    where(
        known(implied_bull_probability),
        where(
            implied_bull_probability < 0,
            " and stands below our bear case",
            where(
                implied_bull_probability > 1,
                " and stands above our bull case",
                concat(
                    " and stands ",
                    percent(implied_bull_probability, 0),
                    " of the way from bear to bull",
                ),
            ),
        ),
        "",
    ),
)
market = _text(
    "market", "What the market pays for", concat(at_price, paid_for, delivered, stands, ".")
)

# --- what changed ---
_change, _value_then = (of["expected_value"] for of in (last_month.change, last_month.before))
_price_change, _price_then = (of["price"] for of in (last_month.change, last_month.before))
changed_value = _text(
    "changed.value",
    "How the expected value changed",
    where(
        known(_change),
        where(
            _matters(_change),
            concat("the expected value ", _way(_change), " by ", money(absolute(_change))),
            "the expected value stood still",
        ),
        "the expected value is n/a then or now",
    ),
)
cause_place = counted("story.cause[{cause}].place", "Place of a cause", CAUSE)
cause_told = case_line(
    "story.cause[{cause}]",
    "Cause, as told",
    Unit.TEXT,
    where(
        known(cause_amount) & _matters(or_zero(cause_amount)),
        concat(where(equal(cause_place, 1), ": ", ", "), cause_label, " ", _signed(cause_amount)),
        "",
    ),
    CAUSE,
)
_first_cause = or_zero(spot(cause_amount, "1"))
changed_rest = _text(
    "changed.rest",
    "What else changed it",
    where(
        known(spot(cause_amount, "1")) & known(last_month.rest),
        where(
            _matters(or_zero(last_month.rest)),
            concat(
                where(_matters(_first_cause), ", all else ", ": all else "),
                _signed(last_month.rest),
            ),
            "",
        ),
        "",
    ),
)
changed_price = _text(
    "changed.price",
    "How the price changed",
    where(
        known(_price_change),
        where(
            _matters(_price_change),
            concat(
                "; the price ",
                _way(_price_change),
                " by ",
                percent(absolute(_price_change / _price_then), 1),
            ),
            "; the price stood still",
        ),
        "",
    ),
)
_month_then = _text("changed.day", "Last month, as told", date_text(last_month.day))
changed_since = _text(
    "changed.since",
    "Since when it changed",
    where(
        known(_value_then) | known(_price_then),
        concat("Since ", _month_then, " ", changed_value),
        "There is no last month to compare with: too little was known then",
    ),
)
changed_by = _text(
    "changed.by",
    "What changed it",
    concat(*(spot(cause_told, str(k + 1)) for k in range(last_month.CAUSES)), changed_rest),
)
changed = _text("changed", "What changed", concat(changed_since, changed_by, changed_price, "."))

# --- what would turn us ---
_buy_below = _text("turn.buy", "Price to buy below, as told", money(stance.buy_below))
_short_above = _text("turn.short", "Price to short above, as told", money(stance.short_above))
_either = _text(
    "turn.either",
    "Where we would buy and where short",
    concat(
        "We would buy below ",
        _buy_below,
        " and short above ",
        _short_above,
    ),
)
turn = _text(
    "turn.price",
    "At which price we would turn",
    where(
        known(stance.buy_below) & known(stance.short_above),
        where(
            same(stance.view, "LONG"),
            concat("We would no longer buy above ", _buy_below),
            where(
                same(stance.view, "SHORT"),
                concat("We would no longer short below ", _short_above),
                _either,
            ),
        ),
        "No price can be named at which we would turn",
    ),
)


def _toward(case: str, is_its_way: Node) -> Line:
    """Return the largest driver toward a case, with what it does; nothing where there is none."""
    effect = spot(ranked_effect, case, "1")
    return _text(
        f"turn.{case}",
        f"Largest driver toward {case}",
        where(
            known(effect) & is_its_way & _matters(or_zero(effect)),
            concat(
                f"; toward {case} ",
                spot(ranked_label, case, "1"),
                " at ",
                spot(ranked_text, case, "1"),
                " (",
                _signed(effect),
                ")",
            ),
            "",
        ),
    )


turn_drivers = (
    _toward("bear", or_zero(spot(ranked_effect, "bear", "1")) < 0),
    _toward("bull", or_zero(spot(ranked_effect, "bull", "1")) > 0),
)
turn_next = _text(
    "turn.next",
    "What is next to watch",
    where(
        spot(ahead.NEXT_DATES.row, "1") >= 1,
        concat("; next: ", spot(ahead.next_day, "1"), ", ", spot(ahead.next_what, "1")),
        "",
    ),
)
turns = _text("turn", "What would turn us", concat(turn, *turn_drivers, turn_next, "."))

# --- whose targets the consensus is, and how hype-adjusted and expected value differ ---
_houses = price_targets.brokers
basis_changed = line(
    "story.basis_changed",
    "Other houses in the consensus than last month",
    Unit.FLAG,
    where(
        known(last_month.brokers_then),
        where(equal(_houses, last_month.brokers_then) & (or_zero(last_month.joined) < 1), 0, 1),
        0,
    ),
)
_heard = line(
    "story.heard",
    "Brokers in the consensus, else averages",
    Unit.COUNT,
    where(_houses > 0, _houses, price_targets.count),
)
basis = _text(
    "basis",
    "Whose targets the consensus is; * other houses than last month",
    where(
        known(price_targets.consensus),
        concat(
            fixed(_heard, 0),
            where(_houses > 0, " broker", " average"),
            where(_heard > 1, "s", ""),
            where(basis_changed > 0, "*", ""),
        ),
        "",
    ),
)
_joined = _text(
    "basis.joined",
    "How many of today's brokers are new",
    where(
        or_zero(last_month.joined) > 0,
        concat(", ", fixed(last_month.joined, 0), " of today's new"),
        "",
    ),
)
basis_note = _text(
    "basis.note",
    "How the basis of the consensus changed",
    where(
        basis_changed > 0,
        concat(
            "* ",
            where(
                last_month.brokers_then > 0,
                concat(fixed(last_month.brokers_then, 0), " brokers"),
                "an average",
            ),
            " last month",
            _joined,
            ". ",
        ),
        "",
    ),
)
hype_discounts = _text(
    "hype.discounts",
    "What is taken off the consensus",
    concat(
        "Hype-adjusted is the consensus less a generic discount of ",
        cents(adjusted_value.generic),
        " and company-specific hype of ",
        cents(adjusted_value.specific),
    ),
)
hype_allowance = _text(
    "hype.allowance",
    "What is taken off for what could not be measured",
    where(
        _matters(or_zero(adjusted_value.allowance)),
        concat(", and ", cents(adjusted_value.allowance), " for what could not be measured"),
        "",
    ),
)
hype_against = _text(
    "hype.expected",
    "Expected against hype-adjusted",
    where(
        known(adjusted_value.to_expected),
        concat(
            "; expected is our own three cases, ",
            cents(absolute(adjusted_value.to_expected)),
            where(adjusted_value.to_expected < 0, " below it.", " above it."),
        ),
        "; expected is our own three cases.",
    ),
)
hype = _text(
    "hype",
    "Hype-adjusted against expected",
    concat(
        basis_note,
        where(
            known(adjusted_value.hype_value),
            concat(hype_discounts, hype_allowance, hype_against),
            "Hype-adjusted is n/a: no target, or nothing of hype could be measured.",
        ),
    ),
)
SENTENCES = (("Paid for", market), ("Changed", changed), ("Would turn us", turns))
SHOWN = (market, changed, turns, basis, hype)
