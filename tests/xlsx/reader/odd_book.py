"""A workbook that no program writes whole: each thing that stands around cells, spelt oddly.

What can be read of it and what cannot stand side by side: tests/xlsx/reader/as_read.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.xlsx.reader.raw_book import (
    MAIN,
    OFFICE,
    PACKAGE,
    XML,
    pack,
    relationships_xml,
    strings_xml,
)

if TYPE_CHECKING:
    from pathlib import Path

_EXTENDED = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"


def write_odd_book(path: Path) -> Path:
    """Write the workbook to `path`, and return it."""
    return pack(path, _PARTS)


def _external(*links: tuple[str, str]) -> str:
    """A part of relationships that lead out of the file: (kind, target)."""
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{to}" TargetMode="External"/>'
        for n, (kind, to) in enumerate(links, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


_WORKBOOK = f"""{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="true"/>
<workbookProtection lockStructure="true" lockWindows="0" lockRevision="1"
 workbookHashValue="abc"/><sheets>
<sheet name="Odd" sheetId="1" state="shown" r:id="rId1"/>
<sheet name="Hidden" sheetId="2" state="hidden" r:id="rId2"/>
<sheet name="Very" sheetId="3" state="veryHidden" r:id="rId3"/></sheets>
<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0">Odd!A1</definedName>
<definedName name="first" localSheetId="0"> Odd!$A$1 </definedName>
<definedName name="last" localSheetId="2">Odd!$A$2</definedName>
<definedName name="beyond" localSheetId="3">Odd!$A$3</definedName>
<definedName name="before" localSheetId="-1">Odd!$A$4</definedName>
<definedName name="empty"/></definedNames></workbook>"""

_CELLS = """<row r="1" ht="15.5" customHeight="true"><c r="A1" s="1"><v>1</v></c>
<c r="B1" s=" 2 "><v>2</v></c><c r="C1" s="3"/><c r="D1" s="99"><v>3</v></c><c r="E1" s="4"/></row>
<row r="2" ht="20" customHeight="0"/><row r="3" ht="tall" customHeight="1"/>
<row r="4" ht="0" customHeight="1" hidden="true"/>
<row r="5"><c r="A5"><f t="array">A1*2</f><v>2</v></c>
<c r="B5"><f t="array" ref="B5:B6 D5 nowhere">A1*3</f><v>3</v></c><c r="C5"><v>1</v></c>
<c r="D5"><v>3</v></c></row><row r="6"><c r="B6"><v>3</v></c></row>
<row r="7"><c r="A7"><f t="shared" si="0">A1</f></c><c r="B7"><f t="shared" si="0"/></c>
<c r="C7"><f t="shared" si="0">$A1</f></c><c r="D7"><f t="shared" si="0"/></c></row>
<row r="8"><c r="C8" t="inlineStr"><is><r><t>two </t></r><rPh><t>aloud</t></rPh><r><t>runs</t></r>
<phoneticPr/></is></c><c r="D8" t="str"><is><t>not in line</t></is></c>
<c r="E8"><v>NaN</v></c><c r="F8" t="s"><v> 1 </v></c></row>
<row r="9"><c r="A9"/><c r="AB9"/><extLst/></row>"""

_AROUND = f"""<sheetProtection sheet="1" objects="true" scenarios="0" formatCells="0"
 insertRows="false" deleteRows="1" hashValue="abc"/>
<protectedRanges><protectedRange sqref="B2:B4"/><protectedRange sqref="C2"/></protectedRanges>
<autoFilter ref="B10:E20"><filterColumn colId="2"><filters blank="1"><filter val="b"/>
<filter val="a"/></filters></filterColumn><filterColumn colId="0"><top10 top="0" percent="true"
 val="5"/></filterColumn><filterColumn colId="1"><customFilters and="false">
<customFilter operator="equal" val="1"/><customFilter operator="lessThan" val="0"/></customFilters>
</filterColumn><filterColumn><filters/></filterColumn><filterColumn colId="3"/></autoFilter>
<mergeCells><mergeCell ref="A10:A11"/><mergeCell ref="C9:B8"/><mergeCell/></mergeCells>
<conditionalFormatting sqref="A1:A2 C1"><cfRule type="cellIs" operator="between" dxfId="1">
<formula>1</formula><formula>2</formula></cfRule><cfRule type="top10" rank="3" percent="1"
 bottom="0" dxfId="2"/><cfRule type="aboveAverage" aboveAverage="0" stdDev="2" dxfId="-1"/>
<cfRule type="timePeriod" timePeriod="today" operator="equal" dxfId="0"/>
<cfRule type="beginsWith" text="x" dxfId="1.0"/><cfRule type="expression" text="y" rank="1">
<formula>A1&gt;0</formula></cfRule><cfRule><formula/></cfRule><cfRule type="colorScale"><colorScale>
<cfvo type="min"/><cfvo type="percentile" val="50"/></colorScale></cfRule></conditionalFormatting>
<conditionalFormatting><cfRule type="expression"/></conditionalFormatting>
<dataValidations><dataValidation type="whole"/>
<dataValidation type="whole" sqref="A1:A2 B1"><formula1> 1 </formula1>
<formula2>2</formula2></dataValidation><dataValidation type="decimal" operator="notBetween"
 sqref="A3"><formula1>1</formula1><formula2>2</formula2></dataValidation>
<dataValidation type="date" operator="greaterThan" sqref="A4"><formula1>1</formula1>
<formula2>2</formula2></dataValidation><dataValidation type="list" operator="equal" sqref="A5"
 promptTitle="PT" prompt="P" errorTitle="ET" error="E"><formula1>"a,b"</formula1><formula2>2
</formula2></dataValidation><dataValidation type="custom" sqref="A6" error="E"><formula1>TRUE
</formula1></dataValidation><dataValidation sqref="A7" prompt="only told"/>
<dataValidation sqref="A8" error="of nothing"/><dataValidation type="none" sqref="A9"/>
</dataValidations><hyperlinks><hyperlink ref="A1" r:id="rId1" location="there"/>
<hyperlink ref="A2:A3" location="Odd!B1"/><hyperlink ref="A4" r:id="rId9"/>
<hyperlink ref="A5" r:id="rId2"/></hyperlinks>
<pageSetup orientation="portrait" paperSize="9"/>
<headerFooter><oddHeader>&amp;Lhead</oddHeader><oddFooter>&amp;Rfoot</oddFooter>
<evenHeader>even</evenHeader></headerFooter>
<extLst><ext uri="x" xmlns:x14="{_EXTENDED}" xmlns:xm="{_EXTENDED}/xm"><x14:conditionalFormattings>
<x14:conditionalFormatting><x14:cfRule type="dataBar"/><x14:cfRule type="iconSet"/>
<x14:cfRule type="colorScale"/><x14:cfRule type="notContainsText" text="z"><xm:f>A2</xm:f>
</x14:cfRule><xm:sqref>D1:D2 E5</xm:sqref></x14:conditionalFormatting>
</x14:conditionalFormattings></ext></extLst>"""

_BEFORE = """<sheetPr><tabColor theme="3" rgb="FF00FF00"/></sheetPr><sheetViews><sheetView
 zoomScale="85" showGridLines="false" showZeros="0" rightToLeft="true" showFormulas="1">
<pane xSplit="2" ySplit="1"/></sheetView></sheetViews><cols><col min="1" max="1" width="12.5"/>
<col min="2" max="2" hidden="true"/><col min="0" max="3" width="1"/><col min="4" max="3" width="2"/>
<col min="5" max="99999" width="wide" hidden="0"/><col min="6" width="3"/><col max="7" width="4"/>
<col min="8.0" max="9" width="inf"/></cols>"""

_SHEET = (
    f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{_BEFORE}'
    f"<sheetData>{_CELLS}</sheetData>{_AROUND}</worksheet>"
)
# As usual as a program can say it: nothing of it is told
_USUAL = f"""{XML}<worksheet xmlns="{MAIN}"><sheetPr><tabColor auto="1"/></sheetPr><sheetViews>
<sheetView zoomScale="100" showGridLines="true" showZeros="1" rightToLeft="0" showFormulas="false">
<pane xSplit="0" ySplit="0"/></sheetView></sheetViews><sheetData/>
<sheetProtection sheet="0" objects="1" password="CC1A"/>
<pageSetup orientation="default" paperSize="1"/><headerFooter><oddHeader/></headerFooter>
</worksheet>"""
_CHART_SHEET = f"""{XML}<chartsheet xmlns="{MAIN}"><sheetProtection content="1" password=""/>
</chartsheet>"""

_STYLES = f"""{XML}<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0.0x"/>
<numFmt numFmtId=" 165 " formatCode="0.00"/><numFmt numFmtId="3" formatCode="0,0"/>
<numFmt numFmtId="166"/></numFmts>
<fonts><font><b/><i val="0"/><u/><strike val="true"/><outline val="false"/><name val="Arial"/>
<sz val="10"/><charset val="1"/><family val="2"/><scheme val="minor"/><vertAlign val=""/></font>
<font><b val="false"/><i val="1"/><u val="double"/><shadow val="none"/><extend val="single"/>
<condense/><color rgb="FF112233"/></font></fonts>
<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid">
<fgColor rgb="FF445566"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders><border/><border diagonalUp="true"><left style="thin"><color auto="1"/></left><right/>
<top style="none"/><bottom style="double"/><diagonal style="thin"/></border></borders>
<cellXfs><xf/><xf numFmtId="164" fontId="0" fillId="1" borderId="1"><alignment horizontal="center"
 vertical="bottom" wrapText="true" indent="0"/><protection locked="0" hidden="true"/></xf>
<xf numFmtId="165" fontId="1" fillId="0" borderId="0"><alignment horizontal="general" wrapText="0"
 textRotation="90" shrinkToFit="0"/><protection locked="true" hidden="false"/></xf>
<xf numFmtId="3" fontId="2" fillId="-1" borderId="x"/><xf numFmtId="200"/><xf numFmtId="166"/>
</cellXfs><dxfs><dxf><font><b/><color rgb="FFFF0000"/></font></dxf><dxf><fill><patternFill>
<bgColor rgb="FF00FF00"/></patternFill></fill></dxf></dxfs></styleSheet>"""


def _anchored(name: str, row: str, col: str) -> str:
    return (
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>{col}</xdr:col><xdr:row>{row}</xdr:row></xdr:from>"
        f'<xdr:to><xdr:col>19</xdr:col><xdr:row>29</xdr:row></xdr:to><c:chart r:id="{name}"/>'
        "</xdr:twoCellAnchor>"
    )


_DRAWING = f"""{XML}<xdr:wsDr xmlns:xdr="{_DRAWN}/spreadsheetDrawing" xmlns:c="{_DRAWN}/chart"
 xmlns:r="{OFFICE}">{_anchored("rId1", "9", "2")}{_anchored("rId2", "3", "5")}
{_anchored("rId3", "x", "5")}{_anchored("rId3", "0", "x")}{_anchored("rId3", "0", "0")}
{_anchored("rId4", "1", "1")}{_anchored("rId9", "1", "1")}
<xdr:absoluteAnchor><c:chart r:id="rId2"/></xdr:absoluteAnchor></xdr:wsDr>"""


def _chart(plots: str, around: str = "", title: str = "") -> str:
    return (
        f'{XML}<c:chartSpace xmlns:c="{_DRAWN}/chart" xmlns:a="{_DRAWN}/main"><c:chart>{title}'
        f"<c:plotArea>{plots}</c:plotArea>{around}</c:chart></c:chartSpace>"
    )


_COMBINED = _chart(
    """<c:barChart><c:barDir val="col"/><c:grouping val="percentStacked"/><c:ser><c:tx><c:strRef>
<c:f>Odd!$A$1</c:f></c:strRef></c:tx><c:dLbls><c:showVal val="1"/><c:showPercent val="true"/>
<c:showCatName val="0"/></c:dLbls><c:trendline><c:trendlineType val="exp"/></c:trendline>
<c:trendline/><c:errBars/><c:cat><c:strRef><c:f>Odd!$B$1:$B$3</c:f></c:strRef></c:cat><c:val>
<c:numRef><c:f>Odd!$C$1:$C$3</c:f></c:numRef></c:val></c:ser><c:ser><c:tx><c:v>typed</c:v></c:tx>
<c:cat><c:f/></c:cat>
<c:dLbls><c:delete val="1"/><c:showVal val="1"/></c:dLbls></c:ser><c:dLbls><c:showSerName val="1"/>
</c:dLbls><c:gapWidth val="50.0"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/>
</c:barChart><c:lineChart><c:grouping val="stacked"/><c:ser><c:tx><c:strRef>
<c:f>&quot;a &quot;&quot;b&quot;&quot;&quot;</c:f>
</c:strRef></c:tx><c:smooth/></c:ser><c:ser/><c:dLbls><c:showLegendKey val="1"/>
<c:showBubbleSize val="1"/><c:showPercent val="1"/><c:showSerName val="1"/><c:showCatName val="1"/>
<c:showVal val="1"/></c:dLbls><c:gapWidth val="150"/><c:axId val="3"/><c:axId val="4"/>
</c:lineChart><c:catAx><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>
<c:minorGridlines/><c:title><c:tx><c:rich><a:p><a:r><a:t>of </a:t></a:r><a:r><a:t>runs</a:t></a:r>
</a:p></c:rich></c:tx></c:title><c:numFmt formatCode="0.0" sourceLinked="1"/>
<c:tickLblPos val="low"/></c:catAx><c:valAx><c:scaling><c:orientation val="minMax"/>
<c:logBase val="10"/><c:max val="5.50"/><c:min val="-1"/></c:scaling><c:majorGridlines/>
<c:numFmt formatCode="0\\x" sourceLinked="false"/><c:majorUnit val="2"/><c:minorUnit val="1"/>
<c:crossesAt val="3"/><c:tickLblPos val="nextTo"/></c:valAx><c:dateAx><c:delete val="true"/>
<c:majorGridlines/></c:dateAx><c:valAx><c:delete/></c:valAx><c:serAx><c:majorGridlines/></c:serAx>
<c:dTable/>""",
    '<c:legend><c:legendPos val="b"/></c:legend><c:plotVisOnly val="0"/>'
    '<c:dispBlanksAs val="span"/>',
    "<c:title><c:tx><c:strRef><c:f>Odd!$D$1</c:f><c:strCache><c:pt><c:v>cached</c:v></c:pt>"
    "</c:strCache></c:strRef></c:tx></c:title>",
)
_ROUND = _chart(
    """<c:pie3DChart><c:ser/><c:firstSliceAng val="90"/></c:pie3DChart><c:doughnutChart>
<c:holeSize val="40"/></c:doughnutChart><c:bar3DChart><c:barDir val="bar"/><c:grouping
 val="clustered"/></c:bar3DChart><c:barChart/><c:scatterChart><c:ser><c:xVal><c:numRef><c:f>X!A1</c:f>
</c:numRef></c:xVal><c:yVal><c:numRef><c:f>X!B1</c:f></c:numRef></c:yVal><c:tx><c:strRef><c:f>&quot;</c:f>
</c:strRef></c:tx></c:ser><c:ser><c:tx><c:f>&quot;&quot;</c:f></c:tx></c:ser><c:ser><c:tx>
<c:f>&quot;a</c:f></c:tx></c:ser><c:ser><c:tx><c:f>a&quot;</c:f></c:tx></c:ser><c:ser><c:tx><c:f/>
</c:tx></c:ser><c:ser><c:tx><c:v/></c:tx></c:ser></c:scatterChart>
<c:valAx><c:numFmt formatCode="General"/></c:valAx>"""
)
_NOTES = f"""{XML}<comments xmlns="{MAIN}"><authors><author>somebody</author></authors><commentList>
<comment ref="B3"><text><r><t>a _x0041_ </t></r><r><t>note</t></r></text></comment>
<comment ref="A2"/><comment ref="nowhere"><text><t>lost</t></text></comment></commentList>
</comments>"""


def _table(names: str, reference: str, *columns: str) -> str:
    listed = "".join(f'<tableColumn name="{name}"/>' for name in columns)
    return (
        f'{XML}<table xmlns="{MAIN}" {names} ref="{reference}"><autoFilter ref="{reference}"/>'
        f"<tableColumns>{listed}<tableColumn/></tableColumns></table>"
    )


def _link(inside: str) -> str:
    return f'{XML}<externalLink xmlns="{MAIN}">{inside}</externalLink>'


_PARTS: dict[str, str | bytes] = {
    "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"/>',
    "_rels/.rels": relationships_xml(
        ("rId1", "officeDocument", "xl/missing.xml"),
        ("rId2", "officeDocument", "xl\\Book.xml"),
        ("rId3", "core-properties", "docProps/core.xml"),
        ("rId4", "extended-properties", "docProps/app.xml"),
    ),
    "docProps/core.xml": "<p><creator>somebody</creator><title/><keywords><x/>a</keywords></p>",
    "docProps/app.xml": "<p><Company>some company</Company></p>",
    "xl/Book.xml": _WORKBOOK,
    "xl/_rels/book.xml.rels": relationships_xml(
        ("rId1", "worksheet", "../xl/./sheets/odd.xml"),
        ("rId2", "worksheet", "/xl/sheets/usual.xml"),
        ("rId3", "chartsheet", "sheets/chart.xml"),
        ("rId4", "styles", "styles.xml"),
        ("rId5", "sharedStrings", "texts.xml"),
        ("rId6", "externalLink", "links/other.xml"),
    ),
    "xl/styles.xml": _STYLES,
    "xl/texts.xml": strings_xml("first", "second"),
    "xl/sheets/odd.xml": _SHEET,
    "xl/sheets/usual.xml": _USUAL,
    "xl/sheets/chart.xml": _CHART_SHEET,
    "xl/sheets/_rels/odd.xml.rels": relationships_xml(
        ("rId2", "hyperlink", "inside.xml"),
        ("rId3", "drawing", "../drawing.xml"),
        ("rId4", "comments", "../notes.xml"),
        ("rId5", "table", "../table2.xml"),
        ("rId6", "table", "../table1.xml"),
    ).replace(
        "</Relationships>",
        f'<Relationship Id="rId1" Type="{OFFICE}/hyperlink" Target="https://a.org/?b=1"'
        ' TargetMode="External"/></Relationships>',
    ),
    "xl/notes.xml": _NOTES,
    "xl/table1.xml": _table('displayName="Later" name="Earlier"', "H1:I3", "one"),
    "xl/table2.xml": _table('name="Bare"', "K1:L3", "two", "three"),
    "xl/drawing.xml": _DRAWING,
    "xl/_rels/drawing.xml.rels": relationships_xml(
        ("rId1", "chart", "combined.xml"),
        ("rId2", "chart", "round.xml"),
        ("rId3", "chart", "round.xml"),
        ("rId4", "chart", "missing.xml"),
    ),
    "xl/combined.xml": _COMBINED,
    "xl/round.xml": _ROUND,
    "xl/links/other.xml": _link(
        '<ddeLink ddeService="calc" ddeTopic="run"/><oleLink progId="Word.Document"/>'
    ),
    "xl/links/_rels/other.xml.rels": _external(
        ("externalLinkPath", "https://host/d.xlsx"),
        ("xlPathMissing", "https://host/a.xlsx"),
        ("externalLinkPath", "https://host/c.xlsx"),
        ("xlExternalLinkPath/xlLibrary", "https://host/b.xlsx"),
    ),
    "xl/_rels/any.xml.rels": _external(
        ("image", "https://host/a.png"),
        ("oleObject", "https://host/a.png"),
        ("oleObject", "https://host/a.bin"),
        ("hyperlink", "https://host/page"),
    ),
    "xl/_rels/broken.xml.rels": "<broken",
    "_rels/readme.txt": "no list of relationships",
}
