"""Reading company.yaml: every mistake of the file told with its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from reportgen.errors import quote
from reportgen.facts.company import Company, Launch, PriceFile, Segment
from reportgen.facts.problems import CellError, suggestion
from reportgen.facts.reading.numbers import parse_number
from reportgen.facts.reading.yaml import SectionReader
from reportgen.facts.reading.yaml_nodes import Scalar, Section
from reportgen.facts.units import parse_currency
from reportgen.periods import parse_iso_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reportgen.facts.problems import ProblemLog


_ALLOWED = re.compile(r"[\w^=+&-][\w .^=+&-]{0,59}", re.ASCII)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def file_name_fault(name: str) -> str:
    """Why a ticker or benchmark cannot name a file; "" if it can.

    Letters, digits and . ^ = + & - _ cover the tickers of the world's exchanges; anything else
    could climb out of the folder or name a device.
    """
    if not _ALLOWED.fullmatch(name) or ".." in name or name.endswith((" ", ".")):
        return "cannot name a file (letters, digits and . ^ = + & - _ are allowed)"
    if _DEVICES.fullmatch(name):
        return "is a name that Windows keeps for a device"
    return ""


MARKET, UNIVERSE = "market", "universe"  # folders beside those of companies
RUNS = "runs"  # and one beside those of their reports
_RESERVED = {
    MARKET: "is the folder of rates and benchmarks",
    UNIVERSE: "is the folder of tables of many companies",
    RUNS: "is the folder of what happened in runs",
}


def ticker_fault(name: str) -> str:
    """Why a name cannot be the ticker of a pack; "" if it can."""
    return _RESERVED.get(name.lower(), "") or file_name_fault(name)


KEYS = (
    "ticker", "name", "exchange", "price_currency", "reporting_currency", "adr_ratio",
    "fiscal_year_end", "benchmark", "segments", "peers", "products", "launch", "metric_names",
    "prices", "sources", "sector", "tags",
)  # fmt: skip
LONGEST_NAME = 80  # a character may count twice; the longest names of listed companies have 70
LEAP_YEAR = "2024"  # 02-29 is a day a fiscal year may end on


_NOTHING = Section({}, 1)


def read_company(
    text: str | None, ticker: str, log: ProblemLog, listed: Section = _NOTHING
) -> Company:
    """The company a company.yaml describes; where it has mistakes, logged, fields are blank.

    `listed` is what a list of companies says of it: what company.yaml says counts instead, but for
    keys that it leaves blank. Without a `text` it is all there is.
    """
    if text is None:
        return _company(SectionReader(listed, log), ticker)
    reader = SectionReader.of_text(text, log, "keys such as ticker, name and exchange")
    if reader is None:
        return unknown_company(ticker)
    said = reader.section.items
    filled = {
        name: node
        for name, node in said.items()
        if node != Scalar("", node.line) or name not in listed.items
    }
    section = Section({**listed.items, **filled}, reader.section.line)
    return _company(SectionReader(section, log), ticker)


def unknown_company(ticker: str) -> Company:
    """A company of which nothing but the ticker is known, so that its tables can be read."""
    return Company(ticker, "", "", "", "", 1.0, "", None, (), (), None, None, None)


def _company(reader: SectionReader, ticker: str) -> Company:
    reader.know_only(KEYS)
    products = reader.within_section("products")
    sources = reader.within_section("sources")
    price_currency = _currency(reader, "price_currency")
    return Company(
        ticker=reader.checked("ticker", _same_as(ticker), "the name of the folder"),
        name=reader.checked("name", _check_name, "the company's name"),
        exchange=reader.text("exchange", "the exchange the share is listed on"),
        price_currency=price_currency,
        reporting_currency=_currency(reader, "reporting_currency"),
        adr_ratio=_adr_ratio(reader),
        fiscal_year_end=reader.checked("fiscal_year_end", _check_year_end, "MM-DD"),
        benchmark=reader.checked("benchmark", _check_file_name, needed=False) or None,
        segments=_segments(reader),
        peers=_peers(reader),
        own_vendor=_own_vendor(products),
        reference=_reference(products),
        launch=_launch(reader.within_section("launch")),
        quote_currency=reader.text("price_currency", needed=False) if price_currency else "",
        metric_names=_metric_names(reader.within_section("metric_names")),
        price_source=_source(sources, "prices"),
        benchmark_source=_source(sources, "benchmark"),
        fx_source=_source(sources, "fx"),
        price_file=_price_file(reader.within_section("prices")),
        sector=reader.checked("sector", _check_sector, needed=False),
        tags=_tags(reader),
    )


def _same_as(ticker: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        if text != ticker:
            raise CellError(
                f"{quote(text)} is not the name of the folder", quote(ticker), "make the two agree"
            )

    return check


def _check_name(text: str) -> None:
    """A name stands in the title of the file, of which a workbook keeps 255 characters."""
    if len(text) > LONGEST_NAME:
        raise CellError(
            f"has {len(text)} characters", f"the company's name, of at most {LONGEST_NAME}"
        )


def _check_sector(text: str) -> None:
    if len(text) > LONGEST_NAME:
        raise CellError(f"has {len(text)} characters", f"a sector, of at most {LONGEST_NAME}")


def _check_file_name(text: str) -> None:
    fault = file_name_fault(text)
    if fault:
        raise CellError(f"{quote(text)} {fault}", "the name of a file in market/, without .csv")


def _check_year_end(text: str) -> None:
    if parse_iso_day(f"{LEAP_YEAR}-{text}") is None:
        raise CellError(f"{quote(text)} is not a day of the year", 'MM-DD, such as "03-31"')


def _currency(reader: SectionReader, name: str) -> str:
    """The whole currency a key names: GBP where it says GBp."""
    found: list[str] = []

    def check(text: str) -> None:
        found.append(parse_currency(text).code)

    reader.checked(name, check, "a currency such as USD")
    return found[0] if found else ""


_ADR_RATIO = "ordinary shares in one listed share"


def _adr_ratio(reader: SectionReader) -> float:
    found: list[float] = []

    def check(text: str) -> None:
        try:
            number = parse_number(text)
        except CellError as error:
            raise CellError(error.found, error.expected or _ADR_RATIO) from None
        if number.mark or not number.value > 0:
            raise CellError(f"{quote(text)} is not a number above 0", _ADR_RATIO)
        found.append(number.value)

    reader.checked("adr_ratio", check, needed=False)
    return found[0] if found else 1.0


def _segments(reader: SectionReader) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for number, node in enumerate(reader.items("segments"), start=1):
        name = f"segments[{number}]"
        if not isinstance(node, Section):
            reader.fail(node.line, name, CellError("is not a mapping", "{id, name, metric}"))
            continue
        one = SectionReader(node, reader.log, f"{name}.")
        one.know_only(Segment._fields)
        segment = Segment(
            one.checked("id", _check_segment_id, "a short name"),
            one.text("name", "the name to show"),
            one.text("metric", "the metric of fundamentals.csv that is valued"),
        )
        if any(segment.id == other.id for other in segments):
            one.fail(node.line, "id", CellError(f"{quote(segment.id)} stands here twice"))
        segments.append(segment)
    return tuple(segments)


def _check_segment_id(text: str) -> None:
    if text.lower() in {"group", "all"}:
        raise CellError(f"{quote(text)} is taken: group is the whole company, all every scenario")


def _peers(reader: SectionReader) -> tuple[str, ...]:
    nodes = reader.items("peers")
    names = [node.text for node in nodes if isinstance(node, Scalar) and node.text]
    if len(set(names)) < len(nodes):
        line = reader.section.items["peers"].line
        reader.fail(line, "peers", CellError("are not different names", "a list such as [META]"))
    return tuple(names)


_TAG = re.compile(r"[\w.-]+")


def _tags(reader: SectionReader) -> tuple[str, ...]:
    """The tags, in alphabetical order: what companies are selected by."""
    tags: set[str] = set()
    for number, node in enumerate(reader.items("tags"), start=1):
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if not _TAG.fullmatch(text):
            shown = quote(text) if isinstance(node, Scalar) else "what stands there"
            error = CellError(f"{shown} is not a tag", "letters, digits and . - _")
            reader.fail(node.line, f"tags[{number}]", error)
        elif text in tags:
            reader.fail(node.line, f"tags[{number}]", CellError(f"{quote(text)} stands here twice"))
        tags.add(text)
    return tuple(sorted(tags))


def _metric_names(names: SectionReader | None) -> tuple[tuple[str, str], ...]:
    """What the company calls its metrics, in the order of these; a blank name is none."""
    if names is None:
        return ()
    said = ((key, names.checked(key, _check_name, needed=False)) for key in names.section.items)
    return tuple(sorted((key.strip(), name) for key, name in said if name))


def _own_vendor(products: SectionReader | None) -> str | None:
    if products is None:
        return None
    products.know_only(("own", "reference"))
    return products.text("own", needed=False) or None


def _reference(products: SectionReader | None) -> tuple[str, str] | None:
    reference = products.within_section("reference") if products else None
    if reference is None:
        return None
    reference.know_only(("vendor", "product"))
    return reference.text("vendor"), reference.text("product")


def _launch(launch: SectionReader | None) -> Launch | None:
    if launch is None:
        return None
    launch.know_only(Launch._fields)
    days: list[date] = []

    def check(text: str) -> None:
        day = parse_iso_day(text)
        if day is None:
            raise CellError(f"{quote(text)} is not a day", "a day as YYYY-MM-DD")
        days.append(day)

    launch.checked("date", check, "a day as YYYY-MM-DD")
    name, market = launch.text("name"), launch.text("market", needed=False)
    return Launch(name, days[0], market) if days else None


def _source(sources: SectionReader | None, name: str) -> str:
    if sources is None:
        return ""
    sources.know_only(("prices", "benchmark", "fx"))
    return sources.text(name, needed=False)


SPLITS = ("raw", "adjusted")
_ZONE_EXPECTED = "the time zone of the exchange, such as America/New_York"


def _price_file(prices: SectionReader | None) -> PriceFile:
    if prices is None:
        return PriceFile()
    prices.know_only(PriceFile._fields)
    return PriceFile(
        prices.checked("splits", _check_splits, needed=False),
        prices.checked("zone", check_zone, needed=False),
    )


def _check_splits(text: str) -> None:
    if text not in SPLITS:
        raise CellError(
            f"{quote(text)} is not what closes can be",
            " or ".join(SPLITS),
            suggestion(text, SPLITS),
        )


def check_zone(text: str) -> None:
    """Raise CellError unless a text names a time zone."""
    try:
        ZoneInfo(text)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        remedy = suggestion(text, available_timezones())
        raise CellError(f"{quote(text)} is not a time zone", _ZONE_EXPECTED, remedy) from None
