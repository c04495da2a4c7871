"""Printing with programs that stand for LibreOffice, well or badly behaved."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from reportgen import pdf
from reportgen.xlsx.book import Book, Properties, Sheet

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


def test_a_printer_that_hangs_is_ended_with_its_children(
    printer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.5)
    mark = tmp_path / "alive"
    started = time.monotonic()
    with pytest.raises(pdf.PrintError, match=r"printed for more than 0\.5 seconds"):
        pdf.print_book(
            BOOK, tmp_path / "report.pdf", behave(printer, f"(sleep 1; touch {mark}) & sleep 60")
        )
    assert time.monotonic() - started < 30
    time.sleep(1.2)
    assert not mark.exists()
    assert not (tmp_path / "report.pdf").exists()


def test_libreoffice_is_found_under_any_of_its_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    behave(tmp_path / "libreoffice", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Path(pdf.find_printer()).name in {"libreoffice", "soffice"}
