"""Taking edits home: the rows are tried on a copy of the inputs, then written."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reportgen.errors import InputErrors, ReportgenError
from reportgen.facts.knowledge import known_at
from reportgen.facts.overrides import revoked, with_standing
from reportgen.facts.pack import pack_at
from reportgen.facts.reading.pack_files import read_pack
from reportgen.reviews.appending import Appended, appended, tried, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.facts.rows import Override, PackRows
    from reportgen.reviews.appending import Addition


def preview(
    additions: Sequence[Addition], inputs: Path, ticker: str, as_of: date
) -> tuple[Appended, ...]:
    """Return the files with the rows added, after trying them on a copy of the inputs.

    Raises InputErrors for what is wrong with the rows, ReportgenError where they would not be read
    as they are meant.
    """
    files = tuple(appended(addition, inputs / ticker) for addition in additions)
    tried(files, inputs, ticker, lambda copy: _check(copy, ticker, as_of, additions))
    return files


def take(files: Sequence[Appended]) -> None:
    """Write the files of a preview. Raises OutputError where one cannot be, or changed."""
    write(files)


def _check(copy: Path, ticker: str, as_of: date, additions: Sequence[Addition]) -> None:
    files = read_pack(ticker, copy)
    for day in sorted({as_of, *_first_days(additions)}):
        pack_at(files, day)  # an override may expire before anybody asks of a later day
    known = known_at(files, date.max)
    errors = [problem for problem in known.problems if problem.severity == "error"]
    if errors:
        raise InputErrors(errors)
    added = [(one.table, row) for one in additions for row in one.rows if one.table != "sources"]
    # Not later than need be: a split to come restates every figure per share
    day = max((as_of, *(date.fromisoformat(row["published"]) for _, row in added)))
    rows = known_at(files, day).rows
    for table, row in added:
        if not _is_read(table, row, rows):
            raise ReportgenError(_misread(table, row, rows))


def _first_days(additions: Sequence[Addition]) -> Iterator[date]:
    """Yield the days from which the new rows are known."""
    for addition in additions:
        for row in addition.rows:
            if row.get("published"):
                yield date.fromisoformat(row["published"])


def _is_read(table: str, row: Mapping[str, str], rows: PackRows) -> bool:
    """Return whether a row is read back as it was meant, and counts."""
    if table != "overrides":
        figure = {"targets": "target", "products": "price", "claims": "value"}[table]
        names = {"targets": "broker", "products": "product", "claims": "key"}
        return any(
            getattr(found, names[table]) == row[names[table]]
            and found.published.isoformat() == row["published"]
            and getattr(found, figure) == float(row[figure])
            for found in getattr(rows, table)
        )
    day, by_then = _by_then(row, rows)
    standing = [one.value for one in with_standing(by_then, day) if one.active]
    return standing == ([float(row["value"])] if row["value"] else [])


def _by_then(row: Mapping[str, str], rows: PackRows) -> tuple[date, list[Override]]:
    """Return the day of a new override, and the rows of its key published by then."""
    day = date.fromisoformat(row["published"])
    return day, [one for one in rows.overrides if one.key == row["key"] and one.published <= day]


def _misread(table: str, row: Mapping[str, str], rows: PackRows) -> str:
    """Return why a row would not count, and what to do."""
    revocation = _revocation(row, rows) if table == "overrides" else None
    if revocation is not None:
        by = f" by {revocation.author}" if revocation.author else ""
        later = max(revocation.published, date.fromisoformat(row["published"])) + timedelta(days=1)
        return (
            f"overrides.csv: {row['key']} was revoked{by} on {revocation.published}, and that takes"
            f" back what is published on {row['published']}, too; accept it as known from a later"
            f" day, for instance --published {later}"
        )
    what = row.get("key") or row.get("broker") or row.get("product", "")
    return (
        f"{table}.csv: the new row of {what} would not be read as it is meant, because of how the"
        " file spells its other rows, or of another row of the same day; add it by hand, or choose"
        " another day with --published"
    )


def _revocation(row: Mapping[str, str], rows: PackRows) -> Override | None:
    """Return the row that takes back a new override, None if nothing does."""
    day, by_then = _by_then(row, rows)
    new = [one for one in by_then if one.published == day and not math.isnan(one.value)]
    taking_back = (
        one for one in by_then if any(one is not said and revoked([said, one]) for said in new)
    )
    return next((one for one in taking_back if math.isnan(one.value)), None)
