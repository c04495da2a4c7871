"""Results and balances: which row is the newest, earnings of four quarters, delivered growth."""

from reportgen.model.fundamentals import balance, earnings, growth, reported

# In the order of calculation
MODULES = (reported, balance, earnings, growth)
