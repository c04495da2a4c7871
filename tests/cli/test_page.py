from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import INPUTS, build, run

if TYPE_CHECKING:
    from tests.cli.conftest import Built


@pytest.fixture
def report(built: Built, tmp_path: Path) -> Path:
    """A copy of the report, alone in a folder."""
    copy = tmp_path / "here" / "BABA.xlsx"
    copy.parent.mkdir()
    copy.write_bytes(built.path.read_bytes())
    return copy


def test_the_page_stands_beside_the_report_under_its_name(report: Path) -> None:
    asked = run("page", report)
    page = report.with_suffix(".html")
    assert (asked.exit_code, asked.stdout.strip()) == (0, str(page))
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_page_goes_where_it_is_told_and_takes_a_theme(report: Path, tmp_path: Path) -> None:
    theme = tmp_path / "ours.yaml"
    theme.write_text("name: ours\nfont: {family: Georgia}\ncharts: {bull: 123456}\n")
    place = tmp_path / "new" / "page.html"
    assert run("page", report, "--to", place, "--template", theme).exit_code == 0
    text = place.read_text(encoding="utf-8")
    assert '--font:"Georgia"' in text
    assert "--c-bull:#123456" in text
    assert not report.with_suffix(".html").exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("none.xlsx", None, "none.xlsx"),
        ("text.xlsx", b"no workbook", "text.xlsx"),
        ("page.html", b"<p>", "page.html: the page would replace the report; name another file"),
    ],
)
def test_trouble_is_told_in_a_line_and_nothing_is_written(
    tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    asked = run("page", path)
    assert asked.exit_code == 2
    assert told in asked.stderr
    assert "Traceback" not in asked.stderr
    assert [one.name for one in tmp_path.iterdir()] == ([name] if content is not None else [])


def test_a_page_that_cannot_be_written_leaves_what_stood_there(report: Path) -> None:
    place = report.with_suffix(".html")
    place.mkdir()
    asked = run("page", report)
    assert asked.exit_code == 2
    assert "a folder stands where the file should" in asked.stderr
    assert place.is_dir()


def test_a_report_whose_formulas_lost_their_values_is_refused_with_the_remedy(
    tmp_path: Path,
) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415 - a program that does not calculate

    inputs = INPUTS.parent / "tests/packs/single/inputs"
    built = build("--outputs", tmp_path, ticker="ONE", inputs=inputs)
    report = Path(built.stdout.splitlines()[0])
    load_workbook(report).save(report)
    for words in (["page"], ["show"], ["show", "--headline"], ["show", "--json"]):
        asked = run(*words, report)
        assert (asked.exit_code, asked.stdout) == (2, "")
        assert "open and save it with a spreadsheet program" in asked.stderr
    assert not report.with_suffix(".html").exists()
    assert run("textconv", report).stdout.startswith("file = its formulas have no values")
