"""Files that are damaged, locked, or of another kind than their name says."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from tests.xlsx.reader.hostile_files import ROW, rewritten
from tests.xlsx.reader.raw_book import SHEET, pack, parts, relationships_xml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def cut_off(path: Path) -> Path:
    """The first half of a workbook."""
    content = pack(path, parts(ROW)).read_bytes()
    return rewritten(path, content[: len(content) // 2])


def flipped_bits(path: Path) -> Path:
    """A workbook with damage in the middle of a packed part."""
    with zipfile.ZipFile(pack(path, parts(ROW * 1))) as package:
        at = package.getinfo(SHEET).header_offset + 30 + len(SHEET) + 20
    content = bytearray(path.read_bytes())
    content[at : at + 8] = b"\xff" * 8
    return rewritten(path, bytes(content))


def encrypted_package(path: Path) -> Path:
    """What Excel writes for a workbook with a password."""
    return rewritten(path, OLE + "EncryptedPackage".encode("utf-16-le") + bytes(400))


def encrypted_part(path: Path) -> Path:
    """A zip whose parts are encrypted."""
    content = bytearray(pack(path, parts(ROW)).read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(mark, at + 1)
    return rewritten(path, bytes(content))


def old_workbook(path: Path) -> Path:
    """An .xls workbook."""
    return rewritten(path, OLE + "Workbook".encode("utf-16-le") + bytes(400))


def binary_workbook(path: Path) -> Path:
    """An .xlsb workbook."""
    return pack(path, {**parts(), "xl/workbook.bin": b"\0"})


def open_document(path: Path) -> Path:
    """An .ods workbook."""
    return pack(
        path,
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<office/>"},
    )


def word_document(path: Path) -> Path:
    """A .docx under another name."""
    return pack(path, {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})


def plain_zip(path: Path) -> Path:
    """A zip of something else."""
    return pack(path, {"readme.txt": "hello"})


def no_workbook(path: Path) -> Path:
    """A package whose main part is no workbook."""
    content = parts(ROW)
    del content["xl/workbook.xml"]
    content["_rels/.rels"] = relationships_xml(("rId1", "officeDocument", "xl/styles.xml"))
    return pack(path, content)


def missing_sheet(path: Path) -> Path:
    """A workbook that lists a sheet it does not hold."""
    content = parts(ROW)
    del content[SHEET]
    return pack(path, content)


def written(content: bytes) -> Callable[[Path], Path]:
    """What makes a file of these bytes."""
    return lambda path: rewritten(path, content)
