"""Numbers in sentences are told as cells tell them."""

from __future__ import annotations

import pytest

from reportgen.expr.evaluate import Evaluator
from reportgen.expr.nodes import Number
from reportgen.model import number_text
from reportgen.report.theme import load_theme
from tests.support.rendered import rendered

RATIOS = (0.1234, -0.075, -0.0005, 1.0, -12.3456)


@pytest.mark.parametrize("value", RATIOS)
def test_a_ratio_is_told_as_its_cell_shows_it(value: float) -> None:
    (text,) = Evaluator({}, {}, {}).cell(number_text.ratio(Number(value))).tolist()
    shown = rendered(value, load_theme().style("calc.ratio", "USD", "CNY").number_format)
    assert text == shown.strip()


@pytest.mark.parametrize(("value", "text"), [(8.0, "8.0x"), (20.769, "20.8x"), (0.25, "0.3x")])
def test_a_multiple_is_told_with_one_decimal(value: float, text: str) -> None:
    assert Evaluator({}, {}, {}).cell(number_text.multiple(Number(value))).tolist() == [text]
