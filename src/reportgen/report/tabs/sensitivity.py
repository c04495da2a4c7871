"""Sensitivity: two live grids, and what every input has at stake, ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model.dims import DIRECTION, GRID_COL, GRID_ROW, RANK, REMOVAL, STAKE
from reportgen.model.whatif import grids, removals, value_at_stake
from reportgen.report.blocks import footer, section
from reportgen.report.placement import line_ref
from reportgen.report.theme import chart_color
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Axis, Chart, Columns, Page, Series, Validation

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.placement import Places
    from reportgen.report.tab import Tab

_WIDTHS = (58, 13, 13, 13, 15, 15, 15, 4, 13, 13, 13, 13, 13)
_LAST = 12
_GRID_SIZE = 5
_CHART_ROWS = 20
_HELPERS = 14  # what the ranks read stands right of the printed page


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab."""
    money = f"{context.price_currency} / share"
    tab.text(0, 0, "Sensitivity", "title")
    tab.text(
        1,
        0,
        "Every grid cell is the model itself with two inputs moved; the centre is the base case",
        "note",
    )
    _selector(tab)
    _grid(
        tab,
        4,
        f"Base value, {money}: growth of the segment down, multiple across",
        grids.growth_axis,
        grids.multiple_axis,
        grids.segment_grid,
    )
    _grid(
        tab,
        13,
        f"Base value, {money}: EPS growth down, P/E multiple across",
        grids.eps_growth_axis,
        grids.pe_axis,
        grids.pe_grid,
    )
    removals = _ranked(tab, 22, money) + 1
    printed = _removals(tab, removals, money)
    _stakes(tab, printed + 1, money)
    tab.charts.append(lambda places: _chart(places, context))
    tab.widths += [Columns(col, col, width) for col, width in enumerate(_WIDTHS)]
    tab.freeze = (2, 1)
    tab.page = Page(area=Area(0, 0, printed - 1, _LAST), repeat_rows=(0, 1), footer=footer(context))


def _selector(tab: Tab) -> None:
    tab.text(2, 0, "Segment in the first grid: type its number", "label_strong")
    tab.put(grids.segment_choice, 2, 1, look="control")
    tab.put(grids.chosen_name, 2, 2)
    tab.text(2, 4, "blank: the largest", "note")
    tab.validations.append(
        Validation(
            (Area(2, 1, 2, 1),),
            "whole",
            1,
            float(tab.size(grids.segment_number.dims[0])),
            error_title="Segment",
            error_message="Type the number of a segment, as numbered on Workings.",
        )
    )


def _grid(tab: Tab, row: int, title: str, down: Line, across: Line, values: Line) -> None:
    """Lay out one grid with its axes."""
    section(tab, row, 6, {0: title})
    tab.put(across, row + 1, 2, across=(GRID_COL,), look="axis")
    tab.put(down, row + 2, 1, down=(GRID_ROW,), look="axis")
    tab.put(values, row + 2, 2, down=(GRID_ROW,), across=(GRID_COL,), look="grid")
    tab.text(row + 2 + _GRID_SIZE, 0, "Steps are on Inputs, method", "note")


def _ranked(tab: Tab, row: int, money: str) -> int:
    """Show the inputs with the most at stake, the largest first."""
    section(tab, row, 6, {0: "Value at stake: change of the expected value"})
    heads = ("Input", money, "Of the price", "Weak", "Key")
    for col, head in enumerate(heads):
        tab.text(row + 1, col, head, "header_left" if col in {0, 4} else "header")
    tab.text(row + 1, 5, "", "header")
    tab.text(row + 1, 6, "", "header")
    for col, line in enumerate(
        (
            value_at_stake.top_label,
            value_at_stake.top_size,
            value_at_stake.top_share,
            value_at_stake.top_weak,
            value_at_stake.top_key,
        )
    ):
        look = {value_at_stake.top_weak: "grid.flag", value_at_stake.top_key: "small.text"}.get(
            line, ""
        )
        tab.put(line, row + 2, col, down=(RANK,), look=look)
    tab.text(row + 1, _HELPERS, value_at_stake.top.label, "helper_head")
    tab.put(value_at_stake.top, row + 2, _HELPERS, down=(RANK,), look="helper")
    return row + 2 + tab.size(RANK)


def _removals(tab: Tab, row: int, money: str) -> int:
    """Show what happens without each document's figure."""
    section(tab, row, 6, {0: "Taken away: one document's figure"})
    for col, head in (
        (0, "Figure"),
        (1, f"Expected, {money}"),
        (2, f"At stake, {money}"),
        (4, "Belongs to"),
    ):
        tab.text(row + 1, col, head, "header_left" if col in {0, 4} else "header")
    for col in (3, 5, 6):
        tab.text(row + 1, col, "", "header")
    for col, line in (
        (0, removals.removal_label),
        (1, removals.without),
        (2, removals.removal_change),
        (4, removals.removal_of),
    ):
        tab.put(line, row + 2, col, down=(REMOVAL,), look="plain" if col in {0, 4} else "")
    return row + 2 + tab.size(REMOVAL)


def _stakes(tab: Tab, row: int, money: str) -> int:
    """Lay out every input with its value at stake, in the order of the model."""
    section(tab, row, 6, {0: "Every input: moved up and down by the shock"})
    tab.text(row, _HELPERS, "Behind the ranks", "helper_title")
    for col, head in (
        (0, "Input"),
        (1, f"Up, {money}"),
        (2, f"Down, {money}"),
        (3, f"At stake, {money}"),
        (4, "Of the price"),
        (5, "Weak"),
        (6, "Rank"),
    ):
        tab.text(row + 1, col, head, "header_left" if col == 0 else "header")
    for col, line in (
        (0, value_at_stake.label),
        (3, value_at_stake.at_stake),
        (4, value_at_stake.of_price),
        (5, value_at_stake.is_weak),
        (6, value_at_stake.rank),
        (_HELPERS, value_at_stake.key),
        (_HELPERS + 1, value_at_stake.number),
        (_HELPERS + 2, value_at_stake.row),
        (_HELPERS + 3, value_at_stake.at_stake_key),
        (_HELPERS + 4, value_at_stake.weak_size),
        (_HELPERS + 5, value_at_stake.weak_rank),
    ):
        look = "plain" if line is value_at_stake.label else "helper" if col >= _HELPERS else ""
        if col >= _HELPERS:
            tab.text(row + 1, col, line.label, "helper_head")
        tab.put(line, row + 2, col, down=(STAKE,), look=look)
    tab.put(value_at_stake.moved, row + 2, 1, down=(STAKE,), across=(DIRECTION,))
    return row + 2 + tab.size(STAKE)


def _chart(places: Places, context: Context) -> Chart:
    count = min(12, len(places.members[RANK]))
    labels = line_ref(places, value_at_stake.top_label)
    sizes = line_ref(places, value_at_stake.top_size)
    labels, sizes = (ref._replace(last_row=ref.first_row + count - 1) for ref in (labels, sizes))
    return Chart(
        kind="bar",
        series=(Series("Value at stake", labels, sizes, chart_color(context.theme, "accent")),),
        title=f"Most at stake, {context.price_currency} a share",
        alt_text="Bars: how far the expected value moves with each input, the largest first.",
        anchor=(4, 8, 0, 0),
        size=(472, _CHART_ROWS * 20),
        x_axis=Axis("Input", reverse=True),
        y_axis=Axis(
            title=f"{context.price_currency} / share",
            number_format="General",
            label_position="high",
            gridlines=True,
        ),
        legend=None,
        gap=40,
    )
