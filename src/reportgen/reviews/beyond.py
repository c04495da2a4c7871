"""Edits that no single cell tells of: series, cells that are gone, values noted in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.report.readback.given import given_lines
from reportgen.report.readback.workbook import TYPED
from reportgen.reviews.cells import is_gone, same
from reportgen.reviews.records import Edit, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.reviews.remarks import Remarks
    from reportgen.reviews.returned import Returned

_NOTED = "it stands in the list alone, so the model did not move: type it beside its input"
_SERIES = "series come from their source: append the rows there"
_GONE = "their cells or their tab were removed: they are taken as they were issued"


def beyond_cells(returned: Returned, remarks: Remarks, told: set[str]) -> Iterator[Edit]:
    """Yield the edits that no single cell tells of; `told` are the keys already reported."""
    yield from _series(returned)
    yield from _gone(returned)
    yield from _noted(remarks, told, returned)


def _series(returned: Returned) -> Iterator[Edit]:
    """Yield an edit for every series that gained or lost rows."""
    before, after = returned.issued.members, returned.now.members
    gone = {
        dim
        for line in given_lines()
        if len(line.dims) == 1
        for dim in line.dims
        if is_gone(returned, line.key, line)
    }
    for dim, names in before.items():
        if dim in gone:
            continue
        gained = [name for name in after[dim] if name not in set(names)]
        lost = [name for name in names if name not in set(after[dim])]
        if gained or lost:
            told = [*(f"+{name}" for name in gained), *(f"-{name}" for name in lost)]
            yield Edit(
                f"members[{dim.name}]",
                f"Rows of the series {dim.name}",
                "",
                Kind.SERIES,
                "",
                float(len(names)),
                float(len(after[dim])),
                note=f"{' '.join(told[:6])}: {_SERIES}",
            )


def _gone(returned: Returned) -> Iterator[Edit]:
    """Yield an edit that tells of inputs whose cells are no longer in the file."""
    gone = [row for row in returned.report.listed.values() if row.kind in TYPED and not row.place]
    if gone:
        count = float(len(gone))
        yield Edit(
            "report.inputs", "Cells of inputs", "count", Kind.GONE, "", count, 0.0, note=_GONE
        )


def _noted(remarks: Remarks, told: set[str], returned: Returned) -> Iterator[Edit]:
    """Yield an edit for every value that stands in the list of overrides alone."""
    for key, (value, remark) in remarks.noted.items():
        if value is not None and key not in told:
            issued = _live(returned, key)
            if issued is None or not same(issued, value):
                yield Edit(key, key, "", Kind.NOTED, "", issued, value, remark=remark, note=_NOTED)


def _live(returned: Returned, key: str) -> float | None:
    """Return the value of an input as issued; None if there is no such input."""
    for part in (".override", ".issued"):
        row = returned.report.listed.get(f"{key}{part}")
        if row is not None and isinstance(row.issued[0], float):
            return row.issued[0]
    return None
