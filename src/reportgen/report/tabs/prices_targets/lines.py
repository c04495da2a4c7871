"""Targets as they are drawn and compared: every known one, not only those in use."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    by,
    concat,
    known,
    largest,
    maximum,
    months_before,
    percent,
    plotted,
    same,
    smallest,
    where,
)
from reportgen.expr.functions import as_of as value_on
from reportgen.expr.nodes import NA, Dim, Number, Unit
from reportgen.model.dims import BENCHMARK, CLOSE, TARGET
from reportgen.model.hype import price_targets
from reportgen.model.inputs.description import as_of
from reportgen.model.inputs.market_data import (
    benchmark_close,
    benchmark_date,
    close,
    close_date,
)
from reportgen.model.market import price
from reportgen.model.number_text import cents, money
from reportgen.model.words import case_line, given, line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.model.question import Question


EDGE = Dim("edge")  # where the line of the consensus begins and ends
EDGES = ("start", "end")


def ask(question: Question) -> None:
    """Set the members of its dimension."""
    question.members.update({EDGE: EDGES})
    ask_houses(question)


# --- beside each target ---
_ROW = "target[{target}]"
per_share = line(
    f"{_ROW}.per_share",
    "Per listed share, 12 months",
    Unit.PER_SHARE,
    where(price_targets.is_known > 0, price_targets.in_a_year, NA),
    note="in price currency at the as-of rate, other horizons discounted to 12 months",
)
against_issue = line(
    f"{_ROW}.against_issue",
    "Against the close at issue",
    Unit.CHANGE,
    per_share / price_targets.close_at_issue - 1,
)
against_price = line(
    f"{_ROW}.against_price", "Against the price now", Unit.CHANGE, per_share / price - 1
)
drawn_day = line(
    f"{_ROW}.plot.day",
    "Day drawn",
    Unit.DATE,
    where(known(price_targets.published), price_targets.published, as_of),
)
drawn_in_use = line(
    f"{_ROW}.plot.in_use", "Target in use", Unit.PER_SHARE, plotted(price_targets.target)
)
drawn_other = line(
    f"{_ROW}.plot.other",
    "Superseded or too old",
    Unit.PER_SHARE,
    plotted(where(price_targets.in_use > 0, NA, per_share)),
)

# --- the consensus as a line across the last year ---
# It ends a little after as-of, so that its name stands free of the newest targets
edge_day = case_line(
    "plot.consensus[{edge}].day",
    "Day",
    Unit.DATE,
    by(EDGE, start=months_before(as_of, 12), end=months_before(as_of, -1)),
    EDGE,
)
edge_consensus = case_line(
    "plot.consensus[{edge}]", "Consensus", Unit.PER_SHARE, plotted(price_targets.consensus), EDGE
)
consensus_name = line(
    "plot.consensus.name",
    "Name of the line",
    Unit.TEXT,
    concat("Consensus ", cents(price_targets.consensus)),
)

# --- the share and its benchmark from a common day, which is 100 ---
_INDEX = Number(100)
index_start = line(
    "plot.index.start",
    "First day of the index",
    Unit.DATE,
    maximum(
        months_before(months_before(as_of, 12), 12),
        maximum(smallest(close_date, CLOSE), smallest(benchmark_date, BENCHMARK)),
    ),
)


class Indexed(NamedTuple):
    """A series from a common day on, which is 100: its days and its levels, as they are drawn."""

    day: Line
    level: Line


def _indexed(name: str, label: str, days: Line, values: Line) -> Indexed:
    first = line(
        f"plot.index.{name}",
        f"{label} on that day",
        Unit.NUMBER,
        value_on(days, values, index_start),
    )
    is_drawn = known(days) & (days >= index_start)
    return Indexed(
        line(
            f"{values.key}.index_day",
            f"{label}: day of the index",
            Unit.DATE,
            plotted(where(is_drawn, days, NA)),
        ),
        line(
            f"{values.key}.index",
            f"{label}, first day 100",
            Unit.NUMBER,
            plotted(where(is_drawn, _INDEX * values / first, NA)),
        ),
    )


close_index = _indexed("close", "Close", close_date, close)
benchmark_index = _indexed("benchmark", "Benchmark", benchmark_date, benchmark_close)

# --- the targets of each house over time ---
HOUSE = Dim("house")
MOST_HOUSES = 8  # that a chart can tell apart
house_name = given("house[{house}].name", "House", Unit.TEXT, HOUSE)
of_house = case_line(
    f"{_ROW}.of_house[{{house}}]",
    "Targets of the house",
    Unit.PER_SHARE,
    plotted(where(same(price_targets.broker, house_name), per_share, NA)),
    TARGET,
    HOUSE,
)


def ask_houses(question: Question) -> None:
    """Add the brokers with the most targets known, in the order of their names."""
    targets = zip(
        question.given[price_targets.broker],
        question.given[price_targets.published],
        question.given[price_targets.kind],
        strict=True,
    )
    named = [
        str(name)
        for name, day, kind in targets
        if day <= question.case.as_of_serial and str(kind).casefold() != "aggregate"
    ]
    spelled = {name.casefold(): name for name in named}
    count = Counter(name.casefold() for name in named)
    most_first = sorted(count, key=lambda name: (-count[name], name))
    shown = sorted(spelled[name] for name in most_first[:MOST_HOUSES])
    question.dimension(HOUSE, (str(k + 1) for k, _ in enumerate(shown)))
    question.give(house_name, shown)


# --- what the targets say together ---
highest = line(
    "targets.highest",
    "Highest target in use",
    Unit.PER_SHARE,
    largest(price_targets.target, TARGET),
)
lowest = line(
    "targets.lowest", "Lowest target in use", Unit.PER_SHARE, smallest(price_targets.target, TARGET)
)
newest_age = line(
    "targets.newest_age",
    "Age of the newest known target",
    Unit.DAYS,
    smallest(price_targets.age, TARGET),
)
said_count = line(
    "targets.said.count",
    "Said of their number",
    Unit.TEXT,
    concat(
        "Consensus of ",
        price_targets.count,
        where(price_targets.count > 1, " targets: ", " target: "),
    ),
)
said_consensus = line(
    "targets.said.consensus", "Said of consensus", Unit.TEXT, money(price_targets.consensus)
)
said_distance = line(
    "targets.said.distance",
    "Said of how far from the price",
    Unit.TEXT,
    percent(absolute(price_targets.consensus_upside), 1),
)
said_upside = line(
    "targets.said.upside",
    "Said of the price",
    Unit.TEXT,
    where(
        known(price_targets.consensus_upside),
        concat(
            said_distance,
            where(price_targets.consensus_upside < 0, " below", " above"),
            " the price",
        ),
        "n/a against the price",
    ),
)
headline = line(
    "targets.headline",
    "What the targets say",
    Unit.TEXT,
    where(
        known(price_targets.consensus_upside),
        concat(said_count, said_consensus, ", ", said_upside),
        "No target in use: consensus is n/a",
    ),
)
