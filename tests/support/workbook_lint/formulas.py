"""Faults of formulas, wherever they stand: cells, names, validations, conditions, charts."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

import formualizer
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import FORMULAE

from tests.support.workbook_lint.book import CHART, MAIN, Finding
from tests.support.workbook_lint.places import area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.workbook_lint.book import Book

LONGEST_FORMULA = 8_192
VOLATILE = {"CELL", "INDIRECT", "INFO", "NOW", "OFFSET", "RAND", "RANDBETWEEN", "TODAY"}
# Factors that say themselves what they are: none, one, half, months, percent, thousands.
PLAIN_NUMBERS = {0, 1, 2, 12, 100, 1000}

_QUALIFIED = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(.+)", re.DOTALL)
_EXTERNAL = re.compile(r"'?(?:[^'!]*)\[\d+\]")
_SOME_ROW = re.compile(r"(?<![\w.'])(\$?[A-Z]{1,3}\$?)[1-9][0-9]{0,5}(?![\w.('!])")
_TABLE = re.compile(r"([^\[\]]+)\[.*\]", re.DOTALL)


class Formula(NamedTuple):
    """A formula as stored, without the leading =, and where it stands; `scope` is its sheet."""

    place: str
    text: str
    scope: int | None


class Names(NamedTuple):
    """What a formula may refer to, in lower case; a name with its scope (None: the workbook)."""

    sheets: frozenset[str]
    defined: frozenset[tuple[str, int | None]]
    tables: frozenset[str]


def formula_faults(book: Book) -> Iterator[Finding]:
    """Formulas that Excel cannot parse, or that name a sheet, name or function it does not know."""
    names = Names(
        frozenset(sheet.name.lower() for sheet in book.sheets),
        frozenset((defined.name.lower(), defined.scope) for defined in book.names),
        frozenset(
            table.get("displayName", "").lower() for sheet in book.sheets for table in sheet.tables
        ),
    )
    for formula in _formulas(book):
        yield from _faults(formula, names)


def house_faults(book: Book, longest_formula: int) -> Iterator[Finding]:
    """What is valid in Excel but not wanted in a report of ours."""
    for place, text, _ in _formulas(book):
        if len(text) > longest_formula:
            yield Finding("long formula", place, f"{len(text)} characters")
        for rule, what in _broken(_in_first_row(text)):
            yield Finding(rule, place, what)
    for sheet in book.sheets:
        for cell in sheet.root.iter(f"{MAIN}c"):
            value = cell.findtext(f"{MAIN}v")
            if cell.get("t") == "e":
                yield Finding("error value", sheet.at(cell.get("r", "")), str(value))
            if cell.find(f"{MAIN}f") is not None and value is None:
                yield Finding("no cached value", sheet.at(cell.get("r", "")), "only a formula")


def _formulas(book: Book) -> Iterator[Formula]:
    for scope, sheet in enumerate(book.sheets):
        for cell in sheet.root.iter(f"{MAIN}c"):
            if text := cell.findtext(f"{MAIN}f"):
                yield Formula(sheet.at(cell.get("r", "")), text, scope)
        for tag in ("formula", "formula1", "formula2"):
            for node in sheet.root.iter(f"{MAIN}{tag}"):
                above = node.getparent()
                while above is not None and above.get("sqref") is None:
                    above = above.getparent()
                place = "" if above is None else above.get("sqref", "")
                yield Formula(sheet.at(place), node.text or "", scope)
    for defined in book.names:
        yield Formula(f"name {defined.name}", defined.formula, defined.scope)
    for part, chart in book.charts.items():
        for node in chart.iter(f"{CHART}f"):
            yield Formula(part, node.text or "", None)


def _in_first_row(text: str) -> str:
    """A formula with every row put to the first: then most of a column are one and the same."""
    return _SOME_ROW.sub(r"\g<1>1", text)


@functools.cache
def _tokens(text: str) -> tuple[Token, ...] | None:
    """The tokens of a formula; None if it cannot be parsed."""
    try:
        formualizer.parse(f"={text}")
    except formualizer.ParserError:
        return None
    return tuple(Tokenizer(f"={text}").items)


def _faults(formula: Formula, names: Names) -> Iterator[Finding]:
    place, text, _ = formula
    if len(text) > LONGEST_FORMULA:
        yield Finding("formula", place, f"{len(text)} characters, more than {LONGEST_FORMULA}")
    if (tokens := _tokens(_in_first_row(text))) is None:
        yield Finding("formula", place, f"{text!r} cannot be parsed")
        return
    for token in tokens:
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            name = _function(token)
            if name not in FORMULAE and not name.startswith("_XLFN."):
                yield Finding("function", place, f"{name} is unknown or lacks its _xlfn. prefix")
        elif token.type == Token.OPERAND and token.subtype == Token.ERROR:
            yield Finding("lost reference", place, f"{token.value} in {text!r}")
        elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
            yield from _reference(token.value, formula, names)


def _function(token: Token) -> str:
    # The tokenizer takes A1:INDEX( for one function.
    return str(token.value).rstrip("(").rpartition(":")[2].strip().upper()


def _reference(text: str, formula: Formula, names: Names) -> Iterator[Finding]:
    target = text
    if qualified := _QUALIFIED.fullmatch(text):
        quoted, bare, target = qualified.groups()
        for sheet in [quoted.replace("''", "'")] if quoted else bare.split(":"):
            if sheet.lower() not in names.sheets and not _EXTERNAL.match(text):
                yield Finding("unknown sheet", formula.place, f"{text} names no sheet")
    if cells := area(target):
        if not cells.on_sheet():
            yield Finding("formula", formula.place, f"{text} lies beyond the sheet")
    elif table := _TABLE.fullmatch(target):
        if table[1].lower() not in names.tables:
            yield Finding("unknown name", formula.place, f"{text} names no table")
    elif qualified is None and not names.defined & {
        (target.lower(), formula.scope),
        (target.lower(), None),
    }:
        yield Finding("unknown name", formula.place, f"{text} is neither a cell nor a name")


@functools.cache
def _broken(text: str) -> tuple[tuple[str, str], ...]:
    """The rules of the house that a formula breaks, each with what breaks it."""
    return tuple(rule for token in _tokens(text) or () for rule in _broken_by(token))


def _broken_by(token: Token) -> Iterator[tuple[str, str]]:
    if token.type == Token.FUNC and token.subtype == Token.OPEN and _function(token) in VOLATILE:
        yield "volatile", _function(token)
    if token.type != Token.OPERAND:
        return
    if token.subtype == Token.NUMBER and float(token.value) not in PLAIN_NUMBERS:
        yield "constant", token.value
    if token.subtype == Token.RANGE and _EXTERNAL.match(token.value):
        yield "external link", token.value
