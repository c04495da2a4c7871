"""Hype-adjusted: every target with its haircuts, live, and charts that draw what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.model.dims import SUB_SCORES
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.report.tabs.hype_adjusted import bars as hype_adjusted_bars
from reportgen.report.tabs.hype_adjusted import lines as hype_adjusted_lines
from tests.report.sheets import chart, held, sheet, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.pipeline import Report

    Reports = Callable[[str], Report]

TAB = "Hype-adjusted"
PACKS = ["baba", "daily", "pence", "tokyo", "no_claims", "bare"]
WITHOUT_LAUNCH = {"pence", "no_claims", "bare"}
WITHOUT_CALL = {*WITHOUT_LAUNCH, "tokyo"}
SPARE = 5
HAIRCUTS = ("1 optimism", "2 staleness", "3 run-up", "4 launch")


@pytest.mark.parametrize("pack", PACKS)
def test_every_known_target_and_five_spare_rows_have_their_chain(
    report: Reports, pack: str
) -> None:
    built = report(pack)
    rows = table(built, TAB, "Broker", f"After 1 to {3 if pack in WITHOUT_LAUNCH else 4}")
    assert [row["Broker"].value for row in rows[:-SPARE]] == [
        row.broker for row in built.pack.rows.targets
    ]
    assert len(rows) == len(built.pack.rows.targets) + SPARE
    assert all(cell.formula for row in rows for name, cell in row.items() if name != "")


def test_a_target_says_why_it_is_not_in_use(report: Reports) -> None:
    said = {
        (row["Broker"].value, row["What became of it"].value)
        for row in table(report("baba"), TAB, "Broker", "After 1 to 4")
    }
    assert ("Street average", "set aside: brokers stand before averages") in said
    assert {("Macquarie", "superseded by a newer one"), ("Macquarie", "in use")} <= said
    assert ("", "spare row") in said


@pytest.mark.parametrize("pack", PACKS)
def test_exactly_the_targets_in_use_say_so(report: Reports, pack: str) -> None:
    values = report(pack).solved.values
    said = [words.startswith("in use") for words in values[hype_adjusted_lines.standing].tolist()]
    assert said == (values[price_targets.in_use] > 0).tolist()


def test_the_haircuts_of_a_target_lead_from_the_target_to_what_is_left(report: Reports) -> None:
    rows = table(report("baba"), TAB, "Broker", "After 1 to 4")
    used = [row for row in rows if row["What became of it"].value == "in use"]
    assert len(used) == 8
    for row in used:
        taken = sum(row[name].value for name in HAIRCUTS)
        target = row["Target in 12 months"].value
        assert row["After 1 to 4"].value == pytest.approx(target - taken)


@pytest.mark.parametrize("pack", PACKS)
def test_the_bars_of_the_waterfall_close_and_its_labels_tell_them(
    report: Reports, pack: str
) -> None:
    built = report(pack)
    values = built.solved.values
    amounts, after = values[hype_adjusted_bars.bar_amount], values[hype_adjusted_bars.bar_after]
    labels = values[hype_adjusted_bars.bar_label].tolist()
    value = float(values[adjusted_value.hype_value])
    if np.isnan(value):
        assert labels[-1] == "Hype-adjusted n/a"
        assert not amounts.any()
        return
    assert after[-2] == pytest.approx(value, rel=1e-12)
    assert amounts[0] == pytest.approx(float(values[adjusted_value.start]))
    assert labels[-1].startswith("Hype-adjusted ")
    named = float(labels[-1].removeprefix("Hype-adjusted ").replace(",", ""))
    assert named == pytest.approx(value, abs=0.5 if value >= 1000 else 0.005)


@pytest.mark.parametrize("pack", ["baba", "pence"])
def test_the_waterfall_draws_each_bar_between_its_two_levels(report: Reports, pack: str) -> None:
    built = report(pack)
    drawn = chart(built, TAB, "hype-adjusted value")
    stacks = np.array([held(built, series.values) for series in drawn.series], dtype=float)
    before, after = (
        built.solved.values[line]
        for line in (hype_adjusted_bars.bar_before, hype_adjusted_bars.bar_after)
    )
    assert stacks.sum(axis=0) == pytest.approx(np.maximum(before, after))
    assert stacks[0] == pytest.approx(
        np.where(
            built.solved.values[hype_adjusted_bars.bar_is_total] > 0, 0, np.minimum(before, after)
        )
    )
    assert drawn.series[0].invisible


def test_a_waterfall_of_nothing_is_not_drawn(report: Reports) -> None:
    """Without targets and a bull narrative a sentence stands where the chart would be empty."""
    built = report("bare")
    tab = next(sheet for sheet in built.book.sheets if sheet.name == TAB)
    assert [str(chart.title) for chart in tab.charts] == ["Hype by sub-score, the highest first"]
    assert any(str(cell.value).startswith("No waterfall:") for cell in tab.cells)


@pytest.mark.parametrize("pack", PACKS)
def test_the_sub_scores_are_drawn_highest_first_and_unknown_ones_last(
    report: Reports, pack: str
) -> None:
    built = report(pack)
    known, unknown = chart(built, TAB, "sub-score").series
    labels = held(built, known.categories) if known.categories else []
    scores, missing = held(built, known.values), held(built, unknown.values)
    unasked = (pack in WITHOUT_LAUNCH) + (pack in WITHOUT_CALL)
    assert len(labels) == len(SUB_SCORES) - unasked
    assert len(set(labels)) == len(labels)
    assert scores == sorted(scores, reverse=True)
    assert missing == sorted(missing)
    for label, score, is_missing in zip(labels, scores, missing, strict=True):
        assert str(label).endswith(" n/a") == (is_missing == 100)
        assert is_missing == 100 or str(label).endswith(f" {int(score + 0.5)}")


def test_every_component_that_takes_nothing_says_why(report: Reports) -> None:
    rows = {
        cell.value
        for cell in sheet(report("pence"), TAB).cells
        if isinstance(cell.value, str) and cell.formula
    }
    assert "closes, benchmark or estimates missing for most targets" in rows
    assert "no target since a launch" not in rows  # the pack names none


SPOKEN_OF = ("Summary", "Base", "Bear", "Bull", TAB, "Valuation", "Sensitivity", "Competitors")


def printed_to(report: Report, name: str) -> int:
    """The last column of a tab that is printed: helpers stand right of it."""
    page = sheet(report, name).page
    return 10**6 if page is None or page.area is None else page.area.last_col


@pytest.mark.parametrize("pack", sorted(WITHOUT_LAUNCH))
def test_nothing_is_said_of_a_launch_or_of_a_vendor_where_there_is_none(
    report: Reports, pack: str
) -> None:
    built = report(pack)
    words = re.compile("launch|vendor", re.IGNORECASE)
    said = [
        (name, cell.value)
        for name in SPOKEN_OF
        for cell in sheet(built, name).cells
        if cell.col <= printed_to(built, name)
        and isinstance(cell.value, str)
        and words.search(cell.value)
    ]
    drawn = [
        (name, chart.title, chart.alt_text)
        for name in SPOKEN_OF
        for chart in sheet(built, name).charts
        if words.search(f"{chart.title} {chart.alt_text}")
    ]
    assert (said, drawn) == ([], [])


def test_the_parts_of_hype_that_a_pack_does_not_ask_for_count_in_its_score(
    report: Reports,
) -> None:
    """They are left out of the tab alone: coverage stays out of nine."""
    values = report("pence").values
    known = [values[f"hype.sub[{name}]"] is not None for name in SUB_SCORES]
    assert values["hype.coverage"] == pytest.approx(sum(known) / 9)
    assert values["hype.sub[launch]"] is values["hype.sub[vendor]"] is None
