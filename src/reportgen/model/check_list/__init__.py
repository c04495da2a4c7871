"""The checks of a report, the gravest first."""

from reportgen.model.check_list import always, check, every_check, where_known

# In the order of calculation
MODULES = (check, always, where_known, every_check)
