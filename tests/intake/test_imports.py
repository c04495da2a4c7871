"""Files brought into packs: given to whom they are of, tried, appended once, all or none."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.intake.candidates import State
from reportgen.intake.contents import Filings
from reportgen.intake.imports import bring, owners_of, take
from reportgen.intake.imports_file import Listed, read_imports
from reportgen.intake.records import Import
from reportgen.intake.sec.facts import Filer
from reportgen.intake.yahoo import Summary
from tests.intake.sec.filings import Filing, Stated, companyfacts
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from reportgen.intake.records import Brought


TODAY = date(2026, 11, 1)


HEAD = "Date,Open,High,Low,Close,Volume\n"


@pytest.fixture
def asked(tmp_path: Path) -> Import:
    """A copy of a small company of the tests, and of what it needs of the market."""
    inputs = tmp_path / "inputs"
    shutil.copytree(REPOSITORY / "tests/packs/bare/inputs", inputs)
    return Import(TODAY, inputs)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one(found: tuple[Brought, ...]) -> Brought:
    (brought,) = found
    return brought


def last_close(asked: Import) -> tuple[date, float]:
    line = (asked.inputs / "NORD/prices.csv").read_text().split()[-1]
    day, close, *_ = line.split(",")
    return date.fromisoformat(day), float(close)


def test_new_closes_are_appended_and_a_second_time_none(asked: Import, tmp_path: Path) -> None:
    day, close = last_close(asked)
    later = date(day.year + 1, 1, 5)
    path = written(
        tmp_path, "nord.csv", f"{HEAD}{day},0,0,0,{close},0\n{later},0,0,0,{close + 1},0\n"
    )
    before = (asked.inputs / "NORD/prices.csv").read_bytes()
    found = one(bring([path], asked))
    assert (found.ticker, found.closes, found.error) == ("NORD", 1, "")
    assert (asked.inputs / "NORD/prices.csv").read_bytes() == before
    take(found)
    assert (asked.inputs / "NORD/prices.csv").read_bytes().startswith(before)
    assert last_close(asked) == (later, close + 1)
    again = one(bring([path], asked))
    assert (again.closes, again.files) == (0, ())


def test_a_day_that_is_not_over_is_skipped(asked: Import, tmp_path: Path) -> None:
    path = written(tmp_path, "NORD.csv", f"{HEAD}{TODAY},0,0,0,99,0\n")
    found = one(bring([path], asked))
    assert (found.closes, [part.number for part in found.skipped[:1]]) == (0, [1])


def test_closes_of_days_that_were_issued_are_left_to_decide(asked: Import, tmp_path: Path) -> None:
    day, close = last_close(asked)
    later = date(day.year + 1, 1, 5)
    path = written(tmp_path, "NORD.csv", f"{HEAD}{later},0,0,0,{close},0\n")
    issued = replace(asked, issued=lambda _: (later,))
    found = one(bring([path], issued))
    assert (found.closes, len(found.doubts)) == (0, 1)
    assert one(bring([path], replace(issued, late=True))).closes == 1


def test_of_each_close_that_is_not_taken_it_is_told_why(asked: Import, tmp_path: Path) -> None:
    days = {
        "2025-08-28": 31.0,
        "2025-08-29": 31.0,  # before the first of the pack
        "2025-10-31": 29.85,
        "2026-01-30": 33.0,
        "2026-02-27": 34.0,
        "2026-03-31": 35.0,
        "2026-11-01": 36.0,
    }
    text = "".join(f"{day},0,0,0,{close},0\n" for day, close in days.items())
    path = written(tmp_path, "nord.csv", HEAD + text)
    issued = replace(asked, issued=lambda _: (date(2026, 2, 28), date(2026, 2, 27)))
    found = one(bring([path], issued))
    assert (found.closes, [(part.number, part.why) for part in found.skipped]) == (
        1,
        [(1, "of a day that is not over"), (2, "before the pack's first close, 2025-09-30")],
    )
    late = "2 closes from 2026-01-30 on are late: the report of 2026-02-28 was issued without them"
    assert found.doubts == (f"{late}; --late takes them",)
    assert [line.split(",")[0] for line in found.files[0].lines] == ["2026-03-31"]
    early = one(bring([path], replace(issued, today=date(2025, 8, 28))))
    assert [(part.number, part.why) for part in early.skipped] == [
        (7, "of a day that is not over"),
        (1, "nord.csv has no closes of NORD"),
    ]


@pytest.mark.parametrize(("read_on", "notes"), [(1, 1), (15, 1), (16, 0), (30, 0)])
def test_a_snapshot_read_early_in_a_month_is_told_that_last_months_report_knows_it_not(
    asked: Import, tmp_path: Path, read_on: int, notes: int
) -> None:
    how = "{table: estimates, header: T, ticker: T, source: s, columns: {value: V},"
    how += " constants: {metric: eps_ntm}, unit: DKK/share, asof: As of}"
    (asked.inputs / "imports.yaml").write_text(f"maps:\n  a: {how}\n")
    a_map = read_imports(asked.inputs).map("a", asked.inputs)
    day = date(2026, 11, read_on)
    path = written(tmp_path, "a.csv", f"As of,{day}\nT,V\nNORD,2\n")
    found = one(bring([path], replace(asked, today=day, how=a_map)))
    assert [note.partition(": take")[0] for note in found.notes] == [
        f"what was read on {day} is known from then on, and not as of 2026-10-31"
    ] * notes
    later = one(bring([path], replace(asked, today=date(2026, 12, 1), how=a_map)))
    assert later.notes == ()


REVENUE = Stated(Filing(1, "2026-05-02"), "Revenues", "2026-01-01/2026-03-31", 10e6, "DKK")


def test_what_was_filed_goes_home_with_its_source_or_not_at_all(
    asked: Import, tmp_path: Path
) -> None:
    path = written(tmp_path, "companyfacts-nord.json", companyfacts(REVENUE))
    description = asked.inputs / "NORD/company.yaml"
    currency = next(
        line.split()[1] for line in description.read_text().splitlines()
        if line.startswith("reporting_currency")
    )  # fmt: skip
    path.write_bytes(companyfacts(REVENUE._replace(unit=currency)))
    found = one(bring([path], asked))
    assert (found.count(State.NEW), found.error) == (1, "")
    assert {file.path.name for file in found.files} == {"sources.csv", "fundamentals.csv"}
    take(found)
    again = one(bring([path], asked))
    assert (again.count(State.SAME), again.files) == (1, ())


def test_rows_that_would_break_the_pack_are_refused_and_nothing_is_written(
    asked: Import, tmp_path: Path
) -> None:
    day, close = last_close(asked)
    path = written(tmp_path, "NORD.csv", f"{HEAD}{date(day.year + 1, 1, 5)},0,0,0,{close * 9},0\n")
    found = one(bring([path], asked))
    assert found.files == ()
    assert "actions.csv has no split that explains it" in found.error


def test_mistakes_that_were_there_before_do_not_stop_an_import(
    asked: Import, tmp_path: Path
) -> None:
    assumptions = asked.inputs / "NORD/assumptions.csv"
    assumptions.write_text(assumptions.read_text() + "2020-01-01,bull,,nonsense,1,x,me,\n")
    day, close = last_close(asked)
    path = written(tmp_path, "NORD.csv", f"{HEAD}{date(day.year + 1, 1, 5)},0,0,0,{close},0\n")
    assert one(bring([path], asked)).error == ""


def rates(asked: Import) -> list[str]:
    return (asked.inputs / "market/fx.csv").read_text().split()


def test_rates_of_the_currencies_of_the_file_are_appended(asked: Import, tmp_path: Path) -> None:
    head, *_, last = rates(asked)
    currencies = head.split(",")[1:]
    named = ",".join(["Date", *currencies, "ISK"])
    stated = ",".join(["2026-10-30", *["1.5"] * len(currencies), "N/A"])
    table = f"{named},\n{stated},\n"
    archive = tmp_path / "eurofxref-hist.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("eurofxref-hist.csv", table)
    found = one(bring([archive], asked))
    assert (found.ticker, found.closes) == ("market/fx", 1)
    take(found)
    assert rates(asked)[-1] == ",".join(["2026-10-30", *["1.5"] * len(currencies)])
    assert one(bring([archive], asked)).closes == 0
    other = written(tmp_path, "fx.csv", f"Date,{currencies[0]}\n{last.split(',')[0]},77\n")
    assert len(one(bring([other], asked)).doubts) == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nord.csv", "name,amount\nx,1\n", "name a map for it with --map"),
        ("nord.json", "{", "is not JSON"),
        ("nord.json", "[]", "of no kind that is known"),
        ("nord.json", json.dumps({"chart": {"result": []}}), "another shape"),
        ("nord.json", json.dumps({"ticker": "NORD"}), "of no kind that is known"),
        ("nord.json", json.dumps({"results": []}), "of no kind that is known"),
        ("nord.json", json.dumps({"results": [{"t": "x"}], "ticker": "NORD"}), "another shape"),
        ("other.csv", f"{HEAD}2026-01-05,1,1,1,1,1\n", "say whose it is with --ticker"),
        ("nord.xls", b"\xd0\xcf\x11\xe0 and more", "save it as xlsx"),
        ("nord.zip", b"PK\x03\x04 torn", "is a workbook"),
    ],
)
def test_a_file_of_no_use_is_told_by_its_name(
    asked: Import, tmp_path: Path, name: str, content: str | bytes, told: str
) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(ReportgenError, match=told) as raised:
        bring([path], asked)
    assert str(path) in str(raised.value)


def test_a_chart_states_splits_that_become_candidates(asked: Import, tmp_path: Path) -> None:
    day, close = last_close(asked)
    stamp = 1_800_000_000  # 2027-01-15, after every close of the pack
    chart = {
        "meta": {"symbol": "NORD", "exchangeTimezoneName": "Europe/Copenhagen"},
        "timestamp": [stamp, stamp + 86_400],
        "indicators": {"quote": [{"close": [close, None]}]},
        "events": {"splits": {"1": {"date": stamp, "numerator": 2, "denominator": 1}}},
    }
    path = written(tmp_path, "chart.json", json.dumps({"chart": {"result": [chart]}}))
    found = one(bring([path], replace(asked, today=date(2027, 2, 1))))
    assert found.closes == 1
    assert "2027-01-15,2 to actions.csv" in found.doubts[0]
    assert day < date(2027, 1, 15)


def test_a_file_that_is_of_no_use_costs_only_itself(asked: Import, tmp_path: Path) -> None:
    day, close = last_close(asked)
    later = date(day.year + 1, 1, 5)
    good = written(tmp_path, "nord.csv", f"{HEAD}{day},0,0,0,{close},0\n{later},0,0,0,{close},0\n")
    deep = written(tmp_path, "nord.json", "[" * 100_000)
    other = written(tmp_path, "other.csv", f"{HEAD}2026-01-05,1,1,1,1,1\n")
    found = {brought.ticker: brought for brought in bring([deep, good, other], asked)}
    assert found["NORD"].closes == 1
    assert "nested out of all measure" in found["nord.json"].error
    assert "is of no company" in found["other.csv"].error
    with pytest.raises(
        ReportgenError, match=r"nested out of all measure[^\n]*\n.*is of no company"
    ):
        bring([deep, other], asked)


def test_only_the_companies_that_are_asked_for_are_brought(asked: Import, tmp_path: Path) -> None:
    shutil.copytree(asked.inputs / "NORD", asked.inputs / "SUED")
    description = asked.inputs / "SUED/company.yaml"
    description.write_text(description.read_text().replace("ticker: NORD", "ticker: SUED"))
    day, close = last_close(asked)
    text = f"{HEAD}{day},0,0,0,{close},0\n"
    files = [written(tmp_path, name, text) for name in ("nord.csv", "sued.csv")]
    assert [one.ticker for one in bring(files, asked)] == ["NORD", "SUED"]
    assert [one.ticker for one in bring(files, replace(asked, only=("SUED",)))] == ["SUED"]
    with pytest.raises(ReportgenError, match="there is no such company"):
        bring(files, replace(asked, only=("OST",)))


@pytest.mark.parametrize(
    ("name", "content", "kind", "told"),
    [
        ("nord.csv", "Date,USD\n2026-10-30,1.1\n", "closes", "has no column of closes"),
        ("nord.csv", "name,amount\nx,1\n", "closes", "has no column of"),
        ("nord.csv", f"{HEAD}2026-10-30,1,1,1,1,1\n", "summary", "holds closes, not summary"),
        ("nord.json", json.dumps({"facts": {}, "cik": 1}), "instance", "not instance"),
    ],
)
def test_a_file_may_be_told_what_it_holds(
    asked: Import, tmp_path: Path, name: str, content: str, kind: str, told: str
) -> None:
    path = written(tmp_path, name, content)
    try:
        said = one(bring([path], replace(asked, kind=kind), "NORD")).error
    except ReportgenError as error:
        said = str(error)
    assert told in said


def test_bars_are_of_the_company_that_others_call_so(asked: Import, tmp_path: Path) -> None:
    day, close = last_close(asked)
    bar = {"t": 1_800_000_000_000, "c": close}
    path = written(tmp_path, "x.json", json.dumps({"results": [bar], "ticker": "N.DE"}))
    with pytest.raises(ReportgenError, match="is of no company"):
        bring([path], replace(asked, today=date(2027, 2, 1)))
    listed = replace(asked, today=date(2027, 2, 1), listed={"NORD": Listed(yahoo="N.DE")})
    assert one(bring([path], listed)).closes == 1
    assert day < date(2027, 1, 15)
    other = written(tmp_path, "y.json", json.dumps({"results": [bar], "ticker": "M.DE"}))
    with pytest.raises(ReportgenError, match="is of no company"):
        bring([other], listed)


@pytest.mark.parametrize(
    ("name", "filer", "listed", "owners"),
    [
        ("facts.json", Filer(7, "Ost AG", ()), {"NORD": Listed(7)}, ["NORD"]),
        ("ost.json", Filer(7, "", ()), {"NORD": Listed(7)}, ["NORD", "OST"]),
        ("ost.json", Filer(7, "", ()), {"OST": Listed(8)}, []),
        ("ost.json", Filer(7, "", ()), {"OST": Listed(yahoo="O")}, ["OST"]),
        ("facts.json", Filer(7, "OST A.G.", ()), {}, []),
        ("facts.json", Filer(7, "Ost, AG", ()), {}, ["OST"]),
        ("facts.json", Filer(7, "ost ag", ()), {"OST": Listed(yahoo="O")}, ["OST"]),
        ("facts.json", Filer(7, "Ost AG", ()), {"OST": Listed(8)}, []),
        ("facts.json", Filer(7, "", ()), {}, []),
    ],
)
def test_filings_are_of_whom_their_number_says_else_of_a_name(
    name: str, filer: Filer, listed: dict[str, Listed], owners: list[str]
) -> None:
    own = {"NORD": "", "OST": "Ost AG"}.__getitem__
    asked = Import(TODAY, Path("inputs"), listed=listed)
    assert owners_of(Filings(Path(name), filer), ("NORD", "OST"), (), asked, own) == owners


@pytest.mark.parametrize(
    ("name", "symbol", "listed", "owners"),
    [
        ("a.json", "nord", {}, ["NORD"]),
        ("a.json", "N.DE", {"NORD": Listed(yahoo="n.de")}, ["NORD"]),
        ("nord.json", "N.DE", {}, []),
        ("nord.json", "", {}, ["NORD"]),
        ("nord.json", "", {"NORD": Listed(yahoo="XX")}, ["NORD"]),
        ("xx.json", "", {"NORD": Listed(yahoo="XX")}, ["NORD"]),
    ],
)
def test_a_summary_is_of_its_symbol_else_of_the_name_of_its_file(
    name: str, symbol: str, listed: dict[str, Listed], owners: list[str]
) -> None:
    summary = Summary(Path(name), "", symbol, "", (), {})
    asked = Import(TODAY, Path("inputs"), listed=listed)
    assert owners_of(summary, ("NORD", "OST"), (), asked) == owners
