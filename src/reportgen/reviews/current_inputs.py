"""What our own inputs say today, as of the day of the issue: where an edit stands against them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from reportgen.facts.brokers import house
from reportgen.facts.checks.citations import ids_by_line
from reportgen.facts.knowledge import known_at
from reportgen.facts.overrides import newer_figure, revoked
from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import SHARED, read_pack
from reportgen.facts.units import SHARES
from reportgen.model.case.build import build_case
from reportgen.model.keys import filled
from reportgen.report.readback.given import given_entries
from reportgen.reviews.cells import same, shown
from reportgen.reviews.records import IMPORTED, Edit, EditKind, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.facts.rows import Claim, Override, PackRows, Product, Target
    from reportgen.model.case.record import Case
    from reportgen.values import Value


_Published = TypeVar("_Published", "Target", "Product", "Claim")
_DEFAULTS = frozenset({"", "listed"})  # what a blank cell of a row stands for
_LEFT = "our inputs have no such input by now, so nothing would follow from an override of it"
_NEWER = (
    "our inputs state a figure of {newer}, against which an override of {day} would stand in later"
    " reports: give it an expiry, or a later day with --published"
)
_KEPT_FIGURE = "our inputs hold this row with another figure: override it there by its key"


_KEPT_SOURCE = "our sources have this id by now: describe what is new under another one"
# The columns by which a row of ours is the one that was typed
_TOLD_APART_BY: Mapping[str, frozenset[str]] = {
    "targets": frozenset({"broker", "line", "published", "currency"}),
    "products": frozenset({"vendor", "product", "variant", "currency", "published"}),
    "claims": frozenset({"key", "variant", "unit", "published"}),
    "fundamentals": frozenset({"segment", "metric", "period", "published"}),
    "prices": frozenset({"date"}),
    "benchmark": frozenset({"date"}),
}


@dataclass(frozen=True, slots=True)
class Ours:
    """Our inputs: the live value of every input as of the issue, and every row there is by now.

    `sources` are the ids of sources.csv, `titled` those that are cited by their titles; `case` is
    that of a report built today, as of the issue.
    """

    live: Mapping[str, float | str]
    shown: Mapping[str, Value]
    rows: PackRows
    sources: frozenset[str]
    titled: Mapping[str, str]
    case: Case
    as_of: date

    def overrides(self, key: str) -> list[Override]:
        """Return the rows of a key that nothing took back, whenever they were published."""
        of_key = [row for row in self.rows.overrides if row.key == key]
        gone = {id(row) for row in revoked(of_key)}
        return [row for row in of_key if id(row) not in gone and not math.isnan(row.value)]


def read_ours(ticker: str, as_of: date, inputs: Path) -> Ours:
    """Return our inputs as of a day. Raises InputErrors with every mistake in them."""
    files = read_pack(ticker, inputs)
    case = build_case(pack_at(files, as_of), load_policy())
    live, for_people = _live(case)
    rows = _rows(files, as_of)
    titled = {source.title: source.id for source in rows.sources if source.title}
    return Ours(live, for_people, rows, _source_ids(files), titled, case, as_of)


def _rows(files: PackFiles, as_of: date) -> PackRows:
    """Return every row there is by now; those known at the issue count in the shares of then."""
    then, by_now = known_at(files, as_of).rows, known_at(files, date.max).rows

    def later(rows: tuple[_Published, ...]) -> Iterator[_Published]:
        return (row for row in rows if row.published > as_of)

    return by_now._replace(
        targets=(*then.targets, *later(by_now.targets)),
        products=(*then.products, *later(by_now.products)),
        claims=(*then.claims, *later(by_now.claims)),
    )


def _source_ids(files: PackFiles) -> frozenset[str]:
    """Return the ids in sources.csv, also of those that nothing cites."""
    parts = (*files.tables.get("sources", ()), *files.tables.get(SHARED, ()))
    return frozenset(ids_by_line(parts).values())


def _live(case: Case) -> tuple[dict[str, float | str], dict[str, Value]]:
    live: dict[str, float | str] = {}
    for_people: dict[str, Value] = {}
    for line in given_entries():
        issued, override = case.given[line.issued], case.given[line.override]
        for key, index in filled(line, case.members):
            over = float(override[index])
            live[key] = float(issued[index]) if math.isnan(over) else over
            for_people[key] = shown(line, live[key])
    return live, for_people


def against(edit: Edit, ours: Ours | None) -> Edit:
    """Return the edit with what our inputs say, and how it stands against them."""
    if edit.kind not in IMPORTED:
        return edit if ours is None else replace(edit, ours=ours.shown.get(edit.key))
    if ours is None:
        return replace(edit, state=State.NEW)
    if edit.kind is EditKind.ROW:
        return _row(edit, ours)
    if edit.key not in ours.live:
        return replace(edit, note=_LEFT)
    stands = ours.shown.get(edit.key)
    told = _against_newer(replace(edit, ours=stands), ours)
    if _equal(stands, edit.theirs) or _is_there(edit, ours):
        return replace(told, state=State.SAME)
    if _equal(stands, edit.issued):
        return replace(told, state=State.NEW)
    return replace(told, state=State.CONFLICT)


def _against_newer(edit: Edit, ours: Ours) -> Edit:
    """Return an edit, with what our inputs have come to say of it since the day of the issue."""
    newer = newer_figure(ours.rows, edit.key, ours.as_of)
    if newer is None:
        return edit
    told = _NEWER.format(newer=newer, day=ours.as_of)
    return replace(edit, note="; ".join(filter(None, (edit.note, told))))


def _equal(one: Value, other: Value) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return same(one, other)
    return one == other


def _is_there(edit: Edit, ours: Ours) -> bool:
    """Return whether the newest override of the key, of whatever day, says the same."""
    newest = sorted(ours.overrides(edit.key), key=lambda row: row.published)[-1:]
    return any(row.value == edit.figure for row in newest)


def _row(edit: Edit, ours: Ours) -> Edit:
    """Judge a new row: the same figure may stand in our table by now, or another one."""
    new = replace(edit, state=State.NEW)
    if edit.table == "sources":
        is_there = str(edit.cells["id"]).casefold() in {id_.casefold() for id_ in ours.sources}
        return replace(edit, state=State.LISTED, note=_KEPT_SOURCE) if is_there else new
    names = _TOLD_APART_BY[edit.table]
    figures = {"targets": "target", "products": "price", "prices": "close", "benchmark": "close"}
    figure = figures.get(edit.table, "value")
    alike = [
        getattr(row, figure)
        for row in getattr(ours.rows, edit.table)
        if all(_matches(getattr(row, name), edit.cells.get(name), name) for name in names)
    ]
    if edit.theirs in alike:
        return replace(edit, ours=edit.theirs, state=State.SAME)
    if alike and edit.table in {"targets", "fundamentals", "prices", "benchmark"}:
        return replace(edit, ours=alike[0], state=State.LISTED, note=_KEPT_FIGURE)
    return new


def _matches(ours: object, theirs: Value, name: str) -> bool:
    """Return whether a cell of a row says what was typed; what was left blank matches anything."""
    if theirs is None:
        return name == "published" or ours in _DEFAULTS
    if name == "line":
        return ours == SHARES.get(str(theirs).lower(), theirs)
    if name == "broker":
        return house(str(ours)) == house(str(theirs))
    return (ours.isoformat() if isinstance(ours, date) else ours) == theirs
