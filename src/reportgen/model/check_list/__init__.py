"""The checks of a report, the gravest first."""
