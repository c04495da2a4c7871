"""Hype-adjusted: every known target and what each component takes off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import hype_score
from reportgen.model.dims import TARGET
from reportgen.model.hype import components, price_targets
from reportgen.report.blocks import section
from reportgen.report.figures import target_standing as figures
from reportgen.report.tables import HEADER_ROWS, Column, mute, table
from reportgen.report.tabs.hype_grid import LAST_COL, REST
from reportgen.xlsx.addresses import Area, a1

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

STATE = 13  # the column that says what became of a target
REASON = 16  # the column that says what its run-up is


def brokers(tab: Tab, context: Context, row: int) -> int:
    """Lay out the targets with their four haircuts; return the row after them."""
    section(
        tab,
        row,
        LAST_COL,
        {0: "Price targets", 4: "what each component takes off; typed in on Prices & targets"},
    )
    columns = (
        Column(price_targets.broker, elsewhere=True),
        Column(figures.day, elsewhere=True),
        Column(price_targets.age, elsewhere=True),
        Column(components.freshness, "Freshness: halves with age"),
        Column(price_targets.target, "Target in 12 months", elsewhere=True),
        Column(components.close_at_issue),
        Column(components.optimism),
        Column(components.staleness),
        Column(components.runup),
        Column(components.launch_part),
        Column(figures.after_launch, "After 1 to 4"),
        Column(figures.after_upside, "against the price"),
        Column(price_targets.source, look="link_indent", elsewhere=True),
        Column(figures.standing, unit="", look="label_indent"),
    )
    table(tab, context, (row + 1, 0), TARGET, columns)
    for col in range(STATE + 1, LAST_COL + 1):
        tab.text(row + 1, col, "", "header")
    _behind(tab, context, row)
    last = _greyed(tab, row, STATE)
    notes = (
        "Before cap and allowance. A component that is n/a takes nothing off the next step.",
        "Spare rows show n/a until a target is typed into their row on Prices & targets.",
    )
    for at, note in enumerate(notes, start=last + 1):
        tab.text(at, 0, note, "note")
    return last + len(notes) + 2


def _behind(tab: Tab, context: Context, row: int) -> None:
    """Place the parts of the sentences right of the printed page."""
    parts = (figures.measured, figures.passed_over, figures.waiting, figures.runup_missing)
    tab.text(row, REST, "What the sentences are made of", "helper_title")
    table(tab, context, (row + 1, REST), TARGET, [Column(part, look="helper") for part in parts])


def workings(tab: Tab, context: Context, row: int) -> int:
    """Lay out how the run-up of each target was found; return the row after it."""
    section(tab, row, LAST_COL, {0: "Run-up of each target", 4: "the steps of component 3"})
    columns = (
        Column(price_targets.broker, elsewhere=True),
        Column(figures.day),
        Column(hype_score.implied_return, "Implied return at issue"),
        Column(components.after_optimism),
        Column(components.after_staleness),
        Column(components.day_before),
        Column(components.close_before, "Close six months before"),
        Column(components.benchmark_at_issue, unit="points"),
        Column(components.benchmark_before, "Benchmark six months before", "points"),
        Column(components.launch_return),
        Column(components.abnormal),
        Column(components.estimate_before),
        Column(components.estimate_change, "Change of the EPS estimate"),
        Column(components.unbacked, "Not backed by estimates"),
        Column(components.after_runup),
        Column(components.after_launch_day, unit="yes / no"),
        Column(figures.runup_reason, unit="", look="label_indent"),
    )
    table(tab, context, (row + 1, 0), TARGET, columns)
    return _greyed(tab, row, REASON) + 2


def _greyed(tab: Tab, row: int, says: int) -> int:
    """Grey the targets that are not in use; return the last row of the table."""
    first = row + 1 + HEADER_ROWS
    last = first + tab.size(TARGET) - 1
    told = a1(first, says).replace(a1(first, says)[0], f"${a1(first, says)[0]}", 1)
    unused = f'=LEFT({told},6)<>"in use"' if says == STATE else f'={told}="not in use"'
    mute(tab, Area(first, 0, last, says), unused)
    return last
