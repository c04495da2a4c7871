"""A review as a page: what was edited, what it does, what is to be decided, what was added."""

from __future__ import annotations

from collections import Counter
from math import isclose
from typing import TYPE_CHECKING, NamedTuple

from reportgen.differences.forms.bridges import add_up
from reportgen.differences.forms.content import change_blocks
from reportgen.differences.forms.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    TableBlock,
    named,
)
from reportgen.headline import VALUES
from reportgen.pages.figures import NA, change, decimals, plain, shown, signed
from reportgen.reviews.causes import few
from reportgen.reviews.effect import LISTED_LABEL, VIEWS_LABEL
from reportgen.reviews.records import Edit, State
from reportgen.values import CENTS, cut, share_decimals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reportgen.attribution.records import Bridge
    from reportgen.reviews.records import Effect, Review
    from reportgen.reviews.session import Settled


_SHOWN = tuple(one.key for one in VALUES if one.name != "consensus")
_HEADS = ("Bear", "Base", "Bull", "Expected", "Hype-adj.")
_LONGEST = 60
_NOISE = 1e-9
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
        *_edits(tuple(_expanded(review.edits)) if everything else review.edits, _cents(review)),
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


def _cents(review: Review) -> int:
    """Return the decimals of an amount a share: as many as any price of the share asks for."""
    prices = (
        price
        for one in review.effects
        if one.key == "price"
        for price in (one.issued, one.today, one.accepted, one.edited)
    )
    return max(map(share_decimals, prices), default=CENTS)


def _edits(edits: Sequence[Edit], cents: int) -> Iterator[Block]:
    if not edits:
        return
    yield Heading(f"Edits ({len(edits):,})")
    rows = tuple(
        (
            named(edit.label, edit.key),
            edit.place,
            edit.kind.value,
            *(_value(one, edit.unit, cents) for one in (edit.issued, edit.theirs, edit.ours)),
            STATES[edit.state],
        )
        for edit in edits
    )
    head = ("Input", "Place", "What", "Issued", "Theirs", "Ours", "State")
    yield TableBlock(head, rows, numbers=frozenset({3, 4, 5}))
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


def _value(value: object, unit: str, cents: int) -> str:
    if isinstance(value, float):
        return shown(value, unit, cents=cents) if unit else plain(value)
    return cut("" if value is None else str(value), _LONGEST)


def _effects(review: Review) -> Iterator[Block]:
    """Yield what each edit adds alone, what accepting gives, and what views add on top."""
    if not review.effects:
        return
    told = {one.key: _Told(one, _cents(review)) for one in review.effects}
    effects = [told[key] for key in _SHOWN]
    moving = [edit for edit in review.edits if edit.effect and edit.can_be_accepted]
    rows = [
        (f"{edit.label}, alone", *(one.signed(edit.effect.get(one.of.key)) for one in effects))
        for edit in moving
    ]
    rows += [(f"{label}, its share", *cells) for label, cells in _shares(review, effects)]
    totals = list(_totals(effects))
    yield Heading("What the edits do, recomputed here")
    yield TableBlock(
        ("", *_HEADS),
        (*rows, *totals),
        numbers=_NUMBERS | {5},
        totals=frozenset(range(len(rows), len(rows) + len(totals))),
    )


class _Told(NamedTuple):
    """An effect as it is printed: what adds up does so to the last digit."""

    of: Effect
    cents: int

    def number(self, value: float | None) -> str:
        """Return a value, n/a for none."""
        return NA if value is None else shown(value, self.of.unit, cents=self.cents)

    def signed(self, value: float | None) -> str:
        """Return a change, n/a for none."""
        return NA if value is None else signed(value, self.of.unit, cents=self.cents)

    def split(self, parts: Sequence[float], before: float, after: float) -> tuple[float, ...]:
        """Return parts of a change rounded such that they lead from one printed value to another.

        Where they do not make that change, such as on top of other inputs, each is as it is.
        """
        places = decimals(self.of.unit, self.cents)
        if not isclose(sum(parts), after - before, abs_tol=_NOISE * (1 + abs(after))):
            return tuple(parts)
        return add_up(parts, change(before, after, self.of.unit, cents=self.cents), places)

    @property
    def accepting(self) -> float | None:
        """What accepting changes: the difference of what is printed."""
        today, accepted = self.of.today, self.of.accepted
        if today is None or accepted is None:
            return None
        return change(today, accepted, self.of.unit, cents=self.cents)

    @property
    def on_top(self) -> tuple[float | None, float | None]:
        """What edits that cannot be accepted, and views, add to that in the file."""
        listed, views, before, after = (
            self.of.listed,
            self.of.views,
            self.of.accepted,
            self.of.edited,
        )
        if listed is None or views is None or before is None or after is None:
            return listed, views
        first, second = self.split((listed, views), before, after)
        return first, second


def _totals(effects: Sequence[_Told]) -> Iterator[tuple[str, ...]]:
    """Yield the headline values as issued, with what can be accepted, and as the file has them."""

    def row(label: str, told: Callable[[_Told], str]) -> tuple[str, ...]:
        return (label, *map(told, effects))

    yield row("As issued", lambda one: one.number(one.of.issued))
    yield row("Ours today", lambda one: one.number(one.of.today))
    yield row("With all that can be accepted", lambda one: one.number(one.of.accepted))
    yield row("Accepting changes", lambda one: one.signed(one.accepting))
    if any(one.of.edited_by != "model" for one in effects):
        yield row(_STATED, _stated)
        return
    if any(one.of.listed != 0 for one in effects):
        yield row(LISTED_LABEL, lambda one: one.signed(one.on_top[0]))
    if any(one.of.views != 0 for one in effects):
        yield row(VIEWS_LABEL, lambda one: one.signed(one.on_top[1]))
    yield row("With everything in the file", lambda one: one.number(one.of.edited))


def _shares(review: Review, effects: Sequence[_Told]) -> Iterator[tuple[str, list[str]]]:
    """Yield each edit's share of what accepting gives, where several share in it."""
    bridges = {bridge.output: bridge for bridge in review.bridges}
    shares = {one.of.key: _rounded(bridges.get(one.of.key), one) for one in effects}
    labels = {bar.player: bar.label for one in review.bridges for bar in one.bars}
    for player, label in labels.items() if len(labels) > 1 else ():
        amounts = ((one, shares[one.of.key].get(player)) for one in effects)
        yield label, ["" if amount is None else one.signed(amount) for one, amount in amounts]


def _rounded(bridge: Bridge | None, told: _Told) -> dict[str, float]:
    """Return each edit's share as it is shown: rounded so that the shares still add up."""
    if bridge is None or bridge.old is None or bridge.new is None:
        return {}
    amounts = told.split([bar.amount for bar in bridge.bars], bridge.old, bridge.new)
    return {bar.player: amount for bar, amount in zip(bridge.bars, amounts, strict=True)}


def _stated(told: _Told) -> str:
    return "not valued" if told.of.edited_by == "nobody" else told.number(told.of.edited)


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
