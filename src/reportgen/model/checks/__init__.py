"""Checks with a verdict each, and what they come to: how far the report can be relied on."""

from reportgen.model.checks import looked_at, readiness, reasons, verdicts

# In the order of calculation
MODULES = (looked_at, verdicts, reasons, readiness)
