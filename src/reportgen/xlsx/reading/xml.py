"""XML read by expat under one rule: a document type, and with it every entity, is refused.

A document can name no file, open no address and expand nothing but the five built-in entities.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # its tree alone; the parser is the one below
from typing import IO, Any
from xml.parsers import expat

_CHUNK = 262_144
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
        while chunk := stream.read(_CHUNK):
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
