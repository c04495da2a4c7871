"""What filings say of the segments of a company, as rows of its pack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import quote
from reportgen.facts.problems import suggestion
from reportgen.intake.sec.filings import filing_of
from reportgen.intake.sec.instance import of_members
from reportgen.intake.sec.quarters import of_segments
from reportgen.intake.sec.rows import Offer, offered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from reportgen.facts.company import Company
    from reportgen.facts.split_words import Split
    from reportgen.intake.sec.filings import Filing
    from reportgen.intake.sec.instance import Instance

_WORDS = re.compile(r"[^a-z0-9]+")
_UNKNOWN = (
    "does not say which filing it is of: import it together with the SEC's list of filings"
    " (submissions-CIK##########.json) or with companyfacts, and where several filings are of its"
    " period, name it by its own, such as instance-0000320193-24-000123.xml"
)


class Wanted(NamedTuple):
    """What is asked of instances: of which segments, by their members, and which metrics."""

    company: Company
    segments: Mapping[str, str]
    metrics: Sequence[str]
    splits: Sequence[Split] = ()
    since: date | None = None


class Segmented(NamedTuple):
    """What instances offer of each segment, what has to be decided, and what is only said."""

    offers: tuple[Offer, ...]
    doubts: tuple[str, ...]
    notes: tuple[str, ...]


def offered_by_segment(
    instances: Iterable[tuple[str, Instance]], known: Iterable[Filing], wanted: Wanted
) -> Segmented:
    """Return the rows that instances, by the names of their files, give of the segments wanted.

    `known` are the filings that one of them may be of.
    """
    filings = tuple(known)
    found: list[tuple[Instance, Filing]] = []
    doubts: list[str] = []
    for name, instance in instances:
        filing = filing_of(instance, name, filings)
        if filing is None:
            doubts.append(f"{name} {_UNKNOWN}")
        else:
            found.append((instance, filing))
    members = {member for instance, _ in found for member in instance.members}
    ids = [segment.id for segment in wanted.company.segments]
    of: dict[str, set[str]] = {}
    for member, segment in wanted.segments.items():
        if segment not in ids:
            remedy = suggestion(segment, ids) or f"expected one of {', '.join(ids)}"
            doubts.append(
                f"imports.yaml: segments: {member} is {quote(segment)}, which is no segment of"
                f" company.yaml; {remedy}"
            )
        elif member in members:
            of.setdefault(segment, set()).add(member)
    others = sorted(members - wanted.segments.keys())
    notes = [_told(others, ids)] if others else []
    if others and not of:
        doubts += notes
        notes = []
    offers = tuple(
        offered(
            of_members(found, of[segment]), wanted.company, of_segments(wanted.metrics),
            wanted.splits, wanted.since, segment,
        )
        for segment in sorted(of)
    )  # fmt: skip
    notes += [note for offer in offers for note in offer.notes]
    return Segmented(offers, tuple(doubts), tuple(notes))


def _told(members: Sequence[str], ids: Sequence[str]) -> str:
    """Say which segments of filings are not taken, and how they would be."""
    by_words = {_WORDS.sub("", one.lower()): one for one in ids}
    meant = {
        member: by_words.get(_WORDS.sub("", member.removesuffix("Member").lower()), "SEGMENT")
        for member in members
    }
    pairs = ", ".join(f"{member}: {segment}" for member, segment in meant.items())
    return (
        "the filings have segments that imports.yaml does not name; to take them, write there"
        f" segments: {{{pairs}}}"
    )
