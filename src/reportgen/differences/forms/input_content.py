"""Inputs that are not what they were, each kind for itself, with where they come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.differences.forms.document import Block, Heading, Paragraph, Table, named
from reportgen.differences.forms.figures import shown, shown_pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reportgen.differences.records import InputChange

TITLES = {
    "changed": "Inputs that changed",
    "superseded": "Inputs that a newer one superseded",
    "entered": "Inputs that entered",
    "left": "Inputs that left",
    "expired": "Inputs that expired",
}
_ATTRIBUTE = re.compile(r"\]\.(?!yoy$)\w+$")


def input_blocks(inputs: Sequence[InputChange], *, everything: bool = True) -> Iterator[Block]:
    """A heading and a table for each kind of change that there is.

    Without `everything` a row that came or went is told by its figures alone: what else is known
    of it, such as its months or a flag of its source that is not raised, is counted.
    """
    for kind, heading in TITLES.items():
        found = [one for one in inputs if one.kind == kind]
        chosen = [one for one in found if everything or not _is_aside(one)]
        if not found:
            continue
        yield Heading(f"{heading} ({len(found):,})")
        if chosen:
            yield _both_ends(chosen) if kind == "changed" else _one_end(chosen)
        if len(chosen) < len(found):
            told = f"and {len(found) - len(chosen):,} attributes of rows and sources: see --all"
            yield Paragraph(told, "faint")


def _is_aside(change: InputChange) -> bool:
    """Whether it is an attribute of a row that came or went, and no figure or raised flag."""
    if change.kind == "changed" or not _ATTRIBUTE.search(change.key):
        return False
    is_raised = change.unit == "0/1" and 1.0 in {change.old, change.new}
    return not is_raised


def _both_ends(inputs: Sequence[InputChange]) -> Table:
    rows = tuple(
        (
            named(one.label, one.key),
            *shown_pair(one.old, one.new, one.unit),
            one.unit,
            _turned(one.old_source, one.new_source),
            _turned(_day(one.old_published), _day(one.new_published)),
        )
        for one in inputs
    )
    return Table(("Input", "Old", "New", "Unit", "Source", "Published"), rows, frozenset({1, 2}))


def _one_end(inputs: Sequence[InputChange]) -> Table:
    """Inputs with one value: a superseded one is told with what took its place."""
    rows = tuple(
        (
            named(one.label, one.key),
            *_value(one),
            one.unit,
            _turned(one.old_source or one.new_source, one.new_source or one.old_source),
            _turned(*_days(one)),
        )
        for one in inputs
    )
    return Table(("Input", "Value", "Unit", "Source", "Published"), rows, frozenset({1}))


def _value(one: InputChange) -> tuple[str]:
    if one.old is not None and one.new is not None:
        old, new = shown_pair(one.old, one.new, one.unit)
        return (f"{old} → {new}",)
    return (shown(one.old if one.new is None else one.new, one.unit),)


def _days(one: InputChange) -> tuple[str, str]:
    old, new = one.old_published or one.new_published, one.new_published or one.old_published
    return _day(old), _day(new)


def _turned(old: str, new: str) -> str:
    """What is the same at both ends, or both with an arrow."""
    if old == new:
        return new
    return f"{old or 'none'} → {new or 'none'}"


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
