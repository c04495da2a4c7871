"""Where files are: what is shipped, and where reports go."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.resources import (
    is_url,
    newest_revision,
    pdf_path,
    report_path,
    revision_path,
    template_path,
)

if TYPE_CHECKING:
    from reportgen.resources import Extent

REPORT = report_path(Path("out"), "7203.T", date(2025, 11, 30))


@pytest.mark.parametrize(
    ("place", "is_one"),
    [
        *(("s3://b/p", True), ("S3:b", True), ("gs://b", True), ("https:x", False)),
        *(("C:/a", False), ("C::a", False), ("ab:/a", True), ("a/b", False), ("a/s3:", False)),
    ],
)
def test_a_url_is_told_from_a_folder(place: str, *, is_one: bool) -> None:
    assert is_url(place) is is_one


def test_a_report_its_revisions_and_its_pdf_have_their_names() -> None:
    assert Path("out/7203.T/2025-11-30/7203.T-2025-11-30.xlsx") == REPORT
    assert revision_path(REPORT, 1) == REPORT
    assert revision_path(REPORT, 2).name == "7203.T-2025-11-30-r2.xlsx"
    extents: tuple[Extent, ...] = ("report", "summary")
    assert [pdf_path(REPORT, extent).name for extent in extents] == [
        "7203.T-2025-11-30.pdf",
        "7203.T-2025-11-30-summary.pdf",
    ]


@pytest.mark.parametrize(
    ("there", "newest"),
    [
        ([], "A.xlsx"),
        (["A.xlsx"], "A.xlsx"),
        (["A.xlsx", "A-r2.xlsx", "A-r10.xlsx", "A-r9.xlsx"], "A-r10.xlsx"),
        (["A-r02.xlsx", "A-r0.xlsx", "B-r3.xlsx", "A-r4.pdf", "xA-r5.xlsx"], "A.xlsx"),
    ],
)
def test_the_newest_revision_has_the_greatest_number(
    tmp_path: Path, there: list[str], newest: str
) -> None:
    for name in there:
        (tmp_path / name).touch()
    assert newest_revision(tmp_path / "A.xlsx").name == newest
    assert newest_revision(tmp_path / "lost/A.xlsx").name == "A.xlsx"


def test_what_is_not_shipped_is_told() -> None:
    assert template_path("method.yaml").is_file()
    with pytest.raises(ReportgenError, match=r"lost\.yaml: not among the templates shipped"):
        template_path("lost.yaml")
