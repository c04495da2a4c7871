"""Targets as they are drawn and compared: every known one, not only those in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    absolute,
    by,
    concat,
    fixed,
    known,
    largest,
    months_before,
    percent,
    plotted,
    smallest,
    where,
)
from reportgen.expr.nodes import NA, Dim, Number, Unit
from reportgen.model.dims import TARGET
from reportgen.model.hype import price_targets
from reportgen.model.inputs.description import as_of, price_currency
from reportgen.model.market import price
from reportgen.model.sentences import cents
from reportgen.model.words import case_line, line

if TYPE_CHECKING:
    from reportgen.model.question import Question


EDGE = Dim("edge")  # where the line of the consensus begins and ends
EDGES = ("start", "end")


def ask(question: Question) -> None:
    """Set the members of its dimension."""
    question.members.update({EDGE: EDGES})


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
    by(EDGE, start=months_before(as_of, 12), end=as_of + Number(12) * 2),
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
        fixed(price_targets.count, 0),
        where(price_targets.count > 1, " targets: ", " target: "),
    ),
)
said_upside = line(
    "targets.said.upside",
    "Said of the price",
    Unit.TEXT,
    where(
        known(price_targets.consensus_upside),
        concat(
            percent(absolute(price_targets.consensus_upside), 1),
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
        concat(said_count, price_currency, " ", cents(price_targets.consensus), ", ", said_upside),
        "No target in use: consensus is n/a",
    ),
)
