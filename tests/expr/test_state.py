"""Arrays are fitted into the frame that an expression asks for."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.expr.formula import fit
from reportgen.expr.state import fitting, twin
from tests.expr.small import CASE, ROW, STEP


def test_an_array_is_fitted_into_a_frame() -> None:
    cells = np.arange(12).reshape(3, 4)
    assert fit(cells, [CASE, ROW], [ROW, STEP, CASE]).shape == (4, 1, 3)
    assert fit(cells, [CASE, ROW], [CASE, ROW]) is cells
    assert fit(np.array(5), [], [CASE]).shape == (1,)
    assert fitting((ROW,), (ROW, twin(ROW))) is not None
    with pytest.raises(ValueError, match="do not fit into"):
        fit(cells, [CASE, ROW], [ROW])
