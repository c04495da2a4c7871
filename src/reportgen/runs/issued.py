"""What was issued: outputs/TICKER/issued.csv, one row a revision, only ever appended to.

Its values are frozen: a later build never changes what a report said on the day it went out.
"""

from __future__ import annotations

import csv
import io
import math
import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError, quote
from reportgen.periods import parse_iso_day
from reportgen.xlsx.atomic import atomic_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from reportgen.values import Value

NAME = "issued.csv"
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
# The columns of values, each with the public key that it holds
VALUES: Mapping[str, str] = {
    "currency": "company.price_currency",
    "price": "price",
    "bear": "bear.value",
    "base": "base.value",
    "bull": "bull.value",
    "bear_probability": "bear.probability",
    "base_probability": "base.probability",
    "bull_probability": "bull.probability",
    "expected": "expected_value",
    "hype_adjusted": "hype.value",
    "consensus": "hype.consensus",
    "cost_of_equity": "assumption[cost_of_equity,all,]",
    "dividend": "dividend",
    "hype_score": "hype.score",
    "stance": "stance.call",
    "buy_below": "stance.buy_below",
    "short_above": "stance.short_above",
    "readiness": "readiness",
    "checks_fail": "checks.fail",
    "checks_warn": "checks.warn",
}
_TEXTS = frozenset({"currency", "stance", "readiness"})
COLUMNS = ("as_of", "issued_on", "revision", "sha256", *VALUES)


class Issue(NamedTuple):
    """One revision of a report as it went out; `values` by the names of VALUES, None for n/a.

    Money is in price currency per listed share of `as_of`.
    """

    as_of: date
    issued_on: date
    revision: int
    sha256: str
    values: Mapping[str, Value]

    @classmethod
    def of(
        cls, as_of: date, issued_on: date, revision: int, sha256: str, said: Mapping[str, Value]
    ) -> Issue:
        """Return what a report says, by public key, as a row."""
        values = {name: _kept(name, said.get(key)) for name, key in VALUES.items()}
        return cls(as_of, issued_on, revision, sha256, values)

    def number(self, name: str) -> float | None:
        """A value that is a number; None where it is n/a."""
        value = self.values[name]
        return value if isinstance(value, float) else None


def issued_path(outputs: Path, ticker: str) -> Path:
    """Return where it stands what was issued of a company."""
    return outputs / ticker / NAME


def read_issued(path: Path) -> tuple[Issue, ...]:
    """Return every revision issued, in the order of the file; none where there is no file.

    Raises ReportgenError, with the line, for a file that is not as it was written.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):  # who writes there tells of the latter
        return ()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReportgenError(f"{path}: cannot be read: {reason}; put it right first") from error
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        if tuple(next(reader, ())) != COLUMNS:
            raise ValueError("its header is not that of this program")  # noqa: TRY301 - one remedy
        return tuple(_issue(row) for row in reader)
    except (ValueError, csv.Error) as error:
        raise ReportgenError(
            f"{path}:{max(1, reader.line_num)}: {error}; put back the file as the program wrote"
            " it: what was issued is not written anew"
        ) from error


def _issue(row: list[str]) -> Issue:
    if len(row) != len(COLUMNS):
        raise ValueError(f"has {len(row)} cells, expected {len(COLUMNS)}")
    as_of, issued_on, revision, sha256, *values = row
    if not _NUMBER.fullmatch(revision):
        raise ValueError(f"revision: {quote(revision)} is no number from 1")
    stated = dict(zip(VALUES, values, strict=True))
    return Issue(
        _day("as_of", as_of),
        _day("issued_on", issued_on),
        int(revision),
        sha256,
        {name: _value(name, text) for name, text in stated.items()},
    )


def _day(name: str, text: str) -> date:
    day = parse_iso_day(text)
    if day is None:
        raise ValueError(f"{name}: {quote(text)} is no day")
    return day


def _value(name: str, text: str) -> Value:
    if name in _TEXTS:
        return text
    try:
        number = float(text) if text else None
    except ValueError:
        number = math.nan
    if number is not None and not math.isfinite(number):
        raise ValueError(f"{name}: {quote(text)} is no number")
    return number


def issue(path: Path, rows: Iterable[Issue], made: Issue) -> tuple[Issue, ...]:
    """Append a row to the file, whose rows are given, and return all of them.

    The file is replaced in one step, so that whoever reads it finds whole rows. Raises OutputError.
    """
    rows = (*rows, made)
    atomic_store(path, _written(rows))
    return rows


def _kept(name: str, value: Value) -> Value:
    if name in _TEXTS:
        return "" if value is None else str(value)
    return float(value) if isinstance(value, float | int) else None


def _written(rows: Iterable[Issue]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        shown = ("" if value is None else value for value in row.values.values())
        writer.writerow((row.as_of, row.issued_on, row.revision, row.sha256, *shown))
    return out.getvalue()


def newest_of(rows: Iterable[Issue], as_of: date) -> Issue | None:
    """Return the newest revision of the report of a day; None where none was issued."""
    found = [row for row in rows if row.as_of == as_of]
    return found[-1] if found else None
