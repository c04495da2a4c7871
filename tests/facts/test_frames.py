"""Rows as frames: text as text, numbers as numbers, days as days, in the columns of their files."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from reportgen.facts.pack import load
from reportgen.facts.rows import MONEY_OF_A_REPORT, PackRows
from reportgen.headline import CASES
from tests.facts.pack_folder import AS_OF, INPUTS, PackFolder

BABA = load("BABA", as_of=AS_OF, inputs=INPUTS)


NUMBERS = frozenset(
    ["target", "horizon_months", "value", "yoy", "price", "ratio", "close", "per_eur", "scale"]
) | {"month_index", "split", *MONEY_OF_A_REPORT, "cost_of_equity"}


NUMBERS |= {f"{case}_probability" for case in CASES}


DAYS = frozenset(
    ["date", "published", "period_end", "observed", "ex_date", "expires", "due", "as_of"]
)


COUNTS = frozenset(["line_no", "months", "row"])


@pytest.mark.parametrize("name", PackRows._fields)
@pytest.mark.parametrize("is_empty", [False, True])
def test_a_frame_has_text_as_text_numbers_as_numbers_and_days_as_days(
    folder: PackFolder, name: str, *, is_empty: bool
) -> None:
    pack = folder.load(date(2020, 1, 1)) if is_empty else BABA
    frame = getattr(pack, name)
    assert isinstance(frame.index, pd.RangeIndex)
    for column, dtype in frame.dtypes.items():
        if column in NUMBERS:
            assert dtype == "float64"
        elif column in COUNTS:
            assert dtype == "int64"
        elif column in DAYS:
            assert pd.api.types.is_object_dtype(dtype)
            assert all(day is None or isinstance(day, date) for day in frame[column])
        elif column == "active":
            assert pd.api.types.is_bool_dtype(dtype)
        else:
            assert dtype == "str"
            assert all(type(text) is str for text in frame[column])


def test_frames_have_the_columns_of_their_files() -> None:
    for name in ("targets", "fundamentals", "products", "claims", "assumptions", "arguments"):
        header = (INPUTS / "BABA" / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        columns = list(getattr(BABA, name).columns)
        assert columns[: columns.index("line_no")] == header.split(",")
    assert list(BABA.prices.columns) == ["date", "close", "line_no"]
    assert list(BABA.fx.columns) == ["currency", "per_eur", "date"]
