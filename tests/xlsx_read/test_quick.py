"""The quick way of reading rows and the parser agree on everything the quick way takes on."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from reportgen.xlsx.guard import DEFAULT_LIMITS
from reportgen.xlsx.reading.context import BookContext
from reportgen.xlsx.reading.formulas import FormulaReader
from reportgen.xlsx.reading.quick import read_quickly
from reportgen.xlsx.reading.records import ReadStyle
from reportgen.xlsx.reading.sheet import parse_stream
from tests.xlsx_read.raw_book import sheet_xml

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)
NUMBER = st.floats(allow_nan=False, allow_infinity=False).map(repr)
STYLE = st.sampled_from(["", ' s="0"', ' s="1"', ' s="77"'])
FORMULA = st.sampled_from([
    "", "<f>A1+1</f>", "<f>A1&amp;&quot;x&quot;</f>", '<f t="shared" ref="A1:B9" si="0">B2</f>',
    '<f t="shared" si="0"/>', '<f aca="false">$A$1</f>', '<f t="array" ref="A1:C3">B1:B2</f>',
    "<f></f>",
])  # fmt: skip
VALUE = st.one_of(
    NUMBER.map(lambda number: ("", f"<v>{number}</v>")),
    NUMBER.map(lambda number: (' t="n"', f"<v>{number}</v>")),
    TEXT.map(lambda text: (' t="str"', f"<v>{escape(text)}</v>")),
    st.sampled_from(
        [
            ("", ""),
            ("", "<v/>"),
            (' t="s"', "<v>1</v>"),
            (' t="b"', "<v>1</v>"),
            (' t="str"', ""),
            (' t="e"', "<v>#N/A</v>"),
            (' t="str"', "<v>&#10;&quot;</v>"),
            (' t="str"', "<v>&#x1F600;</v>"),
        ]
    ),
)
CELLS = st.lists(st.tuples(STYLE, VALUE, FORMULA), max_size=4)
ROWS = st.lists(st.tuples(st.sampled_from(["", ' hidden="1"', ' ht="20"']), CELLS), max_size=4)


def new_context() -> BookContext:
    styles = (ReadStyle("General", ""), ReadStyle("0.0%", ""))
    formulas = FormulaReader(DEFAULT_LIMITS)
    return BookContext(["zero", "one"], styles, formulas, DEFAULT_LIMITS, DEFAULT_LIMITS.cells)


def spelt(rows: list[tuple[str, list[tuple[str, tuple[str, str], str]]]]) -> str:
    lines = []
    for number, (attributes, cells) in enumerate(rows, start=1):
        line = "".join(
            f'<c r="{"ABCD"[at]}{number}"{style}{kind}>{formula}{value}</c>'
            for at, (style, (kind, value), formula) in enumerate(cells)
        )
        lines.append(f'<row r="{number}"{attributes}>{line}</row>')
    return "".join(lines)


@given(rows=ROWS)
def test_the_quick_way_reads_what_the_parser_reads(
    rows: list[tuple[str, list[tuple[str, tuple[str, str], str]]]],
) -> None:
    content = sheet_xml(spelt(rows), "<autoFilter/>").encode()
    quick = read_quickly(content, new_context())
    parsed = parse_stream(BytesIO(content), new_context())
    assert quick is not None
    assert (quick.cells, quick.hidden_rows) == (parsed.cells, parsed.hidden_rows)
    assert b"<autoFilter/>" in quick.around


# What the quick way must leave to the parser, although it looks alike
DOUBTFUL = [
    sheet_xml('<row r="1"><!-- <c r="A1"><v>1</v></c> --></row>'),
    sheet_xml('<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>'),
    sheet_xml('<row r="1"><c r="A2"><v>1</v></c></row>'),
    sheet_xml('<row r="1"> <c r="A1"><v>1</v></c></row>'),
    sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row></row>'),
    sheet_xml('<row r="1"><c r="A1"><v>1</v></c><x/></row>'),
    sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"'),
    sheet_xml('<row r="1"><c r="A1"><v>inf</v></c></row>'),
    sheet_xml('<row r="1"><c r="A1" t="str"><v>&unknown;</v></c></row>'),
    sheet_xml('<row r="1"><c r="A1" t="str"><v>&#0;</v></c></row>'),
    sheet_xml('<row r="1"><c r="A1" t="str"><v>&#xD800;</v></c></row>'),
    sheet_xml('<row r="1"><c r="A1" t="str"><v>a\r\nb</v></c></row>'),
    sheet_xml('<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>'),
    sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>').replace("UTF-8", "ISO-8859-1"),
    sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', "<sheetData></sheetData>"),
    "<!DOCTYPE worksheet>" + sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'),
    sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
]


def test_what_is_doubtful_is_left_to_the_parser() -> None:
    taken = [xml for xml in DOUBTFUL if read_quickly(xml.encode(), new_context()) is not None]
    assert taken == []
