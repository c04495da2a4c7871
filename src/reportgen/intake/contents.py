"""What a file from outside holds, told by its content: filings, closes or rates."""

from __future__ import annotations

import io
import json
import math
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from reportgen.errors import ReportgenError
from reportgen.facts.problems import CellError
from reportgen.facts.reading.market_files import known_rate_columns, rate_header
from reportgen.facts.reading.price_layouts import known_price_columns
from reportgen.facts.reading.text_files import DEEPEST_HEADER, decode, split
from reportgen.facts.units import CURRENCIES
from reportgen.intake.maps.rows import Mapped
from reportgen.intake.sec.facts import read_companyfacts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.facts.reading.text_files import Delimited
    from reportgen.intake.sec.facts import Filer

LARGEST = 64 * 1024**2  # bytes, also after unpacking
_HEAD = 4096
_CODE = re.compile(r"[A-Z]{3}")  # the ECB keeps those of former members
_RATES_IN_ZIP = "eurofxref-hist.csv"
_REMEDIES = {
    b"PK": "name a map for it with --map",
    b"\xd0\xcf\x11\xe0": "save it as xlsx",
}


@dataclass(frozen=True)
class Filings:
    """Every figure that a company filed with the SEC."""

    path: Path
    filer: Filer


@dataclass(frozen=True)
class CloseTable:
    """A table of closes; whose they are is told by its layout, or by the name of the file."""

    path: Path
    table: Delimited


@dataclass(frozen=True)
class Bars:
    """Closes of one share by the day of its exchange, and the splits that the file states."""

    path: Path
    share: str
    closes: Mapping[date, float]
    splits: Mapping[date, float]


@dataclass(frozen=True)
class Rates:
    """A table of units per 1 EUR, as the European Central Bank writes it."""

    path: Path
    table: Delimited


Content = Filings | CloseTable | Bars | Rates | Mapped


def read_content(path: Path) -> Content:
    """Return what a file holds.

    Raises ReportgenError with its name where it is too large, cannot be read, or is of no kind
    that is known.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise ReportgenError(f"{path}: cannot be read: {error.strerror}") from None
    if len(raw) > LARGEST:
        raise ReportgenError(f"{path}: is larger than {LARGEST // 1024**2} MiB; take a part of it")
    return content_of(path, raw)


def content_of(path: Path, raw: bytes) -> Content:
    """Return what the bytes of a file hold; ReportgenError with its name for no known kind."""
    try:
        return _content(path, raw)
    except CellError as error:
        raise ReportgenError(f"{path}: {error.found}; {error.expected or error.remedy}") from None
    except ReportgenError as error:
        raise ReportgenError(f"{path}: {error}") from None


def _content(path: Path, raw: bytes) -> Content:
    start = raw[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return _of_json(path, raw)
    if zipfile.is_zipfile(io.BytesIO(raw)):
        raw = _unzipped(raw)
    for sign, remedy in _REMEDIES.items():
        if raw.startswith(sign):
            raise ReportgenError(f"is a workbook; {remedy}")
    return _of_text(path, *decode(raw))


def _unzipped(raw: bytes) -> bytes:
    """Return the table of rates in an archive; what is another archive stays as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if archive.namelist() != [_RATES_IN_ZIP]:
                return raw
            with archive.open(_RATES_IN_ZIP) as file:
                found = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise ReportgenError("is a damaged archive; fetch it again") from None
    if len(found) > LARGEST:
        raise ReportgenError(f"unpacks to more than {LARGEST // 1024**2} MiB")
    return found


def _of_text(path: Path, text: str, encoding: str) -> Content:
    rates = split(text, encoding, known_rate_columns)
    if _are_rates(rates):
        return Rates(path, rates)
    closes = split(text, encoding, known_price_columns)
    if not any(known_price_columns(record.cells) for record in closes.records[:DEEPEST_HEADER]):
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
    try:
        told = json.loads(raw, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise ReportgenError(f"is not JSON: {error}") from None
    if isinstance(told, dict):
        if "facts" in told:
            return Filings(path, read_companyfacts(raw))
        try:
            if "chart" in told:
                return _of_chart(path, told["chart"])
            if "results" in told and "ticker" in told:
                return _of_aggregates(path, told)
        except (KeyError, TypeError, ValueError, IndexError, OverflowError, OSError):
            raise ReportgenError("has another shape than the vendor's answers") from None
    raise ReportgenError("is JSON of no kind that is known")


def _refused(word: str) -> float:
    raise ValueError(f"{word} is no number")


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
    return Bars(path, str(meta["symbol"]), closes, splits)


def _of_aggregates(path: Path, told: Mapping[str, Any]) -> Bars:
    """Read the aggregates of Polygon: a bar begins at midnight in New York."""
    zone = ZoneInfo("America/New_York")
    closes = {
        datetime.fromtimestamp(bar["t"] / 1000, UTC).astimezone(zone).date(): float(bar["c"])
        for bar in told["results"]
    }
    return Bars(path, str(told["ticker"]), closes, {})
