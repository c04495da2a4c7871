"""The lines of Hype-adjusted: what became of each component and target, and the sub-scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    by,
    concat,
    fixed,
    given_text,
    known,
    same,
    where,
)
from reportgen.expr.nodes import Dim, Unit
from reportgen.model import requested
from reportgen.model.dims import COMPONENT, SUB_SCORE, SUB_SCORES
from reportgen.model.hype.adjusted_value import computed, state
from reportgen.model.hype.components import (
    after_runup,
    benchmark_at_issue,
    benchmark_before,
    close_before,
    estimate_change,
    launch_part,
    runup,
    unbacked,
)
from reportgen.model.hype.price_targets import (
    broker,
    brokers,
    candidate,
    close_at_issue,
    count,
    currency,
    day,
    in_use,
    is_known,
    newest,
    per_share,
    rate,
    set_aside,
    stated,
    subunits,
    target,
)
from reportgen.model.hype_score import NAMES, exists, sub
from reportgen.model.inputs.assumptions import hype_max_target_age, hype_switch_launch
from reportgen.model.market import price
from reportgen.model.ranks import above, larger, rank_within, ranked
from reportgen.model.words import counted, given, line, or_zero

if TYPE_CHECKING:
    from reportgen.model.question import Question


of_averages = line(
    "hype.of_averages",
    "Consensus where no broker has a target",
    Unit.TEXT,
    concat("mean of ", count, " averages of brokers: no broker's own target"),
)
basis = line(
    "hype.basis",
    "What consensus is made of",
    Unit.TEXT,
    where(
        count > 0,
        where(
            brokers > 0,
            concat("mean of the newest target of ", brokers, " brokers"),
            of_averages,
        ),
        "no target in use",
    ),
)

# --- what became of each component ---
coverage_words = line(
    "hype.coverage_words[{component}]",
    "Computed for",
    Unit.TEXT,
    concat(computed, " of ", count),
)
component_meaning = line(
    "hype.component_meaning[{component}]",
    "What it takes off",
    Unit.TEXT,
    by(
        COMPONENT,
        optimism="targets run ahead of outcomes",
        staleness="old targets are not cut after bad news",
        runup="a rise that estimates do not back",
        launch="what the market paid beyond the launch's value",
    ),
)
component_lack = line(
    "hype.component_lack[{component}]",
    "What it lacks",
    Unit.TEXT,
    where(
        count > 0,
        by(
            COMPONENT,
            optimism="no close at issue for most targets",
            staleness="no price, or no half-life",
            runup="closes, benchmark or estimates missing for most targets",
            launch="the launch's overpricing is n/a",
        ),
        "no target in use",
    ),
)
component_reason = line(
    "hype.component_reason[{component}]",
    "What it takes off, or why it does not",
    Unit.TEXT,
    where(
        same(state, "ok"),
        component_meaning,
        where(
            same(state, "n/a"),
            component_lack,
            where(same(state, "off"), "switched off on Inputs", "no target since a launch"),
        ),
    ),
)


PLACE = Dim("hype_place")  # in the chart, the highest first

name = line(
    "hype.sub_name[{sub}]",
    "Sub-score",
    Unit.TEXT,
    by(
        SUB_SCORE,
        **NAMES,
    ),
)
meaning = line(
    "hype.sub_meaning[{sub}]",
    "What it measures",
    Unit.TEXT,
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
)
lack = line(
    "hype.sub_lack[{sub}]",
    "Why it is n/a",
    Unit.TEXT,
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
)
reason = line(
    "hype.sub_reason[{sub}]",
    "What it measures, or why it is n/a",
    Unit.TEXT,
    where(exists > 0, meaning, lack),
)

# --- sorted, the highest first; then those that are n/a, those not asked for last of all ---
is_asked = given("hype.sub_asked[{sub}]", "Asked for", Unit.FLAG, SUB_SCORE)
counter = counted("hype.sub_counter[{sub}]", "Counter", SUB_SCORE)
number = line("hype.sub_number[{sub}]", "No.", Unit.COUNT, or_zero(counter))
sort_key = line(
    "hype.sub_sort_key[{sub}]",
    "Sorted by",
    Unit.NUMBER,
    where(exists > 0, or_zero(sub), where(or_zero(is_asked) > 0, -1, -2)),
)
place = line(
    "hype.sub_place[{sub}]",
    "Place",
    Unit.COUNT,
    rank_within(SUB_SCORE, larger(sort_key, above(number))),
)
places = ranked("hype.place[{hype_place}]", PLACE, place, number)
place_exists = places.line("exists", "Exists", Unit.FLAG, places.picked(exists))
_is_there = or_zero(place_exists) > 0
place_score = places.line("score", "Sub-score", Unit.SCORE, where(_is_there, places.picked(sub), 0))
place_unknown = places.line("unknown", "Not measured", Unit.SCORE, where(_is_there, 0, 100))
place_name = places.line("name", "Sub-score", Unit.TEXT, places.picked(name))
place_label = places.line(
    "label",
    "Label",
    Unit.TEXT,
    concat(place_name, " ", where(_is_there, fixed(place_score, 0), "n/a")),
)


def ask(question: Question) -> None:
    """Add which sub-scores the pack asks for, and the places of these, the highest first."""
    asked = requested.sub_scores(question)
    question.give(is_asked, [float(name in asked) for name in SUB_SCORES])
    question.members[PLACE] = tuple(str(k + 1) for k in range(len(asked)))


_ROW = "target[{target}]"
after_launch = line(
    f"{_ROW}.after_launch",
    "After 4: before cap and allowance",
    Unit.PER_SHARE,
    after_runup - where(hype_switch_launch > 0, or_zero(launch_part), 0),
)
after_upside = line(
    f"{_ROW}.after_upside", "After 4, against the price", Unit.CHANGE, after_launch / price - 1
)
measured = line(
    f"{_ROW}.measured",
    "How it is used",
    Unit.TEXT,
    where(
        known(target),
        where(known(runup), "in use", "in use; run-up not measured"),
        "n/a",
    ),
)
unreadable = line(
    f"{_ROW}.unreadable",
    "Why it cannot be read",
    Unit.TEXT,
    where(
        known(subunits),
        where(known(rate), "which share?", concat("no rate of ", currency)),
        concat("not a currency: ", currency),
    ),
)
why_aside = line(
    f"{_ROW}.why_aside",
    "Why it is set aside",
    Unit.TEXT,
    concat(
        "set aside: ",
        where(
            or_zero(set_aside) > 0,
            where(known(per_share), "too far from its close", unreadable),
            "brokers stand before averages",
        ),
    ),
)
too_old = line(
    "hype.too_old",
    "Why an old target is not in use",
    Unit.TEXT,
    concat("expired: older than ", hype_max_target_age, " days"),
)
newest_unused = line(
    f"{_ROW}.newest_unused",
    "Why the newest is not in use",
    Unit.TEXT,
    where(candidate < 1, too_old, why_aside),
)
passed_over = line(
    f"{_ROW}.passed_over",
    "Why it is not in use",
    Unit.TEXT,
    where(newest < 1, "superseded by a newer one", newest_unused),
)
undated = line(
    f"{_ROW}.undated",
    "Not known yet, or why never",
    Unit.TEXT,
    where(known(day), "not known yet", "set aside: no day of publication"),
)
waiting = line(
    f"{_ROW}.waiting",
    "Why it is not known",
    Unit.TEXT,
    where(known(stated) | given_text(broker), undated, "spare row"),
)
standing = line(
    f"{_ROW}.standing",
    "What became of it",
    Unit.TEXT,
    where(in_use > 0, measured, where(is_known > 0, passed_over, waiting)),
)
estimate_missing = line(
    f"{_ROW}.estimate_missing",
    "What the run-up lacks beside closes",
    Unit.TEXT,
    where(
        known(estimate_change),
        "n/a: no return of the launch",
        "n/a: no positive EPS estimate six months before",
    ),
)
beside_closes = line(
    f"{_ROW}.beside_closes",
    "What the run-up lacks where there are closes",
    Unit.TEXT,
    where(
        known(benchmark_at_issue + benchmark_before),
        estimate_missing,
        "n/a: no benchmark on those days",
    ),
)
runup_missing = line(
    f"{_ROW}.runup_missing",
    "What the run-up lacks",
    Unit.TEXT,
    where(
        known(close_at_issue + close_before),
        beside_closes,
        "n/a: no close at issue or six months before",
    ),
)
runup_backed = line(
    f"{_ROW}.runup_backed",
    "Whether estimates back the run-up",
    Unit.TEXT,
    where(
        unbacked > 0,
        where(runup > 0, "not all backed by estimates", "given back since"),
        "backed by estimates, or none",
    ),
)
runup_reason = line(
    f"{_ROW}.runup_reason",
    "What the run-up is",
    Unit.TEXT,
    where(in_use < 1, "not in use", where(known(runup), runup_backed, runup_missing)),
)
