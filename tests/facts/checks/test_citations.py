"""Every source cited exists once; only those cited are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.facts.pack import load
from tests.facts.pack_folder import AS_OF, INPUTS, messages

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder


def ids(folder: PackFolder) -> list[str]:
    return list(folder.load().sources["id"])


def test_only_what_is_cited_is_known(folder: PackFolder) -> None:
    assert ids(folder) == ["filing", "house", "wire"]


def test_a_source_is_known_as_soon_as_a_row_cites_it_whenever_it_was_published(
    folder: PackFolder,
) -> None:
    folder.append("sources.csv", "late,Late,late,,wire,,2025-12-31,,")
    assert "late" not in ids(folder)
    folder.append("claims.csv", "price,ADS,98,USD,=,,2025-11-28,late,,")
    assert "late" in ids(folder)


def test_the_one_who_contradicts_is_cited_too(folder: PackFolder) -> None:
    folder.append("claims.csv", "price,ADS,98,USD,=,,2025-11-28,wire,unused,")
    assert "unused" in ids(folder)


def test_exchange_and_central_bank_are_cited_by_the_prices_and_rates(folder: PackFolder) -> None:
    folder.append("sources.csv", "nyse,,NYSE,,primary,,,,", "ecb,,ECB,,primary,,,,")
    assert ids(folder) == ["ecb", "filing", "house", "nyse", "wire"]
    assert "nyse" in set(load("BABA", as_of=AS_OF, inputs=INPUTS).sources["id"])


def test_company_yaml_may_name_other_sources_of_prices_and_rates(folder: PackFolder) -> None:
    folder.replace("company.yaml", "peers: []", "sources: {prices: unused}")
    pack = folder.load()
    assert pack.company.price_source == "unused"
    assert "unused" in set(pack.sources["id"])


@pytest.mark.parametrize(
    ("named", "prices", "benchmark", "rates"),
    [
        ("", "NYSE", "the exchange", "ECB"),
        ("sources: {prices: unused}", "unused", "the exchange", "ECB"),
        ("sources: {benchmark: unused}", "NYSE", "unused", "ECB"),
        ("sources: {fx: unused}", "NYSE", "the exchange", "unused"),
    ],
)
def test_prices_and_rates_come_from_whom_the_pack_names(
    folder: PackFolder, named: str, prices: str, benchmark: str, rates: str
) -> None:
    folder.replace("company.yaml", "peers: []", named or "peers: []")
    company = folder.load().company
    found = (company.prices_from, company.benchmark_from, company.rates_from)
    assert found == (prices, benchmark, rates)


def test_flags_are_put_in_order_and_a_group_is_filled_in(folder: PackFolder) -> None:
    folder.replace("sources.csv", "press,wire,", ",wire,verified_error; ai_generated")
    source = folder.load().sources.set_index("id").loc["wire"]
    assert source["flags"] == "ai_generated;verified_error"
    assert source["publisher_group"] == "various"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "wire,Again,,,wire,,,,",
            (
                ':6 id: "wire" stands in the file more than once; '
                "expected one row for each source; remove one of them"
            ),
        ),
        (
            "wire2,,,,blog,,,,",
            (
                ':6 tier: "blog" is not a tier; '
                "expected primary or wire or trade_blog or user_post or assumption"
            ),
        ),
        (
            "wire2,,,,wire,promotion,,,",
            (
                ':6 flags: "promotion" is not a flag; expected ai_generated; '
                "promotional; author_position; verified_error; no_redistribution; "
                "did you mean promotional?"
            ),
        ),
    ],
)
def test_a_cited_source_must_be_sound(folder: PackFolder, row: str, message: str) -> None:
    folder.append("sources.csv", row)
    folder.append("claims.csv", "price,ADS,98,USD,=,,2025-11-28,wire2,,")
    assert f"inputs/ACME/sources.csv{message}" in folder.errors()


@pytest.mark.parametrize(
    "row", ["later,,,,blog,,,,", "later,,,,wire,loud,,,", "unused,,,,wire,,,,"]
)
def test_a_source_that_nothing_cites_yet_may_be_anything(folder: PackFolder, row: str) -> None:
    before = folder.load()
    folder.append("sources.csv", row)
    folder.append("claims.csv", "price,ADS,98,USD,=,,2025-12-28,later,,")
    after = folder.load()
    assert (after.rows, after.warnings) == (before.rows, before.warnings)


def test_a_pack_without_sources_says_so_once(folder: PackFolder) -> None:
    folder.path("sources.csv").unlink()
    assert folder.errors() == [
        "inputs/ACME/sources.csv: is missing, and 2 sources are cited; expected sources.csv"
    ]


def test_what_is_wrong_with_a_later_source_is_told_apart(folder: PackFolder) -> None:
    folder.append("sources.csv", "later,,,,blog,,,,")
    pack = folder.load()
    assert messages(pack.later_warnings)[0].startswith("inputs/ACME/sources.csv:6 tier")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (1, ':3 source: "wyre" is not in sources.csv; expected'),
        (2, ':3 source: "wyre" is not in sources.csv (cited on 2 lines); expected'),
    ],
)
def test_a_source_that_is_not_there_is_told_once_a_table(
    folder: PackFolder, rows: int, message: str
) -> None:
    for value in range(rows):
        folder.append("claims.csv", f"pe,ADS,{value + 5},x,=,,2025-11-28,wyre,,")
    (told,) = folder.errors()
    assert told.startswith(f"inputs/ACME/claims.csv{message}")
    assert told.endswith("; did you mean wire?")


def test_a_source_without_a_publisher_is_its_own_group(folder: PackFolder) -> None:
    folder.replace("sources.csv", "Broker changes,various,press,wire", "Broker changes,,,wire")
    folder.replace("sources.csv", "Acme,acme,primary", "Acme,,primary")
    groups = folder.load().sources.set_index("id")["publisher_group"]
    assert groups.to_dict() == {"filing": "Acme", "house": "house", "wire": "wire"}
