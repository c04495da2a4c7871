"""As of any month's end, the cells of a report are what other programs compute of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from reportgen.runs.drafts import build
from tests.support import formualizer_engine, gnumeric, libreoffice
from tests.support.agreement import disagreements
from tests.support.edits import write_bare
from tests.support.stored_cells import read_cells, read_values
from tests.truth.cells import by_place, stored_formulas

INPUTS = Path(__file__).parents[2] / "inputs"
MONTH_ENDS = [
    date(2025 + month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in range(1, 19)
]


@pytest.mark.long
@pytest.mark.parametrize("as_of", MONTH_ENDS, ids=str)
def test_every_program_computes_what_python_stored(as_of: date, tmp_path: Path) -> None:
    report, bare = (
        build("BABA", as_of=as_of, inputs=INPUTS, outputs=tmp_path).path,
        tmp_path / "bare.xlsx",
    )
    write_bare(report, bare)
    stored = stored_formulas(read_cells(bare))
    recalculated = libreoffice.recalculate([bare], tmp_path / "libreoffice")[bare]
    assert disagreements(stored, by_place(read_values(recalculated))) == []
    assert disagreements(stored, by_place(formualizer_engine.recalculate(bare))) == []
    assert disagreements(stored, by_place(gnumeric.recalculate(bare, tmp_path / "gnumeric"))) == []
