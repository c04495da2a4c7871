"""The Valuation tab: live, with units and reasons, and a case that can be selected."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.model.case.build import build_case
from reportgen.model.dims import SCENARIOS
from reportgen.model.inputs.description import segment_name
from reportgen.model.last_month import LastMonth
from reportgen.model.priced_in import g_needed
from reportgen.model.report_question import answer, ask
from reportgen.model.valuation import scenario_choice, segment_value
from reportgen.report.tabs.catalogue import add_shown_lines
from reportgen.report.tabs.valuation.lines import SELECTED, delivered_drawn, selected_caption
from tests.report.conftest import AS_OF, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.pipeline import Report
    from reportgen.xlsx.addresses import Ref
    from reportgen.xlsx.book import Cell, Sheet

    Reports = Callable[[str], Report]

LABEL, UNIT, NUMBERS, NOTE = 0, 1, range(2, 7), 7
PACKS = ("baba", "pence", "no_claims", "tokyo", "bare", "daily")


class Row(NamedTuple):
    """One labelled row: its label, unit, numbers and note."""

    label: str
    indented: bool
    unit: object
    numbers: list[Cell]
    note: object


def sheet(report: Report) -> Sheet:
    return next(sheet for sheet in report.book.sheets if sheet.name == "Valuation")


def rows(report: Report) -> list[Row]:
    """The labelled rows down to the ladder, whose columns are its own."""
    grid = {(cell.row, cell.col): cell for cell in sheet(report).cells}
    found = []
    for (row, col), cell in sorted(grid.items()):
        if col == LABEL and str(cell.value).startswith("Ladder"):
            break
        if col == LABEL:
            beside = [grid[row, at] for at in NUMBERS if (row, at) in grid]
            unit, note = (grid[row, at].value if (row, at) in grid else None for at in (UNIT, NOTE))
            numbers = [other for other in beside if other.formula]
            found.append(
                Row(str(cell.value), cell.style.startswith("label_indent"), unit, numbers, note)
            )
    return found


def held(report: Report, ref: Ref) -> list[object]:
    """What the cells of a reference hold, in reading order."""
    cells = next(s for s in report.book.sheets if s.name == ref.sheet).cells
    inside = (
        cell
        for cell in cells
        if ref.first_row <= cell.row <= ref.last_row and ref.first_col <= cell.col <= ref.last_col
    )
    return [cell.value for cell in sorted(inside, key=lambda cell: (cell.row, cell.col))]


def shown(values: object) -> list[object]:
    """Numbers as cells hold them."""
    return ["n/a" if math.isnan(value) else value for value in np.ravel(values).tolist()]


@pytest.mark.parametrize("pack", PACKS)
def test_no_number_is_typed_on_the_tab(report: Reports, pack: str) -> None:
    typed = [
        cell
        for cell in sheet(report(pack)).cells
        if not cell.formula and isinstance(cell.value, float | int)
    ]
    assert typed == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_number_has_its_unit(report: Reports, pack: str) -> None:
    unnamed = [
        row.label
        for row in rows(report(pack))
        if not row.unit and any(isinstance(cell.value, float) for cell in row.numbers)
    ]
    assert unnamed == []


@pytest.mark.parametrize("pack", PACKS)
def test_a_number_that_is_not_available_has_the_reason_beside_it(
    report: Reports, pack: str
) -> None:
    reasons = {
        row.label: row.note
        for row in rows(report(pack))
        if not row.indented and any(cell.value == "n/a" for cell in row.numbers)
    }
    silent = [label for label, note in reasons.items() if "n/a" not in str(note)]
    assert silent == []
    assert bool(reasons) or pack in {"baba", "daily"}


@pytest.mark.parametrize("pack", ["baba", "pence", "no_claims"])
def test_the_first_chart_draws_each_segment_in_every_case(report: Reports, pack: str) -> None:
    built = report(pack)
    chart = sheet(built).charts[0]
    values = built.solved.values
    names = values[segment_name].tolist()
    drawn = [held(built, series.values) for series in chart.series]
    assert [held(built, series.categories) for series in chart.series] == [names] * 4
    assert drawn == [shown(values[segment_value][case]) for case in (0, 1, 2, 1)]
    assert held(built, chart.series[3].name) == ["Selected: base"]


@pytest.mark.parametrize("pack", ["baba", "tokyo", "halves", "daily"])
def test_the_second_chart_sets_growth_needed_against_growth_delivered(
    report: Reports, pack: str
) -> None:
    built = report(pack)
    chart = sheet(built).charts[1]
    known = np.flatnonzero(np.isfinite(built.solved.values[g_needed]))
    drawn = slice(known[0], known[-1] + 1)  # what is n/a at an end has no place
    needed = built.solved.values[g_needed][drawn]
    delivered = built.solved.values[delivered_drawn][drawn]
    captions = held(built, chart.series[0].categories)
    assert held(built, chart.series[0].values) == shown(needed)
    assert held(built, chart.overlay[0].values) == [
        None if math.isnan(value) else value for value in delivered.tolist()
    ]
    percents = ["n/a" if math.isnan(value) else f"{100 * value:.1f}%" for value in needed]
    assert [caption.rsplit(" ", 1)[1] for caption in captions] == percents


@pytest.mark.parametrize("pack", ["pence", "bare"])
def test_where_no_value_needs_a_known_growth_that_is_said_in_place_of_a_chart(
    report: Reports, pack: str
) -> None:
    tab = sheet(report(pack))
    assert not any("Growth of cash flow" in str(chart.title) for chart in tab.charts)
    assert any(str(cell.value).startswith("No chart: the growth") for cell in tab.cells)


@pytest.mark.parametrize(
    ("typed", "case"),
    [("bear", "bear"), ("base", "base"), ("bull", "bull"), ("Bull", "bull"), ("", "base")],
)
def test_the_selected_case_is_the_one_that_is_typed(typed: str, case: str) -> None:
    pack = pack_at(read_pack("BABA", ROOT / "inputs"), AS_OF)
    question = ask(build_case(pack, load_policy()), LastMonth(math.nan, None))
    add_shown_lines(question, pack)
    question.given[scenario_choice] = np.array(typed, dtype=object)
    values = answer(question).values
    for of, selected in SELECTED.items():
        wanted = values[of][SCENARIOS.index(case)]
        np.testing.assert_array_equal(values[selected], wanted, err_msg=selected.key)
    assert values[selected_caption].item() == f"Selected: {case}"
