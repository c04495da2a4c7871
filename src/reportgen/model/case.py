"""From what is known to what is computed on: members of every dimension, and the given values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Dim, Line, Unit
from reportgen.facts.assumption_keys import BY_KEY as ASSUMPTION_KEYS
from reportgen.facts.assumptions import standing
from reportgen.model import dims, valuation
from reportgen.model.dims import SCENARIO, SEGMENT, SPARE_ROWS, VARIANT
from reportgen.model.evidence import claims, products
from reportgen.model.fundamentals import reported
from reportgen.model.hype import price_targets
from reportgen.model.inputs import (
    assumptions,
    constants,
    conversion,
    description,
    market_data,
    sources,
)
from reportgen.model.keys import escaped, filled, member, unique
from reportgen.model.lines import MODEL
from reportgen.model.words import Entry
from reportgen.periods import serial

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from reportgen.expr.evaluate import Members
    from reportgen.expr.numeric import Array
    from reportgen.facts.pack import Pack
    from reportgen.facts.pack_rows import PackRows
    from reportgen.facts.policy import Policy
    from reportgen.facts.rows import Argument, Assumption

BLANK = float("nan")
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
NONE = "-"  # the one member of a dimension that has none: ranges are never empty
LAUNCH_YEARS = 10  # rows of the launch ladder, unless the market needs more
_MONEY_SCALES = (("", 1e-6), (" m", 1.0), (" bn", 1e3))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a given value comes from: what stands beside it on the Inputs tab."""

    source: str = ""
    published: float = BLANK
    author: str = ""
    reason: str = ""
    expires: float = BLANK


@dataclass(frozen=True, slots=True)
class Case:
    """One company as of one day: the members of every dimension and every given value.

    `given` maps a line to an array shaped by the members of its dimensions; `issued` and
    `overridden` tell the origin of an input and of its override by key.
    """

    members: Members
    given: Mapping[Line, Array]
    issued: Mapping[str, Origin]
    overridden: Mapping[str, Origin]
    unused_overrides: tuple[str, ...]
    arguments: tuple[Argument, ...] = ()

    @property
    def as_of_serial(self) -> int:
        """Return the as-of day as issued, as an Excel serial number."""
        return int(self.given[description.as_of.issued])


class _Builder:
    """Collects members and values; every given line that nobody fills stays blank."""

    def __init__(self) -> None:
        self.members: dict[Dim, tuple[str, ...]] = {
            SCENARIO: dims.SCENARIOS,
            dims.GROWTH_CASE: dims.GROWTH_CASES,
            dims.COMPONENT: dims.COMPONENTS,
            dims.SUB_SCORE: dims.SUB_SCORES,
            dims.QUARTER: tuple(str(k) for k in range(4)),
        }
        self.given: dict[Line, Array] = {}
        self.issued: dict[str, Origin] = {}

    def dimension(self, dim: Dim, ids: Iterable[str], spare: int = 0) -> None:
        """Set the members of a dimension: ids, spare rows, and never none at all."""
        names = (*unique(ids), *(f"+{k + 1}" for k in range(spare)))
        self.members[dim] = names or (NONE,)

    def put(self, line: Line, values: Iterable[object]) -> None:
        """Give a column its values; short ones are padded with blanks (spare rows)."""
        target = line.issued if isinstance(line, Entry) else line
        text = line.unit is Unit.TEXT
        blank: object = "" if text else BLANK
        array = np.full(len(self.members[line.dims[0]]), blank, dtype=object if text else float)
        for place, value in enumerate(values):
            array[place] = value
        self.given[target] = array

    def put_one(self, line: Line, value: object) -> None:
        """Give a single cell its value."""
        target = line.issued if isinstance(line, Entry) else line
        array = np.empty((), dtype=object if line.unit is Unit.TEXT else float)
        array[()] = value
        self.given[target] = array

    def table(self, rows: Sequence[object], columns: Mapping[Line, str]) -> None:
        """Give lines the columns of a table of records; days become serial numbers."""
        for line, column in columns.items():
            cells = [getattr(row, column) for row in rows]
            if line.unit is Unit.DATE:
                cells = [BLANK if day is None else float(serial(day)) for day in cells]
            self.put(line, cells)

    def blank_rest(self) -> None:
        """Leave every given line that has no values yet blank."""
        for line in MODEL:
            if line.expr is None and line not in self.given:
                shape = tuple(len(self.members[dim]) for dim in line.dims)
                text = line.unit is Unit.TEXT
                self.given[line] = np.full(
                    shape, "" if text else BLANK, dtype=object if text else float
                )


def build_case(pack: Pack, policy: Policy) -> Case:
    """Return the case of a pack: what the model needs, and nothing dated after as-of."""
    builder = _Builder()
    _company(builder, pack)
    for table in (_series, _sources, _fundamentals, _targets, _claims, _products):
        table(builder, pack.rows)
    _assumptions(builder, pack)
    _policy(builder, policy)
    builder.blank_rest()
    overridden, unused = _overrides(builder, pack)
    return Case(
        builder.members, builder.given, builder.issued, overridden, unused, pack.rows.arguments
    )


def _company(builder: _Builder, pack: Pack) -> None:
    company = pack.company
    builder.dimension(SEGMENT, (escaped(segment.id) for segment in company.segments))
    builder.dimension(dims.PEER, (escaped(peer) for peer in company.peers))
    vendor, product = company.reference or ("", "")
    launched = company.launch
    builder.put_one(description.as_of, float(serial(pack.as_of)))
    builder.put_one(valuation.scenario_choice, "base")
    builder.put_one(description.ticker, company.ticker)
    builder.put_one(description.company_name, company.name)
    builder.put_one(description.price_currency, company.price_currency)
    builder.put_one(description.reporting_currency, company.reporting_currency)
    builder.put_one(description.ordinary_per_ads, company.ordinary_per_ads)
    builder.put_one(description.own_vendor, company.own_vendor or "")
    builder.put_one(description.reference_vendor, vendor)
    builder.put_one(description.reference_product, product)
    builder.put_one(description.launch_name, launched.name if launched else "")
    builder.put_one(description.launch_market, launched.market if launched else "")
    builder.put_one(description.launch_date, float(serial(launched.date)) if launched else BLANK)
    builder.put(description.segment_id, [segment.id for segment in company.segments])
    builder.put(description.segment_name, [segment.name for segment in company.segments])
    builder.put(description.segment_metric, [segment.metric for segment in company.segments])
    builder.put(description.peer, list(company.peers))


def _series(builder: _Builder, rows: PackRows) -> None:
    for dim, day, value, closes in (
        (dims.CLOSE, market_data.close_date, market_data.close, rows.prices),
        (dims.BENCHMARK, market_data.benchmark_date, market_data.benchmark_close, rows.benchmark),
    ):
        builder.dimension(dim, (row.date.isoformat() for row in closes))
        builder.table(closes, {day: "date", value: "close"})
    estimates = [row for row in rows.estimates if row.metric == "eps_ntm"]
    builder.dimension(dims.ESTIMATE, (row.published.isoformat() for row in estimates))
    columns = {
        market_data.estimate_date: "published",
        market_data.estimate: "value",
        market_data.estimate_currency: "currency",
        market_data.estimate_source: "source",
    }
    builder.table(estimates, columns)
    builder.dimension(dims.CURRENCY, (row.currency for row in rows.fx))
    builder.put(conversion.currency_number, _count(rows.fx))
    builder.table(rows.fx, {conversion.currency_code: "currency", conversion.per_euro: "per_eur"})
    _measures(builder, [row.currency for row in rows.fx], sorted({row.unit for row in rows.claims}))


def _measures(builder: _Builder, codes: list[str], spelled: list[str]) -> None:
    """Tabulate the units that claims use, and those that an analyst may type in a spare row."""
    units = {
        f"{code}{suffix}": (code, millions) for code in codes for suffix, millions in _MONEY_SCALES
    }
    units |= {"ratio": ("", 1.0), "x": ("", 1.0), "m": ("", 1.0), "bn": ("", 1e3)}
    for unit in spelled:
        units.setdefault(unit, ("", 1.0))
    builder.dimension(dims.MEASURE, (escaped(unit) for unit in units))
    builder.put(conversion.measure_number, _count(units))
    builder.put(conversion.measure, list(units))
    builder.put(conversion.measure_currency, [code for code, _ in units.values()])
    builder.put(conversion.measure_millions, [millions for _, millions in units.values()])


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _count(rows: Iterable[object]) -> list[float]:
    return [float(k) for k, _ in enumerate(rows, start=1)]


def _sources(builder: _Builder, rows: PackRows) -> None:
    builder.dimension(dims.SOURCE, (escaped(row.id) for row in rows.sources))
    builder.put(sources.source_number, _count(rows.sources))
    columns = {
        sources.source_id: "id",
        sources.source_title: "title",
        sources.source_publisher: "publisher",
        sources.source_group: "publisher_group",
        sources.source_tier: "tier",
        sources.source_published: "published",
    }
    builder.table(rows.sources, columns)
    flags = [set(row.flags.split(";")) for row in rows.sources]
    for line, flag in (
        (sources.source_ai, "ai_generated"),
        (sources.source_promo, "promotional"),
        (sources.source_position, "author_position"),
        (sources.source_error, "verified_error"),
    ):
        builder.put(line, [float(flag in held) for held in flags])


def _fundamentals(builder: _Builder, rows: PackRows) -> None:
    table = rows.fundamentals
    ids = (member(row.segment, row.metric, row.period) for row in table)
    builder.dimension(dims.FUNDAMENTAL, ids)
    builder.put(reported.number, _count(table))
    columns = {
        reported.segment: "segment",
        reported.metric: "metric",
        reported.period: "period",
        reported.period_end: "period_end",
        reported.months: "months",
        reported.quarter_index: "quarter_index",
        reported.value: "value",
        reported.yoy: "yoy",
        reported.unit: "unit",
        reported.currency: "currency",
        reported.qualifier: "qualifier",
        reported.published: "published",
        reported.source: "source",
        reported.note: "note",
    }
    builder.table(table, columns)


def _targets(builder: _Builder, rows: PackRows) -> None:
    ids = (member(row.broker, row.line, row.published.isoformat()) for row in rows.targets)
    builder.dimension(dims.TARGET, ids, SPARE_ROWS)
    builder.put(price_targets.number, _count(builder.members[dims.TARGET]))
    columns = {
        price_targets.broker: "broker",
        price_targets.published: "published",
        price_targets.stated: "target",
        price_targets.currency: "currency",
        price_targets.share_line: "line",
        price_targets.horizon: "horizon_months",
        price_targets.kind: "kind",
        price_targets.rating: "rating",
        price_targets.source: "source",
    }
    builder.table(rows.targets, columns)


def _claims(builder: _Builder, rows: PackRows) -> None:
    table = rows.claims
    ids = (member(row.key, row.variant, row.source, _iso(row.observed)) for row in table)
    builder.dimension(dims.CLAIM, ids, SPARE_ROWS)
    builder.put(claims.claim_number, _count(builder.members[dims.CLAIM]))
    columns = {
        claims.claim_key: "key",
        claims.claim_variant: "variant",
        claims.claim_amount: "value",
        claims.claim_unit: "unit",
        claims.claim_qualifier: "qualifier",
        claims.claim_observed: "observed",
        claims.claim_published: "published",
        claims.claim_source: "source",
        claims.claim_contradicted_by: "contradicted_by",
        claims.claim_note: "note",
    }
    builder.table(table, columns)
    named = {
        (row.key.casefold(), row.variant.casefold()): (row.key, row.variant)
        for row in table
        if row.key.casefold() != "pe"
    }
    _facts(builder, [named[name] for name in sorted(named)])


def _facts(builder: _Builder, found: list[tuple[str, str]]) -> None:
    builder.dimension(dims.FACT, (escaped(f"{key}/{variant}") for key, variant in found))
    builder.put(claims.fact_number, _count(found))
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


def _products(builder: _Builder, rows: PackRows) -> None:
    table = rows.products
    ids = (
        member(row.vendor, row.product, row.variant, row.source, _iso(row.observed))
        for row in table
    )
    builder.dimension(dims.PRODUCT, ids, SPARE_ROWS)
    builder.put(products.product_number, _count(builder.members[dims.PRODUCT]))
    columns = {
        products.product_vendor: "vendor",
        products.product_name: "product",
        products.product_variant: "variant",
        products.product_price: "price",
        products.product_currency: "currency",
        products.product_market: "market",
        products.product_qualifier: "qualifier",
        products.product_observed: "observed",
        products.product_published: "published",
        products.product_source: "source",
        products.product_note: "note",
    }
    builder.table(table, columns)
    names = [(row.vendor, row.product, row.variant) for row in table]
    named = {tuple(part.casefold() for part in name): name for name in names}
    found = [named[name] for name in sorted(named)]
    offers = ["product/" + "/".join(name) for name in found]
    builder.dimension(dims.OFFER, (escaped(name) for name in offers))
    builder.put(products.offer_number, _count(offers))
    builder.put(products.offer_id, offers)
    builder.put(products.offer_vendor, [name[0] for name in found])
    builder.put(products.offer_product, [name[1] for name in found])
    builder.put(products.offer_variant, [name[2] for name in found])


def _assumptions(builder: _Builder, pack: Pack) -> None:
    rows = pack.rows.assumptions
    variants = list(dict.fromkeys(row.segment for row in rows if row.key == "launch_price_mix"))
    builder.dimension(VARIANT, (escaped(name) for name in variants))
    builder.put(assumptions.variant_id, variants)
    segments = [segment.id for segment in pack.company.segments]
    newest = standing(rows)
    for line in MODEL:
        if isinstance(line, Entry) and line.key.startswith("assumption["):
            _assumption(builder, newest, line, {SEGMENT: segments, VARIANT: variants or [""]})
    currencies = [_currency(newest, "base_metric", segment) for segment in segments]
    reporting = pack.company.reporting_currency
    builder.put(assumptions.base_currency, [code or reporting for code in currencies])
    stated_in = _currency(newest, "dividend", "")
    builder.put_one(assumptions.dividend_currency, stated_in or pack.company.price_currency)


def _currency(newest: Mapping[tuple[str, str, str], Assumption], key: str, segment: str) -> str:
    row = newest.get((key, "all", segment))
    return "" if row is None else row.currency


def _assumption(
    builder: _Builder,
    newest: Mapping[tuple[str, str, str], Assumption],
    line: Entry,
    places: Mapping[Dim, list[str]],
) -> None:
    """Fill one assumption line from the newest known row of each member, else its default."""
    name = line.key[len("assumption[") :].split(",")[0]
    known = ASSUMPTION_KEYS[name]
    only = known.scenarios[0] if len(known.scenarios) == 1 else "all"
    values: list[float] = []
    for key, index in filled(line, builder.members):
        at = dict(zip(line.dims, index, strict=True))
        scenario = dims.SCENARIOS[at[SCENARIO]] if SCENARIO in at else only
        place = next((places[dim][i] for dim, i in at.items() if dim in places), "")
        row = newest.get((name, scenario, place))
        if row is None:
            values.append(BLANK if known.default is None else known.default)
            builder.issued[key] = Origin(author="method", reason=known.reason)
        else:
            values.append(row.value)
            published = float(serial(row.published))
            builder.issued[key] = Origin("", published, row.author, row.note)
    shape = tuple(len(builder.members[dim]) for dim in line.dims)
    if line.issued is not None:
        builder.given[line.issued] = np.array(values).reshape(shape)


def _policy(builder: _Builder, policy: Policy) -> None:
    for line in constants.policies():
        name = line.key[len("policy[") : -1]
        builder.put_one(line, policy[name])
        builder.given[line.override] = np.array(BLANK)
        builder.issued[line.key] = Origin(author="method", reason=policy.values[name].reason)
    steps = int(policy["solver.steps"])
    builder.members[dims.STEP] = tuple(str(k) for k in range(steps + 1))


def _overrides(builder: _Builder, pack: Pack) -> tuple[dict[str, Origin], tuple[str, ...]]:
    """Fill the override cells from the rows in force; return their origins and those unused."""
    active = [row for row in pack.rows.overrides if row.active]
    if not active:
        return {}, ()
    places = {
        key: (line.override, index)
        for line in dict.fromkeys((*MODEL, *constants.policies()))
        if isinstance(line, Entry)
        for key, index in filled(line, builder.members)
    }
    origins: dict[str, Origin] = {}
    unused: list[str] = []
    for row in active:
        if row.key not in places:
            unused.append(row.key)
            continue
        line, index = places[row.key]
        builder.given[line][index] = row.value
        expires = BLANK if row.expires is None else float(serial(row.expires))
        published = float(serial(row.published))
        origins[row.key] = Origin("", published, row.author, row.reason, expires)
    return origins, tuple(unused)
