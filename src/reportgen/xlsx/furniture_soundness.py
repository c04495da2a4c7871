"""Rules, links, notes and print set-up of a sheet that Excel would refuse or drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.places import a1, area_a1
from reportgen.xlsx.style_soundness import color_facts
from reportgen.xlsx.text import MAX_TEXT, holds_control_characters, utf16_length

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from reportgen.xlsx.book import Sheet
    from reportgen.xlsx.furniture import ConditionalFormat, Link, Page, Validation

MAX_LIST = 255
MAX_MESSAGE = 255
MAX_MESSAGE_TITLE = 32
MIN_SCALE, MAX_SCALE = 10, 400


def furniture_problems(
    sheet: Sheet, styles: Container[str], sheet_names: Container[str]
) -> Iterator[str]:
    """A sentence for everything on the sheet, besides cells and charts, that cannot be stored."""
    for validation in sheet.validations:
        place = f"validation of {_where(validation)}"
        yield from (f"{place}: {fact}" for fact in _validation_facts(validation))
    for rule in sheet.conditional_formats:
        place = f"conditional format of {_where(rule)}"
        yield from (f"{place}: {fact}" for fact in _rule_facts(rule, styles))
    taken = {(cell.row, cell.col) for cell in sheet.cells} if sheet.links else set()
    for link in sheet.links:
        place = f"link in {a1(link.row, link.col)}"
        yield from (f"{place}: {fact}" for fact in _link_facts(link, taken, sheet_names))
    for comment in sheet.comments:
        if utf16_length(comment.text) > MAX_TEXT:
            yield (
                f"note on {a1(comment.row, comment.col)}: {len(comment.text):,} characters, of"
                f" {MAX_TEXT:,} that fit; shorten it"
            )
    yield from _page_facts(sheet.page)


def _where(ruled: Validation | ConditionalFormat) -> str:
    return " ".join(map(area_a1, ruled.ranges)) or "nothing"


def _validation_facts(validation: Validation) -> Iterator[str]:
    if not validation.ranges:
        yield "it covers no cell; give its ranges"
    if validation.kind == "list":
        yield from _list_facts(validation)
    elif validation.kind == "custom":
        if not validation.formula.startswith("="):
            yield "a custom rule needs a formula that begins with ="
    else:
        yield from _bound_facts(validation)
    yield from _message_facts(validation)


def _bound_facts(validation: Validation) -> Iterator[str]:
    if validation.low is None and validation.high is None:
        yield "it has no bound; give low, high or both"
    elif validation.exclusive and None not in (validation.low, validation.high):
        yield "two exclusive bounds cannot be stored; use a custom formula"


def _message_facts(validation: Validation) -> Iterator[str]:
    for title in (validation.error_title, validation.input_title):
        if utf16_length(title) > MAX_MESSAGE_TITLE:
            yield f"the title {title!r} is longer than {MAX_MESSAGE_TITLE} characters; shorten it"
    for message in (validation.error_message, validation.input_message):
        if utf16_length(message) > MAX_MESSAGE:
            yield f"the message {message[:40]!r}... is longer than {MAX_MESSAGE}; shorten it"
    texts = (validation.error_title, validation.input_title, *validation.items)
    if any(map(holds_control_characters, (*texts, validation.error_message))):
        yield "its texts hold control characters; remove them"


def _list_facts(validation: Validation) -> Iterator[str]:
    if bool(validation.items) == bool(validation.formula):
        yield "a list has either items or a formula"
    if utf16_length(",".join(validation.items)) > MAX_LIST:
        yield f"its items are longer than {MAX_LIST} characters; put them in cells, give those"
    if any("," in item for item in validation.items):
        yield "an item holds a comma, which would split it; put the items in cells"


def _rule_facts(rule: ConditionalFormat, styles: Container[str]) -> Iterator[str]:
    if not rule.ranges:
        yield "it covers no cell; give its ranges"
    if rule.kind != "data_bar" and rule.style not in styles:
        yield f"there is no style {rule.style!r}; define it in the book"
    yield from color_facts((rule.color,))
    if rule.kind == "formula" and not rule.formula.startswith("="):
        yield "it needs a formula that begins with ="
    if rule.kind == "cell":
        two = rule.criterion in ("between", "not between")
        if rule.low is None or (rule.high is None) == two:
            yield f"{rule.criterion} needs {'low and high' if two else 'low alone'}"


def _link_facts(
    link: Link, taken: Container[tuple[int, int]], sheet_names: Container[str]
) -> Iterator[str]:
    if link.target.sheet not in sheet_names:
        yield f"there is no sheet {link.target.sheet!r} to go to; name one of the book"
    if link.text and (link.row, link.col) in taken:
        yield "a cell with its own content stands there; leave the link's text empty"
    if not link.text and (link.row, link.col) not in taken:
        yield "nothing stands there; give the link a text"
    if utf16_length(link.tip) > MAX_MESSAGE or holds_control_characters(link.tip):
        yield f"its tip is longer than {MAX_MESSAGE} or holds control characters; change it"


def _page_facts(page: Page) -> Iterator[str]:
    for place, text in (("header", page.header), ("footer", page.footer)):
        if utf16_length(text) > MAX_MESSAGE or holds_control_characters(text):
            yield f"{place}: longer than {MAX_MESSAGE}, or with control characters; change it"
    if not page.fit and not MIN_SCALE <= page.scale <= MAX_SCALE:
        yield f"print scale {page.scale} %: Excel prints at {MIN_SCALE} to {MAX_SCALE} %"
