"""A report that was written, read back: its Registry, the case it states, its values."""
