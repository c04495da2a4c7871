"""What may stand in a column, and how its cells become values."""

from __future__ import annotations

import math
import unicodedata
from enum import Enum
from typing import NamedTuple

from reportgen.errors import quote
from reportgen.facts.nearest import suggestion
from reportgen.facts.problem_log import CellError
from reportgen.facts.reading.numbers import parse_number
from reportgen.facts.units import mark_fits, parse_currency, parse_unit

_DIRECTIONS = frozenset(
    {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "L", "R", "AL"}
)
LONGEST_CELL = 32_767  # UTF-16 units: what a cell of a workbook holds


class Kind(Enum):
    """How the text of a cell is to be understood."""

    DATE = "date"  # decides with the others when a row is known
    DUE = "due"  # a day that may lie ahead of as-of
    TEXT = "text"
    NAME = "name"  # becomes part of a key: no control characters
    CHOICE = "choice"
    NUMBER = "number"
    CURRENCY = "currency"
    UNIT = "unit"


class Column(NamedTuple):
    """One column of a table.

    `needed`: no row may leave it blank. `default` stands for a blank choice or number.
    `measured_by` is the column that states a number's unit or currency, or "=ratio" and the like.
    """

    name: str
    kind: Kind
    needed: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    measured_by: str = ""
    expected: str = ""


def text_value(column: Column, text: str) -> str:
    """The text of a cell without spaces around it, as long as a cell of a workbook may be."""
    value = text.strip()
    if len(value) > LONGEST_CELL // 2 and len(value.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise CellError(
            f"holds {len(value):,} characters", f"at most {LONGEST_CELL:,}, the most a cell holds"
        )
    if not value and column.needed:
        raise CellError("is blank", column.expected, "fill it in")
    return value


def name_value(column: Column, text: str) -> str:
    """A text that becomes part of a key: printable, on one line."""
    value = text_value(column, text)
    if not value.isprintable():
        raise unprintable(value)
    return value


def unprintable(text: str) -> CellError:
    """What is wrong with a text that becomes part of a key, by its first character that shows not.

    A mark of direction or width is seen by nobody: it is told by its number.
    """
    odd = next(letter for letter in text if not letter.isprintable())
    what = "a line break or control character"
    if unicodedata.category(odd) == "Cf":
        marks = unicodedata.bidirectional(odd) in _DIRECTIONS
        what = f"an invisible {'direction mark' if marks else 'mark'} (U+{ord(odd):04X})"
    elif unicodedata.category(odd).startswith("Z") and odd not in "\u2028\u2029":
        what = f"a space of its own kind (U+{ord(odd):04X})"
    remedy = "type it anew" if odd > " " else ""
    return CellError(f"{quote(text)} holds {what}", "text on one line", remedy)


def choice_value(column: Column, text: str) -> str:
    """The choice a cell names, in the spelling of the contract."""
    value = text.strip() or column.default
    if value in column.choices:
        return value
    by_folded = {choice.lower(): choice for choice in column.choices}
    if value.lower() in by_folded:
        return by_folded[value.lower()]
    found = f"{quote(value)} is not a {column.name}" if value else "is blank"
    raise CellError(found, " or ".join(column.choices), suggestion(value, column.choices))


def unit_value(column: Column, text: str) -> str:
    """The unit of a row as written; checked, but not yet made whole."""
    value = name_value(column, text)
    parse_unit(value)
    return value


def currency_value(column: Column, text: str) -> str:
    """The currency of a row as written; checked, but not yet made whole."""
    value = name_value(column, text)
    if value:
        parse_currency(value)
    return value


def number_value(column: Column, text: str, unit: str, decimal: str | None) -> float:
    """The number of a cell in its row's unit: 15 % is 0.15; nan if missing."""
    try:
        value, mark = parse_number(text, decimal)
    except CellError as error:
        raise CellError(error.found, error.expected or column.expected, error.remedy) from None
    if mark and not mark_fits(mark, unit):
        raise CellError(
            f"{quote(text.strip())} is marked {mark}, but the row's unit is {quote(unit)}",
            column.expected,
            "make the two agree",
        )
    if math.isnan(value):
        return _missing(column, text)
    return value / 100 if mark == "%" or unit == "%" else value


def _missing(column: Column, text: str) -> float:
    if column.needed:
        raise CellError(f"{quote(text)} is no value" if text else "is blank", column.expected)
    return float(column.default) if column.default else math.nan
