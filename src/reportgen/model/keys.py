"""Public keys: how a line and its members become `bear.segment_value[cloud]`, and back."""

from __future__ import annotations

import re
from itertools import product, starmap
from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts import key_syntax

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.expr.nodes import Line
    from reportgen.expr.state import Members

NONE = "-"  # the one member of a dimension that has none: ranges are never empty
_SPARE = "+"  # begins the member of a blank row
escaped, member, unique = key_syntax.escaped, key_syntax.member, key_syntax.unique
_SPARE_ROW = re.compile(rf"\{_SPARE}\d+", re.ASCII)  # a broker may be called +Plus Markets


def filled(line: Line, members: Members) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Iterate over (key, index) of every cell of a line, in the order of its array."""
    if not line.dims:
        return iter([(line.key, ())])
    numbered = line.key
    for at, dim in enumerate(line.dims):
        numbered = numbered.replace(f"{{{dim.name}}}", f"{{{at}}}")
    named = product(*(members[dim] for dim in line.dims))
    places = product(*(range(len(members[dim])) for dim in line.dims))
    return zip(starmap(numbered.format, named), places, strict=True)


def cells(line: Line, members: Members) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (key, members by name) of every cell of a line, in the order of its array."""
    for key, index in filled(line, members):
        yield key, tuple(members[dim][k] for dim, k in zip(line.dims, index, strict=True))


class Cell(NamedTuple):
    """One cell of a line: the member of each of its dimensions."""

    line: Line
    at: tuple[str, ...]


def cell_of(key: str, lines: Iterable[Line], members: Members) -> Cell | None:
    """Return the cell that a public key stands for; None where no line has it."""
    for line in lines:
        before_members = line.key.partition("{")[0]
        if key.startswith(before_members):
            for found, at in cells(line, members):
                if found == key:
                    return Cell(line, at)
    return None


def listed_of(line: Line, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (key, member) of the keys of a line along one dimension, among those that are listed.

    Of a file, whose members may be others than those of today's model.
    """
    (dim,) = line.dims
    before, after = line.key.split(f"{{{dim.name}}}")
    shortest = len(before) + len(after)
    for key in keys:
        if len(key) > shortest and key.startswith(before) and key.endswith(after):
            yield key, key[len(before) : len(key) - len(after)]


def listed_as(line: Line, member: str) -> str:
    """Return the key under which a file lists a line along one dimension for a member."""
    (dim,) = line.dims
    return line.key.format(**{dim.name: member})


def spare_rows(count: int) -> tuple[str, ...]:
    """Return the members of the blank rows that an analyst may fill in, below those known."""
    return tuple(f"{_SPARE}{k + 1}" for k in range(count))


def is_spare(name: str) -> bool:
    """Return whether a member is a blank row."""
    return _SPARE_ROW.fullmatch(name) is not None
