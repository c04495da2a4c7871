"""What a manifest says of a report: its values, what moved them, what is to be minded."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from numpy import flatnonzero

from reportgen.facts.reading.schema import NO_REDISTRIBUTION
from reportgen.facts.split_words import new_per_old
from reportgen.headline import raised_checks
from reportgen.model.checks import freshness
from reportgen.model.gaps import gaps
from reportgen.periods import from_serial
from reportgen.report.tabs.summary import events
from reportgen.runs.manifest import (
    Attention,
    Cause,
    Manifest,
    NextEvent,
    Revision,
    SinceLastMonth,
    State,
)
from reportgen.version import __version__
from reportgen.xlsx.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.pipeline import Report

_AGES = (
    freshness.close_stale,
    freshness.results_stale,
    freshness.rate_stale,
    freshness.estimate_stale,
    freshness.targets_stale,
    freshness.products_stale,
    freshness.peers_stale,
    freshness.segments_stale,
)


def manifest_of_report(report: Report, state: State, revisions: tuple[Revision, ...]) -> Manifest:
    """Return what is to be known of a report that was made of `state` and issued as `revisions`."""
    return Manifest(
        ticker=report.ticker,
        name=report.pack.company.name,
        tags=report.pack.company.tags,
        as_of=report.as_of.isoformat(),
        program=__version__,
        state=state,
        revisions=revisions,
        values=report.headline,
        since_last_month=since_last_month(report),
        conflicts=int(report.overview["conflicts.count"] or 0),
        stale=tuple(line.label for line in _AGES if report.solved.values[line] > 0),
        restricted=tuple(_restricted(report)),
        attention=tuple(_attention(report)),
        events=tuple(_events(report)),
    )


def _restricted(report: Report) -> Iterator[str]:
    """Yield the sources cited that may not be passed on, each by its title and its id."""
    for source in report.pack.rows.sources:
        if NO_REDISTRIBUTION in source.flags.split(";"):
            yield f"{source.title} ({source.id})" if source.title else source.id


def since_last_month(report: Report) -> SinceLastMonth:
    """Return the change of the expected value since last month, and what caused it."""
    last = report.last_month
    day = from_serial(last.serial)
    bridge = report.since_last_month
    if bridge is None:
        return SinceLastMonth(day.isoformat(), note="nothing of the company was known then")
    causes = tuple(Cause(bar.player, bar.label, bar.family, bar.amount) for bar in bridge.bars)
    note = "; ".join(filter(None, (bridge.note, last.restated)))
    split = new_per_old(day, report.pack.rows.actions)
    return SinceLastMonth(day.isoformat(), bridge.old, bridge.new, causes, note, split)


def _attention(report: Report) -> Iterator[Attention]:
    """Yield what needs a person, the gravest first."""
    places = _places(report)
    for status, key in raised_checks(report.overview):
        label = str(report.overview[f"{key}.label"])
        yield Attention(status, label, places.get(label, ""))
    for doubt in report.doubts:
        told = f"{doubt.label} ({doubt.key}): {doubt.told}"
        cell = report.cells.get(f"{doubt.key}.issued") or report.cells.get(doubt.key, "")
        yield Attention("not plausible", told, cell)
    for gap in gaps(report.overview, asked_only=True):
        yield Attention("n/a", f"{gap.label}: {gap.matters}; {gap.remedy}")
    for warning in report.warnings:
        yield Attention("warning", str(warning))


def _places(report: Report) -> dict[str, str]:
    """Return where the texts on Checks stand: a check is found by its label."""
    sheet = next(one for one in report.book.sheets if one.name == "Checks")
    texts = (cell for cell in sheet.cells if isinstance(cell.value, str) and not cell.formula)
    return {str(cell.value): f"{sheet.name}!{a1(cell.row, cell.col)}" for cell in texts}


def _events(report: Report) -> Iterator[NextEvent]:
    """Yield what is to come, the soonest first, those without a day last."""
    found = report.solved.values
    ahead = [
        NextEvent(
            "" if isnan(found[events.on][at]) else from_serial(found[events.on][at]).isoformat(),
            f"{found[events.name][at]} ({found[events.status][at]})",
        )
        for at in flatnonzero(found[events.is_ahead] > 0)
    ]
    yield from sorted(ahead, key=lambda one: (not one.day, one))
