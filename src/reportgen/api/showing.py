"""Read the numbers of a report that was written before, and perhaps sent around since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.headline import headline as short_list
from reportgen.report.readback import read_values

if TYPE_CHECKING:
    from os import PathLike

    from reportgen.headline import Value


def show(path: str | PathLike[str], *, headline: bool = False) -> dict[str, Value]:
    """Return the numbers of a report by public key: number, true/false, text, or None for n/a.

    `headline` asks for the short list only. The file is read under limits of memory and time and
    nothing in it is executed. Raises ReportgenError for whatever is not a report.
    """
    values: dict[str, Value] = dict(read_values(Path(path)))
    return short_list(values) if headline else values
