"""Reports are built once and recalculated once, however many tests and workers look at them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from filelock import FileLock

from reportgen.runs.drafts import build
from tests.support import libreoffice
from tests.support.answers import files_read_once  # noqa: F401 - files are a means here
from tests.support.edits import write_bare, write_edited
from tests.support.selection import groups
from tests.support.stored_cells import read_cells
from tests.truth.editing import Editor
from tests.truth.packs import AS_OF, KEPT, TICKERS, asked, copy_inputs, history_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.support.edits import Edit
    from tests.truth.cells import Cells


TOGETHER = 4  # few, so that no worker waits long for another


class Edited(NamedTuple):
    """A workbook as an analyst left it, and the same with every formula computed afresh."""

    typed: Path
    recalculated: Path


class Workshop:
    """Makes files on demand in a folder that all workers of a run share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._cells: dict[str, Cells] = {}
        folder.mkdir(exist_ok=True)

    def file(self, name: str, make: Callable[[Path], Path]) -> Path:
        """A file that is made the first time it is asked for, in a folder of its own."""
        folder = self.folder / name
        with FileLock(self.folder / f"{name}.lock"):
            pointer = folder / "made"
            if not pointer.exists():
                folder.mkdir(exist_ok=True)
                pointer.write_text(str(make(folder)), encoding="utf-8")
        return Path(pointer.read_text(encoding="utf-8"))

    def inputs(self, pack: str) -> Path:
        """The inputs of a pack; tests only read them."""
        return self.file(f"{pack}-inputs", lambda folder: copy_inputs(pack, folder))

    def report(self, pack: str) -> Path:
        """The workbook of a pack as `reportgen build` writes it."""

        def make(folder: Path) -> Path:
            inputs = self.inputs(pack)
            told = history_of(inputs)
            name = TICKERS[pack]
            return build(name, as_of=AS_OF, inputs=inputs, outputs=folder, history=told).path

        return self.file(f"{pack}-report", make)

    def cells(self, pack: str) -> Cells:
        """Every cell of that workbook, read once in each worker."""
        if pack not in self._cells:
            self._cells[pack] = read_cells(self.report(pack))
        return self._cells[pack]

    def recalculated(self, pack: str) -> Path:
        """The bare workbook of a pack after LibreOffice computed every formula afresh.

        Some packs are recalculated together by one start of LibreOffice.
        """
        parts = (KEPT, [one for one in TICKERS if one not in KEPT])
        every = (group for part in parts for group in groups((), part, TOGETHER))
        (group,) = (one for one in every if pack in one)

        def make(folder: Path) -> Path:
            libreoffice.recalculate([self.bare(one) for one in group], folder)
            return folder

        return self.file(f"{group[0]}-recalculated", make) / f"{group.index(pack):03d}.xlsx"

    def bare(self, pack: str) -> Path:
        """The workbook of a pack without charts and the like, from which nothing is computed."""

        def make(folder: Path) -> Path:
            write_bare(self.report(pack), folder / "bare.xlsx")
            return folder / "bare.xlsx"

        return self.file(f"{pack}-bare", make)

    def edited(self, name: str, edited: Sequence[tuple[str, Sequence[Edit]]]) -> list[Edited]:
        """Workbooks with edits typed into the report of a pack: as typed, and recalculated.

        All are recalculated by one start of LibreOffice.
        """

        def make(folder: Path) -> Path:
            for number, (pack, edits) in enumerate(edited):
                write_edited(self.bare(pack), edits, folder / f"{number:03d}.xlsx")
            typed = [folder / f"{number:03d}.xlsx" for number, _ in enumerate(edited)]
            libreoffice.recalculate(typed, folder / "recalculated")
            return folder

        folder = self.file(name, make)
        names = [f"{number:03d}.xlsx" for number, _ in enumerate(edited)]
        return [Edited(folder / name, folder / "recalculated" / name) for name in names]


@pytest.fixture(scope="session")
def workshop(shared_folder: Path) -> Workshop:
    """Give the one workshop of the run."""
    return Workshop(shared_folder / "truth")


@pytest.fixture(scope="session")
def editor(workshop: Workshop) -> Callable[[str], Editor]:
    """Give the editor of a pack's report, by the name of the pack."""

    @cache
    def editor_of(pack: str) -> Editor:
        return Editor(asked(TICKERS[pack], workshop.inputs(pack)), workshop.bare(pack))

    return editor_of
