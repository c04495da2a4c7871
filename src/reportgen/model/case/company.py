"""The company: what it is, its segments, peers and launch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import dims, valuation
from reportgen.model.dims import SEGMENT
from reportgen.model.given_values import day_number
from reportgen.model.inputs import description
from reportgen.model.keys import escaped

if TYPE_CHECKING:
    from reportgen.facts.pack import Pack
    from reportgen.model.case.builder import Builder


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
    builder.put_one(description.ordinary_per_ads, company.ordinary_per_ads)
    builder.put_one(description.own_vendor, company.own_vendor or "")
    builder.put_one(description.reference_vendor, vendor)
    builder.put_one(description.reference_product, product)
    builder.put_one(description.launch_name, launched.name if launched else "")
    builder.put_one(description.launch_market, launched.market if launched else "")
    builder.put_one(description.launch_date, day_number(launched.date if launched else None))
    builder.put(description.segment_id, [segment.id for segment in company.segments])
    builder.put(description.segment_name, [segment.name for segment in company.segments])
    builder.put(description.segment_metric, [segment.metric for segment in company.segments])
    builder.put(description.peer, list(company.peers))
