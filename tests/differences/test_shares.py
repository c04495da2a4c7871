"""A split between two reports: both are told in today's shares, and it explains no change."""

from __future__ import annotations

import math
import shutil
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from reportgen.attribution.shapley import Attribution
from reportgen.differences.ends import ReadEnd, read_ends
from reportgen.differences.semantic import difference
from reportgen.differences.shares import in_one_share, is_in_closes
from reportgen.facts.split_words import Split
from reportgen.model.inputs.assumptions import dividend_stated
from reportgen.model.inputs.market_data import close, close_date
from reportgen.periods import serial
from reportgen.report.readback.values import show
from reportgen.report.readback.workbook import NotAReportError
from reportgen.runs.drafts import build
from reportgen.xlsx.reader.process import Reading
from tests.differences.case_ends import NOVEMBER, OCTOBER, ROOT, compared
from tests.support.selection import long_except

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.differences.records import Headline, ReportDiff


AMOUNTS = ("bear.value", "base.value", "bull.value", "expected_value", "hype.value", "price")


# In force on the day of the report, after its last close: the price file is raw
SPLITS = {"10": "the 10:1 split of 2025-11-30", "0.1": "the 1:10 reverse split of 2025-11-30"}


def built(folder: Path, day: date, actions: str = "") -> Path:
    """The report of the example with these splits in its pack."""
    inputs = folder / "inputs"
    if not inputs.exists():
        shutil.copytree(ROOT / "inputs", inputs)
    (inputs / "BABA/actions.csv").write_text(f"published,ex_date,ratio,note\n{actions}")
    return build("BABA", as_of=day, inputs=inputs, outputs=folder / "outputs").path


DAYS = tuple(serial(date(2025, 11, day)) for day in (3, 4, 5, 6))


def closing(*closes: float, days: tuple[float, ...] = DAYS) -> ReadEnd:
    """A report with a close on each of four days."""
    given = {close_date: np.array(days, float), close.issued: np.array(closes)}
    return cast("ReadEnd", SimpleNamespace(case=SimpleNamespace(given=given)))


@pytest.mark.parametrize(
    ("old", "new", "day", "ratio", "is_adjusted"),
    [
        ((100, 100, 100, 100), (10, 10, 10, 10), 6, 10.0, False),
        ((100, 100, 100, 100), (100, 100, 100, 100), 6, 10.0, True),
        ((100, 100, 100, 100), (100, 100, 100, 10), 6, 10.0, True),  # from that day on
        ((100, 100, 100, 100), (100, 100, 10, 100), 6, 10.0, False),  # the last one before it
        ((100, 100, 0, 100), (100, 10, 10, 100), 6, 10.0, False),
        ((100, 100, 100, 100), (100, 10, 0, 100), 6, 10.0, False),
        ((100, 100, 100, 100), (10, 10, 10, 10), 3, 10.0, False),  # none before it
        ((10, 10, 10, 10), (100, 100, 100, 100), 6, 0.1, False),
        ((100, 100, 100, 100), (31, 31, 31, 31), 6, 10.0, False),  # nearer to a tenth than to one
        ((100, 100, 100, 100), (32, 32, 32, 32), 6, 10.0, True),
        ((0.5, 100, 0.5, 0.5), (0.05, 0.05, 0.05, 0.05), 6, 10.0, False),
    ],
)
def test_closes_before_a_split_show_whether_they_were_adjusted_for_it(
    old: tuple[float, ...], new: tuple[float, ...], day: int, ratio: float, *, is_adjusted: bool
) -> None:
    split = Split(date(2025, 11, day), ratio)
    assert is_in_closes(split, closing(*old), closing(*new)) is is_adjusted
    blank = closing(*new, days=(0, math.nan, 0, 0))
    assert not is_in_closes(split, closing(*old, days=(0, 0, 0, 0)), blank)


@pytest.fixture(scope="module")
def october(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("october"), OCTOBER)


@pytest.fixture(scope="module")
def november(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("november"), NOVEMBER)


@pytest.fixture(scope="module", params=long_except({"10"}, SPLITS))
def ratio(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def after(ratio: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of November with a split since October."""
    folder = tmp_path_factory.mktemp("after")
    return built(folder, NOVEMBER, f"2025-11-03,2025-11-30,{ratio},\n")


def read(old: Path, new: Path) -> tuple[ReadEnd, ReadEnd]:
    with Reading(old, cells_only=True) as one, Reading(new, cells_only=True) as two:
        return read_ends(one, two)


@pytest.fixture(scope="module")
def plain(october: Path, november: Path) -> ReportDiff:
    return difference(*read(october, november), Attribution())


@pytest.fixture(scope="module")
def ends(october: Path, after: Path) -> tuple[ReadEnd, ReadEnd]:
    return read(october, after)


@pytest.fixture(scope="module")
def diff(ends: tuple[ReadEnd, ReadEnd]) -> ReportDiff:
    return difference(*ends, Attribution())


def by_key(diff: ReportDiff) -> dict[str, Headline]:
    return {one.key: one for one in diff.headlines}


@pytest.mark.parametrize("key", AMOUNTS)
def test_both_sides_are_in_the_shares_of_the_new_report(
    diff: ReportDiff, plain: ReportDiff, ratio: str, key: str
) -> None:
    found, unsplit = by_key(diff)[key], by_key(plain)[key]
    assert found.old == pytest.approx((unsplit.old or 0) / float(ratio), rel=1e-12)
    assert found.new == pytest.approx((unsplit.new or 0) / float(ratio), rel=1e-12)


def test_it_is_said_for_which_split_the_old_side_is_restated(diff: ReportDiff, ratio: str) -> None:
    assert diff.notes == (
        f"figures per share and numbers of shares of 2025-10-31 are restated for {SPLITS[ratio]}",
    )


def test_no_bar_is_of_the_split(diff: ReportDiff, plain: ReportDiff, ratio: str) -> None:
    for found, unsplit in zip(diff.bridges, plain.bridges, strict=True):
        assert found.method == unsplit.method
        by = 1.0 if found.output == "hype.score" else float(ratio)  # all else is money a share
        bars = {bar.player: bar.amount * by for bar in found.bars}
        expected = {bar.player: bar.amount for bar in unsplit.bars}
        assert bars == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_no_input_check_or_fact_changes_by_the_split(diff: ReportDiff, plain: ReportDiff) -> None:
    assert [(one.key, one.kind) for one in diff.inputs] == [
        (one.key, one.kind) for one in plain.inputs
    ]
    assert diff.checks == plain.checks
    assert [(one.key, one.what) for one in diff.facts] == [
        (one.key, one.what) for one in plain.facts
    ]
    assert diff.unreproduced == ()


def test_an_earlier_report_named_second_is_restated_as_well(
    ends: tuple[ReadEnd, ReadEnd], diff: ReportDiff
) -> None:
    back = difference(*reversed(ends), Attribution())
    assert [(one.new, one.old) for one in back.headlines] == [
        (one.old, one.new) for one in diff.headlines
    ]
    assert back.notes[0] == diff.notes[0]


def test_last_month_is_in_the_shares_of_the_report_and_says_so(
    after: Path, november: Path, ratio: str
) -> None:
    found, unsplit = show(after), show(november)
    assert found["last_month.restated"] == f"restated for {SPLITS[ratio]}"
    assert unsplit["last_month.restated"] == ""
    for key in AMOUNTS:
        for name in (f"last_month.{key}", f"since_last_month.{key}"):
            expected = float(unsplit[name] or 0) / float(ratio)
            assert found[name] == pytest.approx(expected, rel=1e-9, abs=1e-9), name
    assert found["last_month.hype.score"] == pytest.approx(unsplit["last_month.hype.score"])


def test_a_diff_says_what_last_month_said(diff: ReportDiff, after: Path) -> None:
    last_month = show(after)
    for one in diff.headlines:
        assert one.old == pytest.approx(last_month[f"last_month.{one.key}"], rel=1e-12), one.key


def test_a_split_that_both_know_restates_nothing(ends: tuple[ReadEnd, ReadEnd]) -> None:
    assert in_one_share(ends[1], ends[1]) == (ends[1], ends[1], "")


def test_a_split_recorded_late_restates_what_is_dated_before_it(
    october: Path, tmp_path: Path
) -> None:
    """Its closes were adjusted by the vendor all the time; the rest of the old report was not."""
    found = compared(october, built(tmp_path, NOVEMBER, "2025-11-05,2025-10-15,1.05,\n"))
    last_month = show(tmp_path / "outputs/BABA/2025-11-30/BABA-2025-11-30.xlsx")
    for one in found.headlines:
        assert one.old == pytest.approx(last_month[f"last_month.{one.key}"], rel=1e-12), one.key
    assert not [one for one in found.inputs if one.key.startswith("close[2025-10")]
    assert found.notes[0].endswith("restated for the 21:20 split of 2025-10-15")


def test_a_split_that_was_none_after_all_is_taken_back(
    ends: tuple[ReadEnd, ReadEnd], ratio: str
) -> None:
    """A later row of the same day and ratio 1 stands in its place."""
    _, split = ends
    listed = split.report.listed
    row = listed["report.splits"]._replace(issued=('["2025-11-30 1.0"]',))
    report = replace(split.report, listed={**listed, "report.splits": row})
    found = in_one_share(split, replace(split, report=report))
    assert found.note.endswith(f"are no longer restated for {SPLITS[ratio]}")
    assert split.now["price"] == pytest.approx(157.3 / float(ratio))
    dividend = dividend_stated.issued
    assert found.old.case.given[dividend] == split.case.given[dividend] * float(ratio)


def test_a_list_of_splits_that_was_damaged_is_refused(ends: tuple[ReadEnd, ReadEnd]) -> None:
    old, new = ends
    row = new.report.listed["report.splits"]._replace(issued=('["2025-11-30 nan"]',))
    report = replace(new.report, listed={**new.report.listed, "report.splits": row})
    with pytest.raises(NotAReportError, match=r"report\.splits: .*; use the file as it was issued"):
        in_one_share(old, replace(new, report=report))


def test_a_report_made_before_splits_were_listed_knew_those_of_its_time(
    ends: tuple[ReadEnd, ReadEnd], ratio: str
) -> None:
    old, new = ends
    listed = {key: row for key, row in old.report.listed.items() if key != "report.splits"}
    found = in_one_share(replace(old, report=replace(old.report, listed=listed)), new)
    assert SPLITS[ratio] in found.note


def test_what_the_file_says_beyond_its_model_is_restated_by_its_unit(
    ends: tuple[ReadEnd, ReadEnd], ratio: str
) -> None:
    """A value that today's model leaves out, or that another model gave."""
    old, new = ends
    stored = {**old.stored, "base.value": 200.0, "bull.value": 300.0, "hype.score": 40.0}
    now = {**old.now, "base.value": None}
    found = in_one_share(replace(old, stored=stored, now=now), new).old.stored
    shown = [found[key] for key in ("base.value", "bull.value", "hype.score")]
    assert shown == pytest.approx([200 / float(ratio), 300 / float(ratio), 40])
