"""Check an input pack as a build would, and write nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.api.building import compose
from reportgen.api.days import Day, as_day
from reportgen.api.gaps import Gap, gaps
from reportgen.api.misfits import misfits, shown_folder
from reportgen.errors import Problem, in_reading_order
from reportgen.facts.knowledge import known_at
from reportgen.facts.reading.pack_files import read_pack
from reportgen.model.solved import by_key
from reportgen.xlsx.book import WorkbookError
from reportgen.xlsx.writer.workbook import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from os import PathLike

    from reportgen.xlsx.book import Book


@dataclass(frozen=True)
class Findings:
    """What checking a pack as of a day found.

    `errors` stop a build; `warnings` do not; `later` tell of rows dated after as-of, which a report
    of that day does not read. `gaps` name what would be n/a; none are known while there are errors.
    """

    as_of: date
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    later: tuple[Problem, ...]
    gaps: tuple[Gap, ...]

    @property
    def is_sound(self) -> bool:
        """Whether a build would succeed."""
        return not self.errors


def check(ticker: str, *, as_of: Day, inputs: str | PathLike[str] = "inputs") -> Findings:
    """Return every problem of a company's inputs as of a day, and what would be n/a; write nothing.

    Raises InputErrors if there is no such pack, ReportgenError for a day that is none or before
    the first row.
    """
    day, source = as_day(as_of), Path(inputs)
    known = known_at(read_pack(ticker, source), day)
    errors = tuple(one for one in known.problems if one.severity == "error")
    warnings = tuple(one for one in known.problems if one.severity == "warning")
    if errors:
        return Findings(day, errors, warnings, known.later_problems, ())
    composed = compose(ticker, day, source)
    folder = shown_folder(ticker, source)
    unfit = misfits(composed.pack, composed.solved, source)
    return Findings(
        day,
        tuple(_refused(composed.book, folder)),
        in_reading_order((*warnings, *unfit)),
        known.later_problems,
        tuple(gaps(dict(by_key(composed.solved)))),
    )


def _refused(book: Book, folder: str) -> Iterator[Problem]:
    """Yield what the file format would refuse: the workbook is made, and thrown away."""
    try:
        render(book)
    except WorkbookError as error:
        for fact in str(error).splitlines():
            yield Problem(folder, None, None, f"no workbook can hold this: {fact}", "", "")
