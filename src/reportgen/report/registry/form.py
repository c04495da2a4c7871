"""The form of the Registry: its columns, a row of it, and how many values are packed in a text."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.reader.records import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


TITLE = "Registry"
HEADER = 3
CAPTIONS = (
    "Key",
    "Label",
    "Kind",
    "Type",
    "Unit",
    "Tab",
    "Cell",
    "Issued",
    "Live",
    "Source",
    "Published",
    "Author",
    "Reason",
    "Expires",
)
CHANGED, SERIES = (0, 8), (1, 8)  # where typed cells that changed, and columns, are counted
WIDTHS = (64, 58, 11, 8, 17, 16, 10, 20, 20, 18, 11, 14, 40, 11)
KEY, KIND, TYPE, TAB, CELL = 0, 2, 3, 5, 6
ISSUED, LIVE, SOURCE, PUBLISHED, AUTHOR, REASON, EXPIRES = range(7, 14)
WHAT_IFS = "What-ifs"  # the tab of which the Registry lists no cell
# What is read of a report for its values: not what stands for people alone (label, unit, tab and
# cell of each field), and formulas of the Registry alone, of which some are links
FOR_VALUES = {
    TITLE: Wanted(first_row=HEADER + 1, passed_over=frozenset({1, 4, 5, 6})),
    "": Wanted(formulas=False),
}


# What the Live of a whole column starts with: it counts the cells
_COUNTS = ("=ROWS(", "=COLUMNS(")


def is_of_whole_column(live: str) -> bool:
    """Return whether the formula of a field's Live says that the field is a whole column."""
    return live.startswith(_COUNTS)


# What a blank kind and a blank type stand for: those of most fields
USUAL_KIND, USUAL_TYPE = "calculated", "number"
LEFT_OUT = "left out"  # the kind of a field that the workbook has no cell for

Value = float | str | None


class LiveValue(NamedTuple):
    """A formula and its value: what another cell shows, wherever that cell moves."""

    value: Value = None
    formula: str = ""


NOTHING = LiveValue()


class Field(NamedTuple):
    """One row of the Registry; `unit` is in words, `style` the unit that formats its values."""

    key: str
    label: str
    kind: str
    type: str
    unit: str = ""
    tab: str = ""
    cell: str = ""
    issued: Value = None
    live: LiveValue = NOTHING
    source: str = ""
    published: LiveValue = NOTHING
    author: LiveValue = NOTHING
    reason: LiveValue = NOTHING
    expires: LiveValue = NOTHING
    style: str = "text"


CELL_LIMIT = 32_000  # characters; a cell holds 32,767


def packed(values: Iterable[float | str]) -> list[str]:
    """Return values as texts that each fit into a cell; joined, they are JSON. n/a is null."""
    text = json.dumps([_plain(value) for value in values], separators=(",", ":"))
    return [text[at : at + CELL_LIMIT] for at in range(0, len(text), CELL_LIMIT)]


def _plain(value: float | str) -> float | str | None:
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return None
    # a whole number is shorter without its point; minus zero would lose its sign
    whole = float(value).is_integer() and (value != 0 or math.copysign(1, value) > 0)
    return int(value) if whole and abs(value) < 2**53 else float(value)


def unpacked(texts: Sequence[str]) -> list[float | str | None]:
    """Return the values of `packed` texts, numbers as floats. Raises ValueError on other text."""
    values = json.loads("".join(texts))
    try:
        return [value if isinstance(value, str | None) else float(value) for value in values]
    except TypeError:
        raise ValueError("not a list of texts and numbers") from None
