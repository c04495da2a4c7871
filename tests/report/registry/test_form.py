"""Values are packed as texts that come back the same, bit for bit."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.report.registry.form import CELL_LIMIT, packed, unpacked
from reportgen.report.tabs.registry import CAPTIONS, ISSUED


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ([1.0, -1.0, 0.0, -0.0, 0.5], "[1,-1,0,-0.0,0.5]"),
        (
            [2.0**53 - 1, 2.0**53, -(2.0**53)],
            "[9007199254740991,9007199254740992.0,-9007199254740992.0]",
        ),
        ([math.nan, "n/a", ""], '[null,"n/a",""]'),
        ([], "[]"),
    ],
)
def test_values_are_packed_as_short_as_they_come_back_the_same(
    found: list[float | str], text: str
) -> None:
    assert packed(found) == [text]
    back = unpacked([text])
    assert [repr(x) for x in back] == [
        repr(None if isinstance(x, float) and math.isnan(x) else x) for x in found
    ]


@pytest.mark.parametrize(("size", "parts"), [(CELL_LIMIT - 4, 1), (CELL_LIMIT - 3, 2)])
def test_a_text_that_is_too_long_for_a_cell_goes_on_in_another(size: int, parts: int) -> None:
    found = packed(["x" * size])
    assert (len(found), CELL_LIMIT) == (parts, 32_000)
    assert unpacked(found) == ["x" * size]


@pytest.mark.parametrize("text", ["[[1]]", "[{}]", "7", "nonsense", '["a"'])
def test_a_text_that_was_not_packed_here_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        unpacked([text])


@given(
    st.lists(st.floats(allow_nan=True) | st.text(), max_size=50),
    st.integers(min_value=1, max_value=40),
)
def test_packed_values_come_back_bit_for_bit(found: list[float | str], times: int) -> None:
    finite = [value for value in found if isinstance(value, str) or not math.isinf(value)] * times
    texts = packed(finite)
    read = [math.nan if value is None else value for value in unpacked(texts)]
    assert max(map(len, texts)) <= CELL_LIMIT
    assert [repr(value) for value in read] == [
        repr(value if isinstance(value, str) else float(value)) for value in finite
    ]


def test_a_long_series_takes_as_many_cells_as_it_needs() -> None:
    texts = packed(["x" * 50] * 2_000)
    assert len(texts) > 3
    assert json.loads("".join(texts)) == ["x" * 50] * 2_000
    assert CAPTIONS[ISSUED] == "Issued"
