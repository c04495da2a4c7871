"""The page of one report: what it says, and below each number how it comes about."""
