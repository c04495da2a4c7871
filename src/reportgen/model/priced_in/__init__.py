"""What is priced in: the growth that a price needs, solved by a ladder of halvings in the sheet."""

from reportgen.model.priced_in import growth_needed, operations, years

# In the order of calculation
MODULES = (operations, growth_needed, years)
