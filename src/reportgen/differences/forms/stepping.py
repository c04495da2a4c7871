"""A waterfall as a table, where it cannot be drawn."""

from __future__ import annotations

from reportgen.differences.forms.document import Table, Waterfall


def step_table(waterfall: Waterfall) -> Table:
    """A row a bar, from the old value to the new one; its doubt last, where there is one."""
    head = ("Bar", waterfall.unit or "Amount", "Family")
    rows = tuple((step.label, step.amount, step.family, step.doubt) for step in waterfall.steps)
    levels = frozenset(n for n, step in enumerate(waterfall.steps) if step.is_level)
    if waterfall.doubt:
        return Table((*head, waterfall.doubt), rows, frozenset({1, 3}), levels)
    return Table(head, tuple(row[:3] for row in rows), frozenset({1}), levels)
