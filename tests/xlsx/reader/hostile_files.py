"""Files that want to exhaust, crash or deceive whoever opens them, made small on disk."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

from tests.xlsx.reader.raw_book import (
    MAIN,
    SHEET,
    XML,
    pack,
    parts,
    sheet_xml,
)

if TYPE_CHECKING:
    from pathlib import Path

MB = 1_000_000
STRINGS = "xl/sharedStrings.xml"
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def zip_bomb(path: Path) -> Path:
    """A sheet of 140 MB of blanks in a file of 1 MB."""
    return _with_large_part(path, SHEET, sheet_xml("").encode(), b" " * MB, 140)


def quick_bomb(path: Path) -> Path:
    """600,000 cells in a part far below every limit of size."""
    row = "".join(f"<c><v>{n}</v></c>" for n in range(1000))
    content = parts(sheet=sheet_xml(f"<row>{row}</row>" * 600))
    return pack(path, content)


def endless_row(path: Path) -> Path:
    """600,000 cells in a single row, which never ends."""
    head = sheet_xml("").partition("</sheetData>")[0].encode() + b"<row>"
    return _with_large_part(path, SHEET, head, b"<c><v>1</v></c>" * 50_000, 12)


def endless_cell(path: Path) -> Path:
    """Twenty million elements inside of a single cell."""
    head = sheet_xml("").partition("</sheetData>")[0].encode() + b"<row><c>"
    return _with_large_part(path, SHEET, head, b"<v/>" * 250_000, 80)


def string_bomb(path: Path) -> Path:
    """600,000 shared strings."""
    head = f'{XML}<sst xmlns="{MAIN}">'.encode()
    return _with_large_part(path, STRINGS, head, b"<si><t>x</t></si>" * 50_000, 12)


def lying_sizes(path: Path) -> Path:
    """A bomb whose declared sizes are small."""
    zip_bomb(path)
    content = bytearray(path.read_bytes())
    size = struct.pack("<L", 140 * MB + len(sheet_xml("")))
    small = struct.pack("<L", 500)
    return rewritten(path, bytes(content).replace(size, small))


def many_parts(path: Path) -> Path:
    """Six thousand parts."""
    content = {f"xl/media/{n}.txt": "" for n in range(6_000)}
    return pack(path, {**parts(ROW), **content})


def claimed_parts(path: Path) -> Path:
    """An end record that claims four billion bytes of directory."""
    pack(path, parts(ROW))
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x05\x06")
    struct.pack_into("<L", content, at + 12, 0xFFFFFFF0)
    return rewritten(path, bytes(content))


def sparse_giant(path: Path) -> Path:
    """Two cells at the ends of the sheet."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return pack(path, parts(ROW + far))


def endless_merges(path: Path) -> Path:
    """A hundred and fifty thousand merged areas."""
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 150_001))
    return pack(path, parts(sheet=sheet_xml(ROW, f"<mergeCells>{merges}</mergeCells>")))


def endless_rule(path: Path) -> Path:
    """A single rule with a hundred and fifty thousand elements, far apart."""
    rule = "<cfRule>" + f"<formula>{'1+' * 50}1</formula>" * 150_000 + "</cfRule>"
    around = f"<conditionalFormatting>{rule}</conditionalFormatting>"
    return pack(path, parts(sheet=sheet_xml(ROW, around)))


def wide_arrays(path: Path) -> Path:
    """Array formulas that each fill the whole sheet."""
    cells = "".join(
        f'<row r="{n}"><c r="A{n}"><f t="array" ref="A1:XFD1048576">B1</f></c></row>'
        for n in range(1, 1000)
    )
    return pack(path, parts(cells))


def shared_formula(path: Path) -> Path:
    """A formula of 3,000 characters shared by 3,000 cells: 9 MB of text in 100 kB."""
    long = "+".join(["A1"] * 1000)
    first = f'<row r="1"><c r="B1"><f t="shared" ref="B1:B9" si="0">{long}</f></c></row>'
    rest = "".join(
        f'<row r="{n}"><c r="B{n}"><f t="shared" si="0"/></c></row>' for n in range(2, 3_000)
    )
    return pack(path, parts(first + rest))


def deep_tree(path: Path) -> Path:
    """Elements nested two hundred thousand deep."""
    tree = "<a>" * 200_000 + "</a>" * 200_000
    return pack(path, parts(sheet=sheet_xml(ROW, tree)))


def billion_laughs(path: Path) -> Path:
    """Entities that expand to a billion."""
    laughs = "".join(f'<!ENTITY lol{n + 1} "{f"&lol{n};" * 10}">' for n in range(1, 10))
    kind = f'<!DOCTYPE sst [<!ENTITY lol1 "lol">{laughs}]>'
    strings = f'{XML}{kind}<sst xmlns="{MAIN}"><si><t>&lol10;</t></si></sst>'
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    return pack(path, parts(rows, strings=strings))


def external_entity(path: Path) -> Path:
    """A document type that reaches for a file of this machine."""
    kind = '<!DOCTYPE worksheet [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    return pack(path, parts(sheet=sheet_xml(ROW).replace("?>\n", f"?>\n{kind}")))


def utf16_document_type(path: Path) -> Path:
    """The same in an encoding in which a search for its bytes finds nothing."""
    kind = '<!DOCTYPE worksheet [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    xml = sheet_xml(ROW).replace("?>\n", f"?>\n{kind}").replace("UTF-8", "UTF-16")
    return pack(path, {**parts(), SHEET: xml.encode("utf-16")})


def part_outside(path: Path) -> Path:
    """A part whose name climbs out of the folder it would be unpacked to."""
    return pack(path, {**parts(ROW), "../../etc/cron.d/job": "x"})


def absolute_part(path: Path) -> Path:
    """A part with an absolute name."""
    return pack(path, {**parts(ROW), "/etc/cron.d/job": "x"})


def doubled_part(path: Path) -> Path:
    """The same part twice, with different contents."""
    pack(path, parts(ROW))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("XL/worksheets/sheet1.xml", sheet_xml(""))
    return path


def _with_large_part(path: Path, name: str, head: bytes, chunk: bytes, times: int) -> Path:
    content = {**parts(ROW)}
    content.pop(name, None)
    pack(path, content)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open(name, "w") as part,
    ):
        part.write(head)
        for _ in range(times):
            part.write(chunk)
    return path


def rewritten(path: Path, content: bytes) -> Path:
    """The file with these bytes."""
    path.write_bytes(content)
    return path
