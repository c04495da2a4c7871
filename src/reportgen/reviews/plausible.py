"""Whether an edit is plausible before anybody accepts it: slips of scale, and checks that turn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.headline import raised_checks
from reportgen.model.checks.plausibility import doubts
from reportgen.report.readback.values import stored_values
from reportgen.reviews.records import Edit, EditKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.report.readback.workbook import ReadReport
    from reportgen.values import Value

_TYPED = frozenset({EditKind.OVERRIDE, EditKind.INPUT})
_RATIO = "ratio"
_TIMES = 10  # a per cent typed for a ratio is a hundred times what it means, seldom less than this
_FAR = 50  # times what was issued: thousands for millions, another currency, a slip of the point


def with_doubt(edit: Edit) -> Edit:
    """Return an edit with what it may have been meant to be, where its size is a likely slip."""
    issued, theirs = edit.issued, edit.theirs
    if edit.kind not in _TYPED or not (isinstance(issued, float) and isinstance(theirs, float)):
        return edit
    doubt = _slip(issued, theirs, edit.unit)
    return replace(edit, note="; ".join(filter(None, (doubt, edit.note)))) if doubt else edit


def _slip(issued: float, theirs: float, unit: str) -> str:
    if unit == _RATIO and abs(theirs) >= 1 and abs(theirs) >= _TIMES * abs(issued):
        return (
            f"{theirs:,.15g} is {theirs * 100:,.15g} %; for {theirs:,.15g} % type {theirs:.15g}%,"
            f" or {theirs / 100:.15g}"
        )
    if unit == _RATIO or not issued or not theirs:
        return ""
    times = abs(theirs / issued)
    if times >= _FAR:
        shown = f"{times:,.0f} times"
    elif times <= 1 / _FAR:
        shown = f"1 / {1 / times:,.0f} of"
    else:
        return ""
    return f"it is {shown} what was issued: mind the unit{unit and f', {unit}'}"


def raised(after: Mapping[str, Value], issued: ReadReport) -> Iterator[str]:
    """Yield what a report with the edits would FAIL or WARN of, and did not as it was issued."""
    before, now = _by_label(dict(stored_values(issued))), _by_label(after)
    found = {label: status for label, status in now.items() if before.get(label) != status}
    for label, status in found.items():
        yield f"{status}  {label}"
    if found:
        for doubt in doubts(after):
            yield f"{doubt.status}  {doubt.key}: {doubt.label}: {doubt.told}"


def _by_label(values: Mapping[str, Value]) -> dict[str, str]:
    """Return the checks that are raised: by label, since their numbers are those of a version."""
    return {str(values.get(f"{key}.label")): status for status, key in raised_checks(values)}
