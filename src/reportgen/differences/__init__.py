"""Two reports, months apart: what changed, and how much of each headline's change is due to it."""
