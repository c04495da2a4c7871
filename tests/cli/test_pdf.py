"""Printing with programs that stand for LibreOffice, well or badly behaved."""

from __future__ import annotations

import os
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
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    listening = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(listening, True)
    hangs = f"exec 9> {pipe}; (sleep 60; echo alive >&9) & sleep 60"
    with pytest.raises(pdf.PrintError, match=r"printed for more than 0\.5 seconds"):
        pdf.print_book(BOOK, tmp_path / "report.pdf", behave(printer, hangs))
    with os.fdopen(listening, "rb") as said:
        assert said.read() == b""  # its end: nobody is left who could write
    assert not (tmp_path / "report.pdf").exists()


def test_libreoffice_is_found_under_any_of_its_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    behave(tmp_path / "libreoffice", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Path(pdf.find_printer()).name in {"libreoffice", "soffice"}
