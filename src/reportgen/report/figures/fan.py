"""The risk-reward fan: the price so far, and where each case puts it in twelve months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    by,
    concat,
    each,
    equal,
    known,
    largest,
    maximum,
    months_before,
    percent,
    pick,
    plotted,
    previous,
    spot,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Linked, Node, Unit, node
from reportgen.model.dims import CLOSE
from reportgen.model.hype.adjusted_value import hype_value
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.inputs.market_data import close, close_date
from reportgen.model.market import price
from reportgen.model.ordering import above, rank_within, smaller
from reportgen.model.phrases import rounded
from reportgen.model.valuation import scenario_probability, value
from reportgen.model.words import case_line, comparable, or_zero

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
order = case_line(
    "fan_ending[{fan_ending}].order",
    "Order",
    Unit.COUNT,
    by(ENDING, bear=1, base=2, bull=node(1) + 2, hype=node(2) + 2),
    ENDING,
)
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


caption = case_line(
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


def _history(days: list[str]) -> list[str]:
    """Return days of the last two years up to the newest, evenly thinned out if there are many."""
    if not days:
        return []
    first = f"{int(days[-1][:4]) - YEARS}{days[-1][4:]}"
    recent = [day for day in days if day >= first]
    every = -(-len(recent) // HISTORY)
    return recent[::-1][::every][::-1]


def ask(question: Question) -> None:
    """Add the points: the newest closes, as-of, and twelve months on."""
    dated = _history([name for name in question.members[CLOSE] if name != "-"])
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
