"""Reports composed and rendered once in a process, however many tests ask for one.

For folders of tests to which a report is a means: of commands, runs, reviews, pages. That the same
inputs give the same bytes is held by tests that do without (`tests/truth`, `tests/laws`).
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import pytest

from reportgen import pipeline
from reportgen.resources import report_path
from reportgen.xlsx.writer import workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable
    from datetime import date
    from os import PathLike

    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.pipeline import Report
    from reportgen.report.theme import Theme
    from reportgen.xlsx.book import Book

MOST = 24  # reports that are kept, of some 10 to 20 MB each
Made = TypeVar("Made")
_composed, _render = pipeline.composed, workbook.render


class Newest(Generic[Made]):
    """What was asked for most lately."""

    def __init__(self, most: int) -> None:
        """Begin with nothing, to keep so many."""
        self._most = most
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is kept under a key, or make it."""
        made = self._kept.pop(key) if key in self._kept else make()
        self._kept[key] = made
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return made


_reports: Newest[Report] = Newest(MOST)
_rendered: Newest[tuple[Book, bytes]] = Newest(MOST)


def composed(
    files: PackFiles,
    as_of: date,
    *,
    outputs: str | PathLike[str] = "outputs",
    theme: Theme | None = None,
) -> Report:
    """Return what `pipeline.composed` does, made once of the same files."""
    key = hashlib.sha256(pickle.dumps((files, as_of, theme))).digest()
    made = _reports.get(key, lambda: _composed(files, as_of, outputs=outputs, theme=theme))
    return replace(made, path=report_path(Path(outputs), made.ticker, as_of), files=files)


def render(book: Book) -> bytes:
    """Return what `workbook.render` does, made once of the same book."""
    _, content = _rendered.get(id(book), lambda: (book, _render(book)))  # a book kept keeps its id
    return content


@pytest.fixture(scope="package", autouse=True)
def composed_once() -> Generator[None]:
    """Let the program ask here for reports and their bytes, in the folder that imports this."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("pipeline", "findings", "runs.company"):
            patch.setattr(f"reportgen.{module}.composed", composed)
        for module in ("findings", "runs.company", "runs.drafts", "xlsx.writer.workbook"):
            patch.setattr(f"reportgen.{module}.render", render)
        yield
