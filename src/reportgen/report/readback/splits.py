"""The splits that a report was made with, as its Registry lists them."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from reportgen.errors import quote
from reportgen.facts.split_words import Split
from reportgen.report.readback.given import unpacked_issue
from reportgen.report.readback.workbook import NotAReportError

if TYPE_CHECKING:
    from reportgen.report.readback.workbook import ReadReport


def stated_splits(report: ReadReport) -> tuple[Split, ...] | None:
    """Return the splits that a report was made with; None where it does not list them.

    Raises NotAReportError where the list was damaged.
    """
    row = report.listed.get("report.splits")
    if row is None:
        return None
    try:
        return tuple(_split(str(text)) for text in unpacked_issue(report, row))
    except ValueError as error:
        raise NotAReportError(
            f"{report.path}: Registry, {row.key}: {error}; use the file as it was issued"
        ) from None


def _split(text: str) -> Split:
    """Return the split of a text such as `2025-11-15 10.0`. Raises ValueError for any other."""
    day, _, ratio = text.partition(" ")
    split = Split(date.fromisoformat(day), float(ratio))
    if not 0 < split.ratio < math.inf:
        raise ValueError(f"{quote(text)} is no split")
    return split
