"""The index of a month: every company in a row, what moved and why, and what needs a person."""
