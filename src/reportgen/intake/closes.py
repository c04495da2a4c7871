"""Closes and rates that a file offers: which basis its closes are in, and where new ones go."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.problems import CellError, ProblemLog, require_sound
from reportgen.facts.reading.market_files import known_rate_columns, rate_header, read_closes
from reportgen.facts.reading.numbers import parse_number
from reportgen.facts.reading.price_layouts import find_layout, known_price_columns
from reportgen.facts.reading.price_names import name_of
from reportgen.facts.split_words import Split, in_words, new_per_old
from reportgen.intake.additions import Home
from reportgen.intake.contents import Bars

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from reportgen.facts.reading.text_files import Delimited
    from reportgen.intake.contents import CloseTable

_ALIKE = 1e-3  # of a close: vendors round, and take other trades for the last of a day
_DIGITS = 6
_SPLIT_NAMES = frozenset(
    {"stock splits", "split coefficient", "splitfactor", "split factor", "split ratio", "split"}
)
DAY, CLOSE = "Date", "Close"


class Basis(StrEnum):
    """What the closes of a file are: as quoted on their day, or in the shares of its last day."""

    AS_TRADED = "as-traded"
    ADJUSTED = "split-adjusted"


class Unproven(NamedTuple):
    """Why the basis of a file cannot be told, and what to do."""

    found: str
    remedy: str


def basis_of(
    offered: Mapping[date, float], quoted: Mapping[date, float], splits: Sequence[Split]
) -> Basis | Unproven:
    """Return the basis of a file's closes, proven by the days that it shares with a pack.

    `quoted` are the pack's closes as they were quoted on their day, `splits` those that are known.
    Where the two share no day, closes are as traded unless a split lies within the file.
    """
    last = max(offered, default=None)
    within = [one for one in splits if last is not None and min(offered) < one.ex_date <= last]
    shared = sorted(offered.keys() & quoted.keys())
    if not within:
        bad = _first_unlike(offered, quoted, shared)
        return Basis.AS_TRADED if bad is None else _unlike(bad, offered, quoted)
    if not shared or all(day >= max(one.ex_date for one in within) for day in shared):
        return Unproven(
            f"holds {in_words(within)}, and shares no day before it with the pack",
            "say what its closes are with --closes as-traded or --closes split-adjusted",
        )
    bad = _first_unlike(offered, quoted, shared)
    if bad is None:
        return Basis.AS_TRADED
    restored = as_traded(offered, Basis.ADJUSTED, splits)
    bad_adjusted = _first_unlike(restored, quoted, shared)
    return Basis.ADJUSTED if bad_adjusted is None else _unlike(bad, offered, quoted)


def _first_unlike(
    offered: Mapping[date, float], quoted: Mapping[date, float], shared: Iterable[date]
) -> date | None:
    for day in shared:
        if not math.isclose(offered[day], quoted[day], rel_tol=_ALIKE):
            return day
    return None


def _unlike(day: date, offered: Mapping[date, float], quoted: Mapping[date, float]) -> Unproven:
    return Unproven(
        f"has {offered[day]:g} for {day}, and the pack {quoted[day]:g}: its closes are adjusted for"
        " dividends, or a split is not in actions.csv",
        "export the closes as they were quoted, or add the split",
    )


def as_traded(
    offered: Mapping[date, float], basis: Basis, splits: Sequence[Split]
) -> dict[date, float]:
    """Return closes as they were quoted on their day; `splits` up to the file's last day count."""
    if basis is Basis.AS_TRADED or not offered:
        return dict(offered)
    last = max(offered)
    past = [one for one in splits if one.ex_date <= last]
    return {day: close * new_per_old(day, past) for day, close in offered.items()}


class Over(NamedTuple):
    """The closes of the days that are over, how many more there are, and the splits stated."""

    closes: dict[date, float]
    open: int
    splits: tuple[Split, ...] = ()


def closes_over(
    content: CloseTable | Bars, share: str, currency: str, zone: str, today: date
) -> Over:
    """Return the closes of a share that a file holds, of the days before today.

    Raises InputErrors for what is wrong with the file.
    """
    if isinstance(content, Bars):
        closes = {day: close for day, close in content.closes.items() if day < today}
        stated = sorted(Split(*one) for one in content.splits.items() if one[0] < today)
        return Over(closes, len(content.closes) - len(closes), tuple(stated))
    log = ProblemLog(str(content.path))
    found = read_closes(content.table, share, currency, zone, today - timedelta(days=1), log)
    require_sound(log)
    splits = _splits_in(content, share, currency, {row.line_no: row.date for row in found.known})
    return Over({row.date: row.close for row in found.known}, len(found.later), splits)


def _splits_in(
    content: CloseTable, share: str, currency: str, days: Mapping[int, date]
) -> tuple[Split, ...]:
    """Return the splits that a column of a file states, by the days of its lines."""
    header = find_layout(content.table.records, share, currency).header.cells
    place = next((at for at, cell in enumerate(header) if name_of(cell) in _SPLIT_NAMES), None)
    if place is None:
        return ()
    found: list[Split] = []
    for record in content.table.records:
        day, cell = days.get(record.line_no), "".join(record.cells[place : place + 1])
        with suppress(CellError):
            ratio = parse_number(cell, ".").value
            if day is not None and ratio > 0 and ratio != 1:
                found.append(Split(day, ratio))
    return tuple(sorted(found))


def close_rows(closes: Mapping[date, float]) -> tuple[dict[str, str], ...]:
    """Return rows for a file of closes, oldest first."""
    return tuple({DAY: day.isoformat(), CLOSE: spelled(closes[day])} for day in sorted(closes))


def spelled(value: float) -> str:
    """Return a number with as few of six decimals as it takes."""
    return f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")


def home_of_closes(path: Path, share: str, currency: str) -> Home:
    """Return a file of closes as one that takes rows; where it says whose they are, they say so."""

    def header(table: Delimited) -> list[str]:
        layout = find_layout(table.records, share, currency)
        names = [""] * len(layout.header.cells)
        names[layout.date_place], names[layout.close_place] = DAY, CLOSE
        return names

    return Home(path, known_price_columns, header, (DAY, CLOSE), numbers=frozenset({CLOSE}))


def home_of_rates(path: Path, currencies: Sequence[str]) -> Home:
    """Return a file of rates as one that takes rows, for the currencies that its header names."""

    def header(table: Delimited) -> list[str]:
        return [DAY, *(cell.strip() for cell in rate_header(table).cells[1:])]

    columns = (DAY, *currencies)
    return Home(path, known_rate_columns, header, columns, numbers=frozenset(currencies))
