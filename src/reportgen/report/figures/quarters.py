"""The fiscal quarters that are known, found in the table of results, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    count_where,
    each,
    equal,
    given_text,
    largest,
    pick,
    previous,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Unit
from reportgen.model import fundamentals
from reportgen.model.dims import FUNDAMENTAL
from reportgen.model.inputs.conversion import fx
from reportgen.model.inputs.description import reporting_currency
from reportgen.model.ordering import above
from reportgen.model.words import case_line, line, or_zero

if TYPE_CHECKING:
    from reportgen.model.question import Question

COLUMN = Dim("growth_column")  # one quarter each, oldest first
MOST_QUARTERS = 8


def ask(question: Question) -> None:
    """Set the members of its dimension."""
    indices = question.given[fundamentals.quarter_index]
    found = [index for index in indices.tolist() if index == index]  # noqa: PLR0124 - NaN
    span = int(max(found) - min(found)) + 1 if found else 1
    question.members.update({COLUMN: tuple(str(k + 1) for k in range(min(span, MOST_QUARTERS)))})


# --- columns beside the table of fundamentals ---
_ROW = "fundamental[{fundamental}]"
in_reporting = line(
    f"{_ROW}.in_reporting_currency",
    "In reporting currency",
    Unit.NUMBER,
    where(
        same(fundamentals.currency, reporting_currency) | ~given_text(fundamentals.currency),
        fundamentals.value,
        fundamentals.in_price_currency * fx,
    ),
)
newest_yoy_of_quarter = line(
    f"{_ROW}.newest_yoy_of_quarter",
    "Newest change of its quarter",
    Unit.FLAG,
    fundamentals.newest_of_its_quarter(fundamentals.has_yoy),
)
known_quarter = line(
    f"{_ROW}.known_quarter",
    "Quarter, if known",
    Unit.COUNT,
    where(
        (or_zero(fundamentals.is_known) > 0) & (fundamentals.quarter > 0), fundamentals.quarter, 0
    ),
)
named_quarter = line(
    f"{_ROW}.named_quarter",
    "Quarter, on its first row",
    Unit.COUNT,
    where(
        count_where(
            FUNDAMENTAL,
            equal(each(known_quarter), known_quarter) * above(fundamentals.row),
        )
        < 1,
        known_quarter,
        0,
    ),
)

# --- the quarters ---
newest_quarter = line(
    "growth.newest_quarter",
    "Newest quarter, counted",
    Unit.COUNT,
    where(largest(known_quarter, FUNDAMENTAL) > 0, largest(known_quarter, FUNDAMENTAL), NA),
)
position = case_line(
    "growth.position[{growth_column}]",
    "Column",
    Unit.COUNT,
    previous("growth.position[{growth_column}]", COLUMN, 0) + 1,
    COLUMN,
)
columns = line("growth.columns", "Quarters shown", Unit.COUNT, largest(position, COLUMN))
quarter = case_line(
    "growth.quarter[{growth_column}]",
    "Fiscal quarter, counted",
    Unit.COUNT,
    newest_quarter - columns + position,
    COLUMN,
)
quarter_row = case_line(
    "growth.quarter[{growth_column}].row",
    "Its first row",
    Unit.COUNT,
    sum_where(FUNDAMENTAL, equal(each(named_quarter), quarter), fundamentals.row),
    COLUMN,
)
quarter_name = case_line(
    "growth.quarter[{growth_column}].name",
    "Quarter",
    Unit.TEXT,
    pick(fundamentals.period, FUNDAMENTAL, quarter_row),
    COLUMN,
)
quarter_end = case_line(
    "growth.quarter[{growth_column}].end",
    "Period end",
    Unit.DATE,
    pick(fundamentals.period_end, FUNDAMENTAL, quarter_row),
    COLUMN,
)
