"""Charts carry the figures of their cells, live names, and words for those who cannot see them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from reportgen.xlsx.addresses import Ref
from reportgen.xlsx.book import Axis, Cell, Chart, Labels, Series
from reportgen.xlsx.writer.workbook import render, write
from tests.support import libreoffice, tools
from tests.xlsx.writer.blocks import BLOCKS
from tests.xlsx.writer.gallery import CHARTS, gallery
from tests.xlsx.writer.samples import one_sheet
from tests.xlsx.writer.stock import parts

if TYPE_CHECKING:
    from pathlib import Path

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NAMES, VALUES = Ref("Model", 0, 0, 3, 0), Ref("Model", 0, 1, 3, 1)
LINE = Chart("line", (Series("Price", NAMES, VALUES),), "Price", "Price.", (0, 3, 0, 0), (400, 300))
FIGURES = (
    Cell(0, 0, "2024"),
    Cell(1, 0, "two & more"),
    Cell(2, 0, 3.0),
    Cell(0, 1, 0.1 + 0.2),
    Cell(1, 1, "n/a", '="n/a"'),
    Cell(2, 1, "#N/A", "=NA()"),
    Cell(3, 1, value=True),
)


def drawn(chart: Chart, *cells: Cell) -> etree._Element:
    book = one_sheet(*(cells or FIGURES), charts=(chart,))
    return etree.fromstring(parts(render(book))["xl/charts/chart1.xml"])


def cached(series: etree._Element, axis: str) -> dict[str, str]:
    return {
        point.get("idx", ""): point.findtext(f"{C}v", "")
        for point in series.iterfind(f"{C}{axis}//{C}pt")
    }


def gallery_chart(name: str) -> etree._Element:
    number = list(CHARTS).index(name) + 1
    return etree.fromstring(parts(render(gallery()))[f"xl/charts/chart{number}.xml"])


def test_a_series_caches_numbers_without_loss_and_leaves_out_what_is_not_drawn() -> None:
    (series,) = drawn(LINE).iter(f"{C}ser")
    assert cached(series, "val") == {"0": "0.30000000000000004", "1": "0", "3": "1"}


def test_one_text_among_the_categories_makes_all_of_them_text() -> None:
    (series,) = drawn(LINE).iter(f"{C}ser")
    assert series.find(f"{C}cat/{C}strRef/{C}strCache") is not None
    assert cached(series, "cat") == {"0": "2024", "1": "two & more", "2": "3"}


@pytest.mark.parametrize("name", CHARTS)
def test_every_series_of_the_gallery_caches_its_column(name: str) -> None:
    block = BLOCKS[name]
    series = list(gallery_chart(name).iter(f"{C}ser"))
    for col, one in enumerate(series, start=1):
        values = {index: row[col] for index, row in enumerate(block.rows) if row[col] is not None}
        found = cached(one, "val") or cached(one, "yVal")
        assert {int(index): float(text) for index, text in found.items()} == values
    assert len(series) == len(block.header) - 1


def test_the_last_point_of_each_case_alone_shows_its_name_and_the_name_is_live() -> None:
    price, *cases = gallery_chart("fan").iter(f"{C}ser")
    assert price.find(f"{C}dLbls") is None
    for case in cases:
        assert [label.get("val") for label in case.iterfind(f".//{C}delete")] == ["1"]
        assert [idx.get("val") for idx in case.iterfind(f"{C}dLbls/{C}dLbl/{C}idx")] == ["259"]
        assert case.find(f"{C}dLbls/{C}showSerName") is not None
        assert case.findtext(f"{C}tx/{C}strRef/{C}f", "").startswith("'Chart data'!$")


@pytest.mark.parametrize("text", ["Wow!A1", "=Model!$A$1", "Model!A1", "a & <b>"])
def test_plain_texts_are_never_taken_for_references(text: str) -> None:
    labels = Labels("custom", texts=(text, None, None, text))
    series = replace(LINE.series[0], name=text, labels=labels)
    axes = {"x_axis": Axis(text), "y_axis": Axis(text)}
    chart = drawn(replace(LINE, series=(series,), title=text, **axes))
    formulas = {formula.text for formula in chart.iter(f"{C}f")}
    assert formulas == {"Model!$A$1:$A$4", "Model!$B$1:$B$4"}
    assert [found for found in chart.itertext() if found == text] == [text] * 6


def test_a_chart_says_in_words_what_it_shows() -> None:
    drawing = parts(render(gallery()))["xl/drawings/drawing1.xml"]
    assert drawing.count(b'descr="Price and value in twelve months, drawn."') == 1
    assert drawing.count(b"descr=") == len(CHARTS)


def test_bars_keep_categories_on_their_first_axis() -> None:
    chart = gallery_chart("segments")
    categories, values = chart.find(f".//{C}catAx"), chart.find(f".//{C}valAx")
    assert categories is not None
    assert values is not None
    assert categories.find(f"{C}scaling/{C}orientation").get("val") == "maxMin"
    assert "".join(values.itertext("{*}t")) == "USD bn"


def test_a_line_over_columns_uses_the_second_axis_when_told_to() -> None:
    chart = gallery_chart("quarters")
    columns, lines = chart.find(f".//{C}barChart"), chart.find(f".//{C}lineChart")
    assert columns is not None
    assert lines is not None
    axes = [{axis.get("val") for axis in kind.iterfind(f"{C}axId")} for kind in (columns, lines)]
    assert axes[0].isdisjoint(axes[1])


def test_libreoffice_draws_every_chart_with_its_texts(tmp_path: Path) -> None:
    write(gallery(), tmp_path / "gallery.xlsx")
    pdf = libreoffice.to_pdf(tmp_path / "gallery.xlsx", tmp_path)
    charts_alone = ["-f", "1", "-l", "1", pdf, "-"]
    shown = tools.run([tools.require("pdftotext"), *charts_alone], timeout=600)
    titles = [chart.title for chart in gallery().sheets[0].charts]
    cases = ["Bear 108 25%", "Base 171 50%", "Bull 236 25%", "Hype-adjusted 158"]
    wanted = [*titles, *cases, "Wow!A1", "13.0%", "n/a", "USD bn", "Growth on year"]
    assert [text for text in wanted if text not in " ".join(shown.split())] == []
