"""XML read by expat under one rule: a document type, and with it every entity, is refused.

A document can name no file, open no address and expand nothing but the five built-in entities.
"""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET  # its tree alone; the parser is the one below
import zipfile
import zlib
from contextlib import contextmanager
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Self
from xml.parsers import expat

from reportgen.xlsx.reader.guard import open_package
from reportgen.xlsx.reader.limits import HostileFile, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from reportgen.xlsx.reader.limits import Limits


_PARSED_AT_ONCE = 262_144
NAMESPACE_END = "}"


class ForbiddenXml(Exception):  # noqa: N818 - what it is says more than the suffix
    """The document declares a document type."""


class BadXml(Exception):  # noqa: N818 - as above
    """The document is not well formed; the message is expat's."""


class TreeHandler:
    """Builds a tree of local names: namespaces are dropped from elements and attributes."""

    def __init__(self) -> None:
        """An empty tree."""
        self._builder = ET.TreeBuilder()
        self.data = self._builder.data

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        self._builder.start(
            local_name(name), {local_name(key): value for key, value in attributes.items()}
        )

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._builder.end(local_name(name))

    def close(self) -> ET.Element:
        """The root of the finished tree."""
        return self._builder.close()


def local_name(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(NAMESPACE_END)[2]


def new_parser() -> expat.XMLParserType:
    """A namespace-aware parser that raises ForbiddenXml at a document type."""
    parser = expat.ParserCreate(namespace_separator=NAMESPACE_END)
    parser.buffer_text = True
    parser.buffer_size = 65_536
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def feed(parser: expat.XMLParserType, stream: IO[bytes]) -> None:
    """Parse the stream chunk by chunk. Raises BadXml or ForbiddenXml."""
    try:
        while chunk := stream.read(_PARSED_AT_ONCE):
            parser.Parse(chunk, False)  # noqa: FBT003 - positional only
        parser.Parse(b"", True)  # noqa: FBT003 - as above
    except expat.ExpatError as error:
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]:
            raise MemoryError from None
        raise BadXml(str(error)) from None


def parse_tree(stream: IO[bytes]) -> ET.Element:
    """The document as a tree of local names. Raises BadXml or ForbiddenXml."""
    parser, tree = new_parser(), TreeHandler()
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.data
    feed(parser, stream)
    return tree.close()


def _refuse(*_: Any) -> None:  # noqa: ANN401 - expat's callback; nothing of it is looked at
    raise ForbiddenXml


_CHUNK = 1_000_000
STRICT = "http://purl.oclc.org/ooxml/"
_SAVE_AGAIN = "open it in a spreadsheet program and save it again as .xlsx"
_STRICT_REMEDY = "save it in Excel as 'Excel Workbook (*.xlsx)', not 'Strict Open XML'"


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
        """The part that lists the sheets. Raises UnreadableFile without one, or if it is Strict."""
        for link in self.relationships(""):
            if link.kind == "officeDocument" and self.has(link.target):
                return link.target
            if link.kind.startswith(STRICT):
                raise self.strict()
        raise self.unreadable("", "holds no workbook", "give a workbook saved as .xlsx")

    def strict(self) -> UnreadableFile:
        """The error for Excel's other format of the same extension."""
        fact = "is in Strict Open XML format, in which numbers and dates are stored differently"
        return self.unreadable("", fact, _STRICT_REMEDY)

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
    # A Strict file's types stay whole, so that they can be told from all others.
    short = kind if kind.startswith(STRICT) else kind.rpartition("/")[2]
    return Relationship(node.get("Id", ""), short, target if external else target[1:], external)
