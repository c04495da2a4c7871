"""What is refused before a workbook is opened, and in which words.

A file is hostile until its kind, the directory of its zip and its declared sizes say otherwise.
Nothing is unpacked here: what a part really holds is counted while it is read.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections import Counter
from typing import IO, TYPE_CHECKING, NamedTuple

from reportgen.system import open_to_read
from reportgen.xlsx.reader.foreign import (
    OLE_MAGIC,
    ZIP_MAGIC,
    ForeignFormat,
    foreign_kind,
    foreign_package,
)
from reportgen.xlsx.reader.limits import (
    DEFAULT_LIMITS,
    MB,
    HostileFile,
    Limits,
    UnreadableFile,
)

if TYPE_CHECKING:
    from pathlib import Path


def open_regular(path: Path) -> IO[bytes]:
    """The file open for reading. Raises UnreadableFile unless it is a regular file with content.

    A named pipe or a device is refused without waiting for it.
    """
    try:
        handle = open_to_read(path)
    except FileNotFoundError:
        raise UnreadableFile(str(path), "", "there is no such file", "check the name") from None
    except OSError as error:
        fact = f"cannot be opened ({error.strerror})"
        raise UnreadableFile(str(path), "", fact, "check the name and the permissions") from None
    status = os.fstat(handle)
    if stat.S_ISREG(status.st_mode) and status.st_size:
        return os.fdopen(handle, "rb")
    os.close(handle)
    fact = "is empty" if stat.S_ISREG(status.st_mode) else "is not a file with content"
    raise UnreadableFile(str(path), "", fact, "give the path of an .xlsx file")


def open_package(path: Path, limits: Limits = DEFAULT_LIMITS) -> zipfile.ZipFile:
    """The workbook's zip, its directory checked. Raises UnreadableFile or HostileFile."""
    file = open_regular(path)
    try:
        _check_kind(path, file)
        _check_directory(path, file, limits)
        package = _open_zip(path, file)
        check_parts(path, package.infolist(), limits)
        _check_format(path, package)
    except BaseException:
        file.close()
        raise
    return package


def _check_kind(path: Path, file: IO[bytes]) -> None:
    head = file.read(8)
    file.seek(0)
    if head.startswith(ZIP_MAGIC):
        return
    raise _foreign(path, foreign_kind(head.startswith(OLE_MAGIC), file))


def _check_directory(path: Path, file: IO[bytes], limits: Limits) -> None:
    size = file.seek(0, os.SEEK_END)
    if size > limits.file_bytes:
        raise too_big(path, "", f"is {size / MB:,.0f} MB", limits.file_bytes)
    end = end_of_directory(file, size)
    file.seek(0)
    if end is None:
        raise UnreadableFile(
            str(path),
            "",
            "is cut off or damaged: the directory of its parts is missing at the end",
            "get the file again",
        )
    if end.directory_bytes > limits.directory_bytes or end.parts > limits.parts:
        raise _too_many(path, end.parts, limits)


def _too_many(path: Path, parts: int, limits: Limits) -> HostileFile:
    fact = f"lists {parts:,} parts, and at most {limits.parts:,} are read"
    return HostileFile(str(path), "", fact, SAVE_AGAIN)


def _open_zip(path: Path, file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableFile(str(path), "", f"is damaged ({error})", "get the file again") from None


def _check_format(path: Path, package: zipfile.ZipFile) -> None:
    kind = foreign_package(package.namelist(), _mimetype(package))
    if kind:
        raise _foreign(path, kind)


def _foreign(path: Path, kind: ForeignFormat) -> UnreadableFile:
    fact = f"is {kind.name}, not a workbook in .xlsx format"
    return UnreadableFile(str(path), "", fact, kind.remedy)


def _mimetype(package: zipfile.ZipFile) -> bytes:
    """The first bytes of the part by which OpenDocument files name themselves."""
    if "mimetype" not in package.NameToInfo:
        return b""
    try:
        with package.open("mimetype") as part:
            return part.read(100)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        return b""


_END_OF_DIRECTORY = b"PK\x05\x06"
_LOCATOR_64 = b"PK\x06\x07"
_END_64 = b"PK\x06\x06"
_MAX_TAIL = 65_535 + 22 + 20  # the longest comment, the end record, the zip64 locator before it


class DirectoryEnd(NamedTuple):
    """The declared size of the zip's directory and the declared number of parts."""

    directory_bytes: int
    parts: int


def end_of_directory(file: IO[bytes], size: int) -> DirectoryEnd | None:
    """What the end record (or its 64-bit twin) says of the zip's directory, None without one."""
    start = max(0, size - _MAX_TAIL)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END_OF_DIRECTORY)
    if at < 0 or len(tail) < at + 22:
        return None
    parts, directory_bytes = struct.unpack_from("<HL", tail, at + 10)
    if tail[max(0, at - 20) : at].startswith(_LOCATOR_64):
        file.seek(max(0, start + at - 20 - 56))
        record = file.read(56)
        if len(record) == 56 and record.startswith(_END_64):  # noqa: PLR2004 - as the format has it
            parts, directory_bytes = struct.unpack_from("<QQ", record, 32)
    return DirectoryEnd(directory_bytes, parts)


SAVE_AGAIN = "open the file in a spreadsheet program you trust and save it again as .xlsx"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_parts(path: Path, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Raises HostileFile or UnreadableFile if names or declared sizes of parts forbid reading."""
    if len(parts) > limits.parts:  # the end record that says fewer may not be the one that counts
        raise _too_many(path, len(parts), limits)
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
    tricks = name.startswith("/") or ":" in name or ".." in name.split("/")
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
