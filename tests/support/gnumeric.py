"""Gnumeric as a witness: a third engine by others that recalculates workbooks afresh.

It has limits that Excel, LibreOffice and formualizer do not have, and is asked in other words: its
INDEX takes no range of a single cell, its SUMPRODUCT no single cell that is blank.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from tests.support import tools
from tests.support.stored_cells import read_values, sheet_parts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.stored_cells import Value

SECONDS = 180

_AREA = r"(?:\w+!|'[^']+'!)?\$?(?P<left>[A-Z]+)\$?(?P<top>\d+):\$?(?P<right>[A-Z]+)\$?(?P<end>\d+)"
_INDEX = re.compile(rf"\bINDEX\((?P<area>{_AREA}),")
_SUMMED = re.compile(rf",(?P<range>{_AREA}|[a-z_]+)\)")
_FORMULA = re.compile(r"<f>(.*?)</f>", re.DOTALL)
_ONE_CELL = re.compile(r"<definedName name=\"([a-z_]+)\"[^>]*>[^<:]*\$[A-Z]+\$\d+</definedName>")


def recalculate(path: Path, out_dir: Path) -> dict[str, dict[str, Value]]:
    """Every cell's value, formulas computed afresh: sheet, then address such as A1.

    Skips the calling test without Gnumeric; raises RuntimeError if it fails and TimeoutError if it
    hangs. Errors are texts such as '#VALUE!', dates serials; empty cells are left out.
    """
    ssconvert = tools.require("ssconvert")
    out_dir.mkdir(parents=True, exist_ok=True)
    asked, answered = out_dir / "asked.xlsx", out_dir / "answered.xlsx"
    _write_in_other_words(path, asked)
    tools.run([ssconvert, "--recalc", asked, answered], SECONDS)
    return read_values(answered)


def _write_in_other_words(source: Path, target: Path) -> None:
    """Write a copy of a workbook whose formulas avoid what Gnumeric takes otherwise."""
    with zipfile.ZipFile(source) as package:
        single = set(_ONE_CELL.findall(package.read("xl/workbook.xml").decode()))
        sheets = set(sheet_parts(package).values())
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for info in package.infolist():
                content = package.read(info)
                if info.filename in sheets:
                    content = _reworded(content.decode(), single).encode()
                copy.writestr(info.filename, content)


def _reworded(sheet: str, single: set[str]) -> str:
    def ranged(found: re.Match[str]) -> str:
        alone = _is_single(found) if found["top"] else found["range"] in single
        return f",SUM({found['range']}))" if alone else found[0]

    def formula(found: re.Match[str]) -> str:
        text = _INDEX.sub(_indexed, found[1])
        return f"<f>{_SUMMED.sub(ranged, text) if 'SUMPRODUCT' in text else text}</f>"

    return _FORMULA.sub(formula, sheet)


def _indexed(found: re.Match[str]) -> str:
    """INDEX of a range with a cell more where it is one cell."""
    if not _is_single(found):
        return found[0]
    return f"INDEX({found['area'].removesuffix(found['end'])}{int(found['end']) + 1},"


def _is_single(found: re.Match[str]) -> bool:
    return found["top"] == found["end"] and found["left"] == found["right"]
