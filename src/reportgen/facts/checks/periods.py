"""Whether a period's name, its last day and the company's fiscal year say the same.

The method goes by the name: a quarter of FY2026 that is called one of FY2025 moves the twelve
months, and nothing else would tell.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from reportgen.errors import quote
from reportgen.facts.problems import more_lines
from reportgen.periods import last_month, parse_iso_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reportgen.facts.company import Company
    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.rows import Fundamental

_SLACK = 1  # months: quarters of 12 and 16 weeks do not end where those of three months would
_YEAR = 12


def warn_of_periods(rows: Iterable[Fundamental], company: Company, log: ProblemLog) -> None:
    """Warn of periods whose name does not fit their last day, and of results before their end."""
    rows = sorted(rows, key=lambda row: row.line_no)
    _tell([row for row in rows if row.published < row.period_end], _early, log)
    _tell([row for row in rows if _is_other_day(row)], _other_day, log)
    flows = [row for row in rows if row.months]
    if not flows or not company.fiscal_year_end:
        return
    usual = _usual(_shift(row, company) for row in flows)
    if abs(usual) > _SLACK:
        log.caution(
            flows[0].line_no,
            "period",
            f"{quote(flows[0].period)} ends on {flows[0].period_end}, as the others do about "
            f"{abs(usual)} months {'after' if usual > 0 else 'before'} that of fiscal_year_end "
            f'"{company.fiscal_year_end}"',
            "fiscal years named by the year in which they end",
            "mend fiscal_year_end in company.yaml, or the names of the periods",
        )
    _tell([row for row in flows if abs(_shift(row, company) - usual) > _SLACK], _other_period, log)


def _tell(
    rows: Sequence[Fundamental],
    told: Callable[[Fundamental], tuple[str, str, str]],
    log: ProblemLog,
) -> None:
    """Log what is told of the first of the rows, and how many more are like it."""
    if rows:
        column, found, remedy = told(rows[0])
        more = f" (and alike on {more_lines(rows)})" if len(rows) > 1 else ""
        log.caution(rows[0].line_no, column, found + more, "", remedy)


def _early(row: Fundamental) -> tuple[str, str, str]:
    found = f"{row.published} is before {row.period_end}, the last day of the period"
    return "published", found, "write the day on which the figure was reported"


def _other_day(row: Fundamental) -> tuple[str, str, str]:
    found = f"{quote(row.period)} is not the day of period_end, {row.period_end}"
    return "period", found, "make the two agree: the later of two balances counts"


def _other_period(row: Fundamental) -> tuple[str, str, str]:
    found = f"{quote(row.period)} does not end on {row.period_end}, as the other periods are named"
    return "period", found, "make the two agree: the twelve months go by the name of the period"


def _is_other_day(row: Fundamental) -> bool:
    day = parse_iso_day(row.period)
    return day is not None and day != row.period_end


def _usual(shifts: Iterable[int]) -> int:
    """The shift of most periods; of several as frequent that nearest to none."""
    counted = Counter(shifts)
    return max(counted, key=lambda shift: (counted[shift], -abs(shift)))


def _shift(row: Fundamental, company: Company) -> int:
    """By how many months a period ends after the end that its name says."""
    month, day = map(int, company.fiscal_year_end.split("-"))
    year_end = last_month(date(2000, month, day)) - 2000 * _YEAR
    return last_month(row.period_end) - (int(row.month_index) - _YEAR + year_end)
