"""The index from what stands below the outputs: also where that is torn, missing or foreign."""

from __future__ import annotations

import json
import math
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import reportgen
from reportgen.cli.commands import commands
from reportgen.errors import ReportgenError
from reportgen.runs.index.files import read_index, write_index
from reportgen.runs.issued import Issue, issue, issued_path, read_issued
from reportgen.runs.manifest import NAME, manifest_path
from tests.runs.index.cases import NOVEMBER, OCTOBER, SEPTEMBER, moved, store
from tests.runs.records import HEADLINE, manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.values import Value

SUMMARY = "1 company: 1 changed stance, 0 crossed a level, 1 moved, 1 needs a person"


def issued(outputs: Path, ticker: str, as_of: date, **values: Value) -> None:
    path = issued_path(outputs, ticker)
    said = HEADLINE | {key.replace("__", "."): value for key, value in values.items()}
    issue(path, read_issued(path), Issue.of(as_of, as_of, 1, "a" * 64, said))


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """A company with reports of October and November."""
    folder = tmp_path / "outputs"
    store(folder, manifest(as_of="2025-10-31"))
    store(folder, manifest())
    issued(folder, "ACME", OCTOBER, stance__call="SHORT")
    issued(folder, "ACME", NOVEMBER)
    return folder


def kinds(outputs: Path, ticker: str, **failed: str) -> list[tuple[str, str]]:
    found = read_index(outputs, NOVEMBER, failed)
    return [(one.kind, one.text) for one in found.concerns if one.ticker == ticker]


def test_two_files_are_written_beside_the_companies(outputs: Path) -> None:
    written = write_index(outputs, NOVEMBER)
    assert written.workbook == outputs / "index-2025-11-30.xlsx"
    assert written.page == outputs / "index-2025-11-30.html"
    (row,) = written.index.rows
    assert (row.ticker, row.stance, row.stance_before) == ("ACME", "LONG", "SHORT")
    assert written.workbook.read_bytes().startswith(b"PK")
    assert "ACME/2025-11-30/ACME-2025-11-30.xlsx" in written.page.read_text()


def test_the_same_outputs_give_the_same_bytes_wherever_they_lie(
    outputs: Path, tmp_path: Path
) -> None:
    (outputs / "TORN/2025-11-30").mkdir(parents=True)
    (outputs / "TORN/2025-11-30" / NAME).write_text("{")
    moved_to = tmp_path / "elsewhere/reports"
    shutil.copytree(outputs, moved_to)
    here, there = write_index(outputs, NOVEMBER), write_index(moved_to, NOVEMBER)
    assert here.workbook.read_bytes() == there.workbook.read_bytes()
    assert here.page.read_bytes() == there.page.read_bytes()
    again = write_index(outputs, NOVEMBER)
    assert again.page.read_bytes() == there.page.read_bytes()


@pytest.mark.parametrize(
    ("spoil", "kind", "told"),
    [
        (lambda path: path.write_text("{"), "no report", "is no manifest of this program"),
        (lambda path: path.write_text("[]"), "no report", "is no manifest of this program"),
        (lambda path: path.write_bytes(b"\xff\x00"), "no report", "is no manifest"),
        (
            lambda path: path.write_text(path.read_text().replace('"LONG"', "1e999")),
            "no report",
            "values[stance.call] cannot be inf",
        ),
        (
            lambda path: path.write_text(path.read_text().replace('"ACME"', '"../EVIL"')),
            "no report",
            "its ticker is none",
        ),
        (
            lambda path: path.write_text(path.read_text().replace("2025-11-30", "2025-12-31")),
            "no report",
            "as of 2025-12-31",
        ),
        (
            lambda path: path.write_text(path.read_text().replace('"schema": 1', '"schema": 9')),
            "no report",
            "schema 9",
        ),
        (
            lambda path: path.write_text(
                path.read_text().replace('"values": {', '"values": [], "other": {')
            ),
            "no report",
            "values cannot be []",
        ),
        (lambda path: path.unlink(), "no report", "ACME-2025-11-30.xlsx is a draft"),
        (lambda path: shutil.rmtree(path.parent), "no report", "the newest is of 2025-10-31"),
        (
            lambda path: (path.parent / "ACME-2025-11-30.xlsx").unlink(),
            "no report",
            "is not beside its manifest",
        ),
        (
            lambda path: issued_path(path.parents[2], "ACME").write_text("?"),
            "unreadable",
            "ACME/issued.csv:1: ",
        ),
    ],
)
def test_what_is_wrong_with_a_company_is_told_and_costs_no_other(
    outputs: Path, spoil: object, kind: str, told: str
) -> None:
    store(outputs, manifest("BOLT"))
    spoil(manifest_path(outputs, "ACME", NOVEMBER))  # type: ignore[operator]  # as above
    index = write_index(outputs, NOVEMBER).index
    assert "BOLT" in [row.ticker for row in index.rows]
    texts = [one.text for one in index.concerns if (one.ticker, one.kind) == ("ACME", kind)]
    assert any(told in text for text in texts), texts
    assert all(str(outputs) not in one.text for one in index.concerns)


def places(of: object, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a manifest, at any depth."""
    pairs = of.items() if isinstance(of, dict) else enumerate(of) if isinstance(of, list) else ()
    for key, value in pairs:
        yield (*place, key)
        yield from places(value, (*place, key))


@pytest.mark.parametrize(
    "odd",
    [None, 10**400, math.nan, [], [[1]], {"a": 1}, "=\x00\ud800" + "W" * 40_000],
    ids=lambda odd: repr(odd)[:9],
)
def test_whatever_stands_anywhere_in_a_manifest_costs_no_other_company(
    tmp_path: Path, odd: object
) -> None:
    store(tmp_path, manifest("GOOD"))
    sound = json.dumps(json.loads(manifest_path(tmp_path, "GOOD", NOVEMBER).read_text()))
    for number, place in enumerate(list(places(json.loads(sound)))):
        spoilt = json.loads(sound.replace("GOOD", f"T{number}"))
        within = spoilt
        for key in place[:-1]:
            within = within[key]
        within[place[-1]] = odd
        path = store(tmp_path, manifest(f"T{number}")).parent / NAME
        path.write_text(json.dumps(spoilt))
    index = write_index(tmp_path, NOVEMBER).index
    assert "GOOD" in [row.ticker for row in index.rows]
    told = {row.ticker for row in index.rows} | {one.ticker for one in index.concerns}
    assert {f"T{number}" for number, _ in enumerate(places(json.loads(sound)))} <= told


def test_a_company_that_was_given_up_is_not_told_for_ever(outputs: Path) -> None:
    store(outputs, manifest("GONE", "2024-11-28"))
    for day in ("2024-10-31", "2024-11-29"):
        store(outputs, manifest("LATE", day))  # the newest 366 days ago
    assert kinds(outputs, "GONE") == []
    assert "the newest is of 2024-11-29" in kinds(outputs, "LATE")[0][1]


def test_a_company_of_which_there_are_drafts_alone_is_not_missed(outputs: Path) -> None:
    (outputs / "DRAFT/2025-10-31").mkdir(parents=True)
    (outputs / "DRAFT/2025-10-31/DRAFT-2025-10-31.xlsx").write_bytes(b"")
    assert kinds(outputs, "DRAFT") == []


def test_a_company_that_began_later_is_not_missed(outputs: Path) -> None:
    store(outputs, manifest("NEXT", "2025-12-31"))
    assert kinds(outputs, "NEXT") == []


def test_what_failed_in_a_run_is_told_in_its_place(outputs: Path) -> None:
    store(outputs, manifest("BOLT", "2025-10-31"))
    failed = {"BOLT": "inputs/BOLT: 3 mistakes", "ACME": "prices.csv:3: no number", "NEW": "?"}
    assert kinds(outputs, "BOLT", **failed) == [("failed", "inputs/BOLT: 3 mistakes")]
    assert kinds(outputs, "NEW", **failed) == [("failed", "?")]
    assert kinds(outputs, "ACME", **failed)[0] == ("failed", "prices.csv:3: no number")


def test_an_index_is_written_of_trouble_alone_and_of_reports_alone(tmp_path: Path) -> None:
    written = write_index(tmp_path, NOVEMBER, failed={"NEW": "3 mistakes"})
    assert [(one.ticker, one.text) for one in written.index.concerns] == [("NEW", "3 mistakes")]
    store(tmp_path, manifest(stale=(), conflicts=0, attention=()))
    written = write_index(tmp_path, NOVEMBER)
    assert (len(written.index.rows), written.index.concerns) == (1, ())


def test_a_file_that_two_readers_cannot_read_is_told_once(outputs: Path) -> None:
    issued_path(outputs, "ACME").write_text("?")
    store(outputs, manifest("BOLT")).with_name(NAME).write_text("{")
    told = [text for kind, text in kinds(outputs, "ACME") if kind == "unreadable"]
    assert len(told) == 1
    (outputs / "BOLT/2025-11-30/outcomes.csv").write_text("?")
    assert [kind for kind, _ in kinds(outputs, "BOLT")] == ["no report", "unreadable"]


def test_folders_that_are_no_company_are_left_alone(outputs: Path) -> None:
    for name in ("runs", ".hidden", "CON", "javascript:alert(1)"):
        store(outputs, manifest(name))
    (outputs / "index-2025-10-31.xlsx").write_bytes(b"")
    assert [row.ticker for row in read_index(outputs, NOVEMBER, {}).rows] == ["ACME"]


def test_a_workbook_of_a_name_that_no_file_should_have_is_no_link(outputs: Path) -> None:
    one = manifest("BOLT")
    odd = one.revisions[0]._replace(file="https:evil.xlsx")
    store(outputs, manifest("BOLT", revisions=(odd,)))
    written = write_index(outputs, NOVEMBER)
    assert "it names no workbook beside it" in kinds(outputs, "BOLT")[0][1]
    assert "href=https" not in written.page.read_text()


def test_the_newest_revision_and_the_pages_beside_it_are_linked(outputs: Path) -> None:
    first = manifest().newest
    second = first._replace(number=2, file="ACME-2025-11-30-r2.xlsx")
    report = store(outputs, manifest(revisions=(first, second)))
    for name in ("ACME-2025-11-30.html", "ACME-2025-11-30-r2.html", "ACME-2025-11-30-r2-diff.html"):
        (report.parent / name).write_text("")
    (row,) = read_index(outputs, NOVEMBER, {}).rows
    folder = "ACME/2025-11-30"
    assert row.revision == 2
    assert row.links == (
        f"{folder}/ACME-2025-11-30-r2.xlsx",
        f"{folder}/ACME-2025-11-30-r2.html",
        f"{folder}/ACME-2025-11-30-r2-diff.html",
    )


def test_an_earlier_manifest_stands_in_for_what_was_never_issued(tmp_path: Path) -> None:
    store(tmp_path, manifest("BOLT", "2025-10-31", values={"stance.call": "SHORT"}))
    store(tmp_path, manifest("BOLT"))
    issued(tmp_path, "BOLT", NOVEMBER)
    (row,) = read_index(tmp_path, NOVEMBER, {}).rows
    assert (row.stance_before, row.day_before) == ("SHORT", OCTOBER)
    manifest_path(tmp_path, "BOLT", OCTOBER).write_text("{")
    (row,) = read_index(tmp_path, NOVEMBER, {}).rows
    assert row.day_before is None


def test_splits_of_earlier_months_are_read_where_values_jump(tmp_path: Path) -> None:
    store(tmp_path, manifest(as_of="2025-09-30", since_last_month=moved(1.0, 2.0, split=9.0)))
    store(tmp_path, manifest(as_of="2025-10-31", since_last_month=moved(59.0, 60.0, split=2.0)))
    store(tmp_path, manifest())
    for day, price, expected in (
        (date(2025, 6, 30), 300.0, 240.0),
        (date(2025, 7, 31), 201.0, 121.0),  # a fall, of which no manifest is left
        (date(2025, 8, 31), 200.0, 121.0),
        (SEPTEMBER, 200.0, 120.0),  # so near to the month before that nothing is read
        (OCTOBER, 100.0, 60.0),
    ):
        issued(tmp_path, "ACME", day, price=price, expected_value=expected)
    (row,) = read_index(tmp_path, NOVEMBER, {}).rows
    assert row.trail[-6:] == (120.0, 60.5, 60.5, 60.0, 60.0, 120.0)


@pytest.mark.parametrize(
    ("price", "expected", "is_read"),
    [
        (200.0, 120.0, True),
        (117.0, 70.0, False),  # both fell by less than 15 %
        (118.0, 60.0, True),  # the price by more
        (100.0, 71.0, True),  # the value by more
        (88.0, 60.0, False),
        (86.0, 60.0, True),  # a rise by more
        (0.0, 60.0, True),  # no change can be told
        (100.0, 0.0, True),
        (None, 120.0, True),
        (None, 60.0, False),
    ],
)
def test_a_jump_of_either_figure_is_a_reason_to_look_for_a_split(
    tmp_path: Path, price: float | None, expected: float, *, is_read: bool
) -> None:
    store(tmp_path, manifest(as_of="2025-10-31", since_last_month=moved(59.0, 60.0, split=2.0)))
    store(tmp_path, manifest())
    issued(tmp_path, "ACME", SEPTEMBER, price=price, expected_value=expected)
    issued(tmp_path, "ACME", OCTOBER, price=100.0, expected_value=60.0)
    (row,) = read_index(tmp_path, NOVEMBER, {}).rows
    assert row.trail[-3:] == (expected / 2 if is_read else expected, 60.0, 120.0)


def test_a_price_that_is_not_known_any_more_is_a_reason_to_look_for_a_split(
    tmp_path: Path,
) -> None:
    store(tmp_path, manifest(as_of="2025-11-29", since_last_month=moved(59.0, 60.0, split=2.0)))
    store(tmp_path, manifest())
    issued(tmp_path, "ACME", OCTOBER, price=100.0, expected_value=60.0)
    issued(tmp_path, "ACME", date(2025, 11, 29), price=None, expected_value=60.0)
    (row,) = read_index(tmp_path, NOVEMBER, {}).rows
    assert row.trail[-2:] == (60.0, 120.0)


def test_without_any_report_of_the_day_there_is_no_index(outputs: Path) -> None:
    with pytest.raises(ReportgenError, match="no report of 2020-11-30 has a manifest"):
        reportgen.index(as_of="2020-11-30", outputs=outputs)
    with pytest.raises(ReportgenError, match=r"cannot be read: No such file.*--outputs"):
        reportgen.index(as_of="2025-11-30", outputs=outputs / "nowhere")
    assert not list(outputs.glob("index*"))


def test_the_command_says_what_is_in_the_index_and_where_it_is(outputs: Path) -> None:
    done = CliRunner().invoke(
        commands, ["index", "--as-of", "2025-11-30", "--outputs", str(outputs)]
    )
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        f"Index of 2025-11-30: {SUMMARY}",
        str(outputs / "index-2025-11-30.xlsx"),
        str(outputs / "index-2025-11-30.html"),
    ]


def test_the_command_tells_trouble_in_a_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        commands, ["index", "--as-of", "2025-11-30", "--outputs", str(tmp_path)]
    )
    assert done.exit_code == 2
    assert "reportgen run --as-of 2025-11-30 makes" in done.output
