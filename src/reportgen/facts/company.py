"""The company a pack describes: undated facts of company.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Segment(NamedTuple):
    """A reported segment; `metric` is the fundamental its multiple applies to."""

    id: str
    name: str
    metric: str


class Launch(NamedTuple):
    """A product announcement; `market` is the first word of its `market_size` claims' variants."""

    name: str
    date: date
    market: str


class PriceFile(NamedTuple):
    """What prices.csv does not show by itself: how it is to be read, no fact about the company.

    `splits` is "raw" or "adjusted" (for every split up to its last day), `zone` an IANA name such
    as America/New_York; "" where company.yaml does not say.
    """

    splits: str = ""
    zone: str = ""


@dataclass(frozen=True)
class Company:
    """A listed company. Currencies are ISO codes, subunits such as GBp already made whole.

    `reference` is the (vendor, product) that competitors' prices are compared with;
    `fiscal_year_end` is MM-DD; `quote_currency` is the price currency as company.yaml has it,
    in which prices.csv is quoted; `metric_names` are pairs of a metric and what the company calls
    it. The `*_source` ids are "" where the pack names none. No part of what is known are
    `price_file` (closes that were read in two ways and agree are the same closes), `sector` (it
    acts through the assumptions that it hands down) and `tags` (companies are picked by them).
    """

    ticker: str
    name: str
    exchange: str
    price_currency: str
    reporting_currency: str
    adr_ratio: float
    fiscal_year_end: str
    benchmark: str | None
    segments: tuple[Segment, ...]
    peers: tuple[str, ...]
    own_vendor: str | None
    reference: tuple[str, str] | None
    launch: Launch | None
    quote_currency: str = ""
    metric_names: tuple[tuple[str, str], ...] = ()
    price_source: str = ""
    benchmark_source: str = ""
    fx_source: str = ""
    price_file: PriceFile = field(default=PriceFile(), compare=False)
    sector: str = field(default="", compare=False)
    tags: tuple[str, ...] = field(default=(), compare=False)

    @property
    def prices_from(self) -> str:
        """The source of its closes: the one that the pack names, else the exchange."""
        return self.price_source or self.exchange

    @property
    def benchmark_from(self) -> str:
        """The source of the benchmark's closes, likewise."""
        return self.benchmark_source or "the exchange"

    @property
    def rates_from(self) -> str:
        """The source of the exchange rates: the one that the pack names, else the central bank."""
        return self.fx_source or "ECB"

    @property
    def description(self) -> dict[str, object]:
        """What is known of the company, by field: how its files were read is no part of it."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.compare}
