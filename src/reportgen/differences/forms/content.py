"""What a diff of two reports tells people, in the order in which they ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from reportgen.differences.forms.bridges import has_bars, method_words, side_by_side, waterfall
from reportgen.differences.forms.document import Block, Document, Heading, Paragraph, Table, named
from reportgen.pages.figures import (
    NA,
    decimals,
    percent,
    plain,
    shown,
    shown_pair,
    signed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.attribution.records import Bridge
    from reportgen.differences.records import End, Headline, InputChange, ReportDiff
    from reportgen.xlsx.compare.changes import WorkbookChange


TITLES = {
    "changed": "Inputs that changed",
    "superseded": "Inputs that a newer one superseded",
    "entered": "Inputs that entered",
    "left": "Inputs that left",
    "expired": "Inputs that expired",
}
_ATTRIBUTE = re.compile(r"\]\.(?!yoy$)\w+$")


SAME_FILES = "The two workbooks hold the same."
LONGEST = 120  # letters of a formula or text that are shown
SAME = "The two reports say the same, on the same inputs."
HASH_DIGITS = 12  # enough to tell two models or packs apart


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


@dataclass(frozen=True, slots=True)
class WorkbookDiff:
    """Everything that two workbooks differ in of which at least one is no report of ours."""

    old: Path
    new: Path
    changes: tuple[WorkbookChange, ...] = ()
    notes: tuple[str, ...] = ()


def file_content(diff: WorkbookDiff) -> Document:
    """The diff of two workbooks as a page."""
    blocks: list[Block] = [Paragraph(note, "warn") for note in diff.notes]
    blocks += change_blocks(diff.changes)
    if not diff.changes:
        blocks.append(Paragraph(SAME_FILES, "good"))
    return Document(f"{diff.old.name} to {diff.new.name}", tuple(blocks))


def change_blocks(changes: Sequence[WorkbookChange]) -> Iterator[Block]:
    """A heading and a table of changes in the order they were found; nothing for none."""
    if not changes:
        return
    yield Heading(f"Changes in the workbook ({len(changes):,})")
    rows = tuple(
        (
            one.kind.value,
            one.sheet,
            _place(one),
            _cut(plain(one.old)),
            _cut(plain(one.new)),
            one.note,
        )
        for one in changes
    )
    yield Table(("Kind", "Sheet", "Place", "Old", "New", "Note"), rows)


def _place(change: WorkbookChange) -> str:
    moved = change.old_place and change.old_place != change.place
    return f"{change.old_place} → {change.place}" if moved else change.place


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def content(diff: ReportDiff, *, every_bridge: bool = True, everything: bool = True) -> Document:
    """The diff as a page.

    Without `every_bridge` only bridges with doubts stand bar by bar; without `everything` rows that
    came or went are told by their figures alone.
    """
    blocks = [
        *_unreproduced(diff),
        *_headline(diff),
        *(Paragraph(f"{note[:1].upper()}{note[1:]}.", "warn") for note in diff.notes),
        *_bridges(diff.bridges, every=every_bridge),
        *input_blocks(diff.inputs, everything=everything),
        *_facts(diff),
        *_checks(diff),
        *_numbers(diff),
        *change_blocks(diff.workbook),
    ]
    if diff.is_empty:
        blocks.append(Paragraph(SAME, "good"))
    return Document(title(diff), (*_ends(diff), *blocks))


def title(diff: ReportDiff) -> str:
    """What is compared: `BABA: 2025-10-31 to 2025-11-30`."""
    old, new = diff.old, diff.new
    if old.ticker == new.ticker:
        return f"{new.ticker}: {old.as_of} to {new.as_of}"
    return f"{old.ticker} {old.as_of} to {new.ticker} {new.as_of}"


def _ends(diff: ReportDiff) -> Iterator[Block]:
    yield Paragraph(f"old {_end(diff.old)}", "faint")
    yield Paragraph(f"new {_end(diff.new)}", "faint")


def _end(end: End) -> str:
    inputs, model = end.input_hash[:HASH_DIGITS], end.model_hash[:HASH_DIGITS]
    return f"{end.path.name} (inputs {inputs or NA}, model {model or NA})"


def _unreproduced(diff: ReportDiff) -> Iterator[Block]:
    if not diff.unreproduced:
        return
    yield Heading("Unreproduced")
    yield Paragraph(
        "These values are not what the model makes of the inputs in the same file: someone or"
        " some program changed it after it was issued. Build the report again, or review the file.",
        "bad",
    )
    rows = tuple(
        (one.label, *shown_pair(one.stored, one.recomputed, ""), one.path.name, one.key)
        for one in diff.unreproduced
    )
    head = ("Value", "In the file", "Recomputed", "File", "Key")
    yield Table(head, rows, frozenset({1, 2}))


def _headline(diff: ReportDiff) -> Iterator[Block]:
    if not diff.headlines:
        return
    yield Heading("Headline")
    head = ("Value", "Old", "New", "Change", "Change, %", "Unit")
    rows = tuple(_headline_row(one) for one in diff.headlines)
    yield Table(head, rows, frozenset({1, 2, 3, 4}))


def _headline_row(one: Headline) -> tuple[str, ...]:
    old, new, unit = one.old, one.new, one.unit
    if old is None or new is None:
        return (one.label, shown(old, unit), shown(new, unit), NA, NA, unit)
    places = decimals(unit)
    # the change of what is shown, so that the row adds up to the last digit
    change = round(new, places) - round(old, places)
    return (
        one.label,
        shown(old, unit),
        shown(new, unit),
        signed(change, unit),
        percent(one.relative),
        unit,
    )


def _bridges(bridges: Sequence[Bridge], *, every: bool) -> Iterator[Block]:
    drawn = [bridge for bridge in bridges if has_bars(bridge)]
    if drawn:
        yield Heading("Why the values changed")
    for unit, group in groupby(sorted(drawn, key=lambda one: one.unit), lambda one: one.unit):
        yield Paragraph(f"Each column adds up to the change of its value, in {unit or 'numbers'}.")
        yield side_by_side(list(group))
    yield from _methods(drawn)
    for bridge in bridges:
        if bridge.note and not has_bars(bridge):
            yield Paragraph(f"{bridge.label}: {bridge.note}", "warn")
    for bridge in drawn:
        if every or bridge.method in {"sampled", "sequential"}:
            yield waterfall(bridge)


def _methods(drawn: Sequence[Bridge]) -> Iterator[Block]:
    """How the bars were found, each way said once."""
    for words in dict.fromkeys(map(method_words, drawn)):
        labels = ", ".join(bridge.label for bridge in drawn if method_words(bridge) == words)
        yield Paragraph(f"{labels}: {words}.", "faint")
    for bridge in drawn:
        if bridge.note:
            yield Paragraph(f"{bridge.label}: {bridge.note}", "warn")


def _facts(diff: ReportDiff) -> Iterator[Block]:
    if diff.facts:
        yield Heading("Facts and conflicts")
        rows = tuple(
            (one.what, named(one.label, one.key), *shown_pair(one.old, one.new, ""))
            for one in diff.facts
        )
        yield Table(("What", "Fact", "Old", "New"), rows)


def _checks(diff: ReportDiff) -> Iterator[Block]:
    if diff.checks:
        yield Heading("Checks that turned")
        rows = tuple((one.label, one.old or "none", one.new or "none") for one in diff.checks)
        yield Table(("Check", "Old", "New"), rows)


def _numbers(diff: ReportDiff) -> Iterator[Block]:
    if diff.numbers:
        yield Heading(f"Every changed number ({len(diff.numbers):,})")
        rows = tuple(
            (one.key, one.label, one.unit, *shown_pair(one.old, one.new, one.unit))
            for one in diff.numbers
        )
        yield Table(("Key", "Label", "Unit", "Old", "New"), rows, frozenset({3, 4}))
