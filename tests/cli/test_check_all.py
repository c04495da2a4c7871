"""All packs in one table: what is blank, wrong or stale, and what has come since."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from reportgen import findings
from reportgen.cli import runs
from reportgen.errors import ReportgenError
from reportgen.facts.assumptions import Result
from reportgen.findings import PackState, check_all
from tests.cli.running import run
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result as Invoked


PACKS = REPOSITORY / "tests/packs"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound pack, one that was just started, and one that cannot be read."""
    inputs = tmp_path_factory.mktemp("three") / "inputs"
    shutil.copytree(PACKS / "carmaker/inputs", inputs)
    assert run("new", "ACME", "--inputs", inputs).exit_code == 0
    broken = inputs / "ZZZ"
    broken.mkdir()
    (broken / "company.yaml").symlink_to("/etc/hostname")
    return inputs


def table(inputs: Path, *more: str) -> Invoked:
    return run("check", "--all", "--inputs", inputs, *more)


def plain(inputs: Path, as_of: str) -> dict[str, Any]:
    found = json.loads(table(inputs, "--as-of", as_of, "--json").stdout)
    return {one["ticker"]: one for one in found}


def test_each_pack_has_a_row_and_one_that_is_not_sound_is_trouble(three: Path) -> None:
    told = table(three, "--as-of", "2025-11-30")
    assert told.exit_code == 2
    assert told.stdout.splitlines()[0].split() == [
        *("company", "blank", "errors", "warned", "stale", "assumed", "older", "results", "since")
    ]
    assert "3 packs as of 2025-11-30: 1 can be built" in told.stdout
    found = plain(three, "2025-11-30")
    assert found["ACME"]["blanks"] > 50
    assert found["ACME"]["errors"] == 0
    assert (found["ZZZ"]["errors"], found["ZZZ"]["is_sound"]) == (1, False)
    assert (found["WAGN"]["blanks"], found["WAGN"]["errors"]) == (0, 0)


def test_what_is_stale_is_told_by_its_age_and_results_by_their_period(three: Path) -> None:
    assert plain(three, "2025-11-30")["WAGN"]["stale"] == []
    later = plain(three, "2026-03-31")["WAGN"]
    assert later["stale"] == ["close 90 days", "consensus 123 days", "1 target", "3 peers"]
    assert later["since"] == [{"period": "FY2025", "published": "2026-03-11"}]
    assert later["assumed"] == "2025-10-30"
    assert later["older"] > 0


@pytest.mark.parametrize(
    ("pack", "as_of", "told"),
    [
        (
            "daily",
            "2027-06-30",
            PackState(
                "LNTU",
                stale=(
                    *("close 516 days", "results 475 days", "rate 516 days"),
                    *("consensus 544 days", "6 prices", "3 peers"),
                ),
                assumed=date(2025, 3, 14),
                older=85,
                since=(
                    Result(date(2026, 3, 12), "FY2025-Q4"),
                    Result(date(2025, 11, 13), "FY2025-Q3"),
                    Result(date(2025, 8, 21), "FY2025-Q2"),
                    Result(date(2025, 5, 22), "FY2025-Q1"),
                ),
            ),
        ),
        (
            "bank",
            "2027-06-30",
            PackState(
                "HSBA.L",
                stale=(
                    *("close 579 days", "results 610 days", "rate 334 days"),
                    *("consensus 579 days", "2 peers"),
                ),
                assumed=date(2025, 10, 28),
            ),
        ),
        (
            "tokyo",
            "2025-09-30",  # most of its assumptions are of the day of the results
            PackState(
                "6799",
                stale=("1 price",),
                assumed=date(2025, 6, 20),
                older=8,
                since=(Result(date(2025, 8, 6), "FY2026-Q1"),),
            ),
        ),
        (
            "tokyo",
            "2027-06-30",
            PackState(
                "6799",
                warnings=1,
                stale=(
                    *("close 516 days", "results 509 days", "consensus 537 days"),
                    *("1 price", "2 peers"),
                ),
                assumed=date(2025, 6, 20),
                older=55,
                since=(
                    Result(date(2026, 2, 6), "FY2026-Q3"),
                    Result(date(2025, 11, 6), "FY2026-Q2"),
                    Result(date(2025, 8, 6), "FY2026-Q1"),
                ),
            ),
        ),
    ],
)
def test_a_pack_is_told_whole(pack: str, as_of: str, told: PackState) -> None:
    assert check_all(as_of=as_of, inputs=PACKS / pack / "inputs") == (told,)


def test_an_assumption_that_is_dated_anew_is_no_longer_older_than_results(
    tmp_path: Path,
) -> None:
    inputs = tmp_path / "inputs"
    shutil.copytree(PACKS / "carmaker/inputs", inputs)
    before = plain(inputs, "2026-03-31")["WAGN"]["older"]
    path = inputs / "WAGN/assumptions.csv"
    rows = path.read_text().splitlines()
    anew = next(row for row in rows if "cost_of_equity" in row)
    path.write_text("\n".join((*rows, anew.replace("2025-10-30", "2026-03-12"), "")))
    after = plain(inputs, "2026-03-31")["WAGN"]
    assert after["older"] == before - 1


def test_a_pack_that_is_half_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "inputs/HALF").mkdir(parents=True)
    (tmp_path / "inputs/HALF/targets.csv").write_text("published,broker\n")
    (tmp_path / "inputs/notes").mkdir()
    assert plain(tmp_path / "inputs", "2026-03-31").keys() == {"HALF"}
    told = table(tmp_path / "inputs", "--as-of", "2026-03-31")
    assert (told.exit_code, "0 can be built" in told.stdout) == (2, True)


def test_of_a_pack_that_cannot_be_read_the_trouble_alone_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ReportgenError("WAGN: cannot be read;\n close it")

    monkeypatch.setattr(findings, "read_pack", refuse)
    told = check_all(as_of="2025-11-30", inputs=PACKS / "carmaker/inputs")
    trouble = "WAGN: cannot be read; close it"
    assert told == (("WAGN", 0, 0, 0, (), None, 0, (), trouble),)


def test_what_is_blank_is_no_error_and_who_watches_is_told_how_far_it_is(three: Path) -> None:
    new = three.parent / "new"
    shutil.copytree(three / "ACME", new / "ACME")
    targets = new / "ACME/targets.csv"
    targets.write_text(targets.read_text() + "2025-10-01,Bank,2OO,USD,,,,,\n")
    far: list[tuple[int, int]] = []
    (found,) = check_all(as_of="2025-11-30", inputs=new, watch=lambda *at: far.append(at))
    assert (found, far) == (check_all(as_of="2025-11-30", inputs=new)[0], [(1, 1)])
    sound = plain(three, "2025-11-30")["ACME"]
    assert found.errors == sound["errors"] + 1
    assert found.blanks - sound["blanks"] in {0, 1}
    assert found.warnings == 0
    assert not found.is_sound


def test_all_is_as_of_today_unless_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.periods.today", lambda: date(2026, 4, 1))
    (tmp_path / "inputs").mkdir()
    told = table(tmp_path / "inputs")
    assert told.exit_code == 0
    assert told.stdout.strip() == "0 packs as of 2026-04-01: 0 can be built"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Name a TICKER, or --all of them."),
        (("WAGN", "--all"), "Name a TICKER, or --all of them."),
        (("WAGN",), "Missing option '--as-of'."),
        (("WAGN", "--as-of", "2025-11-30", "--json"), "--json is for --all."),
        (("--all", "--as-of", "soon"), 'as-of: "soon" is not a day'),
        (("--all", "--inputs", "nowhere"), "nowhere: there is no such folder of inputs"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: tuple[str, ...], told: str) -> None:
    asked = run("check", *arguments)
    assert asked.exit_code == 2
    assert told in asked.stderr


def test_a_bar_appears_only_where_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runs, "is_terminal", lambda _: True)
    with runs.progress("packs") as bar:
        bar.at(1, 2)
    assert capsys.readouterr().err == ""
