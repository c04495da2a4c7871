"""What the charts of Summary draw: the risk-reward fan, and the football field of views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    by,
    concat,
    each,
    equal,
    fixed,
    known,
    largest,
    maximum,
    months_before,
    percent,
    pick,
    plotted,
    previous,
    smallest,
    spot,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Linked, Node, Unit
from reportgen.model.dims import CLOSE, SCENARIO, TARGET
from reportgen.model.hype.adjusted_value import hype_value
from reportgen.model.hype.price_targets import target
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.inputs.market_data import close, close_date
from reportgen.model.keys import is_spare
from reportgen.model.market import price
from reportgen.model.number_text import cents, is_small, rounded
from reportgen.model.ranks import above, rank_within, smaller
from reportgen.model.valuation import expected_value, pe_12m, scenario_probability, sotp_12m, value
from reportgen.model.whatif.hype_range import high as hype_high
from reportgen.model.whatif.hype_range import low as hype_low
from reportgen.model.words import case_line, comparable, counted, line, or_zero

if TYPE_CHECKING:
    from reportgen.model.question import Question


POINT = Dim("fan_point")  # history, as-of, twelve months on
ENDING = Dim("fan_ending")
ENDINGS = ("bear", "base", "bull", "hype")
HISTORY = 60  # points of price history at the most
YEARS = 2

date = case_line("fan[{fan_point}].date", "Date", Unit.DATE, Linked(), POINT)
drawn_price = case_line("fan[{fan_point}].price", "Price", Unit.PER_SHARE, Linked(), POINT)


def _series(name: str) -> Line:
    return case_line(
        f"fan[{{fan_point}}].{name}", name.capitalize(), Unit.PER_SHARE, Linked(), POINT
    )


def _label(name: str) -> Line:
    return case_line(
        f"fan[{{fan_point}}].{name}_label",
        f"{name.capitalize()}, label",
        Unit.PER_SHARE,
        Linked(),
        POINT,
    )


series = {name: _series(name) for name in ENDINGS}
labels = {name: _label(name) for name in ENDINGS}

# --- where the labels stand: at the values, but never closer than a share of the range ---
end = case_line(
    "fan_ending[{fan_ending}]",
    "Value in 12 months",
    Unit.PER_SHARE,
    by(
        ENDING,
        bear=spot(value, "bear"),
        base=spot(value, "base"),
        bull=spot(value, "bull"),
        hype=hype_value,
    ),
    ENDING,
)
end_or_zero = case_line(
    "fan_ending[{fan_ending}].or_zero", "The same, 0 if n/a", Unit.PER_SHARE, or_zero(end), ENDING
)
end_key = case_line(
    "fan_ending[{fan_ending}].key", "The same in millionths", Unit.COUNT, comparable(end), ENDING
)
place = counted("fan_ending[{fan_ending}].place", "Place", ENDING)
order = case_line("fan_ending[{fan_ending}].order", "Order", Unit.COUNT, or_zero(place), ENDING)
rank = case_line(
    "fan_ending[{fan_ending}].rank",
    "Rank, lowest first",
    Unit.COUNT,
    rank_within(ENDING, smaller(end_key, above(order))),
    ENDING,
)
gap = case_line(
    "fan.gap",
    "Least distance of labels",
    Unit.PER_SHARE,
    policy("chart.label_gap") * maximum(largest(end, ENDING), or_zero(price)),
)
sorted_end = case_line(
    "fan_ending[{fan_ending}].sorted",
    "Values, lowest first",
    Unit.PER_SHARE,
    sum_where(ENDING, equal(each(rank), order), end_or_zero),
    ENDING,
)
spaced = case_line(
    "fan_ending[{fan_ending}].spaced",
    "The same, kept apart",
    Unit.PER_SHARE,
    maximum(sorted_end, previous("fan_ending[{fan_ending}].spaced", ENDING, 0) + or_zero(gap)),
    ENDING,
)
label_at = case_line(
    "fan_ending[{fan_ending}].label_at",
    "Height of the label",
    Unit.PER_SHARE,
    where(known(end), pick(spaced, ENDING, rank), NA),
    ENDING,
)


def _caption(name: str, worth: Node, chance: Node) -> Node:
    """Return the text behind the end of a line: name, value, probability."""
    return concat(f"{name} ", rounded(worth), " (", percent(chance, 0), ")")


fan_caption = case_line(
    "fan_ending[{fan_ending}].caption",
    "Label",
    Unit.TEXT,
    by(
        ENDING,
        bear=_caption("Bear", spot(value, "bear"), spot(scenario_probability, "bear")),
        base=_caption("Base", spot(value, "base"), spot(scenario_probability, "base")),
        bull=_caption("Bull", spot(value, "bull"), spot(scenario_probability, "bull")),
        hype=concat("Hype-adj. ", rounded(hype_value)),
    ),
    ENDING,
)


def drawn_days(days: list[str]) -> list[str]:
    """Return days of the last two years up to the newest, evenly thinned out if there are many."""
    if not days:
        return []
    first = f"{int(days[-1][:4]) - YEARS}{days[-1][4:]}"
    recent = [day for day in days if day >= first]
    every = -(-len(recent) // HISTORY)
    return recent[::-1][::every][::-1]


def ask_fan(question: Question) -> None:
    """Add the points: the newest closes, as-of, and twelve months on."""
    dated = drawn_days([name for name in question.members[CLOSE] if not is_spare(name)])
    question.members[ENDING] = ENDINGS
    question.dimension(POINT, (*dated, "as_of", "in 12 months"))
    ahead = months_before(as_of, -12)
    nothing = plotted(NA)
    question.links[date] = (*(spot(close_date, name) for name in dated), as_of, ahead)
    closes = (plotted(spot(close, name)) for name in dated)
    question.links[drawn_price] = (*closes, plotted(price), nothing)
    past = (nothing,) * len(dated)
    for name in ENDINGS:
        question.links[series[name]] = (*past, plotted(price), plotted(spot(end, name)))
        question.links[labels[name]] = (*past, nothing, plotted(spot(label_at, name)))


_TO = "\u00a0\u2013 "  # a line breaks behind it, never within a number
FIELD = Dim("field")
FIELDS = {
    "cases": "Cases",
    "sotp": "Sum of parts",
    "pe": "P/E",
    "targets": "Targets",
    "hype": "Hype-adj.",
    "year": "52 weeks",
}
close_of_year = line(
    "close[{close}].of_year",
    "Within 12 months",
    Unit.PER_SHARE,
    where(known(close_date), where(close_date > months_before(as_of, 12), close, NA), NA),
)


_ENDS = {
    "cases": (spot(value, "bear"), spot(value, "bull")),
    "sotp": (smallest(sotp_12m, SCENARIO), largest(sotp_12m, SCENARIO)),
    "pe": (smallest(pe_12m, SCENARIO), largest(pe_12m, SCENARIO)),
    "targets": (smallest(target, TARGET), largest(target, TARGET)),
    "hype": (hype_low, hype_high),
    "year": (smallest(close_of_year, CLOSE), largest(close_of_year, CLOSE)),
}


def _of(name: str, text: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"field[{{field}}].{name}", text, unit, expr, FIELD)


low = _of(
    "low", "Low", Unit.PER_SHARE, by(FIELD, **{name: ends[0] for name, ends in _ENDS.items()})
)
high = _of(
    "high", "High", Unit.PER_SHARE, by(FIELD, **{name: ends[1] for name, ends in _ENDS.items()})
)
foot = _of("foot", "Invisible foot", Unit.PER_SHARE, where(known(high), or_zero(low), 0))
reach = _of("reach", "Range", Unit.PER_SHARE, where(known(low) & known(high), high - low, 0))
price_line = _of("price", "Price", Unit.PER_SHARE, plotted(price))
expected_line = _of("expected", "Expected value", Unit.PER_SHARE, plotted(expected_value))
span = _of(
    "span",
    "Low to high",
    Unit.TEXT,
    where(
        is_small > 0,
        concat(cents(low), _TO, cents(high)),
        concat(fixed(low, 0), _TO, fixed(high, 0)),
    ),
)
football_caption = _of(
    "caption",
    "Label",
    Unit.TEXT,
    concat(
        by(FIELD, **FIELDS),
        " ",
        where(known(low) & known(high), span, "n/a"),
    ),
)


def ask_football(question: Question) -> None:
    """Set the rows of the field."""
    question.members[FIELD] = tuple(FIELDS)
