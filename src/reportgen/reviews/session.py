"""A review from beginning to end: what was edited, what is decided, which rows that adds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.facts.reading.companies import has_pack
from reportgen.reviews.acceptance import ALL, Decision, Plan, plan, preview, take
from reportgen.reviews.current_inputs import read_ours
from reportgen.reviews.records import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from os import PathLike

    from reportgen.intake.additions import Appended
    from reportgen.reviews.records import Review

_NOT_VERIFIED = (
    "the file that was issued is not at hand, and what a returned file says of itself is not"
    " believed: name it with --issued or its folder with --outputs, or accept unverified with"
    " --unverified --ticker TICKER --as-of DATE"
)
_NO_REPORT = (
    "it has no Registry, so nothing of it can be accepted; type the figures into the inputs"
)
_NO_PACK = "there is no pack of the company here, so nothing can be accepted; name it with --inputs"


@dataclass(frozen=True, slots=True)
class Settled:
    """A review and what follows of the decisions taken: the files with the new rows in them.

    `is_written` says whether the files were written or are only proposed; `why_not` why none can
    be proposed, "" if they can.
    """

    review: Review
    plan: Plan
    files: tuple[Appended, ...]
    is_written: bool
    why_not: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is left to decide, or a file that is no report differs."""
        two_way = not self.review.snapshot and bool(self.review.workbook)
        return bool(self.plan.left) or two_way


def accept(  # noqa: PLR0913 - what an acceptance may say
    review: Review,
    keys: Iterable[str] = (ALL,),
    *,
    theirs: Iterable[str] = (),
    ours: Iterable[str] = (),
    author: str = "",
    reason: str = "",
    expires: date | None = None,
    published: date | None = None,
    inputs: str | PathLike[str] = "inputs",
    dry_run: bool = False,
) -> Settled:
    """Append the edits of a review to the inputs, as dated and signed rows.

    `keys` are the edits to accept, `theirs` and `ours` the conflicts that go either way; "*" is
    all of them. Author, reason, expiry and day stand in where the file does not say. Errors as for
    `settle`.
    """
    decision = Decision(frozenset(keys), frozenset(ours), frozenset(theirs))
    said = Remark(author, reason, expires, published)
    return settle(review, decision, said, Path(inputs), dry_run=dry_run)


def look(review: Review, said: Remark, inputs: Path) -> Settled:
    """Return a review with the rows that accepting all that is new would add; none is written."""
    undecided = Plan((), (), (), review.to_decide)
    try:
        proposed = _planned(review, Decision(accept=frozenset({ALL})), said, inputs)
        files = _previewed(review, proposed, inputs)
    except ReportgenError as error:
        return Settled(review, undecided, (), is_written=False, why_not=str(error))
    return Settled(review, undecided, files, is_written=False)


def settle(
    review: Review, decision: Decision, said: Remark, inputs: Path, *, dry_run: bool = False
) -> Settled:
    """Take home what was decided; with `dry_run` only show the rows that this would add.

    Raises ReportgenError for a decision that cannot be carried out, InputErrors where the new rows
    would break the pack, OutputError where a file cannot be written. Nothing is half-written.
    """
    decided = _planned(review, decision, said, inputs)
    files = _previewed(review, decided, inputs)
    if not dry_run:
        take(files)
    return Settled(review, decided, files, is_written=not dry_run)


def _planned(review: Review, decision: Decision, said: Remark, inputs: Path) -> Plan:
    if not (review.is_verified or review.is_named):
        raise ReportgenError(_NOT_VERIFIED if review.snapshot else _NO_REPORT)
    if review.as_of is None or not has_pack(review.ticker, inputs):
        raise ReportgenError(_NO_PACK)
    ours = read_ours(review.ticker, review.as_of, inputs)
    return plan(review.edits, decision, said, review.as_of, ours, is_verified=review.is_verified)


def _previewed(review: Review, decided: Plan, inputs: Path) -> tuple[Appended, ...]:
    if review.as_of is None or not decided.additions:
        return ()
    return preview(decided.additions, inputs, review.ticker, review.as_of)
