"""What earlier reports of a company said: outputs/TICKER/history.csv, written from issued.csv.

It holds what went out first on each earlier day. A report takes it as an input like any other, so
that the same inputs still give the same bytes; `scored` is what alone is left of the day of issue.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from reportgen.facts import scoring
from reportgen.facts.reading.schema import HISTORY
from reportgen.runs.issued import issued_path, read_issued
from reportgen.xlsx.atomic import atomic_store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from reportgen.runs.issued import Issue


def history_path(outputs: Path, ticker: str) -> Path:
    """Return where the history of a company stands."""
    return outputs / ticker / HISTORY.file_name


def first_issues(rows: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return what went out first on each day, also where it was replaced; earliest day first."""
    firsts: dict[date, Issue] = {}
    for row in rows:
        if row.revision == 1:
            firsts.setdefault(row.as_of, row)
    return tuple(firsts[day] for day in sorted(firsts))


def is_scored(row: Issue) -> bool:
    """Return whether a report went out soon enough after its day to be held to what it said."""
    return row.revision == 1 and 0 <= (row.issued_on - row.as_of).days <= scoring.SCORED_DAYS


def history_text(outputs: Path, ticker: str, as_of: date) -> str:
    """Return what reports of days before as-of said first, as history.csv has it; "" if none did.

    Raises ReportgenError for an issued.csv that is not as it was written.
    """
    rows = first_issues(read_issued(issued_path(outputs, ticker)))
    earlier = [row for row in rows if row.as_of < as_of]
    return _written(earlier) if earlier else ""


def write_history(outputs: Path, ticker: str, as_of: date) -> Path | None:
    """Write what reports of days before as-of said first; return where, or None if none did.

    Raises ReportgenError for an issued.csv that is not as it was written, OutputError if the file
    system refuses.
    """
    path, text = history_path(outputs, ticker), history_text(outputs, ticker, as_of)
    if not text:
        return None
    if not (path.is_file() and path.read_bytes() == text.encode()):
        atomic_store(path, text)
    return path


def _written(rows: Iterable[Issue]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HISTORY.column_names)
    for row in rows:
        values = (row.values[name] for name in HISTORY.column_names[2:])
        shown = ("" if value is None else value for value in values)
        writer.writerow((row.as_of, "yes" if is_scored(row) else "no", *shown))
    return out.getvalue()
