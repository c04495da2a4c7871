"""What a pack asks for: blocks that it does not ask for are left out of the tabs.

Each answer is yes where everything is to be laid out, which tells what was left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import requested
from reportgen.model.dims import SUB_SCORES

if TYPE_CHECKING:
    from reportgen.report.context import Context


def method(context: Context, name: str) -> bool:
    """Return whether a method of valuation has a weight or an input of its own."""
    return context.everything or context.question.asks_for(name)


def launch(context: Context) -> bool:
    """Return whether the company has a launch that is valued."""
    return context.everything or requested.launch(context.question)


def products(context: Context) -> bool:
    """Return whether the pack speaks of products, ours or those of others."""
    company = context.pack.company
    return context.everything or bool(context.pack.rows.products or company.own_vendor)


def claims(context: Context) -> bool:
    """Return whether the pack holds claims of documents."""
    return context.everything or bool(context.pack.rows.claims)


def specific_haircut(context: Context) -> str:
    """Return in words what the haircut that is specific to the company is made of."""
    return "run-up, launch" if launch(context) else "run-up"


def vendor_call(context: Context) -> bool:
    """Return whether a vendor's call is claimed."""
    return context.everything or requested.vendor_call(context.question)


def sub_scores(context: Context) -> tuple[str, ...]:
    """Return the sub-scores of hype that a pack asks for, in their order."""
    return SUB_SCORES if context.everything else requested.sub_scores(context.question)


def multiples_claimed(context: Context) -> bool:
    """Return whether a document claims a P/E."""
    of_pe = (claim.key.casefold() == "pe" for claim in context.pack.rows.claims)
    return context.everything or any(of_pe)


def peers(context: Context) -> bool:
    """Return whether the pack speaks of peers, by name or by a multiple."""
    return context.everything or bool(context.pack.rows.peers or context.pack.company.peers)


def peer_multiple(context: Context) -> bool:
    """Return whether the bull P/E may rest on that of the peers."""
    return context.everything or requested.peer_multiple(context.question)


def stakes(context: Context) -> bool:
    """Return whether a method counts stakes outside the segments."""
    return context.everything or requested.stakes(context.question)


def events(context: Context) -> bool:
    """Return whether events to come, or past ones, are known."""
    return context.everything or bool(context.pack.rows.events)


def history(context: Context) -> bool:
    """Return whether what earlier reports said is known."""
    return bool(context.pack.rows.history)


def benchmark(context: Context) -> bool:
    """Return whether the company is held against a benchmark."""
    return context.everything or context.pack.company.benchmark is not None


def arguments(context: Context, case: str) -> bool:
    """Return whether a case is argued in words."""
    argued = (argument.case == case for argument in context.pack.rows.arguments)
    return context.everything or any(argued)


def reported(context: Context, *metrics: str) -> bool:
    """Return whether a figure of the group is reported under one of some names."""
    of_group = (row for row in context.pack.rows.fundamentals if row.segment == "group")
    return context.everything or any(row.metric in metrics for row in of_group)


def reported_by_segment(context: Context, metric: str) -> bool:
    """Return whether a metric of a segment is reported."""
    of_segments = (row for row in context.pack.rows.fundamentals if row.segment != "group")
    return context.everything or any(row.metric == metric for row in of_segments)
