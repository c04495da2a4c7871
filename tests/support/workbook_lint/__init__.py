"""Our own judge of workbooks: what makes Excel offer to repair a file, and what the house forbids.

The Open XML SDK validator checks little more than the schema. The faults here are those that it is
known to miss.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.workbook_lint.book import Finding, open_book
from tests.support.workbook_lint.cells import cell_faults
from tests.support.workbook_lint.formulas import formula_faults, house_faults
from tests.support.workbook_lint.names import name_faults
from tests.support.workbook_lint.sheets import sheet_faults
from tests.support.workbook_lint.styles import style_faults

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Finding", "lint", "lint_house_rules"]


def lint(path: Path) -> list[Finding]:
    """What would make Excel repair, refuse or misread the workbook; empty when nothing would."""
    book = open_book(path)
    checks = (name_faults, sheet_faults, cell_faults, style_faults, formula_faults)
    return [finding for check in checks for finding in check(book)]


def lint_house_rules(path: Path, longest_formula: int = 250) -> list[Finding]:
    """What a valid workbook of ours still must not hold; callers filter by `rule` and place.

    Rules: `volatile` (also OFFSET and INDIRECT), `constant` (a number in a formula other than 0, 1,
    2, 12, 100, 1000), `long formula`, `external link`, `error value`, `no cached value`.
    """
    return list(house_faults(open_book(path), longest_formula))
