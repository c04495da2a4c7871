"""`handout`: the reports of a month that are meant, whole and verified, in one folder or zip."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.periods import as_day
from reportgen.runs.handout.cover import COVER, cover_page
from reportgen.runs.handout.parts import gathered
from reportgen.runs.index.files import read_index
from reportgen.runs.index.page import index_page
from reportgen.runs.index.workbook import index_book
from reportgen.runs.outputs import place_of
from reportgen.xlsx.atomic import atomic_folder, atomic_write, require_free
from reportgen.xlsx.writer.workbook import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from os import PathLike

    from reportgen.periods import Day
    from reportgen.runs.handout.parts import Gathered, Part
    from reportgen.runs.index.records import Index

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows: when it was made says nothing
_UNIX, _MODE = 3, 0o100644 << 16  # a file that its owner may write and all may read


@dataclass(frozen=True)
class HandedOut:
    """A hand-out as it was written: its files by their names in it, and the reports in it.

    `left_out` says which files beside the reports are not of them, and were left out.
    """

    path: Path
    files: tuple[str, ...]
    tickers: tuple[str, ...]
    left_out: tuple[str, ...]


def handout(
    *,
    as_of: Day,
    to: str | PathLike[str],
    outputs: str | PathLike[str] = "outputs",
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    include_restricted: bool = False,
) -> HandedOut:
    """Put the reports of a day that are meant into a new folder or a zip, to be passed on.

    Each is the newest revision, its bytes those that were issued, with the page, the diff and the
    PDF that were made of it, their part of the index, and a cover page, `index.html`. `to` is a
    zip if it ends in `.zip`, which replaces one of that name, else a folder that is new or empty.
    It is written whole or not at all; the same outputs give the same bytes.

    Raises ReportgenError that names each report which is not what was issued, or which rests on
    sources that may not be passed on, unless those are to be included; OutputError where the place
    is taken, or the file system refuses.
    """
    day, to = as_day(as_of), Path(to)
    is_zip = to.suffix.lower() == ".zip"
    with place_of(outputs) as place:
        _require_place(to, place.folder, is_zip=is_zip)
        place.fetch((day,))
        reports = gathered(
            place.folder, day, select, exclude, include_restricted=include_restricted
        )
        parts = {part.name: part for one in reports for part in one.parts}
        made = _made(place.folder, day, reports)
        names = tuple(sorted({*parts, *made}))
        contents = ((name, _content(name, parts, made)) for name in names)
        if is_zip:
            atomic_write(to, lambda draft: _zip(draft, contents))
        else:
            atomic_folder(to, lambda draft: _fill(draft, contents))
    return HandedOut(
        to,
        names,
        tuple(one.manifest.ticker for one in reports),
        tuple(told for one in reports for told in one.left_out),
    )


def _require_place(place: Path, outputs: Path, *, is_zip: bool) -> None:
    """Raise ReportgenError, before anything is read, where no hand-out can be written."""
    if is_zip:
        return
    if place.resolve().is_relative_to(outputs.resolve()):
        raise ReportgenError(
            f"{place}: lies in the outputs, where a folder is a company; name another place"
        )
    require_free(place)


def _made(outputs: Path, day: date, reports: Sequence[Gathered]) -> Mapping[str, bytes]:
    """What is written for the hand-out itself, by name: the cover and its part of the index."""
    index = _cut(read_index(outputs, day, {}), reports)
    return {
        COVER: cover_page(index, reports).encode(),
        f"index-{day}.html": index_page(index).encode(),
        f"index-{day}.xlsx": render(index_book(index)),
    }


def _cut(index: Index, reports: Sequence[Gathered]) -> Index:
    """Return what an index says of these reports, with links to what is handed out.

    The track record is of all companies, and stays where they are.
    """
    links = {one.manifest.ticker: one.links for one in reports}
    rows = {row.ticker for row in index.rows}
    for one in index.concerns:
        if one.ticker in links.keys() - rows:
            raise ReportgenError(f"nothing was handed out: {one.ticker}: {one.text}")
    return replace(
        index,
        rows=tuple(
            replace(row, links=links[row.ticker]) for row in index.rows if row.ticker in links
        ),
        concerns=tuple(one for one in index.concerns if one.ticker in links),
        track=None,
    )


def _content(name: str, parts: Mapping[str, Part], made: Mapping[str, bytes]) -> bytes:
    """The bytes of a file. Raises ReportgenError for one that changed since it was verified."""
    if name in made:
        return made[name]
    part = parts[name]
    content = part.path.read_bytes()
    if hashlib.sha256(content).hexdigest() != part.sha256:
        raise ReportgenError(f"{part.path}: was changed just now; hand out once it is done")
    return content


def _fill(folder: Path, contents: Iterator[tuple[str, bytes]]) -> None:
    for name, content in contents:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _zip(draft: Path, contents: Iterator[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in contents:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system, entry.external_attr = _UNIX, _MODE
            file.writestr(entry, content, zipfile.ZIP_DEFLATED)
