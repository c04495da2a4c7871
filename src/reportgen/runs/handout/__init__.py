"""The hand-out: reports of a month in one folder or zip, for those who have no outputs."""
