"""What is wrong with an input pack, and what a report from it would have to call n/a."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import Problem
from reportgen.facts.knowledge import known_at
from reportgen.facts.reading.pack_files import read_pack
from reportgen.model.gaps import gaps
from reportgen.periods import Day, as_day
from reportgen.pipeline import composed
from reportgen.xlsx.book import WorkbookError
from reportgen.xlsx.writer.workbook import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from os import PathLike

    from reportgen.model.checks.plausibility import Doubt
    from reportgen.model.gaps import Gap
    from reportgen.xlsx.book import Book


@dataclass(frozen=True)
class Findings:
    """What checking a pack as of a day found.

    `errors` stop a build; `warnings` do not; `later` tell of rows dated after as-of, which a report
    of that day does not read. `gaps` name what would be n/a, `doubts` what is not plausible,
    `cells` where figures would stand and `inherited` how many assumptions are a sector's, in words;
    none are known while there are errors.
    """

    as_of: date
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    later: tuple[Problem, ...]
    gaps: tuple[Gap, ...]
    doubts: tuple[Doubt, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict, repr=False)
    inherited: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether a build would succeed."""
        return not self.errors


def check(ticker: str, *, as_of: Day, inputs: str | PathLike[str] = "inputs") -> Findings:
    """Return every problem of a company's inputs as of a day, and what would be n/a; write nothing.

    Raises InputErrors if there is no such pack, ReportgenError for a day that is none or before
    the first row.
    """
    day, files = as_day(as_of), read_pack(ticker, Path(inputs))
    known = known_at(files, day)
    errors = tuple(one for one in known.problems if one.severity == "error")
    warnings = tuple(one for one in known.problems if one.severity == "warning")
    if errors:
        return Findings(day, errors, warnings, known.later_problems, ())
    report = composed(files, day)
    return Findings(
        day,
        tuple(_refused(report.book, files.folder)),
        report.warnings,
        known.later_problems,
        tuple(gaps(report.values)),
        report.doubts,
        report.cells if report.doubts else {},
        report.inherited,
    )


def _refused(book: Book, folder: str) -> Iterator[Problem]:
    """Yield what the file format would refuse: the workbook is made, and thrown away."""
    try:
        render(book)
    except WorkbookError as error:
        for fact in str(error).splitlines():
            yield Problem(folder, None, None, f"no workbook can hold this: {fact}", "", "")
