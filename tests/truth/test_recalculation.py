"""Every formula of a report, computed by three other programs, gives the value stored with it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.report.readback.values import show
from tests.support import formualizer_engine, gnumeric, libreoffice
from tests.support.agreement import disagreements
from tests.support.edits import Edit, write_cached
from tests.support.selection import long_except
from tests.support.stored_cells import read_cells, read_values
from tests.truth.cells import by_place, stored_formulas
from tests.truth.packs import KEPT, TICKERS

if TYPE_CHECKING:
    from tests.truth.conftest import Workshop

DATA = Path(__file__).parent / "data"
ORACLES = {
    "baba": "keys-baba-2025-11-30.json",
    "baba_no_estimates": "keys-baba-2025-11-30-without-estimates.json",
    "halves": "keys-rr.l-2025-11-30.json",
    "bank": "keys-hsba.l-2025-11-30.json",
    "loss": "keys-meta-2025-11-30.json",
}
# In the short form LibreOffice computes every form of formula, the others the least of packs and
# one with a split and another currency; the long form tries all three on all of them.
BY_ALL = {"bare", "track"}
REFERENCE = re.compile(r"(?:'[^']+'!|\w+!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")


@pytest.mark.long
def test_the_packs_of_the_short_form_have_every_form_of_formula(workshop: Workshop) -> None:
    forms = {
        pack: {
            (sheet, re.sub(r"\d+", "0", REFERENCE.sub("A1", cell.formula)))
            for sheet, stored in workshop.cells(pack).items()
            if sheet != "Registry"
            for cell in stored.values()
            if cell.formula
        }
        for pack in TICKERS
    }
    kept = set().union(*(forms[pack] for pack in KEPT))
    assert {pack: sorted(found - kept) for pack, found in forms.items() if found - kept} == {}


@pytest.mark.parametrize("pack", long_except(KEPT, TICKERS))
def test_libreoffice_computes_what_python_stored_in_every_formula_cell(
    pack: str, workshop: Workshop
) -> None:
    stored = stored_formulas(workshop.cells(pack))
    computed = by_place(read_values(workshop.recalculated(pack)))
    assert len(stored) > 10_000
    assert disagreements(stored, computed) == []


@pytest.mark.parametrize("pack", long_except(BY_ALL, TICKERS))
def test_formualizer_computes_what_python_stored_in_every_formula_cell(
    pack: str, workshop: Workshop
) -> None:
    cells = workshop.cells(pack)
    computed = by_place(formualizer_engine.recalculate(workshop.report(pack), cells))
    assert disagreements(stored_formulas(cells), computed) == []


@pytest.mark.parametrize("pack", long_except(BY_ALL, TICKERS))
def test_gnumeric_computes_what_python_stored_in_every_formula_cell(
    pack: str, workshop: Workshop, tmp_path: Path
) -> None:
    computed = by_place(gnumeric.recalculate(workshop.bare(pack), tmp_path))
    assert disagreements(stored_formulas(workshop.cells(pack)), computed) == []


def test_a_wrong_stored_value_is_caught_by_every_program(
    workshop: Workshop, tmp_path: Path
) -> None:
    report, wrong = workshop.bare("bare"), tmp_path / "wrong.xlsx"
    stored = stored_formulas(workshop.cells("bare"))
    place = next(place for place, value in stored.items() if isinstance(value, float))
    write_cached(report, Edit(*place, stored[place] * (1 + 1e-8) + 1e-8), wrong)
    recalculated = libreoffice.recalculate([wrong], tmp_path)[wrong]
    claimed = stored_formulas(read_cells(wrong))
    for computed in (
        read_values(recalculated),
        formualizer_engine.recalculate(wrong),
        gnumeric.recalculate(wrong, tmp_path / "gnumeric"),
    ):
        found = disagreements(claimed, by_place(computed))
        assert [(fault.place, fault.actual) for fault in found] == [(place, stored[place])]


@pytest.mark.parametrize("pack", ORACLES)
def test_every_key_has_the_value_that_an_independent_program_found(
    pack: str, workshop: Workshop
) -> None:
    oracle = json.loads((DATA / ORACLES[pack]).read_text(encoding="utf-8"))
    shown = show(workshop.report(pack))
    assert set(oracle) - set(shown) == set()
    assert disagreements(oracle, shown) == []


@pytest.mark.parametrize("pack", long_except({"baba"}, ["baba", "daily"]))
def test_a_recalculated_report_tells_every_public_value_that_the_issued_one_tells(
    pack: str, workshop: Workshop
) -> None:
    issued = show(workshop.report(pack))
    recalculated = show(workshop.recalculated(pack))
    assert list(recalculated) == list(issued)
    assert disagreements(issued, recalculated) == []
