"""An override is read in the unit of its input, or in one that it states: used or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder

PLACE = "inputs/ACME/overrides.csv"
HEADER = "published,key,value,unit,author,reason\n"
BASE = "assumption[base_metric,all,anvils]"
DIVIDEND = "assumption[dividend,all,]"
GROWTH = "assumption[growth,bull,anvils]"
EPS = "fundamental[group,eps,FY2025-Q3]"
COUNT = "fundamental[group,shares_diluted,2025-09-30]"
TARGET = "target[Coyote,listed,2025-10-01]"
ORDINARY = "target[Road%2Crunner,ordinary,2025-11-04]"
CAPEX = "claim[capex,,wire,2025-11-28]"
CLAIMED = "claim[price,ORD,wire,2025-11-28]"


@pytest.fixture
def full(folder: PackFolder) -> PackFolder:
    """A pack of a share that stands for eight ordinary ones, with rows that can be overridden."""
    folder.append("company.yaml", "adr_ratio: 8")
    folder.append("targets.csv", '2025-11-04,"Road,runner",15,USD,ORD,12,broker,Hold,wire')
    return folder.append(
        "claims.csv",
        "capex,,53,USD bn,=,,2025-11-28,wire,,",
        "price,ORD,15,USD,=,,2025-11-28,wire,,",
    )


def overriding(folder: PackFolder, key: str, value: str, unit: str) -> PackFolder:
    row = f'2025-11-20,"{key}",{value},{unit},A. Nalyst,seen\n'
    return folder.write("overrides.csv", HEADER + row)


@pytest.mark.parametrize(
    ("key", "stated", "unit", "value", "read_in"),
    [
        (BASE, "700", "", 700, "USD m"),
        (BASE, "700", "USD m", 700, "USD m"),
        (BASE, "0.7", "USD bn", 700, "USD m"),
        (BASE, "700000", "USD k", 700, "USD m"),
        (BASE, "0.0007", "USD tn", 700, "USD m"),
        (BASE, "700000000", "USD", 700, "USD m"),
        (DIVIDEND, "2", "", 2, "USD/ADS"),
        (DIVIDEND, "2", "USD/ADR", 2, "USD/ADS"),
        (DIVIDEND, "2", "USD", 2, "USD/ADS"),
        (DIVIDEND, "0.25", "USD/ORD", 2, "USD/ADS"),
        (DIVIDEND, "200", "USc", 2, "USD/ADS"),
        (GROWTH, "0.3", "", 0.3, "ratio"),
        (GROWTH, "30", "%", 0.3, "ratio"),
        (GROWTH, "30%", "", 0.3, "ratio"),
        (GROWTH, "30%", "ratio", 0.3, "ratio"),
        ("assumption[multiple,all,anvils]", "4", "x", 4, "x"),
        ("assumption[fade_years,all,]", "4", "years", 4, "years"),
        (EPS, "1.5", "", 1.5, "USD/ADS"),
        (EPS, "0.25", "USD/ORD", 2, "USD/ADS"),
        (COUNT, "48", "", 48, "m"),
        (COUNT, "48000", "k ADS", 48, "m"),
        (COUNT, "0.384", "bn ORD", 48, "m"),
        (TARGET, "140", "", 140, "USD/ADS"),
        (TARGET, "140", "USD", 140, "USD/ADS"),
        (TARGET, "17.5", "USD/ORD", 140, "USD/ADS"),
        (ORDINARY, "17.5", "USD", 17.5, "USD/ORD"),
        (ORDINARY, "140", "USD/ADS", 17.5, "USD/ORD"),
        (CAPEX, "53", "", 53, "USD bn"),
        (CAPEX, "53000", "USD m", 53, "USD bn"),
        (CLAIMED, "15", "USD", 15, "USD/ORD"),
        (CLAIMED, "120", "USD/ADS", 15, "USD/ORD"),
        ("close[2025-11-28]", "99", "USD", 99, "USD/ADS"),
    ],
)
def test_a_unit_that_is_stated_is_brought_to_that_of_the_input(
    full: PackFolder, key: str, stated: str, unit: str, value: float, read_in: str
) -> None:
    (row,) = overriding(full, key, stated, unit).load().rows.overrides
    assert (row.value, row.unit) == (pytest.approx(value, rel=1e-12), read_in)
    is_as_typed = value == float(stated.strip("%")) or "%" in stated + unit
    assert row.reason == ("seen" if is_as_typed else f"seen; stated as {stated} {unit}")


@pytest.mark.parametrize(
    ("key", "unit", "read_in"),
    [
        (BASE, "CNY m", "USD m"),
        (BASE, "m", "USD m"),
        (BASE, "USD/ADS", "USD m"),
        (BASE, "x", "USD m"),
        (DIVIDEND, "CNY/ADS", "USD/ADS"),
        (DIVIDEND, "USD m", "USD/ADS"),
        (GROWTH, "USD m", "ratio"),
        (GROWTH, "x", "ratio"),
        (EPS, "EUR/ADS", "USD/ADS"),
        (COUNT, "USD m", "m"),
        (TARGET, "EUR", "USD/ADS"),
        (TARGET, "USD bn", "USD/ADS"),
        (CAPEX, "CNY bn", "USD bn"),
        (CAPEX, "ratio", "USD bn"),
    ],
)
def test_another_unit_is_refused(full: PackFolder, key: str, unit: str, read_in: str) -> None:
    (told,) = overriding(full, key, "5", unit).errors()
    assert told == f'{PLACE}:2 unit: "{unit}" is not the unit of {key}; expected {read_in}'


REMEDY = "state it in the column unit"
EXPECTED = "expected a number; its unit, if it has another, in the column unit"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("61.2 CNY bn", f'"61.2 CNY bn" is not a number; {EXPECTED}'),
        (
            "$700",
            f'"$700" is marked $, and the row states no unit; {EXPECTED}; {REMEDY}',
        ),
    ],
)
def test_a_unit_within_the_value_is_refused(full: PackFolder, value: str, told: str) -> None:
    assert overriding(full, BASE, value, "").errors() == [f"{PLACE}:2 value: {told}"]


def test_which_share_has_to_be_said_where_there_are_two(full: PackFolder) -> None:
    (told,) = overriding(full, DIVIDEND, "1", "USD/share").errors()
    assert told.startswith(f'{PLACE}:2 unit: "USD/share" does not say which share')


def test_a_stated_unit_is_held_to_the_bounds_of_the_input(full: PackFolder) -> None:
    (told,) = overriding(full, "assumption[cost_of_equity,all,]", "900", "%").errors()
    assert "value" in told


def test_files_without_the_column_are_read_as_before(full: PackFolder) -> None:
    full.write("overrides.csv", f'published,key,value,author\n2025-11-20,"{BASE}",700,A. Nalyst\n')
    (row,) = full.load().rows.overrides
    assert (row.value, row.unit) == (700, "USD m")


ESTIMATES = """\
published,metric,value,unit,source
2025-11-03,eps_ntm,1.5,EUR/share,wire
2025-11-03,revenue_fy2026,1200,USD m,wire
"""


@pytest.mark.parametrize(
    ("key", "stated", "unit", "value", "read_in"),
    [
        (DIVIDEND, "2", "", 2, "EUR/share"),  # as its row is stated
        (DIVIDEND, "200", "EUR/ADS", 200, "EUR/share"),
        (TARGET, "140", "USD/share", 140, "USD/share"),
        ("close[2025-11-28]", "99", "", 99, "USD/share"),
        ("eps_ntm[2025-11-03]", "1.6", "", 1.6, "EUR/share"),
        ("claim[price,ADS,wire,2025-11-28]", "98", "", 98, "USD/share"),
        ("fundamental[group,revenue,FY2025-Q2]", "0.1", "", 0.1, "ratio"),
        ("fundamental[group,revenue,FY2025-Q2].yoy", "12%", "", 0.12, "ratio"),
        ("product[Acme,Anvil,,wire,2025-11-03]", "21", "", 21, "GBP"),
        ("product[Acme,Bolt,,wire,2025-11-03]", "22", "", 22, ""),
        ("peer[META,pe_ntm,2025-11-03]", "23", "", 23, "x"),
        ("policy[half_life.price]", "3", "", 3, ""),
        ("company.adr_ratio", "2", "", 2, ""),
    ],
)
def test_every_input_of_a_company_with_one_share_has_its_unit(
    folder: PackFolder, key: str, stated: str, unit: str, value: float, read_in: str
) -> None:
    folder.replace("assumptions.csv", ",dividend,1,USD/ADS", ",dividend,1,EUR/ADS")
    folder.write("estimates.csv", ESTIMATES)
    folder.append(
        "fundamentals.csv", "2025-06-30,FY2025-Q2,group,revenue,,,0.1,=,2025-08-20,filing,"
    )
    folder.write("products.csv", "vendor,product,price,currency,published,source\n")
    folder.append(
        "products.csv", "Acme,Anvil,20,GBP,2025-11-03,wire", "Acme,Bolt,,,2025-11-03,wire"
    )
    folder.write("peers.csv", "published,peer,metric,value,unit,source\n")
    folder.append("peers.csv", "2025-11-03,META,pe_ntm,22,x,wire")
    (row,) = overriding(folder, key, stated, unit).load().rows.overrides
    assert (row.value, row.unit) == (pytest.approx(value, rel=1e-12), read_in)
