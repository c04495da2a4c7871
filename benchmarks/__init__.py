"""Measurements against the tools people use, as ratios taken in one run."""
