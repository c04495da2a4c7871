"""`reportgen fetch`: what services have anew, kept and shown; nobody is asked without a contact."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.intake.answers import RATES
from reportgen.intake.web import Web, WebError
from reportgen.intake.yahoo import TERMS
from reportgen.intake.yahoo_web import Yahoo
from reportgen.runs.issued import COLUMNS, VALUES
from tests.cli.running import run
from tests.intake.test_answers import ANSWERS, AT_YAHOO, SAMPLE, Answering
from tests.intake.test_yahoo import grade, summary
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

IMPORTS = "contact: Acme jane@acme.example\ncompanies:\n  NORD: {cik: 999999}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A small company listed in imports.yaml, and services that answer from a table."""
    shutil.copytree(REPOSITORY / "tests/packs/bare/inputs", tmp_path / "inputs")
    (tmp_path / "inputs/imports.yaml").write_text(IMPORTS)

    def get(_: Web, address: str) -> bytes:
        if address not in {**ANSWERS, **SAMPLE}:
            raise WebError(f"{address}: answered 404 Not Found")
        return {**ANSWERS, **SAMPLE}[address]

    monkeypatch.setattr(Web, "get", get)
    monkeypatch.delenv("REPORTGEN_CONTACT", raising=False)
    folders = {"inputs": "inputs", "outputs": "outputs", "to": "downloads"}
    return [word for name, at in folders.items() for word in (f"--{name}", tmp_path / at)]


def test_answers_are_kept_and_shown_as_what_they_would_add(
    place: list[object], tmp_path: Path
) -> None:
    told = run("fetch", *place)
    assert told.exit_code == 1
    assert RATES in told.stdout
    assert "Nothing was written: --accept appends the rows." in told.stdout
    kept = {path.name for path in (tmp_path / "downloads").rglob("*.*") if path.is_file()}
    assert {"eurofxref-hist.zip", "companyfacts-0000999999.json", "index.csv"} <= kept


def test_each_service_is_verified_and_nothing_written(place: list[object], tmp_path: Path) -> None:
    told = run("fetch", "--check", *place)
    assert (told.exit_code, told.stdout.split("\n")[:2]) == (
        0,
        ["sec: as expected", "ecb: as expected"],
    )
    assert not (tmp_path / "downloads").exists()


@pytest.mark.parametrize(
    ("words", "imports", "told"),
    [
        (["--from", "wire"], IMPORTS, '--from: "wire" is none; expected sec or ecb or yahoo'),
        (["BABA"], IMPORTS, "has no cik of BABA"),
        (["NORD", "--from", "ecb"], IMPORTS, "ecb knows no companies; leave out NORD"),
        ([], "companies: {NORD: {cik: 999999}}\n", "the SEC wants to know who asks"),
    ],
)
def test_what_cannot_be_asked_is_told(
    place: list[object], tmp_path: Path, words: list[str], imports: str, told: str
) -> None:
    (tmp_path / "inputs/imports.yaml").write_text(imports)
    failed = run("fetch", *words, *place)
    assert failed.exit_code == 2
    assert told in failed.stderr


def test_the_trouble_of_one_is_told_and_the_others_are_there(
    place: list[object], tmp_path: Path
) -> None:
    (tmp_path / "inputs/imports.yaml").write_text(IMPORTS.replace("999999", "7"))
    failed = run("fetch", *place)
    assert failed.exit_code == 2
    assert "NORD: https://data.sec.gov/submissions/CIK0000000007.json: answered" in failed.stderr
    assert list((tmp_path / "downloads").rglob("eurofxref-hist.zip"))


def test_a_company_without_a_pack_is_fetched_and_told_how_it_begins(
    place: list[object], tmp_path: Path
) -> None:
    (tmp_path / "inputs/imports.yaml").write_text(IMPORTS.replace("NORD", "ACME"))
    told = run("fetch", "--from", "sec", *place)
    assert told.exit_code == 0, told.output
    assert "ACME: nothing to add" in told.stdout
    (line,) = [line for line in told.stdout.splitlines() if "has no pack as yet" in line]
    started = run(*line.partition("reportgen ")[2].split(), "--inputs", tmp_path / "inputs")
    assert started.exit_code == 0, started.output
    again = run("fetch", "--from", "sec", *place)
    assert "ACME: nothing was filed since" in again.stdout


def test_what_is_accepted_is_appended(place: list[object], tmp_path: Path) -> None:
    taken = run("fetch", "--from", "ecb", "--accept", *place)
    assert (taken.exit_code, "market/fx: added" in taken.stdout) == (0, True), taken.output
    assert "\n2026-10-30,1.15" in (tmp_path / "inputs/market/fx.csv").read_text()


@pytest.mark.parametrize(
    ("imports", "environment", "contact"),
    [
        ("companies: {}\n", None, "reportgen"),
        (IMPORTS, None, "Acme jane@acme.example"),
        (IMPORTS, "Bolt joe@bolt.example", "Bolt joe@bolt.example"),
    ],
)
def test_who_asks_is_told_by_the_environment_or_imports_yaml(
    place: list[object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    imports: str,
    environment: str | None,
    contact: str,
) -> None:
    (tmp_path / "inputs/imports.yaml").write_text(imports)
    if environment:
        monkeypatch.setenv("REPORTGEN_CONTACT", environment)
    told: list[str] = []

    def get(user: Web, address: str) -> bytes:
        told.append(user.contact)
        raise WebError(f"{address}: answered 404")

    monkeypatch.setattr(Web, "get", get)
    failed = run("fetch", "--check", "--from", "ecb", *place)
    assert (failed.exit_code, failed.stdout) == (2, f"ecb: {RATES}: answered 404\n")
    assert told == [contact]


def test_yahoo_is_asked_where_it_is_named_and_its_terms_are_told(
    place: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded = [grade(f"House {at}", date(2026, 10, 28), 40.0) for at in range(20)]
    answers = AT_YAHOO | {"quoteSummary": summary(grades=graded)}
    at_yahoo = Yahoo(Answering(**answers), lambda _: None)
    monkeypatch.setattr("reportgen.intake.yahoo_web.Yahoo", lambda: at_yahoo)
    for cik, services, told in (
        ("cik: 999999", "yahoo", "has no yahoo of NORD"),
        ("", "yahoo, sec", "has no yahoo or cik of NORD"),
        ("yahoo: NORD.DE", "sec", "has no cik of NORD"),
    ):
        (tmp_path / "inputs/imports.yaml").write_text(IMPORTS.replace("cik: 999999", cik))
        assert told in run("fetch", "NORD", "--from", services, *place).stderr
    listed = "companies: {NORD: {yahoo: NORD.DE}, ACME: {yahoo: ACME}, BOLT: {cik: 7}}"
    (tmp_path / "inputs/imports.yaml").write_text(listed)
    issued = tmp_path / "outputs/NORD/issued.csv"
    issued.parent.mkdir(parents=True)
    blanks = "," * len(VALUES)
    issued.write_text(f"{','.join(COLUMNS)}\n2026-10-31,2026-10-31,1,{'0' * 64}{blanks}\n")
    found = run("fetch", "NORD", "--from", "yahoo,, yahoo", *place)
    assert found.stdout.splitlines()[0] == f"Yahoo: {TERMS}"
    kept = sorted(path.name for path in (tmp_path / "downloads").rglob("*.json"))
    assert kept == ["yahoo-chart-NORD.json", "yahoo-summary-NORD.json"]
    assert (found.exit_code, found.stderr) == (1, "")
    assert "are late: the report of 2026-10-31 was issued" in found.stdout
    assert sum(line.startswith(("new ", "late ")) for line in found.stdout.splitlines()) == 12


def test_one_service_in_trouble_is_trouble(
    place: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = Yahoo(Answering(), lambda _: None)
    monkeypatch.setattr("reportgen.intake.yahoo_web.Yahoo", lambda: silent)
    told = run("fetch", "--check", "--from", "ecb,yahoo", *place)
    assert (told.exit_code, "ecb: as expected\nyahoo: https" in told.stdout) == (2, True)
