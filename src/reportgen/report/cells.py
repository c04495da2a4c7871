"""Print finished tabs as sheets of cells: formulas with their cached values."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import At, Call, Kind, Line, Op, Unit
from reportgen.report.copies import Block, with_signs
from reportgen.report.formulas import expression_block, line_formulas
from reportgen.report.theme import BLACK, GREEN, ON_DARK, TYPED
from reportgen.xlsx.addresses import a1
from reportgen.xlsx.book import PLAIN_PAGE, Cell, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.expr.numeric import Array
    from reportgen.report.placement import Places
    from reportgen.report.tab import Placed, Tab, View

NOT_AVAILABLE = "n/a"
# What shows another tab's cell as it is, and the looks that then turn green
_PURE_LINK = re.compile(r"=(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!\$?[A-Z]{1,3}\$?[1-9]\d*")
# What says one text for good needs no formula
_CONSTANT_TEXT = re.compile(r'="(?:[^"]|"")+"')
_AS_LINK = {
    "calc": "link",
    "calc_indent": "link_indent",
    "calc_top": "link_top",
    "calc_wrap": "link_wrap",
    "grid": "link_center",
    "helper": "link_small",
    "code": "link_center",
    "output": "output_link",
    "right": "link_right",
    "small": "link_small",
    "total": "link_total",
}
_NOT_TYPED = {
    "input": "calc",
    "input_code": "code",
    "input_code_top": "code_top",
    "input_top": "calc_top",
    "input_wrap": "calc_wrap",
}


def shown(values: Array, *, typed: bool) -> list[float | str | None]:
    """Return values as a cell holds them: n/a in a formula, blank where typed."""
    absent = None if typed else NOT_AVAILABLE
    cells: list[float | str | None] = np.asarray(values).ravel().tolist()
    if values.dtype == object:
        return [None if typed and cell == "" else cell for cell in cells]
    return [absent if cell != cell else cell for cell in cells]  # noqa: PLR0124 - NaN


def is_drawn(line: Line, places: Places) -> bool:
    """Return whether a line is drawn by a chart: its cells are empty where nothing is drawn."""
    exprs = places.links.get(line, () if line.expr is None else (line.expr,))
    return any(isinstance(expr, Call) and expr.op is Op.PLOTTED for expr in exprs)


def look_of(line: Line, sheet: str, places: Places) -> str:
    """Return the conventional look of a line's cells: input, override, link or calculation."""
    if line in places.constants:
        return "calc"
    if line.expr is None:
        return "override" if line.kind is Kind.OVERRIDE else "input"
    if isinstance(line.expr, Line | At):
        read = line.expr if isinstance(line.expr, Line) else line.expr.line
        return "link" if places.lines[read].sheet != sheet else "calc"
    return "calc"


def style(look: str, unit: Unit) -> str:
    """Return the name of the style for a look and a unit."""
    return look if "." in look else f"{look}.{unit.name.lower()}"


class Part(NamedTuple):
    """The cells of a line on a tab, and which of them have one formula."""

    cells: Iterable[Cell]
    blocks: Iterable[Block] = ()


def sheet_cells(tab: Tab, values: Mapping[Line, Array], *, copied: bool) -> list[Cell]:
    """Return every cell of a tab; a band of blank texts gives way to what stands on it.

    `copied` says whether people copy along formulas there, so that their signs matter.
    """
    cells: list[Cell] = []
    blocks: list[Block] = []
    placed = (_placed(part, tab, values) for part in tab.placed)
    for part in chain(placed, (_view(view, tab, values) for view in tab.views)):
        if copied:
            blocks.extend(block.listed_from(len(cells)) for block in part.blocks if block.at)
        cells.extend(part.cells)
    cells = with_signs(cells, blocks)
    texts = {(words.row, words.col): words for words in tab.words}
    bands = {row for row, _, text, _ in texts.values() if not text}
    taken = {(cell.row, cell.col) for cell in cells if cell.row in bands} if bands else ()
    words = [
        Cell(row, col, text or None, "", look)
        for place, (row, col, text, look) in texts.items()
        if text or place not in taken
    ]
    return [*words, *cells, *tab.cells]


def _placed(placed: Placed, tab: Tab, values: Mapping[Line, Array]) -> Part:
    line = placed.line
    if line in tab.places.constants:
        return Part(_constants(placed, tab, values[line]))
    typed = line.expr is None
    formulas, blocks = ([""] * placed.rows.size, ()) if typed else _formulas(line, tab)
    look = style(placed.look or look_of(line, tab.name, tab.places), line.unit)
    cells = shown(values[line], typed=typed)
    if is_drawn(line, tab.places):
        # A chart takes any text for a zero, and an error value is no sight for a reader.
        formulas = [
            "" if cell == NOT_AVAILABLE else formula
            for cell, formula in zip(cells, formulas, strict=True)
        ]
        cells = shown(values[line], typed=True)
    return Part(placed_cells(placed.rows, placed.cols, cells, formulas, look), blocks)


def _constants(placed: Placed, tab: Tab, values: Array) -> Iterable[Cell]:
    """Yield the cells of a line that comes to one value for good, each that value as a formula.

    A blank that nobody can type into is n/a, or no text. A number of a row counts on from the one
    before it, for formulas hold no numbers of their own.
    """
    cells = list(shown(values, typed=False))
    look = style(placed.look or look_of(placed.line, tab.name, tab.places), placed.line.unit)
    places = zip(placed.rows.ravel().tolist(), placed.cols.ravel().tolist(), strict=True)
    before = ["", *(a1(row, col) for row, col in places)]
    formulas = [
        f"={address}+1" if _counts_on(cells, at) else f"={_literal(cells[at])}"
        for at, address in enumerate(before[: len(cells)])
    ]
    return placed_cells(placed.rows, placed.cols, cells, formulas, look)


def _counts_on(values: Sequence[float | str | None], at: int) -> bool:
    """Return whether a value is one more than the one before, and no number that needs none."""
    here, before = values[at], values[at - 1] if at else None
    return isinstance(here, float) and isinstance(before, float) and here == before + 1 > 1


def _literal(value: float | str | None) -> str:
    """Return a value as a formula says it."""
    if isinstance(value, float):
        return f"{value:.17g}"
    return '"' + str(value).replace('"', '""') + '"'


def _formulas(line: Line, tab: Tab) -> tuple[list[str], Iterable[Block]]:
    """Return the formulas of a line's cells, and which of them one template makes."""
    if line in tab.places.links:
        cells = tab.places.links[line]
        links = [expression_block(cell, at, tab.name, tab.places) for at, cell in enumerate(cells)]
        return [formula for block in links for formula in block.formulas()], links
    texts, blocks = line_formulas(line, tab.places)
    return texts.ravel().tolist(), blocks


def copied(line: Line, address: str) -> str:
    """Return the formula that shows a cell of a line: a typed one may be blank, which is not 0."""
    if line.expr is not None:
        return f"={address}"
    if line.unit is Unit.TEXT:
        return f'={address}&""'
    return f'=IF(ISNUMBER({address}),{address},"n/a")'


def _view(view: View, tab: Tab, values: Mapping[Line, Array]) -> Part:
    source = tab.places.lines[view.line]
    addresses = tab.places.home(view.line, tab.name)[view.part]
    texts = np.asarray(addresses, dtype=object).ravel().tolist()
    text = copied(view.line, "%s")
    block = Block(text[1:], [texts] * text.count("%s"), range(len(texts)))
    look = style(view.look or ("calc" if source.sheet == tab.name else "link"), view.line.unit)
    picked = np.asarray(values[view.line][view.part])
    cells = placed_cells(view.rows, view.cols, shown(picked, typed=False), block.formulas(), look)
    return Part(cells, (block,))


def placed_cells(
    rows: Array,
    cols: Array,
    values: Sequence[float | str | None],
    formulas: Sequence[str],
    look: str,
) -> Iterable[Cell]:
    """Return cells in a look; a formula that only shows another tab's cell has that of a link."""
    return map(
        Cell._make,
        zip(
            rows.ravel().tolist(),
            cols.ravel().tolist(),
            values,
            ["" if _is_constant_text(formula) else formula for formula in formulas],
            _looks_of_cells(look, formulas, values),
            strict=True,
        ),
    )


def _is_constant_text(formula: str) -> bool:
    return formula.startswith('="') and _CONSTANT_TEXT.fullmatch(formula) is not None


def _is_link(formula: str) -> bool:
    return "!" in formula and _PURE_LINK.fullmatch(formula) is not None


def _looks_of_cells(
    style_name: str, formulas: Sequence[str], values: Sequence[float | str | None]
) -> list[str]:
    """Return the style of each cell in the ink of what it holds."""
    inks = _inks(style_name)
    return [
        (inks.link if _is_link(formula) else inks.formula)
        if formula
        else inks.figure
        if isinstance(value, float)
        else inks.typed
        for formula, value in zip(formulas, values, strict=True)
    ]


class _Inks(NamedTuple):
    """A style in the ink of what a cell may hold: what is typed, a formula, a link to a tab."""

    typed: str
    figure: str
    formula: str
    link: str


@cache
def _inks(style_name: str) -> _Inks:
    look, dot, unit = style_name.partition(".")
    if look in ON_DARK:
        return _Inks(*[style_name] * 4)
    if look in TYPED:
        figure, formula = style_name, f"{_NOT_TYPED.get(look, look)}{dot}{unit}"
    else:
        figure = f"{style_name}:input"
        formula = style_name if look in BLACK or look in GREEN else f"{style_name}:calc"
    link = f"{_AS_LINK[look]}{dot}{unit}" if look in _AS_LINK else inked(style_name, "link")
    return _Inks(style_name, figure, formula, link)


def inked(style_name: str, ink: str) -> str:
    """Return a style in the ink of a look such as `link`, unless it is that already."""
    look = style_name.partition(".")[0]
    return style_name if look in GREEN and ink == "link" else f"{style_name}:{ink}"


def printed(tab: Tab, cells: tuple[Cell, ...]) -> Sheet:
    """Return a tab as a sheet of those cells."""
    return Sheet(
        tab.name,
        cells,
        column_widths=tuple(tab.widths),
        row_heights=tab.heights,
        groups=tuple(tab.groups),
        merges=tuple(tab.merges),
        freeze=tab.freeze,
        filter=tab.filter,
        validations=tuple(tab.validations),
        conditional_formats=tuple(tab.conditional_formats),
        charts=tuple(build(tab.places) for build in tab.charts),
        links=tuple(tab.links),
        comments=tuple(tab.comments),
        page=tab.page or PLAIN_PAGE,
        tab_color=tab.tab_color,
        zoom=tab.zoom,
    )
