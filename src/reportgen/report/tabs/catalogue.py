"""Every tab: its name, its layout, and the lines that exist only for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reportgen.report.tabs import (
    cases,
    checks,
    competitors,
    evidence,
    growth,
    history,
    hype_adjusted,
    inputs,
    prices_targets,
    sensitivity,
    summary,
    valuation,
)
from reportgen.report.tabs.cases import layout as cases_layout
from reportgen.report.tabs.cases import lines as case_lines
from reportgen.report.tabs.competitors import layout as competitors_layout
from reportgen.report.tabs.competitors import lines as competitor_lines
from reportgen.report.tabs.competitors import peers
from reportgen.report.tabs.evidence import layout as evidence_layout
from reportgen.report.tabs.growth import estimates
from reportgen.report.tabs.growth import layout as growth_layout
from reportgen.report.tabs.growth import lines as growth_lines
from reportgen.report.tabs.history import layout as history_layout
from reportgen.report.tabs.history import lines as history_lines
from reportgen.report.tabs.history import trail
from reportgen.report.tabs.hype_adjusted import bars as hype_bars
from reportgen.report.tabs.hype_adjusted import layout as hype_layout
from reportgen.report.tabs.hype_adjusted import lines as hype_lines
from reportgen.report.tabs.inputs import layout as inputs_layout
from reportgen.report.tabs.inputs import lines as input_lines
from reportgen.report.tabs.prices_targets import layout as targets_layout
from reportgen.report.tabs.prices_targets import lines as target_lines
from reportgen.report.tabs.summary import ahead, events, ranges
from reportgen.report.tabs.summary import layout as summary_layout
from reportgen.report.tabs.summary import lines as summary_lines
from reportgen.report.tabs.valuation import layout as valuation_layout
from reportgen.report.tabs.valuation import lines as valuation_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.expr.nodes import Line
    from reportgen.facts.pack import Pack
    from reportgen.model.question import Question
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


class Purpose(StrEnum):
    """What a tab is for, by the colour of charts that its own is taken from."""

    ANSWERS = "expected"
    ENGINE = "accent"
    EVIDENCE = "up"
    PLUMBING = "muted"


def _always(_: Pack) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class TabEntry:
    """A tab: what it is called and for, how it is laid out, and what exists only for it.

    `lines` are those that it prints beside the model, () for none; `know` gives what rows of the
    pack say beside the model; `ask` adds what depends on the company; a pack for which `is_asked`
    says no has no such tab.
    """

    title: str
    purpose: Purpose
    build: Callable[[Tab, Context], None]
    lines: tuple[Line, ...]
    know: tuple[Callable[[Question, Pack], None], ...] = ()
    ask: tuple[Callable[[Question], None], ...] = ()
    is_asked: Callable[[Pack], bool] = _always


SUMMARY = "Summary"
HISTORY = "Track record"  # Excel keeps the name History for itself
# In the order of the workbook
TABS: tuple[TabEntry, ...] = (
    TabEntry(
        SUMMARY,
        Purpose.ANSWERS,
        summary_layout.build,
        summary.LINES,
        (events.know,),
        (ranges.ask_fan, ranges.ask_football, summary_lines.ask_issued, ahead.ask),
    ),
    TabEntry(
        "Bull",
        Purpose.ANSWERS,
        cases_layout.build_bull,
        cases.LINES,  # of all three
        ask=(case_lines.ask_drivers, case_lines.ask_bars),
    ),
    TabEntry("Base", Purpose.ANSWERS, cases_layout.build_base, ()),
    TabEntry("Bear", Purpose.ANSWERS, cases_layout.build_bear, ()),
    TabEntry(
        "Hype-adjusted",
        Purpose.ANSWERS,
        hype_layout.build,
        hype_adjusted.LINES,
        ask=(hype_bars.ask, hype_lines.ask),
    ),
    TabEntry(
        "Valuation",
        Purpose.ENGINE,
        valuation_layout.build,
        valuation.LINES,
        ask=(valuation_lines.ask,),
    ),
    TabEntry("Sensitivity", Purpose.ENGINE, sensitivity.build, ()),
    TabEntry(
        "Prices & targets",
        Purpose.EVIDENCE,
        targets_layout.build,
        prices_targets.LINES,
        ask=(target_lines.ask,),
    ),
    TabEntry(
        HISTORY,
        Purpose.EVIDENCE,
        history_layout.build,
        history.LINES,
        (history_lines.know,),
        (trail.ask,),
        is_asked=history_lines.is_asked,
    ),
    TabEntry(
        "Growth",
        Purpose.EVIDENCE,
        growth_layout.build,
        growth.LINES,
        (estimates.know,),
        (growth_lines.ask_newest, growth_lines.ask_periods),
    ),
    TabEntry(
        "Competitors",
        Purpose.EVIDENCE,
        competitors_layout.build,
        competitors.LINES,
        (peers.know,),
        (competitor_lines.ask,),
    ),
    TabEntry("Evidence", Purpose.EVIDENCE, evidence_layout.build, evidence.LINES),
    TabEntry(
        "Inputs",
        Purpose.EVIDENCE,
        inputs_layout.build,
        inputs.LINES,
        (input_lines.know,),
        (input_lines.ask,),
    ),
    TabEntry("Checks", Purpose.PLUMBING, checks.build, ()),
)
# What every tab prints beside the model, whatever the pack
LINES = tuple(line for tab in TABS for line in tab.lines)


def add_shown_lines(question: Question, pack: Pack) -> None:
    """Add to a question what exists only to be shown, and what of it depends on the company."""
    # what only some packs have comes behind what all have
    tabs = sorted(TABS, key=lambda tab: tab.is_asked is not _always)
    asked = [tab for tab in tabs if tab.is_asked(pack)]
    question.lines.extend(line for tab in asked for line in tab.lines)
    question.sort()
    for tab in asked:
        for know in tab.know:
            know(question, pack)
    for tab in asked:
        for ask in tab.ask:
            ask(question)
    question.blank_rest()
    question.sort()
