"""company.yaml is read letter by letter, and every mistake has its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.company import Launch, Segment
from reportgen.facts.pack import load
from tests.facts.pack_folder import AS_OF, INPUTS, PLAIN

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder

PACKS = Path(__file__).resolve().parents[2] / "packs"


def test_the_company_of_the_repo_is_read() -> None:
    company = load("BABA", as_of=AS_OF, inputs=INPUTS).company
    assert company.ticker == "BABA"
    assert (company.price_currency, company.reporting_currency) == ("USD", "CNY")
    assert company.adr_ratio == 8
    assert company.fiscal_year_end == "03-31"
    assert company.benchmark == "KWEB"
    assert company.segments[1] == Segment("cloud", "Cloud Intelligence", "revenue")
    assert company.peers == ("META",)
    assert (company.own_vendor, company.reference) == ("Alibaba", ("Meta", "Ray-Ban Display"))
    assert company.launch == Launch("Quark AI Glasses", date(2025, 10, 23), "ai_glasses")


def test_what_is_optional_may_be_absent(folder: PackFolder) -> None:
    company = folder.load().company
    assert company.adr_ratio == 1
    assert (company.benchmark, company.own_vendor, company.reference) == (None, None, None)
    assert company.launch is None


def test_the_company_s_own_names_of_metrics_are_read_in_one_order(folder: PackFolder) -> None:
    assert folder.load().company.metric_names == ()
    folder.append(
        "company.yaml", "metric_names: {ebita: operating profit, eps: core EPS, ebitda: }"
    )
    names = (("ebita", "operating profit"), ("eps", "core EPS"))
    assert folder.load().company.metric_names == names


def test_a_name_of_eighty_letters_and_an_adr_of_a_fraction_are_taken(folder: PackFolder) -> None:
    folder.replace("company.yaml", "Acme Corporation", "A" * 80)
    folder.replace("company.yaml", "peers: []", "adr_ratio: 0.5\ntags: [b, a-1, A.c_d]")
    folder.replace("targets.csv", ",ADS,", ",ordinary,")
    company = folder.load().company
    assert (company.name, company.adr_ratio) == ("A" * 80, 0.5)
    assert company.tags == ("A.c_d", "a-1", "b")


def test_words_that_yaml_takes_for_something_else_stay_words(folder: PackFolder) -> None:
    for old, new in {
        "exchange: NYSE": "exchange: NO",
        "Acme Corporation": "012",
        "peers: []": "peers: [0700, 1e3, yes, ~x]",
        '"12-31"': "12-31",
    }.items():
        folder.replace("company.yaml", old, new)
    company = folder.load().company
    assert (company.exchange, company.name) == ("NO", "012")
    assert company.peers == ("0700", "1e3", "yes", "~x")
    assert company.fiscal_year_end == "12-31"


def test_a_ticker_of_digits_keeps_its_zeros(folder: PackFolder) -> None:
    folder.path("prices.csv").parent.rename(folder.inputs / "0700")
    path = folder.inputs / "0700" / "company.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("ACME", "0700"), encoding="utf-8")
    assert folder.load(ticker="0700").company.ticker == "0700"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "ticker: ACME",
            "ticker: ACNE",
            (
                ':1 ticker: "ACNE" is not the name of the folder; '
                'expected "ACME"; make the two agree'
            ),
        ),
        (
            "name: Acme Corporation",
            "",
            ":1 name: is missing; expected the company's name; fill it in",
        ),
        (
            "name: Acme Corporation",
            "name:",
            ":2 name: is blank; expected the company's name; fill it in",
        ),
        (
            "name: Acme Corporation",
            "name: [a, b]",
            ":2 name: holds more than one value; expected the company's name",
        ),
        (
            "price_currency: USD",
            "price_currency: Gbp",
            (
                ':4 price_currency: "Gbp" is not a currency; '
                "expected an ISO 4217 code such as USD, or a subunit such as GBp"
            ),
        ),
        (
            "benchmark:",
            "bench_mark:",
            (":7 bench_mark: is not a key of this file; did you mean benchmark?"),
        ),
        (
            "12-31",
            "31-12",
            (
                ':6 fiscal_year_end: "31-12" is not a day of the year; '
                'expected MM-DD, such as "03-31"'
            ),
        ),
        (
            "peers: []",
            "adr_ratio: 0",
            (
                ':11 adr_ratio: "0" is not a number above 0; '
                "expected ordinary shares in one listed share"
            ),
        ),
        (
            "peers: []",
            'adr_ratio: "8:1"',
            ':11 adr_ratio: "8:1" is not a number; expected ordinary shares in one listed share',
        ),
        (
            "peers: []",
            "adr_ratio: -8",
            (
                ':11 adr_ratio: "-8" is not a number above 0; '
                "expected ordinary shares in one listed share"
            ),
        ),
        (
            "peers: []",
            "adr_ratio: 8%",
            (
                ':11 adr_ratio: "8%" is not a number above 0; '
                "expected ordinary shares in one listed share"
            ),
        ),
        (
            "name: Acme Corporation",
            f"name: {'A' * 81}",
            ":2 name: has 81 characters; expected the company's name, of at most 80",
        ),
        (
            "peers: []",
            f"sector: {'A' * 81}",
            ":11 sector: has 81 characters; expected a sector, of at most 80",
        ),
        (
            "peers: []",
            "tags: [a, b c]",
            ':11 tags[2]: "b c" is not a tag; expected letters, digits and . - _',
        ),
        (
            "peers: []",
            "tags: [[a]]",
            ":11 tags[1]: what stands there is not a tag; expected letters, digits and . - _",
        ),
        ("peers: []", "tags: [a, b, a]", ':11 tags[3]: "a" stands here twice'),
        (
            "peers: []",
            "peers: [META, '']",
            ":11 peers: are not different names; expected a list such as [META]",
        ),
        ("peers: []", "peers: META", ":11 peers: is not a list; expected a list such as [a, b]"),
        (
            "peers: []",
            "peers: [META, META]",
            ":11 peers: are not different names; expected a list such as [META]",
        ),
        ("id: rockets", "id: anvils", ':10 segments[2].id: "anvils" stands here twice'),
        (
            "id: rockets",
            "id: group",
            (
                ':10 segments[2].id: "group" is taken: '
                "group is the whole company, all every scenario"
            ),
        ),
        (
            "metric: revenue}\npeers",
            "metrik: revenue}\npeers",
            ":10 segments[2].metrik: is not a key of this file; did you mean metric?",
        ),
        (
            "peers: []",
            "launch: {name: X, date: 23/10/2025, market: y}",
            ':11 launch.date: "23/10/2025" is not a day; expected a day as YYYY-MM-DD',
        ),
        ("peers: []", "launch: soon", ":11 launch: is not a mapping; expected keys with values"),
        (
            "peers: []",
            "metric_names: {eps: [a, b]}",
            ":11 metric_names.eps: holds more than one value",
        ),
        ("peers: []", "sources: {prices: nobody}", None),
    ],
)
def test_a_mistake_is_told_with_its_line(
    folder: PackFolder, old: str, new: str, message: str | None
) -> None:
    folder.replace("company.yaml", old, new)
    expected = f"inputs/ACME/company.yaml{message}"
    if message is None:
        expected = (
            'inputs/ACME/sources.csv id: "nobody", named by company.yaml, is missing; '
            "expected a row for it"
        )
    assert expected in folder.errors()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ticker: ACME\nticker: ACME\n", ':2: says "ticker" a second time'),
        ("name: &a X\nexchange: *a\n", ":1: uses an anchor or alias"),
        ("name: {a: [\n", ": is not YAML"),
        ("name: a\n\tb: c\n", ":2: is not YAML"),
        ("- ticker\n", ":1: is not a mapping"),
        ("ticker: ACME\n---\nticker: ACME\n", ":2: is not YAML"),
        ("? [a, b]\n: c\n", ":1: has a key that is not a word"),
        ("a: " + "[" * 50 + "]" * 50, ":1: is nested too deeply"),
        ("a: " + "[" * 5000 + "]" * 5000, "inputs/ACME/company.yaml"),
        ("a: \x00\n", "is not YAML"),
        ("", "is missing"),
    ],
)
def test_what_is_not_plain_yaml_is_told(folder: PackFolder, text: str, message: str) -> None:
    folder.write("company.yaml", text)
    assert message in folder.errors()[0]


def test_a_pack_without_a_description_is_told(folder: PackFolder) -> None:
    folder.path("company.yaml").unlink()
    assert folder.errors() == [
        "inputs/ACME/company.yaml: is missing; expected a description of the company"
    ]


def test_prices_in_pence_become_pounds_throughout(folder: PackFolder) -> None:
    text = PLAIN["ACME/company.yaml"].replace("price_currency: USD", "price_currency: GBp")
    folder.write("company.yaml", text).replace("targets.csv", "130,USD", "13000,GBp")
    folder.replace("claims.csv", "99,USD", '"9,900",GBX')
    folder.replace("assumptions.csv", "dividend,1,USD/ADS", "dividend,150,GBp/share")
    pack = folder.load()
    assert pack.company.price_currency == "GBP"
    assert list(pack.prices["close"]) == [1, 1.015, 0.9925]
    assert list(pack.targets["target"]) == [130, 110]
    assert list(pack.targets["currency"]) == ["GBP", "EUR"]
    assert list(pack.claims[["value", "unit", "currency"]].iloc[0]) == [99, "GBP", "GBP"]
    dividend = pack.assumptions.set_index("key").loc["dividend"]
    assert (dividend["value"], dividend["unit"]) == (1.5, "GBP/share")


@pytest.mark.parametrize(
    "pack", sorted(PACKS.glob("*/inputs/*/company.yaml")), ids=lambda path: path.parts[-4]
)
def test_every_strange_pack_is_read_without_a_mistake(pack: Path) -> None:
    read = load(pack.parent.name, as_of=AS_OF, inputs=pack.parents[1])
    assert read.company.ticker == pack.parent.name
