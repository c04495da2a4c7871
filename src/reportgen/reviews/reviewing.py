"""The review of a returned workbook: open, classify, stand against ours, weigh, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.facts.reading.companies import has_pack
from reportgen.facts.split_words import in_words
from reportgen.report.readback.workbook import NotAReportError
from reportgen.reviews.current_inputs import Ours, against, read_ours
from reportgen.reviews.edits import edits_of
from reportgen.reviews.effect import weighed
from reportgen.reviews.records import Kind, Review
from reportgen.reviews.returned import Returned, issued_file, open_returned
from reportgen.reviews.sheets import SheetChanges, compared, hardcoded
from reportgen.system import paused_collector
from reportgen.xlsx.reader.process import compare_safely

if TYPE_CHECKING:
    from os import PathLike

_TWO_WAY = (
    "it has no Registry, so what was issued is not known: it was compared two-way with {issued},"
    " cell by cell; nothing of it can be accepted"
)
_SPLIT = (
    "figures per share and numbers of shares are in the shares of {day}, before {splits}: what is"
    " accepted is dated before it, and later reports restate it"
)
_ORDER = {kind: place for place, kind in enumerate(Kind)}


@paused_collector()
def review(
    returned: str | PathLike[str],
    *,
    inputs: str | PathLike[str] = "inputs",
    outputs: str | PathLike[str] = "outputs",
    issued: str | PathLike[str] | None = None,
) -> Review:
    """Return everything that a returned workbook says beyond what was issued.

    Our inputs of today are read below `inputs`; the file that was issued is `issued`, else the one
    of its day below `outputs`. A file without a Registry is compared with `issued` alone. Raises
    HostileFile and UnreadableFile as reading does, InputErrors for mistakes in our inputs,
    ReportgenError if the file is no report and none was named to compare it with.
    """
    path, named = Path(returned), None if issued is None else Path(issued)
    try:
        opened = open_returned(path)
    except NotAReportError:
        if named is None:
            raise
        return _two_way(path, named)
    ours, notes = _ours(opened, Path(inputs))
    edits = [against(edit, ours) for edit in edits_of(opened)]
    told = weighed(opened.issued, edits)
    at_issue, why = issued_file(opened, Path(outputs), named)
    sheets = _sheets(opened, at_issue)
    everything = sorted((*told.edits, *sheets.formulas), key=lambda edit: _ORDER[edit.kind])
    return Review(
        path,
        opened.ticker,
        opened.as_of,
        opened.snapshot,
        at_issue,
        tuple(everything),
        told.effects,
        told.bridges,
        workbook=sheets.workbook,
        notes=(*opened.notes, *notes, *([why] if why else ()), *sheets.notes),
    )


def _two_way(path: Path, issued: Path) -> Review:
    found = compare_safely(issued, path)
    return Review(
        path, "", None, "", issued, workbook=found, notes=(_TWO_WAY.format(issued=issued),)
    )


def _ours(returned: Returned, inputs: Path) -> tuple[Ours | None, list[str]]:
    """Return our inputs; None, and why, where the company has no pack here."""
    if not has_pack(returned.ticker, inputs):
        missing = f"{inputs / returned.ticker} is not there: conflicts were not looked for"
        return None, [missing]
    ours = read_ours(returned.ticker, returned.as_of, inputs)
    since = in_words(one for one in ours.rows.actions if one.ex_date > returned.as_of)
    return ours, [_SPLIT.format(day=returned.as_of, splits=since)] if since else []


def _sheets(returned: Returned, at_issue: Path | None) -> SheetChanges:
    if at_issue is None:
        return hardcoded(returned.report)
    return compared(returned.report, at_issue)
