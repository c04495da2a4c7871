"""References from charts to the cells of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.xlsx.addresses import Ref

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.places import Places


def line_ref(places: Places, line: Line, *index: int) -> Ref:
    """Return the cells of a line, or of the part at some leading indices, as one reference.

    Raises ValueError where they do not stand side by side.
    """
    place = places.lines[line]
    rows, cols = (np.ravel(cells[index]) for cells in (place.rows, place.cols))
    if rows.size > 1 and len(set(rows.tolist())) > 1 and len(set(cols.tolist())) > 1:
        msg = f"the cells of {line.key} do not stand in one row or column"
        raise ValueError(msg)
    return Ref(place.sheet, int(rows.min()), int(cols.min()), int(rows.max()), int(cols.max()))
