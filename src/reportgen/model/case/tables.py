"""What is known, table by table: the company, the market, its documents, what is claimed of it.

Each table gives the members of its dimensions and the values of its columns; tables to which an
analyst may add have spare rows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.facts.catalogue import metric_name
from reportgen.facts.units import COUNTS, magnitude_of, parse_unit, units_of
from reportgen.model import dims, fundamentals, peers, twelve_months, valuation
from reportgen.model.dims import SEGMENT
from reportgen.model.evidence import claims, products
from reportgen.model.given_values import BLANK, day_number, numbered
from reportgen.model.hype import price_targets
from reportgen.model.inputs import conversion, description, market_data, sources
from reportgen.model.keys import escaped, member
from reportgen.model.words import published_of
from reportgen.periods import fiscal_period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reportgen.facts.pack import Pack
    from reportgen.facts.rows import PackRows
    from reportgen.model.case.record import Builder
    from reportgen.periods import FiscalPeriod


def add_company(builder: Builder, pack: Pack) -> None:
    """Add what the company's own description tells."""
    company = pack.company
    builder.dimension(SEGMENT, (escaped(segment.id) for segment in company.segments))
    builder.dimension(dims.PEER, (escaped(peer) for peer in company.peers))
    vendor, product = company.reference or ("", "")
    launched = company.launch
    builder.put_one(description.as_of, day_number(pack.as_of))
    builder.put_one(valuation.scenario_choice, "base")
    builder.put_one(description.ticker, company.ticker)
    builder.put_one(description.company_name, company.name)
    builder.put_one(description.price_currency, company.price_currency)
    builder.put_one(description.reporting_currency, company.reporting_currency)
    builder.put_one(description.adr_ratio, company.adr_ratio)
    builder.put_one(description.own_vendor, company.own_vendor or "")
    builder.put_one(description.reference_vendor, vendor)
    builder.put_one(description.reference_product, product)
    builder.put_one(description.launch_name, launched.name if launched else "")
    builder.put_one(description.launch_market, launched.market if launched else "")
    builder.put_one(description.launch_date, day_number(launched.date if launched else None))
    for metric, line in description.METRIC_NAMES.items():
        builder.put_one(line, metric_name(metric, company.metric_names))
    builder.put(description.segment_id, [segment.id for segment in company.segments])
    builder.put(description.segment_name, [segment.name for segment in company.segments])
    builder.put(description.segment_metric, [segment.metric for segment in company.segments])
    builder.put(description.peer, list(company.peers))


def add_series(builder: Builder, rows: PackRows) -> None:
    """Add the dated series."""
    for table, closes in (
        (market_data.CLOSES, rows.prices),
        (market_data.BENCHMARK_CLOSES, rows.benchmark),
    ):
        builder.rows(table, (row.date.isoformat() for row in closes), closes)
    estimates = [row for row in rows.estimates if row.metric == "eps_ntm"]
    builder.rows(market_data.ESTIMATES, (row.published.isoformat() for row in estimates), estimates)


def add_rates(builder: Builder, pack: Pack) -> None:
    """Add the exchange rates, and the units that figures are stated in."""
    rows = pack.rows
    builder.dimension(dims.CURRENCY, (row.currency for row in rows.fx))
    builder.put(conversion.currency_number, numbered(rows.fx))
    builder.put(conversion.currency_code, [row.currency for row in rows.fx])
    builder.table(conversion.RATES, rows.fx)
    builder.put(published_of(conversion.per_euro), [day_number(row.date) for row in rows.fx])
    _measures(builder, pack)


def _measures(builder: Builder, pack: Pack) -> None:
    """Tabulate the units that rows use, and those that an analyst may type in a spare row."""
    company, rows = pack.company, pack.rows
    known = [row.currency for row in rows.fx]
    stated = {row.currency for table in (rows.targets, rows.products, rows.claims) for row in table}
    own = (company.price_currency, company.reporting_currency)
    codes = dict.fromkeys(filter(None, (*known, *own, *sorted(stated))))
    names = [name for code in codes for name in units_of(code, company.adr_ratio)]
    names += ["ratio", "x", *COUNTS, *sorted({row.unit for row in rows.claims})]
    units = {name: parse_unit(name) for name in names}
    builder.dimension(dims.MEASURE, (escaped(name) for name in units))
    builder.put(conversion.measure_number, numbered(units))
    builder.put(conversion.measure, list(units))
    builder.put(conversion.measure_currency, [unit.currency for unit in units.values()])
    builder.put(conversion.measure_millions, [unit.millions for unit in units.values()])
    builder.put(conversion.measure_subunits, [unit.subunits for unit in units.values()])
    builder.put(conversion.measure_kind, [unit.kind for unit in units.values()])


def add_sources(builder: Builder, rows: PackRows) -> None:
    """Add the sources with their flags."""
    builder.rows(sources.SOURCES, (escaped(row.id) for row in rows.sources), rows.sources)
    builder.number(sources.source_number)
    flags = [set(row.flags.split(";")) for row in rows.sources]
    spare = [set[str]()] * sources.SOURCES.spare  # a new source has no flag unless one is set
    for flag, line in sources.FLAGS.items():
        builder.put(line, [float(flag in held) for held in (*flags, *spare)])


def add_fundamentals(builder: Builder, rows: PackRows) -> None:
    """Add the reported figures."""
    table = rows.fundamentals
    ids = (member(row.segment, row.metric, row.period) for row in table)
    builder.rows(fundamentals.RESULTS, ids, table)
    builder.number(fundamentals.number)
    named = list(_periods([row.month_index for row in table if row.months]))
    builder.dimension(dims.PERIOD, (label for label, _ in named))
    builder.put(fundamentals.period_label, [label for label, _ in named])
    builder.put(fundamentals.period_months, [period.months for _, period in named])
    builder.put(fundamentals.period_month, [period.month_index for _, period in named])


_PARTS = ("Q1", "Q2", "H1", "Q3", "Q4", "H2")


def _periods(ends: list[float]) -> Iterator[tuple[str, FiscalPeriod]]:
    """Yield the periods of the year of the newest result, of the year before and the one after."""
    newest = (max(ends) - 1) // _MONTHS if ends else BLANK
    for year in (newest - 1, newest, newest + 1) if ends else ():
        for label in (*(f"FY{year:.0f}-{part}" for part in _PARTS), f"FY{year:.0f}"):
            period = fiscal_period(label)
            if period is not None:
                yield label, period


def add_flows(builder: Builder, pack: Pack) -> None:
    """Add the series whose twelve months are summed: those of the group, and of each segment."""
    valued = (member(segment.id, segment.metric) for segment in pack.company.segments)
    flows = dict.fromkeys((*twelve_months.GROUP_FLOWS, *valued))
    builder.dimension(dims.FLOW, flows)
    names = [name.replace(",", "/", 1) for name in twelve_months.GROUP_FLOWS]
    segments = [f"{segment.id}/{segment.metric}" for segment in pack.company.segments]
    found = list(dict.fromkeys((*names, *segments)))
    builder.put(twelve_months.flow_series, found)
    cycles = twelve_months.OF_CYCLE.values()
    builder.put(twelve_months.cycle_words, [cycle.words for cycle in cycles])
    builder.put(twelve_months.cycle_months, [cycle.months for cycle in cycles])
    builder.put(twelve_months.cycle_rolled, [float(cycle.rolled) for cycle in cycles])


def add_peers(builder: Builder, rows: PackRows) -> None:
    """Add the multiples of other companies."""
    table = rows.peers
    ids = (member(row.peer, row.metric, row.published.isoformat()) for row in table)
    builder.rows(peers.MULTIPLES, ids, table)
    builder.number(peers.number)


def add_targets(builder: Builder, rows: PackRows) -> None:
    """Add the price targets."""
    ids = (member(row.broker, row.line, row.published.isoformat()) for row in rows.targets)
    builder.rows(price_targets.TARGETS, ids, rows.targets)
    builder.number(price_targets.number)


_MONTHS = 12
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
LAUNCH_YEARS = 10  # rows of the launch ladder, unless the market needs more


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def add_claims(builder: Builder, rows: PackRows) -> None:
    """Add the claims, and the facts that they are about."""
    table = rows.claims
    ids = (member(row.key, row.variant, row.source, _iso(row.observed)) for row in table)
    builder.rows(claims.CLAIMS, ids, table)
    builder.number(claims.claim_number)
    named = {
        (row.key.casefold(), row.variant.casefold()): row
        for row in table
        if row.key.casefold() != "pe"
    }
    stated = [named[name] for name in sorted(named)]
    _facts(builder, [(row.key, row.variant) for row in stated])
    builder.put(claims.fact_millions, [magnitude_of(row, table) for row in stated])


def _facts(builder: Builder, found: list[tuple[str, str]]) -> None:
    builder.dimension(dims.FACT, (escaped(f"{key}/{variant}") for key, variant in found))
    builder.put(claims.fact_number, numbered(found))
    builder.put(claims.fact_id, [f"{key}/{variant}" for key, variant in found])
    builder.put(claims.fact_key, [key for key, _ in found])
    builder.put(claims.fact_variant, [variant for _, variant in found])
    markets = [_market_year(variant) for _, variant in found]
    builder.put(claims.fact_market, [market for market, _ in markets])
    builder.put(claims.fact_year, [year for _, year in markets])
    dated = [year for market, year in markets if market]
    span = int(max(dated) - min(dated)) if dated else 0
    builder.members[dims.YEAR] = tuple(str(k + 1) for k in range(max(span, LAUNCH_YEARS)))


def _market_year(variant: str) -> tuple[str, float]:
    """Return market and year of a variant such as `ai_glasses 2025`; blank where it is not one."""
    market, _, year = variant.rpartition(" ")
    return (market, float(year)) if market and _YEAR.fullmatch(year) else ("", BLANK)


def add_products(builder: Builder, rows: PackRows) -> None:
    """Add the product prices, and the offers that they are of."""
    table = rows.products
    ids = (
        member(row.vendor, row.product, row.variant, row.source, _iso(row.observed))
        for row in table
    )
    builder.rows(products.PRODUCTS, ids, table)
    builder.number(products.product_number)
    names = [(row.vendor, row.product, row.variant) for row in table]
    named = {tuple(part.casefold() for part in name): name for name in names}
    found = [named[name] for name in sorted(named)]
    offers = ["product/" + "/".join(name) for name in found]
    builder.dimension(dims.OFFER, (escaped(name) for name in offers))
    builder.put(products.offer_number, numbered(offers))
    builder.put(products.offer_id, offers)
    builder.put(products.offer_vendor, [name[0] for name in found])
    builder.put(products.offer_product, [name[1] for name in found])
    builder.put(products.offer_variant, [name[2] for name in found])
