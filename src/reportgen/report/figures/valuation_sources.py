"""Where each newest figure of the company comes from: its row, period, publication and source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import by, each, equal, known, pick, same, where
from reportgen.expr.nodes import Dim, Line
from reportgen.expr.units import Unit
from reportgen.model.dims import FUNDAMENTAL
from reportgen.model.fundamentals import (
    eps_quarter_or_zero,
    newest,
    newest_both,
    newest_yoy,
    number,
    period,
    period_end,
    published,
    quarter_number,
    segment_series,
    series,
    source,
)
from reportgen.model.words import case_line, line, the

if TYPE_CHECKING:
    from reportgen.model.question import Question

FIGURE = Dim("figure")  # a figure of the company of which the newest is used


def ask(question: Question) -> None:
    """Set the members of its dimension."""
    names = ("ads_diluted", "net_cash", "investments", "like_for_like", "ebita", "eps", "cash")
    question.members.update({FIGURE: names})


def _found(row: Line, name: str, label: str, column: Line) -> Line:
    """Return a column of the results at a row number; n/a where there is no such row."""
    key = row.key.replace(".row", f".{name}")
    return case_line(key, label, column.unit, pick(column, FUNDAMENTAL, row), *row.dims)


def _source(row: Line) -> Line:
    told = where(known(row), pick(source, FUNDAMENTAL, row), "n/a: no such figure is known")
    return case_line(row.key.replace(".row", ".source"), "Source", Unit.TEXT, told, *row.dims)


figure_row = case_line(
    "newest[{figure}].row",
    "Row",
    Unit.COUNT,
    by(
        FIGURE,
        ads_diluted=newest("group/ads_diluted", number),
        net_cash=newest("group/net_cash", number),
        investments=newest("group/investments", number),
        like_for_like=newest("group/revenue_like_for_like", number, newest_yoy),
        ebita=newest("group/ebita_adjusted", number, newest_yoy),
        eps=newest("group/eps_non_gaap_ads", number, newest_yoy),
        cash=newest("group/free_cash_flow", number),
    ),
    FIGURE,
)
figure_period = _found(figure_row, "period", "Period", period)
figure_end = _found(figure_row, "period_end", "Period end", period_end)
figure_published = _found(figure_row, "published", "Published", published)
figure_source = _source(figure_row)

quarter_row = line(
    "eps_quarter[{quarter}].row",
    "Row",
    Unit.COUNT,
    the(FUNDAMENTAL, equal(each(eps_quarter_or_zero), quarter_number), number),
)
quarter_period = _found(quarter_row, "period", "Period", period)
quarter_end = _found(quarter_row, "period_end", "Period end", period_end)
quarter_published = _found(quarter_row, "published", "Published", published)
quarter_source = _source(quarter_row)

segment_row = line(
    "segment[{segment}].row",
    "Row",
    Unit.COUNT,
    the(FUNDAMENTAL, same(each(series), segment_series) * each(newest_both), number),
)
segment_period = _found(segment_row, "period", "Period", period)
segment_published = _found(segment_row, "published", "Published", published)
segment_source = _source(segment_row)
