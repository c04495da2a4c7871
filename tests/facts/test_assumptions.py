"""Which assumption stands, and what the catalogue allows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.assumptions import in_use, inherited_words, resolve, results_since, standing
from reportgen.facts.pack import load
from reportgen.facts.rows import Assumption, Fundamental
from tests.facts.pack_folder import AS_OF, INPUTS, copy_of_baba

if TYPE_CHECKING:
    from pathlib import Path

    from tests.facts.pack_folder import PackFolder


BETA = "2025-10-01,all,,benchmark_beta,1,x,house,\n"


GROWTH = "2025-10-01,all,anvils,growth,0.05,ratio,house,"


def growth(folder: PackFolder, scenario: str) -> float:
    row = resolve(folder.load().assumptions, "growth", scenario, "anvils")
    assert row is not None
    return row.value


def test_the_newest_row_for_a_scenario_or_for_all_stands(folder: PackFolder) -> None:
    folder.append("assumptions.csv", "2025-10-02,bull,anvils,growth,0.2,ratio,house,")
    assert [growth(folder, scenario) for scenario in ("bear", "base", "bull")] == [0.05, 0.05, 0.2]
    folder.append("assumptions.csv", "2025-10-03,all,anvils,growth,0.1,ratio,house,")
    assert [growth(folder, scenario) for scenario in ("bear", "bull", "all")] == [0.1, 0.1, 0.1]


@pytest.mark.parametrize(
    ("rows", "bear", "bull"),
    [
        (("bull,anvils,growth,0.2", "all,anvils,growth,0.1"), 0.1, 0.1),
        (("all,anvils,growth,0.1", "bull,anvils,growth,0.2"), 0.1, 0.2),
        (("bull,anvils,growth,0.2", "all,anvils,growth,0.1", "bull,anvils,growth,0.3"), 0.1, 0.3),
        (("bull,anvils,growth,0.2", "bull,anvils,growth,0.3"), 0.05, 0.3),
    ],
)
def test_of_two_rows_of_one_day_the_later_stands(
    folder: PackFolder, rows: tuple[str, ...], bear: float, bull: float
) -> None:
    folder.append("assumptions.csv", *(f"2025-11-01,{row},ratio,house," for row in rows))
    assert growth(folder, "bear") == bear
    assert growth(folder, "bull") == bull


def test_rows_of_one_day_that_do_not_compete_may_swap(folder: PackFolder) -> None:
    bear, bull = (f"2025-11-01,{case},anvils,growth,0.1,ratio,house," for case in ("bear", "bull"))
    rule = "2025-11-01,all,anvils,growth,0.2,ratio,house,"
    text = folder.path("assumptions.csv").read_text(encoding="utf-8")
    hashes = [
        folder.write("assumptions.csv", text).append("assumptions.csv", *rows).load().input_hash
        for rows in ((bear, bull, rule), (bull, bear, rule), (rule, bear, bull), (bear, rule, bull))
    ]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


def test_a_slot_that_nothing_speaks_of_has_no_row(folder: PackFolder) -> None:
    assumptions = folder.load().assumptions
    assert resolve(assumptions, "peer_pe_discount", "bull") is None
    assert resolve(assumptions, "growth", "bull", "nowhere") is None


def test_a_row_for_one_scenario_does_not_speak_for_all() -> None:
    rows = load("BABA", as_of=AS_OF, inputs=INPUTS).rows.assumptions
    assert ("probability", "bull", "") in standing(rows)
    assert ("probability", "all", "") not in standing(rows)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "2025-11-01,bull,,cost_of_equity,0.1,ratio,house,",
            (
                "scenario: cost_of_equity is one value for all cases, not one of the bull case; "
                "expected all; write it once, with the scenario all"
            ),
        ),
        (
            "2025-11-01,bear,,peer_pe_discount,0.1,ratio,house,",
            "scenario: peer_pe_discount is not used in the bear case; expected bull or all",
        ),
        (
            "2025-11-01,all,anvils,cost_of_equity,0.1,ratio,house,",
            "segment: cost_of_equity does not differ between segments; expected a blank cell",
        ),
        (
            "2025-11-01,all,anvil,growth,0.1,ratio,house,",
            (
                'segment: "anvil" is not a segment of company.yaml; expected anvils or rockets; '
                "did you mean anvils?"
            ),
        ),
        (
            "2025-11-01,all,,launch_price_mix,1,ratio,house,",
            "segment: is blank; expected a variant of the product launched",
        ),
        (
            "2025-11-01,all,,weight_pe,50,ratio,house,",
            "value: 50 is out of bounds; expected between 0 and 1; write 50% or 0.5 for 50 %",
        ),
        (
            "2025-11-01,all,,fade_years,0,years,house,",
            "value: 0 is out of bounds; expected above 0",
        ),
        (
            "2025-11-01,all,,hype_switch_runup,0.5,0/1,house,",
            "value: 0.5 is out of bounds; expected 0 or 1",
        ),
        (
            "2025-11-01,all,anvils,base_metric,700,EUR m,house,",
            'unit: "EUR m" is not the unit of base_metric; expected USD m, the reporting currency',
        ),
        (
            "2025-11-01,all,,dividend,1,USD m,house,",
            'unit: "USD m" is not the unit of dividend; expected USD/share',
        ),
        (
            "2025-11-01,all,,growth_half_life,5,days,house,",
            'unit: "days" is not the unit of growth_half_life; expected years or year or y',
        ),
        (
            "2025-11-01,bull,,probability,0.31,ratio,house,",
            (
                "value: the probabilities of bear, base and bull sum to 1.01; "
                "expected a sum of 1; change one of them"
            ),
        ),
        (
            "2025-11-01,all,S,launch_price_mix,0.9,ratio,house,",
            (
                "value: the shares of the launch's price mix sum to 0.9; "
                "expected a sum of 1; change one of them"
            ),
        ),
        (
            "2025-11-01,all,,cost_of_equity,0.03,ratio,house,",
            (
                "value: cost_of_equity (0.03) is not above terminal_growth (0.03); "
                "expected cost_of_equity > terminal_growth"
            ),
        ),
        (
            "2025-11-01,all,,launch_discount_rate,0.02,ratio,house,",
            (
                "value: launch_discount_rate (0.02) is not above terminal_growth (0.03); "
                "expected launch_discount_rate > terminal_growth"
            ),
        ),
    ],
)
def test_an_assumption_out_of_bounds_is_told(folder: PackFolder, row: str, message: str) -> None:
    line = len(folder.path("assumptions.csv").read_text(encoding="utf-8").splitlines()) + 1
    folder.append("assumptions.csv", row)
    assert folder.errors() == [f"inputs/ACME/assumptions.csv:{line} {message}"]


def test_rounding_in_probabilities_is_no_mistake(folder: PackFolder) -> None:
    for scenario in ("bear", "base", "bull"):
        row = f"2025-11-01,{scenario},,probability,0.3333333333,ratio,house,"
        folder.append("assumptions.csv", row)
    assert len(folder.load().assumptions) > 20


def test_percent_is_read_as_the_ratio_it_is(folder: PackFolder) -> None:
    folder.replace("assumptions.csv", GROWTH, GROWTH.replace("0.05", "5%"))
    assert growth(folder, "bull") == 0.05
    folder.replace("assumptions.csv", "5%,ratio", "5,%")
    assert growth(folder, "bull") == 0.05


def test_money_in_billions_is_stored_in_millions(folder: PackFolder) -> None:
    folder.replace("assumptions.csv", "700,USD m", "0.7,USD bn")
    rows = folder.load().assumptions
    metric = rows[(rows["key"] == "base_metric") & (rows["segment"] == "anvils")].iloc[0]
    assert (metric["value"], metric["unit"]) == (700, "USD m")


def test_a_missing_assumption_is_said_and_not_made_up(folder: PackFolder) -> None:
    folder.replace("assumptions.csv", GROWTH, GROWTH.replace("all", "bull"))
    assert folder.warnings() == [
        (
            "inputs/ACME/assumptions.csv: states no growth for anvils bear, anvils base: "
            "what depends on it is n/a"
        )
    ]


def test_a_beta_is_missed_only_where_there_is_a_benchmark(
    folder: PackFolder, tmp_path: Path
) -> None:
    folder.replace("assumptions.csv", BETA, "")
    assert folder.warnings() == []
    named = copy_of_baba(tmp_path / "named")
    path = named / "BABA/assumptions.csv"
    kept = [
        row
        for row in path.read_text("utf-8").splitlines(keepends=True)
        if "benchmark_beta" not in row
    ]
    path.write_text("".join(kept), "utf-8")
    warnings = [str(one) for one in load("BABA", as_of=AS_OF, inputs=named).warnings]
    assert any("states no benchmark_beta" in told for told in warnings)


def test_a_pack_as_of_a_day_before_its_assumptions_is_read(folder: PackFolder) -> None:
    assert len(folder.load(date(2025, 9, 30)).assumptions) == 0


BOTH = {"growth", "metric_12m"}


def judged(
    key: str, day: int, scenario: str = "bull", segment: str = "anvils", author: str = "house"
) -> Assumption:
    return Assumption(date(2025, 10, day), scenario, segment, key, 0.1, "ratio", author, "", day)


@pytest.mark.parametrize(
    ("rows", "used"),
    [
        ([judged("growth", 1)], {"growth"}),
        ([judged("growth", 1), judged("metric_12m", 2)], {"metric_12m"}),
        ([judged("growth", 2), judged("metric_12m", 1)], {"growth"}),
        ([judged("growth", 1), judged("metric_12m", 1)], {"metric_12m"}),
        (
            [judged("growth", 1), judged("metric_12m", 2, segment="rockets")],
            BOTH,
        ),
        ([judged("growth", 1), judged("metric_12m", 2, scenario="bear")], BOTH),
        ([judged("growth", 1, author="inherited from sector tools")], set()),
        ([judged("no such key", 1)], set()),
        ([judged("cost_of_equity", 1, scenario="bull", segment="")], set()),
    ],
)
def test_of_a_growth_and_a_level_the_newer_is_in_use(
    rows: list[Assumption], used: set[str]
) -> None:
    assert {key for key, _, _ in in_use(rows)} == used


def test_what_is_said_of_all_cases_is_in_use_in_each_that_the_method_has() -> None:
    rows = [judged("growth", 1, "all"), judged("cost_of_equity", 1, "all", "")]
    assert sorted(in_use(rows)) == [
        ("cost_of_equity", "all", ""),
        ("growth", "base", "anvils"),
        ("growth", "bear", "anvils"),
        ("growth", "bull", "anvils"),
    ]


def reported(published: int, ended: int, segment: str = "group", months: int = 3) -> Fundamental:
    end, day, period = date(2025, ended, 28), date(2025, 10, published), f"FY2025-{ended}"
    of = (end, period, segment, "revenue", 1, "USD m", 0, "=", day, "filing", "", 2)
    return Fundamental(*of, months=months)


def test_results_since_a_day_are_told_with_the_newest_period_of_each_day() -> None:
    results = [
        reported(20, 6),
        reported(20, 9),
        reported(20, 3),
        reported(10, 6),
        reported(9, 3),
        reported(25, 10, months=0),  # a balance
        reported(22, 9, "anvils"),
        reported(23, 9, "rockets"),
    ]
    found = [
        [(one.published.day, one.period) for one in results_since(date(2025, 10, day), rows, of)]
        for day, rows, of in (
            (9, results, ""),
            (10, results, "anvils"),
            (10, results[::-1], "rockets"),
            (23, results, ""),
        )
    ]
    assert found == [
        [(23, "FY2025-9"), (22, "FY2025-9"), (20, "FY2025-9"), (10, "FY2025-6")],
        [(22, "FY2025-9"), (20, "FY2025-9")],
        [(23, "FY2025-9"), (20, "FY2025-9")],
        [],
    ]


@pytest.mark.parametrize(
    ("authors", "told"),
    [
        (["house"], ""),
        (["house", "inherited from sector tools"], "1 assumption is inherited from sector tools"),
        (["inherited from sector tools"] * 2, "2 assumptions are inherited from sector tools"),
    ],
)
def test_how_many_assumptions_are_a_sectors(authors: list[str], told: str) -> None:
    rows = [judged("growth", 1, author=author) for author in authors]
    assert inherited_words(rows) == told


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("probability", 0.3 + 5e-10, ""),  # within what is a sum of 1
        ("probability", 0.3 + 2e-9, "the probabilities of bear, base and bull sum to 1.000000002"),
        ("probability", 0.3 - 2e-9, "sum to 0.999999998"),
        ("cost_of_equity", 0.03, "cost_of_equity (0.03) is not above terminal_growth (0.03)"),
        ("cost_of_equity", 0.031, ""),
    ],
)
def test_what_assumptions_are_held_to_between_them_is_held_at_the_limit_itself(
    folder: PackFolder, key: str, value: float, told: str
) -> None:
    scenario = "bull" if key == "probability" else "all"
    folder.append("assumptions.csv", f"2025-11-01,{scenario},,{key},{value!r},ratio,house,")
    found = [one for one in folder.problems() if "assumptions.csv" in one and " value: " in one]
    assert [told in one for one in found] == [True] * bool(told)
