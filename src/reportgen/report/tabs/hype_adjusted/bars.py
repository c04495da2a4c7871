"""The waterfall of Hype-adjusted: its bars, their amounts and their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import at, by, concat, fixed, known, where
from reportgen.expr.nodes import NA, Dim, Unit
from reportgen.model import requested
from reportgen.model.dims import COMPONENT, COMPONENTS
from reportgen.model.hype.adjusted_value import (
    allowance,
    haircut,
    hype_value,
    is_ok,
    narrative_gap,
    start,
    state,
)
from reportgen.model.words import case_line, counted, or_zero
from reportgen.report.waterfall import is_end, waterfall

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node
    from reportgen.model.question import Question


BAR = Dim("hype_bar")
_LARGE = 1000  # from which amounts are told without decimals
BARS = ("start", "narrative_gap", "optimism", "staleness", "runup", "launch", "allowance", "value")


def ask(question: Question) -> None:
    """Add the bars of the waterfall, from left to right: one of a launch where there is one."""
    has_launch = requested.launch(question)
    question.members[BAR] = tuple(bar for bar in BARS if has_launch or bar != "launch")


def _known_haircut(component: str) -> Node:
    """Return a component's amount, n/a unless it is ok and there is a value."""
    measured = (at(is_ok, COMPONENT, component) > 0) & known(hype_value)
    return where(measured, at(haircut, COMPONENT, component), NA)


def _lack(component: str) -> Node:
    """Return why a component has no amount: off, not applicable or n/a."""
    return where(at(is_ok, COMPONENT, component) > 0, "n/a", at(state, COMPONENT, component))


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
bar_place = counted("hype.waterfall.place[{hype_bar}]", "Place", BAR)
bar_is_total = case_line(
    "hype.waterfall.is_total[{hype_bar}]",
    "Stands on zero",
    Unit.FLAG,
    is_end(bar_place),
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


bar_step = case_line(
    "hype.waterfall.step[{hype_bar}]",
    "Amount of a step, n/a where there is none",
    Unit.PER_SHARE,
    by(
        BAR,
        start=start,
        narrative_gap=narrative_gap,
        **{name: _known_haircut(name) for name in COMPONENTS},
        allowance=where(known(hype_value), allowance, NA),
        value=hype_value,
    ),
    BAR,
)
bar_number = case_line(
    "hype.waterfall.number[{hype_bar}]",
    "Amount in words",
    Unit.TEXT,
    where(
        or_zero(start) >= _LARGE,
        fixed(bar_step, 0),
        fixed(bar_step, 2),
    ),
    BAR,
)
bar_name = case_line(
    "hype.waterfall.name[{hype_bar}]",
    "Step",
    Unit.TEXT,
    by(
        BAR,
        start=where(or_zero(narrative_gap) > 0, "Bull narrative", "Consensus"),
        narrative_gap="Narrative gap",
        optimism="Optimism",
        staleness="Staleness",
        runup="Run-up",
        launch="Launch",
        allowance="Allowance",
        value="Hype-adjusted",
    ),
    BAR,
)
bar_lack = case_line(
    "hype.waterfall.lack[{hype_bar}]",
    "What stands where there is no amount",
    Unit.TEXT,
    by(
        BAR,
        start="n/a",
        narrative_gap="n/a",
        **{name: _lack(name) for name in COMPONENTS},
        allowance="n/a",
        value="n/a",
    ),
    BAR,
)
bar_label = case_line(
    "hype.waterfall.label[{hype_bar}]",
    "Label",
    Unit.TEXT,
    where(
        known(bar_step),
        concat(bar_name, " ", where((bar_is_total < 1) & (bar_step > 0), "-", ""), bar_number),
        concat(bar_name, " ", bar_lack),
    ),
    BAR,
)
