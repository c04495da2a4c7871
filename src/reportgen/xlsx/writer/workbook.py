"""A book as a workbook: checked, laid out by XlsxWriter, stored whole or not at all."""

from __future__ import annotations

import posixpath
import re
from datetime import datetime, time
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reportgen.system import paused_collector
from reportgen.xlsx.atomic import OutputError, atomic_write_all
from reportgen.xlsx.book import Cell, WorkbookError
from reportgen.xlsx.writer import charts
from reportgen.xlsx.writer.fast import FastWorkbook, FastWorksheet, check_library
from reportgen.xlsx.writer.rows import by_row
from reportgen.xlsx.writer.sheets import format_properties, furnish
from reportgen.xlsx.writer.soundness import book_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from reportgen.xlsx.addresses import Ref
    from reportgen.xlsx.book import Book, Paper, Properties, Sheet


_TAB_RATIO = 85
_PAPERS: dict[Paper, int] = {"letter": 1, "A3": 8, "A4": 9}


def write(book: Book, path: Path) -> None:
    """Store `book` at `path`, replacing what stood there only by a complete and verified file.

    Raises WorkbookError naming every place that the format cannot hold, OutputError if the file
    system refuses, and LibraryError; an existing file survives all of them.
    """
    store(render(book), path)


def store(content: bytes, path: Path, beside: Mapping[Path, bytes] | None = None) -> None:
    """Store a rendered workbook, replacing what stood there only by a complete and verified file.

    So it does with what belongs `beside` it, all together or none. Raises OutputError if the file
    system refuses.
    """
    contents = {path: content, **(beside or {})}
    atomic_write_all({place: partial(_fill, of=place, by=by) for place, by in contents.items()})


def _fill(draft: Path, of: Path, by: bytes) -> None:
    draft.write_bytes(by)
    if draft.read_bytes() != by:
        raise OutputError(f"{of}: the disk gave back other bytes than were written; check it")


@paused_collector()
def render(book: Book) -> bytes:
    """The workbook as bytes, which depend on nothing but `book` and the library's version.

    Raises WorkbookError naming every place that the format cannot hold, and LibraryError if the
    installed XlsxWriter cannot write reports.
    """
    check_library()
    problems = book_problems(book)
    if problems:
        raise WorkbookError("\n".join(problems))
    workbook = FastWorkbook()
    worksheets = _filled(workbook, book)

    def filled(ref: Ref) -> list[bool]:
        cells = worksheets[ref.sheet].cells_of(ref)
        return [cell is not None and cell.value is not None for cell in cells]

    for sheet in book.sheets:
        for chart in sheet.charts:
            charts.insert(workbook, worksheets[sheet.name], chart, filled)
    finish(workbook, book)
    parts = workbook.parts()
    missing = missing_parts(parts)
    if missing:
        raise WorkbookError(f"the workbook would lack {', '.join(missing)}; please report this")
    return packed(parts)


def _filled(workbook: FastWorkbook, book: Book) -> dict[str, FastWorksheet]:
    """The worksheets by name, with everything on them but charts, which refer to all of them."""
    formats = {
        name: workbook.add_format(format_properties(style)) for name, style in book.styles.items()
    }
    attributes = _StyleAttributes(formats)
    worksheets: dict[str, FastWorksheet] = {}
    problems: list[str] = []
    for sheet in book.sheets:
        worksheet = worksheets[sheet.name] = workbook.add_worksheet(sheet.name)
        found = worksheet.place(by_row(written_cells(sheet)), attributes)
        problems += [f"sheet {sheet.name!r}: {fact}" for fact in found]
        furnish(worksheet, sheet, formats)
    if problems:
        raise WorkbookError("\n".join(problems))
    return worksheets


def written_cells(sheet: Sheet) -> list[Cell]:
    """The cells of the sheet, those that are the text of a link among them."""
    texts = [Cell(link.row, link.col, link.text, "", link.style) for link in sheet.links]
    return [*sheet.cells, *(cell for cell in texts if cell.value)]


def finish(workbook: Workbook, book: Book) -> None:
    """Give the XlsxWriter workbook, whose sheets are complete, its names and properties."""
    for name, formula in book.names:
        workbook.define_name(name, formula)
    workbook.set_properties(_properties(book.properties))
    workbook.set_tab_ratio(_TAB_RATIO)
    workbook.worksheets()[book.active].activate()
    for worksheet in workbook.worksheets():
        worksheet.set_paper(_PAPERS[book.paper])


def _properties(properties: Properties) -> dict[str, str | datetime]:
    return {
        "title": properties.title,
        "subject": properties.subject,
        "author": properties.author,
        "company": properties.company,
        "comments": properties.comments,
        "created": datetime.combine(properties.created, time()),
    }


class _StyleAttributes(dict[str, str]):
    """The attribute of each style, numbered in the order in which styles are first used."""

    def __init__(self, formats: Mapping[str, Format]) -> None:
        super().__init__({"": ""})
        self._formats = formats

    def __missing__(self, style: str) -> str:
        attribute = f' s="{self._formats[style]._get_xf_index()}"'  # noqa: SLF001 - no public way
        self[style] = attribute
        return attribute


CONTENT_TYPES = "[Content_Types].xml"

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 4  # half the time of the usual 6, for a tenth more bytes
_OVERRIDE = re.compile(rb'PartName="/([^"]+)"')
_TARGET = re.compile(rb'Target="([^"]+)"( TargetMode="External")?')


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts, in this order, as the bytes of a zip file that carries no clock."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            entry = ZipInfo(name, _EPOCH)
            package.writestr(entry, content, ZIP_DEFLATED, _LEVEL)
    return buffer.getvalue()


def missing_parts(parts: Mapping[str, bytes]) -> list[str]:
    """The parts that others speak of and that are not there; a sound package has none."""
    wanted = {CONTENT_TYPES, *_declared(parts), *_related(parts)}
    return sorted(wanted - parts.keys())


def _declared(parts: Mapping[str, bytes]) -> Iterator[str]:
    for match in _OVERRIDE.finditer(parts.get(CONTENT_TYPES, b"")):
        yield match[1].decode()


def _related(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for target, external in _TARGET.findall(content):
            if not external:
                yield posixpath.normpath(posixpath.join(folder, target.decode())).lstrip("/")
