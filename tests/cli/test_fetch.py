"""`reportgen fetch`: what services have anew, kept and shown; nobody is asked without a contact."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from reportgen.intake.answers import RATES
from reportgen.intake.web import Web, WebError
from tests.cli.running import run
from tests.intake.test_answers import ANSWERS, SAMPLE
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
