"""Count what can be counted of how a report's workbook is made: its formulas, ink, formats, links.

    python scripts/workbook_facts.py REPORT.xlsx [--recalculated COPY.xlsx] [--json]

Reviews of financial models go by rules such as "no error anywhere", "no number inside a formula",
"typed cells are blue", "one formula along a row". Each rule is one fact here: how often it is
broken, or how much there is of something, on which tabs, with the first cells as evidence. The
recalculated copy, where there is one, is searched for error values, too.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

from reportgen.xlsx.addresses import a1
from reportgen.xlsx.reader.records import CellError
from reportgen.xlsx.reader.workbook import read_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

PLUMBING = ("What-ifs", "Workings", "Registry")  # which list what stands on the other tabs
LIMIT, LIMIT_OF_PLUMBING = 120, 250  # characters of a formula where people read, and elsewhere
PLAIN = frozenset({0.0, 1.0, 2.0, 12.0, 100.0, 1000.0})  # numbers that say themselves what they are
BLUE, BLACK, GREEN, WHITE = "0000FF", "000000", "008000", "FFFFFF"
MOST_EVIDENCE = 3
FEWEST_IN_A_ROW = 3

_REFERENCE = re.compile(r"(?<![\w.])(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})(?![\w(.])")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_TAB = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
_PURE_LINK = re.compile(rf"=({_TAB})\$?[A-Z]{{1,3}}\$?\d+")
# What shows a cell of another tab all the same: by its name, a blank as a text, n/a for no number
_GUARDED_LINK = re.compile(
    rf"=(?:[A-Za-z_]\w*|{_TAB}\$?[A-Z]{{1,3}}\$?\d+(?:&\"\")?"
    rf"|IF\(ISNUMBER\(({_TAB}\$?[A-Z]{{1,3}}\$?\d+)\),\1,\"n/a\"\))"
)
_NAME = re.compile(r"(?<![\w.!'$])[A-Za-z_][\w.]*(?![\w.(!'])")
_NUMBER = re.compile(r"(?<![\w.$!'])(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.(!:'])")
_N = r"\d+\.?\d*"
_DISGUISED = re.compile(
    rf"(?<![\w.$)]){_N}[*/^]{_N}(?![\w.(!:])|(?<![\w.$)*/^]){_N}[-+]{_N}(?![\w.(!:*/^])"
    rf"|[*/]{_N}[*/]{_N}(?![\w.(!:])"
)
_WHOLE_COLUMN = re.compile(r"\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?![\w(])|(?<![\w$])\$?\d+:\$?\d+(?!\w)")
_VOLATILE = re.compile(r"\b(?:CELL|INDIRECT|INFO|NOW|OFFSET|RAND|RANDBETWEEN|TODAY)\(")
_MODERN = re.compile(r"_xlfn|_xlws|\b(?:XLOOKUP|FILTER|LET|LAMBDA|SORT|UNIQUE|SEQUENCE)\(")
_INDEX = re.compile(rf"INDEX\((?:{_TAB})?\$?[A-Z]{{1,3}}\$?(\d+):\$?[A-Z]{{1,3}}\$?(\d+),(?!1,)")
_NO_TYPE = re.compile(rb'<c (?=[^>]*r="([A-Z]+\d+)")(?![^>]* t=)[^>]*><f>[^<]*</f><v(?:/>|></v>)')


@dataclass
class Fact:
    """How often something was found, by tab, and the first places as evidence."""

    words: str
    by_tab: Counter[str] = field(default_factory=Counter)
    evidence: list[str] = field(default_factory=list)

    def count(self, tab: str, place: str = "", times: int = 1) -> None:
        """Count something that was found on a tab."""
        self.by_tab[tab] += times
        if place and len(self.evidence) < MOST_EVIDENCE:
            self.evidence.append(f"{tab}!{place}")

    @property
    def total(self) -> int:
        """How often it was found in the whole workbook."""
        return self.by_tab.total()


class Book:
    """A workbook as it is stored: formulas, values and looks."""

    def __init__(self, path: Path) -> None:
        """Take a workbook, which is read once something is asked of it."""
        self.path = path

    @cached_property
    def formulas(self) -> Workbook:
        """Formulas and looks. Raises OSError or ValueError where the file is no workbook."""
        return openpyxl.load_workbook(self.path)

    @cached_property
    def values(self) -> Mapping[str, Mapping[tuple[int, int], object]]:
        """The values that are stored, by tab and by row and column from 0; dates are serials."""
        return read_values(self.path)

    @cached_property
    def names(self) -> frozenset[str]:
        """The defined names, in lower case."""
        return frozenset(name.lower() for name in self.formulas.defined_names)

    @cached_property
    def sheets(self) -> list[Worksheet]:
        """The tabs that hold cells."""
        return list(self.formulas.worksheets)

    @cached_property
    def cells(self) -> list[tuple[str, Cell, object]]:
        """Every filled cell: its tab, the cell, and the value stored with it."""
        return [
            (sheet.title, cell, self.values[sheet.title].get((row - 1, col - 1)))
            for sheet in self.sheets
            for (row, col), cell in sorted(sheet._cells.items())  # noqa: SLF001 - thrice as fast as asking for each
            if cell.value is not None
        ]

    @cached_property
    def calculated(self) -> list[tuple[str, Cell, str]]:
        """The cells that hold a formula: tab, cell, formula."""
        return [(tab, cell, cell.value) for tab, cell, _ in self.cells if is_formula(cell.value)]


def is_formula(value: object) -> bool:
    """Whether a cell holds a formula, not a text such as the legend of signs."""
    return isinstance(value, str) and value.startswith("=") and value[1:2].strip() != ""


@cache
def unquoted(formula: str) -> str:
    """A formula without its texts."""
    return _QUOTED.sub('""', formula)


def relative(formula: str, row: int, col: int) -> str:
    """A formula with its references as steps from the cell: what is copied along stays the same."""

    def step(found: re.Match[str]) -> str:
        pin_col, letters, pin_row, digits = found.groups()
        across, down = column_index_from_string(letters), int(digits)
        right = f"C{across}" if pin_col else f"C[{across - col}]"
        return f"R{down}{right}" if pin_row else f"R[{down - row}]{right}"

    return _REFERENCE.sub(step, formula)


# --- formulas ---


def errors(book: Book) -> Fact:
    """Error values that a reader can see."""
    fact = Fact("error values")
    for tab, values in book.values.items():
        for place, value in values.items():
            if isinstance(value, CellError):
                fact.count(tab, a1(*place))
    return fact


def formulas(book: Book) -> Fact:
    """All formulas."""
    return _formulas(book, "formulas", lambda _formula: True)


def literal_formulas(book: Book) -> Fact:
    """Formulas that read no cell, such as =0."""
    return _formulas(book, "formulas that read no cell", lambda text: not _reads(text, book))


def _reads(formula: str, book: Book) -> bool:
    bare = unquoted(formula)
    return bool(_REFERENCE.search(bare)) or any(
        name.lower() in book.names for name in _NAME.findall(bare)
    )


def disguised_constants(book: Book) -> Fact:
    """Arithmetic of two typed numbers, such as 2+2 or 12*2."""
    words = "constants in disguise (2+2, 1000/100)"
    return _formulas(book, words, lambda text: bool(_DISGUISED.search(unquoted(text))))


def hardcodes(book: Book) -> Fact:
    """Numbers inside formulas that do not say themselves what they are."""
    words = "numbers in formulas but 0, 1, 2, 12, 100, 1000"
    return _formulas(
        book,
        words,
        lambda text: any(float(n) not in PLAIN for n in _NUMBER.findall(unquoted(text))),
    )


def guards(book: Book) -> Fact:
    """Formulas that turn an error into n/a."""
    return _formulas(book, "formulas with IFERROR", lambda text: "IFERROR(" in text)


def unneeded_guards(book: Book) -> Fact:
    """IFERROR around what cannot fail: a reference, a text, a count, a choice between such."""
    words = "IFERROR around what cannot fail"
    return _formulas(book, words, lambda text: bool(_UNNEEDED.search(text)))


_UNNEEDED = re.compile(rf'IFERROR\((?:(?:{_TAB})?\$?[A-Z]{{1,3}}\$?\d+|"[^"]*"|COUNT\([^()]*\)),')


def whole_columns(book: Book) -> Fact:
    """Ranges of whole columns or rows."""
    return _formulas(
        book, "ranges of whole columns", lambda text: bool(_WHOLE_COLUMN.search(_bare(text)))
    )


def _bare(formula: str) -> str:
    return re.sub(_TAB, "", unquoted(formula))


def volatile(book: Book) -> Fact:
    """Functions that are computed again at every turn, or that hide what they read."""
    words = "volatile functions, OFFSET, INDIRECT"
    return _formulas(book, words, lambda text: bool(_VOLATILE.search(unquoted(text))))


def modern(book: Book) -> Fact:
    """Functions newer than Excel 2010."""
    words = "functions newer than Excel 2010"
    return _formulas(book, words, lambda text: bool(_MODERN.search(unquoted(text))))


def external(book: Book) -> Fact:
    """Links to other files."""
    words = "links to other files"
    return _formulas(book, words, lambda text: bool(re.search(r"\[\d+\]", unquoted(text))))


def flat_index(book: Book) -> Fact:
    """INDEX over a single row that is not told so, which some programs misread."""
    words = "INDEX over one row without its row"
    return _formulas(book, words, lambda text: any(top == end for top, end in _INDEX.findall(text)))


def long_formulas(book: Book) -> Fact:
    """Formulas longer than a reader takes in."""
    fact = Fact(f"formulas over {LIMIT} characters ({LIMIT_OF_PLUMBING} on tabs of plumbing)")
    for tab, cell, text in book.calculated:
        if len(text) - 1 > limit_of(tab):
            fact.count(tab, cell.coordinate)
    return fact


def limit_of(tab: str) -> int:
    """How long a formula of a tab may be."""
    return LIMIT_OF_PLUMBING if tab in PLUMBING else LIMIT


def longest(book: Book) -> Fact:
    """The longest formula of each tab."""
    fact = Fact("longest formula")
    best: dict[str, tuple[int, str]] = {}
    for tab, cell, text in book.calculated:
        best[tab] = max(best.get(tab, (0, "")), (len(text) - 1, cell.coordinate))
    for tab, (length, place) in best.items():
        fact.count(tab, place, length)
    return fact


def odd_ones(book: Book) -> Fact:
    """Cells whose formula differs from both neighbours in the row, which are alike."""
    fact = Fact("formulas unlike both neighbours of the row, which agree")
    rows: dict[tuple[str, int], list[Cell]] = {}
    for tab, cell, _ in book.calculated:
        rows.setdefault((tab, cell.row), []).append(cell)
    for (tab, _), row in rows.items():
        if len(row) >= FEWEST_IN_A_ROW:
            for cell in _odd(row):
                fact.count(tab, cell.coordinate)
    return fact


def _odd(row: list[Cell]) -> Iterator[Cell]:
    said = [(cell, relative(cell.value, cell.row, cell.column)) for cell in row]
    pairs = pairwise(pairwise(said))
    for ((left, before), (cell, here)), (_, (right, after)) in pairs:
        beside = right.column - cell.column == cell.column - left.column == 1
        if beside and before == after != here:
            yield cell


def wrong_pins(book: Book) -> Fact:
    """Cells whose formula, copied down or across, would be the next one but for its $ signs.

    Each reference of the two reads the same cell, or moves on by one; the $ signs say otherwise.
    """
    fact = Fact("formulas that are the next one's but for $")
    read = (one for one in book.calculated if one[0] not in PLUMBING)
    at = {(tab, cell.row, cell.column): text for tab, cell, text in read}
    for (tab, row, col), text in at.items():
        for down, right in ((1, 0), (0, 1)):
            after = at.get((tab, row + down, col + right), "")
            if _goes_on(text, after, down, right) and (
                relative(text, row, col) != relative(after, row + down, col + right)
            ):
                fact.count(tab, a1(row - 1, col - 1))
                break
    return fact


def _goes_on(text: str, after: str, down: int, right: int) -> bool:
    """Return whether two formulas differ in nothing but references that stay, or move on by one."""
    if _REFERENCE.sub("", text) != _REFERENCE.sub("", after):
        return False
    return all(
        (to[0] - at[0], to[1] - at[1]) in {(0, 0), (down, right)}
        for at, to in zip(_cells(text), _cells(after), strict=True)
    )


def _cells(formula: str) -> list[tuple[int, int]]:
    """Return rows and columns of the references of a formula."""
    found = _REFERENCE.findall(formula)
    return [(int(digits), column_index_from_string(letters)) for _, letters, _, digits in found]


def untyped_texts(book: Book) -> Fact:
    """Formulas whose empty text does not say that it is one, so that some programs show 0."""
    fact = Fact("empty texts without their type")
    with zipfile.ZipFile(book.path) as package:
        for number, sheet in enumerate(book.sheets, start=1):
            for place in _NO_TYPE.findall(package.read(f"xl/worksheets/sheet{number}.xml")):
                fact.count(sheet.title, place.decode())
    return fact


def _formulas(book: Book, words: str, holds: Callable[[str], bool]) -> Fact:
    fact = Fact(words)
    for tab, cell, text in book.calculated:
        if holds(text):
            fact.count(tab, cell.coordinate)
    return fact


# --- ink, formats, fonts ---


def ink(cell: Cell) -> str:
    """The colour of a cell's font, as RRGGBB or the name of a colour of the theme."""
    color = cell.font.color
    if color is None:
        return BLACK
    return str(color.rgb)[-6:] if color.type == "rgb" else f"{color.type} {color.value}"


def kind_of(cell: Cell, value: object) -> str:
    """What a cell holds: a formula, a link to another tab, a typed number, a text."""
    if is_formula(cell.value):
        return "link" if _PURE_LINK.fullmatch(cell.value) else "formula"
    return "text" if isinstance(value, str) else "typed"


def inks(book: Book) -> Mapping[str, Counter[str]]:
    """How often each kind of cell is written in which ink."""
    found: dict[str, Counter[str]] = {}
    for _, cell, value in book.cells:
        found.setdefault(kind_of(cell, value), Counter())[ink(cell)] += 1
    return found


def typed_not_blue(book: Book) -> Fact:
    """Typed numbers in another ink than blue, where people read."""
    return _off_ink(book, "typed", BLUE, "typed numbers not blue")


def formulas_not_black(book: Book) -> Fact:
    """Formulas in another ink than black, unless they show another tab's cell in green."""
    return _off_ink(book, "formula", BLACK, "formulas not black")


def links_not_green(book: Book) -> Fact:
    """Links to other tabs in another ink than green."""
    return _off_ink(book, "link", GREEN, "links to other tabs not green")


def _off_ink(book: Book, kind: str, color: str, words: str) -> Fact:
    fact = Fact(words)
    for tab, cell, value in book.cells:
        if tab in PLUMBING or kind_of(cell, value) != kind or ink(cell) in {color, WHITE}:
            continue  # what is white stands on a dark band
        if ink(cell) != GREEN or not _GUARDED_LINK.fullmatch(str(cell.value)):
            fact.count(tab, cell.coordinate)
    return fact


def general_numbers(book: Book) -> Fact:
    """Numbers without a format."""
    fact = Fact("numbers on the format General")
    for tab, cell, value in book.cells:
        if _is_number(value) and cell.number_format == "General":
            fact.count(tab, cell.coordinate)
    return fact


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def formats(book: Book) -> Counter[str]:
    """How many numbers are shown in which format."""
    return Counter(cell.number_format for _, cell, value in book.cells if _is_number(value))


def fonts(book: Book) -> Counter[str]:
    """How many cells are set in which font."""
    return Counter(str(cell.font.name) for _, cell, _ in book.cells)


def sizes(book: Book) -> Mapping[str, Counter[str]]:
    """How many cells of each kind are set in which size, in points."""
    found: dict[str, Counter[str]] = {}
    for _, cell, value in book.cells:
        found.setdefault(kind_of(cell, value), Counter())[f"{cell.font.sz:g}"] += 1
    return found


# --- tabs ---


def hidden(book: Book) -> Fact:
    """Tabs, rows and columns that a reader does not see, unless an outline folds them."""
    fact = Fact("hidden tabs, rows and columns")
    for sheet in book.sheets:
        lines = [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()]
        count = (sheet.sheet_state != "visible") + sum(
            bool(line.hidden and not line.outlineLevel) for line in lines
        )
        if count:
            fact.count(sheet.title, times=count)
    return fact


def merged(book: Book) -> Fact:
    """Merged areas."""
    return _tabs(book, "merged areas", lambda sheet: len(sheet.merged_cells.ranges))


def comments(book: Book) -> Fact:
    """Cells with a comment."""
    fact = Fact("comments")
    for tab, cell, _ in book.cells:
        if cell.comment is not None:
            fact.count(tab, cell.coordinate)
    return fact


def unfrozen(book: Book) -> Fact:
    """Tabs whose head scrolls away."""
    return _tabs(book, "tabs without frozen panes", lambda sheet: int(not sheet.freeze_panes))


def unfooted(book: Book) -> Fact:
    """Tabs that print without a footer."""
    return _tabs(book, "tabs without a footer", lambda sheet: int(not _footer(sheet)))


def _footer(sheet: Worksheet) -> str:
    foot = sheet.oddFooter
    return "".join(part.text or "" for part in (foot.left, foot.center, foot.right))


def unfitted(book: Book) -> Fact:
    """Tabs that print wider than a page."""
    return _tabs(
        book,
        "tabs not fitted to the width of a page",
        lambda sheet: int(not (sheet.sheet_properties.pageSetUpPr or _NO_FIT).fitToPage),
    )


class _NO_FIT:  # noqa: N801 - stands for what a file does not say
    fitToPage = False  # noqa: N815 - theirs


def charts(book: Book) -> Fact:
    """Native charts."""
    return _tabs(book, "charts", lambda sheet: len(sheet._charts))  # noqa: SLF001


def links_from(book: Book) -> Fact:
    """Jumps from a tab to others."""
    fact = Fact("jumps from the tab")
    for tab, target in _jumps(book):
        if target != tab:
            fact.count(tab)
    return fact


def links_to(book: Book) -> Fact:
    """Jumps to a tab from others."""
    fact = Fact("jumps to the tab")
    for tab, target in _jumps(book):
        if target != tab:
            fact.count(target)
    return fact


def _jumps(book: Book) -> Iterator[tuple[str, str]]:
    for tab, cell, _ in book.cells:
        if cell.hyperlink is not None and cell.hyperlink.location:
            target = cell.hyperlink.location.rpartition("!")[0]
            yield tab, target.strip("'").replace("''", "'")


def _tabs(book: Book, words: str, counted: Callable[[Worksheet], int]) -> Fact:
    fact = Fact(words)
    for sheet in book.sheets:
        if count := counted(sheet):
            fact.count(sheet.title, times=count)
    return fact


def extents(book: Book) -> Mapping[str, str]:
    """How far each tab reaches."""
    return {
        sheet.title: f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
        for sheet in book.sheets
    }


FACTS: Mapping[str, Callable[[Book], Fact]] = {
    "cached_errors": errors,
    "formulas": formulas,
    "literal_formulas": literal_formulas,
    "disguised_constants": disguised_constants,
    "hardcodes": hardcodes,
    "long_formulas": long_formulas,
    "longest_formula": longest,
    "guards": guards,
    "unneeded_guards": unneeded_guards,
    "whole_columns": whole_columns,
    "volatile": volatile,
    "modern_functions": modern,
    "external_links": external,
    "flat_index": flat_index,
    "odd_in_row": odd_ones,
    "wrong_pins": wrong_pins,
    "untyped_texts": untyped_texts,
    "typed_not_blue": typed_not_blue,
    "formula_not_black": formulas_not_black,
    "link_not_green": links_not_green,
    "general_numbers": general_numbers,
    "hidden": hidden,
    "merged": merged,
    "comments": comments,
    "unfrozen": unfrozen,
    "no_footer": unfooted,
    "not_fitted": unfitted,
    "charts": charts,
    "links_from": links_from,
    "links_to": links_to,
}


def facts(path: Path, recalculated: Path | None = None) -> dict[str, Fact]:
    """Return every fact of a workbook by its name; of a recalculated copy only the errors."""
    book = Book(path)
    found = {name: count(book) for name, count in FACTS.items()}
    if recalculated is not None:
        found["recalculated_errors"] = errors(Book(recalculated))
    return found


def spreads(path: Path) -> dict[str, object]:
    """Return what is spread over several values: inks, formats, fonts, sizes, names, extents."""
    book = Book(path)
    calculation = book.formulas.calculation
    return {
        "ink": inks(book),
        "number_formats": formats(book),
        "fonts": fonts(book),
        "sizes": sizes(book),
        "names": len(book.names),
        "iterates": bool(calculation is not None and calculation.iterate),
        "extents": extents(book),
    }


def main(arguments: Iterable[str]) -> int:
    """Print the facts of a workbook as a table or as JSON."""
    parser = argparse.ArgumentParser(description="Count how a report's workbook is made.")
    parser.add_argument("report", type=Path)
    parser.add_argument("--recalculated", type=Path, help="the same, recalculated by a program")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args([*arguments])
    found, spread = facts(asked.report, asked.recalculated), spreads(asked.report)
    if asked.json:
        counted = {
            name: {"total": fact.total, "by_tab": fact.by_tab, "evidence": fact.evidence}
            for name, fact in found.items()
        }
        print(json.dumps({"facts": counted, **spread}, indent=1, ensure_ascii=False))
        return 0
    for name, fact in found.items():
        where = ", ".join(f"{tab} {count}" for tab, count in fact.by_tab.items())
        print(f"{name:20} {fact.total:7,}  {fact.words}: {where or '-'}")
        if fact.evidence and fact.total:
            print(f"{'':30}{', '.join(fact.evidence)}")
    for name, value in spread.items():
        print(f"{name}: {json.dumps(value, ensure_ascii=False)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
