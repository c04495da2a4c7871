"""How a table of the input contract is declared."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from reportgen.facts.reading.columns import Column, Kind

RowT = TypeVar("RowT", bound=tuple[object, ...])


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
    stated: tuple[str, ...]
    sorted_by: tuple[str, ...]
    disputed: bool = False

    @property
    def file_name(self) -> str:
        """The name of the file in the company's folder."""
        return f"{self.name}.csv"

    def is_needed(self, column: Column) -> bool:
        """Whether the header must have the column."""
        return column.name not in self.optional


def day_column(name: str, *, needed: bool = True) -> Column:
    """A day that decides with others whether a row is known."""
    return Column(name, Kind.DATE, needed, expected="a day as YYYY-MM-DD")


def name_column(name: str, expected: str) -> Column:
    """A text that no row may leave blank and that becomes part of a key."""
    return Column(name, Kind.NAME, needed=True, expected=expected)


def maybe_column(name: str) -> Column:
    """A text that may be blank and becomes part of a key."""
    return Column(name, Kind.NAME)


def text_column(name: str) -> Column:
    """A text that may hold anything."""
    return Column(name, Kind.TEXT)


def choice_column(name: str, *choices: str, default: str = "") -> Column:
    """One of a few words; `default` where blank."""
    return Column(name, Kind.CHOICE, choices=choices, default=default)


def number_column(
    name: str, measured_by: str, expected: str, *, needed: bool = False, default: str = ""
) -> Column:
    """A figure; `measured_by` is the column of its unit or currency, or its unit."""
    return Column(name, Kind.NUMBER, needed, (), default, measured_by, expected)


PUBLISHED = day_column("published")
SOURCE = name_column("source", "the id of a row of sources.csv")
QUALIFIER = choice_column("qualifier", "=", "~", ">", "<", default="=")
UNIT = Column("unit", Kind.UNIT, needed=True, expected="a unit such as USD m, USD/ADS, ratio or x")
CURRENCY = Column("currency", Kind.CURRENCY, needed=True, expected="a currency such as USD")
NOTE = text_column("note")
METRIC = name_column("metric", "the name of a metric")
