"""How a diff is told: one page of blocks for people in several forms, JSON for programs."""
