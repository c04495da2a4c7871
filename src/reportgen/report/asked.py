"""What a pack asks for: what it does not is left out of the tabs, and stands on Workings alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.catalogue import EV_EBITDA, PE, SOTP

if TYPE_CHECKING:
    from reportgen.report.context import Context


def launch(context: Context) -> bool:
    """Return whether the company has a launch that is valued."""
    return context.pack.company.launch is not None


def products(context: Context) -> bool:
    """Return whether the pack speaks of products, ours or those of others."""
    company = context.pack.company
    return bool(context.pack.rows.products or company.own_vendor)


def claims(context: Context) -> bool:
    """Return whether the pack holds claims of documents."""
    return bool(context.pack.rows.claims)


def multiples_claimed(context: Context) -> bool:
    """Return whether a document claims a P/E."""
    return any(claim.key.casefold() == "pe" for claim in context.pack.rows.claims)


def peers(context: Context) -> bool:
    """Return whether the pack speaks of peers, by name or by a multiple."""
    return bool(context.pack.rows.peers or context.pack.company.peers)


def peer_multiple(context: Context) -> bool:
    """Return whether the bull P/E may rest on that of the peers."""
    return context.question.asks_for(PE) and (peers(context) or multiples_claimed(context))


def stakes(context: Context) -> bool:
    """Return whether a method counts stakes outside the segments."""
    return context.question.asks_for(SOTP) or context.question.asks_for(EV_EBITDA)


def events(context: Context) -> bool:
    """Return whether events to come, or past ones, are known."""
    return bool(context.pack.rows.events)


def history(context: Context) -> bool:
    """Return whether what earlier reports said is known."""
    return bool(context.pack.rows.history)


def benchmark(context: Context) -> bool:
    """Return whether the company is held against a benchmark."""
    return context.pack.company.benchmark is not None or bool(context.pack.rows.benchmark)


def arguments(context: Context, case: str) -> bool:
    """Return whether a case is argued in words."""
    return any(argument.case == case for argument in context.pack.rows.arguments)


def reported(context: Context, *metrics: str) -> bool:
    """Return whether a figure of the group is reported under one of some names."""
    return any(
        row.metric in metrics for row in context.pack.rows.fundamentals if row.segment == "group"
    )


def reported_by_segment(context: Context, metric: str) -> bool:
    """Return whether a metric of a segment is reported."""
    rows = context.pack.rows.fundamentals
    return any(row.metric == metric for row in rows if row.segment != "group")
