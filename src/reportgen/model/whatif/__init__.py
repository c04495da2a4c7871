"""What-ifs on the one model: ranges, grids, value at stake, alternatives, bridges.

Each module has its lines at module level and a function that adds what depends on the company:
members, what-ifs and given labels.
"""
