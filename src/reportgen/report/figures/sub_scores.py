"""Shown on Hype-adjusted: the sub-scores of hype with their reasons, and sorted for a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    by,
    concat,
    each,
    equal,
    fixed,
    pick,
    previous,
    sum_where,
    where,
)
from reportgen.expr.nodes import Dim
from reportgen.expr.units import Unit
from reportgen.model.dims import SUB_SCORE, SUB_SCORES
from reportgen.model.hype_score import exists, sub
from reportgen.model.ordering import above, larger, rank_within
from reportgen.model.words import case_line, line, or_zero

if TYPE_CHECKING:
    from reportgen.model.question import Question

PLACE = Dim("hype_place")  # in the chart, the highest first

name = line(
    "hype.sub_name[{sub}]",
    "Sub-score",
    Unit.TEXT,
    by(
        SUB_SCORE,
        optimism="Optimism",
        staleness="Staleness",
        dispersion="Dispersion",
        runup="Run-up",
        launch="Launch",
        premium="Premium",
        expectations="Expectations",
        sources="Sources",
        vendor="Vendor call",
    ),
)
reason = line(
    "hype.sub_reason[{sub}]",
    "What it measures, or why it is n/a",
    Unit.TEXT,
    where(
        exists > 0,
        by(
            SUB_SCORE,
            optimism="return implied by targets at issue, above cost of equity",
            staleness="age of the targets in use",
            dispersion="spread of the targets around their mean",
            runup="rise in six months that estimates do not back",
            launch="part of the launch-day gain that its value does not cover",
            premium="own P/E over the peers'",
            expectations="growth priced in, above growth delivered",
            sources="unreliability of the sources cited",
            vendor="a vendor's call, above a calibrated one",
        ),
        by(
            SUB_SCORE,
            optimism="n/a: no target, or no close at the issue of one",
            staleness="n/a: no target in use",
            dispersion="n/a: too few targets",
            runup="n/a: close, benchmark or estimate of six months ago missing",
            launch="n/a: no launch in the last year, or no gain on the day",
            premium="n/a: no positive earnings, or no P/E of peers",
            expectations="n/a: growth priced in or delivered is n/a",
            sources="n/a: no source is cited",
            vendor="n/a: no call, or it has expired",
        ),
    ),
)

# --- sorted, the highest first; those that are n/a last ---
counter = line(
    "hype.sub_counter[{sub}]",
    "Counter",
    Unit.COUNT,
    previous("hype.sub_counter[{sub}]", SUB_SCORE, 0) + 1,
)
number = line("hype.sub_number[{sub}]", "No.", Unit.COUNT, or_zero(counter))
sort_key = line(
    "hype.sub_sort_key[{sub}]", "Sorted by", Unit.NUMBER, where(exists > 0, or_zero(sub), -1)
)
place = line(
    "hype.sub_place[{sub}]",
    "Place",
    Unit.COUNT,
    rank_within(SUB_SCORE, larger(sort_key, above(number))),
)
place_number = case_line(
    "hype.place[{hype_place}].number",
    "Place",
    Unit.COUNT,
    previous("hype.place[{hype_place}].number", PLACE, 0) + 1,
    PLACE,
)
place_of = case_line(
    "hype.place[{hype_place}].sub",
    "No. of the sub-score",
    Unit.COUNT,
    sum_where(SUB_SCORE, equal(each(place), place_number), number),
    PLACE,
)
place_exists = case_line(
    "hype.place[{hype_place}].exists",
    "Exists",
    Unit.FLAG,
    pick(exists, SUB_SCORE, place_of),
    PLACE,
)
place_score = case_line(
    "hype.place[{hype_place}].score",
    "Sub-score",
    Unit.SCORE,
    where(or_zero(place_exists) > 0, pick(sub, SUB_SCORE, place_of), 0),
    PLACE,
)
place_unknown = case_line(
    "hype.place[{hype_place}].unknown",
    "Not measured",
    Unit.SCORE,
    where(or_zero(place_exists) > 0, 0, 100),
    PLACE,
)
place_label = case_line(
    "hype.place[{hype_place}].label",
    "Label",
    Unit.TEXT,
    concat(
        pick(name, SUB_SCORE, place_of),
        " ",
        where(or_zero(place_exists) > 0, fixed(place_score, 0), "n/a"),
    ),
    PLACE,
)


def ask(question: Question) -> None:
    """Add the places of the sorted chart, the highest first."""
    question.members[PLACE] = tuple(str(k + 1) for k in range(len(SUB_SCORES)))
