"""The columns of a table are the same in its file, in its records and in the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.facts import rows
from reportgen.facts.reading.schema import COMPANY_TABLES
from reportgen.model import fundamentals
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import conversion, market_data, sources

if TYPE_CHECKING:
    from reportgen.facts.reading.columns import TableSpec
    from reportgen.model.words import Table


@pytest.mark.parametrize("spec", COMPANY_TABLES, ids=lambda spec: spec.name)
def test_a_record_has_the_columns_of_its_file_and_then_its_line(
    spec: TableSpec[rows.Target],
) -> None:
    fields = spec.row_type._fields
    assert fields[: len(spec.columns) + 1] == (*spec.column_names, "line_no")
    named = {*spec.optional, *spec.key, *spec.stated, *spec.sorted_by}
    assert named <= set(spec.column_names)


@pytest.mark.parametrize(
    ("table", "record"),
    [
        (fundamentals.RESULTS, rows.Fundamental),
        (price_targets.TARGETS, rows.Target),
        (products.PRODUCTS, rows.Product),
        (claims.CLAIMS, rows.Claim),
        (sources.SOURCES, rows.Source),
        (market_data.CLOSES, rows.Close),
        (market_data.BENCHMARK_CLOSES, rows.Close),
        (market_data.ESTIMATES, rows.Estimate),
        (conversion.RATES, rows.FxRate),
    ],
)
def test_a_table_of_the_model_has_columns_of_its_records(
    table: Table, record: type[rows.Target]
) -> None:
    assert set(table.columns) <= set(record._fields)
    assert {line.dims for line in table.columns.values()} == {(table.dim,)}
