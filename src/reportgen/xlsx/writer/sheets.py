"""What a sheet carries besides cells, put on a worksheet of XlsxWriter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.url import Url

from reportgen.xlsx.addresses import Ref, a1, area_a1, is_web_address, ref_a1
from reportgen.xlsx.writer.fast import FileUrl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from reportgen.xlsx.addresses import Area
    from reportgen.xlsx.book import (
        ConditionalFormat,
        Link,
        Page,
        Sheet,
        Sparklines,
        Style,
        Validation,
    )

    Options = dict[str, Any]


_BORDERS = {"thin": 1, "medium": 2, "hair": 7}
_NOTE_WIDTH = 260
_NOTE_LINE = 44
_NOTE_LINE_HEIGHT = 17


def format_properties(style: Style) -> Options:
    """The style as properties of an XlsxWriter format; what is default stays unsaid."""
    properties: Options = {"font_name": style.font, "font_size": style.size}
    wanted: Options = {
        "num_format": "" if style.number_format == "General" else style.number_format,
        "font_color": style.color and f"#{style.color}",
        "bg_color": style.fill and f"#{style.fill}",
        "bold": style.bold,
        "italic": style.italic,
        "underline": style.underline,
        "align": style.align,
        "valign": style.valign,
        "indent": style.indent,
        "text_wrap": style.wrap,
    }
    properties |= {name: wish for name, wish in wanted.items() if wish}
    for side, border in (("top", style.border_top), ("bottom", style.border_bottom)):
        if border.weight != "none":
            properties[side] = _BORDERS[border.weight]
            properties[f"{side}_color"] = f"#{border.color}"
    if not style.locked:
        properties["locked"] = False
    return properties


def furnish(worksheet: Worksheet, sheet: Sheet, formats: Mapping[str, Format]) -> None:
    """Put everything but cells and charts of `sheet` on `worksheet`."""
    _shape(worksheet, sheet)
    for validation in sheet.validations:
        _validate(worksheet, validation)
    for rule in sheet.conditional_formats:
        first = rule.ranges[0]
        worksheet.conditional_format(*first, _rule(rule, formats) | _several(rule.ranges))
    for link in sheet.links:
        _link(worksheet, link)
    for group in sheet.sparklines:
        worksheet.add_sparkline(group.lines[0].row, group.lines[0].col, _sparklines(group))
    for comment in sheet.comments:
        worksheet.write_comment(comment.row, comment.col, comment.text, _note_box(comment.text))
    if sheet.ignored_errors:
        worksheet.ignore_errors(
            {
                ignored.kind: " ".join(map(area_a1, ignored.ranges))
                for ignored in sheet.ignored_errors
            }
        )
    _print_setup(worksheet, sheet.page)


def _shape(worksheet: Worksheet, sheet: Sheet) -> None:
    worksheet.hide_gridlines(2)
    for columns in sheet.column_widths:
        worksheet.set_column(columns.first, columns.last, columns.width)
    grouped = {row for group in sheet.groups for row in range(group.first, group.last + 1)}
    for row in sorted(grouped | sheet.row_heights.keys()):
        options: Options = {"level": 1} if row in grouped else {}
        worksheet.set_row(row, sheet.row_heights.get(row), None, options)
    if sheet.groups:
        worksheet.outline_settings(symbols_below=False)
    for area in sheet.merges:
        worksheet.merge_range(*area, "")
    if sheet.freeze:
        worksheet.freeze_panes(*sheet.freeze)
    if sheet.filter:
        worksheet.autofilter(*sheet.filter)
    if sheet.tab_color:
        worksheet.set_tab_color(f"#{sheet.tab_color}")
    if sheet.zoom != 100:  # noqa: PLR2004 - percent
        worksheet.set_zoom(sheet.zoom)
    if sheet.hidden:
        worksheet.hide()


def _several(ranges: tuple[Area, ...]) -> Options:
    return {"multi_range": " ".join(map(area_a1, ranges))} if len(ranges) > 1 else {}


def _validate(worksheet: Worksheet, validation: Validation) -> None:
    options: Options = {
        "validate": validation.kind,
        "error_type": validation.severity,
        "error_title": validation.error_title,
        "error_message": validation.error_message,
        "input_title": validation.input_title,
        "input_message": validation.input_message,
    }
    options = {name: option for name, option in options.items() if option}
    if validation.kind in {"list", "custom"}:
        options["value"] = list(validation.items) or validation.formula
    else:
        options |= _bounds(validation)
    first, *others = validation.ranges
    if others:
        options["other_cells"] = [list(area) for area in others]
    worksheet.data_validation(*first, options)


def _bounds(validation: Validation) -> Options:
    low, high = validation.low, validation.high
    if low is not None and high is not None:
        return {"criteria": "between", "minimum": low, "maximum": high}
    if low is not None:
        return {"criteria": ">" if validation.exclusive else ">=", "value": low}
    return {"criteria": "<" if validation.exclusive else "<=", "value": high}


def _rule(rule: ConditionalFormat, formats: Mapping[str, Format]) -> Options:
    if rule.kind == "data_bar":
        return _data_bar(rule)
    options: Options = {"format": formats[rule.style], "stop_if_true": rule.stop_if_true}
    if rule.kind == "formula":
        return options | {"type": "formula", "criteria": rule.formula}
    if rule.kind == "text":
        quoted = rule.text.replace('"', '""')
        return options | {"type": "cell", "criteria": "=", "value": f'="{quoted}"'}
    options |= {"type": "cell", "criteria": rule.criterion}
    if rule.criterion in ("between", "not between"):
        return options | {"minimum": rule.low, "maximum": rule.high}
    return options | {"value": rule.low}


def _data_bar(rule: ConditionalFormat) -> Options:
    options: Options = {"type": "data_bar", "bar_color": f"#{rule.color}", "bar_solid": True}
    if rule.negative:
        options["bar_negative_color"] = f"#{rule.negative}"
    for side, bound in (("min", rule.low), ("max", rule.high)):
        if bound is not None:
            kind = "formula" if isinstance(bound, str) else "num"
            options |= {f"{side}_type": kind, f"{side}_value": bound}
    return options


def _link(worksheet: Worksheet, link: Link) -> None:
    # The text of a link is a cell like any other, written with the cells.
    worksheet.ignore_write_string = True
    if isinstance(link.target, Ref):
        target = f"internal:{ref_a1(link.target)}"
        text = link.text or link.tip
        worksheet.write_url(link.row, link.col, target, string=text, tip=link.tip or None)
    else:
        url = Url(link.target) if is_web_address(link.target) else FileUrl(link.target)
        url.tip = link.tip
        worksheet.write_url(link.row, link.col, url)
    worksheet.ignore_write_string = False


def _sparklines(group: Sparklines) -> Options:
    last = {"last_point": True, "last_color": f"#{group.last}"} if group.last else {}
    return last | {
        "location": [a1(line.row, line.col) for line in group.lines],
        "range": [ref_a1(line.values) for line in group.lines],
        "type": group.kind,
        "series_color": f"#{group.color}",
        "weight": group.width,
        "empty_cells": "connect",
    }


def _note_box(text: str) -> Options:
    lines = sum(1 + len(line) // _NOTE_LINE for line in text.split("\n"))
    return {"width": _NOTE_WIDTH, "height": 24 + _NOTE_LINE_HEIGHT * lines}


def _print_setup(worksheet: Worksheet, page: Page) -> None:
    if page.orientation == "landscape":
        worksheet.set_landscape()
    if page.fit:
        worksheet.fit_to_pages(*page.fit)
    else:
        worksheet.set_print_scale(page.scale)
    if page.area:
        worksheet.print_area(*page.area)
    if page.repeat_rows:
        worksheet.repeat_rows(*page.repeat_rows)
    if page.breaks:
        worksheet.set_h_pagebreaks(list(page.breaks))
    if page.center:
        worksheet.center_horizontally()
    left, right, top, bottom = page.margins
    worksheet.set_margins(left=left, right=right, top=top, bottom=bottom)
    if page.header:
        worksheet.set_header(page.header)
    if page.footer:
        worksheet.set_footer(page.footer)
