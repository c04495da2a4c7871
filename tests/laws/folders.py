"""Packs on disk whose tables are rewritten, and the bytes of the reports that they make."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.pipeline import compose
from reportgen.xlsx.writer.workbook import render
from tests.truth.packs import AS_OF, TICKERS, copy_inputs, history_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Rows = list[list[str]]


@contextmanager
def copied(pack: str) -> Iterator[Path]:
    """The inputs of a pack in a folder of their own, for as long as they are needed."""
    with tempfile.TemporaryDirectory() as folder:
        yield copy_inputs(pack, Path(folder))


def report(pack: str, inputs: Path) -> bytes:
    """The workbook of a pack, to the byte as it is written."""
    told = history_of(inputs)
    return render(compose(TICKERS[pack], as_of=AS_OF, inputs=inputs, history=told).book)


@cache
def report_as_issued(pack: str) -> bytes:
    """The workbook of a pack as it stands."""
    with copied(pack) as inputs:
        return report(pack, inputs)


def read(path: Path) -> tuple[list[str], Rows]:
    """The header and the rows of a table."""
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    return header, rows


def write(path: Path, header: list[str], rows: Rows) -> None:
    """Write a table."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    path.write_text(text.getvalue(), encoding="utf-8")


def differing(one: bytes, other: bytes) -> list[str]:
    """The parts in which two workbooks differ; none if they are the same to the byte."""
    if one == other:
        return []
    packages = [zipfile.ZipFile(io.BytesIO(of)) for of in (one, other)]
    names = sorted({name for package in packages for name in package.namelist()})
    parts = [[_part(package, name) for package in packages] for name in names]
    return [name for name, (left, right) in zip(names, parts, strict=True) if left != right] or [
        "the package itself"
    ]


def _part(package: zipfile.ZipFile, name: str) -> bytes | None:
    return package.read(name) if name in package.namelist() else None


def report_of(pack: str, change: Callable[[str, list[str], Rows], Rows]) -> bytes:
    """The workbook of a pack whose tables were changed: by name, header and rows."""
    with copied(pack) as inputs:
        for path in sorted(inputs.glob("*/*.csv")):
            header, rows = read(path)
            write(path, header, change(path.name, header, rows))
        return report(pack, inputs)
