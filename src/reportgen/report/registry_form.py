"""The form of the Registry tab: its title, its columns, and where they stand."""

from __future__ import annotations

TITLE = "Registry"
HEADER = 3
CAPTIONS = (
    "Key",
    "Label",
    "Kind",
    "Type",
    "Unit",
    "Tab",
    "Cell",
    "Issued",
    "Live",
    "Source",
    "Published",
    "Author",
    "Reason",
    "Expires",
)
CHANGED, SERIES = (0, 8), (1, 8)  # where typed cells that changed, and columns, are counted
WIDTHS = (46, 34, 11, 8, 17, 16, 10, 20, 20, 18, 11, 14, 40, 11)
KEY, KIND, TYPE = 0, 2, 3
ISSUED, LIVE, SOURCE, PUBLISHED, AUTHOR, REASON, EXPIRES = range(7, 14)
