"""Rows that are added to the tables of a pack."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import ReportgenError
from reportgen.facts.knowledge import known_at
from reportgen.facts.reading.free_text import as_meant, neutral
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.reading.schema import COMPANY_TABLES
from reportgen.intake.additions import Addition, appended, table_of, tried, write
from reportgen.xlsx.atomic import OutputError

if TYPE_CHECKING:
    from pathlib import Path

STEERING = "=+-@\t\r'"


@given(st.text(st.sampled_from(STEERING + 'a 1,;"')) | st.text())
def test_a_free_text_is_read_as_it_was_written_and_no_spreadsheet_runs_it(text: str) -> None:
    cell = neutral(text)
    assert as_meant(cell) == text
    assert not cell.startswith(tuple(STEERING.replace("'", "")))


def test_free_text_is_words_and_neither_figures_nor_rules() -> None:
    free = {(spec.name, one.name) for spec in COMPANY_TABLES for one in spec.columns
            if one.is_free_text}  # fmt: skip
    assert {("targets", "broker"), ("overrides", "reason"), ("claims", "note")} <= free
    assert not free & {
        *(("claims", name) for name in ("value", "qualifier", "unit", "published")),
        ("arguments", "trigger"),
    }


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "@SUM(A1)", "+1 Capital", "-", "'=x", "'n"])
def test_a_broker_of_any_name_is_stored_as_text_and_read_back(inputs: Path, name: str) -> None:
    row = {"published": "2025-11-20", "broker": name, "target": "212.5", "currency": "USD",
           "source": "press-brokers"}  # fmt: skip
    file = appended(Addition("targets", (row,)), inputs / "BABA")
    write([file])
    assert file.lines[0].split(",")[1].lstrip('"').startswith("'")
    targets = known_at(read_pack("BABA", inputs), date(2025, 11, 30)).rows.targets
    assert [one.target for one in targets if one.broker == name] == [212.5]


def test_what_stands_beside_the_files_of_a_pack_keeps_no_row_from_being_tried(
    inputs: Path,
) -> None:
    folder = inputs / "BABA"
    (folder / ".#targets.csv").symlink_to("j.poon@desk.4711:1764000000")
    (folder / "shared.csv").symlink_to("/nowhere/shared.csv")
    (folder / "~$x.xlsx").write_bytes(b"")
    (folder / ".targets.csv.swp").write_bytes(b"b0VIM")
    os.mkfifo(folder / "pipe.csv")
    (folder / "scans").mkdir()
    file = appended(Addition("sources", ({"id": "x", "tier": "assumption"},)), folder)
    seen: list[set[str]] = []
    tried([file], inputs, "BABA", lambda copy: seen.append({p.name for p in copy.glob("BABA/*")}))
    plain = {one.name for one in folder.iterdir() if one.is_file() and one.name[0] != "."}
    assert seen == [plain]


def test_of_several_files_all_are_written_or_none(inputs: Path) -> None:
    override = {"published": "2025-11-20", "key": "price", "value": "1", "author": "J. Poon"}
    folder = inputs / "BABA"
    files = [
        appended(Addition("sources", ({"id": "x", "tier": "assumption"},)), folder),
        appended(Addition("overrides", (override,)), folder),
    ]
    (folder / "overrides.csv").write_text("published,key,value,author\n")
    before = (folder / "sources.csv").read_bytes()
    with pytest.raises(OutputError, match="changed meanwhile"):
        write(files)
    assert (folder / "sources.csv").read_bytes() == before
    assert not list(folder.glob("*.tmp"))


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("published,key,value,author\n", b"2025-11-30,price,1,me\n"),
        ("published;key;value;author\r\n", b"2025-11-30;price;1;me\r\n"),
        ("AUTHOR\tValue\tkey\tpublished", b"\nme\t1\tprice\t2025-11-30\n"),
        ("\ufeffpublished,key,value,author\n", b"2025-11-30,price,1,me\n"),
    ],
    ids=["plain", "semicolons and CRLF", "tabs, other order, no line end", "byte-order mark"],
)
def test_a_new_row_is_spelt_as_the_file_is(tmp_path: Path, text: str, added: bytes) -> None:
    folder = tmp_path / "inputs/ACME"
    folder.mkdir(parents=True)
    (folder / "overrides.csv").write_bytes(text.encode())
    row = {"published": "2025-11-30", "key": "price", "value": "1", "author": "me", "reason": ""}
    file = appended(Addition("overrides", (row,)), folder)
    assert file.after == text.encode() + added


ROW = {"published": "2025-11-30", "key": "price", "value": "1", "author": "me"}


@pytest.mark.parametrize(
    ("text", "filled", "rows", "after"),
    [
        ("published,key,value\n,a,1", {2: {"published": "p"}}, (), "published,key,value\np,a,1\n"),
        (
            "published,key,value,author\n,a,1",
            {2: {"published": "p"}},
            (ROW,),
            "published,key,value,author\np,a,1,\n2025-11-30,price,1,me\n",
        ),
        (
            "published,key,value,author\n,a,1\n,b,2",
            {2: {"published": "p", "author": "x"}},
            (ROW,),
            "published,key,value,author\np,a,1,x\n,b,2\n2025-11-30,price,1,me\n",
        ),
        (
            "key;value\r\na;1\r\n",
            {2: {"value": "2.5"}},
            (),
            "key;value\r\na;2.5\r\n",
        ),
    ],
    ids=["no line end", "the last line and a row", "another line and a row", "its separator"],
)
def test_lines_are_filled_in_where_they_stand_and_rows_come_below(
    tmp_path: Path,
    text: str,
    filled: dict[int, dict[str, str]],
    rows: tuple[dict[str, str], ...],
    after: str,
) -> None:
    folder = tmp_path / "inputs/ACME"
    folder.mkdir(parents=True)
    (folder / "overrides.csv").write_bytes(text.encode())
    file = appended(Addition("overrides", rows, filled), folder)
    assert file.after == after.encode()
    assert len(file.lines) == len(filled) + len(rows)


@pytest.mark.parametrize(
    ("text", "row", "added"),
    [
        ("published;target;broker\n2025-01-01;1,5;A\n", "212.5", b"2025-11-20;212,5;\n"),
        ("published;target\n2025-01-01;1.5\n", "212.5", b"2025-11-20;212.5\n"),
        ("published;target\n2025-01-01;1.5\n2025-01-01;1,5\n", "2.5", b"2025-11-20;2.5\n"),
        ("published;target\n2025-01-01\n", "2.5", b"2025-11-20;2.5\n"),
    ],
)
def test_figures_are_spelt_with_the_decimal_sign_of_the_file(
    tmp_path: Path, text: str, row: str, added: bytes
) -> None:
    folder = tmp_path / "inputs/ACME"
    folder.mkdir(parents=True)
    (folder / "targets.csv").write_bytes(text.encode())
    file = appended(Addition("targets", ({"published": "2025-11-20", "target": row},)), folder)
    assert file.after == text.encode() + added


def test_a_file_that_is_not_there_or_empty_begins_with_its_columns(tmp_path: Path) -> None:
    folder = tmp_path / "inputs/ACME"
    folder.mkdir(parents=True)
    for before in (None, b"", b" \n"):
        if before is not None:
            (folder / "overrides.csv").write_bytes(before)
        file = appended(Addition("overrides", (ROW,)), folder)
        head, line = file.after.decode().splitlines()
        assert (file.before, file.lines) == (before, (f"{line}\n",))
        cells = dict(zip(head.split(","), line.split(","), strict=True))
        assert {name: cell for name, cell in cells.items() if cell} == ROW
        assert table_of(folder / "overrides.csv", tmp_path, len) is None


def test_letters_that_are_not_utf_8_are_not_added_to(tmp_path: Path) -> None:
    folder = tmp_path / "inputs/ACME"
    folder.mkdir(parents=True)
    (folder / "overrides.csv").write_bytes(
        "published,key,value,author\n,,,Jürgen\n".encode("cp1252")
    )
    with pytest.raises(ReportgenError, match="is not UTF-8; save it as CSV UTF-8 before adding"):
        appended(Addition("overrides", (ROW,)), folder)


def test_a_column_that_the_file_lacks_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "inputs/ACME"
    folder.mkdir(parents=True)
    (folder / "overrides.csv").write_text("published,key,value,author\n")
    with pytest.raises(ReportgenError, match="lacks the column reason"):
        appended(Addition("overrides", ({"key": "price", "reason": "why"},)), folder)
