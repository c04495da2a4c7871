"""A product announcement as an option: what the market paid for it, and what it may be worth."""

from reportgen.model.launch import market_size, worth
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    market_size.market_ratio,
    worth.verdict,
)
