"""What is priced in: the growth that a price needs, solved by a ladder of halvings in the sheet."""

from reportgen.model.priced_in import growth_needed, operations, years

MODULES = (
    operations,
    growth_needed,
    years,
)  # in the order of calculation
