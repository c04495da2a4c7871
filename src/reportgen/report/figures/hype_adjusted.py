"""Shown on Hype-adjusted: what became of each target and component, and the waterfall's bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import at, by, concat, fixed, known, same, where
from reportgen.expr.nodes import Dim
from reportgen.expr.units import Unit
from reportgen.model.dims import COMPONENT
from reportgen.model.hype import (
    allowance,
    brokers,
    computed,
    consensus,
    count,
    haircut,
    hype_value,
    is_ok,
    narrative_gap,
    start,
    state,
)
from reportgen.model.words import case_line, line, or_zero
from reportgen.report.figures.waterfall import waterfall

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question

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

# --- the waterfall ---
BAR = Dim("hype_bar")
BARS = ("start", "narrative_gap", "optimism", "staleness", "runup", "launch", "allowance", "value")


def ask(question: Question) -> None:
    """Add the bars of the waterfall, from left to right."""
    question.members[BAR] = BARS


def _haircut(component: str) -> Node:
    """Return a component's signed step; 0 where there is no value to step down to."""
    return where(known(hype_value), -at(haircut, COMPONENT, component), 0)


bar_amount = case_line(
    "hype.waterfall.amount[{hype_bar}]",
    "Amount",
    Unit.PER_SHARE,
    by(
        BAR,
        start=or_zero(start),
        narrative_gap=-or_zero(narrative_gap),
        optimism=_haircut("optimism"),
        staleness=_haircut("staleness"),
        runup=_haircut("runup"),
        launch=_haircut("launch"),
        allowance=where(known(hype_value), -allowance, 0),
        value=or_zero(hype_value),
    ),
    BAR,
)
bar_is_total = case_line(
    "hype.waterfall.is_total[{hype_bar}]",
    "Stands on zero",
    Unit.FLAG,
    by(BAR, **{bar: 1 if bar in {"start", "value"} else 0 for bar in BARS}),
    BAR,
)
bars = waterfall("hype.waterfall", BAR, bar_amount, bar_is_total)
(
    bar_before,
    bar_after,
    bar_blank,
    bar_total,
    bar_rise_above,
    bar_rise_below,
    bar_fall_above,
    bar_fall_below,
) = bars


def _level(name: str, level: Node) -> Node:
    """Return the label of a bar that stands on zero."""
    return where(known(level), concat(f"{name} ", fixed(level, 2)), f"{name} n/a")


def _taken(name: str, step: Line) -> Node:
    """Return the label of a deduction, with a minus sign where there is one."""
    sign = where(step > 0, "-", "")
    return where(known(step), concat(f"{name} ", sign, fixed(step, 2)), f"{name} n/a")


def _component(name: str, member: str) -> Node:
    """Return a component's label: its amount, or why there is none."""
    amount = concat(f"{name} -", fixed(at(haircut, COMPONENT, member), 2))
    reason = concat(f"{name} ", at(state, COMPONENT, member))
    return where((at(is_ok, COMPONENT, member) > 0) & known(hype_value), amount, reason)


bar_label = case_line(
    "hype.waterfall.label[{hype_bar}]",
    "Label",
    Unit.TEXT,
    by(
        BAR,
        start=where(
            or_zero(narrative_gap) > 0,
            _level("Bull narrative", start),
            _level("Consensus", consensus),
        ),
        narrative_gap=_taken("Narrative gap", narrative_gap),
        optimism=_component("Optimism", "optimism"),
        staleness=_component("Staleness", "staleness"),
        runup=_component("Run-up", "runup"),
        launch=_component("Launch", "launch"),
        allowance=where(known(hype_value), _taken("Allowance", allowance), "Allowance n/a"),
        value=_level("Hype-adjusted", hype_value),
    ),
    BAR,
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
            concat("mean of ", count, " averages of brokers: no broker's own target"),
        ),
        "no target in use",
    ),
)
