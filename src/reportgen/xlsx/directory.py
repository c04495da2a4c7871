"""What a zip says of itself in its last bytes, before anything reads its list of parts."""

from __future__ import annotations

import struct
from typing import IO, NamedTuple

_END_OF_DIRECTORY = b"PK\x05\x06"
_LOCATOR_64 = b"PK\x06\x07"
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
        if len(record) == 56:  # noqa: PLR2004 - the length of the record in the zip format
            parts, directory_bytes = struct.unpack_from("<QQ", record, 32)
    return DirectoryEnd(directory_bytes, parts)
