"""Columns of numbers in mixed units: each row is formatted by the unit that stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.addresses import a1
from reportgen.xlsx.book import ConditionalFormat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.report.context import Context
    from reportgen.report.tab import Tab
    from reportgen.xlsx.addresses import Area


def by_unit(
    tab: Tab, context: Context, numbers: Iterable[Area], unit_col: int, *, signed: bool = False
) -> None:
    """Format numbers by the unit written beside them, in the words of `unit_name`.

    A live rank brings another unit into a row, so that the rule has to look at the cell. `signed`
    shows differences with their sign.
    """
    price, reporting = context.price_currency, context.reporting_currency
    amount = "amount_change" if signed else "price_m"
    shapes = {
        "%": "change" if signed else "ratio",
        "x": "multiple_change" if signed else "multiple",
        f"{price} / share": "signed" if signed else "money",
        f"{price} m": amount,
        f"{reporting} m": amount,
    }
    for area in numbers:
        unit = a1(area.first_row, unit_col)
        for name, shape in shapes.items():
            tab.conditional_formats.append(
                ConditionalFormat(
                    (area,), "formula", f"shape.{shape}", formula=f'=${unit}="{name}"'
                )
            )
