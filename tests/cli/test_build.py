from __future__ import annotations

import json
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.cli.build import command
from tests.cli.running import build, run
from tests.support import tools
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Built

PACKS = REPOSITORY / "tests/packs"


def test_a_build_says_where_the_report_is_and_what_it_says(built: Built) -> None:
    assert built.said.exit_code == 0
    place, blank, name, sentence, *rest = built.said.stdout.splitlines()
    assert place == str(built.path)
    assert not blank
    assert name == "Alibaba Group Holding Limited (BABA) as of 2025-11-30"
    assert sentence.startswith("NO POSITION at USD 157.30; buy below USD 116.88 (there the gain ")
    rows = {line.split("  ")[0]: line.split() for line in rest}
    head = ["USD", "value", "probability", "upside", "growth", "needed", "last", "month", "change"]
    assert rows["USD"] == head
    assert rows["Bear"][:5] == ["Bear", "79.16", "30%", "-49.7%", "-8.1%"]
    assert rows["Base"][:5] == ["Base", "151.36", "40%", "-3.8%", "+5.4%"]
    assert rows["Bull"][:5] == ["Bull", "224.25", "30%", "+42.6%", "+12.0%"]
    assert rows["Expected"][:3] == ["Expected", "151.56", "-3.6%"]
    assert rows["Hype-adjusted"][:3] == ["Hype-adjusted", "174.49", "+10.9%"]
    assert rows["Consensus"][:3] == ["Consensus", "208.94", "+32.8%"]
    assert "Readiness: with care" in built.said.stdout
    assert "Checks: 0 FAIL, " in built.said.stdout
    assert not built.said.stderr


def test_a_build_leaves_the_report_and_nothing_half_written(built: Built) -> None:
    left = {path.name for path in built.path.parent.iterdir()}
    assert left == {built.path.name, f"{built.path.stem}.registry.json", ".reportgen.lock"}


def test_every_warning_check_is_named(built: Built) -> None:
    said = built.said.stdout.splitlines()
    counted = next(line for line in said if line.startswith("Checks:"))
    named = [line for line in said if line.startswith("  WARN  ")]
    assert counted == f"Checks: 0 FAIL, {len(named)} WARN"
    assert named


def test_a_report_whose_checks_fail_is_built_and_exits_with_1(tmp_path: Path) -> None:
    inputs = PACKS / "bare/inputs"
    asked = build("--outputs", tmp_path, ticker="NORD", inputs=inputs)
    assert asked.exit_code == 1
    assert (tmp_path / "NORD/2025-11-30/NORD-2025-11-30.xlsx").is_file()
    assert "BLOCKED" in asked.stdout
    assert "  FAIL  Bear value is known" in asked.stdout
    assert "Readiness: blocked" in asked.stdout
    assert "Bear             n/a" in asked.stdout


def test_the_place_of_a_ticker_with_dots_and_carets_is_its_own_folder(tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    shutil.copytree(PACKS / "bare/inputs", inputs)
    (inputs / "NORD").rename(inputs / "^NORD.DE")
    company = inputs / "^NORD.DE/company.yaml"
    company.write_text(company.read_text().replace("ticker: NORD", 'ticker: "^NORD.DE"'))
    build("--outputs", tmp_path / "outputs", ticker="^NORD.DE", inputs=inputs)
    assert (tmp_path / "outputs/^NORD.DE/2025-11-30/^NORD.DE-2025-11-30.xlsx").is_file()


def test_a_day_ahead_of_today_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.periods.today", lambda: date(2025, 11, 28))
    asked = build("--outputs", tmp_path, ticker="NORD", inputs=PACKS / "bare/inputs")
    assert asked.exit_code == 1
    assert asked.stderr.startswith("warning: 2025-11-30 lies ahead of today, 2025-11-28")


def test_last_month_end_is_the_day_before_this_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.periods.today", lambda: date(2025, 12, 1))
    place = ["--inputs", PACKS / "bare/inputs", "--outputs", tmp_path]
    assert run("build", "NORD", "--as-of", "last-month-end", *place).exit_code == 1
    assert (tmp_path / "NORD/2025-11-30/NORD-2025-11-30.xlsx").is_file()


def test_a_theme_changes_looks_and_never_a_number(built: Built, tmp_path: Path) -> None:
    theme = tmp_path / "loud.yaml"
    theme.write_text(
        'name: loud\nfont: {family: Arial}\nlooks: {title: {color: C00000, size: "20"}}\n'
    )
    asked = build("--outputs", tmp_path, "--template", theme)
    assert asked.exit_code == 0
    loud = tmp_path / "BABA/2025-11-30/BABA-2025-11-30.xlsx"
    assert loud.read_bytes() != built.path.read_bytes()
    values, plain = (json.loads(run("show", path, "--json").stdout) for path in (loud, built.path))
    assert values == plain


def test_a_pdf_without_libreoffice_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.pdf.shutil.which", lambda _: None)
    asked = build("--outputs", tmp_path / "outputs", "--pdf")
    assert asked.exit_code == 2
    assert "a PDF is printed by LibreOffice, and no soffice is on the PATH" in asked.stderr
    assert not (tmp_path / "outputs").exists()


def test_a_pdf_is_printed_beside_the_workbook_without_the_tabs_of_programs(tmp_path: Path) -> None:
    tools.require("soffice")
    asked = build("--outputs", tmp_path, "--pdf", ticker="NORD", inputs=PACKS / "bare/inputs")
    printed = tmp_path / "NORD/2025-11-30/NORD-2025-11-30.pdf"
    assert asked.stdout.splitlines()[:2] == [str(printed.with_suffix(".xlsx")), str(printed)]
    assert printed.read_bytes().startswith(b"%PDF-")
    text = tools.run([tools.require("pdftotext"), "-layout", printed, "-"], 600)
    assert "Nordhavn Rederi" in text
    assert "Registry" not in text.splitlines()
    assert "snapshot" not in text


def test_the_summary_alone_is_printed_on_the_paper_asked_for(tmp_path: Path) -> None:
    tools.require("soffice")
    place = ["--inputs", PACKS / "bare/inputs", "--outputs", tmp_path, "--as-of", "2025-11-30"]
    asked = run("build", *place, "--paper", "letter", "--pdf", "summary", "NORD")
    printed = tmp_path / "NORD/2025-11-30/NORD-2025-11-30-summary.pdf"
    assert asked.stdout.splitlines()[1] == str(printed)
    told = tools.run([tools.require("pdfinfo"), "-l", "99", printed], 600)
    pages = [line for line in told.splitlines() if line.endswith("(letter)")]
    assert 5 <= len(pages) <= 8
    text = tools.run([tools.require("pdftotext"), "-layout", printed, "-"], 600)
    assert "Bear case" in text
    assert "Evidence" not in {line.strip() for line in text.splitlines()}


@pytest.mark.parametrize(
    ("words", "pdf"),
    [
        (["NORD", "--pdf"], "report"),
        (["--pdf", "NORD"], "report"),
        (["--pdf", "summary", "NORD"], "summary"),
        (["--pdf", "--paper", "A4", "NORD"], "report"),
        (["NORD"], None),
    ],
)
def test_a_ticker_after_pdf_stays_a_ticker(words: list[str], pdf: str | None) -> None:
    context = command.make_context("build", [*words, "--as-of", "2025-11-30"])
    assert (context.params["ticker"], context.params["pdf"]) == ("NORD", pdf)


def test_a_few_warnings_about_the_inputs_are_listed_and_many_counted(
    inputs: Path, tmp_path: Path
) -> None:
    (inputs / "BABA/target.csv").write_text("published,broker\n")
    few = build("--outputs", tmp_path, inputs=inputs)
    assert few.stderr.startswith("warning: inputs/BABA/target.csv: is not a file of a pack")
    for name in ("product.csv", "claim.csv", "price.csv"):
        (inputs / "BABA" / name).write_text("published\n")
    many = build("--outputs", tmp_path, inputs=inputs)
    assert many.stderr == (
        "4 warnings about the inputs; reportgen check BABA --as-of 2025-11-30"
        f" --inputs {inputs} lists them\n"
    )
    assert many.exit_code == 0
