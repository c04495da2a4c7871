"""The month in three sentences, from the bars: what moved, why, and what became of others' views.

Amounts are rounded as in the tables below them: causes and all else add up to the change told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.differences.forms.bridges import has_bars, rounded
from reportgen.pages.figures import NA, percent, shown, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.attribution.records import Bridge
    from reportgen.differences.records import Headline, ReportDiff

CAUSES, FEWER_CAUSES = 3, 2  # named of the expected value, and of what others say
_PER_SHARE = " per share"


class _Teller(NamedTuple):
    """What the sentences are told from."""

    headlines: Mapping[str, Headline]
    bridges: Mapping[str, Bridge]
    cents: int

    def amount(self, value: float, unit: str) -> str:
        """Return a value with its currency in front, `USD 151.56`; a score bare, `47.5`."""
        currency = f"{unit.removesuffix(_PER_SHARE)} " if unit.endswith(_PER_SHARE) else ""
        return f"{currency}{shown(value, unit, cents=self.cents)}"

    def moved(self, key: str, name: str, *, relative: bool = False) -> str:
        """Return how a headline moved: `the price fell by 7.7% to USD 157.30`."""
        one = self.headlines[key]
        if one.old is None or one.new is None:
            then, now = (
                NA if value is None else self.amount(value, one.unit)
                for value in (one.old, one.new)
            )
            return f"{name} is {now}" + (f", after {then}" if then != now else " in both")
        change = one.shown_change(self.cents)
        if not change:
            return f"{name} stood still at {self.amount(one.new, one.unit)}"
        way = "rose" if change > 0 else "fell"
        by = self.amount(abs(change), one.unit)
        of_old = percent(one.relative)
        if relative and one.relative is not None:
            by, of_old = of_old.lstrip("+-"), ""
        in_percent = f" ({of_old})" if of_old and one.unit.endswith(_PER_SHARE) else ""
        return f"{name} {way} by {by}{in_percent} to {self.amount(one.new, one.unit)}"

    def causes(self, key: str, most: int) -> str:
        """Return the largest bars of a bridge and all else: `Price (-1.20), all else (+0.30)`."""
        bridge = self.bridges.get(key)
        if bridge is None or not has_bars(bridge):
            return bridge.note if bridge is not None else ""
        amounts = rounded(bridge, self.cents).bars
        seen = [pair for pair in zip(bridge.bars, amounts, strict=True) if pair[1]]
        parts = [(bar.label, amount) for bar, amount in seen[:most]]
        if len(seen) > most:
            parts.append(("all else", sum(amount for _, amount in seen[most:])))
        return ", ".join(
            f"{label} ({signed(amount, bridge.unit, cents=self.cents)})" for label, amount in parts
        )


def story(diff: ReportDiff) -> tuple[str, ...]:
    """Return what a portfolio manager repeats of a diff; no sentence where nothing differs."""
    teller = _Teller(
        {one.key: one for one in diff.headlines},
        {one.output: one for one in diff.bridges},
        diff.cents,
    )
    if diff.is_empty or not {"expected_value", "price"} <= teller.headlines.keys():
        return ()
    return tuple(_sentences(diff, teller))


def _sentences(diff: ReportDiff, teller: _Teller) -> Iterator[str]:
    old, new = diff.old, diff.new
    span = f"From {old.as_of} to {new.as_of}" if old.as_of != new.as_of else f"As of {new.as_of}"
    value = teller.moved("expected_value", "the expected value")
    price = teller.moved("price", "the price", relative=True)
    yield f"{span} {value}, and {price}{_stance(old.stance, new.stance)}."
    if why := teller.causes("expected_value", CAUSES):
        yield f"What moved the expected value: {why}."
    others = (
        _with_causes(teller, key, name)
        for key, name in (
            ("hype.value", "the hype-adjusted value"),
            ("hype.consensus", "the consensus"),
            ("hype.score", "the hype score"),
        )
        if key in teller.headlines
    )
    if told := "; ".join(others):
        yield f"{told[:1].upper()}{told[1:]}."


def _stance(old: str, new: str) -> str:
    if not new or not old:
        return ""
    return f"; the stance stays {new}" if old == new else f"; the stance turned from {old} to {new}"


def _with_causes(teller: _Teller, key: str, name: str) -> str:
    why = teller.causes(key, FEWER_CAUSES)
    return teller.moved(key, name) + (f": {why}" if why else "")
