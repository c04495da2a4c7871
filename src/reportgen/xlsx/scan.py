"""What the list of a zip's parts must not say: names, sizes and ratios, nothing unpacked."""

from __future__ import annotations

import zipfile
from collections import Counter
from typing import TYPE_CHECKING

from reportgen.xlsx.hostile import MB, HostileFile, Limits, UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

SAVE_AGAIN = "open the file in a spreadsheet program you trust and save it again as .xlsx"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_parts(path: Path, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Raises HostileFile or UnreadableFile if names or declared sizes of parts forbid reading."""
    for part in parts:
        _check_name(path, part)
        _check_size(path, part, limits)
    total = sum(part.file_size for part in parts)
    if total > limits.total_bytes:
        raise too_big(path, "", f"unpacks to {total / MB:,.0f} MB", limits.total_bytes)
    names = Counter(part.filename.replace("\\", "/").casefold() for part in parts)
    twice = sorted(name for name, count in names.items() if count > 1)
    if twice:
        raise HostileFile(
            str(path),
            twice[0],
            "this part stands in the file more than once, so "
            "that programs disagree on what it says",
            SAVE_AGAIN,
        )


def too_big(path: Path, place: str, fact: str, limit: int) -> HostileFile:
    """The error for more bytes than are borne."""
    return HostileFile(
        str(path),
        place,
        f"{fact}, and at most {limit / MB:,.0f} MB are read",
        "if the file is genuine, remove what is not needed and save it again",
    )


def _check_name(path: Path, part: zipfile.ZipInfo) -> None:
    name = part.filename.replace("\\", "/")
    tricks = name.startswith("/") or ":" in name or ".." in name.split("/") or "\0" in name
    if tricks or not name.isprintable():
        raise HostileFile(
            str(path),
            repr(part.filename),
            "this part's name leads out of the file",
            "do not open it; ask the sender for a new copy",
        )


def _check_size(path: Path, part: zipfile.ZipInfo, limits: Limits) -> None:
    name, size = part.filename, part.file_size
    if part.flag_bits & _ENCRYPTED:
        raise UnreadableFile(str(path), name, "is encrypted", "save the workbook without password")
    if part.compress_type not in _METHODS:
        raise UnreadableFile(
            str(path),
            name,
            f"is packed by method {part.compress_type}, which workbooks do not use",
            SAVE_AGAIN,
        )
    if size > limits.part_bytes:
        raise too_big(path, name, f"unpacks to {size / MB:,.0f} MB", limits.part_bytes)
    if size > limits.ratio_from_bytes and size > limits.ratio * max(1, part.compress_size):
        raise HostileFile(
            str(path),
            name,
            f"unpacks to {size // max(1, part.compress_size):,} "
            f"times its size, and at most {limits.ratio} is borne",
            "ask the sender how the file was made; save it again as .xlsx",
        )
