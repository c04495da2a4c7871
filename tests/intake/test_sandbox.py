"""Whatever a file from outside does to its reader, it costs one message."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from reportgen.errors import ReportgenError
from reportgen.facts.reading.text_files import MOST_LINES
from reportgen.intake import sandbox
from reportgen.intake.outside_files import LARGEST, answer
from reportgen.intake.sandbox import LONGEST_LINE, require_measure, unpacked
from reportgen.xlsx.reader.limits import DEFAULT_LIMITS

XBRL = b'<xbrl xmlns="http://www.xbrl.org/2003/instance"></xbrl>'


def packed(**members: bytes) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(
                zipfile.ZipInfo(name.replace("__", ".")), content, zipfile.ZIP_DEFLATED
            )
    return stored.getvalue()


def test_values_come_as_they_are() -> None:
    told = {"a": [1, -2.5, None, True, "é"], "b": {"c": ""}}
    assert unpacked("json", json.dumps(told).encode()) == told
    assert unpacked("archive", packed(rates__csv=b"Date,USD\n")) == ("rates.csv", b"Date,USD\n")
    assert unpacked("archive", packed(one__txt=b"")) is None


@pytest.mark.parametrize(
    ("task", "raw", "told"),
    [
        ("json", b"[" * 100_000, "nested out of all measure"),
        ("json", b"[" * 900 + b"]" * 900, "nested out of all measure"),
        ("json", b'{"a":' * 100_000, "nested out of all measure"),
        ("instance", b"<a>" * 2_000_001, "more tags than any filing"),
    ],
)
def test_what_would_break_a_reader_breaks_one_in_a_process_of_its_own(
    task: str, raw: bytes, told: str
) -> None:
    with pytest.raises(ReportgenError, match=told):
        unpacked(task, raw)


def test_what_needs_more_memory_than_is_borne_is_told() -> None:
    few = DEFAULT_LIMITS._replace(memory=120_000_000)
    with pytest.raises(ReportgenError, match="more than 120 MB of memory"):
        unpacked("json", b"[" + b"[1.5]," * 2_000_000 + b"1]", few)


@pytest.mark.parametrize(
    ("task", "raw", "told"),
    [
        ("json", b"", "is not JSON"),
        ("json", b"<html>", "is not JSON"),
        ("json", b'{"a": NaN}', "NaN is no number"),
        ("json", b"[-Infinity]", "-Infinity is no number"),
        ("json", b"[1e999]", "1e999 is no figure"),
        ("json", b"[" + b"9" * 5000 + b"]", "a number of 5,000 digits"),
        ("json", b'"\xff"', "is not JSON"),
        ("archive", packed(rates__csv=b"0" * 50)[:60], "is a damaged archive"),
        ("archive", packed(rates__csv=b"0" * (LARGEST + 1)), "unpacks to more than 64 MiB"),
        ("instance", XBRL[:-9], "is not well-formed XML"),
        ("instance", b"<linkbase/>", r"another kind \(linkbase\)"),
        ("instance", b'<!DOCTYPE x [<!ENTITY a "b">]>' + b"<xbrl>&a;</xbrl>", "a document type"),
        ("instance", b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + XBRL, "a document type"),
        ("instance", b'<?xml version="1.0" encoding="utf-99"?>' + XBRL, "unknown encoding"),
    ],
)
def test_what_is_not_borne_is_told_with_what_to_do(task: str, raw: bytes, told: str) -> None:
    said = answer(task, raw)
    assert isinstance(said, dict)
    _, _, fact, remedy = said["message"]
    with pytest.raises(ReportgenError, match=told):
        raise ReportgenError(fact)
    assert remedy


def test_half_a_letter_becomes_a_sign_of_its_own() -> None:
    raw = rb'["\ud83d\ude00", "\ud800", "x\udc00y", "\ud800\ud800"]'
    assert answer("json", raw) == (["😀", "�", "x�y", "��"],)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"a" * 2_000_000, "a line of 2,000,000 bytes"),
        (b"\n" * 300_000, "300,000 lines"),
        (b"\r" * 300_000, "300,000 lines"),
        (b",;\t|" * 1_250_000, "5,000,000 cells"),
    ],
)
def test_a_text_out_of_all_measure_is_not_cut_into_cells(raw: bytes, told: str) -> None:
    with pytest.raises(ReportgenError, match=told):
        require_measure(raw)


@pytest.mark.parametrize(
    "most",
    [b"a" * LONGEST_LINE, b"\n" * MOST_LINES, b"\r" * MOST_LINES, (b"," * 3_999 + b"\n") * 1_000],
    ids=["a line", "lines", "lines of old", "cells"],
)
def test_a_text_may_be_as_large_as_the_limits(most: bytes) -> None:
    require_measure(most)
    with pytest.raises(ReportgenError, match=r"00,001 (?:cells|bytes|lines)"):
        require_measure(most[:1] + most)


def test_a_reader_that_breaks_down_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WORKER", "reportgen.no_such_room")
    with pytest.raises(ReportgenError, match="its reader broke down"):
        unpacked("json", b"{}")
