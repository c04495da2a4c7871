"""What the options of a review decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.errors import ReportgenError
from reportgen.periods import parse_iso_day
from reportgen.reviews.accept import Decision
from reportgen.reviews.records import Remark

if TYPE_CHECKING:
    from datetime import date


def decision(
    keys: tuple[str, ...],
    accept: tuple[str, ...],
    ours: tuple[str, ...],
    theirs: tuple[str, ...],
) -> Decision | None:
    """Return what was decided, None for nothing; keys that follow an option belong to it.

    Raises UsageError where it is not clear which option they belong to.
    """
    chosen = [name for name, found in zip(("accept", "ours", "theirs"), (accept, ours, theirs),
              strict=True) if found]  # fmt: skip
    if keys and len(chosen) != 1:
        raise click.UsageError(
            f'"{keys[0]}" follows no option, or more than one of --accept, --ours, --theirs;'
            " repeat the option before each key"
        )
    if not chosen:
        return None
    further = {name: frozenset(keys) for name in chosen}
    return Decision(
        frozenset(accept) | further.get("accept", frozenset()),
        frozenset(ours) | further.get("ours", frozenset()),
        frozenset(theirs) | further.get("theirs", frozenset()),
    )


def remark(author: str, reason: str, expires: str | None, published: str | None) -> Remark:
    """Return what the command line says of edits. ReportgenError for what is no day."""
    return Remark(author, reason, _day("--expires", expires), _day("--published", published))


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    day = parse_iso_day(text)
    if day is None:
        raise ReportgenError(f'{option}: "{text}" is not a day; expected YYYY-MM-DD')
    return day
