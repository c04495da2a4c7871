"""One company as of one day: skipped if nothing changed, else built, issued and recorded.

The order of writing is what survives a kill: the workbook, what was issued, and the manifest last.
Whatever was killed in between is done again, to the same bytes, and is no second revision. What
stands beside a report comes after it, and costs it nothing where it fails.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportgen.errors import InputErrors, ReportgenError, kind_on_one_line, on_one_line
from reportgen.facts.reading.pack_files import read_pack
from reportgen.pdf import for_paper
from reportgen.pipeline import composed
from reportgen.report.registry.file import recorded, registry_beside
from reportgen.report.theme import load_theme
from reportgen.resources import revision_path
from reportgen.runs.companions import (
    PDFS,
    drop_companions,
    is_lacking,
    issued_report,
    write_diff,
    write_page,
)
from reportgen.runs.contents import manifest_of_report
from reportgen.runs.history import history_text, write_history
from reportgen.runs.issued import Issue, issue, issued_path, newest_of, read_issued
from reportgen.runs.lanes import TooLongError
from reportgen.runs.manifest import (
    Manifest,
    ManifestError,
    Revision,
    State,
    manifest_of,
    manifest_path,
    sha256_of,
    write_manifest,
)
from reportgen.runs.state import (
    changed_files,
    history_digest,
    other_makings,
    standing_file,
    state_of,
)
from reportgen.runs.track.outcomes import NAME as OUTCOMES
from reportgen.runs.track.outcomes import outcomes_fault, outcomes_of, write_outcomes
from reportgen.system import paused_collector
from reportgen.version import __version__
from reportgen.xlsx.writer.workbook import render, store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from reportgen.facts.reading.universe import Slice
    from reportgen.pipeline import Report
    from reportgen.report.theme import Theme
    from reportgen.resources import Extent
    from reportgen.runs.companions import Issued, Kind
    from reportgen.xlsx.book import Paper

Status = Literal["success", "warn", "fail", "error", "skipped", "not run"]
KEPT = "kept, though made by another model; --rebuild model makes it anew"
FIRST = "first issue"
_FEW = 3
_FEW_WORDS = 200  # characters


@dataclass(frozen=True)
class Task:
    """What is asked of one company; `today` is the day that `issued_on` will say.

    `slice` is what the universe holds of it. `pages` asks for the page and the diff beside the
    report, `printing` is the folder that takes what is to be printed, None where nothing is, and
    `prints` what that is.
    """

    ticker: str
    as_of: date
    inputs: Path
    outputs: Path
    today: date
    slice: Slice
    template: Path | None = None
    paper: Paper | None = None
    force: bool = False
    rebuild_model: bool = False
    dry: bool = False
    pages: bool = False
    printing: Path | None = None
    prints: Extent = "report"

    @property
    def theme(self) -> Theme:
        """How the report looks. Raises ReportgenError for a theme with mistakes."""
        return load_theme(self.template, self.paper)

    @property
    def beside(self) -> tuple[Kind, ...]:
        """What is asked for beside the report."""
        pages: tuple[Kind, ...] = ("page", "diff") if self.pages else ()
        return pages if self.printing is None else (*pages, PDFS[self.prints])


class Result(NamedTuple):
    """What became of a task: `reason` in words, `file` below the outputs or "".

    `problems` are the mistakes of the inputs, one a line, where they stopped it.
    """

    ticker: str
    as_of: str
    status: Status
    reason: str
    file: str = ""
    revision: int = 0
    problems: tuple[str, ...] = ()


@paused_collector()
def build_company(task: Task) -> Result:
    """Do what is asked of one company, and say what became of it; it raises nothing it can tell."""
    try:
        return _built(task)
    except InputErrors as error:
        told = tuple(str(problem) for problem in error.problems)
        count = "1 mistake" if len(told) == 1 else f"{len(told)} mistakes"
        return _result(task, "error", f"{count} in the inputs: {told[0]}", problems=told)
    except (ReportgenError, OSError) as error:
        return _result(task, "error", on_one_line(error))


def _result(task: Task, status: Status, reason: str, **more: object) -> Result:
    return Result(task.ticker, task.as_of.isoformat(), status, reason, **more)  # type: ignore[arg-type]  # as its fields are


class Verdict(NamedTuple):
    """Whether a report is to be made, and why; `manifest` is that of the report that stands.

    `is_of_files`: only because files changed, so that reading them may show that nothing known has.
    """

    reason: str
    manifest: Manifest | None = None
    is_due: bool = True
    is_of_files: bool = False
    is_by_older_model: bool = False


def verdict(task: Task) -> Verdict:
    """Return whether a report has to be made, as far as the files alone can say.

    Where they have changed it is due; whether what is known has, only reading them will show.
    """
    folder = manifest_path(task.outputs, task.ticker, task.as_of).parent
    try:
        manifest = manifest_of(task.outputs, task.ticker, task.as_of)
    except ManifestError:
        return Verdict("its manifest cannot be read")
    if manifest is None:
        return Verdict(FIRST)
    if task.force:
        return Verdict("forced", manifest)
    try:
        standing_file(manifest, folder)
    except ReportgenError as error:
        return Verdict(str(error), manifest)
    other = other_makings(manifest, task.theme)
    by_older = other == ("model",) and not task.rebuild_model
    history = history_text(task.outputs, task.ticker, task.as_of)
    changed = changed_files(manifest, task.inputs, history, task.slice)
    why = (*([f"{_few(changed)} changed"] if changed else ()), *(f"another {one}" for one in other))
    if changed:
        of_files = by_older or not other
        return Verdict(
            " and ".join(why), manifest, is_of_files=of_files, is_by_older_model=by_older
        )
    if history and (fault := outcomes_fault(folder / OUTCOMES, history)):
        return Verdict(f"{OUTCOMES} {fault}", manifest)
    if by_older:
        return Verdict(KEPT, manifest, is_due=False, is_by_older_model=True)
    if other:
        return Verdict(" and ".join(why), manifest)
    return Verdict("unchanged: no file of its inputs changed", manifest, is_due=False)


def _few(paths: tuple[str, ...]) -> str:
    names = [path.rpartition("/")[2] for path in paths]
    shown = ", ".join(names[:_FEW])
    return shown if len(names) <= _FEW else f"{shown} and {len(names) - _FEW} more"


def skipped(task: Task) -> Result | None:
    """Return what becomes of a task whose report stands; None where there is something to do.

    That may be to write what is asked for beside the report.
    """
    try:
        return _skipped(task, verdict(task))
    except (ReportgenError, OSError):
        return None  # whoever does it meets this again, and tells it


def _skipped(task: Task, found: Verdict) -> Result | None:
    if found.is_due or found.manifest is None or _lacking(task, found.manifest):
        return None
    return _kept(task, found.manifest, found.reason, by_older_model=found.is_by_older_model)


def _lacking(task: Task, manifest: Manifest) -> tuple[Kind, ...]:
    report = issued_report(task.outputs, manifest)
    return tuple(kind for kind in task.beside if is_lacking(task.outputs, report, kind))


class _Standing(NamedTuple):
    """A report that stands: what is told of it, and what it was composed to, if it was."""

    result: Result
    manifest: Manifest
    report: Report | None = None


def _built(task: Task) -> Result:
    found = verdict(task)
    kept = _skipped(task, found)
    if kept is not None:
        return kept
    if task.dry:
        return _result(task, "not run", _planned(task, found))
    if found.is_due or found.manifest is None:
        return _accompanied(task, _made(task, found))
    told = _kept(task, found.manifest, found.reason, by_older_model=found.is_by_older_model)
    return _accompanied(task, _Standing(told, found.manifest))


def _planned(task: Task, found: Verdict) -> str:
    if found.is_due or found.manifest is None:
        return found.reason
    return f"{found.reason}; lacks its {' and its '.join(_lacking(task, found.manifest))}"


def _composed(task: Task) -> Report:
    history = write_history(task.outputs, task.ticker, task.as_of)
    files = read_pack(task.ticker, task.inputs, history, task.slice)
    return composed(files, task.as_of, outputs=task.outputs, theme=task.theme)


def _made(task: Task, found: Verdict) -> _Standing:
    report = _composed(task)
    said_before = history_digest(history_text(task.outputs, task.ticker, task.as_of))
    digests = {**report.digests, **said_before}
    state = state_of(report.pack.input_hash, digests, task.theme)
    manifest = found.manifest
    if manifest is not None and found.is_of_files and manifest.state.visible == state.visible:
        # remembered, so that the next run need not read these files again
        renewed = replace(
            manifest,
            state=manifest.state._replace(files=state.files),
            tags=report.pack.company.tags,
        )
        write_manifest(renewed, manifest_path(task.outputs, task.ticker, task.as_of))
        reason = f"unchanged: {found.reason}, but nothing that was known on {task.as_of}"
        told = _kept(task, manifest, reason, by_older_model=found.is_by_older_model)
        return _Standing(told, renewed, report)
    return _issued(task, found, report, state)


def _accompanied(task: Task, made: _Standing) -> Result:
    """Write what a report lacks beside it; trouble with that is a warning, and costs no report."""
    report, result = issued_report(task.outputs, made.manifest), made.result
    wrote: list[str] = []
    for kind in _lacking(task, made.manifest):
        try:
            _accompany(task, report, kind, made.report)
        except Exception as error:  # noqa: BLE001 - whatever it is, the report stands
            result = warned(result, f"no {kind}: {_told(error)}")
        else:
            wrote += [] if kind in PDFS.values() else [kind]  # those are printed at the end, or not
    if wrote and result.status == "skipped":
        return result._replace(reason=f"{result.reason}; gets its {' and its '.join(wrote)}")
    return result


def _told(error: Exception) -> str:
    match error:
        case ReportgenError() | OSError():
            return on_one_line(error)
        case TooLongError():
            return "the company computed for longer than it may"
        case MemoryError():
            return "it needed more memory than it may use"
    return f"unexpected {kind_on_one_line(error)[:_FEW_WORDS]}; this is a mistake in reportgen"


def lost(task: Task, why: str) -> Result:
    """Return what becomes of a task that cost its worker: no report that stands by then is lost."""
    kept = skipped(replace(task, pages=False, printing=None)) if task.beside else None
    if kept is None:
        return _result(task, "error", why)
    return warned(kept, f"lacks its {' or its '.join(task.beside)}: {why}")


def warned(result: Result, trouble: str) -> Result:
    """Return what became of a task with trouble that costs no report."""
    status: Status = "warn" if result.status in ("success", "skipped") else result.status
    return result._replace(status=status, reason=f"{result.reason}; {trouble}")


def _accompany(task: Task, report: Issued, kind: Kind, known: Report | None) -> None:
    match kind:
        case "page":
            write_page(report, task.template)
        case "diff":
            write_diff(task.outputs, report)
        case _ if task.printing is not None:
            book = _as_issued(task, report, known).book
            store(for_paper(book, task.prints), task.printing / report.path.name)


def _as_issued(task: Task, report: Issued, known: Report | None) -> Report:
    """Return a report that was issued, composed again: nothing else than that is printed.

    A workbook is not read for it: somebody may have edited the file. Raises ReportgenError where
    other bytes come out today.
    """
    other = other_makings(report.manifest, task.theme)
    if not other:
        found = _composed(task) if known is None else known
        if hashlib.sha256(render(found.book)).hexdigest() == report.sha256:
            return found
    why = f"another {' and another '.join(other)}" if other else "another version of the program"
    remedy = "--rebuild model" if other == ("model",) else "--force"
    raise ReportgenError(
        f"{report.path.name} was made by {why} and cannot be composed again; {remedy} makes it anew"
    )


def _kept(task: Task, manifest: Manifest, reason: str, *, by_older_model: bool) -> Result:
    if by_older_model:
        return _of_standing(task, manifest, "warn", KEPT)
    return _of_standing(task, manifest, "skipped", reason)


def _of_standing(task: Task, manifest: Manifest, status: Status, reason: str) -> Result:
    newest = manifest.newest
    file = f"{task.ticker}/{task.as_of}/{newest.file}"
    return _result(task, status, reason, file=file, revision=newest.number)


def _issued(task: Task, found: Verdict, report: Report, state: State) -> _Standing:
    """Write a report under its next name, unless its bytes are those of the newest one issued."""
    content = render(report.book)
    sha = hashlib.sha256(content).hexdigest()
    log = issued_path(task.outputs, task.ticker)
    rows = read_issued(log)
    logged = newest_of(rows, task.as_of)
    number, newest = _newest(logged, found.manifest)
    is_same = newest == sha
    number = max(1, number + (not is_same and not task.force))
    path = revision_path(report.path, number)
    if sha256_of(path) != sha or recorded(path) is None:
        store(content, path, registry_beside(path, report.book, content, report.told))
    if not is_same:
        drop_companions(path)
    if not is_same or logged is None:
        rows = issue(log, rows, Issue.of(task.as_of, task.today, number, sha, report.overview))
    made = Revision(number, path.name, sha, __version__, found.reason)
    known = (*(found.manifest.revisions if found.manifest else ()), made)
    became = outcomes_of(report.pack)
    if became:
        write_outcomes(report.path.with_name(OUTCOMES), became)
    revisions = _revisions(report.path, task.as_of, rows, known)
    manifest = manifest_of_report(report, state, revisions)
    write_manifest(manifest, manifest_path(task.outputs, task.ticker, task.as_of))
    reason = f"{found.reason}; its bytes are as before" if is_same else found.reason
    return _Standing(_of_standing(task, manifest, _status(report), reason), manifest, report)


def _newest(logged: Issue | None, manifest: Manifest | None) -> tuple[int, str]:
    """Return the number and the hash of the newest revision: who lost issued.csv loses no report.

    (0, "") where there is none.
    """
    if logged is not None:
        return logged.revision, logged.sha256
    return (manifest.newest.number, manifest.newest.sha256) if manifest else (0, "")


def _status(report: Report) -> Status:
    if report.has_failures:
        return "fail"
    return "warn" if report.headline["checks.warn"] or report.warnings else "success"


def _revisions(
    first: Path, as_of: date, rows: Iterable[Issue], known: Iterable[Revision]
) -> tuple[Revision, ...]:
    """Return the revisions that were issued, with what is known of why each was made."""
    reasons = {(one.number, one.sha256): one for one in reversed(tuple(known))}
    issued = {row.revision: row.sha256 for row in rows if row.as_of == as_of}
    return tuple(
        reasons.get((number, sha), Revision(number, revision_path(first, number).name, sha, "", ""))
        for number, sha in issued.items()
    )
