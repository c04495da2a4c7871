"""The review of a returned workbook: open, classify, stand against ours, weigh, compare."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.facts.reading.companies import has_pack
from reportgen.facts.split_words import in_words
from reportgen.periods import as_day
from reportgen.report.readback.workbook import NotAReportError
from reportgen.reviews.acceptance import rebuilt
from reportgen.reviews.current_inputs import Ours, against, read_ours
from reportgen.reviews.edits import edits_of
from reportgen.reviews.effect import Basis, weighed
from reportgen.reviews.plausible import raised, with_doubt
from reportgen.reviews.records import Edit, EditKind, Review, State
from reportgen.reviews.returned import Named, Returned, open_returned
from reportgen.reviews.sheets import SheetChanges, compared, hardcoded, headline_stated
from reportgen.system import paused_collector
from reportgen.xlsx.reader.process import compare_safely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from reportgen.periods import Day

_TWO_WAY = (
    "it has no Registry, so what was issued is not known: it was compared two-way with {issued},"
    " cell by cell; nothing of it can be accepted"
)
_SPLIT = (
    "figures per share and numbers of shares are in the shares of {day}, before {splits}: what is"
    " accepted is dated before it, and later reports restate it"
)
_MISLED = (
    "the Registry of the file links this input to another cell than the issued file does, so it is"
    " not taken: type it into the file as it was issued"
)
_NOT_TOGETHER = "all that can be accepted cannot be accepted together"
_NOT_VALUED = (
    "the program that saved it left formulas without values, so what the file as a whole comes to"
    " could not be valued"
)
_ORDER = {kind: place for place, kind in enumerate(EditKind)}


@paused_collector()
def review(
    returned: str | PathLike[str],
    *,
    inputs: str | PathLike[str] = "inputs",
    outputs: str | PathLike[str] = "outputs",
    issued: str | PathLike[str] | None = None,
    ticker: str = "",
    as_of: Day | None = None,
) -> Review:
    """Return everything that a returned workbook says beyond what was issued.

    Our inputs of today are read below `inputs`; the file that was issued is `issued`, else the one
    of the same snapshot below `outputs`. Where it is not there, `ticker` and `as_of` say of what
    company and day the file is, else it says so itself. A file without a Registry is compared with
    `issued` alone. Raises HostileFile and UnreadableFile as reading does, InputErrors for mistakes
    in our inputs, ReportgenError if the file is no report and none was named to compare it with.
    """
    path, at_issue = Path(returned), None if issued is None else Path(issued)
    named = Named(ticker, as_day(as_of)) if ticker and as_of else None
    try:
        opened = open_returned(path, Path(outputs), at_issue, named)
    except NotAReportError:
        if at_issue is None:
            raise
        return _two_way(path, at_issue)
    ours, notes = _ours(opened, Path(inputs))
    edits = [with_doubt(_believed(against(edit, ours), opened)) for edit in edits_of(opened)]
    sheets = _sheets(opened)
    basis, doubts = _basis(opened, ours, edits, sheets, Path(inputs))
    told = weighed(basis, edits)
    everything = sorted((*told.edits, *sheets.formulas), key=lambda edit: _ORDER[edit.kind])
    return Review(
        path,
        opened.ticker,
        opened.as_of,
        opened.snapshot,
        opened.at_issue,
        tuple(everything),
        told.effects,
        told.bridges,
        workbook=sheets.workbook,
        notes=(*opened.notes, *notes, *sheets.notes, *doubts),
        raised=tuple(raised(basis.rebuilt or {}, opened.origin or opened.report)),
        missing=opened.missing,
        is_named=named is not None,
    )


def _basis(
    returned: Returned,
    ours: Ours | None,
    edits: Sequence[Edit],
    sheets: SheetChanges,
    inputs: Path,
) -> tuple[Basis, list[str]]:
    """Return what the edits are weighed on, and why something of it is not to be had."""
    notes, after = [], None
    is_beyond = sheets.is_beyond_model or any(edit.is_beyond_model for edit in edits)
    stated = headline_stated(returned.report) if is_beyond or sheets.is_touched else None
    if stated is not None and None in stated.values() and not is_beyond:
        stated = None  # rows were deleted, and what hung on them: the model can tell
    if stated is not None and None in stated.values():
        notes.append(_NOT_VALUED)
    if ours is None:
        return Basis(returned.issued, returned.issued, None, stated), notes
    if any(edit.can_be_accepted and edit.state is not State.SAME for edit in edits):
        try:
            after = rebuilt(edits, returned.as_of, ours, inputs, returned.ticker)
        except ReportgenError as error:
            notes.append(f"{_NOT_TOGETHER}: {error}")
            after = {}
    return Basis(returned.issued, ours.case, after, stated), notes


def _believed(edit: Edit, returned: Returned) -> Edit:
    """Return an edit, one that the file's Registry misplaces as such: it is never taken."""
    if any(key == edit.key or key.startswith(f"{edit.key}.") for key in returned.misled):
        return replace(edit, state=State.LISTED, note=_MISLED)
    return edit


def _two_way(path: Path, issued: Path) -> Review:
    found = compare_safely(issued, path)
    notes = (_TWO_WAY.format(issued=issued), *found.warnings)
    return Review(path, "", None, "", issued, workbook=found.changes, notes=notes)


def _ours(returned: Returned, inputs: Path) -> tuple[Ours | None, list[str]]:
    """Return our inputs; None, and why, where the company has no pack here."""
    if not has_pack(returned.ticker, inputs):
        missing = f"{inputs / returned.ticker} is not there: conflicts were not looked for"
        return None, [missing]
    ours = read_ours(returned.ticker, returned.as_of, inputs)
    since = in_words(one for one in ours.rows.actions if one.ex_date > returned.as_of)
    return ours, [_SPLIT.format(day=returned.as_of, splits=since)] if since else []


def _sheets(returned: Returned) -> SheetChanges:
    if returned.changes is None:
        return hardcoded(returned.report)
    return compared(returned, returned.changes)
