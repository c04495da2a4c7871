"""What an argument waits for must have been known when it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.errors import quote

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.rows import Argument, Event

_REMEDY = "leave due blank, name a day of your own choice, or date the argument when it was known"


def warn_of_hindsight(
    arguments: Iterable[Argument], events: Iterable[Event], log: ProblemLog
) -> None:
    """Log each argument that is due on the day of an event which became known only after it."""
    first: dict[date, Event] = {}
    for event in sorted(events, key=lambda row: row.published):
        if event.date is not None:
            first.setdefault(event.date, event)
    for row in arguments:
        if row.due is None:
            continue
        known = first.get(row.due)
        if known is not None and known.published > row.published:
            found = (
                f"{row.due} was not known on {row.published}, when the argument was published:"
                f" events.csv has {quote(known.event)} on that day from {known.published} on"
            )
            log.caution(row.line_no, "due", found, "", _REMEDY)
        elif row.due < row.published:
            found = f"{row.due} is before the argument was published ({row.published})"
            log.caution(row.line_no, "due", found, "a day to come")
