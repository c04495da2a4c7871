"""A report on paper: its tabs printed to a PDF by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.system import stop_with_children
from reportgen.xlsx.atomic import atomic_write
from reportgen.xlsx.book import Page
from reportgen.xlsx.writer.workbook import render

if TYPE_CHECKING:
    from reportgen.xlsx.book import Book, Sheet

UNPRINTED = frozenset({"Workings", "Registry"})  # hundreds of pages that only programs read
SECONDS = 180
_PLACES = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


class PrintError(ReportgenError):
    """A PDF could not be made; a PDF that stood there before still stands."""


def find_printer() -> str:
    """Return the path of LibreOffice; PrintError if it is not installed."""
    found = next(filter(None, map(shutil.which, _PLACES)), None)
    if found is None:
        raise PrintError(
            "a PDF is printed by LibreOffice, and no soffice is on the PATH; "
            "install it, or leave the PDF out"
        )
    return found


def print_book(book: Book, path: Path, printer: str) -> None:
    """Print the tabs of a book that people read to `path`, replacing it in one step.

    Raises PrintError if LibreOffice fails or takes minutes, OutputError if the file system refuses.
    """
    sheets = tuple(_unprinted(one) if one.name in UNPRINTED else one for one in book.sheets)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.xlsx")
        source.write_bytes(render(replace(book, sheets=sheets)))
        printed = source.with_suffix(".pdf")
        said = _convert(source, printer)
        if not printed.is_file():  # its exit status is 0 also when it wrote nothing
            raise PrintError(f"{path}: LibreOffice wrote no PDF; it said: {said.strip() or '-'}")
        content = printed.read_bytes()
    atomic_write(path, partial(_store, content))


def _unprinted(sheet: Sheet) -> Sheet:
    """A tab that stays out of the PDF: hidden, and without an area, which would print it still."""
    return replace(sheet, hidden=True, page=Page())


def _store(content: bytes, draft: Path) -> None:
    draft.write_bytes(content)


def _convert(source: Path, printer: str) -> str:
    """Let LibreOffice print a workbook into its folder; returns what it said."""
    profile = source.with_name("profile").as_uri()  # two runs on one profile disturb each other
    command = [printer, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    with subprocess.Popen(  # noqa: S603 - the program that find_printer found, our own file
        [*command, "--outdir", str(source.parent), str(source)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=SECONDS)
        except BaseException as error:
            # The program started is only the shell of the one that prints.
            stop_with_children(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise PrintError(f"LibreOffice printed for more than {SECONDS} seconds") from None
            raise
    return said.decode(errors="replace")
