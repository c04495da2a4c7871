"""Whether a period's name, its last day and the company's fiscal year say the same.

The method goes by the name: a quarter of FY2026 that is called one of FY2025 moves the twelve
months, and nothing else would tell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reportgen.errors import quote
from reportgen.facts.problems import more_lines
from reportgen.periods import last_month, parse_iso_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reportgen.facts.company import Company
    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.rows import Fundamental

ONE_PERIOD = timedelta(days=10)  # ends of one period, as two sources have them
_SLACK = 1  # months: quarters of 12 and 16 weeks do not end where those of three months would
_YEAR = 12


def with_one_end(rows: Iterable[Fundamental], log: ProblemLog) -> list[Fundamental]:
    """Return results such that a period of a name has one last day, and tell of those that had two.

    It is the day that most rows have, of as many the one that was published first. Days further
    apart than sources may differ by are of periods that are named wrongly, and stay.
    """
    found = list(rows)
    of_name: dict[str, list[Fundamental]] = defaultdict(list)
    for row in found:
        if row.months:
            of_name[row.period].append(row)
    days: dict[str, date] = {}
    for name, same in of_name.items():
        ends = Counter(row.period_end for row in same)
        if len(ends) > 1:
            usual = min(same, key=lambda row: (-ends[row.period_end], row.published, row.line_no))
            days[name] = usual.period_end
            others = [row for row in same if _is_near(row, usual.period_end)]
            if others:
                _tell_of_ends(others, usual, log)
    return [
        row._replace(period_end=days[row.period])
        if row.months and row.period in days and _is_near(row, days[row.period])
        else row
        for row in found
    ]


def _is_near(row: Fundamental, end: date) -> bool:
    return row.period_end != end and abs(row.period_end - end) <= ONE_PERIOD


def _tell_of_ends(others: Sequence[Fundamental], usual: Fundamental, log: ProblemLog) -> None:
    first = others[0]
    more = f" (and alike on {more_lines(others)})" if len(others) > 1 else ""
    log.caution(
        first.line_no,
        "period_end",
        f"{quote(first.period)} ends on {first.period_end} here, and on {usual.period_end} on"
        f" {log.line_words(usual.line_no, first.line_no)}: one period, of the latter day{more}",
        "",
        "write one last day for one period",
    )


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
