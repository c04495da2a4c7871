"""Where files are: those shipped with the program, and the reports that it writes."""

from __future__ import annotations

import re
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from datetime import date
    from os import PathLike

PACKAGE = Path(__file__).resolve().parent
_URL = re.compile(r"s3:|[a-z][a-z0-9.+-]+:[:/]", re.IGNORECASE)  # after one letter, it is a drive

Extent = Literal["report", "summary"]
EXTENTS: tuple[Extent, ...] = get_args(Extent)
_PDFS: dict[Extent, str] = {"report": ".pdf", "summary": "-summary.pdf"}


def template_path(name: str) -> Path:
    """The path of a shipped template such as `method.yaml`; ReportgenError if it is not there.

    They are inside the wheel, or at the top of the repository.
    """
    for folder in (PACKAGE / "templates", PACKAGE.parents[1] / "templates"):
        path = folder / name
        if path.is_file():
            return path
    raise ReportgenError(
        f"{name}: not among the templates shipped with reportgen; reinstall it, "
        "or run it from a complete checkout"
    )


def is_url(place: str | PathLike[str]) -> bool:
    """Return whether something else than a file or folder of this machine is meant."""
    return _URL.match(fspath(place)) is not None


def report_path(outputs: Path, ticker: str, as_of: date) -> Path:
    """Return where a report stands: OUTPUTS/TICKER/DATE/TICKER-DATE.xlsx."""
    day = as_of.isoformat()
    return outputs / ticker / day / f"{ticker}-{day}.xlsx"


def revision_path(report: Path, number: int) -> Path:
    """Return where a revision of a report stands: TICKER-DATE.xlsx, then TICKER-DATE-r2.xlsx ..."""
    return report if number == 1 else report.with_stem(f"{report.stem}-r{number}")


def pdf_path(report: Path, extent: Extent) -> Path:
    """Return where the PDF of a report or of its summary stands: TICKER-DATE-summary.pdf."""
    return report.with_name(report.stem + _PDFS[extent])


def newest_revision(report: Path) -> Path:
    """Return the newest revision of a report that is there; its first name where none is."""
    pattern = re.compile(rf"{re.escape(report.stem)}-r(?P<number>[1-9]\d*)\.xlsx", re.ASCII)
    folder = report.parent
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    numbers = [int(found["number"]) for found in map(pattern.fullmatch, names) if found]
    return revision_path(report, max(numbers, default=1))
