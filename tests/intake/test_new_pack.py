"""A new pack that holds what files bring, with suggestions beside its blanks; whole, or not."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.facts.knowledge import known_at
from reportgen.facts.reading.pack_files import read_pack
from reportgen.intake import new_pack
from reportgen.intake.imports_file import imports_of
from reportgen.intake.new_pack import Start, Started, start
from reportgen.intake.reaffirmation import EVERY, reaffirm
from reportgen.intake.records import Import
from reportgen.intake.suggested import Suggestion
from reportgen.scaffold import ScaffoldError
from tests.intake.new_company import FIRST, RATES, TODAY, closes, filed, listing, written
from tests.intake.sec.filings import Filing, Stated, companyfacts
from tests.intake.sec.instances import Part, instance

if TYPE_CHECKING:
    from reportgen.facts.company import Company
    from reportgen.intake.additions import Appended

MONEY = f"{RATES}2026-03-31,GBP,0.05,0.06,BoE\n2026-03-31,USD,4%,5%,Treasury\n"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    (tmp_path / "inputs/market").mkdir(parents=True)
    (tmp_path / "inputs/market/rates.csv").write_text(MONEY)
    return tmp_path / "inputs"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What was fetched of the company, and closes of it and of its benchmark."""
    return written(
        tmp_path_factory.mktemp("downloads"),
        companyfacts__json=filed(),
        submissions__json=listing(),
        ACME__csv=closes(3, 1.2),
        INDX__csv=closes(3, 1.0),
    )


@pytest.fixture(scope="module")
def started(
    files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Started]:
    """A pack with two years of closes, and what was told of it."""
    folder = tmp_path_factory.mktemp("started")
    (folder / "inputs/market").mkdir(parents=True)
    (folder / "inputs/market/rates.csv").write_text(MONEY)
    two_years = written(folder, ACME__csv=closes(116, 1.2), INDX__csv=closes(116, 1.0))
    filings = (files["companyfacts__json"], files["submissions__json"])
    return folder / "inputs", begun(folder / "inputs", *filings, *two_years.values())


def begun(inputs: Path, *files: Path, benchmark: str = "INDX", imports: str = "") -> Started:
    listed = imports_of(imports, "imports.yaml").companies if imports else {}
    asked = Import(TODAY, inputs, listed=listed)
    return start(Start("ACME", files, asked, benchmark))


def company(inputs: Path) -> Company:
    return read_pack("ACME", inputs).company


def assumed(inputs: Path) -> dict[tuple[str, str], dict[str, str]]:
    with (inputs / "ACME/assumptions.csv").open(encoding="utf-8", newline="") as file:
        return {(row["key"], row["scenario"]): row for row in csv.DictReader(file)}


def test_a_pack_begins_with_what_files_bring_and_suggests_the_rest(
    started: tuple[Path, Started],
) -> None:
    inputs, found = started
    assert [(one.ticker, one.error) for one in found.brought] == [("ACME", ""), ("market/INDX", "")]
    of = company(inputs)
    assert (of.name, of.exchange, of.benchmark) == ("Acme Corp", "NYSE", "INDX")
    assert (of.price_currency, of.reporting_currency, of.fiscal_year_end) == ("USD", "USD", "12-31")
    rows = known_at(read_pack("ACME", inputs), TODAY).rows
    assert len(rows.prices) == len(rows.benchmark) == 117
    assert {row.metric for row in rows.fundamentals} >= {"revenue", "eps", "shares_diluted"}
    blanks = assumed(inputs)
    ke = blanks["cost_of_equity", "all"]
    assert (ke["value"], ke["published"]) == ("", "")
    assert ke["note"].startswith(
        "suggested 0.1: 4.00% without risk and 5.00% for equity in USD (Tr"
    )
    assert ke["note"].endswith(
        "times a beta of 1.20 (104 weekly returns beside INDX up to 2026-03-27)"
    )
    assert blanks["benchmark_beta", "all"]["note"].startswith("suggested 1.20: 104 weekly")
    assert blanks["cash_conversion", "all"]["note"].startswith("suggested 1.00: ")
    assert (
        blanks["pe_multiple", "base"]["note"].split(":")[1].startswith(" median of its own at 27")
    )
    assert ("base_metric", "all") not in blanks  # it was reported
    assert blanks["eps_growth", "base"]["note"].startswith("nothing is suggested: estimates.csv")
    assert not list(inputs.glob(".*"))


def test_a_pack_that_begins_is_written_word_by_word(started: tuple[Path, Started]) -> None:
    inputs, found = started
    said = [f"note: {note}\n" for note in found.notes]
    for name, last in (("company.yaml", 0), ("assumptions.csv", 0), ("fundamentals.csv", 6)):
        lines = (inputs / "ACME" / name).read_text(encoding="utf-8").splitlines(keepends=True)
        told = [line for line in lines if line.strip() and line[0] != "#"]
        said += [f"== {name}\n", *told[-last:]]
    assert "".join(said) == Path(__file__).with_name("started.txt").read_text(encoding="utf-8")


def test_the_suggestions_can_be_signed_and_what_is_left_is_judgement(
    started: tuple[Path, Started], tmp_path: Path
) -> None:
    inputs = Path(shutil.copytree(started[0], tmp_path / "inputs"))
    reaffirm(
        "ACME", (EVERY, "probability"), as_of=TODAY, author="jp", suggested=True, inputs=inputs
    )
    pack = read_pack("ACME", inputs)
    errors = [one for one in known_at(pack, TODAY).problems if one.severity == "error"]
    assert all("blank" in (one.found or "") or "fill in" in (one.found or "") for one in errors)
    left = {row["key"] for row in assumed(inputs).values() if not row["value"]}
    assert left == {"growth", "investment_haircut", "eps_growth", "terminal_growth", "dividend"}


@pytest.mark.parametrize(
    ("weeks", "told"),
    [(51, "51 weekly returns beside INDX, and a beta needs 52"), (52, "")],
)
def test_a_beta_needs_a_year_of_weeks(
    inputs: Path, tmp_path: Path, files: dict[str, Path], weeks: int, told: str
) -> None:
    short = written(tmp_path, ACME__csv=closes(weeks, 1.2), INDX__csv=closes(weeks + 9, 1.0))
    found = begun(inputs, files["submissions__json"], *short.values())
    ke = found.suggested["cost_of_equity", "all", ""]
    assert isinstance(ke, Suggestion) is not bool(told)
    assert getattr(ke, "why", "") == told


@pytest.mark.parametrize(
    ("rates", "told"),
    [
        (
            f"{RATES}2026-03-31,GBP,0.05,0.06,BoE\n",
            "market/rates.csv has no rate of USD by 2026-04",
        ),
        (f"{RATES}2026-03-31,USD,4.2,5%,Fed\n", "rates.csv:2 risk_free: 4.2 is out of bounds"),
    ],
)
def test_a_cost_of_equity_is_suggested_from_a_sound_rate_of_the_currency_alone(
    inputs: Path, files: dict[str, Path], rates: str, told: str
) -> None:
    (inputs / "market/rates.csv").write_text(rates)
    found = begun(inputs, files["companyfacts__json"], benchmark="")
    assert told in getattr(found.suggested["cost_of_equity", "all", ""], "why", "")
    assert told in assumed(inputs)["cost_of_equity", "all"]["note"]


def test_without_a_benchmark_there_is_no_beta(inputs: Path, files: dict[str, Path]) -> None:
    found = begun(inputs, files["companyfacts__json"], files["ACME__csv"], benchmark="")
    ke = found.suggested["cost_of_equity", "all", ""]
    assert getattr(ke, "why", "") == "company.yaml names no benchmark"
    assert ("benchmark_beta", "all") not in assumed(inputs)


def test_growth_is_that_of_consensus_over_what_was_earned(
    inputs: Path, tmp_path: Path, files: dict[str, Path]
) -> None:
    sheet = written(tmp_path, best__csv="Security,BEST_EPS,As of\nACME US Equity,5,2026-04-01\n")
    maps = (
        "maps:\n  best: {table: estimates, header: Security, ticker: Security, source: desk,"
        " asof: As of, columns: {value: BEST_EPS}, unit: USD/share, constants: {metric: eps_ntm}}\n"
    )
    how = imports_of(maps, "imports.yaml").maps["best"]
    given = (files["companyfacts__json"], files["submissions__json"], sheet["best__csv"])
    found = start(Start("ACME", given, Import(TODAY, inputs, how=how)))
    growth = found.suggested["eps_growth", "base", ""]
    assert isinstance(growth, Suggestion)
    assert growth.value == "0.25"  # 5 over four times 1.00
    assert growth.told.startswith(
        "consensus of 2026-04-01, 5 USD/share (desk-2026-04-01), over 4 USD"
    )


def test_peers_stand_in_for_a_history(
    started: tuple[Path, Started], tmp_path: Path, files: dict[str, Path]
) -> None:
    inputs = Path(shutil.copytree(started[0], tmp_path / "inputs"))
    (inputs / "ACME").rename(inputs / "OLD")
    old = inputs / "OLD/company.yaml"
    old.write_text(old.read_text().replace('ticker: "ACME"', 'ticker: "OLD"'))
    short = written(tmp_path, ACME__csv=closes(20, 1.2))
    given = (files["companyfacts__json"], files["submissions__json"], *short.values())
    found = start(Start("ACME", given, Import(TODAY, inputs), peers=("OLD", "NONE")))
    base = found.suggested["pe_multiple", "base", ""]
    assert isinstance(base, Suggestion)
    assert base.told == "harmonic mean of the peers: OLD 13.6"
    bear, bull = (found.suggested["pe_multiple", case, ""] for case in ("bear", "bull"))
    assert isinstance(bear, Suggestion)
    assert isinstance(bull, Suggestion)
    told = [f"{word} of the peers: OLD 13.6" for word in ("lowest", "highest")]
    assert [bear.told, bull.told] == told
    multiple = found.suggested["multiple", "base", "main"]
    why = "its own is known at 5 ends of months, and 12 are needed; no peers"
    assert getattr(multiple, "why", "") == why
    assert company(inputs).peers == ("OLD", "NONE")


def test_segments_are_those_of_imports_yaml(inputs: Path, files: dict[str, Path]) -> None:
    imports = (
        "companies: {ACME: {cik: 999999, segments: {CloudMember: cloud, RetailMember: shops}}}"
    )
    assert begun(inputs, files["companyfacts__json"], imports=imports).notes == ()
    assert [(one.id, one.name) for one in company(inputs).segments] == [
        ("cloud", "Cloud"),
        ("shops", "Shops"),
    ]
    rows = [row["segment"] for row in assumed(inputs).values() if row["key"] == "multiple"]
    assert rows == ["shops"] * 3  # the last of each case; those of cloud stand before


def test_closes_of_one_other_share_are_taken_for_those_of_the_benchmark(
    inputs: Path, files: dict[str, Path]
) -> None:
    found = begun(inputs, *files.values(), benchmark="")
    assert company(inputs).benchmark == "INDX"
    assert found.notes[0] == "INDX is taken for its benchmark, whose closes were among the files"
    assert found.brought[-1].ticker == "market/INDX"


def test_closes_that_do_not_say_whose_they_are_are_its_own(
    inputs: Path, tmp_path: Path, files: dict[str, Path]
) -> None:
    path = written(tmp_path, prices__csv=closes(3, 1))["prices__csv"]
    begun(inputs, files["companyfacts__json"], path, benchmark="")
    assert len((inputs / "ACME/prices.csv").read_text().splitlines()) == 5


@pytest.mark.parametrize(
    ("names", "benchmark", "told"),
    [
        (("ACME", "OTHER"), "INDX", ["OTHER"]),  # the one that is asked for is another
        (("ACME", "OTHER", "MORE"), "", ["OTHER", "MORE"]),
        (("OTHER", "MORE"), "", ["OTHER", "MORE"]),
    ],
)
def test_closes_that_may_be_of_anybody_are_told(
    inputs: Path, tmp_path: Path, names: tuple[str, ...], benchmark: str, told: list[str]
) -> None:
    given = written(tmp_path, **{f"{name}__csv": closes(3, 1) for name in names})
    with pytest.raises(ReportgenError) as raised:
        begun(inputs, *given.values(), benchmark=benchmark)
    lines = str(raised.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == [f"{tmp_path}/{one}.csv" for one in told]


def test_a_benchmark_that_cannot_name_a_file_is_refused(
    inputs: Path, tmp_path: Path, files: dict[str, Path]
) -> None:
    bars = {"results": [{"t": 1_767_600_000_000, "c": 1.0}], "ticker": "../x"}
    path = written(tmp_path, bars__json=json.dumps(bars))["bars__json"]
    with pytest.raises(ReportgenError, match=r'bars.json: "../x" cannot name a file'):
        begun(inputs, files["ACME__csv"], path, benchmark="")


def test_rates_begin_with_the_currencies_of_the_company(inputs: Path, tmp_path: Path) -> None:
    facts = json.loads(filed().replace(b'"USD"', b'"CHF"').replace(b"USD/", b"CHF/"))
    given = written(
        tmp_path,
        acme__json=json.dumps(facts),
        eurofxref__csv="Date,USD,CHF,\n2026-03-31,1.1,0.95,\n",
    )
    found = begun(inputs, *given.values(), benchmark="")
    assert [one.ticker for one in found.brought] == ["ACME", "market/fx"]
    assert (inputs / "market/fx.csv").read_text() == (
        "Date,USD,GBP,JPY,CNY,HKD,CHF\n2026-03-31,1.1,,,,,0.95\n"
    )


def test_a_folder_stands_for_what_in_it_is_of_the_company(
    inputs: Path, tmp_path: Path, files: dict[str, Path]
) -> None:
    folder = files["ACME__csv"].parent
    other = json.loads(filed()) | {"cik": 7, "entityName": "OTHER INC"}
    more = written(
        tmp_path / "more",
        index__csv="file,address,fetched_at,sha256\n",
        other__json=json.dumps(other),
        OTHER__csv=closes(9, 1),
        sheet__xlsx="PK\x03\x04",
    )
    (more["index__csv"].parent / ".DS_Store").write_bytes(b"x")
    imports = "companies: {ACME: {cik: 999999}}"
    found = begun(inputs, folder, more["index__csv"].parent, imports=imports)
    assert company(inputs).name == "Acme Corp"
    (note,) = found.notes
    assert note.startswith("left out: ")
    assert "sheet.xlsx: is a workbook; name a map" in note


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("OTHER.csv", closes(9, 1), "OTHER.csv: is not of ACME; closes of its benchmark"),
        (
            "o.json",
            filed().replace(b"999999", b"7").decode(),
            "filings are of several|is not of ACME",
        ),
        ("acme.txt", "nothing", "has no columns that are known; name a map for it"),
        ("acme.json", "{", "is not JSON"),
        ("acme.xlsx", "PK\x03\x04", "is a workbook; name a map"),
    ],
)
def test_a_file_that_cannot_be_used_leaves_nothing(
    inputs: Path, tmp_path: Path, files: dict[str, Path], name: str, content: str, told: str
) -> None:
    path = tmp_path / name
    path.write_text(content)
    before = {one: one.stat().st_mtime_ns for one in inputs.rglob("*")}
    with pytest.raises(ReportgenError, match=told):
        begun(inputs, *files.values(), path)
    assert {one: one.stat().st_mtime_ns for one in inputs.rglob("*")} | before == before


def test_filings_of_several_companies_have_to_be_told_apart(inputs: Path, tmp_path: Path) -> None:
    more = written(
        tmp_path / "x",
        a__json=filed(),
        b__json=json.dumps(json.loads(filed()) | {"cik": 7}),
    )
    with pytest.raises(ReportgenError, match="filings are of several companies"):
        begun(inputs, *more.values())


def test_a_folder_that_is_there_is_left_alone(inputs: Path, files: dict[str, Path]) -> None:
    (inputs / "ACME").mkdir()
    with pytest.raises(ScaffoldError, match="is there already"):
        begun(inputs, *files.values())
    assert not list((inputs / "ACME").iterdir())


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", 'x"\n  y: [', "{a: b}", "\x1b[31mred"])
def test_a_hostile_name_is_a_name(inputs: Path, tmp_path: Path, name: str) -> None:
    quarter = Filing(1, "2026-02-01")
    facts = json.loads(companyfacts(Stated(quarter, "Revenues", "2025-10-01/2025-12-31", 1e9)))
    path = tmp_path / f"companyfacts-{len(name)}.json"
    path.write_text(json.dumps(facts | {"entityName": name}))
    year_end = written(tmp_path, listing__json=listing().replace("Acme Corp", ""))
    begun(inputs, path, *year_end.values(), benchmark="")
    shown = company(inputs).name
    assert shown.replace(" ", "") == "".join(filter(str.isprintable, name)).replace(" ", "")


def test_a_kill_in_between_leaves_neither_pack_nor_rows(
    inputs: Path, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = new_pack.write
    done: list[object] = []

    def write(of: tuple[Appended, ...]) -> None:
        if len(done) == 2:  # those of the draft: what is left is the market
            raise KeyboardInterrupt
        done.append(of)
        real(of)

    monkeypatch.setattr(new_pack, "write", write)
    with pytest.raises(KeyboardInterrupt):
        begun(inputs, *files.values())
    assert {one.name for one in inputs.rglob("*")} == {"market", "rates.csv"}


def test_a_foreign_filer_is_asked_for_its_shares(inputs: Path, tmp_path: Path) -> None:
    year = Filing(1, "2025-05-01", "20-F")
    span = "2024-01-01/2024-12-31"
    facts = companyfacts(
        Stated(year, "Revenues", span, 9e9, "CNY"),
        Stated(year, "Revenues", span, 1.2e9, "USD"),
        Stated(year, "EarningsPerShareDiluted", span, 8.0, "CNY/shares"),
        Stated(year, "StockholdersEquity", "2024-12-31", 9e9, "CNY"),
    )
    path = written(tmp_path, acme__json=facts)["acme__json"]
    found = begun(inputs, path, benchmark="")
    assert any("foreign company" in note for note in found.notes)
    assert (company(inputs).reporting_currency, company(inputs).price_currency) == ("CNY", "")
    text = (inputs / "ACME/fundamentals.csv").read_text()
    assert "eps,8,CNY/ORD" in text
    assert found.said["reporting_currency"].value == "CNY"


def test_the_first_weeks_of_a_test_company_are_fridays() -> None:
    assert FIRST.isoweekday() == 5
    assert FIRST + timedelta(days=7 * 116) == date(2026, 3, 27)


def test_without_the_end_of_a_year_no_period_has_a_name(inputs: Path, tmp_path: Path) -> None:
    quarter = Stated(Filing(1, "2026-02-01"), "Revenues", "2025-10-01/2025-12-31", 1e9)
    path = written(tmp_path, acme__json=companyfacts(quarter))["acme__json"]
    with pytest.raises(ReportgenError, match="ACME: nobody knows which period ends on 2025-12-31"):
        begun(inputs, path, benchmark="")
    assert not (inputs / "ACME").exists()


def test_segments_are_those_that_an_instance_names(
    inputs: Path, tmp_path: Path, files: dict[str, Path]
) -> None:
    span = "2025-10-01/2025-12-31"
    parts = [
        Part("us-gaap:Revenues", span, value, f"acme:{name}Member")
        for name, value in (("CloudServices", "400000000"), ("All", "600000000"))
    ]
    path = tmp_path / f"instance-{Filing(12, '2026-01-30').accession}.xml"
    path.write_bytes(instance(*parts))
    found = begun(inputs, files["companyfacts__json"], path, benchmark="")
    ids = [one.id for one in company(inputs).segments]
    assert ids == ["all_segment", "cloud_services"]  # all is every scenario
    assert "CloudServicesMember: cloud_services" in found.notes[0]
    rows = known_at(read_pack("ACME", inputs), TODAY).rows.fundamentals
    assert 400.0 in [row.value for row in rows if row.segment == "cloud_services"]
