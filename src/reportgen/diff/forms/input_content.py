"""Inputs that are not what they were, each kind for itself, with where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.diff.forms.document import Block, Heading, Table
from reportgen.diff.forms.figures import shown, shown_pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reportgen.diff.records import InputChange

TITLES = {
    "changed": "Inputs that changed",
    "superseded": "Inputs that a newer one superseded",
    "entered": "Inputs that entered",
    "left": "Inputs that left",
    "expired": "Inputs that expired",
}


def input_blocks(inputs: Sequence[InputChange]) -> Iterator[Block]:
    """A heading and a table for each kind of change that there is."""
    for kind, heading in TITLES.items():
        chosen = [one for one in inputs if one.kind == kind]
        if not chosen:
            continue
        yield Heading(f"{heading} ({len(chosen):,})")
        yield _both_ends(chosen) if kind in {"changed", "superseded"} else _one_end(chosen)


def _both_ends(inputs: Sequence[InputChange]) -> Table:
    rows = tuple(
        (
            one.label,
            *shown_pair(one.old, one.new, one.unit),
            one.unit,
            _turned(one.old_source, one.new_source),
            _turned(_day(one.old_published), _day(one.new_published)),
            one.key,
        )
        for one in inputs
    )
    head = ("Input", "Old", "New", "Unit", "Source", "Published", "Key")
    return Table(head, rows, frozenset({1, 2}))


def _one_end(inputs: Sequence[InputChange]) -> Table:
    rows = tuple(
        (
            one.label,
            shown(one.old if one.new is None else one.new, one.unit),
            one.unit,
            one.new_source or one.old_source,
            _day(one.new_published or one.old_published),
            one.key,
        )
        for one in inputs
    )
    return Table(("Input", "Value", "Unit", "Source", "Published", "Key"), rows, frozenset({1}))


def _turned(old: str, new: str) -> str:
    """What is the same at both ends, or both with an arrow."""
    if old == new:
        return new
    return f"{old or 'none'} → {new or 'none'}"


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
