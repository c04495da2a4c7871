"""What a diff of two reports tells people, in the order in which they ask."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.differences.forms.bridges import has_bars, method_words, side_by_side, waterfall
from reportgen.differences.forms.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    TableBlock,
    named,
)
from reportgen.differences.forms.story import story
from reportgen.facts.catalogue import Family
from reportgen.model.inputs.conversion import per_euro
from reportgen.model.keys import listed_of
from reportgen.pages.figures import NA, percent, plain, shown, shown_pair, signed
from reportgen.values import cut

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.attribution.records import Bridge
    from reportgen.differences.records import (
        End,
        Headline,
        InputChange,
        NumberChange,
        ReportDiff,
    )
    from reportgen.xlsx.compare.changes import WorkbookChange


TITLES = {
    "changed": "Inputs that changed",
    "superseded": "Inputs that a newer one superseded",
    "entered": "Inputs that entered",
    "left": "Inputs that left",
    "expired": "Inputs that expired",
}
# What is counted instead of listed: of rows that newer ones superseded by their table
_IDLE_RATE = ("exchange rate that moves no value", "exchange rates that move no value")
_ASIDE = ("attribute of rows and sources", "attributes of rows and sources")
_ROWS = {
    "target": ("target", "targets"),
    "fundamental": ("reported figure", "reported figures"),
    "claim": ("claim", "claims"),
    "product": ("price of a product", "prices of products"),
}
_ATTRIBUTE = re.compile(r"\]\.(?!yoy$)\w+$")


_UNITS = {"": "numbers", "0-100": "points of 100"}
SAME_FILES = "The two workbooks hold the same."
LONGEST = 120  # letters of a formula or text that are shown
SAME = "The two reports say the same, on the same inputs."
HASH_DIGITS = 12  # enough to tell two models or packs apart


def input_blocks(diff: ReportDiff, *, everything: bool = True) -> Iterator[Block]:
    """A heading and a table for each kind of change that there is.

    Without `everything` what tells little by itself is counted: rows that newer ones superseded,
    exchange rates that move no value, and of a row that came or went what is no figure, such as its
    months or a flag of its source that is not raised.
    """
    idle = _idle_rates(diff)
    for kind, heading in TITLES.items():
        found = [one for one in diff.inputs if one.kind == kind]
        kinds = [None if everything else _folded_as(one, idle) for one in found]
        chosen = [one for one, folded in zip(found, kinds, strict=True) if not folded]
        if found:
            yield Heading(f"{heading} ({len(found):,})")
        if chosen:
            yield (_both_ends if kind == "changed" else _one_end)(chosen, diff.cents)
        if counted := Counter(filter(None, kinds)):
            told = ", ".join(
                f"{n:,} {one if n == 1 else more}" for (one, more), n in counted.items()
            )
            yield Paragraph(f"{'and ' if chosen else ''}{told}: see --all", "faint")


def _folded_as(change: InputChange, idle: Container[str]) -> tuple[str, str] | None:
    """What an input is counted as where it is not told by itself: one of them, and several."""
    if change.kind == "superseded":
        return _ROWS.get(change.key.partition("[")[0])
    if change.key in idle:
        return _IDLE_RATE
    return _ASIDE if _is_aside(change) else None


def _idle_rates(diff: ReportDiff) -> frozenset[str]:
    """The keys of exchange rates that move no value; none where bars do not tell of each."""
    if any(one.whole == "families" or (one.note and not one.bars) for one in diff.bridges):
        return frozenset()
    moving = {bar.player for one in diff.bridges for bar in one.bars if bar.family == Family.FX}
    # Other rates are crossed with that of the price currency, which moves with any of them
    crossed = {f"fx[{one.unit.partition(' ')[0]}]" for one in diff.headlines} if moving else set()
    rates = (key for key, _ in listed_of(per_euro, (one.key for one in diff.inputs)))
    return frozenset(rates) - moving - crossed


def _is_aside(change: InputChange) -> bool:
    """Whether it is an attribute of a row that came or went, and no figure or raised flag."""
    if change.kind == "changed" or not _ATTRIBUTE.search(change.key):
        return False
    is_raised = change.unit == "0/1" and 1.0 in {change.old, change.new}
    return not is_raised


def _both_ends(inputs: Sequence[InputChange], cents: int) -> TableBlock:
    rows = tuple(
        (
            named(one.label, one.key),
            *shown_pair(one.old, one.new, one.unit, cents=cents),
            one.unit,
            _turned(one.old_source, one.new_source),
            _turned(_day(one.old_published), _day(one.new_published)),
        )
        for one in inputs
    )
    return TableBlock(
        ("Input", "Old", "New", "Unit", "Source", "Published"), rows, frozenset({1, 2})
    )


def _one_end(inputs: Sequence[InputChange], cents: int) -> TableBlock:
    """Inputs with one value: a superseded one is told with what took its place."""
    rows = tuple(
        (
            named(one.label, one.key),
            _value(one, cents),
            one.unit,
            _turned(one.old_source or one.new_source, one.new_source or one.old_source),
            _turned(*_days(one)),
        )
        for one in inputs
    )
    return TableBlock(("Input", "Value", "Unit", "Source", "Published"), rows, frozenset({1}))


def _value(one: InputChange, cents: int) -> str:
    if one.old is not None and one.new is not None:
        return " → ".join(shown_pair(one.old, one.new, one.unit, cents=cents))
    return shown(one.old if one.new is None else one.new, one.unit, cents=cents)


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
            cut(plain(one.old), LONGEST),
            cut(plain(one.new), LONGEST),
            one.note,
        )
        for one in changes
    )
    yield TableBlock(("Kind", "Sheet", "Place", "Old", "New", "Note"), rows)


def _place(change: WorkbookChange) -> str:
    moved = change.old_place and change.old_place != change.place
    return f"{change.old_place} → {change.place}" if moved else change.place


def content(diff: ReportDiff, *, every_bridge: bool = True, everything: bool = True) -> Document:
    """The diff as a page.

    Without `every_bridge` only bridges with doubts stand bar by bar; without `everything` inputs
    that tell little by themselves are counted.
    """
    blocks = [
        *_unreproduced(diff),
        *_headline(diff),
        *(Paragraph(f"{note[:1].upper()}{note[1:]}.", "warn") for note in diff.notes),
        *_bridges(diff.bridges, diff.cents, every=every_bridge),
        *input_blocks(diff, everything=everything),
        *_facts(diff),
        *_checks(diff),
        *_numbers(diff),
        *change_blocks(diff.workbook),
    ]
    if diff.is_empty:
        blocks.append(Paragraph(SAME, "good"))
    told = story(diff)
    first = [Paragraph(" ".join(told))] if told else []
    return Document(title(diff), (*first, *_ends(diff), *blocks))


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
    yield TableBlock(head, rows, frozenset({1, 2}))


def _headline(diff: ReportDiff) -> Iterator[Block]:
    if not diff.headlines:
        return
    yield Heading("Headline")
    head = ("Value", "Old", "New", "Change", "Change, %", "Unit")
    rows = tuple(_headline_row(one, diff.cents) for one in diff.headlines)
    yield TableBlock(head, rows, frozenset({1, 2, 3, 4}))


def _headline_row(one: Headline, cents: int) -> tuple[str, ...]:
    old, new = (shown(value, one.unit, cents=cents) for value in (one.old, one.new))
    change = one.shown_change(cents)
    told = NA if change is None else signed(change, one.unit, cents=cents)
    return (one.label, old, new, told, percent(one.relative), one.unit)


def _bridges(bridges: Sequence[Bridge], cents: int, *, every: bool) -> Iterator[Block]:
    drawn = [bridge for bridge in bridges if has_bars(bridge)]
    if drawn:
        yield Heading("Why the values changed")
    for unit in dict.fromkeys(bridge.unit for bridge in drawn):
        told = _UNITS.get(unit, unit)
        yield Paragraph(f"Each column adds up to the change of its value, in {told}.")
        yield side_by_side([bridge for bridge in drawn if bridge.unit == unit], cents)
    yield from _methods(drawn)
    for bridge in bridges:
        if bridge.note and not has_bars(bridge):
            yield Paragraph(f"{bridge.label}: {bridge.note}", "warn")
    for bridge in drawn:
        if every or bridge.method in {"sampled", "sequential"}:
            yield waterfall(bridge, cents)


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
        yield TableBlock(("What", "Fact", "Old", "New"), rows)


def _checks(diff: ReportDiff) -> Iterator[Block]:
    if diff.checks:
        yield Heading("Checks that turned")
        rows = tuple((one.label, one.old or "none", one.new or "none") for one in diff.checks)
        yield TableBlock(("Check", "Old", "New"), rows)


def _pair(one: NumberChange, cents: int) -> tuple[str, str]:
    return shown_pair(one.old, one.new, one.unit, cents=cents)


def _numbers(diff: ReportDiff) -> Iterator[Block]:
    if diff.numbers:
        yield Heading(f"Every changed number ({len(diff.numbers):,})")
        rows = tuple(
            (one.key, one.label, one.unit, *_pair(one, diff.cents)) for one in diff.numbers
        )
        yield TableBlock(("Key", "Label", "Unit", "Old", "New"), rows, frozenset({3, 4}))
