"""All mistakes of a pack are told at once, in reading order, and none hides another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder


REVENUE = "2025-09-30,FY2025-Q3,group,revenue,1000,USD m,0.1,=,2025-10-20,filing,"


GROWTH = "2025-10-01,all,anvils,growth,0.05,ratio,house,"


def test_all_mistakes_of_a_pack_are_told_at_once_in_reading_order(folder: PackFolder) -> None:
    folder.replace("targets.csv", "130", "many").replace("targets.csv", "110", "more")
    folder.replace("prices.csv", "101.5", "-1").replace("market/fx.csv", "1.16", "nil")
    folder.replace("assumptions.csv", "0.05", "5 apples").replace("company.yaml", "peers", "peer")
    assert [message.split(": ", 1)[0] for message in folder.errors()] == [
        "inputs/ACME/assumptions.csv:9 value",
        "inputs/ACME/company.yaml:11 peer",
        "inputs/ACME/prices.csv:3 Close",
        "inputs/ACME/targets.csv:2 target",
        "inputs/ACME/targets.csv:3 target",
        "inputs/market/fx.csv:3 USD",
    ]


@pytest.mark.parametrize("spoilt", ["", "ticker: [", "- a list", "ticker: ACME\nticker: ACME"])
def test_a_broken_description_of_the_company_hides_no_other_mistake_and_makes_none_up(
    folder: PackFolder, spoilt: str
) -> None:
    folder.write("company.yaml", spoilt).replace("targets.csv", "130", "many")
    *of_company, of_target = folder.errors()
    assert of_target.startswith("inputs/ACME/targets.csv:2 target:")
    assert of_company
    assert all(message.startswith("inputs/ACME/company.yaml") for message in of_company)


def test_a_malformed_assumption_is_not_told_to_be_absent_as_well(folder: PackFolder) -> None:
    folder.replace("assumptions.csv", GROWTH, GROWTH.replace("0.05", "much"))
    assert folder.problems() == [
        (
            'inputs/ACME/assumptions.csv:9 value: "much" is not a number; '
            "expected the value in the row's unit"
        )
    ]


def test_a_blank_unit_is_told_together_with_mistakes_of_the_company(folder: PackFolder) -> None:
    folder.replace("company.yaml", "exchange: NYSE", "exchange:")
    folder.replace("fundamentals.csv", REVENUE, REVENUE.replace("USD m", ""))
    assert [message.split(";")[0] for message in folder.errors()] == [
        "inputs/ACME/company.yaml:3 exchange: is blank",
        "inputs/ACME/fundamentals.csv:2 unit: is blank",
    ]
