"""Options of charts are read where they are not the usual ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlsxwriter

from reportgen.xlsx.reader.workbook import read

if TYPE_CHECKING:
    from pathlib import Path


def test_options_of_charts_are_read_where_they_are_not_the_usual_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        for options in ({}, {"data_labels": {"value": True}, "trendline": {"type": "linear"}}):
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": "=S!$A$1:$A$9", "gap": 20 if options else 150, **options})
            if options:
                chart.set_y_axis(
                    {"name": "USD", "min": 0, "max": 10.5, "log_base": 10, "num_format": "0.0"}
                )
                chart.set_x_axis({"reverse": True, "major_gridlines": {"visible": True}})
                chart.set_legend({"none": True})
                chart.show_blanks_as("zero")
            sheet.insert_chart(20 if options else 0, 0, chart)
    plain, chosen = read(path).sheets[0].charts
    assert dict(plain.options) == {"value axis major gridlines": "yes"}
    assert dict(chosen.options) == {
        "blanks shown as": "zero",
        "legend": "none",
        "gap between bars": "20",
        "category axis direction": "maxMin",
        "category axis major gridlines": "yes",
        "value axis title": "USD",
        "value axis from": "0",
        "value axis to": "10.5",
        "value axis log scale of base": "10",
        "value axis format": "0.0",
        "value axis major gridlines": "yes",
        "series 1 labels": "showVal",
        "series 1 trend": "linear",
    }
