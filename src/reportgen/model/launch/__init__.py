"""A product announcement as an option: what the market paid for it, and what it may be worth."""

from reportgen.model.launch import announcement, market_size, present_value, worth

# In the order of calculation
MODULES = (announcement, market_size, present_value, worth)
