"""Rows that say a thing twice: counted once if they agree, a mistake if they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.errors import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from reportgen.facts.problem_log import ProblemLog
    from reportgen.facts.reading.table_spec import RowT, TableSpec


def without_repeats(
    spec: TableSpec[RowT], rows: Iterable[RowT], log: ProblemLog
) -> tuple[RowT, ...]:
    """The rows (in canonical order) without those that repeat another one.

    Two rows of one key that state different things are an error, except in a disputed table,
    where they are kept: there a difference is what is to be shown.
    """
    names = [column.name for column in spec.columns]
    key_of = _fields([names.index(name) for name in spec.key])
    stated_of = _fields([names.index(name) for name in spec.stated])
    whole_of = _fields(range(len(names))) if spec.disputed else key_of
    first: dict[str, RowT] = {}
    kept = []
    for row in rows:
        other = first.setdefault(whole_of(row), row)
        if other is row:
            kept.append(row)
        elif spec.disputed or stated_of(row) == stated_of(other):
            log.caution(_line(spec, row), None, f"repeats line {_line(spec, other)}; counted once")
        else:
            _report(spec, row, other, log)
    return tuple(kept)


def _fields(places: Iterable[int]) -> Callable[[tuple[object, ...]], str]:
    """What a row says at the places, to compare by: as text, since nan differs from itself."""
    wanted = tuple(places)
    return lambda row: repr([row[place] for place in wanted])


def _line(spec: TableSpec[RowT], row: RowT) -> int:
    line_no = row[len(spec.columns)]
    return int(str(line_no))


def _report(spec: TableSpec[RowT], row: RowT, other: RowT, log: ProblemLog) -> None:
    names = [column.name for column in spec.columns]
    column = next(
        name
        for name in spec.stated
        if repr(row[names.index(name)]) != repr(other[names.index(name)])
    )
    says, said = (_shown(one[names.index(column)]) for one in (row, other))
    log.mistake(
        _line(spec, row),
        column,
        f"{says} is not what line {_line(spec, other)} states ({said}) "
        f"for the same {', '.join(spec.key)}",
        "one row for each",
        "remove one of them, or date the correction by when it was published",
    )


def _shown(value: date | float | str | object) -> str:
    return f"{value:g}" if isinstance(value, float) else quote(str(value))
