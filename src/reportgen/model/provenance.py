"""Where a row of a document comes from and what that makes it worth, the same for any table."""

from __future__ import annotations

from typing import NamedTuple

from reportgen.expr.functions import each, known, pick, same, sum_where, where
from reportgen.expr.nodes import Line, Node, Unit
from reportgen.model.dims import SOURCE
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.inputs.sources import (
    source_group,
    source_id,
    source_reliability,
    source_tier,
)
from reportgen.model.inputs.sources import source_row as row_of_source
from reportgen.model.words import line, or_zero


class Provenance(NamedTuple):
    """What a row is worth as evidence: one line a column, in the order of calculation."""

    bound: Line
    approximate: Line
    source_row: Line
    reliability: Line
    group: Line
    tier: Line
    weak: Line


def provenance(source: Line, qualifier: Line, key: str) -> Provenance:
    """Return what the source and the qualifier of a row say of it."""
    row = source_row(source, key)
    tier = tier_of(row, key)
    return Provenance(
        line(f"{key}.bound", "Bound", Unit.FLAG, same(qualifier, ">") | same(qualifier, "<")),
        line(f"{key}.approximate", "Approximate", Unit.FLAG, same(qualifier, "~") + 0),
        row,
        _reliability(row, key),
        _group(row, source, key),
        tier,
        is_weak(tier, qualifier, key),
    )


def source_row(source: Line, key: str) -> Line:
    """Return the number of a row's source in the table of sources, 0 if it is not there."""
    match = same(each(source_id), source)
    found = sum_where(SOURCE, match, row_of_source)
    return line(f"{key}.source_row", "Row of the source", Unit.COUNT, found)


def _reliability(row: Line, key: str) -> Line:
    unknown = policy("reliability.tier.assumption")
    found = where(row >= 1, pick(source_reliability, SOURCE, row), unknown)
    return line(f"{key}.reliability", "Reliability", Unit.RATIO, found)


def _group(row: Line, source: Line, key: str) -> Line:
    found = where(row >= 1, pick(source_group, SOURCE, row), source)
    return line(f"{key}.group", "Publisher group", Unit.TEXT, found)


def tier_of(row: Line, key: str) -> Line:
    """Return the tier of a row's source; a source not described is an assumption."""
    found = where(row >= 1, pick(source_tier, SOURCE, row), "assumption")
    return line(f"{key}.tier", "Tier", Unit.TEXT, found)


def is_weak(tier: Line, qualifier: Line, key: str) -> Line:
    """Return 1 where a row is weak: a post, an assumption, or an approximate figure."""
    doubtful = same(tier, "user_post") | same(tier, "assumption")
    return line(f"{key}.weak", "Weak", Unit.FLAG, where(doubtful | same(qualifier, "~"), 1, 0))


def seen_on(observed: Line, published: Line, key: str) -> Line:
    """Return the day on which a row was observed, else published; 0 where both are blank."""
    day = where(known(observed), observed, or_zero(published))
    return line(f"{key}.seen", "Observed, else published", Unit.DATE, day)


def is_known(published: Line, seen: Line, amount: Line, key: str) -> Line:
    """Return 1 where a row holds an amount, and is published and observed by as-of."""
    visible = where((published <= as_of) & (seen <= as_of), 1, 0)
    stated = where(known(published) & known(amount) & known(as_of), visible, 0)
    return line(f"{key}.known", "Known", Unit.FLAG, stated)


def is_published(published: Line, amount: Line) -> Node:
    """Return 1 where a row holds an amount that is published by as-of, and as-of is known."""
    by_then = where(known(as_of), where(published <= as_of, 1, 0), 0)
    return where(known(published) & known(amount), by_then, 0)
