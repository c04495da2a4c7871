"""A review as a page: what was edited, what it does, what is to be decided, what was added."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reportgen.differences.forms.bridges import add_up
from reportgen.differences.forms.content import change_blocks
from reportgen.differences.forms.document import Block, Document, Heading, Paragraph, Table, named
from reportgen.headline import VALUES
from reportgen.pages.figures import NA, decimals, plain, shown, signed
from reportgen.reviews.causes import few
from reportgen.reviews.effect import LISTED_LABEL, VIEWS_LABEL
from reportgen.reviews.records import Edit, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.attribution.records import Bridge
    from reportgen.reviews.records import Effect, Review
    from reportgen.reviews.session import Settled


_SHOWN = tuple(one.key for one in VALUES if one.name != "consensus")
_HEADS = ("Bear", "Base", "Bull", "Expected", "Hype-adj.")
_LONGEST = 60
_RAISED = "With all that can be accepted:"
_STATED = "With everything in the file, as the file says, not checked"
_NUMBERS = frozenset({1, 2, 3, 4})
STATES = {
    State.NEW: "to accept",
    State.CONFLICT: "CONFLICT: --ours or --theirs",
    State.LISTED: "for you to decide: cannot be accepted",
    State.SAME: "already so",
    State.VIEW: "a view: nothing to decide",
}


def document(settled: Settled, *, everything: bool = False) -> Document:
    """Return the page of a review; with `everything` each cell of what was done to many at once."""
    review = settled.review
    title = f"Review of {review.path.name}"
    if review.as_of is not None:
        title += f": {review.ticker} as of {review.as_of}"
    blocks = [
        *(Paragraph(f"Missing: {what}", "bad") for what in review.missing),
        *(Paragraph(note, "warn") for note in review.notes),
        *_edits(tuple(_expanded(review.edits)) if everything else review.edits),
        *_effects(review),
        *(Paragraph(f"{_RAISED} {what}", "warn") for what in review.raised),
        *change_blocks(review.workbook if everything else few(review.workbook)),
        *_lines(settled),
        *_verdict(settled),
    ]
    return Document(title, tuple(blocks))


def _expanded(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the edits, in the place of one that tells of many each of these."""
    for edit in edits:
        yield from edit.parts or (edit,)


def _edits(edits: Sequence[Edit]) -> Iterator[Block]:
    if not edits:
        return
    yield Heading(f"Edits ({len(edits):,})")
    rows = tuple(
        (
            named(edit.label, edit.key),
            edit.place,
            edit.kind.value,
            _value(edit.issued, edit.unit),
            _value(edit.theirs, edit.unit),
            _value(edit.ours, edit.unit),
            STATES[edit.state],
        )
        for edit in edits
    )
    head = ("Input", "Place", "What", "Issued", "Theirs", "Ours", "State")
    yield Table(head, rows, numbers=frozenset({3, 4, 5}))
    yield from _remarks(edits)


def _remarks(edits: Sequence[Edit]) -> Iterator[Block]:
    """Yield what is said about edits; what is said of several alike once, by their kind."""
    alike = Counter((edit.kind, said) for edit in edits if (said := _said(edit)))
    for edit in edits:
        size = alike.pop((edit.kind, said), 0) if (said := _said(edit)) else 0
        if size:
            what = edit.label if size == 1 else f"{edit.kind} ({size:,})"
            yield Paragraph(f"{what}: {said}", "faint")


def _said(edit: Edit) -> str:
    remark = edit.remark
    parts = (
        edit.note,
        f"by {remark.author}" if remark.author else "",
        remark.reason,
        f"until {remark.expires}" if remark.expires else "",
    )
    return "; ".join(part for part in parts if part)


def _value(value: object, unit: str) -> str:
    if isinstance(value, float):
        return shown(value, unit) if unit else plain(value)
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _effects(review: Review) -> Iterator[Block]:
    """Yield what each edit adds alone, what accepting gives, and what views add on top."""
    if not review.effects:
        return
    units = {effect.key: effect.unit for effect in review.effects}
    moving = [edit for edit in review.edits if edit.effect and edit.can_be_accepted]
    rows = [
        (f"{edit.label}, alone", *(_signed(edit.effect.get(key), units[key]) for key in _SHOWN))
        for edit in moving
    ]
    rows += [(f"{label}, its share", *cells) for label, cells in _shares(review)]
    totals = list(_totals({effect.key: effect for effect in review.effects}))
    yield Heading("What the edits do, recomputed here")
    yield Table(
        ("", *_HEADS),
        (*rows, *totals),
        numbers=_NUMBERS | {5},
        totals=frozenset(range(len(rows), len(rows) + len(totals))),
    )


def _totals(effects: Mapping[str, Effect]) -> Iterator[tuple[str, ...]]:
    """Yield the headline values as issued, with what can be accepted, and as the file has them."""
    shown_effects = [effects[key] for key in _SHOWN]

    def row(label: str, told: Callable[[Effect], str]) -> tuple[str, ...]:
        return (label, *map(told, shown_effects))

    yield row("As issued", lambda one: _number(one.issued, one.unit))
    yield row("Ours today", lambda one: _number(one.today, one.unit))
    yield row("With all that can be accepted", lambda one: _number(one.accepted, one.unit))
    yield row("Accepting changes", lambda one: _signed(one.accepted_change, one.unit))
    if any(one.edited_by != "model" for one in shown_effects):
        yield row(_STATED, _stated)
        return
    adds_listed = any(one.listed != 0 for one in shown_effects)
    adds_views = any(one.views != 0 for one in shown_effects)
    if adds_listed:
        yield row(LISTED_LABEL, lambda one: _signed(one.listed, one.unit))
    if adds_views:
        yield row(VIEWS_LABEL, lambda one: _signed(one.views, one.unit))
    yield row("With everything in the file", lambda one: _number(one.edited, one.unit))


def _shares(review: Review) -> Iterator[tuple[str, list[str]]]:
    """Yield each edit's share of what accepting gives, where several share in it."""
    shown_shares = {bridge.output: _rounded(bridge) for bridge in review.bridges}
    units = {bridge.output: bridge.unit for bridge in review.bridges}
    labels = {bar.player: bar.label for one in review.bridges for bar in one.bars}
    for player, label in labels.items() if len(labels) > 1 else ():
        amounts = [(key, shown_shares.get(key, {}).get(player)) for key in _SHOWN]
        yield (
            label,
            ["" if amount is None else _signed(amount, units[key]) for key, amount in amounts],
        )


def _rounded(bridge: Bridge) -> dict[str, float]:
    """Return each edit's share as it is shown: rounded so that the shares still add up."""
    bars = bridge.bars
    amounts = [bar.amount for bar in bars]
    rounded = add_up(amounts, sum(amounts), decimals(bridge.unit)) if amounts else ()
    return {bar.player: amount for bar, amount in zip(bars, rounded, strict=True)}


def _stated(effect: Effect) -> str:
    return "not valued" if effect.edited_by == "nobody" else _number(effect.edited, effect.unit)


def _number(value: float | None, unit: str) -> str:
    return NA if value is None else shown(value, unit)


def _signed(value: float | None, unit: str) -> str:
    return NA if value is None else signed(value, unit)


def _lines(settled: Settled) -> Iterator[Block]:
    """Yield the lines added to each file, or that would be."""
    if not settled.files:
        return
    yield Heading("Added" if settled.is_written else "Accepting would add")
    for file in settled.files:
        yield Paragraph(str(file.path), "strong")
        yield from (Paragraph(f"+ {line.rstrip()}", "good") for line in file.lines)


def _verdict(settled: Settled) -> Iterator[Block]:
    yield Heading("Verdict")
    if settled.why_not and any(edit.state is State.NEW for edit in settled.plan.left):
        yield Paragraph(f"To accept: {settled.why_not}", "warn")
    for edit in settled.plan.settled:
        yield Paragraph(f"{edit.key}: kept as our inputs have it", "good")
    for edit in settled.plan.accepted if settled.is_written else ():
        yield Paragraph(f"{edit.key}: accepted", "good")
    left = len(settled.plan.left)
    if settled.is_open:
        what = f"{left:,} to decide" if left else "the two files differ"
        yield Paragraph(what, "warn")
    else:
        yield Paragraph("Nothing to decide.", "good")
