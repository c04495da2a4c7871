"""What a file from outside holds, told by its content: filings, closes, rates, targets."""

from __future__ import annotations

import hashlib
import io
import math
import re
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from reportgen.errors import ReportgenError
from reportgen.facts.problems import CellError
from reportgen.facts.reading.market_files import known_rate_columns, rate_header
from reportgen.facts.reading.price_layouts import known_price_columns
from reportgen.facts.reading.text_files import DEEPEST_HEADER, decode, read_input, split
from reportgen.facts.units import CURRENCIES
from reportgen.intake.maps.rows import Mapped
from reportgen.intake.outside_files import LARGEST
from reportgen.intake.sandbox import require_measure, unpacked
from reportgen.intake.sec.facts import filer_of
from reportgen.intake.sec.filings import listing_of
from reportgen.intake.sec.instance import instance_of
from reportgen.intake.sec.quarters import CONCEPTS
from reportgen.intake.yahoo import Summary, summary_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.facts.reading.text_files import Delimited
    from reportgen.intake.sec.facts import Filer
    from reportgen.intake.sec.filings import Listing
    from reportgen.intake.sec.instance import Instance

_HEAD = 4096
_CODE = re.compile(r"[A-Z]{3}")  # the ECB keeps those of former members
_REMEDIES = {
    b"PK": "is a workbook; name a map for it with --map",
    b"\xd0\xcf\x11\xe0": "is a workbook; save it as xlsx",
}
_PAGE = re.compile(rb"<!doctype html|<html", re.IGNORECASE)


@dataclass(frozen=True)
class Filings:
    """Every figure that a company filed with the SEC."""

    path: Path
    filer: Filer


@dataclass(frozen=True)
class Segments:
    """What one filing says of the segments of its company."""

    path: Path
    instance: Instance


@dataclass(frozen=True)
class Listed:
    """The filings of a company, as the SEC lists them."""

    path: Path
    listing: Listing


@dataclass(frozen=True)
class CloseTable:
    """A table of closes; whose they are is told by its layout, or by the name of the file."""

    path: Path
    table: Delimited


@dataclass(frozen=True)
class Bars:
    """Closes of one share by the day of its exchange, and the splits that the file states.

    `quote` is what it says of the share besides, as company.yaml calls it: name, exchange ...
    """

    path: Path
    share: str
    closes: Mapping[date, float]
    splits: Mapping[date, float]
    quote: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rates:
    """A table of units per 1 EUR, as the European Central Bank writes it."""

    path: Path
    table: Delimited


OfSec = Filings | Segments | Listed
Content = OfSec | CloseTable | Bars | Rates | Summary | Mapped


KINDS: Mapping[str, type] = {
    "closes": CloseTable,
    "rates": Rates,
    "companyfacts": Filings,
    "instance": Segments,
    "submissions": Listed,
    "bars": Bars,
    "summary": Summary,
}


def read_content(path: Path, kind: str = "") -> Content:
    """Return what a file holds, told by its content unless a `kind` of KINDS says so.

    Raises ReportgenError with its name where it is too large, cannot be read, or is of no kind
    that is known.
    """
    real = path.resolve()
    try:
        raw = read_input(real, real.parent)
    except CellError as error:
        raise ReportgenError(f"{path}: {error.found}; expected {error.expected}") from None
    if raw is None:
        raise ReportgenError(f"{path}: there is no such file")
    return content_of(path, raw, kind)


def content_of(path: Path, raw: bytes, kind: str = "") -> Content:
    """Return what the bytes of a file hold; ReportgenError with its name for no known kind."""
    try:
        return _of_kind(_content(path, raw, kind), kind)
    except CellError as error:
        raise ReportgenError(f"{path}: {error.found}; {error.expected or error.remedy}") from None
    except ReportgenError as error:
        raise ReportgenError(f"{path}: {error}") from None


def _of_kind(content: Content, kind: str) -> Content:
    if kind and not isinstance(content, KINDS[kind]):
        found = next((name for name, one in KINDS.items() if isinstance(content, one)), "a sheet")
        raise ReportgenError(f"holds {found}, not {kind}; leave out --as")
    return content


def _content(path: Path, raw: bytes, kind: str) -> Content:
    if len(raw) > LARGEST:
        raise ReportgenError(f"is larger than {LARGEST // 1024**2} MiB; take a part of it")
    if zipfile.is_zipfile(io.BytesIO(raw)) and (member := unpacked("archive", raw)):
        name, raw = member
        path = path.with_name(name.rpartition("/")[2]) if name.endswith(".xml") else path
    start = raw[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return _of_json(path, raw)
    if _PAGE.search(start):
        raise ReportgenError("is a page of HTML, not what it shows; export the figures")
    if start.startswith(b"<"):
        return Segments(path, instance_of(unpacked("instance", raw)))
    for sign, told in _REMEDIES.items():
        if raw.startswith(sign):
            raise ReportgenError(told)
    require_measure(raw)
    return _of_text(path, *decode(raw), kind)


def _of_text(path: Path, text: str, encoding: str, kind: str) -> Content:
    rates = split(text, encoding, known_rate_columns)
    if kind == "rates" or (kind != "closes" and _are_rates(rates)):
        return Rates(path, rates)
    closes = split(text, encoding, known_price_columns)
    if kind != "closes" and not any(
        known_price_columns(record.cells) for record in closes.records[:DEEPEST_HEADER]
    ):
        raise ReportgenError("has no columns that are known; name a map for it with --map")
    return CloseTable(path, closes)


def _are_rates(table: Delimited) -> bool:
    try:
        cells = rate_header(table).cells
    except CellError:
        return False
    codes = [cell.strip() for cell in cells[1:] if cell.strip()]
    return all(map(_CODE.fullmatch, codes)) and not CURRENCIES.isdisjoint(codes)


# --- JSON of vendors ---
def _of_json(path: Path, raw: bytes) -> Content:
    told = unpacked("json", raw, concepts=CONCEPTS)
    if isinstance(told, dict):
        if "facts" in told:
            return Filings(path, filer_of(told))
        if "filings" in told:
            return Listed(path, listing_of(told))
        try:
            if "chart" in told:
                return _of_chart(path, told["chart"])
            if "quoteSummary" in told:
                digest = hashlib.sha256(raw).hexdigest()
                return summary_of(path, digest, told["quoteSummary"])
            if "results" in told and "ticker" in told:
                return _of_aggregates(path, told)
        except (
            ArithmeticError, AttributeError, KeyError, TypeError, ValueError, IndexError, OSError,
        ):  # fmt: skip
            raise ReportgenError("has another shape than the vendor's answers") from None
    raise ReportgenError("is JSON of no kind that is known")


def _of_chart(path: Path, chart: Any) -> Bars:  # noqa: ANN401 - what JSON holds
    """Read the chart of Yahoo: its closes are adjusted for splits."""
    (result,) = chart["result"]
    meta = result["meta"]
    zone = ZoneInfo(meta["exchangeTimezoneName"])
    (quote,) = result["indicators"]["quote"]
    closes = {
        datetime.fromtimestamp(stamp, zone).date(): float(close)
        for stamp, close in zip(result["timestamp"], quote["close"], strict=True)
        if close is not None and math.isfinite(close)
    }
    events = result.get("events", {}).get("splits", {})
    splits = {
        datetime.fromtimestamp(one["date"], zone).date(): one["numerator"] / one["denominator"]
        for one in events.values()
    }
    names = {
        "name": meta.get("longName"),
        "exchange": meta.get("fullExchangeName"),
        "price_currency": meta.get("currency"),
    }
    quote = {key: value for key, value in names.items() if isinstance(value, str)}
    return Bars(path, str(meta["symbol"]), closes, splits, quote)


def _of_aggregates(path: Path, told: Mapping[str, Any]) -> Bars:
    """Read the aggregates of Polygon: a bar begins at midnight in New York."""
    zone = ZoneInfo("America/New_York")
    closes = {
        datetime.fromtimestamp(bar["t"] / 1000, UTC).astimezone(zone).date(): float(bar["c"])
        for bar in told["results"]
    }
    return Bars(path, str(told["ticker"]), closes, {})
