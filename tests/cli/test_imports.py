"""`reportgen import`: shown first, appended when accepted, and told by its exit status."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from reportgen.runs.issued import COLUMNS, VALUES
from tests.cli.running import run
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "tests/packs/bare/inputs", tmp_path / "inputs")
    return tmp_path / "inputs"


def closes(folder: Path, *rows: str) -> Path:
    path = folder / "NORD.csv"
    path.write_text("\n".join(["Date,Close", *rows]) + "\n")
    return path


def last(inputs: Path) -> str:
    return (inputs / "NORD/prices.csv").read_text().split()[-1]


def test_rows_are_shown_and_written_only_when_they_are_accepted(
    inputs: Path, tmp_path: Path
) -> None:
    _, close, *_ = last(inputs).split(",")
    place = [closes(tmp_path, f"2026-03-02,{close}"), "--inputs", inputs, "--outputs", tmp_path]
    before = last(inputs)
    shown = run("import", *place)
    assert shown.exit_code == 1
    assert "NORD: to add" in shown.stdout
    assert "Nothing was written: --accept appends the rows." in shown.stdout
    assert run("import", *place, "--as", "rates").exit_code == 0
    assert last(inputs) == before
    taken = run("import", *place, "--accept")
    assert (taken.exit_code, "NORD: added" in taken.stdout) == (0, True)
    assert last(inputs).startswith("2026-03-02")
    again = run("import", *place, "--as", "closes", "--accept", "--json")
    assert again.exit_code == 0
    assert again.stdout.startswith('[\n {\n  "ticker": "NORD",\n')
    (told,) = json.loads(again.stdout)
    assert (told["ticker"], told["files"], told["closes"]) == ("NORD", {}, 0)


def test_what_an_issued_report_would_have_known_is_left_to_decide(
    inputs: Path, tmp_path: Path
) -> None:
    _, close, *_ = last(inputs).split(",")
    place = [closes(tmp_path, f"2026-03-02,{close}"), "--inputs", inputs, "--outputs", tmp_path]
    issued = tmp_path / "NORD/issued.csv"
    issued.parent.mkdir()
    blanks = "," * len(VALUES)
    issued.write_text(f"{','.join(COLUMNS)}\n2026-03-02,2026-03-02,1,{'0' * 64}{blanks}\n")
    told = run("import", *place)
    assert (told.exit_code, "the report of 2026-03-02 was issued" in told.stdout) == (1, True)
    assert "NORD: to add" in run("import", *place, "--late").stdout


def test_a_map_is_proposed_for_each_file(inputs: Path, tmp_path: Path) -> None:
    sheets = []
    for name in ("one", "two"):
        sheets.append(tmp_path / f"{name}.csv")
        sheets[-1].write_text("Security,EPS,Ccy\nNORD,1.5,EUR\n")
    told = run("import", *sheets, "--map", "new", "--inputs", inputs)
    assert told.exit_code == 0
    assert next(line for line in told.stdout.splitlines() if line.startswith("  ")) == "  one:"
    assert told.stdout.count("maps:\n") == 2
    assert told.stdout.endswith("(line 2)\n")


def test_a_company_that_fails_is_told_and_ends_with_2(inputs: Path, tmp_path: Path) -> None:
    path = closes(tmp_path, "2026-03-02,99999")
    failed = run("import", path, "--inputs", inputs, "--outputs", tmp_path, "--accept")
    assert failed.exit_code == 2
    assert "NORD: nothing was taken" in failed.stdout
    assert "actions.csv has no split" in failed.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--ticker", "NORDD"], "there is no such company"),
        (["--since", "soon"], '--since: "soon" is not a day'),
        (["--metric", "revenu"], "did you mean revenue?"),
        (["--metric", "zzzz"], '"zzzz" is in no filing; expected one of revenue, '),
        (["--as", "closes", "--map", "pts"], "leave out one of the two"),
        (["--map", "pts"], "has no map"),
        (["--published", "2026-03-02"], "for files that are read by a --map"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    inputs: Path, tmp_path: Path, words: list[str], told: str
) -> None:
    path = closes(tmp_path, "2026-03-02,99")
    failed = run("import", path, *words, "--inputs", inputs, "--outputs", tmp_path)
    assert failed.exit_code == 2
    assert told in failed.stderr
