"""What became of facts that sources disagree on, and of the checks of a report."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.attribution.ends import chosen_row
from reportgen.differences.ends import is_same
from reportgen.differences.records import CheckChange, FactChange
from reportgen.model.cell_names import cell_name
from reportgen.model.checks import catalogue as checks
from reportgen.model.evidence import claims, products
from reportgen.model.keys import NONE, filled, listed_as, listed_of
from reportgen.report.readback.values import has_no_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.differences.ends import ReadEnd
    from reportgen.expr.nodes import Line
    from reportgen.model.evidence.weighted_median import Facts, Weighed
    from reportgen.values import Value


_PARTS = (attrgetter("value"), attrgetter("spread"), attrgetter("conflict"))


class _Kind(NamedTuple):
    """A table of candidates and the facts they are about."""

    weighed: Weighed
    facts: Facts
    ids: Line
    choice: Line
    amount: Line


_KINDS = (
    _Kind(
        claims.weighed_claims,
        claims.facts,
        claims.fact_id,
        claims.fact_choice,
        claims.claim_amount,
    ),
    _Kind(
        products.weighed_products,
        products.offers,
        products.offer_id,
        products.offer_choice,
        products.product_price,
    ),
)


class Fact(NamedTuple):
    """A fact at one end: its value in price currency, its conflict, and the row it rests on."""

    key: str
    label: str
    value: Value
    spread: Value
    conflict: bool
    rests_on: tuple[str, float] | None


def fact_changes(old: ReadEnd, new: ReadEnd) -> Iterator[FactChange]:
    """Yield the facts that entered, left, changed, and conflicts that opened or closed.

    A value that moved with an exchange rate alone is no change of the fact. The old and new of a
    conflict are the spreads of the candidates.
    """
    for kind in _KINDS:
        before, after = (_facts(kind, end) for end in (old, new))
        for name in dict.fromkeys((*before, *after)):
            yield from changes_of(before.get(name), after.get(name))
    yield from _contradicted(old, new)


def _facts(kind: _Kind, end: ReadEnd) -> Mapping[str, Fact]:
    values, found = end.solved.values, {}
    dim = kind.ids.dims[0]
    for at, member in enumerate(end.solved.members[dim]):
        if member != NONE:
            label = str(values[kind.ids][at])
            row = chosen_row(end.solved, label, kind.ids, kind.choice, (kind.weighed, kind.facts))
            of_rows = end.solved.members[kind.weighed.of.dim]
            rests_on = None if row is None else (of_rows[row], float(values[kind.amount][row]))
            found[label.casefold()] = Fact(
                f"fact[{member}]",
                label,
                _plain(values[kind.facts.value][at]),
                _plain(values[kind.facts.spread][at]),
                bool(values[kind.facts.conflict][at] > 0),
                rests_on,
            )
    return found


def _plain(cell: float) -> Value:
    return None if np.isnan(cell) else float(cell)


def changes_of(old: Fact | None, new: Fact | None) -> Iterator[FactChange]:
    """Yield how a fact of either end changed from the one to the other."""
    (one, *_) = filter(None, (new, old))
    values, spreads, conflicts = (
        tuple(None if end is None else part(end) for end in (old, new)) for part in _PARTS
    )
    if old is None or new is None:
        yield FactChange(one.key, one.label, "entered" if old is None else "left", *values)
    elif old.rests_on != new.rests_on and not is_same(old.value, new.value):
        yield FactChange(one.key, one.label, "changed value", *values)
    if bool(conflicts[0]) != bool(conflicts[1]):
        what = "conflict opened" if conflicts[1] else "conflict closed"
        yield FactChange(one.key, one.label, what, *spreads)


def _contradicted(old: ReadEnd, new: ReadEnd) -> Iterator[FactChange]:
    """Yield the claims that a source contradicts now, and those it no longer does."""
    before, after = (_contradictions(end) for end in (old, new))
    for key, label in {**before, **after}:
        here, there = before.get((key, label)), after.get((key, label))
        if here != there:
            what = "contradicted" if there else "no longer contradicted"
            yield FactChange(key, label, what, here, there)


def _contradictions(end: ReadEnd) -> Mapping[tuple[str, str], str]:
    """Return which source contradicts a claim, by its key and its name."""
    values, members = end.solved.values, end.solved.members
    by = values[claims.claim_contradicted_by]
    return {
        (key, cell_name(claims.claim_amount, index, members, values)): str(by[index])
        for key, index in filled(claims.claim_amount, members)
        if by[index]
    }


def check_changes(old: ReadEnd, new: ReadEnd) -> Iterator[CheckChange]:
    """Yield the checks whose verdict turned, by label, as the files state them.

    Verdicts that a program lost are not known, and none of them turned.
    """
    if has_no_values(old.report) or has_no_values(new.report):
        return
    before, after = (_checks(end) for end in (old, new))
    for label in dict.fromkeys((*before, *after)):
        here, there = before.get(label, ""), after.get(label, "")
        if here != there:
            yield CheckChange(label, here, there)


def _checks(end: ReadEnd) -> Mapping[str, str]:
    return {
        str(label): str(end.stored.get(listed_as(checks.status, member)) or "")
        for key, member in listed_of(checks.label, end.stored)
        if (label := end.stored[key])
    }
