"""The Valuation tab: the one engine, every case beside the others, and a case to select."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model.valuation import scenario_choice
from reportgen.report.assemble import footer
from reportgen.report.figures.valuation import selected_caption, subtitle
from reportgen.report.tabs import (
    valuation_bridges,
    valuation_cases,
    valuation_charts,
    valuation_launch,
    valuation_priced_in,
    valuation_results,
)
from reportgen.report.tabs.valuation_rows import ALL, CHOSEN, LABEL, LAST, NOTE, UNIT, Rows
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Columns, Page, Validation

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

_SELECTOR = 2
_SECTIONS = (
    valuation_cases.key_data,
    valuation_results.newest_figures,
    valuation_cases.sum_of_parts,
    valuation_cases.earnings_multiple,
    valuation_cases.values,
    valuation_cases.stances,
    valuation_priced_in.implied,
    valuation_priced_in.needed,
    valuation_results.delivered,
    valuation_launch.announcement,
    valuation_launch.market,
    valuation_launch.worth,
    valuation_bridges.bridges,
)

_NEW_PAGE = (2, 3, 6, 8, 11, 12)  # sections that start a printed page


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: selector, charts, the sections, and the ladder, which is not printed."""
    tab.text(0, LABEL, "Valuation", "title")
    tab.put(subtitle, 1, LABEL, look="subtitle")
    _selector(tab)
    valuation_charts.add(tab, context)
    rows = Rows(tab, context, valuation_charts.TOP + valuation_charts.HEIGHT + 1)
    starts = []
    for section in _SECTIONS:
        starts.append(rows.row + 1)
        section(rows)
    printed = rows.row
    valuation_priced_in.ladder(rows)
    _page(tab, context, printed, tuple(starts[at] for at in _NEW_PAGE))


def _selector(tab: Tab) -> None:
    row = _SELECTOR
    tab.text(row, LABEL, "Selected case: choose bear, base or bull", "label_strong")
    tab.put(scenario_choice, row, ALL, look="control")
    tab.put(selected_caption, row, CHOSEN, look="selected")
    tab.text(row, NOTE, "Column G and the first chart follow; blank is base", "note_indent")
    tab.validations.append(
        Validation(
            (Area(row, ALL, row, ALL),),
            "list",
            items=("bear", "base", "bull"),
            error_title="Selected case",
            error_message="Choose bear, base or bull; blank is base.",
            input_title="Selected case",
            input_message="bear, base or bull: column G and the first chart follow.",
        )
    )


def _page(tab: Tab, context: Context, printed: int, breaks: tuple[int, ...]) -> None:
    tab.widths.append(Columns(LABEL, LABEL, 40))
    tab.widths.append(Columns(UNIT, LAST + 3 * 7, 13.5))
    tab.freeze = (_SELECTOR + 1, ALL)
    tab.page = Page(
        area=Area(0, 0, printed - 1, LAST),
        repeat_rows=(0, _SELECTOR + 1),  # with the empty row below
        footer=footer(context),
        breaks=breaks,
    )
