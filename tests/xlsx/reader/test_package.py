"""The parts of a workbook file, as they are stored and as they unpack."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from reportgen.xlsx.reader.guard import check_parts, open_package
from reportgen.xlsx.reader.limits import DEFAULT_LIMITS, HostileFile, UnreadableFile
from reportgen.xlsx.reader.package import Package
from tests.xlsx.reader.raw_book import SHEET, pack, parts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("extra", [0, 5, 259, 600])
def test_a_part_as_it_is_stored_begins_behind_whatever_stands_before_it(
    tmp_path: Path, extra: int
) -> None:
    """Programs put fields of their own, of any length, between the name of a part and the part."""
    path, content = tmp_path / "a.xlsx", parts()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in content.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if extra:
                entry.extra = b"xx" + (extra - 4).to_bytes(2, "little") + bytes(extra - 4)
            package.writestr(entry, text)
    with Package(path, DEFAULT_LIMITS) as opened:
        stored = opened.packed(SHEET)
        assert zlib.decompress(stored, -zlib.MAX_WBITS) == opened.read(SHEET)
        assert opened.read(SHEET).decode() == content[SHEET]


def test_a_part_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    with (
        Package(pack(tmp_path / "a.xlsx", parts()), DEFAULT_LIMITS) as opened,
        pytest.raises(UnreadableFile, match=r"a\.xlsx \[xl/nowhere\.xml\]: this part is missing"),
    ):
        opened.read("xl/nowhere.xml")


def test_nothing_is_read_of_a_package_that_is_closed(tmp_path: Path) -> None:
    with Package(pack(tmp_path / "a.xlsx", parts()), DEFAULT_LIMITS) as opened:
        pass
    with pytest.raises(ValueError, match="the package is closed"):
        opened.packed(SHEET)


def test_parts_are_counted_again_where_the_end_says_fewer(tmp_path: Path) -> None:
    listed = [zipfile.ZipInfo(f"xl/part{number}.xml") for number in range(11)]
    with pytest.raises(HostileFile, match="lists 11 parts, and at most 10 are read"):
        check_parts(tmp_path / "book.xlsx", listed, DEFAULT_LIMITS._replace(parts=10))


@pytest.mark.parametrize(
    "crafted",
    [
        # an end record, and a record of 64 bits with the locator that stands before the true end
        struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 46, 0, 0),
        struct.pack("<32x2Q8x", 1, 46) + struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1),
    ],
    ids=["an end record", "a 64-bit record"],
)
def test_an_end_in_the_comment_of_the_last_part_hides_no_parts(
    tmp_path: Path, crafted: bytes
) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for number in range(11):
            package.writestr(f"xl/part{number}.xml", "")
        package.infolist()[-1].comment = crafted
    with pytest.raises(HostileFile, match="lists 11 parts, and at most 10 are read"):
        open_package(path, DEFAULT_LIMITS._replace(parts=10))
