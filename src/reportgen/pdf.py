"""A report on paper: its tabs printed to a PDF by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.system import stop_with_children
from reportgen.xlsx.atomic import atomic_store
from reportgen.xlsx.book import Page
from reportgen.xlsx.writer.workbook import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.resources import Extent
    from reportgen.xlsx.book import Book, Sheet

# Hundreds of pages that only programs read, and auditors on a screen
_UNPRINTED = frozenset({"What-ifs", "Workings", "Registry"})
_SUMMARY = frozenset({"Summary", "Bull", "Base", "Bear", "Hype-adjusted", "Competitors"})
SECONDS = 180  # for the next PDF to come
MOST_CRASHES = 3
_END, _TAIL = b"%%EOF", 1024  # how a PDF ends, and within how many bytes
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


def print_book(book: Book, path: Path, printer: str, extent: Extent = "report") -> None:
    """Print the tabs of a book that people read, or its summary, replacing `path` in one step.

    Raises PrintError if LibreOffice fails or takes minutes, OutputError if the file system refuses.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.xlsx")
        source.write_bytes(for_paper(book, extent))
        why = print_files([source], printer).get(source)
        if why is not None:
            raise PrintError(f"{path}: {why}")
        content = source.with_suffix(".pdf").read_bytes()
    atomic_store(path, content)


def for_paper(book: Book, extent: Extent) -> bytes:
    """Return a workbook whose PDF has only the tabs of a book that people read, or its summary.

    The summary is for somebody who opens no workbook: what a report says, not what it rests on.
    """
    sheets = tuple(one if is_read(one.name, extent) else _unprinted(one) for one in book.sheets)
    return render(replace(book, sheets=sheets))


def is_read(tab: str, extent: Extent) -> bool:
    """Return whether a tab is printed: people read it, and it is of what is asked for."""
    return tab in _SUMMARY if extent == "summary" else tab not in _UNPRINTED


def _unprinted(sheet: Sheet) -> Sheet:
    """A tab that stays out of the PDF: hidden, and without an area, which would print it still."""
    return replace(sheet, hidden=True, page=Page())


def print_files(sources: Sequence[Path], printer: str) -> dict[Path, str]:
    """Let one LibreOffice print workbooks of one folder to PDFs beside them.

    Returns, by workbook, why there is no PDF of it. One at which LibreOffice crashes or stands
    still is left out, and another LibreOffice prints those after it, a few times.
    """
    failed: dict[Path, str] = {}
    left = list(sources)
    for _ in range(MOST_CRASHES):
        if not left:
            break
        ended = _convert(left, printer)
        # What it was printing when it crashed is torn; its status is 0 also when it wrote nothing
        left = [one for one in left if not _is_printed(one, whole=ended.is_well)]
        if ended.is_well:
            return failed | dict.fromkeys(left, f"LibreOffice wrote no PDF; it said: {ended.said}")
        if left:
            failed[left.pop(0)] = ended.said
    return failed | dict.fromkeys(left, f"LibreOffice failed {MOST_CRASHES} times before")


def _is_printed(source: Path, *, whole: bool) -> bool:
    try:
        content = source.with_suffix(".pdf").read_bytes()
    except OSError:
        return False
    return whole or _END in content[-_TAIL:]


class _Ended(NamedTuple):
    """How LibreOffice ended: well, or not; and what it said, or why it was ended."""

    is_well: bool
    said: str


def _convert(sources: Sequence[Path], printer: str) -> _Ended:
    """Let LibreOffice print workbooks into their folder."""
    folder = sources[0].parent.absolute()
    profile = (folder / "profile").as_uri()  # two runs on one profile disturb each other
    command = [printer, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    with subprocess.Popen(  # noqa: S603 - the program that find_printer found, our own files
        [*command, "--outdir", str(folder), *(str(one.absolute()) for one in sources)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            said = _said(process, folder)
        except BaseException as error:
            # The program started is only the shell of the one that prints.
            stop_with_children(process)
            if isinstance(error, subprocess.TimeoutExpired):
                return _Ended(
                    is_well=False, said=f"LibreOffice printed for more than {SECONDS} seconds"
                )
            raise
    told = " ".join(said.decode(errors="replace").split()) or "-"
    if process.returncode:
        told = f"LibreOffice ended with status {process.returncode}; it said: {told}"
    return _Ended(process.returncode == 0, told)


def _said(process: subprocess.Popen[bytes], folder: Path) -> bytes:
    """Wait for a process to end; TimeoutExpired once nothing more was printed for long."""
    printed = 0
    while True:
        try:
            return process.communicate(timeout=SECONDS)[0]
        except subprocess.TimeoutExpired:
            now = sum(1 for _ in folder.glob("*.pdf"))
            if now <= printed:
                raise
            printed = now
