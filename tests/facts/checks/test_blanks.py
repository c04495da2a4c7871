"""Blanks that nobody asks to be filled: of no use to the company, or told by another row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder

LAUNCH = "launch: {name: Glasses, date: 2025-10-23, market: glasses}\n"
NO_PARTS = ("weight_sotp,0.5", "weight_sotp,0")


def blank(key: str, scenario: str = "all", segment: str = "", unit: str = "ratio") -> str:
    return f",{scenario},{segment},{key},,{unit},house,"


@pytest.mark.parametrize(
    ("line", "asked", "change"),
    [
        (blank("ebitda_growth"), False, ()),
        (blank("pb_multiple"), False, ()),
        (blank("benchmark_beta"), False, ()),
        (blank("peer_pe_discount", "bull"), False, ()),
        (blank("peer_pe_discount", "bull"), True, ("company.yaml", "peers: []", "peers: [COYO]")),
        (blank("launch_tax"), False, ()),
        (blank("launch_tax"), True, ("company.yaml", "benchmark:\n", LAUNCH)),
        (blank("growth", "bear", "anvils"), False, ()),  # told by another row
        (
            blank("growth", "bear", "anvils"),
            True,
            ("assumptions.csv", "anvils,growth", "anvils,metric_12m"),
        ),
        (blank("metric_12m", "bear", "anvils"), False, ()),  # told by the growth in its place
        (
            blank("multiple", "base", "anvils"),
            True,
            ("assumptions.csv", "all,anvils,multiple", "bear,anvils,multiple"),
        ),
        (blank("multiple", "bear", "anvils"), False, ("assumptions.csv", *NO_PARTS)),
        (blank("investment_haircut"), False, ("assumptions.csv", *NO_PARTS)),
        (blank("base_metric", segment="anvils"), False, ("assumptions.csv", *NO_PARTS)),
        (
            blank("ebitda_growth"),
            True,
            ("assumptions.csv", "all,,benchmark_beta,1", "all,,weight_ev_ebitda,0.2"),
        ),
        (blank("grwth"), True, ()),
    ],
)
def test_a_blank_assumption_is_asked_for_where_a_case_reads_it_and_no_row_tells_it(
    folder: PackFolder, line: str, change: tuple[str, str, str] | tuple[()], *, asked: bool
) -> None:
    folder.append("assumptions.csv", line)
    if change:
        folder.replace(*change)
    told = [one for one in folder.problems() if "is blank" in one]
    assert bool(told) is asked, told


def test_a_base_is_not_asked_for_where_twelve_months_of_it_were_reported(
    folder: PackFolder,
) -> None:
    folder.replace(
        "assumptions.csv", "2025-10-01,all,anvils,base_metric,700", ",all,anvils,base_metric,"
    )
    quarters = [("2025-09-30", "Q3"), ("2025-06-30", "Q2"), ("2025-03-31", "Q1")]
    for end, part in quarters:
        row = f"{end},FY2025-{part},anvils,revenue,150,USD m,,=,2025-10-20,filing,"
        folder.append("fundamentals.csv", row)
    assert any("base_metric" not in one and "is blank" in one for one in folder.errors())
    row = "2024-12-31,FY2024-Q4,anvils,revenue,150,USD m,,=,2025-10-20,filing,"
    folder.append("fundamentals.csv", row)
    assert folder.warnings() == []


@pytest.mark.parametrize(
    ("metric", "asked"),
    [("shares_diluted", False), ("eps", True), ("net_cash", True), ("investments", True)],
)
def test_a_result_is_asked_for_until_it_was_reported(
    folder: PackFolder, metric: str, *, asked: bool
) -> None:
    folder.append("fundamentals.csv", f",,group,{metric},fill in,USD m,,=,,filing,")
    told = [one for one in folder.problems() if "fill in" in one]
    assert bool(told) is asked, told


def test_a_bank_is_not_asked_what_cash_it_has(folder: PackFolder) -> None:
    folder.replace("assumptions.csv", *NO_PARTS)
    for metric in ("net_cash", "investments"):
        folder.append("fundamentals.csv", f",,group,{metric},fill in,USD m,,=,,filing,")
    assert folder.warnings() == []


def test_a_value_without_a_day_is_asked_for_its_day(folder: PackFolder) -> None:
    folder.replace("assumptions.csv", "2025-10-01,all,,weight_pe", ",all,,weight_pe")
    (told,) = folder.errors()
    assert "published: is blank" in told


def test_what_is_reported_of_the_group_is_said_of_the_segment_that_is_all_of_it(
    folder: PackFolder,
) -> None:
    whole = "  - {id: main, name: Whole company, metric: revenue}\n"
    parts = "".join(
        f"  - {{id: {name.lower()}, name: {name}, metric: revenue}}\n"
        for name in ("Anvils", "Rockets")
    )
    folder.replace("company.yaml", parts, whole).write(
        "assumptions.csv", "published,scenario,key,value,author\n"
    )
    said = [
        (row.segment, row.value)
        for row in folder.load().rows.fundamentals
        if row.metric == "revenue"
    ]
    assert said == [("group", 1000), ("main", 1000)]
