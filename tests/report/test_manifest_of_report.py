"""What a manifest says of a report: what may not be passed on, what needs a person, what comes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reportgen.facts.reading.schema import NO_REDISTRIBUTION
from reportgen.model.checks import freshness
from reportgen.report.tabs.summary import events
from reportgen.runs.contents import manifest_of_report, since_last_month
from reportgen.runs.manifest import State
from tests.report.conftest import built

AGES = [
    getattr(freshness, f"{name}_stale")
    for name in ("close", "results", "rate", "estimate", "targets", "products", "peers", "segments")
]
STATE = State("visible", "theme", "policy", "model", {})


def test_what_needs_a_person_is_told_the_gravest_first_and_by_its_cell() -> None:
    told = manifest_of_report(built("tokyo"), STATE, ()).attention
    assert [one.kind for one in told] == [*["WARN"] * 5, *["not plausible"] * 2, *["n/a"] * 2]
    assert all(one.cell.startswith("Checks!B") for one in told[:5])
    assert [one.cell for one in told[5:]] == ["Growth!F80", "Growth!F81", "", ""]
    assert told[5].text == (
        "Stated change on a year and the two figures (fundamental[group,ebita,FY2026-Q2]): 0.06676,"
        " limit 0.01"
    )


@pytest.mark.parametrize(
    ("ends", "cell"),
    [
        ((".issued", ""), "Inputs!A1"),
        (("", ".issued"), "Inputs!A2"),
        (("",), "Inputs!A1"),
        ((), ""),
    ],
)
def test_a_doubt_is_found_where_the_figure_was_issued_or_stands(
    ends: tuple[str, ...], cell: str
) -> None:
    report = replace(built("tokyo"))
    key = report.doubts[0].key
    vars(report)["cells"] = {
        f"{key}{end}": f"Inputs!A{row}" for row, end in enumerate(ends, start=1)
    }
    told = manifest_of_report(report, STATE, ()).attention
    assert next(one for one in told if one.kind == "not plausible").cell == cell


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_what_is_stale_is_told_line_by_line(value: float) -> None:
    report = built("tokyo")
    aged = {line: np.full_like(report.solved.values[line], value) for line in AGES}
    old = replace(report, solved=replace(report.solved, values=report.solved.values | aged))
    told = [
        *("Close stale", "Results stale", "Exchange rate stale", "Consensus EPS stale"),
        *("Targets in use that are stale", "Chosen product prices that are stale"),
        *("Multiples of peers that are stale", "Segments assumed before the newest results"),
    ]
    assert list(manifest_of_report(old, STATE, ()).stale) == (told if value > 0 else [])


@pytest.mark.parametrize(("count", "told"), [(None, 0), (0.0, 0), (3.0, 3)])
def test_conflicts_that_cannot_be_counted_are_none(count: float | None, told: int) -> None:
    report = replace(built("tokyo"))
    vars(report)["overview"] = report.overview | {"conflicts.count": count}
    assert manifest_of_report(report, STATE, ()).conflicts == told


def test_sources_that_may_not_be_passed_on_are_named_by_title_and_id() -> None:
    report = built("tokyo")
    first, second, third, *others = report.pack.rows.sources
    sources = (
        first._replace(title="Prices", id="terminal", flags=f"promotional;{NO_REDISTRIBUTION}"),
        second._replace(title="", id="letter", flags=NO_REDISTRIBUTION),
        third._replace(flags=f"{NO_REDISTRIBUTION}_of_others"),
        *others,
    )
    rows = report.pack.rows._replace(sources=sources)
    held = replace(report, pack=replace(report.pack, rows=rows))
    assert manifest_of_report(held, STATE, ()).restricted == ("Prices (terminal)", "letter")


@pytest.mark.parametrize(
    ("note", "restated", "told"),
    [
        ("", "", ""),
        ("why", "", "why"),
        ("", "a split", "a split"),
        ("why", "a split", "why; a split"),
    ],
)
def test_a_change_is_told_with_all_that_is_to_be_known_of_it(
    note: str, restated: str, told: str
) -> None:
    report = built("tokyo")
    assert report.since_last_month is not None
    bridge = report.since_last_month._replace(note=note)
    last = report.last_month._replace(restated=restated)
    since = since_last_month(replace(report, since_last_month=bridge, last_month=last))
    assert since[:3] == ("2025-10-31", bridge.old, bridge.new)
    assert (since.note, since.split) == (told, 1)


def test_of_a_month_before_anything_was_known_nothing_is_told() -> None:
    since = since_last_month(replace(built("tokyo"), since_last_month=None))
    assert since.note == "nothing of the company was known then"
    assert (since.old, since.new, since.causes) == (None, None, ())


def test_what_is_to_come_is_told_by_day_and_last_what_has_none() -> None:
    report = built("baba")
    values = dict(report.solved.values)
    days = values[events.on].copy()
    (soonest, *_) = np.flatnonzero(values[events.is_ahead] > 0)
    days[soonest] = np.nan
    undated = replace(report, solved=replace(report.solved, values=values | {events.on: days}))
    before = manifest_of_report(report, STATE, ()).events
    after = manifest_of_report(undated, STATE, ()).events
    (first,) = set(before) - set(after)
    assert after == (*(one for one in before if one != first), first._replace(day=""))
