"""The file beside a workbook counts only while the two belong together, whatever it holds."""

from __future__ import annotations

import json
import os
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from reportgen.report.registry import file as registry_file
from reportgen.report.registry.file import recorded, registry_bytes, registry_path
from reportgen.report.registry.form import CAPTIONS, HEADER, TITLE
from reportgen.xlsx.book import Book, Cell, Properties, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AS_OF = date(2025, 11, 30)
WORKBOOK = b"a workbook"
VALUES = {"base.value": 151.36, "call": "Hold", "hype.value": None}
ROWS = (
    {"Key": "report.ticker", "Kind": "report", "Type": "text", "Issued": "ACME"},
    {"Key": "price", "Kind": "headline", "Issued": 157.2, "Source": "the exchange", "Author": "B"},
    {"Key": "sum", "Live": ("=Base!C5", 3.0)},
    {"Key": "close[{close}]", "Kind": "input", "Issued": "[1,2]", "Live": ("=ROWS(X!A1:A2)", 2.0)},
    {"Key": "fx[USD].override", "Kind": "override", "Live": ("=Inputs!C5", "")},
    {"Key": "launch", "Kind": "left out", "Live": ("", "n/a"), "Issued": "n/a"},
    {"Key": "gone", "Kind": "left out"},
    {
        "Key": "growth.override",
        "Kind": "override",
        "Published": 45_000.0,
        "Reason": "Müller asked",
        "Expires": 46_000.0,
    },
)


def book() -> Book:
    cells = [Cell(HEADER, col, caption) for col, caption in enumerate(CAPTIONS)]
    for at, row in enumerate(ROWS, start=HEADER + 1):
        for caption, value in row.items():
            shown = (value, "") if not isinstance(value, tuple) else value[::-1]
            cells.append(Cell(at, CAPTIONS.index(caption), *shown))
    return Book((Sheet(TITLE, tuple(cells)),), Properties(AS_OF))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "ACME-2025-11-30.xlsx"
    path.write_bytes(WORKBOOK)
    registry_path(path).write_bytes(registry_bytes(book(), WORKBOOK, VALUES))
    return path


def test_what_was_given_is_kept_and_what_follows_from_it_is_not(report: Path) -> None:
    found = recorded(report)
    assert found is not None
    assert found.values == VALUES
    assert [(row.key, row.is_range, row.issued, row.source, row.author) for row in found.rows] == [
        ("report.ticker", False, "ACME", None, None),
        ("price", False, 157.2, "the exchange", "B"),
        ("close[{close}]", True, "[1,2]", None, None),
        ("launch", False, "n/a", None, None),
        ("gone", False, None, None, None),
        ("growth.override", False, None, None, None),
    ]
    last = found.rows[-1]
    assert (last.published, last.reason, last.expires) == (45_000.0, "Müller asked", 46_000.0)
    assert (found.rows[0].type, last.type) == ("text", None)


def signed(content: str, report: Path) -> None:
    """Put a content into the file as whoever knows its form could."""
    raw = content.encode()
    head = registry_file._head(report.read_bytes(), raw)  # noqa: SLF001 - what vouches for it
    registry_path(report).write_bytes(head + raw)


def edited(report: Path) -> None:
    report.write_bytes(WORKBOOK + b", edited")


def changed(report: Path) -> None:
    path = registry_path(report)
    path.write_bytes(path.read_bytes().replace(b"157.2", b"157.3"))


def of_another_form(report: Path) -> None:
    path = registry_path(report)
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":2', 1))


def cut(report: Path) -> None:
    path = registry_path(report)
    path.write_bytes(path.read_bytes()[:-40])


def emptied(report: Path) -> None:
    registry_path(report).write_bytes(b"")


def gone(report: Path) -> None:
    registry_path(report).unlink()


def without_workbook(report: Path) -> None:
    report.unlink()


def a_folder(report: Path) -> None:
    gone(report)
    registry_path(report).mkdir()


def a_link(report: Path) -> None:
    elsewhere = report.with_name("elsewhere.json")
    registry_path(report).rename(elsewhere)
    registry_path(report).symlink_to(elsewhere)


def a_pipe(report: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    gone(report)
    os.mkfifo(registry_path(report))


@pytest.mark.parametrize(
    "spoilt",
    [
        edited,
        changed,
        of_another_form,
        cut,
        emptied,
        gone,
        without_workbook,
        a_folder,
        a_link,
        a_pipe,
        *(
            pytest.param(partial(signed, content), id=content[:40])
            for content in (
                "",
                "null]",
                '"rows":[]}',
                '"rows":7,"values":{}}',
                '"rows":[],"values":7}',
                '"rows":[7],"values":{}}',
                '"rows":[[]],"values":{}}',
                '"rows":[[true,7,"input"]],"values":{}}',
                '"rows":[[true,"price",["input"]]],"values":{}}',
                '"rows":[[true,"price","input",null,{}]],"values":{}}',
                f'"rows":[[true,"price"{7 * ",1"}, 2]],"values":{{}}}}',
                f'"rows":[[true,"price","input"{9 * ",1"}]],"values":{{}}}}',
                f'"rows":{100_000 * "["}',
                '"rows":[[true,"price","input",' + 5000 * "9" + "]]}",
                "\udcff".encode("utf-8", "surrogatepass").decode("latin-1"),
            )
        ),
    ],
)
def test_one_that_does_not_belong_to_its_workbook_is_passed_over(
    spoilt: Callable[[Path], None], report: Path
) -> None:
    spoilt(report)
    assert recorded(report) is None


def test_it_is_plain_json_that_any_program_can_read(report: Path) -> None:
    found = json.loads(registry_path(report).read_text(encoding="utf-8"))
    assert set(found) == {"schema", "sha256", "rows", "values"}
    assert found["rows"][1:3] == [
        [False, "price", "headline", None, 157.2, "the exchange", None, "B"],
        [True, "close[{close}]", "input", None, "[1,2]"],
    ]
    assert "Müller" in registry_path(report).read_text(encoding="utf-8")
