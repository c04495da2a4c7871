"""Which assumption stands: the newest row for a scenario, a segment and a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.catalogue import ALL, BY_KEY, CATALOGUE, SCENARIOS
from reportgen.facts.rows import INHERITED, Assumption

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from reportgen.facts.catalogue import Parameter

Slot = tuple[str, str, str]  # key, scenario, segment


def standing(rows: Iterable[Assumption]) -> dict[Slot, Assumption]:
    """The row that stands for every slot some row speaks of.

    A row for `all` speaks of each scenario and of the slot `all`; one for a scenario of that only.
    The newest wins, of one day the later (the larger `row`).
    """
    chosen: dict[Slot, Assumption] = {}
    for row in sorted(rows, key=lambda row: (row.published, row.row)):
        scenarios = (*SCENARIOS, ALL) if row.scenario == ALL else (row.scenario,)
        for scenario in scenarios:
            chosen[row.key, scenario, row.segment] = row
    return chosen


def inherited(
    own: Iterable[Assumption], defaults: Iterable[Assumption], sector: str
) -> list[Assumption]:
    """The defaults of a sector for every slot that no assumption of a company's own speaks of.

    Where two parameters may stand in each other's place, either of them is one.
    """
    taken = set(standing(own))
    found = []
    for slot, row in standing(defaults).items():
        key, scenario, segment = slot
        entry = BY_KEY.get(key)
        if entry is None or scenario not in (entry.scenarios or (ALL,)):
            continue
        if taken.isdisjoint({slot, *((one, scenario, segment) for one in instead_of(entry))}):
            note = "; ".join(filter(None, (row.author, row.note)))
            found.append(row._replace(scenario=scenario, author=INHERITED + sector, note=note))
    return found


def inherited_words(rows: Iterable[Assumption]) -> str:
    """How many of the assumptions are a sector's, and which; "" if none is."""
    authors = [row.author for row in rows if row.is_inherited]
    if not authors:
        return ""
    number = "1 assumption is" if len(authors) == 1 else f"{len(authors)} assumptions are"
    return f"{number} {authors[0]}"


def instead_of(entry: Parameter) -> list[str]:
    """Return the parameters that may stand in place of one, or in whose place it may stand."""
    return [one.key for one in CATALOGUE if entry.key == one.instead or entry.instead == one.key]


def resolve(
    assumptions: pd.DataFrame, key: str, scenario: str = ALL, segment: str = ""
) -> Assumption | None:
    """The row of a Pack's `assumptions` that stands for a slot; None if there is none.

    For many slots `standing(pack.rows.assumptions)` is one pass instead of one each.
    """
    of_key = assumptions[(assumptions["key"] == key) & (assumptions["segment"] == segment)]
    rows = of_key.itertuples(index=False, name=None)
    return standing(Assumption(*row) for row in rows).get((key, scenario, segment))
