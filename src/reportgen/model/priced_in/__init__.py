"""What is priced in: the growth that a price needs, solved by a ladder of halvings in the sheet."""

from reportgen.model.priced_in import growth_needed, operations, years
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    operations.g_implied,
    growth_needed.side,
    years.years_verdict,
)
