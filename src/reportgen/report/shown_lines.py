"""Add to a question what exists only to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.report.tabs import (
    cases,
    competitors,
    evidence,
    growth,
    history,
    hype_adjusted,
    inputs,
    prices_targets,
    summary,
    valuation,
)
from reportgen.report.tabs.cases import lines as case_lines
from reportgen.report.tabs.competitors import lines as competitor_lines
from reportgen.report.tabs.competitors import peers
from reportgen.report.tabs.growth import estimates
from reportgen.report.tabs.growth import lines as growth_lines
from reportgen.report.tabs.history import lines as history_lines
from reportgen.report.tabs.history import trail
from reportgen.report.tabs.hype_adjusted import bars as hype_bars
from reportgen.report.tabs.hype_adjusted import lines as hype_lines
from reportgen.report.tabs.inputs import lines as input_lines
from reportgen.report.tabs.prices_targets import lines as target_lines
from reportgen.report.tabs.summary import ahead, events, ranges
from reportgen.report.tabs.summary import lines as summary_lines
from reportgen.report.tabs.valuation import lines as valuation_lines

if TYPE_CHECKING:
    from reportgen.facts.pack import Pack
    from reportgen.model.question import Question

LINES = (
    *summary.LINES,
    *cases.LINES,
    *hype_adjusted.LINES,
    *valuation.LINES,
    *prices_targets.LINES,
    *growth.LINES,
    *competitors.LINES,
    *evidence.LINES,
    *inputs.LINES,
)
# What rows of the pack say beside the model
KNOWN = (input_lines.know, peers.know, events.know, estimates.know)
# What depends on the company; others count on the members of the drivers
ASKED = (
    case_lines.ask_drivers,
    case_lines.ask_bars,
    ranges.ask_fan,
    ranges.ask_football,
    hype_bars.ask,
    input_lines.ask,
    growth_lines.ask_newest,
    competitor_lines.ask,
    target_lines.ask,
    growth_lines.ask_periods,
    hype_lines.ask,
    summary_lines.ask_issued,
    ahead.ask,
    valuation_lines.ask,
)


def add_shown_lines(question: Question, pack: Pack) -> None:
    """Add every line of the tabs, and what depends on the company."""
    question.lines.extend(LINES)
    question.sort()
    for know in KNOWN:
        know(question, pack)
    if pack.rows.history:
        question.lines.extend(history.LINES)
        history_lines.know(question, pack)
        trail.know(question)
    for ask in ASKED:
        ask(question)
    question.blank_rest()
    question.sort()
