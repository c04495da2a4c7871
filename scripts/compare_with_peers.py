"""Count what other programs that compare workbooks tell of one change at a time; write the table.

    python scripts/compare_with_peers.py

writes `docs/peers.md`. The peers come from PyPI into an environment that is thrown away; what
cannot be installed, or does not run, stands in the table as such. The workbooks are those of
`tests/xlsx/compare/mutations.py`, where it stands which changes there are to tell.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from reportgen.xlsx.compare.changes import ChangeKind  # noqa: E402 - found above
from reportgen.xlsx.compare.workbooks import compare_files  # noqa: E402 - found above
from tests.xlsx.compare.model_book import write_model  # noqa: E402
from tests.xlsx.compare.mutations import BASE, MUTATIONS  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openpyxl.cell.cell import Cell

PAGE = ROOT / "docs/peers.md"
SECONDS = 120  # for one comparison: a backstop
ID = "Broker"  # the column of the first sheet that names its rows
BLUE, RED = "FF0000FF", "FFFF0000"
HEAD = """\
# Beside other programs that compare workbooks

Each row is one change made to the same small model. First stands how many differences there are to
tell, and how many results follow from them; then how many each program tells, as counted by
`make peers`, which writes this page. A right number is bold: with or without the results that
follow. More means that one change was told as many (rows compared by their place after one was
inserted), fewer that something was not seen. What each difference of `reportgen` is, and where, is
held by `tests/xlsx/compare`.

"""
FOOT = """
`daff` compares tables, so it was given the values of each sheet; `xlcompare` and `sheet-diff` read
the first sheet, with the column that names its rows, and were given its values alone. Every changed
cell that is marked counts as one, and so does a row or column that came, went or moved. What
fails was installed, and ended with an error.
"""


class Peer(NamedTuple):
    """A program on PyPI: what it is installed as, how many differences it tells of two files."""

    package: str
    count: Callable[[Path, Path, Path], int]  # binaries, old, new; CalledProcessError if it fails


class Row(NamedTuple):
    """A change: how many differences there are to tell, how many follow, how many each told."""

    name: str
    own: int
    follows: int
    told: list[int | str]

    def is_right(self, told: int | str) -> bool:
        """Whether all differences were told and nothing that is none."""
        return not isinstance(told, str) and self.own <= told <= self.own + self.follows


def main() -> None:
    """Install the peers, compare, write the page."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        peers = dict(_installed(place))
        base = write_model(place / "base.xlsx", BASE)
        rows = []
        for number, (name, mutation) in enumerate(MUTATIONS.items()):
            changed = write_model(place / f"changed{number}.xlsx", mutation.model)
            told = [len(compare_files(base, changed))]
            told += [_told(peer, bins, base, changed) for peer, bins in peers.items()]
            follows = sum(kind is ChangeKind.CALCULATED for kind, *_ in mutation.expected)
            rows.append(Row(name, len(mutation.expected) - follows, follows, told))
            print(*rows[-1], flush=True)
        versions = [_version(peer, bins) for peer, bins in peers.items()]
    PAGE.write_text(HEAD + _table(["reportgen", *versions], rows) + FOOT, encoding="utf-8")


def _installed(place: Path) -> Iterator[tuple[Peer, Path | None]]:
    """Yield each peer with the folder of its binaries; None where it cannot be installed."""
    for peer in PEERS:
        home = place / peer.package
        venv.create(home, with_pip=True)
        bins = home / "bin"
        asked = [bins / "python", "-m", "pip", "-q", "install", peer.package]
        done = subprocess.run(asked, check=False, capture_output=True)  # noqa: S603 - named here
        yield peer, bins if done.returncode == 0 else None


def _version(peer: Peer, bins: Path | None) -> str:
    if bins is None:
        return peer.package
    code = f"from importlib.metadata import version; print(version({peer.package!r}))"
    return f"{peer.package} {_run(bins / 'python', '-c', code).strip()}"


def _told(peer: Peer, bins: Path | None, old: Path, new: Path) -> int | str:
    """How many differences a peer tells, or why none."""
    if bins is None:
        return "not installable"
    try:
        return peer.count(bins, old, new)
    except (subprocess.SubprocessError, OSError, ValueError):
        return "fails"


def _run(*command: str | Path) -> str:
    """What a command prints. Raises CalledProcessError where it ends as one that failed."""
    done = subprocess.run(  # noqa: S603 - the commands of this file
        command, check=False, capture_output=True, text=True, timeout=SECONDS
    )
    # 1 says that there are differences, but a program that fell ends so, too
    if done.returncode > 1 or "Traceback" in done.stderr:
        raise subprocess.CalledProcessError(done.returncode, command)
    return done.stdout


def _sheetdelta(bins: Path, old: Path, new: Path) -> int:
    printed = _run(bins / "sheetdelta", "diff", "--json", "--fail-on", "never", old, new)
    sheets = json.loads(printed)["sheets"]
    own = sum(sheet["kind"] in {"added", "removed", "renamed"} for sheet in sheets)
    return own + sum(len(one[name]) for one in sheets for name in ("shifts", "moves", "changes"))


def _daff(bins: Path, old: Path, new: Path) -> int:
    return sum(_of_tables(bins, *pair) for pair in _tables(old, new))


def _of_tables(bins: Path, old: Path, new: Path) -> int:
    """Rows and columns that came, went or moved, and cells that changed in others."""
    found = 0
    lines = _run(bins / "daff", "diff", "--context", "0", "--output-format", "csv", old, new)
    for kind, *cells in csv.reader(lines.splitlines()):
        if kind == "!":
            found += sum(cell in {"+++", "---", ":"} for cell in cells)
        elif "->" in kind:
            found += sum(kind in cell for cell in cells)
        else:
            found += kind in {"+++", "---", ":"}
    return found


def _tables(old: Path, new: Path) -> Iterator[tuple[Path, Path]]:
    """Each sheet as a pair of csv files; of one that only one workbook has the other is empty."""
    books = [openpyxl.load_workbook(path, data_only=True) for path in (old, new)]
    for number, name in enumerate(dict.fromkeys((*books[0].sheetnames, *books[1].sheetnames))):
        pair = []
        for path, book in zip((old, new), books, strict=True):
            table = path.with_name(f"{path.stem}-{number}.csv")
            rows = book[name].iter_rows(values_only=True) if name in book.sheetnames else ()
            with table.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(
                    [["" if v is None else v for v in row] for row in rows]
                )
            pair.append(table)
        yield pair[0], pair[1]


def _xlcompare(bins: Path, old: Path, new: Path) -> int:
    output = new.with_name("differences.xlsx")
    output.unlink(missing_ok=True)
    pair = [_first_sheet(path) for path in (old, new)]
    _run(bins / "xlcompare", "--id", ID, "--outfile", output, *pair)
    sheet = openpyxl.load_workbook(output, rich_text=True).active
    rows = () if sheet is None else sheet.iter_rows(min_row=2)
    marks = ([_is_marked(cell) for cell in row[:-1]] for row in rows)  # last stands its verdict
    return sum(1 if all(row) else sum(row) for row in marks)


def _first_sheet(path: Path) -> Path:
    """A workbook with the values of the first sheet alone."""
    (sheet, *_) = openpyxl.load_workbook(path, data_only=True).worksheets
    copy = path.with_name(f"first-{path.name}")
    with xlsxwriter.Workbook(copy) as book:
        values = book.add_worksheet()
        for number, row in enumerate(sheet.iter_rows(values_only=True)):
            values.write_row(number, 0, ["" if value is None else value for value in row])
    return copy


def _is_marked(cell: Cell) -> bool:
    """Whether a cell, or part of its text, is written in the ink of what came or went."""
    inks = [cell.font.color]
    if isinstance(cell.value, CellRichText):
        inks += [getattr(getattr(part, "font", None), "color", None) for part in cell.value]
    return any(ink is not None and ink.rgb in {BLUE, RED} for ink in inks)


def _sheet_diff(bins: Path, old: Path, new: Path) -> int:
    code = (
        "import sys; from sheetdiff.core import diff_sheets;"
        f"print(len(diff_sheets(*sys.argv[1:], key={ID!r})))"
    )
    return int(_run(bins / "python", "-c", code, *map(_first_sheet, (old, new))))


def _xlsxdiff(bins: Path, old: Path, new: Path) -> int:
    return len(_run(bins / "xlsxdiff", old, new).splitlines())


PEERS = (
    Peer("sheetdelta", _sheetdelta),
    Peer("daff", _daff),
    Peer("xlcompare", _xlcompare),
    Peer("sheet-diff", _sheet_diff),
    Peer("xlsxdiff", _xlsxdiff),
)


def _table(heads: list[str], rows: list[Row]) -> str:
    """The rows as Markdown, and last how many each program has right."""
    lines = [f"| change | to tell | {' | '.join(heads)} |", f"|---|--:|{'--:|' * len(heads)}"]
    for row in rows:
        cells = (f"**{one}**" if row.is_right(one) else str(one) for one in row.told)
        wanted = f"{row.own} and {row.follows}" if row.follows else str(row.own)
        lines.append(f"| {row.name} | {wanted} | {' | '.join(cells)} |")
    right = (sum(row.is_right(row.told[at]) for row in rows) for at in range(len(heads)))
    lines.append(f"| right | {len(rows)} | {' | '.join(map(str, right))} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
