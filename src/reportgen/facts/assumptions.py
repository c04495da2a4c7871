"""Which assumption stands: the newest row for a scenario, a segment and a key; how old it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.catalogue import ALL, BY_KEY, CATALOGUE, SCENARIOS
from reportgen.facts.rows import GROUP, INHERITED, Assumption

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import pandas as pd

    from reportgen.facts.catalogue import Parameter
    from reportgen.facts.rows import Fundamental


class Slot(NamedTuple):
    """What a row of assumptions speaks of: a parameter, in a scenario, of a segment ("": none)."""

    key: str
    scenario: str
    segment: str


# What nobody means who dates everything anew: a level would beat results that are newer than it
NAMED_ALONE = frozenset({"base_metric", "metric_12m", "eps_12m", "probability"})


def standing(rows: Iterable[Assumption]) -> dict[Slot, Assumption]:
    """The row that stands for every slot some row speaks of.

    A row for `all` speaks of each scenario and of the slot `all`; one for a scenario of that only.
    The newest wins, of one day the later (the larger `row`).
    """
    chosen: dict[Slot, Assumption] = {}
    for row in sorted(rows, key=lambda row: (row.published, row.row)):
        scenarios = (*SCENARIOS, ALL) if row.scenario == ALL else (row.scenario,)
        for scenario in scenarios:
            chosen[Slot(row.key, scenario, row.segment)] = row
    return chosen


def in_use(rows: Iterable[Assumption]) -> dict[Slot, Assumption]:
    """The company's own row that a case reads, for every slot that has one.

    Of a growth and the level in its place that is the newer, of one day the level.
    """
    slots = {
        slot: row
        for slot, row in standing(row for row in rows if not row.is_inherited).items()
        if slot.key in BY_KEY and slot.scenario in (BY_KEY[slot.key].scenarios or (ALL,))
    }
    beaten = set()
    for slot, row in slots.items():
        level = slot._replace(key=BY_KEY[slot.key].instead)
        if level in slots:
            beaten.add(slot if slots[level].published >= row.published else level)
    return {slot: row for slot, row in slots.items() if slot not in beaten}


class Result(NamedTuple):
    """Results as they came: the day, and the newest period that they speak of."""

    published: date
    period: str


def results_since(
    day: date, results: Iterable[Fundamental], segment: str = ""
) -> tuple[Result, ...]:
    """Results of the company published after a day, or of one segment and the group; newest first.

    Balances of a day come with results.
    """
    newest: dict[date, Fundamental] = {}
    for row in results:
        is_meant = not segment or row.segment in {segment, GROUP}
        if row.published > day and row.months and is_meant:
            other = newest.setdefault(row.published, row)
            newest[row.published] = max(row, other, key=lambda one: one.period_end)
    return tuple(Result(day, newest[day].period) for day in sorted(newest, reverse=True))


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
    return standing(Assumption(*row) for row in rows).get(Slot(key, scenario, segment))
