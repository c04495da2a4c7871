"""Files from outside taken apart in a process of its own, under limits of memory and computing.

Whatever a file does to its reader, this process goes on and gets plain values, or one message.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.errors import ReportgenError
from reportgen.facts.reading.text_files import MOST_LINES
from reportgen.xlsx.reader.limits import DEFAULT_LIMITS, HostileFile, UnreadableFile
from reportgen.xlsx.reader.process import Child, start_reader

if TYPE_CHECKING:
    from collections.abc import Collection

    from reportgen.xlsx.reader.limits import Limits

_LINE_END = re.compile(rb"[\r\n]")
WORKER = "reportgen.intake.outside_files"
MOST_CELLS, LONGEST_LINE = 4_000_000, 1_000_000  # of a text: the ECB's rates are 300,000 cells
_ASK_SENDER = "fetch it again, or ask the sender how it was made"


class _Unpacking(Child):
    """The bytes of a file that are being taken apart."""

    def __init__(self, task: str, raw: bytes, limits: Limits, concepts: Collection[str]) -> None:
        self._raw = raw
        asked = {"task": task, "concepts": sorted(concepts)}
        super().__init__(Path(task), limits, limits.seconds, **asked)

    def _begun(self, asked: str) -> subprocess.Popen[bytes]:
        return start_reader(asked, WORKER, subprocess.PIPE)

    def _reply(self, timeout: float) -> bytes:
        return self._process.communicate(self._raw, timeout=timeout)[0]

    def found(self) -> Any:  # noqa: ANN401 - what the file holds
        try:
            return self._answer()
        except HostileFile as error:
            raise ReportgenError(f"{error.fact}; {_ASK_SENDER}") from None
        except UnreadableFile as error:
            raise ReportgenError(f"{error.fact}; {error.remedy}") from None


def unpacked(
    task: str, raw: bytes, limits: Limits = DEFAULT_LIMITS, concepts: Collection[str] = ()
) -> Any:  # noqa: ANN401 - what the file holds
    """Return what bytes hold: "json", the values; "archive", its one member; "instance", figures.

    Of a companyfacts file `concepts` are those wanted, none for all.

    Raises ReportgenError where they hold nothing of that kind, or more than is borne.
    """
    with _Unpacking(task, raw, limits, concepts) as reading:
        return reading.found()


def require_measure(raw: bytes) -> None:
    """Raise ReportgenError unless a text is cut into cells within what `unpacked` bears.

    By its bytes, so that it is told before anything is made of them.
    """
    lines = raw.count(b"\n") or raw.count(b"\r")
    cells = lines + sum(map(raw.count, (b",", b";", b"\t", b"|")))
    if lines > MOST_LINES or cells > MOST_CELLS:
        raise ReportgenError(
            f"has {lines:,} lines of {cells:,} cells; take the part that is wanted, of at most"
            f" {MOST_LINES:,} and {MOST_CELLS:,}"
        )
    longest = max(map(len, _LINE_END.split(raw)))
    if longest > LONGEST_LINE:
        raise ReportgenError(f"has a line of {longest:,} bytes; {_ASK_SENDER}")
