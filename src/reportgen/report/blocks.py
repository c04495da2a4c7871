"""Pieces that several tabs are built from: section bands, the names of units, mixed units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Line, Unit
from reportgen.xlsx.addresses import a1
from reportgen.xlsx.book import ConditionalFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.report.context import Context
    from reportgen.report.tab import Tab
    from reportgen.xlsx.addresses import Area


_NAMES = {
    Unit.RATIO: "%",
    Unit.CHANGE: "% change",
    Unit.PER_SHARE: "{price} / share",
    Unit.PRICE_M: "{price} m",
    Unit.REPORTING_M: "{reporting} m",
    Unit.SHARES_M: "m shares",
    Unit.FLAG: "1 yes, 0 no",
    Unit.TEXT: "",
}


def unit_name(unit: Unit, context: Context) -> str:
    """Return a unit as the units column says it, with the company's currency codes."""
    name = _NAMES.get(unit, unit.value)
    return name.format(price=context.price_currency, reporting=context.reporting_currency)


def section(
    tab: Tab,
    row: int,
    last_col: int,
    left: Mapping[int, str],
    right: Mapping[int, str | Line] | None = None,
) -> None:
    """Write a dark band from the first column to the last: captions by column.

    Those over texts stand left, indented right of a number, and those over numbers right; a
    caption that is a line is a live view of it. The caption of column 0 is the section's title.
    """
    numbers = right or {}
    for col in range(last_col + 1):
        caption = numbers.get(col, left.get(col, ""))
        beside = "band_indent" if col - 1 in numbers else "band_left"
        look = "section" if col == 0 else "band_right" if col in numbers else beside
        if isinstance(caption, Line):
            tab.show(caption, row, col, look=look)
        else:
            tab.text(row, col, caption, look)


def put_or_show(tab: Tab, line: Line, row: int, col: int, look: str = "") -> None:
    """Give a scalar line its place here, or show it where another tab has placed it already."""
    place = tab.show if line in tab.places.lines else tab.put
    place(line, row, col, look=look)


def plain_money(line: Line, look: str = "calc") -> str:
    """Return a look in which an amount a share shows no currency: a caption there names it."""
    return f"{look}.money" if line.unit is Unit.PER_SHARE else look


def footer(context: Context) -> str:
    """Return the footer of every printed page: ticker, as-of, page."""
    ticker = context.pack.company.ticker.replace("&", "&&")
    return f"&L{ticker} as of {context.pack.as_of.isoformat()}&C&A&RPage &P of &N"


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
        "year": "count",  # no thousands in a year
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
