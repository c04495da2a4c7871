"""The Registry: every field of a report with its key, and what identifies the report."""
