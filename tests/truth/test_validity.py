"""Every report is a file that Excel opens without a word, and keeps the rules of its own grid."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

import pytest
from openpyxl.utils.cell import get_column_letter

from reportgen.report.readback.workbook import place_of
from tests.support import ooxml
from tests.support.selection import long_except
from tests.support.workbook_lint import lint, lint_house_rules
from tests.truth.cells import stored_formulas
from tests.truth.packs import TICKERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.support.stored_cells import StoredCell
    from tests.truth.cells import Place
    from tests.truth.conftest import Workshop

# In the short form: the example, and another currency with a split
KEPT = {"baba", "tokyo"}
PACKS = long_except(KEPT, TICKERS)
LONGEST_FORMULA = 250
# Fields whose cells hold formulas; all others are typed: inputs, controls, remarks beside them, and
# what is fixed at issue, such as row numbers and last month's values.
COMPUTED = {"calculated", "headline"}
REMARKS = ("K", "L", "M", "N")  # Registry columns: published, author, reason, expires


@pytest.mark.parametrize("pack", long_except({"baba", "tokyo"}, TICKERS))
def test_the_open_xml_validator_finds_no_fault(pack: str, workshop: Workshop) -> None:
    assert ooxml.validate([workshop.report(pack)]) == []


@pytest.mark.parametrize("pack", PACKS)
def test_nothing_in_a_report_would_make_excel_repair_it(pack: str, workshop: Workshop) -> None:
    assert lint(workshop.report(pack)) == []


@pytest.mark.parametrize("pack", PACKS)
def test_formulas_are_short_plain_and_free_of_typed_constants_and_errors(
    pack: str, workshop: Workshop
) -> None:
    formulas = {f"{sheet}!{at}" for sheet, at in stored_formulas(workshop.cells(pack))}
    findings = lint_house_rules(workshop.report(pack), LONGEST_FORMULA)
    # Bounds in rules beside cells, such as the largest number that may be typed, are no formulas.
    broken = [
        finding for finding in findings if finding.rule != "constant" or finding.place in formulas
    ]
    assert broken == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_typed_number_is_registered(pack: str, workshop: Workshop) -> None:
    cells = workshop.cells(pack)
    registered = set(_registered(cells["Registry"]))
    typed = {
        (sheet, at)
        for sheet, stored in cells.items()
        for at, cell in stored.items()
        if sheet != "Registry" and cell.formula is None and isinstance(cell.value, float)
    }
    assert len(typed) > 100
    assert typed - registered == set()


def _registered(registry: Mapping[str, StoredCell]) -> Iterator[Place]:
    """The places of all fields whose cells are typed, and of the remarks beside them."""
    for at, cell in registry.items():
        row = at.lstrip(ascii_uppercase)
        kind = registry.get(f"C{row}")  # none above the list
        typed = at[0] == "I" and kind is not None and kind.value not in COMPUTED
        if cell.formula and (typed or at[0] in REMARKS):
            place = place_of(cell.formula)
            assert place is not None
            for line in range(place.first_row, place.last_row + 1):
                for col in range(place.first_col, place.last_col + 1):
                    yield place.sheet, f"{get_column_letter(col + 1)}{line + 1}"
