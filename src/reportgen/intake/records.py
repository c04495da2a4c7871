"""What an import is asked, and what files bring one company or the market."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reportgen.intake.candidates import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from reportgen.intake.additions import Appended
    from reportgen.intake.candidates import Judged
    from reportgen.intake.closes import Basis
    from reportgen.intake.imports_file import Listed
    from reportgen.intake.maps.map_file import Map

    Issued = Callable[[str], Iterable[date]]


@dataclass(frozen=True)
class Import:
    """What is asked of an import.

    `since` and `metrics` are for filings, `basis` for closes whose basis no day proves. `today` is
    the day on which nothing is over yet, `late` takes what an issued report would have known.
    `listed` is what others call companies, `zone` the one of which the days of snapshots are;
    `issued` gives the days of a company's reports. No `metrics` are the usual ones.
    `kind` is what files are told to be, whatever they look like, and `only` these companies count.
    `how` is the map by which files are read, if by one; `published` the day, later than they say,
    on which its snapshots were known.
    """

    today: date
    inputs: Path
    since: date | None = None
    metrics: tuple[str, ...] = ()
    basis: Basis | None = None
    late: bool = False
    how: Map | None = None
    published: date | None = None
    listed: Mapping[str, Listed] = field(default_factory=dict)
    zone: str = ""
    issued: Issued = field(default=lambda _: ())
    kind: str = ""
    only: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """How many rows are of no use, and why."""

    number: int
    why: str


@dataclass(frozen=True)
class Brought:
    """What files bring one company: its rows as they stand, and its files as they would become.

    `doubts` have to be decided by a person, `error` says why nothing of it can be taken. It
    `is_of_nobody`: of a file, by its name, rows of companies that are not here.
    """

    ticker: str
    rows: tuple[Judged, ...] = ()
    closes: int = 0
    files: tuple[Appended, ...] = ()
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    error: str = ""
    is_of_nobody: bool = False

    def count(self, state: State) -> int:
        """Return how many rows stand so."""
        return sum(row.state is state for row in self.rows)

    @property
    def is_open(self) -> bool:
        """Whether something is left for a person to decide."""
        return bool(self.doubts or self.error or self.count(State.CONFLICT))
