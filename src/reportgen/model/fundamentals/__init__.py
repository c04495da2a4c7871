"""Results and balances: which row is the newest, earnings of four quarters, delivered growth."""

from reportgen.model.fundamentals import balance, earnings, growth, reported

MODULES = (
    reported,
    balance,
    earnings,
    growth,
)  # in the order of calculation
