"""Printing with programs that stand for LibreOffice, well or badly behaved."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Self

import pytest
from openpyxl import load_workbook

from reportgen import pdf
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Book, Page, Properties, Sheet

BOOK = Book((Sheet("Summary"), Sheet("Registry")), Properties(date(2025, 11, 30)))
PRINTS = 'for last; do :; done; printf "%%PDF-" > "$(dirname "$last")/report.pdf"'


@pytest.fixture
def printer(tmp_path: Path) -> Path:
    """Where a program stands that pretends to be LibreOffice."""
    return tmp_path / "soffice"


def behave(printer: Path, script: str) -> str:
    printer.write_text(f"#!/bin/sh\n{script}\n")
    printer.chmod(0o755)
    return str(printer)


def test_what_was_printed_replaces_an_earlier_pdf(printer: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"earlier")
    pdf.print_book(BOOK, path, behave(printer, PRINTS))
    assert path.read_bytes() == b"%PDF-"


def test_a_printer_that_writes_nothing_is_told_with_its_words(
    printer: Path, tmp_path: Path
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"earlier")
    with pytest.raises(pdf.PrintError, match="wrote no PDF; it said: source file could not be"):
        pdf.print_book(BOOK, path, behave(printer, "echo source file could not be loaded"))
    assert path.read_bytes() == b"earlier"


def test_a_printer_is_asked_for_pdfs_beside_the_workbooks(printer: Path, tmp_path: Path) -> None:
    sources = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    said = pdf.print_files(sources, behave(printer, 'echo "$@"'))
    assert set(said) == set(sources)
    asked = said[sources[0]].partition("it said: ")[2].split()
    assert asked[0] == f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    assert asked[1:] == [
        *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, sources)),
    ]


def test_a_printer_that_hangs_is_ended_with_its_children(
    printer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.5)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    listening = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(listening, True)
    hangs = f"exec 9> {pipe}; (sleep 60; echo alive >&9) & sleep 60"
    with pytest.raises(
        pdf.PrintError, match=r"pdf: LibreOffice printed for more than 0\.5 seconds"
    ):
        pdf.print_book(BOOK, tmp_path / "report.pdf", behave(printer, hangs))
    with os.fdopen(listening, "rb") as said:
        assert said.read() == b""  # its end: nobody is left who could write
    assert not (tmp_path / "report.pdf").exists()


def test_what_nobody_reads_is_hidden_from_the_printer() -> None:
    summary = ("Summary", "Bull", "Base", "Bear", "Hype-adjusted", "Competitors")
    read = (*summary, "Inputs", "Evidence", "Checks")
    page = Page(area=Area(0, 0, 1, 1))
    names = (*read, "What-ifs", "Workings", "Registry")
    book = replace(BOOK, sheets=tuple(Sheet(name, page=page) for name in names))
    for extent, shown in (("report", read), ("summary", summary)):
        content = pdf.for_paper(book, extent)  # type: ignore[arg-type]  # it is one
        sheets = load_workbook(BytesIO(content)).worksheets
        assert [one.title for one in sheets if one.sheet_state == "visible"] == list(shown)
        assert [one.title for one in sheets if one.print_area] == list(shown)


def at_second(does: str) -> str:
    """A printer that prints all but the second, with which it does something else."""
    prints = 'printf "%%PDF- %%%%EOF" > "${one%.xlsx}.pdf"'
    return f'for one; do case "$one" in *2.xlsx) {does};; *.xlsx) {prints};; esac; done'


@pytest.mark.parametrize(
    ("script", "failed"),
    [
        (at_second("exit 139"), {"2": "LibreOffice ended with status 139"}),
        (at_second('printf torn > "${one%.xlsx}.pdf"; exit 9'), {"2": "LibreOffice ended with"}),
        (at_second("continue"), {"2": "LibreOffice wrote no PDF"}),
        (
            "exit 1",
            dict.fromkeys("123", "LibreOffice ended with status 1; it said: -")
            | {"4": "LibreOffice failed 3"},
        ),
    ],
    ids=["crashes at one", "leaves one torn", "passes one over", "always fails"],
)
def test_one_workbook_that_cannot_be_printed_costs_no_other(
    printer: Path, tmp_path: Path, script: str, failed: dict[str, str]
) -> None:
    sources = [tmp_path / f"{number}.xlsx" for number in range(1, 5)]
    told = pdf.print_files(sources, behave(printer, script))
    assert {path.stem for path in told} == {*failed}
    assert all(why.startswith(failed[path.stem]) for path, why in told.items())
    printed = {path.stem for path in tmp_path.glob("*.pdf") if b"%%EOF" in path.read_bytes()}
    assert printed == set("1234") - {*failed}


class Slow:
    """A LibreOffice that is waited for once a PDF, and ends with the last one."""

    returncode = 0
    hangs_at = 0  # workbooks that are left when it stands still

    def __init__(self, command: list[str], **_: object) -> None:
        self.left = [Path(one) for one in command if one.endswith(".xlsx")]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def communicate(self, timeout: float) -> tuple[bytes, None]:
        """Print one more, or be done."""
        if not self.left and not self.hangs_at:
            return b"", None
        if len(self.left) > self.hangs_at:
            self.left.pop(0).with_suffix(".pdf").write_bytes(b"%PDF- %%EOF")
        raise subprocess.TimeoutExpired("soffice", timeout)


def test_a_printer_is_given_time_as_long_as_pdfs_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.pdf.subprocess.Popen", Slow)
    assert pdf.print_files([tmp_path / f"{number}.xlsx" for number in range(3)], "soffice") == {}


def test_a_printer_that_stands_still_after_a_pdf_is_ended_and_another_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[Slow] = []
    monkeypatch.setattr("reportgen.pdf.subprocess.Popen", Slow)
    monkeypatch.setattr("reportgen.pdf.stop_with_children", ended.append)
    monkeypatch.setattr(Slow, "hangs_at", 2)
    sources = [tmp_path / f"{number}.xlsx" for number in range(3)]
    told = pdf.print_files(sources, "soffice")
    stands = "LibreOffice printed for more than 180 seconds"
    assert told == {sources[1]: stands, sources[2]: stands}
    assert len(ended) == 2


@pytest.mark.parametrize(("trailing", "is_torn"), [(1019, False), (1020, True)])
def test_a_pdf_of_a_printer_that_crashed_is_torn_unless_its_end_is_there(
    printer: Path, tmp_path: Path, trailing: int, *, is_torn: bool
) -> None:
    source = tmp_path / "report.xlsx"
    ends = f'printf "%%PDF- %%%%EOF%{trailing}s" "" > "{tmp_path}/report.pdf"; exit 3'
    assert (source in pdf.print_files([source], behave(printer, ends))) is is_torn


def test_libreoffice_is_found_under_any_of_its_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    behave(tmp_path / "libreoffice", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Path(pdf.find_printer()).name in {"libreoffice", "soffice"}
