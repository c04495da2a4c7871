"""Independent witnesses for the tests: other programs that recalculate, draw, validate or read."""
