"""Calculated values that moved although nothing they depend on did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.xlsx.reading.areas import area_size, reference_area
from reportgen.xlsx.reading.references import Reference, Scope, parse_formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.xlsx.places import Area

# What these depend on does not stand in their arguments.
_VOLATILE = frozenset({
    "NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "OFFSET", "INDIRECT", "CELL", "INFO",
    "TABLE", "WEBSERVICE", "RTD", "STOCKHISTORY", "[",
})  # fmt: skip
_DEEPEST_NAME = 8
_WORD = re.compile(r'"(?:[^"]|"")*"|([^\W\d][\w.\\?]*|\[)')

Touched = dict[str, set[tuple[int, int]]]
"""The cells of each sheet, by case-folded name, in which anything changed, came or went."""


class Dependencies:
    """Finds whether what a formula of one workbook refers to was touched."""

    def __init__(self, names: Mapping[str, str], touched: Touched, changed_names: set[str]) -> None:
        """`changed_names` are defined names, upper case, that no longer mean the same."""
        self._names = {name.upper(): text for name, text in names.items()}
        self._touched, self._changed_names = touched, changed_names

    def moved(self, formula: str, sheet: str) -> bool:
        """Whether anything the formula depends on was touched, or it cannot be known."""
        return self._moved(formula, sheet.casefold(), 0)

    def _moved(self, formula: str, sheet: str, depth: int) -> bool:
        scope = sheet
        for piece in parse_formula(formula):
            if isinstance(piece, Reference):
                if self._reference_moved(piece, sheet):
                    return True
            elif isinstance(piece, Scope):
                scope = piece.sheet.casefold()
            elif any(self._word_moved(word, scope, depth) for word in _words(piece)):
                return True
            else:
                scope = sheet
        return False

    def _word_moved(self, word: str, sheet: str, depth: int) -> bool:
        if word in _VOLATILE or word in self._changed_names:
            return True
        text = self._names.get(f"{sheet.upper()}!{word}", self._names.get(word))
        return text is not None and depth < _DEEPEST_NAME and self._moved(text, sheet, depth + 1)

    def _reference_moved(self, reference: Reference, sheet: str) -> bool:
        target = (reference.sheet or sheet).casefold()
        if target.startswith("[") or ":" in target:
            return True
        touched = self._touched.get(target)
        return bool(touched) and _touches(reference_area(reference), touched or set())


def _words(text: str) -> Iterator[str]:
    """The names and functions in text between references, upper case; "[" for a table's part."""
    return (match[1].upper() for match in _WORD.finditer(text) if match[1])


def _touches(area: Area, touched: set[tuple[int, int]]) -> bool:
    if area_size(area) <= len(touched):
        return any(place in touched for place in _places(area))
    return any(
        area.first_row <= row <= area.last_row and area.first_col <= col <= area.last_col
        for row, col in touched
    )


def _places(area: Area) -> Iterator[tuple[int, int]]:
    return (
        (row, col)
        for row in range(area.first_row, area.last_row + 1)
        for col in range(area.first_col, area.last_col + 1)
    )
