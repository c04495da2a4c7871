"""Segments come from instances: quarter by quarter, each as its filing gave it, once."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.intake.imports import bring, take
from reportgen.intake.imports_file import Listed
from reportgen.intake.records import Brought, Import
from tests.intake.sec.filings import FILER, Filing
from tests.intake.sec.instances import Part, instance
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

NINE = Filing(3, "2025-10-30", "10-Q", "2025-09-30")
YEAR = Filing(4, "2026-02-01", "10-K", "2025-12-31")
LISTED = Listed(999999, segments={"CloudMember": "cloud"})
CLOUD = Part("us-gaap:Revenues", "2025-07-01/2025-09-30", "30000000", unit="eur")
OF_NINE = instance(CLOUD, CLOUD._replace(span="2025-01-01/2025-09-30", digits="80000000"))
OF_YEAR = instance(CLOUD._replace(span="2025-01-01/2025-12-31", digits="125000000"))


@pytest.fixture
def asked(tmp_path: Path) -> Import:
    inputs = tmp_path / "inputs"
    shutil.copytree(REPOSITORY / "tests/packs/bare/inputs", inputs)
    company = inputs / "NORD/company.yaml"
    text = company.read_text().partition("segments:")[0]
    company.write_text(f"{text}segments:\n  - {{id: cloud, name: Cloud, metric: revenue}}\n")
    return Import(date(2026, 11, 1), inputs, listed={"NORD": LISTED})


def files(folder: Path, *pairs: tuple[Filing, bytes], listed: bool = True) -> list[Path]:
    """Files of filings, and the list that tells when these were filed."""
    found = []
    for filing, raw in pairs:
        found.append(folder / f"instance-0000999999-{filing.accession}.xml")
        found[-1].write_bytes(raw)
    recent = {
        "accessionNumber": [filing.accession for filing, _ in pairs],
        "form": [filing.form for filing, _ in pairs],
        "filingDate": [filing.filed for filing, _ in pairs],
        "reportDate": [filing.period for filing, _ in pairs],
    }
    path = folder / "submissions-0000999999.json"
    path.write_text(json.dumps(FILER | {"filings": {"recent": recent}}))
    return [*found, path] if listed else found


def rows(found: Brought) -> list[tuple[str, ...]]:
    columns = ("segment", "metric", "period", "value", "published")
    return [tuple(row.candidate.cells[name] for name in columns) for row in found.rows]


def test_the_last_quarter_is_what_nine_months_leave_of_a_year(
    asked: Import, tmp_path: Path
) -> None:
    (found,) = bring(files(tmp_path, (NINE, OF_NINE), (YEAR, OF_YEAR)), asked)
    assert (found.error, found.doubts) == ("", ())
    (stated, derived) = rows(found)
    assert (stated[3], stated[4]) == ("30", "2025-10-30")
    assert (derived[0], derived[3], derived[4]) == ("cloud", "45", "2026-02-01")
    take(found)
    (again,) = bring(files(tmp_path, (YEAR, OF_YEAR), (NINE, OF_NINE)), asked)
    assert (again.files, [str(row.state) for row in again.rows]) == ((), ["same", "same"])
    # What the pack cites tells when a filing was filed, too
    (alone,) = bring(files(tmp_path, (NINE, OF_NINE), listed=False), asked)
    assert [str(row.state) for row in alone.rows] == ["same"]


def test_a_year_of_which_no_quarter_is_known_is_one(asked: Import, tmp_path: Path) -> None:
    (found,) = bring(files(tmp_path, (YEAR, OF_YEAR)), asked)
    assert [row[3] for row in rows(found)] == ["125"]
    assert rows(found)[0][2].startswith("FY20")


def test_a_foreign_filer_gives_years(asked: Import, tmp_path: Path) -> None:
    foreign = YEAR._replace(form="20-F")
    (found,) = bring(files(tmp_path, (foreign, OF_YEAR)), asked)
    assert [row[3] for row in rows(found)] == ["125"]


@pytest.mark.parametrize(
    ("segments", "told"),
    [
        ({}, "segments: {CloudMember: cloud}"),
        ({"CloudMember": "clouds"}, 'CloudMember is "clouds", which is no segment'),
        ({"CloudMember": "clouds"}, "did you mean cloud?"),
        ({"CloudMember": "robots"}, "expected one of cloud"),
        ({"OtherMember": "cloud"}, "segments: {CloudMember: cloud}"),
    ],
)
def test_segments_that_nobody_named_are_told(
    asked: Import, tmp_path: Path, segments: dict[str, str], told: str
) -> None:
    named = Import(asked.today, asked.inputs, listed={"NORD": Listed(999999, segments=segments)})
    (found,) = bring(files(tmp_path, (YEAR, OF_YEAR)), named)
    assert (rows(found), found.is_open) == ([], True)
    assert any(told in doubt for doubt in found.doubts)


def test_other_segments_than_those_named_are_said_once(asked: Import, tmp_path: Path) -> None:
    other = CLOUD._replace(member="acme:RestMember")
    (found,) = bring(files(tmp_path, (NINE, instance(CLOUD, other))), asked)
    assert (len(found.rows), found.doubts) == (1, ())
    assert "segments: {RestMember: SEGMENT}" in found.notes[0]


def test_an_instance_of_a_filing_that_nobody_lists_is_told(asked: Import, tmp_path: Path) -> None:
    (found,) = bring(files(tmp_path, (NINE, OF_NINE), listed=False), asked)
    assert (found.files, len(found.doubts)) == ((), 1)
    assert "does not say which filing it is of" in found.doubts[0]


def test_segments_in_another_currency_are_told(asked: Import, tmp_path: Path) -> None:
    (found,) = bring(files(tmp_path, (NINE, instance(CLOUD._replace(unit="usd")))), asked)
    assert (rows(found), len(found.notes)) == ([], 1)
    assert "cloud: the filings state no revenue, ebit, ebitda in EUR" in found.notes[0]
