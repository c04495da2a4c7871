"""The errors for files that are not read, and how much of a file is borne."""

from __future__ import annotations

from typing import NamedTuple

from reportgen.errors import ReportgenError

MB = 1_000_000
ASK_SENDER = "ask the sender how the file was made; open it only in a spreadsheet program you trust"
_LONGEST = 160


class WorkbookFileError(ReportgenError):
    """A file that is not read; the message gives file and place, fact and remedy."""

    def __init__(self, path: str, place: str, fact: str, remedy: str) -> None:
        """Keep the parts of the message, so that it can cross from one process to another."""
        self.path, self.place, self.fact, self.remedy = path, _shown(place), _shown(fact), remedy
        where = f"{path} [{self.place}]" if place else path
        super().__init__(f"{where}: {self.fact}; {remedy}")


class UnreadableFile(WorkbookFileError):  # noqa: N818 - reads as what it is
    """The file is missing, damaged, locked, of another kind, or the machine too busy for it."""


class HostileFile(WorkbookFileError):  # noqa: N818 - as above
    """The file is built, by design or accident, to exhaust or deceive whoever opens it."""


class Limits(NamedTuple):
    """How much of a file is borne: sizes in bytes, memory in bytes, time in seconds.

    `seconds` of computing, not of waiting, are for reading; what two genuine workbooks need to be
    compared is `compare_seconds`.

    The defaults are several times what reports and ordinary models need, and small enough that
    the worst file is refused within 5 seconds of computing and 500 MB.
    """

    file_bytes: int = 100 * MB
    directory_bytes: int = 2 * MB
    parts: int = 5_000
    part_bytes: int = 128 * MB
    total_bytes: int = 200 * MB
    ratio: int = 300
    ratio_from_bytes: int = 8 * MB
    cells: int = 500_000
    sheet_area: int = 2**30
    features: int = 100_000
    array_area: int = 2_000_000
    formula_length: int = 16_384
    formula_characters: int = 60 * MB
    strings: int = 500_000
    memory: int = 400 * MB
    sheets: int = 1_000
    seconds: float = 4.0
    compare_seconds: float = 60.0


DEFAULT_LIMITS = Limits()


def _shown(text: str) -> str:
    """Text from a file, fit for a terminal: short, and without what could steer it."""
    plain = "".join(character if character.isprintable() else "?" for character in text[:_LONGEST])
    return plain if len(text) <= _LONGEST else f"{plain}..."
