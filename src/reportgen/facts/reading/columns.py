"""How a table of the input contract is declared: its columns, and what may stand in each.

Here are the kinds of cells, the words that declare a table, and how a header is matched with it.
"""

from __future__ import annotations

import math
import unicodedata
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from reportgen.errors import quote
from reportgen.facts.problems import CellError, nearest, suggestion
from reportgen.facts.reading.free_text import as_meant
from reportgen.facts.reading.numbers import MISSING, parse_number
from reportgen.facts.reading.text_files import fold
from reportgen.facts.units import mark_fits, parse_currency, parse_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.text_files import Record


_DIRECTIONS = frozenset(
    {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "L", "R", "AL"}
)
LONGEST_CELL = 32_767  # UTF-16 units: what a cell of a workbook holds


class CellKind(Enum):
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
    kind: CellKind
    needed: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    measured_by: str = ""
    expected: str = ""
    synonyms: Mapping[str, str] = MappingProxyType({})  # of choices, in small letters

    @property
    def is_free_text(self) -> bool:
        """Whether it holds words, which a spreadsheet may take for a formula; not a rule."""
        return self.kind in {CellKind.TEXT, CellKind.NAME} and self.name != "trigger"


def text_value(column: Column, text: str) -> str:
    """The text of a cell without spaces around it, as long as a cell of a workbook may be."""
    value = as_meant(text.strip()) if column.is_free_text else text.strip()
    if len(value) > LONGEST_CELL // 2 and (length := len(value.encode("utf-16-le")) // 2) > (
        LONGEST_CELL
    ):
        twice = ", some of which count as two" if length > len(value) else ""
        expected = f"at most {LONGEST_CELL:,}, the most a cell holds"
        raise CellError(f"holds {length:,} characters{twice}", expected)
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
    value = text.strip()
    if column.default and value.lower() in MISSING:
        value = column.default
    if value in column.choices:
        return value
    by_folded = {choice.lower(): choice for choice in column.choices} | dict(column.synonyms)
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
    if mark not in {"", "%", "x"} and not unit and column.measured_by == "unit":
        found = f"{quote(text.strip())} is marked {mark}, and the row states no unit"
        raise CellError(found, column.expected, "state it in the column unit")
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


class Row(Protocol):
    """A record of a table: a named tuple that knows the line it stands on."""

    @property
    def line_no(self) -> int:
        """The line in the file, from 1."""


RowT = TypeVar("RowT", bound=Row)


class TableSpec(NamedTuple, Generic[RowT]):
    """A table: the record its rows become and the columns in the order of the record's fields.

    `optional` columns may be absent from the header; `key` names the fields that tell rows apart;
    rows of one key may differ in `stated` only where the table is `disputed`. Rows are put in order
    by `sorted_by`, then by all their fields.
    """

    name: str
    row_type: type[RowT]
    columns: tuple[Column, ...]
    optional: frozenset[str]
    key: tuple[str, ...]
    stated: frozenset[str]
    sorted_by: tuple[str, ...]
    disputed: bool = False

    def record(self, fields: Iterable[object]) -> RowT:
        """The record of fields in their order."""
        build: Callable[..., RowT] = self.row_type
        return build(*fields)

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in the order of the record's fields."""
        return tuple(column.name for column in self.columns)

    @property
    def file_name(self) -> str:
        """The name of the file in the company's folder."""
        return f"{self.name}.csv"

    def is_needed(self, column: Column) -> bool:
        """Whether the header must have the column."""
        return column.name not in self.optional


def day_column(name: str, *, needed: bool = True) -> Column:
    """A day that decides with others whether a row is known."""
    return Column(name, CellKind.DATE, needed, expected="a day as YYYY-MM-DD")


def name_column(name: str, expected: str) -> Column:
    """A text that no row may leave blank and that becomes part of a key."""
    return Column(name, CellKind.NAME, needed=True, expected=expected)


def maybe_column(name: str) -> Column:
    """A text that may be blank and becomes part of a key."""
    return Column(name, CellKind.NAME)


def text_column(name: str) -> Column:
    """A text that may hold anything."""
    return Column(name, CellKind.TEXT)


def choice_column(name: str, *choices: str, default: str = "", **synonyms: str) -> Column:
    """One of a few words, or a synonym of one; `default` where blank."""
    return Column(
        name,
        CellKind.CHOICE,
        choices=choices,
        default=default,
        synonyms=MappingProxyType(synonyms),
    )


def number_column(
    name: str, measured_by: str, expected: str, *, needed: bool = False, default: str = ""
) -> Column:
    """A figure; `measured_by` is the column of its unit or currency, or its unit."""
    return Column(name, CellKind.NUMBER, needed, (), default, measured_by, expected)


PUBLISHED = day_column("published")
SOURCE = name_column("source", "the id of a row of sources.csv")
QUALIFIER = choice_column("qualifier", "=", "~", ">", "<", default="=")
UNIT = Column(
    "unit", CellKind.UNIT, needed=True, expected="a unit such as USD m, USD/ADS, ratio or x"
)
CURRENCY = Column("currency", CellKind.CURRENCY, needed=True, expected="a currency such as USD")
NOTE = text_column("note")
METRIC = name_column("metric", "the name of a metric")


def known_columns(names: set[str], cells: list[str]) -> int:
    """How many of the names of columns the cells hold: the delimiter is chosen by it."""
    return len(names.intersection(map(fold, cells)))


def positions(spec: TableSpec[RowT], header: Record, log: ProblemLog) -> dict[str, int] | None:
    """The place of each column in the file (from 0); None, and problems, if the header will not do.

    Case, accents and spaces around a name do not matter. A column the contract does not know is
    passed over with a warning, unless it is a near miss of one that is absent.
    """
    before = len(log.found)
    names = [fold(cell) for cell in header.cells]
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in places:
            log.mistake(
                header.line_no, name, "stands in the header twice", "", "rename one of them"
            )
        elif name:
            places[name] = place
    _report_unknown(spec, places, header, log)
    _report_absent(spec, places, header, log)
    errors = [problem for problem in log.found[before:] if problem.severity == "error"]
    return None if errors else places


def _report_unknown(
    spec: TableSpec[RowT], places: dict[str, int], header: Record, log: ProblemLog
) -> None:
    known = [column.name for column in spec.columns]
    absent = [name for name in known if name not in places]
    for name in places.keys() - set(known):
        meant = nearest(name, absent)
        if meant:
            log.mistake(header.line_no, None, f"has a column {quote(name)}", meant, "rename it")
        else:
            log.caution(header.line_no, None, f"has a column {quote(name)}, which is not used")


def _report_absent(
    spec: TableSpec[RowT], places: dict[str, int], header: Record, log: ProblemLog
) -> None:
    needed = [column.name for column in spec.columns if column.name not in spec.optional]
    absent = [name for name in needed if name not in places]
    if absent:
        log.mistake(
            header.line_no,
            None,
            f"lacks the column{'s' if len(absent) > 1 else ''} {', '.join(absent)}",
            "a header line " + ",".join(column.name for column in spec.columns),
        )
