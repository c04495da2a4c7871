"""A package is refused for what its file says of its parts, before any of them is read."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from reportgen.xlsx.reader.guard import check_parts, end_of_directory, open_regular
from reportgen.xlsx.reader.limits import DEFAULT_LIMITS, UnreadableFile, WorkbookFileError


def part(
    name: str, size: int = 1, packed: int = 1, method: int = 8, flags: int = 0
) -> zipfile.ZipInfo:
    """An entry of a directory that declares all this."""
    made = zipfile.ZipInfo(name)
    made.file_size, made.compress_size = size, packed
    made.compress_type, made.flag_bits = method, flags
    return made


LEADS_OUT = "this part's name leads out of the file; do not open it; ask the sender for a new copy"


SAVE = "open the file in a spreadsheet program you trust and save it again as .xlsx"


LESS = "if the file is genuine, remove what is not needed and save it again"


ASK = "ask the sender how the file was made; save it again as .xlsx"


SMALL = DEFAULT_LIMITS._replace(
    part_bytes=3_000_000, total_bytes=4_000_000, ratio=300, ratio_from_bytes=600
)


TWICE = "this part stands in the file more than once, so that programs disagree on what it says"


TIMES = "times its size, and at most 300 is borne"


REFUSED: list[tuple[list[zipfile.ZipInfo], str]] = [
    *(
        ([part("xl/a.xml"), part(name)], f"[{name!r}]: {LEADS_OUT}")
        for name in (
            "/etc/passwd", "\\a.xml", "C:a.xml", "xl/a:b.xml", "../a.xml", "xl/../a.xml",
            "xl\\..\\a.xml", "xl/..", "xl/a\x07.xml",
        )
    ),
    ([part("b"), part("XL\\A.xml"), part("xl/a.XML"), part("B")], f"[b]: {TWICE}; {SAVE}"),
    ([part("XL\\A.xml"), part("xl/a.XML")], f"[xl/a.xml]: {TWICE}; {SAVE}"),
    ([part("a", flags=9)], "[a]: is encrypted; save the workbook without password"),
    ([part("a", method=12)],
     f"[a]: is packed by method 12, which workbooks do not use; {SAVE}"),
    ([part("a", 3_600_000, 3_600_000)],
     f"[a]: unpacks to 4 MB, and at most 3 MB are read; {LESS}"),
    ([part("a", 2_700_000, 2_700_000), part("b", 2_400_000, 2_400_000)],
     f": unpacks to 5 MB, and at most 4 MB are read; {LESS}"),
    ([part("a", 601, 2)], f"[a]: unpacks to 300 {TIMES}; {ASK}"),
    ([part("a", 601, 0)], f"[a]: unpacks to 601 {TIMES}; {ASK}"),
    ([part("a", 6_000_000, 1)], f"[a]: unpacks to 6 MB, and at most 3 MB are read; {LESS}"),
]  # fmt: skip


@pytest.mark.parametrize(("listed", "told"), REFUSED, ids=range(len(REFUSED)))
def test_parts_are_refused_by_what_their_file_says_of_them(
    listed: list[zipfile.ZipInfo], told: str
) -> None:
    with pytest.raises(WorkbookFileError) as caught:
        check_parts(Path("a.xlsx"), listed, SMALL)
    assert str(caught.value).removeprefix("a.xlsx").strip() == told


def test_parts_are_taken_that_are_within_measure_and_stay_in_their_file() -> None:
    names = [part(name) for name in ("xl/a..b.xml", "xl/...", "日本/ä ö.xml", "a", "aa", ".rels")]
    sizes = [
        part("stored", 3_000_000, 3_000_000, method=0),
        part("small", 600, 0),
        part("tight", 900, 3),
        part("rest", 998_500, 998_500),
    ]
    check_parts(Path("a.xlsx"), sizes, SMALL)
    check_parts(Path("a.xlsx"), names, SMALL)


END = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 7, 46, 0, 0)


LOCATOR = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)


END_64 = struct.pack("<4s28x2Q8x", b"PK\x06\x06", 9, 54)


ENDS: list[tuple[bytes, tuple[int, int] | None]] = [
    (b"", None),
    (bytes(100), None),
    (END, (46, 7)),
    (END[:-1], None),
    (b"before" + END, (46, 7)),
    (END + bytes(65_535), (46, 7)),
    (END + bytes(65_535 + 22 + 20), None),
    (END.replace(b"\x07", b"\x08") + END, (46, 7)),
    (END_64 + LOCATOR + END, (54, 9)),
    (bytes(99) + END_64 + LOCATOR + END, (54, 9)),
    (bytes(99) + END_64 + LOCATOR + END + bytes(65_535), (54, 9)),
    (LOCATOR + END, (46, 7)),
    (bytes(99) + LOCATOR + END, (46, 7)),
    (END_64 + bytes(20) + END, (46, 7)),
    (END_64 + LOCATOR + b"x" + END, (46, 7)),
    (bytes(56) + LOCATOR + END, (46, 7)),
]


@pytest.mark.parametrize(("content", "told"), ENDS, ids=range(len(ENDS)))
def test_the_end_of_a_zip_says_how_many_parts_there_are(
    content: bytes, told: tuple[int, int] | None
) -> None:
    assert end_of_directory(io.BytesIO(content), len(content)) == told


def test_what_is_no_file_with_content_is_refused_for_what_it_is(tmp_path: Path) -> None:
    pipe, empty, link = tmp_path / "pipe", tmp_path / "empty", tmp_path / "link"
    os.mkfifo(pipe)
    empty.touch()
    link.symlink_to(tmp_path / "nowhere")
    for path, told in {
        empty: "is empty; give the path of an .xlsx file",
        pipe: "is not a file with content; give the path of an .xlsx file",
        tmp_path: "is not a file with content; give the path of an .xlsx file",
        link: "there is no such file; check the name",
        empty / "below": "cannot be opened (Not a directory); check the name and the permissions",
    }.items():
        with pytest.raises(UnreadableFile) as caught:
            open_regular(path)
        assert str(caught.value) == f"{path}: {told}"
