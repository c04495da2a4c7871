"""The columns that all tables of Evidence share, so that one width suits them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.report.tables import HEADER_ROWS, Column, table
from reportgen.xlsx.addresses import Area, a1
from reportgen.xlsx.book import ConditionalFormat

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


WIDTHS = (5, 22, 19, 17, 10.5, 10.5, 10.5, 11, 9.5, 10.5, 10.5, 10.5, 10.5, 9, 9, 26, 40, 18, 30)
LAST_COL = len(WIDTHS) - 1
USE, STATE, NOTE = 15, 16, 18
REST = LAST_COL + 2  # where the workings of every table begin, right of the printed page
REST_WIDTH = 12
CODE = "input_code"
# What a sentence may say, and the look that it then gets; the first that fits is kept.
ALERTS = (("contradicted", "fail"), ("conflict", "warn"), ("expired", "warn"))


class Band(NamedTuple):
    """One table of the tab: title row, dimension of its rows, title and subtitle."""

    tab: Tab
    context: Context
    row: int
    dim: Dim
    title: str
    says: str

    @property
    def first(self) -> int:
        """Return the first row of the table's body."""
        return self.row + 1 + HEADER_ROWS

    @property
    def after(self) -> int:
        """Return the row after the table's body."""
        return self.first + self.tab.size(self.dim)

    def body(self, first_col: int = 0, last_col: int = LAST_COL) -> Area:
        """Return the cells of some columns of the body."""
        return Area(self.first, first_col, self.after - 1, last_col)


def rest(band: Band, but: Collection[Line] = ()) -> int:
    """Place every line along the rows that has no place yet, right of the printed page.

    Returns the next free column.
    """
    placed = band.tab.places.lines
    left = [
        line
        for line in band.context.lines
        if line.dims == (band.dim,) and line not in placed and line not in but
    ]
    return workings(band, REST, f"{band.title}: workings", left)


def workings(band: Band, col: int, title: str, lines: Sequence[Line]) -> int:
    """Place lines along the rows of a table, small and grey; return the next free column."""
    if not lines:
        return col
    band.tab.text(band.row, col, title, "helper_title")
    columns = [Column(line, look="" if line.expr is None else "helper") for line in lines]
    return table(band.tab, band.context, (band.row + 1, col), band.dim, columns)


def alerts(band: Band, col: int) -> None:
    """Mark the sentences of a column that tell of a conflict, a contradiction or an expiry."""
    cell = a1(band.first, col)
    for word, look in ALERTS:
        band.tab.conditional_formats.append(
            ConditionalFormat(
                (band.body(col, col),),
                "formula",
                look,
                formula=f'=ISNUMBER(SEARCH("{word}",{cell}))',
                stop_if_true=True,
            )
        )
