"""market/rates.csv: what money without risk yields, and what equity is paid above it, by currency.

It is no input of a report: what is suggested from it becomes an assumption once somebody signs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.bounds import Bounds, out_of_bounds
from reportgen.facts.checks.between_rows import without_repeats
from reportgen.facts.problems import CellError, ProblemLog, require_sound
from reportgen.facts.reading.columns import (
    CURRENCY,
    PUBLISHED,
    TableSpec,
    known_columns,
    name_column,
    number_column,
)
from reportgen.facts.reading.company_file import MARKET
from reportgen.facts.reading.tables import read_rows
from reportgen.facts.reading.text_files import decode, read_input, split
from reportgen.facts.units import parse_currency

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

NAME = "rates"


class CostOfMoney(NamedTuple):
    """The yield without risk of a currency and the premium of equity, as ratios a year."""

    published: date
    currency: str
    risk_free: float
    equity_risk_premium: float
    source: str
    line_no: int


SPEC = TableSpec(
    NAME,
    CostOfMoney,
    (
        PUBLISHED,
        CURRENCY,
        number_column("risk_free", "ratio", "a yield a year, as 0.042 or 4.2%", needed=True),
        number_column("equity_risk_premium", "ratio", "a year, as 0.05 or 5%", needed=True),
        name_column("source", "who says so"),
    ),
    frozenset(),
    ("currency", "published"),
    frozenset({"risk_free", "equity_risk_premium"}),
    sorted_by=("currency", "published"),
)
_YIELD = Bounds(-0.05, 0.5)


def cost_of_money(inputs: Path, currency: str, day: date) -> CostOfMoney | None:
    """Return the newest row of a currency known on a day; None without one.

    Raises InputErrors for every mistake of the file, such as two values of one currency and day.
    """
    root = inputs.resolve()
    log = ProblemLog(f"{root.name}/{MARKET}/{NAME}.csv")
    names = {column.name for column in SPEC.columns}
    try:
        raw = read_input(root / MARKET / f"{NAME}.csv", root)
        if raw is None:
            return None
        table = split(*decode(raw), lambda cells: known_columns(names, cells))
    except CellError as error:
        log.cell(None, None, error)
        require_sound(log)
        return None
    known = read_rows(SPEC, table, day, log).known
    for row in known:
        for column in ("risk_free", "equity_risk_premium"):
            fault = out_of_bounds(getattr(row, column), _YIELD)
            if fault is not None:
                log.cell(row.line_no, column, fault)
    rows = without_repeats(SPEC, sorted(known, key=lambda row: (row.published, row.currency)), log)
    require_sound(log)
    mine = [row for row in rows if parse_currency(row.currency).code == currency]
    return max(mine, key=lambda row: row.published, default=None)
