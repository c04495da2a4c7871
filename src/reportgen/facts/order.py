"""The canonical order of rows: the same whatever order the file has them in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reportgen.facts.catalogue import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reportgen.facts.reading.table_spec import RowT, TableSpec
    from reportgen.facts.rows import Assumption


def in_order(spec: TableSpec[RowT], rows: Iterable[RowT]) -> tuple[RowT, ...]:
    """Rows by the fields the table is sorted by, then by everything else that they state."""
    names = [column.name for column in spec.columns]
    first = [names.index(name) for name in spec.sorted_by]
    places = [*first, *(place for place in range(len(names)) if place not in first)]
    return tuple(sorted(rows, key=lambda row: [str(row[place]) for place in places]))


def assumptions_in_order(rows: Iterable[Assumption]) -> tuple[Assumption, ...]:
    """Assumptions by key, segment and day, numbered (`row`) so that the later of two stands later.

    Of two rows published the same day for one slot the later in the file wins, and a row for
    `all` competes with every scenario. So rows of a day are ordered by how many such rules were
    made before them, and only then by scenario: rows that do not compete may swap in the file.
    """
    alls: Counter[tuple[str, str, date]] = Counter()
    ranked = []
    for row in sorted(rows, key=lambda row: row.line_no):
        day = (row.key, row.segment, row.published)
        alls[day] += row.scenario == ALL
        round_of_day = 2 * alls[day] - (row.scenario == ALL)
        ranked.append((*day, round_of_day, row.scenario, row.line_no, row))
    ranked.sort(key=lambda entry: entry[:-1])
    return tuple(entry[-1]._replace(row=number) for number, entry in enumerate(ranked))
