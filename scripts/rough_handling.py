"""Handle the program roughly for as long as you like, and tell what it did not bear.

    python scripts/rough_handling.py signals [COUNT]
    python scripts/rough_handling.py kills [COUNT]
    python scripts/rough_handling.py files [COUNT] [WORKBOOK ...]

`signals` sends Ctrl-C and SIGTERM at random moments: each has to be one line and the status that
shells know. `kills` ends builds by SIGKILL: what stands there afterwards has to be whole, and the
next build to leave nothing else. `files` spoils workbooks, those named or one written by openpyxl
(also as LibreOffice, exceljs and SheetJS save it, where they are installed): attribute by attribute
and text by text is left out, emptied or made another. What openpyxl still opens we have to read,
and nothing may break the reader. COUNT moments or spoilt files are tried, else 150; the exit status
is 1 if anything was not borne.

What Python does while it starts itself, before any of our code is loaded, is counted and is no
oddity: a signal ends it in silence, or with a traceback of its own.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, IconSetRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from reportgen.cli.early_signals import TOLD
from reportgen.xlsx.reader.limits import WorkbookFileError
from reportgen.xlsx.reader.workbook import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[1]
INPUTS = ["--inputs", str(ROOT / "inputs")]
PROGRAM = [sys.executable, "-c", "from reportgen.cli import main; main()"]
BUILD = ["build", "BABA", "--as-of", "2025-11-30", *INPUTS]
USUAL_COUNT = 150
SEED = 1
OTHER_VALUES = (None, "", " ", "1.0", " 1 ", "-1", "99999", "x", "true", "1e3", "nan")
ENDED_AT_ONCE = "before the program was loaded"


class Tried(NamedTuple):
    """What came of one trial, in a word or two; `oddity` tells what was not borne."""

    outcome: str
    oddity: str = ""


def signals(folder: Path, count: int, seed: int = SEED) -> Iterator[Tried]:
    """Send signals to builds and checks at random moments of their life."""
    chance = Random(seed)
    commands = (["--help"], ["check", *BUILD[1:]], [*BUILD, "--outputs", str(folder)])
    lives = [_seconds(words) for words in commands[:count]]
    for at in range(count):
        words, life = commands[at % 3], lives[at % 3]
        sent = chance.choice([signal.SIGINT, signal.SIGTERM])
        # most moments lie within loading, where most can go wrong
        after = chance.uniform(0, life if at % 2 else min(life, 0.5))
        yield _signalled(words, sent, after)


def _seconds(words: list[str]) -> float:
    began = time.monotonic()
    subprocess.run([*PROGRAM, *words], capture_output=True, check=False)  # noqa: S603 - our own program
    return time.monotonic() - began


def _signalled(words: list[str], sent: signal.Signals, after: float) -> Tried:
    with subprocess.Popen(  # noqa: S603 - our own program
        [*PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        time.sleep(after)
        process.send_signal(sent)
        said, told = process.communicate()
    status = process.returncode
    if (status, told) == (128 + sent, f"{TOLD}\n"):
        return Tried("one line")
    if status == -sent or (status == 1 and "KeyboardInterrupt" in told and "reportgen" not in told):
        return Tried(ENDED_AT_ONCE)
    if status == 0 and not told and said:
        return Tried("had ended")
    return Tried("other", f"{words[0]} {sent.name} after {after:.3f} s: {status} {told[-500:]!r}")


def kills(folder: Path, count: int, seed: int = SEED) -> Iterator[Tried]:
    """Kill builds at random moments, and look at what they left."""
    chance, whole, outputs = Random(seed), folder / "whole", folder / "killed"
    began = time.monotonic()
    _build(whole)
    life = time.monotonic() - began
    expected = _files(whole)
    for _ in range(count):
        shutil.rmtree(outputs, ignore_errors=True)
        after = chance.uniform(0, life)
        words = [*PROGRAM, *BUILD, "--outputs", str(outputs)]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - as above
            time.sleep(after)
            process.kill()
        left = _files(outputs)
        torn = [name for name, content in left.items() if expected.get(name) != content]
        if not left:
            _build(outputs)
            left = _files(outputs)
        drafts = [path.name for path in outputs.rglob("*.tmp")]
        good = left == expected and not torn
        oddity = f"killed after {after:.3f} s: torn {torn}, then {sorted(left)}, drafts {drafts}"
        yield Tried("whole" if good else "torn", "" if good else oddity)


def _build(outputs: Path) -> None:
    words = [*PROGRAM, *BUILD, "--outputs", str(outputs)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - as above


def _files(outputs: Path) -> dict[str, bytes]:
    found = outputs.rglob("*.xlsx")
    return {path.relative_to(outputs).as_posix(): path.read_bytes() for path in found}


def files(
    folder: Path, count: int, workbooks: list[Path] | None = None, seed: int = SEED
) -> Iterator[Tried]:
    """Spoil workbooks in one place each, and read them."""
    warnings.simplefilter("ignore")  # openpyxl tells of what it leaves out
    for workbook in workbooks or list(by_other_programs(folder)):
        with zipfile.ZipFile(workbook) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        spoilt = [
            (name, place, content)
            for name, part in parts.items()
            if name.endswith((".xml", ".rels")) and "theme" not in name
            for place, content in _spoilt(part.decode())
        ]
        Random(seed).shuffle(spoilt)
        for name, place, content in spoilt[:count]:
            path = folder / "spoilt.xlsx"
            with zipfile.ZipFile(path, "w") as package:
                for other, part in parts.items():
                    package.writestr(other, content if other == name else part)
            yield _read(path, f"{workbook.name} {name} {place}")


_ATTRIBUTES = re.compile(r'<([\w:]+)((?:\s+[\w:]+="[^"]*")+)\s*/?>')
_ATTRIBUTE = re.compile(r'\s+([\w:]+)="([^"]*)"')
_TEXT = re.compile(r"<([\w:]+)(\s[^<>]*)?>([^<>]+)</\1>")


def _spoilt(part: str) -> Iterator[tuple[str, str]]:
    """The part with one attribute or text made another, the first of each kind in turn."""
    seen: set[tuple[str, str]] = set()
    for element in _ATTRIBUTES.finditer(part):
        for one in _ATTRIBUTE.finditer(element[2]):
            kind = element[1], one[1]
            if kind not in seen and not one[1].startswith("xmlns"):
                seen.add(kind)
                begin, end = element.start(2) + one.start(), element.start(2) + one.end()
                for value in OTHER_VALUES:
                    other = "" if value is None else f' {one[1]}="{value}"'
                    yield f"{kind[0]}@{kind[1]}={value!r}", part[:begin] + other + part[end:]
    for text in _TEXT.finditer(part):
        kind = text[1], text[2] or ""
        if kind not in seen:
            seen.add(kind)
            for value in OTHER_VALUES:
                other = "" if value is None else value
                yield f"<{text[1]}>={value!r}", part[: text.start(3)] + other + part[text.end(3) :]


# What a file may not be read for though openpyxl opens it: it says other than what stands there
_LACKING = (
    "the part that holds this sheet is missing",
    "lies outside every sheet",
    "this cell cannot be read",
    "stand twice",
    "out of all measure",
)


def _read(path: Path, place: str) -> Tried:
    try:
        read(path)
    except WorkbookFileError as error:
        if any(words in error.fact for words in _LACKING) or not _opened(path):
            return Tried("refused")
        return Tried("refused alone", f"{place}: {error.fact}, and openpyxl opens it")
    except Exception as error:  # noqa: BLE001 - whatever it is, it should not have been raised
        return Tried("broken", f"{place}: {type(error).__name__}: {error}")
    return Tried("read")


def _opened(path: Path) -> bool:
    try:
        openpyxl.load_workbook(path)
    except Exception:  # noqa: BLE001 - any means that it does not open it
        return False
    return True


def by_other_programs(folder: Path) -> Iterator[Path]:
    """A workbook of nearly everything, and as the programs that are here save it."""
    path = folder / "openpyxl.xlsx"
    _write(path)
    yield path
    office, node = shutil.which("soffice"), shutil.which("node")
    if office:
        to = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "office")]
        home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
        subprocess.run([office, home, "--headless", *to, path], check=False, capture_output=True)  # noqa: S603 - as installed
        yield from (folder / "office").glob("*.xlsx")
    for program in ("exceljs", "xlsx") if node else ():
        if (ROOT / "node_modules" / program).is_dir():
            saved, script = folder / f"{program}.xlsx", ROOT / "tests/support/edit.js"
            subprocess.run([str(node), script, program, path, saved, "[]"], check=False)  # noqa: S603 - as installed
            if saved.exists():
                yield saved


def _write(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["House", "Target", "Formula"], ["Citi", 210.5, "=B2*2"], ["Nomura", 1, True]):
        sheet.append(row)
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.add_filter_column(0, ["Citi"])
    sheet.protection.sheet = True
    sheet["A2"].comment = Comment("why?", "an analyst")
    sheet["A3"].hyperlink = "https://example.org/"
    sheet.merge_cells("E1:F2")
    sheet.column_dimensions["B"].width = 30
    sheet.row_dimensions[2].height = 30
    rule = DataValidation("decimal", formula1="0", sqref="B2:B3")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("B2:B3", CellIsRule("greaterThan", ["5"]))
    sheet.conditional_formatting.add("B2:B3", ColorScaleRule("min", None, "FF0000", "max"))
    sheet.conditional_formatting.add("B2:B3", IconSetRule("3Arrows", "percent", [0, 33, 67]))
    table = book.create_sheet("Table")
    for row in (["a", "b"], [1, 2], [3, 4]):
        table.append(row)
    table.add_table(Table(displayName="Figures", ref="A1:B3"))
    chart = BarChart()
    chart.title = "Figures"
    chart.add_data(Reference(table, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    table.add_chart(chart, "F2")
    book.save(path)


TRIALS: dict[str, Callable[..., Iterator[Tried]]] = {
    "signals": signals,
    "kills": kills,
    "files": files,
}


def main(words: list[str]) -> int:
    """Try what the words say, tell what came of it; 1 if anything was not borne."""
    if not words or words[0] not in TRIALS:
        print(__doc__)
        return 2
    name, *rest = words
    count = int(rest.pop(0)) if rest and rest[0].isdecimal() else USUAL_COUNT
    with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt):
        arguments = [list(map(Path, rest))] if rest else []
        outcomes: Counter[str] = Counter()
        odd = 0
        for tried in TRIALS[name](Path(folder), count, *arguments):
            outcomes[tried.outcome] += 1
            if tried.oddity:
                odd += 1
                print(tried.oddity)
        print(name, ", ".join(f"{number:,} {outcome}" for outcome, number in outcomes.items()))
        return 1 if odd else 0
    return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
