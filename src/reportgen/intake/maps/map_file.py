"""A map as imports.yaml writes it: which columns, or rows, of a sheet are those of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.errors import quote
from reportgen.facts.problems import CellError, suggestion
from reportgen.facts.reading import schema
from reportgen.facts.reading.yaml import SectionReader
from reportgen.facts.reading.yaml_nodes import Scalar, Section
from reportgen.facts.units import SHARES, parse_unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from reportgen.facts.reading.columns import TableSpec
    from reportgen.facts.reading.dates import Order

SPECS: Mapping[str, TableSpec[Any]] = {
    spec.name: spec
    for spec in (schema.TARGETS, schema.ESTIMATES, schema.PRODUCTS, schema.FUNDAMENTALS)
}
NEEDED = {  # what a row of each table cannot do without, but for its day and source
    "targets": ("broker", "target", "currency"),
    "estimates": ("metric", "value", "unit"),
    "products": ("vendor", "product", "price"),
    "fundamentals": ("metric", "value", "unit"),
}
FIGURES = {"targets": "target", "estimates": "value", "products": "price", "fundamentals": "value"}
_KEYS = (
    "table", "sheet", "header", "across", "ticker", "tickers", "source", "columns", "constants",
    "rows", "unit", "currency", "published", "asof", "dates", "months",
)  # fmt: skip
_ACROSS_ONLY, _HEADER_ONLY = ("rows", "currency", "published"), ("columns",)
_LENGTHS = ("0", "3", "6", "12")
PLACE = re.compile(r"\{([^{}]*)\}")  # of a column's cell, in a unit
_SOURCE = re.compile(r"[\w][\w.-]{0,59}")
COUNT = "count"  # a unit: the magnitude of the sheet's money, of things


class Share(NamedTuple):
    """What another name in a sheet stands for: a company, and which of its shares."""

    ticker: str
    line: str = ""


class Taken(NamedTuple):
    """A row of a wide sheet that is taken: as which metric, and how its figures are stated.

    `months` is the length of its periods where it is another than the sheet's, None where not.
    """

    metric: str
    sign: int = 1
    unit: str = ""
    segment: str = ""
    months: int | None = None


@dataclass(frozen=True)
class Map:
    """Which cells of a sheet are the rows of a table.

    A long sheet has a row a figure below a `header`; a wide one has metrics down and periods
    `across`. Either word is a cell of the header row. `ticker` is a column, or the one company that
    the sheet is of; `columns` name those of the table by the sheet's, `rows` the metrics by the
    labels of a wide one, of which `published` and `currency` are labels as well. A `unit` may hold
    columns in braces. `asof` is the column, or the label, of the day on which the sheet was known.
    """

    name: str
    table: str
    source: str
    header: str = ""
    across: str = ""
    sheet: str = ""
    ticker: str = ""
    tickers: Mapping[str, Share] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    rows: Mapping[str, Taken] = field(default_factory=dict)
    unit: str = ""
    currency: str = ""
    published: str = ""
    asof: str = ""
    dates: Order | None = None
    months: int | None = None

    @property
    def anchor(self) -> str:
        """The cell by which the header row is known."""
        return self.across or self.header

    @property
    def is_dated(self) -> bool:
        """Whether rows, or periods, state the day on which they were published."""
        return bool(self.published) or "published" in self.columns

    @property
    def named_in_unit(self) -> tuple[str, ...]:
        """The columns, or labels, that the unit is made of."""
        return tuple(PLACE.findall(self.unit))


def read_map(name: str, reader: SectionReader) -> Map:
    """Return the map that a section describes; its mistakes are logged, each with its line."""
    reader.know_only(_KEYS)
    table = reader.checked("table", _one_of(SPECS), "one of " + ", ".join(SPECS))
    across = reader.text("across", needed=False)
    found = Map(
        name=name,
        table=table,
        source=reader.checked("source", _check_source, "a name such as sellside"),
        header=reader.text("header", "a cell of the header row", needed=not across),
        across=across,
        sheet=reader.text("sheet", needed=False),
        ticker=reader.text("ticker", "the column of the company, or the one that the sheet is of"),
        tickers=_tickers(reader),
        columns=_words(reader, "columns", _columns_of(table)),
        constants=_words(reader, "constants", _columns_of(table)),
        rows=_rows(reader),
        unit=_unit(reader, needed=bool(across)),
        currency=reader.text("currency", needed=False),
        published=reader.text("published", needed=False),
        asof=reader.text("asof", needed=False),
        dates=_order(reader),
        months=_length(reader),
    )
    _check_shape(found, reader)
    return found


def _check_shape(found: Map, reader: SectionReader) -> None:
    """Log what does not belong to a long, or a wide, sheet, and what a row of either lacks."""
    given, line = reader.section.items, reader.section.line
    if found.header and found.across:
        error = CellError("stands beside header", "one of the two", "remove one of them")
        reader.fail(given["across"].line, "across", error)
        return
    for name in _HEADER_ONLY if found.across else _ACROSS_ONLY:
        if name in given:
            kind, other = ("across", "header") if found.across else ("header", "across")
            told = CellError(f"is not for a map with {kind}", f"a map with {other}")
            reader.fail(given[name].line, name, told)
    if found.across:
        if found.table and found.table != "fundamentals":
            told = CellError("is for fundamentals only", "header", "name a column of the sheet")
            reader.fail(given["across"].line, "across", told)
        rows = given.get("rows")
        if not rows or not rows[0]:  # neither there, nor anything but a blank or an empty mapping
            reader.fail(line, "rows", CellError("is missing", "labels with metrics", "fill it in"))
        _check_currency(found, reader)
        return
    stated = {*found.columns, *found.constants, *(("unit",) if found.unit else ())}
    lacking = [name for name in NEEDED.get(found.table, ()) if name not in stated]
    if found.table == "fundamentals" and not stated & {"period", "period_end"}:
        lacking.append("period")
    for name in lacking if found.header else ():
        told = CellError("is missing", "a column, or a constant", "fill it in")
        reader.fail(line, f"columns.{name}", told)
    for name in found.columns.keys() & found.constants.keys():
        error = CellError("is among the columns, too", "one of the two", "remove one of them")
        reader.fail(given["constants"].line, f"constants.{name}", error)


def _check_currency(found: Map, reader: SectionReader) -> None:
    units = (found.unit, *(row.unit for row in found.rows.values()))
    needing = next((unit for unit in units if unit and is_bare(unit)), "")
    if needing and not found.currency:
        told = f"is missing, and the unit {quote(needing)} needs it"
        error = CellError(told, "a label of the sheet, or a code such as USD", "fill it in")
        reader.fail(reader.section.line, "currency", error)


def is_bare(unit: str) -> bool:
    """Whether a unit says how money is stated and not which: `m`, `bn`, `share`, `ORD`."""
    read = parse_unit(unit)
    return not read.currency and (unit.lower() in SHARES or (read.is_amount and not read.share))


def _columns_of(table: str) -> tuple[str, ...]:
    spec = SPECS.get(table)
    return tuple(name for name in spec.column_names if name != "source") if spec else ()


def _words(reader: SectionReader, name: str, known: Collection[str] = ()) -> dict[str, str]:
    """Return the texts under a key by their names, which are to be of the known ones if any."""
    inner = reader.within_section(name)
    if inner is None:
        return {}
    if known:
        _know_only(inner, known)
    return {one: inner.text(one, "a text") for one in inner.section.items}


def _know_only(reader: SectionReader, known: Iterable[str]) -> None:
    known = tuple(known)
    for name, node in reader.section.items.items():
        if name not in known:
            remedy = suggestion(name, known)
            error = CellError("is not a column of the table", "" if remedy else _or(known), remedy)
            reader.fail(node.line, name, error)


def _or(names: Iterable[str]) -> str:
    return "one of " + ", ".join(names)


def _tickers(reader: SectionReader) -> dict[str, Share]:
    inner = reader.within_section("tickers")
    if inner is None:
        return {}
    found: dict[str, Share] = {}
    for name, node in inner.section.items.items():
        if isinstance(node, Section):
            one = SectionReader(node, reader.log, f"{inner.within}{name}.")
            one.know_only(("ticker", "line"))
            line = one.checked("line", _one_of(SHARES), "listed or ordinary", needed=False)
            found[name] = Share(one.text("ticker", "a company"), SHARES.get(line.lower(), ""))
        else:
            found[name] = Share(inner.text(name, "a company"))
    return found


def _rows(reader: SectionReader) -> dict[str, Taken]:
    inner = reader.within_section("rows")
    if inner is None:
        return {}
    found: dict[str, Taken] = {}
    for name, node in inner.section.items.items():
        if isinstance(node, Section):
            one = SectionReader(node, reader.log, f"{inner.within}{name}.")
            one.know_only(("metric", "sign", "unit", "segment", "months"))
            sign = one.checked("sign", _one_of(("1", "-1", "+1")), "1 or -1", needed=False)
            found[name] = Taken(
                one.text("metric", "a metric"),
                int(sign) if sign in {"1", "-1", "+1"} else 1,
                _unit(one),
                one.text("segment", needed=False),
                _length(one),
            )
        elif isinstance(node, Scalar):
            found[name] = Taken(inner.text(name, "a metric"))
        else:
            error = CellError("holds more than one value", "a metric, or keys such as metric")
            inner.fail(node.line, name, error)
    return found


def _length(reader: SectionReader) -> int | None:
    text = reader.checked("months", _one_of(_LENGTHS), "3, 6, 12, or 0 for a day", needed=False)
    return int(text) if text in _LENGTHS else None


def _order(reader: SectionReader) -> Order | None:
    text = reader.checked("dates", _one_of(("DMY", "MDY")), "DMY or MDY", needed=False)
    return "DMY" if text == "DMY" else "MDY" if text == "MDY" else None


class _one_of:  # noqa: N801 - reads as a function
    """A check that a text is one of the names known."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)

    def __call__(self, text: str) -> None:
        if text not in self.names and text.lower() not in self.names:
            found = f"{quote(text)} is none of them"
            raise CellError(found, "", suggestion(text, self.names) or _or(self.names))


def _unit(reader: SectionReader, *, needed: bool = False) -> str:
    """Return a unit that can be read, or is made of columns; "" where it is neither."""
    text = reader.text("unit", "m, share, count or a unit such as USD m", needed=needed)
    try:
        if not PLACE.search(text):
            parse_unit(text)
    except CellError as error:
        reader.fail(reader.section.items["unit"].line, "unit", error)
        return ""
    return text


def _check_source(text: str) -> None:
    if not _SOURCE.fullmatch(text):
        raise CellError(
            f"{quote(text)} cannot name a source", "letters, digits and . - _, 60 at most"
        )
