"""What is wrong with a cell, before it is known in which file."""

from __future__ import annotations


class CellFault(Exception):  # noqa: N818 - says what it is
    """A cell that cannot be read: `place` is its address; `hostile` if it is out of measure."""

    def __init__(self, place: str, fact: str, *, hostile: bool = False) -> None:
        """Keep the parts for the message that names the file."""
        super().__init__(place, fact)
        self.place, self.fact, self.hostile = place, fact, hostile
