"""What a file is that is not a workbook in .xlsx format, and what to do about it."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection


ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEARCHED_BYTES = 4_000_000
_TEXT_BYTES = 4_096
_FIRST_PRINTABLE = 32
_BLANKS = b"\t\r\n\f\x1b"


class ForeignFormat(NamedTuple):
    """What a file is ("a PDF document") and what its owner can do ("save it as ...")."""

    name: str
    remedy: str


_SAVE_AS = "open it in a spreadsheet program and save it as .xlsx (Excel workbook)"
_OTHER = "give the workbook that it was made from"
_BY_START = (
    (b"%PDF", ForeignFormat("a PDF document", _OTHER)),
    (b"\x1f\x8b", ForeignFormat("a gzip archive", "unpack it first")),
    (b"7z\xbc\xaf", ForeignFormat("a 7z archive", "unpack it first")),
    (b"Rar!", ForeignFormat("a RAR archive", "unpack it first")),
    (b"{\\rtf", ForeignFormat("an RTF document", _OTHER)),
    (b"\x89PNG", ForeignFormat("a picture", _OTHER)),
    (b"\xff\xd8\xff", ForeignFormat("a picture", _OTHER)),
    (b"\x09\x08", ForeignFormat("an old Excel workbook (.xls)", _SAVE_AS)),
    (b"\x09\x04", ForeignFormat("an old Excel workbook (.xls)", _SAVE_AS)),
    (b"PK", ForeignFormat("a damaged or split zip", "get the file again")),
)
_BY_OLE_STREAM = (
    (
        "EncryptedPackage",
        ForeignFormat(
            "a workbook protected by a password or by rights management",
            "open it in Excel, remove the password (File, Info, Protect) and save it again",
        ),
    ),
    ("Workbook", ForeignFormat("an old Excel workbook (.xls)", _SAVE_AS)),
    ("Book", ForeignFormat("an old Excel workbook (.xls)", _SAVE_AS)),
    ("WordDocument", ForeignFormat("a Word document", _OTHER)),
    ("PowerPoint Document", ForeignFormat("a PowerPoint presentation", _OTHER)),
)
_BY_TEXT = (
    (
        b"urn:schemas-microsoft-com:office:spreadsheet",
        ForeignFormat("an Excel 2003 XML table", _SAVE_AS),
    ),
    (b"opendocument:xmlns:office", ForeignFormat("a flat OpenDocument file", _SAVE_AS)),
    (b"<!doctype html", ForeignFormat("an HTML page", _SAVE_AS)),
    (b"<html", ForeignFormat("an HTML page", _SAVE_AS)),
    (b"<table", ForeignFormat("an HTML page", _SAVE_AS)),
    (
        b"git-lfs.github.com/spec",
        ForeignFormat("a Git LFS pointer", "fetch the file with 'git lfs pull'"),
    ),
    (b"<?xml", ForeignFormat("an XML file", _OTHER)),
)
_BY_PART = (
    ("xl/workbook.bin", ForeignFormat("a binary Excel workbook (.xlsb)", _SAVE_AS)),
    ("word/document.xml", ForeignFormat("a Word document", _OTHER)),
    ("ppt/presentation.xml", ForeignFormat("a PowerPoint presentation", _OTHER)),
    (
        "Index/Document.iwa",
        ForeignFormat("an Apple Numbers file", "export it from Numbers to Excel"),
    ),
    ("META-INF/MANIFEST.MF", ForeignFormat("a Java archive", _OTHER)),
)
_UNKNOWN = ForeignFormat("of an unknown kind", "give a workbook saved as .xlsx")
_TEXT = ForeignFormat("a plain text file (CSV or the like)", _SAVE_AS)


def foreign_kind(is_ole: bool, file: IO[bytes]) -> ForeignFormat:  # noqa: FBT001 - one caller, one fact
    """What a file is that does not begin as a zip does; `file` stands at its beginning."""
    head = file.read(_SEARCHED_BYTES if is_ole else _TEXT_BYTES)
    if is_ole:
        return _ole_kind(head)
    lowered = head.lower()
    for start, kind in _BY_START:
        if head.startswith(start):
            return kind
    for mark, kind in _BY_TEXT:
        if mark in lowered:
            return kind
    return _TEXT if _is_text(head) else _UNKNOWN


def foreign_package(parts: Collection[str], mimetype: bytes) -> ForeignFormat | None:
    """What a zip is that is no .xlsx workbook, None if it may be one."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        what = mimetype.rpartition(b".")[2].decode("ascii", "replace")
        return ForeignFormat(f"an OpenDocument file ({what})", _SAVE_AS)
    for part, kind in _BY_PART:
        if part in parts:
            return kind
    if not any(name.lstrip("/").casefold() == "[content_types].xml" for name in parts):
        return ForeignFormat("an ordinary zip archive", "unpack it and give the workbook inside")
    return None


def _ole_kind(content: bytes) -> ForeignFormat:
    for stream, kind in _BY_OLE_STREAM:
        if stream.encode("utf-16-le") in content:
            return kind
    return ForeignFormat("an old Office document", _SAVE_AS)


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    return all(byte >= _FIRST_PRINTABLE or byte in _BLANKS for byte in head)
