"""What makes Excel offer to repair a workbook, or quietly drop something: found before writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.xlsx.addresses import MAX_COLS, MAX_ROWS, Ref, a1, area_a1, is_web_address
from reportgen.xlsx.text import MAX_TEXT, holds_control_characters, utf16_length

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from reportgen.xlsx.addresses import Area
    from reportgen.xlsx.book import (
        Book,
        Chart,
        ConditionalFormat,
        Link,
        Page,
        Series,
        Sheet,
        Sparklines,
        Style,
        Validation,
    )


MAX_SHEET_NAME = 31
MAX_NAME = 255
MIN_ZOOM, MAX_ZOOM = 10, 400
MAX_WIDTH, MAX_HEIGHT = 255, 409

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_DEFINED_NAME = re.compile(r"[^\W\d][\w.]*")
_LIKE_A_CELL = re.compile(r"[a-z]{1,3}\d+|r\d*c\d*|r\d*|c\d*|true|false", re.IGNORECASE)


def book_problems(book: Book) -> list[str]:
    """A sentence (place, fact, remedy) for everything but the cells that cannot be stored."""
    problems = [*_sheet_list_problems(book), *_name_problems(book), *_property_problems(book)]
    problems += [
        f"style {name!r}: {fact}" for name in book.styles for fact in style_facts(book.styles[name])
    ]
    sheet_names = frozenset(sheet.name for sheet in book.sheets)
    for sheet in book.sheets:
        found = [
            *_merge_problems(sheet.merges),
            *_shape_problems(sheet),
            *furniture_problems(sheet, book.styles, sheet_names),
            *(fact for chart in sheet.charts for fact in chart_problems(chart, sheet_names)),
        ]
        problems += [f"sheet {sheet.name!r}: {fact}" for fact in found]
    return problems


def _sheet_list_problems(book: Book) -> Iterator[str]:
    seen: set[str] = set()
    for sheet in book.sheets:
        yield from (f"sheet {sheet.name!r}: {fact}" for fact in _sheet_name_problems(sheet.name))
        if sheet.name.casefold() in seen:
            yield f"sheet {sheet.name!r}: another sheet has this name; rename one"
        seen.add(sheet.name.casefold())
    if not 0 <= book.active < len(book.sheets):
        yield f"sheet {book.active} is to open first and there are {len(book.sheets)}; choose one"
    elif book.sheets[book.active].hidden:
        name = book.sheets[book.active].name
        yield f"sheet {name!r}: it is to open first and is hidden; show it or open another"


def _sheet_name_problems(name: str) -> Iterator[str]:
    if not name or utf16_length(name) > MAX_SHEET_NAME:
        yield f"a sheet name has 1 to {MAX_SHEET_NAME} characters, this one {utf16_length(name)}"
    if _NOT_IN_SHEET_NAMES.search(name) or name[:1] == "'" or name[-1:] == "'":
        yield "a sheet name has none of [ ] : * ? / \\ and no apostrophe at an end; rename it"
    if holds_control_characters(name):
        yield "a sheet name has no control characters; rename it"
    if name.casefold() == "history":
        yield "Excel keeps this name for itself; rename it"


def _name_problems(book: Book) -> Iterator[str]:
    seen: set[str] = set()
    for name, formula in book.names:
        if not _DEFINED_NAME.fullmatch(name) or len(name) > MAX_NAME:
            yield f"name {name!r}: a name has letters, digits, _ and . and begins with a letter"
        elif _LIKE_A_CELL.fullmatch(name):
            yield f"name {name!r}: it reads as a cell; add a word to it"
        if name.casefold() in seen:
            yield f"name {name!r}: it is given twice; keep one"
        if not formula.startswith("=") or "#REF!" in formula:
            yield f"name {name!r}: {formula!r} points nowhere; give a reference, =Inputs!$C$4"
        seen.add(name.casefold())


def _property_problems(book: Book) -> Iterator[str]:
    properties = book.properties
    for place in ("title", "subject", "author", "company", "comments"):
        text = getattr(properties, place)
        if holds_control_characters(text) or utf16_length(text) > MAX_NAME:
            yield f"document {place}: longer than {MAX_NAME}, or with control characters; change it"


def _merge_problems(merges: tuple[Area, ...]) -> Iterator[str]:
    for index, area in enumerate(merges):
        if area.first_row == area.last_row and area.first_col == area.last_col:
            yield f"{area_a1(area)}: one cell cannot be merged; leave it as it is"
        for other in merges[:index]:
            if _overlap(area, other):
                yield f"{area_a1(area)}: it overlaps the merged {area_a1(other)}; keep one"


def _overlap(one: Area, other: Area) -> bool:
    return (
        one.first_row <= other.last_row
        and other.first_row <= one.last_row
        and one.first_col <= other.last_col
        and other.first_col <= one.last_col
    )


def _shape_problems(sheet: Sheet) -> Iterator[str]:
    yield from color_facts((sheet.tab_color,))
    if not MIN_ZOOM <= sheet.zoom <= MAX_ZOOM:
        yield f"zoom {sheet.zoom} %: Excel zooms from {MIN_ZOOM} to {MAX_ZOOM} %"
    for columns in sheet.column_widths:
        if not (0 <= columns.first <= columns.last < MAX_COLS and 0 <= columns.width <= MAX_WIDTH):
            yield f"columns {columns.first} to {columns.last}: no such columns or width"
    below = 0
    for group in sorted(sheet.groups):
        named = f"rows {group.first + 1} to {group.last + 1}"
        if not 0 <= group.first <= group.last < MAX_ROWS:
            yield f"{named}: no such rows to fold away"
        elif group.first < below:
            yield f"{named}: they share a row with another group; let them follow each other"
        below = group.last + 1
    for row, height in sheet.row_heights.items():
        if not (0 <= row < MAX_ROWS and 0 <= height <= MAX_HEIGHT):
            yield f"row {row + 1}: no such row, or a height of {height} beyond {MAX_HEIGHT} points"


MAX_NUMBER_FORMAT = 255
MAX_FONT_NAME = 31
A_NUMBER_FORMAT = (
    f"a number format: at most 4 sections and {MAX_NUMBER_FORMAT} characters, quotes and brackets"
    " in pairs"
)
A_FONT_NAME = f"the name of a font, of 1 to {MAX_FONT_NAME} characters"
MIN_SIZE, MAX_SIZE = 1, 409
MAX_INDENT = 250

_COLOR = re.compile(r"[0-9A-Fa-f]{6}")
_LITERALS = re.compile(r"\\.|\"[^\"]*\"|\[[^\]\"]*\]|_.|\*.")


def style_facts(style: Style) -> Iterator[str]:
    """A sentence for everything about the style that cannot be stored."""
    yield from color_facts(
        (style.color, style.fill, style.border_top.color, style.border_bottom.color)
    )
    if not is_number_format(style.number_format):
        yield f"{style.number_format!r} is not {A_NUMBER_FORMAT}"
    if not MIN_SIZE <= style.size <= MAX_SIZE:
        yield f"a font has {MIN_SIZE} to {MAX_SIZE} points, not {style.size:g}"
    if not is_font_name(style.font):
        yield f"{style.font!r} is not {A_FONT_NAME}"
    if not 0 <= style.indent <= MAX_INDENT:
        yield f"an indent has 0 to {MAX_INDENT} steps, not {style.indent}"


def color_facts(colors: Iterable[str | None]) -> Iterator[str]:
    """A sentence for each colour that is neither empty nor six hexadecimal digits."""
    for color in colors:
        if color and not _COLOR.fullmatch(color):
            yield f"{color!r} is no colour; give six hexadecimal digits such as 1F3864"


def is_font_name(text: str) -> bool:
    """Whether the format can hold a text as the name of a font."""
    return 0 < len(text) <= MAX_FONT_NAME and not holds_control_characters(text)


def is_number_format(text: str) -> bool:
    """Whether the format can hold a text as a number format."""
    if not 0 < len(text) <= MAX_NUMBER_FORMAT or holds_control_characters(text):
        return False
    bare = _LITERALS.sub("", text)
    return not any(mark in bare for mark in '"[]') and bare.count(";") <= 3  # noqa: PLR2004 - four sections


MAX_LIST = 255
MAX_LINKS = 65_530
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
    linking = {link.row for link in sheet.links}
    taken = {(cell.row, cell.col) for cell in sheet.cells if cell.row in linking}
    for link in sheet.links:
        place = f"link in {a1(link.row, link.col)}"
        yield from (f"{place}: {fact}" for fact in _link_facts(link, taken, sheet_names))
    if len(sheet.links) > MAX_LINKS:
        yield f"{len(sheet.links):,} links, of {MAX_LINKS:,} that a sheet holds; leave some out"
    for group in sheet.sparklines:
        yield from _sparkline_facts(group, sheet_names)
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
    yield from color_facts((rule.color, rule.negative))
    if rule.kind == "formula" and not rule.formula.startswith("="):
        yield "it needs a formula that begins with ="
    if rule.kind == "cell":
        two = rule.criterion in {"between", "not between"}
        if rule.low is None or (rule.high is None) == two:
            yield f"{rule.criterion} needs {'low and high' if two else 'low alone'}"


def _link_facts(
    link: Link, taken: Container[tuple[int, int]], sheet_names: Container[str]
) -> Iterator[str]:
    if isinstance(link.target, str):
        if not (_is_beside(link.target) or is_web_address(link.target)):
            yield (
                f"{link.target[:60]!r} is neither a file beside the workbook nor an https address;"
                " give its path from there"
            )
    elif link.target.sheet not in sheet_names:
        yield f"there is no sheet {link.target.sheet!r} to go to; name one of the book"
    if link.text and (link.row, link.col) in taken:
        yield "a cell with its own content stands there; leave the link's text empty"
    if not link.text and (link.row, link.col) not in taken:
        yield "nothing stands there; give the link a text"
    if utf16_length(link.tip) > MAX_MESSAGE or holds_control_characters(link.tip):
        yield f"its tip is longer than {MAX_MESSAGE} or holds control characters; change it"


def _is_beside(path: str) -> bool:
    """Whether a path leads to a file below the workbook's folder, and nowhere else."""
    parts = path.split("/")
    steps = all(part not in {"", ".", ".."} for part in parts)
    return steps and ":" not in path and "\\" not in path and path.isprintable()


def _sparkline_facts(group: Sparklines, sheet_names: Container[str]) -> Iterator[str]:
    if not group.lines:
        yield "a group of sparklines has none; leave it out"
    yield from color_facts((group.color, group.last))
    for line in group.lines:
        if line.values.sheet not in sheet_names or not _length(line.values):
            yield (
                f"sparkline in {a1(line.row, line.col)}: its values are one row or one column of a"
                " sheet of the book"
            )


def _page_facts(page: Page) -> Iterator[str]:
    for place, text in (("header", page.header), ("footer", page.footer)):
        if utf16_length(text) > MAX_MESSAGE or holds_control_characters(text):
            yield f"{place}: longer than {MAX_MESSAGE}, or with control characters; change it"
    if not page.fit and not MIN_SCALE <= page.scale <= MAX_SCALE:
        yield f"print scale {page.scale} %: Excel prints at {MIN_SCALE} to {MAX_SCALE} %"


MAX_SERIES = 255


def chart_problems(chart: Chart, sheet_names: Container[str]) -> Iterator[str]:
    """A sentence for everything about the chart that is wrong."""
    title = chart.title if isinstance(chart.title, str) else f"in row {chart.anchor[0] + 1}"
    yield from (f"chart {title!r}: {fact}" for fact in _facts(chart, sheet_names))


def _facts(chart: Chart, sheet_names: Container[str]) -> Iterator[str]:
    series = (*chart.series, *chart.overlay)
    if not chart.series or len(series) > MAX_SERIES:
        yield f"a chart has 1 to {MAX_SERIES} series, this one {len(series)}"
    if chart.overlay and chart.kind in ("bar", "stacked_bar", "scatter"):
        yield f"lines over a {chart.kind} chart are drawn differently by programs; use columns"
    if chart.y2_axis and not any(line.secondary for line in chart.overlay):
        yield "it has a second axis and no line of the overlay uses it"
    if any(line.secondary for line in chart.series):
        yield "only a line of the overlay can use the second axis"
    for sheet in sorted({ref.sheet for ref in _refs(chart) if ref.sheet not in sheet_names}):
        yield f"there is no sheet {sheet!r}; refer to one of the book"
    look = chart.look
    yield from color_facts((look.ink, look.muted, look.axis, look.grid, look.border))
    for one in series:
        yield from _series_facts(one)
    if not chart.alt_text or holds_control_characters(chart.alt_text):
        yield "its alternative text is empty or holds control characters; say what it shows"


def _refs(chart: Chart) -> Iterator[Ref]:
    texts = [chart.title, chart.x_axis.title, chart.y_axis.title]
    texts += [chart.y2_axis.title] if chart.y2_axis else []
    for series in (*chart.series, *chart.overlay):
        texts.append(series.name)
        yield series.values
        if series.categories:
            yield series.categories
    yield from (text for text in texts if isinstance(text, Ref))


def _series_facts(series: Series) -> Iterator[str]:
    label, marker = series.labels, series.marker
    yield from color_facts((series.color, series.border, *series.point_colors))
    yield from color_facts((label.color,) if label else ())
    yield from color_facts((marker.color, marker.fill) if marker else ())
    count = _length(series.values)
    name = series.name if isinstance(series.name, str) else f"of {series.name.sheet}"
    if not count or (series.categories and not _length(series.categories)):
        yield f"series {name!r}: its values are one row or one column"
    elif series.categories and _length(series.categories) != count:
        yield f"series {name!r}: {count} values and {_length(series.categories)} categories"
    if series.labels and series.labels.kind == "custom" and len(series.labels.texts) != count:
        yield f"series {name!r}: {count} values and {len(series.labels.texts)} labels"
    if len(series.point_colors) > count:
        yield f"series {name!r}: {count} values and {len(series.point_colors)} colours"


def _length(ref: Ref) -> int:
    """How many cells stand in the row or column; 0 if it is neither."""
    rows, cols = ref.last_row - ref.first_row + 1, ref.last_col - ref.first_col + 1
    return max(rows, cols) if min(rows, cols) == 1 else 0
