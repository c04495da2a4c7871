"""An XBRL instance of the SEC: what one filing says of the segments of its company.

Which filing it is stands in no instance: that is told by the SEC's list of filings, by the figures
of a companyfacts file, or by what the pack cites (`filings`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.intake.sec.facts import Fact, Filer
from reportgen.periods import parse_iso_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from reportgen.intake.sec.filings import Filing


class Figure(NamedTuple):
    """A figure of a segment, by the member of the axis that names it; `sure` decimals of it."""

    member: str
    concept: str
    unit: str
    start: date | None
    end: date
    value: float
    sure: float

    @property
    def place(self) -> tuple[object, ...]:
        """What the figure is of: two of one place are one figure, stated twice."""
        return self.member, self.concept, self.unit, self.start, self.end


class Instance(NamedTuple):
    """What an instance says: `form` and last day of its `period` as far as it says them itself."""

    cik: int
    form: str
    period: date | None
    figures: tuple[Figure, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """The segments that it has figures of, by their names there, in order."""
        return tuple(sorted({figure.member for figure in self.figures}))


def instance_of(told: tuple[str, str, str, Iterable[Sequence[object]]]) -> Instance:
    """Return what an instance says, from its plain values. ReportgenError if nobody filed it."""
    cik, form, period, rows = told
    if not cik.isdecimal() or len(cik) > 10:  # noqa: PLR2004 - digits of the SEC's numbers
        raise ReportgenError("names no company of the SEC in its contexts")
    figures = [figure for row in rows if (figure := _figure(*row))]  # type: ignore[arg-type]
    newest = max((figure.end for figure in figures), default=None)
    return Instance(int(cik), form, parse_iso_day(period) or newest, _once(figures))


def _figure(
    concept: str, unit: str, start: str, end: str, value: float, sure: float, member: str
) -> Figure | None:
    first, last = parse_iso_day(start), parse_iso_day(end)
    if last is None or (start and (first is None or first > last)):
        return None
    return Figure(member, concept, unit, first, last, value, sure)


def _once(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return each figure once, as its surest statement has it; two that disagree both stay."""
    of_place: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        of_place[figure.place].append(figure)
    kept: list[Figure] = []
    for stated in of_place.values():
        best = max(stated, key=lambda figure: figure.sure)
        kept += [best, *(one for one in stated if not _is_rounded(best, one))]
    return tuple(kept)


def _is_rounded(best: Figure, other: Figure) -> bool:
    """Whether one is the other, in as many decimals as it is sure of: 2 bn of 1.95 bn."""
    slack = 0.0 if other.sure == float("inf") else 0.5 * 10.0**-other.sure
    return abs(best.value - other.value) <= slack * (1 + 1e-9)


def of_members(found: Sequence[tuple[Instance, Filing]], members: Collection[str]) -> Filer:
    """Return what filings say of one segment, under any of its names, as of a company."""
    facts = [
        Fact(
            figure.concept, figure.unit, figure.start, figure.end, figure.value,
            filing.accession, filing.form, filing.filed,
        )
        for instance, filing in found
        for figure in instance.figures
        if figure.member in members
    ]  # fmt: skip
    cik = next((instance.cik for instance, _ in found), 0)
    return Filer(cik, "", tuple(sorted(facts, key=lambda fact: (fact.filed, fact.filing))))
