from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen import findings
from reportgen.model.gaps import MOST_PLACES, WATCHED
from reportgen.xlsx.book import WorkbookError
from tests.cli.running import AS_OF, INPUTS, build, run
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.testing import Result

    from tests.cli.conftest import Built

PACKS = REPOSITORY / "tests/packs"
LONG = pytest.mark.long


@pytest.fixture(autouse=True)
def _unwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take it that a workbook can hold a report, which takes a third of a check to see.

    What none can hold, a test of its own shows.
    """
    monkeypatch.setattr(findings, "render", lambda _: b"")


def check(ticker: str = "BABA", inputs: Path = INPUTS, as_of: str = AS_OF) -> Result:
    return run("check", ticker, "--as-of", as_of, "--inputs", inputs)


def test_a_sound_pack_can_be_built_and_nothing_is_written(
    inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the workbook is made, too
    before = {path: path.stat().st_mtime_ns for path in inputs.parent.rglob("*")}
    asked = check(inputs=inputs)
    assert asked.exit_code == 0
    assert asked.stdout == "BABA as of 2025-11-30 can be built: 0 errors, 0 warnings.\n"
    assert {path: path.stat().st_mtime_ns for path in inputs.parent.rglob("*")} == before


def test_errors_warnings_and_later_rows_are_told_together(inputs: Path) -> None:
    with (inputs / "BABA/targets.csv").open("a", encoding="utf-8") as file:
        file.write("2025-11-02,Coyote,much,USD,ADS,12,broker,Buy,press-brokers\n")
        file.write("2025-11-03,Runner,,USD,ADS,12,broker,Buy,press-brokers\n")
        file.write("2026-01-02,Later,much,USD,ADS,12,broker,Buy,press-brokers\n")
    asked = check(inputs=inputs)
    assert asked.exit_code == 2
    error, warning, later, verdict = asked.stdout.splitlines()
    assert error.startswith('inputs/BABA/targets.csv:24 target: "much" is not a number')
    assert warning.startswith("warning: inputs/BABA/targets.csv:25 target: states no figure")
    assert later.startswith('warning: inputs/BABA/targets.csv:26 target: "much" is not a number')
    assert verdict == (
        "BABA as of 2025-11-30 cannot be built until the errors are mended: "
        "1 error, 1 warning, 1 about later rows."
    )


def test_warnings_alone_do_not_stop_a_build(inputs: Path) -> None:
    (inputs / "BABA/target.csv").write_text("published,broker\n")
    asked = check(inputs=inputs)
    assert asked.exit_code == 0
    assert asked.stdout.startswith("warning: inputs/BABA/target.csv: is not a file of a pack")


@pytest.mark.parametrize(
    ("pack", "ticker", "missing"),
    [
        ("bare", "NORD", ["shares_diluted", "eps_reference", "expected_value", "hype.consensus"]),
        pytest.param("pence", "CALD", ["peer_pe", "hype.state[runup]"], marks=LONG),
        pytest.param(
            "no_claims", "HLVN", ["peer_pe", "hype.narrative_gap"], marks=pytest.mark.long
        ),
        ("tokyo", "6799", ["launch.value", "hype.state[launch]"]),
        ("daily", "LNTU", []),
        ("bank", "HSBA.L", ["priced_in.g_delivered", "hype.state[runup]"]),
    ],
)
def test_what_would_be_na_is_named_with_its_reason(
    pack: str, ticker: str, missing: list[str]
) -> None:
    asked = check(ticker, PACKS / pack / "inputs")
    assert asked.exit_code == 0
    lines = [line.split("  ")[0] for line in asked.stdout.splitlines()]
    assert set(missing) <= set(lines)
    assert ("n/a" in lines) == bool(missing)


def test_a_day_before_any_assumption_has_a_report_that_says_what_it_lacks() -> None:
    asked = check(as_of="2025-07-31")
    assert asked.exit_code == 0
    assert "weighs no method: no case has a value without one of weight_sotp" in asked.stdout
    assert any(line.startswith("expected_value") for line in asked.stdout.splitlines())


def test_a_missing_file_makes_na_what_it_feeds(inputs: Path) -> None:
    (inputs / "BABA/estimates.csv").unlink()
    asked = check(inputs=inputs)
    named = [line for line in asked.stdout.splitlines() if line.startswith("hype.state[runup]")]
    assert len(named) == 1
    assert "estimates.csv: eps_ntm" in named[0]


def test_every_watched_figure_is_one_of_a_report(built: Built) -> None:
    said = run("show", built.path, "--json").stdout
    for watched in WATCHED:
        for figure in watched.looked_at:
            assert f'"{figure.key}": ' in said


def test_a_line_of_summary_holds_what_fills_a_gap() -> None:
    width = 115  # characters from its third column to its last
    assert [one.remedy for one in WATCHED if len(one.remedy) > width] == []


@pytest.mark.parametrize(
    ("lacks", "labels"),
    [
        (
            {"fundamentals.csv": "net_cash", "assumptions.csv": "pe_multiple"},
            {"Net cash", "P/E"},
        ),
        pytest.param({"fundamentals.csv": "eps"}, {"EPS reference"}, marks=LONG),
        pytest.param({"assumptions.csv": "multiple"}, {"Sum of the parts"}, marks=LONG),
    ],
)
def test_a_report_says_what_it_lacks_wherever_it_is_read(
    inputs: Path, lacks: Mapping[str, str], labels: set[str]
) -> None:
    for file, metric in lacks.items():
        table = inputs / "BABA" / file
        rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [row for row in rows if f",{metric}," not in row]
        table.write_text("".join(kept), encoding="utf-8")
    made = build("--outputs", inputs, inputs=inputs)
    report = Path(made.stdout.splitlines()[0])
    values = json.loads(run("show", report, "--json").stdout)
    for page in (made.stdout, run("show", report).stdout):
        assert labels <= set(re.findall(r"^  n/a   ([^:]+): ", page, re.MULTILINE))
    assert labels <= {values[f"gap_told[{k + 1}].label"] for k in range(MOST_PLACES)}


@pytest.mark.parametrize(
    ("pack", "ticker", "asked_for", "offered"),
    [
        ("bank", "HSBA.L", {"Growth delivered", "Unbacked run-up"}, set()),
        (
            "pence",
            "CALD",
            {"Growth priced in", "Growth delivered", "Unbacked run-up", "Hype score"},
            {"P/E of the peers", "Narrative gap"},
        ),
        pytest.param(
            "no_claims",
            "HLVN",
            {"Unbacked run-up"},
            {"P/E of the peers", "Narrative gap"},
            marks=pytest.mark.long,
        ),
    ],
)
def test_every_voice_tells_what_a_pack_asks_for_and_check_alone_what_else_is_missing(
    pack: str, ticker: str, asked_for: set[str], offered: set[str], tmp_path: Path
) -> None:
    inputs = PACKS / pack / "inputs"
    made = build("--outputs", tmp_path, ticker=ticker, inputs=inputs)
    report = Path(made.stdout.splitlines()[0])
    for page in (made.stdout, run("show", report).stdout):
        told = re.findall(r"^  n/a   ([^:]+): ", page, re.MULTILINE)
        assert asked_for <= set(told)
        assert offered.isdisjoint(told)
    values = json.loads(run("show", report, "--json").stdout)
    assert asked_for <= {values[f"gap_told[{k + 1}].label"] for k in range(MOST_PLACES)}
    checked = check(ticker, inputs).stdout
    for one in WATCHED:
        if one.label in asked_for | offered:
            assert one.remedy in checked


@pytest.mark.parametrize(
    ("lacks", "is_told"),
    [
        ("every multiple", True),
        pytest.param("the names of the peers, too", False, marks=pytest.mark.long),
    ],
)
def test_multiples_of_peers_that_are_named_are_missed_wherever_a_report_is_read(
    inputs: Path, lacks: str, *, is_told: bool
) -> None:
    (inputs / "BABA/peers.csv").unlink(missing_ok=True)
    claims = inputs / "BABA/claims.csv"
    rows = claims.read_text(encoding="utf-8").splitlines(keepends=True)
    claims.write_text("".join(row for row in rows if not row.startswith("pe,")), encoding="utf-8")
    if lacks != "every multiple":
        company = inputs / "BABA/company.yaml"
        named = company.read_text(encoding="utf-8")
        company.write_text(re.sub(r"(?m)^peers:.*\n(?:  .*\n|- .*\n)*", "", named))
    made = build("--outputs", inputs, inputs=inputs)
    report = Path(made.stdout.splitlines()[0])
    for page in (made.stdout, run("show", report).stdout):
        assert ("  n/a   P/E of the peers: " in page) is is_told
    assert "peers.csv: pe_ttm or pe_ntm" in check(inputs=inputs).stdout


def test_what_no_workbook_can_hold_is_told_by_check_as_by_build(inputs: Path) -> None:
    company = inputs / "BABA/company.yaml"
    named = company.read_text(encoding="utf-8")
    company.write_text(named.replace("name: Alibaba Group", f"name: {'A' * 300}", 1))
    asked = check(inputs=inputs)
    assert asked.exit_code == 2
    assert "company.yaml:2 name: has 3" in asked.stdout
    assert "expected the company's name, of at most 80" in asked.stdout


def test_a_check_makes_the_workbook_and_tells_what_it_refuses(
    inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(book: object) -> bytes:
        del book
        raise WorkbookError("sheet 'Inputs': A1: too long")

    monkeypatch.setattr(findings, "render", refused)
    asked = check(inputs=inputs)
    assert asked.exit_code == 2
    assert "inputs/BABA: no workbook can hold this: sheet 'Inputs': A1: too long" in asked.stdout


MISSPELT = {
    "overrides.csv": "published,key,value,expires,revokes,author,reason\n"
    '2025-11-01,"assumption[cost_of_equty,all,]",0.2,,,X,\n',
    "confirmed.csv": "published,key,author,reason\n2025-11-26,bul.value,X,it is right\n",
    "arguments.csv": "2025-11-29,bull,driver,bla,assumption[nosuch],,,own_pee<15%,tiger-post\n",
}


def test_keys_that_the_report_does_not_have_are_warned_of(inputs: Path) -> None:
    for name, rows in MISSPELT.items():
        with (inputs / "BABA" / name).open("a", encoding="utf-8") as file:
            file.write(rows)
    asked = check(inputs=inputs)
    assert asked.exit_code == 0
    about, trigger, confirmed, key, verdict = asked.stdout.splitlines()
    assert 'arguments.csv:46 assumption: "assumption[nosuch]" is no input of this report' in about
    assert 'trigger: "own_pee" is no figure of this report' in trigger
    assert trigger.endswith("did you mean own_pe?")
    assert 'confirmed.csv:2 key: "bul.value" is no figure of this report, so nothing' in confirmed
    assert confirmed.endswith("did you mean bull.value?")
    assert key.startswith("warning: inputs/BABA/overrides.csv:2 key: ")
    assert key.endswith("did you mean assumption[cost_of_equity,all,]?")
    assert "4 warnings" in verdict


def test_a_trigger_on_a_figure_of_later_days_waits_and_is_no_mistake() -> None:
    asked = check(as_of="2025-08-29")  # free cash flow is first reported in November
    assert asked.exit_code == 0
    assert "never fires" not in asked.stdout
    assert ", 0 warnings" in asked.stdout


def test_a_missing_exchange_rate_is_named_as_the_cause(inputs: Path) -> None:
    rates = inputs / "market/fx.csv"
    header, *days = rates.read_text(encoding="utf-8").splitlines()
    place = header.split(",").index("CNY")
    kept = [line.split(",") for line in (header, *days)]
    lines = (",".join(cells[:place] + cells[place + 1 :]) for cells in kept)
    rates.write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked = check(inputs=inputs)
    named = {line.split("  ")[0]: line for line in asked.stdout.splitlines()}
    assert "market/fx.csv: a rate of both currencies" in named["fx_reporting"]
    assert "expected_value" in named
    assert not named.keys() & {"net_cash", "eps_reference", "bear.sotp_12m", "bear.pe_12m"}


@pytest.mark.parametrize(
    ("was", "becomes", "key", "status"),
    [
        pytest.param(
            "shares_diluted,2396.0,",
            "shares_diluted,3200.0,",
            "fundamental[group,shares_diluted,2025-09-30]",
            "WARN",
            marks=pytest.mark.long,
        ),
        (
            "shares_diluted,2396.0,",
            "shares_diluted,239.6,",
            "fundamental[group,shares_diluted,2025-09-30]",
            "FAIL",
        ),
    ],
)
def test_a_figure_that_is_not_plausible_is_told_with_key_measure_limit_and_cell(
    inputs: Path, was: str, becomes: str, key: str, status: str
) -> None:
    table = inputs / "BABA/fundamentals.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(was, becomes), encoding="utf-8")
    made = build("--outputs", inputs, inputs=inputs)
    for page in (made.stdout, check(inputs=inputs).stdout):
        (told,) = (line for line in page.splitlines() if f"  {status}  {key}: " in line)
        assert re.search(r"one before: [\d.]+, limit [\d.]+; Growth![A-Z]+\d+$", told)
        assert "if right, sign the key in confirmed.csv" in page
    signed = f'published,key,author,reason\n2025-11-28,"{key}",jp,counted again\n'
    (inputs / "BABA/confirmed.csv").write_text(signed, encoding="utf-8")
    assert f"  {key}: " not in check(inputs=inputs).stdout
