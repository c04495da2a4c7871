"""XML read by expat under one rule: a document type, and with it every entity, is refused.

A document can name no file, open no address and expand nothing but the five built-in entities.
"""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
import zipfile
import zlib
from contextlib import contextmanager
from functools import cached_property
from typing import IO, TYPE_CHECKING, NamedTuple, Self
from xml.parsers import expat

from reportgen.xlsx.reader.guard import open_package
from reportgen.xlsx.reader.limits import HostileFile, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from reportgen.xlsx.reader.limits import Limits


_PARSED_AT_ONCE = 16_384  # what becomes of it stays in the processor's cache
NAMESPACE_END = "}"


class ForbiddenXml(Exception):  # noqa: N818 - what it is says more than the suffix
    """The document declares a document type."""


class BadXml(Exception):  # noqa: N818 - as above
    """The document is not well formed; the message is expat's."""


class _TreeBuilder(ET.TreeBuilder):
    """Refuses a document type before anything in it is heard."""

    def doctype(self, *_: object) -> None:
        raise ForbiddenXml


def growing(stream: IO[bytes]) -> Iterator[ET.Element]:
    """The root of a document while it grows, after each chunk of the stream.

    Parser and tree are C: that no element calls us is what makes reading quick. What is complete
    may be taken out of the tree, so that it never holds much. Raises BadXml or ForbiddenXml.
    """
    builder = _TreeBuilder()
    above = builder.start("", {})  # by what stands above it the root is known while it is open
    parser = ET.XMLParser(target=builder)  # noqa: S314 - it refuses what could be an attack
    try:
        while chunk := stream.read(_PARSED_AT_ONCE):
            parser.feed(chunk)
            yield from above
        parser.close()
    except ET.ParseError as error:
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]:
            raise MemoryError from None
        raise BadXml(str(error)) from None


def parse_tree(stream: IO[bytes]) -> ET.Element:
    """The document as a tree of local names. Raises BadXml or ForbiddenXml."""
    for root in growing(stream):
        whole = root
    return with_local_names(whole)


def with_local_names(root: ET.Element) -> ET.Element:
    """The tree, the namespaces dropped from its elements and attributes."""
    for node in root.iter():
        node.tag = local_name(node.tag)
        if any(NAMESPACE_END in key for key in node.keys()):  # noqa: SIM118 - no mapping
            node.attrib = {local_name(key): value for key, value in node.items()}
    return root


def local_name(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(NAMESPACE_END)[2]


_CHUNK = 1_000_000
_USUAL_WORKBOOK = "xl/workbook.xml"
_SAVE_AGAIN = "open it in a spreadsheet program and save it again as .xlsx"


class Relationship(NamedTuple):
    """A part's link to another: `kind` is the last word of its type, `target` a part or address."""

    key: str
    kind: str
    target: str
    external: bool


class Package:
    """An open workbook file. A context manager; part names are compared without case."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Open and check the file. Raises UnreadableFile or HostileFile."""
        self.path, self.limits = path, limits
        self._zip = open_package(path, limits)
        self._parts = {_part_key(info.filename): info for info in self._zip.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        file = self._zip.fp
        self._zip.close()
        if file is not None:
            file.close()

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts, in lower case."""
        return tuple(self._parts)

    def has(self, part: str) -> bool:
        """Whether the part exists."""
        return _part_key(part) in self._parts

    def info(self, part: str) -> zipfile.ZipInfo:
        """The zip's directory entry of the part. Raises UnreadableFile if it is missing."""
        info = self._parts.get(_part_key(part))
        if info is None:
            raise self.unreadable(part, "this part is missing")
        return info

    @contextmanager
    def open(self, part: str) -> Iterator[IO[bytes]]:
        """The unpacked part as a stream; what goes wrong inside names the part."""
        info = self.info(part)
        try:
            with self._zip.open(info) as stream:
                yield stream
        except ForbiddenXml:
            raise self.hostile(
                part,
                "declares a document type, with which a file can expand "
                "without end or reach for other files",
            ) from None
        except BadXml as error:
            raise self.unreadable(part, f"is not well-formed XML ({error})") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise self.unreadable(part, f"is damaged ({error})", "get the file again") from None

    def read(self, part: str) -> bytes:
        """The unpacked part."""
        with self.open(part) as stream:
            return read_all(stream)

    def packed(self, part: str) -> bytes:
        """The part as it is stored: equal bytes are equal parts."""
        info, file = self.info(part), self._zip.fp
        if file is None:
            raise ValueError("the package is closed")
        file.seek(info.header_offset + 26)
        lengths = file.read(4)
        file.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
        return file.read(info.compress_size)

    def tree(self, part: str) -> ET.Element:
        """The part as a tree of local names."""
        with self.open(part) as stream:
            return parse_tree(stream)

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """What the part links to; "" is the package itself. Targets are full part names."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(listing):
            return ()
        return tuple(_relationship(folder, node) for node in self.tree(listing))

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts inside the file that the part links to by that kind of relationship."""
        return tuple(
            link.target
            for link in self.relationships(part)
            if link.kind == kind and not link.external and self.has(link.target)
        )

    @cached_property
    def workbook_part(self) -> str:
        """The part that lists the sheets. Raises UnreadableFile without one."""
        for link in self.relationships(""):
            if link.kind == "officeDocument" and self.has(link.target):
                return link.target
        if self.has(_USUAL_WORKBOOK):  # some programs forget to say so
            return _USUAL_WORKBOOK
        raise self.unreadable("", "holds no workbook", "give a workbook saved as .xlsx")

    def unreadable(self, place: str, fact: str, remedy: str = _SAVE_AGAIN) -> UnreadableFile:
        """The error for a file that is damaged or of another kind."""
        return UnreadableFile(str(self.path), place, fact, remedy)

    def hostile(self, place: str, fact: str, remedy: str = _SAVE_AGAIN) -> HostileFile:
        """The error for a file that would exhaust or deceive its reader."""
        return HostileFile(str(self.path), place, fact, remedy)


def read_all(stream: IO[bytes]) -> bytes:
    """What is left of a part. In pieces: asked for all at once, a zip unpacks beyond its size."""
    return b"".join(iter(lambda: stream.read(_CHUNK), b""))


def _part_key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _relationship(folder: str, node: ET.Element) -> Relationship:
    target, kind = node.get("Target", ""), node.get("Type", "")
    external = node.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join(f"/{folder}", target.replace("\\", "/")))
    kind = kind.rpartition("/")[2]
    return Relationship(node.get("Id", ""), kind, target if external else target[1:], external)
