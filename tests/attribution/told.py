"""The bridges of some months as text: who moved what, by how much, and what is said of it.

They stand in tests/golden/documents, written anew with the other documents: tests/golden/prints.py.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.attribution.bridges import bridges, score_bridge
from reportgen.attribution.factors import OUTCOMES
from reportgen.attribution.shapley import Attribution
from tests.differences.case_ends import NOVEMBER, OCTOBER, end_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.attribution.records import Bridge

NAME = "bridges.txt"
MONTHS = (
    ("baba", OCTOBER, NOVEMBER),
    ("baba", date(2025, 8, 29), date(2026, 1, 31)),
    ("tokyo", OCTOBER, NOVEMBER),
    ("bare", OCTOBER, NOVEMBER),
)
WAYS = (
    Attribution("owen"),
    Attribution("sequential", ("FX", "price")),
    Attribution("sampled"),
)
SOME = OUTCOMES[3:]
LEAST = 1e-6  # an error below it is rounding


def text() -> str:
    """The bridges of each month by pack and days, some of the first one in other ways as well."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    for pack, old, new in MONTHS:
        yield f"\n{pack}, {old} to {new}"
        ends = end_at(pack, old), end_at(pack, new)
        for bridge in (*bridges(*ends, OUTCOMES, Attribution()), score_bridge(*ends)):
            yield from _told(bridge)
    for how in WAYS:
        yield f"\nbaba, {how.method}"
        for bridge in bridges(end_at("baba", OCTOBER), end_at("baba", NOVEMBER), SOME, how):
            yield from _told(bridge)


def _told(bridge: Bridge) -> Iterator[str]:
    ends = f"{_number(bridge.old)} -> {_number(bridge.new)}"
    how = f"{bridge.method}, {bridge.states} states"
    yield f"  {bridge.output} ({bridge.label}, {bridge.unit}): {ends}; {how}"
    yield from (f"    {said}" for said in (bridge.note, bridge.whole) if said)
    for bar in bridge.bars:
        beside = (("from", bar.low), ("to", bar.high))
        told = "".join(f" {name} {_number(value)}" for name, value in beside if value is not None)
        if bar.standard_error is not None:
            told += f" error {bar.standard_error if bar.standard_error > LEAST else 0:.2g}"
        note = f" ({bar.note})" * bool(bar.note)
        yield f"    {_number(bar.amount)}{told}: {bar.family}: {bar.label} [{bar.player}]{note}"


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:+.6g}"
