"""What the reader says of a file, without a process of its own and without reading a part twice.

Hundreds of tests read the same few reports, and copies of them in which a cell or two was typed
over. An answer is kept in a folder that all workers of a run share; a sheet is kept in this process
and taken for the same one wherever it and all that it refers to are stored as they were. Each test
loads records of its own. For folders of tests to which the reader is a means.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

from reportgen.xlsx.reader import workbook
from reportgen.xlsx.reader.limits import Limits
from reportgen.xlsx.reader.process import start_reader
from reportgen.xlsx.reader.transport import dump
from reportgen.xlsx.reader.worker import answer
from tests.support.once import Newest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Generator, Sequence

    from reportgen.xlsx.reader.package import Package
    from reportgen.xlsx.reader.sheet import SheetEntry

SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
MOST_SHEETS = 64  # of four reports


class Answers:
    """Reads what nobody asked for before."""

    def __init__(self, folder: Path) -> None:
        """Keep answers in a folder, which is made."""
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def start(self, asked: str, *otherwise: object) -> subprocess.Popen[bytes] | Answer:
        """Return what answers a request, as `start_reader` does; another worker is left to it."""
        if otherwise:
            return start_reader(asked, *otherwise)  # type: ignore[arg-type]
        request = json.loads(asked)
        paths = request["paths"]
        if not all(map(os.path.isfile, paths)):  # a pipe, say, which can be read but once
            return start_reader(asked)
        files = [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in paths]
        name = hashlib.sha256(json.dumps([{**request, "paths": files}]).encode()).hexdigest()
        return Answer(self._folder / name, request)


class Answer:
    """Stands for the process that answers a request."""

    returncode = 0

    def __init__(self, kept: Path, request: dict[str, Any]) -> None:
        """Take where the answer is kept, once there is one."""
        self._kept, self._request = kept, request

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """Nothing runs."""

    def poll(self) -> int:
        """Return the status of a process that ended."""
        return 0

    def communicate(self, timeout: float) -> tuple[bytes, None]:
        """Return the answer; it is kept unless it names its files, which others call otherwise."""
        del timeout
        if self._kept.exists():
            return self._kept.read_bytes(), None
        reply = dump(answer(self._request, Limits(**self._request["limits"])))
        paths: Sequence[str] = self._request["paths"]
        if not any(path.encode("utf-8", "surrogatepass") in reply for path in paths):
            made = self._kept.with_suffix(f".{os.getpid()}")
            made.write_bytes(reply)
            made.replace(self._kept)
        return reply, None


def read_once(read: Callable[..., Any]) -> Callable[..., Any]:
    """Return what reads a part of an open file as `read` does, once of what is stored the same."""
    kept: Newest[Any] = Newest(MOST_SHEETS)

    def reading(package: Package, of: SheetEntry | str, *more: Any) -> Any:  # noqa: ANN401 - as `read`
        own = (of if isinstance(of, str) else of.part).casefold()
        parts = (part for part in package.parts if part == own or not SHEETS.fullmatch(part))
        infos = ((part, package.info(part)) for part in parts)
        stored = ((part, info.CRC, info.file_size) for part, info in infos)
        _context, *wanted = more or (None,)  # the context is what these parts say
        key = (of, package.limits, *wanted, *stored)
        return kept.get(key, lambda: read(package, of, *more))

    return reading


@pytest.fixture(scope="package", autouse=True)
def files_read_once(shared_folder: Path) -> Generator[None]:
    """Let the program ask here what a file holds, in the folder of tests that imports this."""
    with pytest.MonkeyPatch.context() as patch:
        answers = Answers(shared_folder / "answers")
        patch.setattr("reportgen.xlsx.reader.process.start_reader", answers.start)
        for name in ("read_sheet", "read_cells", "read_strings"):
            patch.setattr(workbook, name, read_once(getattr(workbook, name)))
        yield
