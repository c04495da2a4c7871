"""What was published of the company: sources, results and price targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import dims, fundamentals
from reportgen.model.case import columns
from reportgen.model.dims import SPARE_ROWS
from reportgen.model.given_values import numbered
from reportgen.model.hype import price_targets
from reportgen.model.inputs import sources
from reportgen.model.keys import escaped, member

if TYPE_CHECKING:
    from reportgen.facts.rows import PackRows
    from reportgen.model.case.builder import Builder


def add_sources(builder: Builder, rows: PackRows) -> None:
    """Add the sources with their flags."""
    builder.dimension(dims.SOURCE, (escaped(row.id) for row in rows.sources))
    builder.put(sources.source_number, numbered(rows.sources))
    named = {
        "id": sources.source_id,
        "title": sources.source_title,
        "publisher": sources.source_publisher,
        "publisher_group": sources.source_group,
        "tier": sources.source_tier,
        "published": sources.source_published,
    }
    builder.table(rows.sources, named)
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
    builder.put(fundamentals.number, numbered(table))
    named = {
        "segment": fundamentals.segment,
        "metric": fundamentals.metric,
        "period": fundamentals.period,
        "period_end": fundamentals.period_end,
        "months": fundamentals.months,
        "quarter_index": fundamentals.quarter_index,
        "value": fundamentals.value,
        "yoy": fundamentals.yoy,
        "unit": fundamentals.unit,
        "currency": fundamentals.currency,
        "qualifier": fundamentals.qualifier,
        "published": fundamentals.published,
        "source": fundamentals.source,
        "note": fundamentals.note,
    }
    builder.table(table, named)


def add_targets(builder: Builder, rows: PackRows) -> None:
    """Add the price targets, with spare rows."""
    ids = (member(row.broker, row.line, row.published.isoformat()) for row in rows.targets)
    builder.dimension(dims.TARGET, ids, SPARE_ROWS)
    builder.put(price_targets.number, numbered(builder.members[dims.TARGET]))
    builder.table(rows.targets, columns.TARGETS)
