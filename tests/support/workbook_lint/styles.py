"""Faults of number formats and conditional formats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.workbook_lint.book import MAIN, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.workbook_lint.book import Book

LONGEST_FORMAT = 255
MOST_SECTIONS = 4

_QUOTED = re.compile(r'"[^"]*"')
# A backslash shows the next character, an underscore leaves its width, an asterisk repeats it.
_ESCAPED = re.compile(r"[\\_*].")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


def style_faults(book: Book) -> Iterator[Finding]:
    """Number formats that Excel cannot read, and conditional formats that point to none."""
    for node in book.styles.iter(f"{MAIN}numFmt"):
        code = node.get("formatCode", "")
        if fault := _format_fault(code):
            yield Finding("number format", f"format {node.get('numFmtId')}", f"{code!r} {fault}")
    formats = len(book.styles.findall(f"{MAIN}dxfs/{MAIN}dxf"))
    for sheet in book.sheets:
        for rule in sheet.root.iterfind(f"{MAIN}conditionalFormatting/{MAIN}cfRule[@dxfId]"):
            if int(rule.get("dxfId", "0")) >= formats:
                place = sheet.at(f"priority {rule.get('priority')}")
                yield Finding("conditional format", place, f"no format {rule.get('dxfId')}")


def _format_fault(code: str) -> str | None:
    bare = _QUOTED.sub("", _ESCAPED.sub("", code))
    if '"' in bare:
        return "has an odd number of quotes"
    unbracketed = _BRACKETED.sub("", bare)
    if set(unbracketed) & set("[]"):
        return "has an unclosed bracket"
    if unbracketed.count(";") >= MOST_SECTIONS:
        return f"has more than {MOST_SECTIONS} sections"
    if not code or len(code) > LONGEST_FORMAT:
        return f"is not 1 to {LONGEST_FORMAT} characters long"
    return None
