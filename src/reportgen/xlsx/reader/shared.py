"""Text as cells hold it: the table of shared strings, rich text, escaped characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.xlsx.reader.package import growing, local_name
from reportgen.xlsx.reader.records import ReadStyle

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator, Sequence

    from reportgen.xlsx.reader.package import Package


_TEXT_TAGS = ("}t", "t")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """The text with _xHHHH_ turned into the character that XML could not hold."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)


def read_strings(package: Package, part: str) -> list[str]:
    """The shared strings in order; the counts that the part declares are not believed."""
    found: list[str] = []
    with package.open(part) as stream:
        for root in growing(stream):
            _take_strings(package, part, root[:-1], found)
            del root[:-1]  # the last may not be complete
        _take_strings(package, part, root[:], found)
    return found


def _take_strings(package: Package, part: str, items: list[ET.Element], found: list[str]) -> None:
    found += [unescape(plain_text(item)) for item in items if local_name(item.tag) == "si"]
    limit = package.limits.strings
    if len(found) > limit:
        raise package.hostile(part, f"holds more than {limit:,} texts")


def plain_text(item: ET.Element) -> str:
    """The text of a shared or inline string, without its looks and what is read aloud."""
    if len(item) == 1 and not len(item[0]) and item[0].tag[-2:] in _TEXT_TAGS:  # as most
        return item[0].text or ""
    found: list[str] = []
    left = [item]  # no recursion: a file may nest as deep as it likes
    while left:
        node = left.pop()
        name = local_name(node.tag)
        if name == "t":
            found.append(node.text or "")
        elif name != "rPh":
            left += reversed(node)
    return "".join(found)


BUILT_IN_FORMATS = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "m/d/yy h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_($* #,##0_);_($* (#,##0);_($* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
# What programs write although it is the default, or leave out although it is not.
_SILENT = {
    "font:charset", "font:family", "font:scheme", "alignment:readingOrder=0",
    "alignment:horizontal=general", "alignment:vertical=bottom", "alignment:wrapText=0",
    "alignment:indent=0", "alignment:textRotation=0", "alignment:shrinkToFit=0",
    "protection:locked=1", "protection:hidden=0", "fill:patternType=none",
}  # fmt: skip
_TRUTHS = {"true": "1", "false": "0"}
_MARKS = frozenset({"b", "i", "u", "strike", "outline", "shadow", "condense", "extend"})
_MARK_STATES = {"1": "yes", "true": "yes", "single": "yes", "0": "", "false": "", "none": ""}


def read_styles(root: ET.Element) -> tuple[ReadStyle, ...]:
    """The look of every cell format of a styles part, in the order in which cells index them."""
    formats = {
        _index(node, "numFmtId"): node.get("formatCode", "General")
        for node in root.findall("numFmts/numFmt")
    }
    parts = {
        name: [tuple(_traits(name, node)) for node in root.findall(f"{name}s/{name}")]
        for name in ("font", "fill", "border")
    }
    return tuple(_style(node, formats, parts) for node in root.findall("cellXfs/xf"))


def read_differential_looks(root: ET.Element) -> tuple[str, ...]:
    """What each look of conditional formats paints, in the order in which rules index them."""
    return tuple(_words(_traits("", node)) for node in root.findall("dxfs/dxf"))


def _style(
    node: ET.Element, formats: dict[int, str], parts: dict[str, list[tuple[str, ...]]]
) -> ReadStyle:
    number = _index(node, "numFmtId")
    traits: list[str] = []
    for name, known in parts.items():
        index = _index(node, f"{name}Id")
        traits += known[index] if 0 <= index < len(known) else ()
    for child in node:
        traits += _traits(child.tag, child)
    return ReadStyle(formats.get(number, BUILT_IN_FORMATS.get(number, "General")), _words(traits))


def _index(node: ET.Element, name: str) -> int:
    """The number of a format, a font, ...; the first where none is said that can be read."""
    number = node.get(name, "").strip()
    return int(number) if number.isdecimal() else 0


def _traits(name: str, node: ET.Element) -> Iterator[str]:
    """Every trait below the node as "path:attribute=value", or "path=value" for a bare mark.

    Marks that are off are left out: some programs write them, others do not.
    """
    for key, value in node.items():
        yield f"{name}:{key}={_TRUTHS.get(value, value)}"
    for child in node:
        path = f"{name}.{child.tag}" if name else child.tag
        if len(child) or list(child.keys()) not in ([], ["val"]):
            yield from _traits(path, child)
            continue
        value = child.get("val", "yes")
        if child.tag in _MARKS:
            value = _MARK_STATES.get(value, value)
        if value:
            yield f"{path}={value}"


def _words(traits: Sequence[str] | Iterator[str]) -> str:
    kept = [trait for trait in traits if trait not in _SILENT and not _is_silent(trait)]
    return "; ".join(sorted(kept))


def _is_silent(trait: str) -> bool:
    path, _, value = trait.partition("=")
    name = path.replace(".", ":")
    no_edge = path.startswith("border.") and value in {"yes", "none"}
    return no_edge or name in _SILENT or name.endswith(("diagonal", "diagonal:color"))
