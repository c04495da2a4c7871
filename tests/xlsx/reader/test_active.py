"""Whatever in a workbook acts, or reaches beyond it, is told and never touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.xlsx.reader.records import Wanted
from reportgen.xlsx.reader.workbook import read
from tests.xlsx.reader.raw_book import MAIN, OFFICE, PACKAGE, XML, pack, parts, relationships_xml

if TYPE_CHECKING:
    from pathlib import Path


def test_macros_and_links_to_other_files_are_told_and_not_touched(tmp_path: Path) -> None:
    content: dict[str, str | bytes] = {
        **parts(),
        "xl/vbaProject.bin": b"\0",
        "xl/externalLinks/externalLink1.xml": "<broken",
    }
    first, second = read(pack(tmp_path / "a.xlsm", content)).warnings
    assert first == "contains macros, which were not run"
    assert second == "links to other files, which were not opened"


# What acts: a part, the kinds of links that lead to such a part by whatever name, what is told
ACTIVE = [
    ("xl/vbaProject.bin", "vbaProject", "contains macros, which were not run"),
    ("xl/macrosheets/sheet1.xml", "xlMacrosheet xlIntlMacrosheet",
     "contains Excel 4.0 macros, which were not run"),
    ("xl/connections.xml", "connections queryTable",
     "contains queries to other sources, which were not run"),
    ("xl/volatileDependencies.xml", "volatileDependencies",
     "contains live feeds from other programs, which were not asked"),
    ("xl/embeddings/oleObject1.bin", "oleObject package",
     "contains embedded objects, which were not opened"),
    ("xl/activeX/activeX1.xml", "control", "contains ActiveX controls, which were not run"),
    ("customUI/customUI14.xml", "extensibility",
     "contains buttons of its own, which were not run"),
    ("xl/webextensions/taskpanes.xml", "webextension webextensiontaskpanes",
     "contains add-ins, which were not run"),
]  # fmt: skip


LINKED = f'<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}">{{}}</externalLink>'


BEYOND = f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'


BEYOND += f' Type="{OFFICE}/{{}}" Target="{{}}" TargetMode="External"/></Relationships>'


@pytest.mark.parametrize(
    ("added", "told"),
    [
        (
            {
                "xl/externalLinks/externalLink1.xml": LINKED.format(
                    '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'
                )
            },
            'contains links to other programs (DDE) ("cmd|/c calc"), which were not started',
        ),
        (
            {
                "xl/externalLinks/externalLink1.xml": LINKED.format('<externalBook r:id="rId1"/>'),
                "xl/externalLinks/_rels/externalLink1.xml.rels": BEYOND.format(
                    "externalLinkPath", "file:///C:/other.xlsx"
                ),
            },
            'links to other files ("file:///C:/other.xlsx"), which were not opened',
        ),
        (
            {"xl/drawings/_rels/drawing1.xml.rels": BEYOND.format("image", "http://host/a.png")},
            'shows pictures from elsewhere ("http://host/a.png"), which were not fetched',
        ),
        (
            {"xl/_rels/any.xml.rels": BEYOND.format("attachedTemplate", "http://host/a.xltm")},
            'reaches for what lies elsewhere ("http://host/a.xltm"), which was not opened',
        ),
        *(({part: ""}, told) for part, _, told in ACTIVE),
        *(
            ({"_rels/any.xml.rels": relationships_xml(("rId1", kind, "hidden.bin"))}, told)
            for _, kinds, told in ACTIVE
            for kind in kinds.split()
        ),
    ],
)
def test_whatever_acts_or_reaches_beyond_the_file_is_told(
    tmp_path: Path, added: dict[str, str], told: str
) -> None:
    (warning,) = read(pack(tmp_path / "a.xlsx", {**parts(), **added})).warnings
    assert warning == told


@pytest.mark.parametrize(
    ("formula", "calls"),
    [
        ("cmd|&apos;/c calc&apos;!A0", True),
        ("SUM(A1,MSEXCEL|&apos;/c calc&apos;!A0)", True),
        ("A1&amp;&quot; | of &quot;&amp;A2", False),
        ("IF(A1=&quot;a|b&quot;,1,2)", False),
    ],
)
def test_a_formula_that_calls_another_program_is_told(
    tmp_path: Path, formula: str, *, calls: bool
) -> None:
    row = f'<row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row>'
    path = pack(tmp_path / "a.xlsx", parts(row))
    for book in (read(path), read(path, cells_only=True, wanted={"": Wanted(formulas=False)})):
        told = [one for one in book.warnings if "formulas that call other programs" in one]
        assert len(told) == calls


@pytest.mark.parametrize(("calls", "told"), [(3, ""), (4, ", 1 more"), (101, ", 97 more")])
def test_of_many_formulas_that_call_other_programs_the_first_are_named(
    tmp_path: Path, calls: int, told: str
) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><f>cmd|&apos;{n:03}&apos;!A0</f><v>1</v></c></row>'
        for n in range(1, calls + 1)
    )
    (warning,) = read(pack(tmp_path / "a.xlsx", parts(rows))).warnings
    names = ", ".join(f"\"cmd|'00{n}'!A0\"" for n in range(1, 4))
    assert warning == (
        f"holds formulas that call other programs ({names}{told}), which were not started"
    )


def test_a_plain_link_to_a_page_is_no_warning(tmp_path: Path) -> None:
    added = {"xl/worksheets/_rels/sheet1.xml.rels": BEYOND.format("hyperlink", "https://a.org/")}
    assert read(pack(tmp_path / "a.xlsx", {**parts(), **added})).warnings == ()
