"""The shapes in which vendors export closes, told apart by their header.

Yahoo, Stooq and our own files say `Date ... Close`; Nasdaq `Close/Last`, month first; Investing.com
`Price`; Stooq in Polish `Data ... Zamkniecie`, in bulk `<DATE> ... <CLOSE>`; Bloomberg's BDH has
lines above `Dates,PX_LAST`; yfinance's download() has three header lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import quote
from reportgen.facts.problem_log import CellError
from reportgen.facts.reading.dates import settled_order
from reportgen.facts.reading.delimited import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.facts.reading.dates import Order
    from reportgen.facts.reading.delimited import Record

DATE_NAMES = frozenset({"date", "dates", "data", "<date>"})
CLOSE_NAMES = ("close", "close/last", "px_last", "zamkniecie", "<close>", "price")
MONTH_FIRST = "close/last"  # Nasdaq's own name of the column, and always its order of dates
DEEPEST_HEADER = 12
_EXPECTED = "a header line with Date and Close, or an export of a known vendor"
_TICKER_NAMES = frozenset({"<ticker>", "ticker", "symbol"})


class PriceLayout(NamedTuple):
    """Where the closes of one share stand: columns from 0, records from `first` on."""

    header: Record
    date_place: int
    close_place: int
    first: int
    order: Order | None
    label: str = ""
    label_place: int | None = None
    may_be_adjusted: bool = False


def recognised(cells: list[str]) -> int:
    """How many cells name a date or a close: the delimiter is chosen by it."""
    names = {fold(cell) for cell in cells}
    return len(names & DATE_NAMES) + len(names.intersection(CLOSE_NAMES))


def find_layout(records: Sequence[Record], share: str) -> PriceLayout:
    """The layout of a file's closes of `share` (a ticker); raises CellError if it has none."""
    for index, record in enumerate(records[:DEEPEST_HEADER]):
        names = [fold(cell) for cell in record.cells]
        if names[0] in {"price", "ticker"} and index + 1 < len(records):
            below = [fold(cell) for cell in records[index + 1].cells]
            if below[0] in {"ticker", "price"} and below[0] != names[0]:
                return _downloaded(records, index, share)
        if DATE_NAMES.intersection(names) and set(CLOSE_NAMES).intersection(names):
            return _single_header(records, index, names, share)
    raise CellError("has no column of closes" if records else "is empty", _EXPECTED)


def _single_header(
    records: Sequence[Record], index: int, names: list[str], share: str
) -> PriceLayout:
    close_name = next(name for name in CLOSE_NAMES if name in names)
    places = [place for place, name in enumerate(names) if name == close_name]
    labels = _labels_above(records[:index], places)
    date_place = next(place for place, name in enumerate(names) if name in DATE_NAMES)
    label_place = next((place for place, name in enumerate(names) if name in _TICKER_NAMES), None)
    close_place = _of_share(places, labels, share)
    return PriceLayout(
        records[index],
        date_place,
        close_place,
        index + 1,
        "MDY" if close_name == MONTH_FIRST else _order_above(records[:index]),
        labels[places.index(close_place)],
        label_place,
    )


def _downloaded(records: Sequence[Record], index: int, share: str) -> PriceLayout:
    """A yfinance download: a line of prices and one of tickers, either first, then `Date`."""
    by_name = {fold(record.cells[0]): record for record in records[index : index + 2]}
    fields = [fold(cell) for cell in by_name["price"].cells]
    tickers = by_name["ticker"].cells
    places = [place for place, field in enumerate(fields) if place and field == "close"]
    if not places:
        raise CellError("has no column of closes", _EXPECTED)
    labels = [tickers[place].strip() if place < len(tickers) else "" for place in places]
    close_place = _of_share(places, labels, share)
    after = index + 2
    if after < len(records) and fold(records[after].cells[0]) in DATE_NAMES:
        after += 1
    label = labels[places.index(close_place)]
    adjusted = "adj close" not in fields
    return PriceLayout(
        by_name["price"], 0, close_place, after, None, label, may_be_adjusted=adjusted
    )


def _labels_above(records: Sequence[Record], places: list[int]) -> list[str]:
    """What the last line above the header that names shares says over each place."""
    for record in reversed(records):
        cells = record.cells
        labels = [cells[place].strip() if place < len(cells) else "" for place in places]
        if any(labels) and not settled_order(labels) and not _dated(record):
            return labels
    return [""] * len(places)


def _dated(record: Record) -> bool:
    return fold(record.cells[0]).startswith(("start", "end"))


def _order_above(records: Sequence[Record]) -> Order | None:
    """The order that Bloomberg's start and end dates settle, if they stand above the header."""
    return settled_order(cell for record in records if _dated(record) for cell in record.cells[1:])


def _of_share(places: list[int], labels: list[str], share: str) -> int:
    if len(places) == 1:
        return places[0]
    matching = [
        place for place, label in zip(places, labels, strict=True) if is_label_of(label, share)
    ]
    if len(matching) != 1:
        raise CellError(
            f"has closes of {len(places)} shares, and not one column for {quote(share)}",
            f"one column of closes labelled {share}",
        )
    return matching[0]


def is_label_of(label: str, share: str) -> bool:
    """Whether a vendor's label means the share: `BABA US Equity`, `BABA.US`, `^HSI` for HSI."""
    wanted, found = share.lower().lstrip("^"), label.lower().strip().lstrip("^")
    return found == wanted or re.split(r"[ .:]", found)[0] == wanted
