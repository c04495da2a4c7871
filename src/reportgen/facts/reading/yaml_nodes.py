"""YAML as a tree of raw scalars with line numbers, and why a text is no such tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

DEEPEST = 8
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Scalar(NamedTuple):
    """The letters of one value as the file has them; `text` is "" for an empty or null one."""

    text: str
    line: int


class Listing(NamedTuple):
    """A sequence of nodes."""

    items: tuple[Tree, ...]
    line: int


class Section(NamedTuple):
    """A mapping of nodes in the order of the file."""

    items: Mapping[str, Tree]
    line: int


Tree = Scalar | Listing | Section


class YamlError(Exception):
    """Why a text is not the plain YAML expected: `line` counts from 1."""

    def __init__(self, line: int | None, found: str) -> None:
        """`found` is a phrase that follows the name of the file."""
        super().__init__(found)
        self.line = line
        self.found = found
