"""Build a report, or load what is known of a company, from a caller's words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import pipeline
from reportgen.api.days import Day, as_day, require_knowledge
from reportgen.api.misfits import misfits
from reportgen.api.report import Report
from reportgen.errors import in_reading_order
from reportgen.facts import pack as packs
from reportgen.xlsx.writer.workbook import write

if TYPE_CHECKING:
    from datetime import date
    from os import PathLike

    from reportgen.facts.pack import Pack


def build(
    ticker: str,
    *,
    as_of: Day,
    inputs: str | PathLike[str] = "inputs",
    outputs: str | PathLike[str] = "outputs",
    template: str | PathLike[str] | None = None,
    pdf: bool = False,
) -> Report:
    """Build the report of a company and write it to OUTPUTS/TICKER/DATE/TICKER-DATE.xlsx.

    `as_of` is a date, `YYYY-MM-DD` or `last-month-end`; `template` a theme file (default: the house
    theme); `pdf` asks for a PDF beside the workbook, printed by LibreOffice. What stood there is
    replaced in one step, or stays as it was where anything fails.

    Raises InputErrors with every mistake of the inputs, ReportgenError for any other trouble.
    """
    day, source = as_day(as_of), Path(inputs)
    printer = _printer() if pdf else None
    composed = compose(ticker, day, source, template)
    path = pipeline.report_path(Path(outputs), ticker, day)
    write(composed.book, path)
    if printer is not None:
        from reportgen import pdf as printing  # noqa: PLC0415 - few reports are printed

        printing.print_book(composed.book, path.with_suffix(".pdf"), printer)
    unfit = misfits(composed.pack, composed.solved, source)
    warnings = in_reading_order((*composed.pack.warnings, *unfit))
    return Report(composed.pack, composed.solved, composed.book, path, warnings)


def compose(
    ticker: str, day: date, inputs: Path, template: str | PathLike[str] | None = None
) -> pipeline.Report:
    """Return a report that is not written anywhere. Errors as for `build`."""
    composed = pipeline.compose(ticker, day, inputs, None if template is None else Path(template))
    require_knowledge(composed.pack, inputs)
    return composed


def _printer() -> str:
    """The program that prints; ReportgenError before anything is written where there is none."""
    from reportgen import pdf as printing  # noqa: PLC0415 - as above

    return printing.find_printer()


def load(ticker: str, *, as_of: Day, inputs: str | PathLike[str] = "inputs") -> Pack:
    """Return everything known of a company as of a day, a pandas frame a table.

    `pack.targets`, `pack.prices` and so on are frames; `pack.rows` the same as typed records.
    Raises InputErrors with every mistake of the inputs, ReportgenError for a day that is none.
    """
    return packs.load(ticker, as_day(as_of), Path(inputs))
