"""What the reader's process says of a file, asked once of the same bytes.

Hundreds of tests read the same few reports. The bytes that came from the process are kept in a
folder that all workers of a run share; each test loads records of its own from them. For folders
of tests to which the reader is a means.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from reportgen.xlsx.reader.process import start_reader

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Generator, Sequence


class Answers:
    """Starts the reader for what nobody asked before."""

    def __init__(self, folder: Path) -> None:
        """Keep answers in a folder, which is made."""
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def start(self, asked: str, *otherwise: object) -> subprocess.Popen[bytes] | Answer:
        """Return what answers a request, as `start_reader` does; another worker is left to it."""
        if otherwise:
            return start_reader(asked, *otherwise)  # type: ignore[arg-type]
        request = json.loads(asked)
        paths = request.pop("paths")
        if not all(map(os.path.isfile, paths)):  # a pipe, say, which can be read but once
            return start_reader(asked)
        files = (hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in paths)
        name = hashlib.sha256(json.dumps([request, *files]).encode()).hexdigest()
        return Answer(self._folder / name, paths, asked)


class Answer:
    """Stands for the process that answers a request: one that runs, or what it once said."""

    def __init__(self, kept: Path, paths: Sequence[str], asked: str) -> None:
        """Take what was kept, or start the reader."""
        self._kept, self._paths = kept, paths
        self._process = None if kept.exists() else start_reader(asked)
        self.returncode = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._process:
            self._process.__exit__(None, None, None)

    def poll(self) -> int | None:
        """Return the status of the process, None while it runs."""
        return self._process.poll() if self._process else 0

    def kill(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()

    def communicate(self, timeout: float) -> tuple[bytes, None]:
        """Return the answer; it is kept unless it names its files, which others call otherwise."""
        if self._process is None:
            return self._kept.read_bytes(), None
        reply, _ = self._process.communicate(timeout=timeout)
        self.returncode = self._process.returncode
        named = any(path.encode("utf-8", "surrogatepass") in reply for path in self._paths)
        if not self.returncode and not named:
            made = self._kept.with_suffix(f".{os.getpid()}")
            made.write_bytes(reply)
            made.replace(self._kept)
        return reply, None


@pytest.fixture(scope="package", autouse=True)
def files_read_once(shared_folder: Path) -> Generator[None]:
    """Let the program ask here what a file holds, in the folder of tests that imports this."""
    with pytest.MonkeyPatch.context() as patch:
        answers = Answers(shared_folder / "answers")
        patch.setattr("reportgen.xlsx.reader.process.start_reader", answers.start)
        yield
