"""A company has its sector's assumptions where it has none of its own, and says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.assumptions import inherited_words, standing
from tests.facts.pack_folder import AS_OF
from tests.facts.universe_folder import LISTED, UniverseFolder

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.facts.assumptions import Slot

DEFAULTS = """\
published,sector,scenario,segment,key,value,unit,author
2025-01-02,technology,bear,,probability,0.25,ratio,desk
2025-01-02,technology,base,,probability,0.5,ratio,desk
2025-01-02,technology,bull,,probability,0.25,ratio,desk
2025-01-02,Technology,all,,cost_of_equity,10%,ratio,desk
2025-01-02,technology,all,main,growth,0.1,ratio,desk
2025-01-02,technology,all,wings,growth,0.2,ratio,desk
2025-06-02,technology,all,,terminal_growth,0.03,ratio,desk
2025-12-02,technology,all,,terminal_growth,0.02,ratio,desk
2025-01-02,textiles,all,,cost_of_equity,0.08,ratio,wool desk
"""


@pytest.fixture
def folder(tmp_path: Path) -> UniverseFolder:
    made = UniverseFolder(tmp_path)
    made.write("universe/defaults.csv", DEFAULTS)
    return made


def stands(folder: UniverseFolder, ticker: str, as_of: date = AS_OF) -> dict[Slot, float]:
    """The value that stands in each slot."""
    rows = folder.load(as_of, ticker).rows.assumptions
    return {slot: row.value for slot, row in standing(rows).items()}


def test_defaults_of_the_sector_known_by_then_are_inherited(folder: UniverseFolder) -> None:
    assert stands(folder, "KITE") == {
        ("probability", "bear", ""): 0.25,
        ("probability", "base", ""): 0.5,
        ("probability", "bull", ""): 0.25,
        ("cost_of_equity", "bear", ""): 0.1,
        ("cost_of_equity", "base", ""): 0.1,
        ("cost_of_equity", "bull", ""): 0.1,
        ("cost_of_equity", "all", ""): 0.1,
        ("terminal_growth", "bear", ""): 0.03,
        ("terminal_growth", "base", ""): 0.03,
        ("terminal_growth", "bull", ""): 0.03,
        ("terminal_growth", "all", ""): 0.03,
        ("growth", "bear", "main"): 0.1,
        ("growth", "base", "main"): 0.1,
        ("growth", "bull", "main"): 0.1,
    }
    assert stands(folder, "LOOM")["cost_of_equity", "all", ""] == 0.08
    assert ("terminal_growth", "all", "") not in stands(folder, "KITE", date(2025, 5, 31))
    assert stands(folder, "KITE", date(2025, 12, 31))["terminal_growth", "all", ""] == 0.02


def test_what_is_inherited_says_from_where_and_by_whom(folder: UniverseFolder) -> None:
    rows = folder.load(ticker="LOOM").rows.assumptions
    assert {(row.author, row.note) for row in rows} == {
        ("inherited from sector textiles", "wool desk")
    }
    assert inherited_words(rows) == "1 assumption is inherited from sector textiles"
    kite = folder.load(ticker="KITE").rows.assumptions
    assert inherited_words(kite) == "8 assumptions are inherited from sector technology"
    assert not inherited_words(folder.load().rows.assumptions)


COST, GROWTH = "cost_of_equity", "growth"


@pytest.mark.parametrize(
    ("own", "no_longer"),
    [
        ("2020-01-01,all,,cost_of_equity,0.12,ratio,me", {("all", COST)}),
        ("2025-11-30,all,,cost_of_equity,0.12,ratio,me", {("all", COST)}),
        ("2025-12-01,all,,cost_of_equity,0.12,ratio,me", set()),
        ("2025-01-01,base,main,growth,0.12,ratio,me", {("base", GROWTH)}),
        ("2025-01-01,base,main,metric_12m,1200,USD m,me", {("base", GROWTH)}),
        (
            "2025-01-01,all,main,growth,0.12,ratio,me",
            {("bear", GROWTH), ("base", GROWTH), ("bull", GROWTH)},
        ),
        (
            "2025-01-01,all,main,metric_12m,1200,USD m,me",
            {("bear", GROWTH), ("base", GROWTH), ("bull", GROWTH)},
        ),
    ],
)
def test_an_assumption_of_its_own_counts_before_the_sector_s(
    folder: UniverseFolder, own: str, no_longer: set[tuple[str, str]]
) -> None:
    def inherited() -> set[tuple[str, str]]:
        rows = folder.load(ticker="KITE").rows.assumptions
        return {(row.scenario, row.key) for row in rows if row.is_inherited}

    before = inherited()
    header = "ticker,published,scenario,segment,key,value,unit,author"
    folder.write("universe/assumptions.csv", f"{header}\nKITE,{own}\n")
    assert before - inherited() == no_longer
    assert inherited() < before or not no_longer


def test_a_folder_s_assumptions_count_before_the_sector_s(folder: UniverseFolder) -> None:
    alone = folder.load().rows.assumptions
    folder.append("company.yaml", "sector: TECHNOLOGY")
    rows = folder.load().rows.assumptions
    assert {row.key for row in rows if row.is_inherited} == set()
    assert rows == alone
    folder.replace("assumptions.csv", "2025-10-01,all,,cost_of_equity,0.1,ratio,house,\n", "")
    (one,) = [row for row in folder.load().rows.assumptions if row.is_inherited]
    assert (one.key, one.author) == ("cost_of_equity", "inherited from sector TECHNOLOGY")


def test_a_sector_changes_a_report_only_through_its_defaults(folder: UniverseFolder) -> None:
    before = folder.load().input_hash
    folder.append("company.yaml", "sector: textiles", "tags: [b, a]")
    assert folder.load().input_hash == before
    assert folder.load().company.tags == ("a", "b")


def test_the_order_of_defaults_makes_no_difference(folder: UniverseFolder) -> None:
    before = folder.load(ticker="KITE").input_hash
    header, *rows = DEFAULTS.splitlines()
    folder.write("universe/defaults.csv", "\n".join([header, *reversed(rows)]))
    assert folder.load(ticker="KITE").input_hash == before


def test_the_digest_holds_the_defaults_of_its_sector_alone(folder: UniverseFolder) -> None:
    before = {ticker: folder.digest(ticker) for ticker in ("KITE", "LOOM", "ACME")}
    folder.append("universe/defaults.csv", "2025-01-02,TEXTILES,all,,fade_years,9,years,desk")
    after = {ticker: folder.digest(ticker) for ticker in before}
    assert [ticker for ticker in before if before[ticker] != after[ticker]] == ["LOOM"]
    folder.append("company.yaml", "sector: textiles")
    assert folder.digest("ACME") != after["ACME"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2025-01-02,technology,all,,fade_years,ten,years,desk", 'value: "ten" is not a number'),
        (
            "2025-01-02,technology,all,,fade_years,,years,desk",
            "value: is blank; expected the years of",
        ),
        ("2025-01-02,technology,all,,fate_years,9,years,desk", 'key: "fate_years" is not a param'),
        ("2025-01-02,technology,all,,fade_years,9,years,", "author: is blank"),
        ("2025-01-02,technology,all,,terminal_growth,0.11,ratio,desk", "value: cost_of_equity"),
        ("2025-01-03,technology,bear,,probability,0.3,ratio,desk", "the probabilities of bear, ba"),
    ],
)
def test_a_mistake_in_a_default_is_told_with_its_line_and_costs_its_sector_alone(
    folder: UniverseFolder, line: str, told: str
) -> None:
    folder.replace(
        "universe/defaults.csv", "2025-06-02,technology,all,,terminal_growth,0.03,ratio,desk\n", ""
    )
    folder.append("universe/defaults.csv", line)
    (error,) = folder.errors(ticker="KITE")
    assert error.startswith("inputs/universe/defaults.csv:")
    assert told in error
    folder.load(ticker="LOOM")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_sector_may_have_letters_of_any_language(folder: UniverseFolder, encoding: str) -> None:
    listed = LISTED["companies"].replace("technology", "Énergie")
    folder.write("universe/companies.csv", listed.encode("utf-16"))
    text = DEFAULTS.replace("technology", "énergie").replace("Technology", "ÉNERGIE")
    folder.write("universe/defaults.csv", text.encode(encoding))
    rows = folder.load(ticker="KITE").rows.assumptions
    assert inherited_words(rows) == "8 assumptions are inherited from sector Énergie"


@pytest.mark.parametrize(
    "text", ["sector: [a", "sector: [a, b]", "- sector", "sector:", "\x00sector"]
)
def test_a_description_that_cannot_be_read_hands_nothing_down(
    folder: UniverseFolder, text: str
) -> None:
    folder.write("ACME/company.yaml", text)
    assert "defaults" not in folder.universe().slice("ACME").cuts
    assert folder.errors()


def test_a_ticker_that_leads_out_of_the_inputs_has_no_sector(folder: UniverseFolder) -> None:
    (error,) = folder.errors(ticker="../inputs/ACME")
    assert "cannot name a file" in error


def test_a_sector_of_no_company_is_told(folder: UniverseFolder) -> None:
    assert folder.told() == []
    folder.append("universe/defaults.csv", "2025-01-02,tecnology,all,,fade_years,9,years,desk")
    assert folder.told() == [
        (
            'inputs/universe/defaults.csv:11 sector: "tecnology" is the sector of no company; '
            "did you mean technology?"
        )
    ]
    folder.append("company.yaml", "sector: Tecnology")
    assert folder.told() == []


def test_a_default_without_a_sector_is_told(folder: UniverseFolder) -> None:
    folder.append("universe/defaults.csv", "2025-01-02,,all,,fade_years,9,years,desk")
    assert folder.told() == [
        "inputs/universe/defaults.csv:11 sector: is blank: not read; fill it in"
    ]
