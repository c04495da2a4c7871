"""One house under several spellings counts once; names that are nearly another are told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.brokers import house, key_in_one_spelling
from reportgen.facts.reading.yaml_nodes import Listing, Scalar, Section
from reportgen.facts.reading.yaml_tree import parse
from reportgen.resources import template_path
from tests.facts.pack_folder import PackFolder, without_lines

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "published,broker,target,currency,line,horizon_months,kind,rating,source\n"
FOUR_SPELLINGS = (
    HEADER
    + """\
2025-10-02,JPMorgan,100,USD,ADS,12,broker,,wire
2025-10-20,J.P. Morgan,110,USD,ADS,12,broker,,wire
2025-11-02,JPMorgan Chase & Co.,120,USD,ADS,12,broker,,wire
2025-11-20,JP Morgan,130,USD,ADS,12,broker,,wire
"""
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("JPMorgan", "J.P. Morgan Securities LLC"),
        ("JPMorgan", "JPM"),
        ("Goldman Sachs", "The Goldman Sachs Group, Inc."),
        ("Goldman Sachs", "GOLDMAN, SACHS & CO."),
        ("Bank of America", "BofA Global Research"),
        ("Citi", "Citigroup Inc"),
        ("UBS", "UBS Group AG"),
        ("Deutsche Bank", "Deutsche Bank Securities"),
        ("Société Générale", "Societe Generale S.A."),
        ("Barclays", "Barclays Bank PLC"),
        ("BMO", "BMO Capital Markets"),
        ("China Galaxy", "China Galaxy Securities Co., Ltd."),
        ("Larkin & Poe", "Larkin and Poe"),
        ("Jefferies", "jefferies"),
        ("+Plus Markets", "Plus Markets"),
        ("Old Slip Research", "Old Slip"),
        ("Goldman Sachs", "高盛"),
        ("Morgan Stanley", "大摩"),
        ("Morgan Stanley", "Morgan Stanley & Co. International plc"),
        ("Nomura", "野村證券"),
        ("Mizuho", "みずほ証券"),
    ],
)
def test_spellings_of_one_house_are_one(one: str, other: str) -> None:
    assert house(one) == house(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deutsche Bank", "Deutsche Boerse"),
        ("Citi", "CITIC Securities"),
        ("Bank of America", "Bank of China"),
        ("Morgan Stanley", "JPMorgan"),
        ("UBS", "UBP"),
        ("China Galaxy", "China Merchants"),
        ("Securities", "Research"),
        ("---", "!!!"),
        ("中金公司", "中信证券"),
        ("大摩", "小摩"),
    ],
)
def test_different_houses_stay_different(one: str, other: str) -> None:
    assert house(one) != house(other)


def test_no_name_in_the_list_of_houses_stands_for_two() -> None:
    tree = parse(template_path("brokers.yaml").read_text(encoding="utf-8"))
    assert isinstance(tree, Section)
    assert len({house(known) for known in tree.items}) == len(tree.items)
    for known, others in tree.items.items():
        assert isinstance(others, Listing)
        names = [node.text for node in others.items if isinstance(node, Scalar)]
        assert {house(name) for name in names} <= {house(known)}, known


def test_a_house_goes_by_the_name_of_its_newest_target(folder: PackFolder) -> None:
    folder.write("targets.csv", FOUR_SPELLINGS)
    assert {row.broker for row in folder.load().rows.targets} == {"JP Morgan"}
    assert {row.broker for row in folder.load(date(2025, 11, 1)).rows.targets} == {"J.P. Morgan"}
    assert folder.warnings() == []


def test_the_order_of_rows_settles_no_name(tmp_path: Path) -> None:
    header, *rows = FOUR_SPELLINGS.replace("2025-11-20", "2025-11-02").splitlines(keepends=True)
    rows[3] = rows[3].replace("130", "120")
    one, other = (PackFolder(tmp_path / name) for name in ("one", "other"))
    one.write("targets.csv", header + "".join(rows))
    other.write("targets.csv", header + "".join(reversed(rows)))
    assert without_lines(one.load()) == without_lines(other.load())


def test_two_targets_of_a_house_on_one_day_contradict_each_other(folder: PackFolder) -> None:
    folder.write("targets.csv", FOUR_SPELLINGS.replace("2025-11-20", "2025-11-02"))
    (error,) = folder.errors()
    assert "target: 130 is not what line 4 states (120)" in error


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Maquarie", "Macquarie"),
        ("Jeffries", "Jefferies"),
        ("Morgan Stanly", "Morgan Stanley"),
        ("Bishopsgate", "Bishopsgate Partners"),
    ],
)
def test_a_name_that_is_nearly_another_is_told(folder: PackFolder, name: str, other: str) -> None:
    folder.write("targets.csv", HEADER)
    for broker in (name, other):
        folder.append("targets.csv", f"2025-11-03,{broker},5,USD,ADS,12,broker,,wire")
    (warning,) = (one for one in folder.warnings() if "broker" in one)
    assert "counts as another broker than" in warning
    assert warning.endswith("if it is the same, spell it alike")


def test_houses_known_to_be_two_are_not_told(folder: PackFolder) -> None:
    folder.write("targets.csv", HEADER)
    for broker in (
        "X Bank",
        "Y Bank",
        "Deutsche Bank",
        "Deutsche Börse",
        "Citi",
        "CITIC",
        "China Galaxy",
        "China",
    ):
        folder.append("targets.csv", f"2025-11-03,{broker},100,USD,ADS,12,broker,,wire")
    assert folder.warnings() == []


SHOWN = {"jpmorgan": "JP Morgan", "ngpartners": "Ng, & Partners"}


@pytest.mark.parametrize(
    ("key", "known_as"),
    [
        ("target[JPMorgan,ORD,2025-10-20]", "target[JP Morgan,ordinary,2025-10-20]"),
        ("target[J.P. Morgan,ads,2025-10-20].value", "target[JP Morgan,listed,2025-10-20].value"),
        ("target[Ng%2C Partners,listed,2025-10-20]", "target[Ng%2C & Partners,listed,2025-10-20]"),
        ("target[Nobody,listed,2025-10-20]", "target[Nobody,listed,2025-10-20]"),
        ("target[JPMorgan]", "target[JP Morgan]"),
        ("fundamental[group, eps , FY2026-Q2].yoy", "fundamental[group,eps,FY2026-Q2].yoy"),
        ("assumption[cost_of_equity,all,]", "assumption[cost_of_equity,all,]"),
        ("bull.value", "bull.value"),
        ("target[", "target["),
    ],
)
def test_keys_name_a_target_as_it_is_shown(key: str, known_as: str) -> None:
    assert key_in_one_spelling(key, SHOWN) == known_as


def test_rows_that_name_a_target_find_it_under_any_spelling(folder: PackFolder) -> None:
    key, shown = "target[JPM,ADS,2025-10-20]", "target[JP Morgan,listed,2025-10-20]"
    folder.write("targets.csv", FOUR_SPELLINGS)
    folder.write("overrides.csv", "published,key,value,author\n")
    folder.append("overrides.csv", f'2025-11-03,"{key}",105,jp')
    folder.write("confirmed.csv", "published,key,author\n")
    folder.append("confirmed.csv", f'2025-11-03,"{key}",jp')
    folder.write("arguments.csv", "published,case,kind,text,assumption,trigger,source\n")
    folder.append("arguments.csv", f'2025-11-03,bull,driver,Up,"{key}","{key} > 5",wire')
    rows = folder.load().rows
    assert [row.key for row in (*rows.overrides, *rows.confirmed)] == [shown, shown]
    assert (rows.arguments[0].assumption, rows.arguments[0].trigger) == (shown, f"{shown} > 5")
