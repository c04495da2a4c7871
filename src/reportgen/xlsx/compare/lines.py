"""Rows or columns as they are told apart: what stands in them, exactly, never tolerantly."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from reportgen.values import Value
    from reportgen.xlsx.reader.records import ReadCell

# A range and a cell look alike: LibreOffice writes A1 for A1:A1.
_REFERENCE = re.compile(
    r"(?:'(?:[^']|'')+'!|(?<![\w.])[\w.]+!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?"
)
_FORMULA_MARK = "\0"  # no typed text can begin with it, so a formula is never taken for text
_MOST_UNIQUE = 0.9
_MOST_LINES = 0.5


class Placed(NamedTuple):
    """A cell on the line `at`, at the position `across` it."""

    at: int
    across: int
    cell: ReadCell


class Typed(NamedTuple):
    """A value that would pass for another one if nothing said of which type it is."""

    kind: str
    value: Value


class Mark(NamedTuple):
    """What was typed in a cell, or the shape of its formula; `across` None is anywhere."""

    across: int | None
    token: Hashable


class SheetLine(NamedTuple):
    """One row or column, standing `at` its position.

    `exact` also holds calculated values, `typed` only what was typed and the shape of formulas.
    `marks` are the members of `typed`, `key` names the line if the sheet has a key.
    """

    at: int
    exact: tuple[Hashable, ...]
    typed: tuple[Mark, ...]
    marks: frozenset[Mark]
    key: Hashable

    @property
    def is_slight(self) -> bool:
        """Whether nothing but a single number stands here."""
        return len(self.typed) == 1 and type(self.typed[0].token) is float


def build_lines(cells: Iterable[Placed], key_at: int | None, *, positions: bool) -> list[SheetLine]:
    """The occupied lines in order; `positions` makes the position across part of what is compared.

    `key_at` is the position across at which the lines' keys stand.
    """
    found: dict[int, list[Placed]] = {}
    for placed in cells:
        found.setdefault(placed.at, []).append(placed)
    return [_line(at, found[at], key_at, positions=positions) for at in sorted(found)]


def find_key(old: Iterable[Placed], new: Iterable[Placed]) -> int | None:
    """The first position across at which most lines of both sides carry a text of their own.

    Dates in order do as well where no texts are.
    """
    sides = before, after = _typed_values(old), _typed_values(new)
    for is_key in (_are_names, _are_dates):
        for across in sorted(before.across.keys() & after.across.keys()):
            if all(is_key(side.across[across], side.lines) for side in sides):
                return across
    return None


def duplicate_keys(lines: Iterable[SheetLine]) -> dict[Hashable, list[int]]:
    """The keys that stand at more than one line, with those lines."""
    found: dict[Hashable, list[int]] = {}
    for line in lines:
        if line.key is not None:
            found.setdefault(line.key, []).append(line.at)
    return {key: places for key, places in found.items() if len(places) > 1}


def token(cell: ReadCell) -> Hashable:
    """What was typed, or the shape of the formula: its text without the references."""
    return shape(cell.formula) if cell.formula else exact_value(cell.value)


@lru_cache(maxsize=32_768)
def shape(formula: str) -> str:
    """The formula without its references: what formulas that were filled down have in common."""
    return _FORMULA_MARK + _REFERENCE.sub("@", formula)


def exact_value(value: Value) -> Hashable:
    """The value such that True is not 1 and an error is not its text."""
    return value if type(value) in (float, str) else Typed(type(value).__name__, value)


def is_blank(cell: ReadCell) -> bool:
    """Whether nothing but a look stands in the cell."""
    return cell.value is None and not cell.formula


def _line(at: int, cells: list[Placed], key_at: int | None, *, positions: bool) -> SheetLine:
    cells.sort(key=attrgetter("across"))
    typed = tuple(
        Mark(placed.across if positions else None, token(placed.cell)) for placed in cells
    )
    values = (exact_value(placed.cell.value) for placed in cells)
    key = next(
        (
            exact_value(placed.cell.value)
            for placed in cells
            if placed.across == key_at and not placed.cell.formula
        ),
        None,
    )
    return SheetLine(at, (*typed, *values), typed, frozenset(typed), key)


class _TypedValues(NamedTuple):
    """How many lines there are, and the typed values at each position across them, in order."""

    lines: int
    across: dict[int, list[Value]]


def _typed_values(cells: Iterable[Placed]) -> _TypedValues:
    lines: set[int] = set()
    found: dict[int, list[Value]] = {}
    for placed in cells:
        lines.add(placed.at)
        if not placed.cell.formula:
            found.setdefault(placed.across, []).append(placed.cell.value)
    return _TypedValues(len(lines), found)


def _are_names(values: list[Value], lines: int) -> bool:
    texts = [value for value in values if type(value) is str]
    unique = len(set(texts)) >= _MOST_UNIQUE * len(texts)
    return bool(texts) and len(texts) >= _MOST_LINES * lines and unique


def _are_dates(values: list[Value], lines: int) -> bool:
    numbers = [value for value in values if type(value) is float]
    if len(numbers) < max(2, _MOST_LINES * lines) or any(number % 1 for number in numbers):
        return False
    steps = {later > earlier for earlier, later in pairwise(numbers)}
    return len(steps) == 1 and len(set(numbers)) == len(numbers)


def unique_by(
    lines: Iterable[SheetLine], trait: Callable[[SheetLine], Hashable]
) -> Mapping[Hashable, SheetLine]:
    """The lines whose trait no other line shares and is not None, by that trait."""
    lines = list(lines)
    counts = Counter(trait(line) for line in lines)
    return {
        trait(line): line for line in lines if trait(line) is not None and counts[trait(line)] == 1
    }
