"""Every tab of every pack as text: the rows of the printed page, and what each cell stands for.

    python -m tests.golden.prints

writes them anew below tests/golden; read what git shows to have changed, for it is what a reader
of the reports will see. A row is its number and its cells. Of the example, a cell that is computed
is followed by the key that the Registry gives it, or by its formula with references read as keys:
`=`, also right of the printed page; of the other packs what is shown is enough. One of them also
shows the rows of its lists of lines, What-ifs and Workings. `values.txt` holds the lines behind the
tabs, `looks.txt` what a reader sees of two of them beside texts, `lists.txt` and `registry.txt`
what its lists say of every line: tests/golden/looks.py and fields.py. `blocks.txt` of one pack
tells what each answer of a pack adds to the tabs: blocks.py.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from reportgen.xlsx.addresses import a1
from tests.golden.blocks import PACK as BARE
from tests.golden.blocks import blocks
from tests.golden.fields import fields, rows
from tests.golden.looks import LISTS, looks, looks_of_tab
from tests.report.conftest import built
from tests.support.rendered import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.expr.numeric import Array
    from reportgen.pipeline import Report
    from reportgen.xlsx.addresses import Ref
    from reportgen.xlsx.book import Book, Cell, Chart, Page, Series, Sheet

PACKS = ("baba", "bare", "daily", "no_claims", "pence", "tokyo", "track")
OWN_TABS = {"track": ("Track record",)}  # all that the pack has beside those of another
SPELLED = "baba"
FOLDER = Path(__file__).parent
LONGEST_FORMULA = 160
MOST_VALUES = 4
_REFERENCE = re.compile(
    r"""(?:(?:'([^']+)'|([A-Za-z_]\w*))!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?(?![\w(])"""
)
_MEMBERS = re.compile(r"\[.*?\]")
_TEXT = re.compile(r'("(?:[^"]|"")*")')


def prints(pack: str) -> dict[str, str]:
    """The text of every tab of a pack by file name, and of its values."""
    report = built(pack)
    keys = keys_by_place(report.book) if pack == SPELLED or pack in OWN_TABS else {}
    wanted = OWN_TABS.get(pack, [sheet.name for sheet in report.book.sheets])
    hidden = LISTS[-1:] if pack == BARE else LISTS  # one pack shows where the rows of lists stand
    texts = {
        re.sub(r"\W+", "_", sheet.name).lower() + ".txt": "\n".join(shown(report.book, sheet, keys))
        for sheet in report.book.sheets
        if sheet.name in wanted and sheet.name not in hidden  # theirs is in values.txt
    }
    if pack in OWN_TABS:
        own = (sheet for sheet in report.book.sheets if sheet.name in wanted)
        texts["looks.txt"] = "\n".join(line for sheet in own for line in looks_of_tab(sheet))
    elif pack == SPELLED:
        texts["looks.txt"] = "\n".join(looks(report.book))
        texts["lists.txt"] = "\n".join(rows(report.book))
        texts["registry.txt"] = "\n".join(fields(report.book))
    if pack == BARE:
        texts["looks.txt"] = "\n".join(looks(report.book))
        texts["blocks.txt"] = "\n".join(blocks())
    if pack not in OWN_TABS:
        texts["values.txt"] = "\n".join(_values(report, by_key=pack != BARE))
    return {name: text + "\n" for name, text in texts.items()}


def path_of(pack: str, name: str) -> Path:
    """Where the text of a tab is kept."""
    return FOLDER / pack / name


def shown(
    book: Book,
    sheet: Sheet,
    keys: Mapping[tuple[str, str], str] = MappingProxyType({}),
    *,
    rules: bool = False,
) -> Iterator[str]:
    """The rows of a tab's printed page, then what lies over the cells."""
    last = sheet.page.area.last_col if sheet.page.area else 10_000
    links = {(link.row, link.col): link for link in sheet.links}
    cells = sorted(
        (
            cell
            for cell in sheet.cells
            if cell.col <= last and (cell.value is not None or cell.formula)
        ),
        key=_place,
    )
    for row, group in groupby(cells, key=lambda cell: cell.row):
        texts = [_cell(book, sheet, cell, keys) for cell in group]
        yield f"{row + 1} " + " | ".join(texts)
    for (row, col), link in sorted(links.items()):
        yield f"link {a1(row, col)} {link.text} -> {_target(link.target)}"
    for chart in sheet.charts:
        yield from _chart(chart, keys)
    for line in (line for group in sheet.sparklines for line in group.lines):
        yield f"spark {a1(line.row, line.col)} {_said(line.values, keys)}"
    if paged := " ".join(_paged(sheet.page)):
        yield f"page {paged}"
    if sheet.filter:
        yield f"filter {_area(sheet.filter)}"
    if keys or rules:
        yield from _beside(sheet, last, keys)
        yield from _rules(sheet)


def _rules(sheet: Sheet) -> Iterator[str]:
    """What the looks of cells depend on, and what may be typed into them."""
    for rule in sheet.conditional_formats:
        areas = " ".join(map(_area, rule.ranges))
        limits = [str(part) for part in (rule.low, rule.high, rule.text) if part not in {None, ""}]
        said = " ".join([rule.criterion, *limits]) if rule.kind != "formula" else rule.formula
        yield f"look {areas} {rule.kind} {said} {rule.style}"
    for rule in sheet.validations:
        areas = " ".join(map(_area, rule.ranges[:3]))
        limits = f"{rule.low} to {rule.high}" + " exclusive" * rule.exclusive
        said = rule.formula or ", ".join(rule.items) or limits
        yield f"typed {areas} {rule.kind} {rule.severity} {said}"


def _beside(sheet: Sheet, last: int, keys: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """What stands right of the printed page: texts and keys; rows of one table are told once."""
    beside = sorted((cell for cell in sheet.cells if cell.col > last), key=_place)

    def told(cell: Cell) -> str:
        key = keys.get((sheet.name, a1(cell.row, cell.col)))
        said = f"{{{key}}}" if key else spelled(cell.formula, sheet.name, keys) or cell.value
        return f"{a1(0, cell.col)[:-1]} {said}" if said else ""

    rows = (
        (row, " | ".join(filter(None, map(told, cells))))
        for row, cells in groupby(beside, attrgetter("row"))
    )
    for _, alike in groupby(rows, key=lambda row: _MEMBERS.sub("", row[1])):
        (row, text), *others = alike
        if text:
            yield f"beside {row + 1}{f' and {len(others)} more' * bool(others)} {text}"


def _paged(page: Page) -> Iterator[str]:
    """What of a sheet is printed, which rows on every page, and before which a page begins."""
    if page.area:
        yield _area(page.area)
    if page.repeat_rows:
        yield f"repeats {page.repeat_rows[0] + 1} to {page.repeat_rows[1] + 1}"
    yield from (f"begins at {row + 1}" for row in page.breaks)


def _target(target: Ref | str) -> str:
    if isinstance(target, str):
        return target
    return f"{target.sheet}!{a1(target.first_row, target.first_col)}"


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.col


def _area(area: tuple[int, int, int, int]) -> str:
    return f"{a1(area[0], area[1])}:{a1(area[2], area[3])}"


def _cell(book: Book, sheet: Sheet, cell: Cell, keys: Mapping[tuple[str, str], str]) -> str:
    shape = book.styles[cell.style].number_format if cell.style else "General"
    text = rendered(cell.value, shape)
    if not keys:
        return text
    key = keys.get((sheet.name, a1(cell.row, cell.col)))
    if key is not None:
        return f"{text} {{{key}}}"
    if cell.formula:
        formula = spelled(cell.formula, sheet.name, keys)
        if len(formula) > LONGEST_FORMULA:
            formula = formula[:LONGEST_FORMULA] + "..."
        return f"{text} {formula}"
    return text


def _chart(chart: Chart, keys: Mapping[tuple[str, str], str]) -> Iterator[str]:
    yield f"chart {chart.kind} {_said(chart.title, keys)}"
    axes = (chart.x_axis, chart.y_axis, chart.y2_axis)
    for name, axis in zip("xyz", axes, strict=True):
        if axis is not None:
            yield (
                f"  {name} {_said(axis.title, keys)} {axis.number_format} "
                f"{axis.minimum} to {axis.maximum}{' reversed' * axis.reverse}"
            )
    for series in (*chart.series, *chart.overlay):
        yield f"  {_series(series, keys)}"


def _series(series: Series, keys: Mapping[tuple[str, str], str]) -> str:
    words = [_said(series.name, keys), _said(series.values, keys)]
    if series.categories is not None:
        words.append(f"over {_said(series.categories, keys)}")
    words.append(series.color)
    words += ["secondary"] * series.secondary + ["invisible"] * series.invisible
    return " ".join(words)


def _said(title: object, keys: Mapping[tuple[str, str], str]) -> str:
    """A text as it is, a reference by its key or address."""
    if isinstance(title, str):
        return title
    first = a1(title.first_row, title.first_col)  # type: ignore[attr-defined]
    last = a1(title.last_row, title.last_col)  # type: ignore[attr-defined]
    sheet: str = title.sheet  # type: ignore[attr-defined]
    return keys.get((sheet, first)) or f"{sheet}!{first}" + f":{last}" * (first != last)


def spelled(formula: str, sheet: str, keys: Mapping[tuple[str, str], str]) -> str:
    """A formula with every reference read as the key that it points to."""

    def key(found: re.Match[str]) -> str:
        tab = found[1] or found[2] or sheet
        first = keys.get((tab, found[3] + found[4]))
        if first is None:
            return found[0]
        last = keys.get((tab, found[5] + found[6])) if found[5] else None
        return first if last in {None, first} else f"{first}:{last}"

    parts = _TEXT.split(formula)
    return "".join(part if at % 2 else _REFERENCE.sub(key, part) for at, part in enumerate(parts))


def keys_by_place(book: Book) -> dict[tuple[str, str], str]:
    """The key of every cell that the Registry lists by tab and address; of a column, its own."""
    (sheet,) = (sheet for sheet in book.sheets if sheet.name == "Registry")
    rows: dict[int, dict[int, object]] = {}
    for cell in sheet.cells:
        rows.setdefault(cell.row, {})[cell.col] = cell.value
    head = next(number for number, row in sorted(rows.items()) if row.get(0) == "Key")
    at = {str(caption): col for col, caption in rows[head].items()}
    keys: dict[tuple[str, str], str] = {}
    for number, row in rows.items():
        place = row.get(at["Cell"])
        if number <= head or not place:
            continue
        tab, key = str(row[at["Tab"]]), str(row[at["Key"]])
        first, _, last = str(place).partition(":")
        for address in _within(first, last or first):
            keys[tab, address] = key
    return keys


@cache
def _within(first: str, last: str) -> tuple[str, ...]:
    ends = [re.fullmatch(r"([A-Z]+)(\d+)", address) for address in (first, last)]
    (col1, row1), (col2, row2) = ((_number(end[1]), int(end[2]) - 1) for end in ends if end)
    return tuple(a1(row, col) for row in range(row1, row2 + 1) for col in range(col1, col2 + 1))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _values(report: Report, *, by_key: bool) -> Iterator[str]:
    """What every line came to: few values as they are, many by their count and sum.

    They stand by their keys, or else in the order of calculation.
    """
    lines = {line.key: line for line in report.solved.values}
    for key in sorted(lines) if by_key else lines:
        yield f"{key} {_summed(np.asarray(report.solved.values[lines[key]]))}"


def _summed(array: Array) -> str:
    values = array.ravel().tolist()
    first = " ".join(map(_value, values[:MOST_VALUES]))
    if len(values) <= MOST_VALUES:
        return first
    numbers = [value for value in values if isinstance(value, int | float) and value == value]  # noqa: PLR0124
    texts = [str(value) for value in values if isinstance(value, str)]
    total = sum((at + 1) * value for at, value in enumerate(numbers))
    sizes = f"{len(numbers)} numbers weigh {total:.9g}" if numbers else f"{len(texts)} texts"
    return f"{first} ... {len(values)}: {sizes}"


def _value(value: object) -> str:
    if isinstance(value, float):
        return "n/a" if value != value else f"{value:.10g}"  # noqa: PLR0124 - n/a is not itself
    return repr(value)


def main() -> int:
    """Write every text anew, the other documents too; the texts of tabs that are gone go."""
    from tests.golden import documents  # noqa: PLC0415 - it shows its workbooks by this module

    documents.write()
    for pack in PACKS:
        texts = prints(pack)
        folder = FOLDER / pack
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.txt"):
            if old.name not in texts:
                old.unlink()
        for name, text in texts.items():
            path_of(pack, name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
