"""Growth: quarters looked up in the table of results, and charts that draw them."""

from __future__ import annotations

import math
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.model.solved import by_key
from reportgen.report.tabs.growth.charts import largest_segments
from reportgen.report.tabs.growth.estimates import coming_metric
from tests.report.sheets import chart, held, sheet, table
from tests.support.tools import REPOSITORY
from tests.truth.packs import asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.pipeline import Report
    from reportgen.xlsx.book import Cell

    Reports = Callable[[str], Report]

TAB = "Growth"
SPARE = 5
FIRST_QUARTER_COL, CHART_COL = 2, 10


def quarters(report: Report, label: str, *, after: str = "") -> list[Cell]:
    """The cells of the row with that label, the first one below the label `after`."""
    cells = [cell for cell in sheet(report, TAB).cells if cell.col < CHART_COL]
    below = min((cell.row for cell in cells if cell.col == 0 and cell.value == after), default=0)
    row = min(
        cell.row for cell in cells if cell.col == 0 and cell.value == label and cell.row >= below
    )
    return sorted(
        (cell for cell in cells if cell.row == row and cell.col >= FIRST_QUARTER_COL),
        key=lambda cell: cell.col,
    )


def values(cells: list[Cell]) -> list[object]:
    return [cell.value for cell in cells]


def test_the_quarters_run_from_the_first_to_the_newest_known(report: Reports) -> None:
    names = values(quarters(report("baba"), "Period"))
    assert names == ["FY2025-Q2", "FY2025-Q3", "FY2025-Q4", "FY2026-Q1", "FY2026-Q2"]


def test_at_most_eight_quarters_are_shown(report: Reports) -> None:
    names = values(quarters(report("daily"), "Period"))
    assert len(names) == 8
    assert names[-1] == "FY2025-Q3"


@pytest.mark.parametrize(
    ("label", "after", "expected"),
    [
        ("Revenue", "", [236503.0, 280154.0, 236454.0, 247652.0, 247795.0]),
        ("like for like", "Revenue", ["n/a", "n/a", "n/a", 0.10, 0.15]),
        ("adjusted EBITA", "", [40561.0, 54853.0, 32616.0, 38844.0, 9073.0]),
        ("adjusted EBITA on a year before", "adjusted EBITA", [-0.05, 0.04, 0.36, -0.14, -0.78]),
        ("adjusted EBITDA", "", ["n/a", "n/a", "n/a", 45735.0, 17256.0]),
        ("non-GAAP EPS", "", [15.06, 21.39, 12.52, 14.75, 4.36]),
        ("Free cash flow", "", [13735.0, 39020.0, 3743.0, -18815.0, -21840.0]),
        ("Cloud Intelligence", "Revenue growth by segment", [0.07, 0.13, 0.18, 0.26, 0.34]),
        ("Cloud Intelligence", "Revenue by segment", [29610.0, 31742.0, 30127.0, 33398.0, 39824.0]),
    ],
)
def test_a_quarter_shows_what_was_published_and_na_for_what_was_not(
    report: Reports, label: str, after: str, expected: list[object]
) -> None:
    cells = quarters(report("baba"), label, after=after)
    assert values(cells) == expected
    assert all(cell.formula for cell in cells)


def test_a_figure_of_another_period_is_found_among_the_newest(report: Reports) -> None:
    newest = {
        row["Series"].value: [row[name].value for name in ("Period", "Value", "Unit", "Change")]
        for row in table(report("baba"), TAB, "Series", "Period", "Source")
    }
    assert newest["group/capex"] == ["FY2025", 85972.0, "CNY m", "n/a"]
    assert newest["group/net_cash"] == ["2025-09-30", 41000.0, "USD m", "n/a"]


def test_a_change_never_comes_from_another_row_than_its_value(report: Reports) -> None:
    """The newest GAAP EPS of BABA has no change; that of the quarter before must not fill in."""
    newest = table(report("baba"), TAB, "Series", "Period", "Source")
    (eps,) = (row for row in newest if row["Series"].value == "group/eps_gaap")
    assert [eps[name].value for name in ("Value", "Change")] == [8.75, "n/a"]


@pytest.mark.parametrize("pack", ["baba", "pence", "no_claims", "tokyo", "daily"])
def test_every_known_figure_stands_in_the_table(report: Reports, pack: str) -> None:
    built = report(pack)
    rows = table(built, TAB, "Metric", "Segment", "Value, issued")
    found = [(row["Segment"].value, row["Metric"].value, row["Period"].value) for row in rows]
    known = built.pack.rows.fundamentals
    assert found[:-SPARE] == [(row.segment, row.metric, row.period) for row in known]
    assert set(found[-SPARE:]) == {(None, None, None)}


@pytest.mark.parametrize("pack", ["baba", "pence", "no_claims", "daily"])
def test_charts_draw_the_rows_that_their_titles_name(report: Reports, pack: str) -> None:
    built = report(pack)
    ebita = dict(built.pack.company.metric_names).get("ebita", "EBITA")
    for title, label in (("Revenue and", "Revenue"), (ebita, ebita)):
        columns = chart(built, TAB, title).series[0]
        assert held(built, columns.values) == values(quarters(built, label))
        assert held(built, columns.categories) == values(quarters(built, "Period"))


@pytest.mark.parametrize("pack", ["baba", "no_claims", "daily"])
def test_a_line_of_the_segment_chart_bears_the_name_of_its_segment(
    report: Reports, pack: str
) -> None:
    built = report(pack)
    for series in chart(built, TAB, "by segment").series:
        (name,) = held(built, series.name)
        shown = values(quarters(built, name, after="Revenue growth by segment"))
        drawn = [None if value == "n/a" else value for value in shown]
        assert held(built, series.values) == drawn


def test_of_many_segments_the_largest_six_are_drawn_and_the_note_says_so(report: Reports) -> None:
    built = report("no_claims")
    assert len(chart(built, TAB, "by segment").series) == 6
    notes = [str(cell.value) for cell in sheet(built, TAB).cells if cell.style == "note"]
    assert any("6 largest by newest revenue" in note for note in notes)


@pytest.mark.parametrize(
    ("newest", "drawn"),
    [
        ((5, 4, 3), [0, 1, 2]),
        ((1, 2, 3, 4, 5, 6, 7), [1, 2, 3, 4, 5, 6]),
        ((7, math.nan, 5, 4, 3, 2, 1), [0, 2, 3, 4, 5, 6]),
        ((2, 2, 2, 2, 2, 2, 2), [0, 1, 2, 3, 4, 5]),
    ],
)
def test_the_newest_revenue_decides_which_segments_are_drawn(
    newest: tuple[float, ...], drawn: list[int]
) -> None:
    before = [float(k) for k in range(len(newest), 0, -1)]
    assert largest_segments(np.array([before, before[::-1], newest]).T) == drawn


def test_without_results_there_is_a_sentence_and_no_empty_chart(report: Reports) -> None:
    tab = sheet(report("bare"), TAB)
    assert tab.charts == ()
    assert "No results of a period are known" in {cell.value for cell in tab.cells}


@pytest.mark.parametrize(
    ("metric", "ours", "ours_is"),
    [
        ("eps_fy2024", 0.2029, "as reported"),
        ("revenue_fy2024", 17848.0, "as reported"),
        ("revenue_fy2026", None, "none"),
        ("ebitda_margin", None, "none"),
    ],
)
def test_an_estimate_of_a_fiscal_year_stands_beside_what_was_reported(
    metric: str, ours: float | None, ours_is: str, tmp_path: Path
) -> None:
    inputs = Path(shutil.copytree(REPOSITORY / "tests/packs/halves/inputs", tmp_path / "inputs"))
    unit = "GBP/share" if metric.startswith("eps") else "GBP m"
    with (inputs / "RR.L/estimates.csv").open("a", encoding="utf-8") as file:
        file.write(f"2024-11-01,{metric},0.19,{unit},press\n2025-01-10,{metric},0.2,{unit},press\n")
    values = dict(by_key(asked("RR.L", inputs).solved))
    older, newest = (f"estimate_of_year[{metric},{day}]" for day in ("2024-11-01", "2025-01-10"))
    assert (values[f"{older}.newest"], values[f"{newest}.newest"]) == (False, True)
    assert values[f"{newest}.value"] == 0.2
    assert values[f"{newest}.ours"] == (None if ours is None else pytest.approx(ours, rel=1e-9))
    assert values[f"{newest}.ours_is"] == ours_is


@pytest.mark.parametrize(
    ("metric", "year_end", "ours"),
    [
        ("EPS_FY2026", "03-31", "eps"),
        ("ebitda_fy2027", "03-31", "ebitda"),
        ("eps_fy2025", "12-01", "eps"),  # which ends tomorrow
        ("eps_fy2025", "11-30", ""),  # over
        ("eps_fy2027", "06-03", "eps"),  # 550 days ahead
        ("eps_fy2027", "06-04", ""),
        ("eps_fy2027", "02-29", "eps"),  # there is none in 2027
        ("eps_ntm", "03-31", ""),
        ("eps_fy26", "03-31", ""),
    ],
)
def test_an_estimate_of_a_coming_fiscal_year_is_held_against_the_like_of_ours(
    metric: str, year_end: str, ours: str
) -> None:
    assert coming_metric(metric, year_end, date(2025, 11, 30)) == ours


def test_the_coming_fiscal_year_stands_beside_our_base_case(report: Reports) -> None:
    values = report("baba").values
    newest = "estimate_of_year[eps_fy2026,2025-11-17]"
    assert values[f"{newest}.ours"] == values["base.eps_12m"]
    assert values[f"{newest}.ours_is"] == "base in 12m"
