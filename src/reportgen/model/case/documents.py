"""What was published of the company: sources, results and price targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import dims
from reportgen.model.dims import SPARE_ROWS
from reportgen.model.fundamentals import reported
from reportgen.model.given_values import numbered
from reportgen.model.hype import price_targets
from reportgen.model.inputs import sources
from reportgen.model.keys import escaped, member

if TYPE_CHECKING:
    from reportgen.facts.pack_rows import PackRows
    from reportgen.model.case.builder import Builder


def add_sources(builder: Builder, rows: PackRows) -> None:
    """Add the sources with their flags."""
    builder.dimension(dims.SOURCE, (escaped(row.id) for row in rows.sources))
    builder.put(sources.source_number, numbered(rows.sources))
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


def add_fundamentals(builder: Builder, rows: PackRows) -> None:
    """Add the reported figures."""
    table = rows.fundamentals
    ids = (member(row.segment, row.metric, row.period) for row in table)
    builder.dimension(dims.FUNDAMENTAL, ids)
    builder.put(reported.number, numbered(table))
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


def add_targets(builder: Builder, rows: PackRows) -> None:
    """Add the price targets, with spare rows."""
    ids = (member(row.broker, row.line, row.published.isoformat()) for row in rows.targets)
    builder.dimension(dims.TARGET, ids, SPARE_ROWS)
    builder.put(price_targets.number, numbered(builder.members[dims.TARGET]))
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
