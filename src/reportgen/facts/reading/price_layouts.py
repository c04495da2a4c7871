"""Where the closes of one share stand in an export, by the names of its columns.

Vendors differ in their words and in what stands around the table: titles, a line of shares, blocks
side by side that each have their own days. What a name says about the order of day and month, and
about the sign of decimals, is used as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import quote
from reportgen.facts.problems import CellError
from reportgen.facts.reading.dates import settled_order
from reportgen.facts.reading.price_names import (
    ADJUSTED,
    BRACKETED,
    CLOSE_RANK,
    CONTINENTAL,
    DATE_NAMES,
    MONTH_FIRST,
    OTHER_FIELDS,
    TICKER_NAMES,
    TIME_NAMES,
    currency_of,
    is_label_of,
    name_of,
)
from reportgen.facts.reading.text_files import DEEPEST_HEADER, fold
from reportgen.facts.units import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.facts.reading.dates import Order
    from reportgen.facts.reading.text_files import Record


_ADJUSTED_CLOSE = re.compile(r"clos|price|schluss|cierre|clotur|chius|fecham|收盘")
_EVENTS = frozenset({"dividends", "stock splits", "capital gains"})
_DOWNLOADED = ["close", "high", "low", "open"]  # in this order
_PLAIN_HISTORY = frozenset({"open", "high", "low", "close", "volume"})
_EXPECTED = "a header line with Date and Close, or an export of a known vendor"


class PriceLayout(NamedTuple):
    """Where the closes of one share stand: columns from 0, records from `first` on.

    `order` and `decimal` are what the names tell of the spelling of days and numbers. `label` is
    the share that the file names, `currency` the currency; "" where it does not say. `is_adjusted`:
    the closes are, or seem to be, adjusted for dividends.
    """

    header: Record
    date_place: int
    close_place: int
    first: int
    order: Order | None = None
    decimal: str | None = None
    label: str = ""
    label_place: int | None = None
    currency: str = ""
    is_adjusted: bool = False


def known_price_columns(cells: list[str]) -> int:
    """How many cells name a date or a close: the delimiter is chosen by it."""
    names = {name_of(cell) for cell in cells}
    return len(names & (DATE_NAMES | TIME_NAMES)) + len(names & CLOSE_RANK.keys())


def find_layout(records: Sequence[Record], share: str, currency: str = "") -> PriceLayout:
    """The layout of a file's closes of `share` (a ticker); raises CellError if it has none.

    Of several columns of closes of the share, the one in `currency` counts.
    """
    for index, record in enumerate(records[:DEEPEST_HEADER]):
        names = [name_of(cell) for cell in record.cells]
        if names[0] in {"price", "ticker"} and index + 1 < len(records):
            below = name_of(records[index + 1].cells[0])
            if below in {"ticker", "price"} and below != names[0]:
                return _downloaded(records, index, share)
        blocks = _blocks(names, record.cells, share)
        if any(block.closes for block in blocks):
            return _chosen(records, index, blocks, share, currency)
    raise _no_layout(records)


def _no_layout(records: Sequence[Record]) -> CellError:
    if not records:
        return CellError("is empty", _EXPECTED)
    start = records[0].cells[0].lstrip("\ufeff \t").lower()
    for sign, what in (("{", "JSON"), ("[", "JSON"), ("<!", "a web page"), ("<html", "a web page")):
        if start.startswith(sign):
            return CellError(f"holds {what}, not a table", _EXPECTED, "export the closes as CSV")
    first = ",".join(records[0].cells)
    return CellError(f"has no column of closes (it begins with {quote(first)})", _EXPECTED)


class _Block(NamedTuple):
    """Columns that share their days: from `start` up to `stop`, and which of them hold closes."""

    date_place: int
    start: int
    stop: int
    closes: tuple[int, ...]


def _blocks(names: Sequence[str], cells: Sequence[str], share: str) -> list[_Block]:
    """The blocks of a header line, none if it names no day: a close belongs to the day before."""
    dates = [place for place, name in enumerate(names) if name in DATE_NAMES]
    dates = dates or [place for place, name in enumerate(names) if name in TIME_NAMES][:1]
    if not dates and names[0] in {"", "unnamed: 0"} and CLOSE_RANK.keys() & set(names):
        dates = [0]  # the index of a frame, which has no name
    if not dates:
        return []
    starts = [0] if len(dates) == 1 else dates
    stops = [*starts[1:], len(names)]
    return [
        _Block(day, start, stop, _closes_of(names, cells, day, range(start, stop), share))
        for day, start, stop in zip(dates, starts, stops, strict=True)
    ]


def _closes_of(
    names: Sequence[str], cells: Sequence[str], day: int, places: range, share: str
) -> tuple[int, ...]:
    """The columns of a block that hold closes: by the best name there is, else by the share's."""
    others = [place for place in places if place != day]
    raw = [place for place in others if not ADJUSTED.search(names[place])]
    best = min(
        (CLOSE_RANK[names[place]] for place in raw if names[place] in CLOSE_RANK), default=None
    )
    if best is not None:
        return tuple(place for place in raw if CLOSE_RANK.get(names[place]) == best)
    named = [place for place in raw if _is_close_of(cells[place], share)]
    adjusted = [
        place for place in others if place not in raw and _ADJUSTED_CLOSE.search(names[place])
    ]
    return tuple(named or adjusted)


def _is_close_of(cell: str, share: str) -> bool:
    """Whether a header names the share, alone or with a word for its close: `BABA close`."""
    words = re.split(r"[\s_(),'-]+", fold(cell))
    return is_label_of(cell, share) and not OTHER_FIELDS.intersection(words)


def _chosen(
    records: Sequence[Record], index: int, blocks: Sequence[_Block], share: str, currency: str
) -> PriceLayout:
    header = records[index]
    closes = [(block, place) for block in blocks for place in block.closes]
    labels = {place: _label(records[: index + 1], block, place, share) for block, place in closes}
    block, place = _of_share(closes, labels, header, share, currency)
    names = [name_of(cell) for cell in header.cells]
    close_name = names[place]
    is_continental = close_name in CONTINENTAL
    order: Order | None = "DMY" if is_continental else _order_above(records[:index])
    return PriceLayout(
        header,
        block.date_place,
        place,
        index + 1,
        "MDY" if close_name == MONTH_FIRST else order,
        "," if is_continental else None,
        labels[place],
        next((one for one, name in enumerate(names) if name in TICKER_NAMES), None),
        _stated_currency(records[: index + 1], place),
        _is_adjusted(header, block, place, share, records[index + 1 :]),
    )


def _of_share(
    closes: Sequence[tuple[_Block, int]],
    labels: dict[int, str],
    header: Record,
    share: str,
    currency: str,
) -> tuple[_Block, int]:
    """The one column of closes of the share; raises CellError if there is none, or two."""
    if len(closes) == 1:
        return closes[0]
    found = [(block, place) for block, place in closes if is_label_of(labels[place], share)]
    if not found and not any(labels.values()):
        found = list(closes)
    for fitting in (
        [one for one in found if currency and _column_currency(header.cells[one[1]]) == currency],
        [one for one in found if not BRACKETED.search(header.cells[one[1]])],
    ):
        if len(found) > 1 and fitting:
            found = fitting
    if len(found) != 1:
        raise CellError(
            f"has closes of {len(closes)} shares, and not one column for {quote(share)}",
            f"one column of closes labelled {share}",
        )
    return found[0]


_TITLED = re.compile(r"\(([A-Za-z]{2,8}:[A-Z0-9.]{1,8}|[A-Z0-9.]{1,8}-[A-Z]{2})\)")
# What a label looks like that names a security; other words above a table say other things
_SECURITY = re.compile(r"(?:[A-Za-z]{2,8}:)?[\^A-Z0-9./=-]{1,12}(?: [A-Z]{2})?(?: [A-Z][a-z]+)?")


def _label(records: Sequence[Record], block: _Block, place: int, share: str) -> str:
    """The share that a column of closes is of, by its own name or the lines above; "" if unknown.

    A name may stand over the first column of its block, or of several that belong to one share.
    Of several names the one that means the share counts, else the nearest.
    """
    *above, header = records
    name = name_of(header.cells[place])
    if name not in CLOSE_RANK and not ADJUSTED.search(name):
        return header.cells[place].strip()
    found = []
    for record in reversed(above):
        cells = [cell.strip() for cell in record.cells]
        within = [cell for cell in cells[block.start : place + 1] if cell]
        if titled := _TITLED.search(" ".join(cells)):
            found.append(titled[1])
        elif within and (len(within) > 1 or not cells[0] or block.start) and not _is_dated(record):
            found.append(within[-1])
    found = [one for one in found if _SECURITY.fullmatch(one) and not currency_of(one)]
    found = [one for one in found if any(map(str.isalpha, one))]
    return next((one for one in found if is_label_of(one, share)), found[0] if found else "")


def _is_dated(record: Record) -> bool:
    return fold(record.cells[0]).startswith(("start", "end", "from", "to", "period"))


def _order_above(records: Sequence[Record]) -> Order | None:
    """The order that Bloomberg's start and end dates settle, if they stand above the header."""
    return settled_order(
        cell for record in records if _is_dated(record) for cell in record.cells[1:]
    )


def _downloaded(records: Sequence[Record], index: int, share: str) -> PriceLayout:
    """A yfinance download: a line of prices and one of tickers, either first, then `Date`."""
    by_name = {name_of(record.cells[0]): record for record in records[index : index + 2]}
    fields = [name_of(cell) for cell in by_name["price"].cells]
    tickers = by_name["ticker"].cells
    places = [place for place, field in enumerate(fields) if place and field == "close"]
    if not places:
        raise CellError("has no column of closes", _EXPECTED)
    labels = {place: tickers[place].strip() if place < len(tickers) else "" for place in places}
    whole = _Block(0, 0, len(fields), tuple(places))
    header = by_name["price"]
    _, close_place = _of_share([(whole, place) for place in places], labels, header, share, "")
    after = index + 2
    if after < len(records) and name_of(records[after].cells[0]) in DATE_NAMES | TIME_NAMES:
        after += 1
    label = labels[close_place]
    adjusted = "adj close" not in fields
    return PriceLayout(header, 0, close_place, after, label=label, is_adjusted=adjusted)


_ZONED_MIDNIGHT = re.compile(r"\d{4}-\d{2}-\d{2} 00:00:00[+-]\d{2}:\d{2}", re.ASCII)


def _is_adjusted(
    header: Record, block: _Block, place: int, share: str, below: Sequence[Record]
) -> bool:
    """Whether closes are, or seem to be, adjusted for dividends.

    yfinance adjusts unless told otherwise, and then leaves the column Adj Close out. Its histories
    are known by their events, by days with a zone, or by the order of their columns.
    """
    fields = [_field(cell, share) for cell in header.cells]
    if ADJUSTED.search(fields[place]):
        return True
    others = [name for one, name in enumerate(fields) if one != block.date_place and name]
    others = [name for name in others if name not in TICKER_NAMES]
    if any(ADJUSTED.search(name) for name in others):
        return False
    if _EVENTS.intersection(others):
        return True
    if not _PLAIN_HISTORY.issuperset(others):
        return False
    days = [
        record.cells[block.date_place] for record in below[:1] if record.cells[block.date_place :]
    ]
    return others[:4] == _DOWNLOADED or any(_ZONED_MIDNIGHT.fullmatch(day.strip()) for day in days)


def _field(cell: str, share: str) -> str:
    """What a column holds, without the share it is of: `('Close', 'BABA')` is close."""
    words = [word for word in re.split(r"[\s_(),'\"]+", fold(cell)) if word]
    kept = [word for word in words if not is_label_of(word, share)]
    return name_of(" ".join(kept))


_STATED = re.compile(
    r"\b(?:currency|w[äa]hrung|devise|divisa|moneda|valuta|waluta)\W+([A-Z]{3})\b", re.IGNORECASE
)


def _column_currency(cell: str) -> str:
    """The currency that a name of closes states: `Close (HKD)`, `Close USD`; "" if none."""
    if name_of(cell) not in CLOSE_RANK:
        return ""
    words = re.findall(r"\b[A-Za-z]{3}\b", cell)
    return next(filter(is_currency, words), "")


def _stated_currency(records: Sequence[Record], place: int) -> str:
    """The currency that the column or a line above the header states; "" if none does."""
    *above, header = records
    if stated := _column_currency(header.cells[place]):
        return stated
    said = (_STATED.search(" ".join(record.cells)) for record in above)
    return next((currency_of(match[1]) for match in said if match), "")


def labels_of(records: Sequence[Record], place: int) -> Iterator[str]:
    """Yield what each record says in the column that names shares."""
    for record in records:
        if place < len(record.cells):
            yield record.cells[place]
