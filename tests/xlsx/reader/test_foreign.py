"""What a file is that is no workbook, by how it begins or what it holds, and what to do."""

from __future__ import annotations

import io

import pytest

from reportgen.xlsx.reader.foreign import OLE_MAGIC, foreign_kind, foreign_package

SAVE = "open it in a spreadsheet program and save it as .xlsx (Excel workbook)"
MADE = "give the workbook that it was made from"
UNPACK = "unpack it first"
TEXT = ("a plain text file (CSV or the like)", SAVE)
UNKNOWN = ("of an unknown kind", "give a workbook saved as .xlsx")
OLD = ("an old Excel workbook (.xls)", SAVE)
OFFICE = ("an old Office document", SAVE)
HTML = ("an HTML page", SAVE)


def ole(stream: str, before: int = 0) -> bytes:
    return OLE_MAGIC + bytes(before) + stream.encode("utf-16-le") + bytes(8)


# The first bytes, what the file is, what to do
KINDS = [
    (b"%PDF-1.7", "a PDF document", MADE),
    (b"\x1f\x8b\x08", "a gzip archive", UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"{\\rtf1", "an RTF document", MADE),
    (b"\x89PNG\r\n", "a picture", MADE),
    (b"\xff\xd8\xff\xe0", "a picture", MADE),
    (b"\x09\x08\x10", *OLD),
    (b"\x09\x04\x06", *OLD),
    (b"PK\x07\x08", "a damaged or split zip", "get the file again"),
    (b"<?xml?><x xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
     "an Excel 2003 XML table", SAVE),
    (b"<?xml?><x xmlns='urn:OpenDocument:xmlns:office'/>", "a flat OpenDocument file", SAVE),
    (b"<!DOCTYPE html>", *HTML),
    (b" <HTML>", *HTML),
    (b"<table>", *HTML),
    (b"version https://git-lfs.github.com/spec/v1", "a Git LFS pointer",
     "fetch the file with 'git lfs pull'"),
    (b"<?xml version='1.0'?><x/>", "an XML file", MADE),
    (b"Date,Close\n", *TEXT),
    (b"a\tb\r\n\f\x1b ", *TEXT),
    (b"a\x1f", *UNKNOWN),
    (b"a\x0b", *UNKNOWN),
    (b"\xff\xfea\x00", *TEXT),
    (b"\xfe\xff\x00a", *TEXT),
    (b"\xef\xbb\xbf\x00", *TEXT),
    (b" " * 4_091 + b"<html", *HTML),
    (b" " * 4_092 + b"<html", *TEXT),
    (b" " * 4_096 + b"\x00", *TEXT),
    (ole("EncryptedPackage Workbook"),
     "a workbook protected by a password or by rights management",
     "open it in Excel, remove the password (File, Info, Protect) and save it again"),
    (ole("Workbook"), *OLD),
    (ole("Book"), *OLD),
    (ole("WordDocument"), "a Word document", MADE),
    (ole("PowerPoint Document"), "a PowerPoint presentation", MADE),
    (ole("Contents"), *OFFICE),
    (ole("Workbook", 4_000_000 - 8 - 16), *OLD),
    (ole("Workbook", 4_000_000 - 8 - 15), *OFFICE),
]  # fmt: skip


@pytest.mark.parametrize(("content", "name", "remedy"), KINDS, ids=range(len(KINDS)))
def test_a_file_is_known_by_how_it_begins(content: bytes, name: str, remedy: str) -> None:
    assert foreign_kind(content.startswith(OLE_MAGIC), io.BytesIO(content)) == (name, remedy)


WORKBOOK = "[Content_Types].xml"
PACKAGES = {
    ("xl/workbook.bin", WORKBOOK): ("a binary Excel workbook (.xlsb)", SAVE),
    ("word/document.xml", WORKBOOK): ("a Word document", MADE),
    ("ppt/presentation.xml", WORKBOOK): ("a PowerPoint presentation", MADE),
    ("Index/Document.iwa",): ("an Apple Numbers file", "export it from Numbers to Excel"),
    ("META-INF/MANIFEST.MF",): ("a Java archive", MADE),
    ("readme.txt",): ("an ordinary zip archive", "unpack it and give the workbook inside"),
    (WORKBOOK, "xl/workbook.xml"): None,
    ("/[content_types].XML",): None,
}


@pytest.mark.parametrize("parts", PACKAGES, ids=lambda parts: parts[0])
def test_a_zip_is_known_by_its_parts(parts: tuple[str, ...]) -> None:
    assert foreign_package(parts, b"") == PACKAGES[parts]


def test_an_open_document_says_what_it_is() -> None:
    named = "application/vnd.oasis.opendocument.spreadsheet-template\xe9".encode("latin-1")
    assert foreign_package((WORKBOOK,), named) == (
        "an OpenDocument file (spreadsheet-template\ufffd)",
        SAVE,
    )
    assert foreign_package((WORKBOOK,), b"application/zip") is None
