"""Reports are built once and recalculated once, however many tests and workers look at them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from reportgen.pipeline import build
from tests.support import libreoffice
from tests.truth.packs import AS_OF, TICKERS, Asked, asked, copy_inputs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Workshop:
    """Makes files on demand in a folder that all workers of a run share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def file(self, name: str, make: Callable[[Path], Path]) -> Path:
        """A file that is made the first time it is asked for, in a folder of its own."""
        folder = self.folder / name
        with FileLock(self.folder / f"{name}.lock"):
            pointer = folder / "made"
            if not pointer.exists():
                folder.mkdir(exist_ok=True)
                pointer.write_text(str(make(folder)), encoding="utf-8")
        return self.folder.__class__(pointer.read_text(encoding="utf-8"))

    def inputs(self, pack: str) -> Path:
        """The inputs of a pack; tests only read them."""
        return self.file(f"{pack}-inputs", lambda folder: copy_inputs(pack, folder))

    def report(self, pack: str) -> Path:
        """The workbook of a pack as `reportgen build` writes it."""

        def make(folder: Path) -> Path:
            return build(TICKERS[pack], AS_OF, self.inputs(pack), folder)[1]

        return self.file(f"{pack}-report", make)

    def recalculated(self, pack: str) -> Path:
        """The workbook of a pack after LibreOffice computed every formula afresh."""

        def make(folder: Path) -> Path:
            report = self.report(pack)
            return libreoffice.recalculate([report], folder)[report]

        return self.file(f"{pack}-recalculated", make)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Give the one workshop of the run."""
    base = tmp_path_factory.getbasetemp()
    # Each worker of a parallel run has a folder of its own below the one of the run.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return Workshop(shared / "truth")


@pytest.fixture(scope="session")
def baba(workshop: Workshop) -> Asked:
    """Give the question of the BABA report, which can be edited and answered again."""
    return asked("BABA", workshop.inputs("baba"))
