"""The zip container of a workbook: complete, and for the same parts always the same bytes."""

from __future__ import annotations

import posixpath
import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CONTENT_TYPES = "[Content_Types].xml"

_EPOCH = (1980, 1, 1, 0, 0, 0)
_OVERRIDE = re.compile(rb'PartName="/([^"]+)"')
_TARGET = re.compile(rb'Target="([^"]+)"( TargetMode="External")?')


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts, in this order, as the bytes of a zip file that carries no clock."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, content)
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
