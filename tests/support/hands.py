"""An analyst's hands: the same actions done in real LibreOffice, and by openpyxl.

LibreOffice runs a macro that stands in a profile of its own, where macros run unasked. It is told
by a list in a file what to do, so that one start of it edits many workbooks.
"""

from __future__ import annotations

import functools
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.comments import Comment

from tests.support import tools
from tests.support.libreoffice import SECONDS_PER_FILE, SECONDS_TO_START, new_profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MACROS = Path(__file__).with_name("hands.bas")
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Hands"/>
</library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Hands"
 script:language="StarBasic">{}</script:module>
"""

Action = Literal[
    "type", "text", "clear", "comment", "format", "sort",
    "insert row", "delete row", "insert column", "rename", "move",
]  # fmt: skip


class Step(NamedTuple):
    """One action: on which tab, at which cell, range, row or column (from 1), with which value.

    A value is "type"d as from the keyboard (40% is a number, 2026-06-30 a day, =A1 a formula) or
    is a "text" whatever it looks like. A tab is "move"d to a place from 1, rows are "sort"ed by a
    column from 1.
    """

    action: Action
    sheet: str
    at: str = ""
    value: str = ""


class Job(NamedTuple):
    """A workbook, what is done in it one after the other, and where the result is saved."""

    source: Path
    steps: Sequence[Step]
    target: Path


def edit_in_libreoffice(jobs: Sequence[Job]) -> None:
    """Do all jobs in one start of LibreOffice, which computes every formula as it opens a file.

    Skips the calling test without LibreOffice; raises RuntimeError with the step that failed and
    TimeoutError if LibreOffice hangs.
    """
    soffice = tools.require("soffice")
    for job in jobs:
        job.target.parent.mkdir(parents=True, exist_ok=True)
        job.target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        listed, told = Path(folder, "steps.tsv"), Path(folder, "told.txt")
        listed.write_text("".join(_lines(jobs)), encoding="utf-8")
        profile = f"-env:UserInstallation={_profile(soffice).as_uri()}"
        macro = f'macro:///Standard.Hands.Work("{listed}","{told}")'
        timeout = SECONDS_TO_START + SECONDS_PER_FILE * len(jobs)
        printed = tools.run([soffice, profile, "--headless", "--norestore", macro], timeout)
        # Its exit status is 0 also when the macro never ran.
        said = (
            told.read_text(encoding="utf-8").strip() if told.exists() else "the macro did not run"
        )
    lost = [str(job.target) for job in jobs if not job.target.exists()]
    if said != "done" or lost:
        raise RuntimeError(f"LibreOffice: {said}; not saved: {', '.join(lost)}\n{printed}")


def edit_with_openpyxl(jobs: Sequence[Job]) -> None:
    """Do all jobs as a script of an analyst would, which leaves no formula its value.

    Raises ValueError for an action that openpyxl cannot do without breaking formulas.
    """
    for job in jobs:
        book = openpyxl.load_workbook(job.source)
        for step in job.steps:
            cell = book[step.sheet][step.at]
            match step.action:
                case "type":
                    cell.value = _understood(step.value)
                case "text":
                    cell.value, cell.data_type = step.value, "s"
                case "clear":
                    cell.value = None
                case "comment":
                    cell.comment = Comment(step.value, "J. Poon")
                case "format":
                    cell.number_format = step.value
                case _:
                    raise ValueError(f"openpyxl would break formulas: {step.action}")
        job.target.parent.mkdir(parents=True, exist_ok=True)
        book.save(job.target)


def _understood(typed: str) -> str | float | date:
    """What a program makes of what is typed."""
    if typed.startswith("'"):
        return typed[1:]
    try:
        return float(typed.removesuffix("%")) / (100 if typed.endswith("%") else 1)
    except ValueError:
        pass
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return typed


def _lines(jobs: Sequence[Job]) -> Iterator[str]:
    for job in jobs:
        for step in (
            ("open", "", "", str(job.source)),
            *job.steps,
            ("save", "", "", str(job.target)),
        ):
            yield "\t".join(map(_escaped, step)) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


@functools.cache
def _profile(soffice: str) -> Path:
    """A profile with the macros, for this process alone."""
    folder = new_profile()
    # The first start fills the profile, and would put a library of its own over ours.
    start = [soffice, f"-env:UserInstallation={folder.as_uri()}", "--headless"]
    tools.run([*start, "--terminate_after_init"], SECONDS_TO_START)
    library = folder / "user/basic/Standard"
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    module = _MODULE.format(escape(MACROS.read_text(encoding="utf-8")))
    (library / "Hands.xba").write_text(module, encoding="utf-8")
    return folder
