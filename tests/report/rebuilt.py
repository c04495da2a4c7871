"""Reports of a case that a test has changed, and workbooks that somebody has edited."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.model.case.build import build_case
from reportgen.model.last_month import LastMonth
from reportgen.model.report_question import answer, ask
from reportgen.report.assemble import lay_out
from reportgen.report.context import Context
from reportgen.report.tabs.catalogue import add_shown_lines
from reportgen.report.theme import load_theme
from reportgen.xlsx.references import Corner, Reference, parse_formula, print_formula
from tests.report.conftest import AS_OF, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.solve import Solved
    from reportgen.facts.pack import Pack
    from reportgen.model.case.record import Case
    from reportgen.model.question import Question
    from reportgen.xlsx.book import Book, Cell, Sheet

Given = dict["Line", "Array"]


class Built(NamedTuple):
    """A report with the case that it was made from."""

    case: Case
    solved: Solved
    book: Book


def pack_of(name: str) -> Pack:
    inputs = ROOT / "inputs" if name == "baba" else ROOT / "tests/packs" / name / "inputs"
    (ticker,) = (folder.name for folder in inputs.iterdir() if (folder / "company.yaml").exists())
    return pack_at(read_pack(ticker, inputs), AS_OF)


def question_of(pack: Pack, change: Callable[[Given], None] = lambda _: None) -> Question:
    """The question of a full report about a pack whose given values were changed."""
    case = build_case(pack, load_policy())
    given = {line: values.copy() for line, values in case.given.items()}
    change(given)
    question = ask(replace(case, given=given), LastMonth(float("nan"), None))
    add_shown_lines(question, pack)
    return question


@cache
def context_of(name: str) -> Context:
    """What the tabs of a pack are laid out from."""
    pack = pack_of(name)
    question = question_of(pack)
    return Context(pack, load_policy(), question, answer(question), load_theme())


def rebuilt(pack: Pack, change: Callable[[Given], None] = lambda _: None) -> Built:
    """The report of a pack whose given values were changed."""
    question = question_of(pack, change)
    solved = answer(question)
    context = Context(pack, load_policy(), question, solved, load_theme())
    return Built(question.case, solved, lay_out(context).book)


def frozen(book: Book) -> Book:
    """The book with values only but for its Registry: as much as reading it back needs."""
    return replace(
        book,
        sheets=tuple(sheet if sheet.name == "Registry" else _still(sheet) for sheet in book.sheets),
    )


def _still(sheet: Sheet) -> Sheet:
    cells = tuple(cell._replace(formula="") for cell in sheet.cells)
    return replace(sheet, cells=cells, charts=(), validations=(), conditional_formats=())


def with_cells(book: Book, name: str, cells: Iterable[Cell]) -> Book:
    """The book with some cells of a tab typed over."""
    new = {(cell.row, cell.col): cell for cell in cells}

    def edited(sheet: Sheet) -> Sheet:
        kept = (cell for cell in sheet.cells if (cell.row, cell.col) not in new)
        return replace(sheet, cells=(*kept, *new.values()))

    return replace(
        book, sheets=tuple(edited(sheet) if sheet.name == name else sheet for sheet in book.sheets)
    )


def with_row_inserted(book: Book, name: str, at: int) -> Book:
    """A frozen book after a row was inserted on a tab, its Registry rewritten as Excel does."""

    def pushed(cell: Cell) -> Cell:
        return cell._replace(row=cell.row + (cell.row >= at))

    def edited(sheet: Sheet) -> Sheet:
        if sheet.name == name:
            return replace(sheet, cells=tuple(map(pushed, sheet.cells)), merges=())
        if sheet.name == "Registry":
            cells = (
                cell._replace(formula=_moved(cell.formula, name, at)) if cell.formula else cell
                for cell in sheet.cells
            )
            return replace(sheet, cells=tuple(cells))
        return sheet

    return replace(book, sheets=tuple(map(edited, book.sheets)))


def _moved(formula: str, name: str, at: int) -> str:
    def corner(found: Corner) -> Corner:
        return found._replace(row=(found.row or 0) + ((found.row or 0) >= at))

    return print_formula(
        piece._replace(first=corner(piece.first), last=piece.last and corner(piece.last))
        if isinstance(piece, Reference) and piece.sheet == name
        else piece
        for piece in parse_formula(formula)
    )
