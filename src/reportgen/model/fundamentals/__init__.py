"""Results and balances: which row is the newest, earnings of four quarters, delivered growth."""

from reportgen.model.fundamentals import growth, reported
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    reported.value,
    reported.yoy,
    reported.period,
    reported.months,
    reported.unit,
    reported.note,
    reported.weak,
    growth.ebita_yoy,
    growth.eps_yoy,
    growth.free_cash_flow,
    growth.results_published,
)
