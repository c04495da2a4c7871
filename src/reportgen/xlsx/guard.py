"""What is refused before a workbook is opened, and in which words.

A file is hostile until its kind, the directory of its zip and its declared sizes say otherwise.
Nothing is unpacked here: what a part really holds is counted while it is read.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from typing import IO, TYPE_CHECKING

from reportgen.xlsx.directory import end_of_directory
from reportgen.xlsx.hostile import (
    DEFAULT_LIMITS,
    MB,
    HostileFile,
    Limits,
    UnreadableFile,
    WorkbookFileError,
)
from reportgen.xlsx.identify import OLE_MAGIC, ZIP_MAGIC, Kind, foreign_kind, foreign_package
from reportgen.xlsx.scan import SAVE_AGAIN, check_parts, too_big

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "DEFAULT_LIMITS",
    "HostileFile",
    "Limits",
    "UnreadableFile",
    "WorkbookFileError",
    "open_package",
    "open_regular",
]


def open_regular(path: Path) -> IO[bytes]:
    """The file open for reading. Raises UnreadableFile unless it is a regular file with content.

    A named pipe or a device is refused without waiting for it.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
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
        raise HostileFile(
            str(path),
            "",
            f"lists {end.parts:,} parts, and at most {limits.parts:,} are read",
            SAVE_AGAIN,
        )


def _open_zip(path: Path, file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableFile(str(path), "", f"is damaged ({error})", "get the file again") from None


def _check_format(path: Path, package: zipfile.ZipFile) -> None:
    kind = foreign_package(package.namelist(), _mimetype(package))
    if kind:
        raise _foreign(path, kind)


def _foreign(path: Path, kind: Kind) -> UnreadableFile:
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
