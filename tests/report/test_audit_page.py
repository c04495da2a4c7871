"""The page that walks from a value to its source is made from a report, and is up to date."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.report.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.pipeline import Report

PAGE = ROOT / "docs" / "audit.md"


def test_the_walk_is_what_make_docs_would_write(report: Callable[[str], Report]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(ROOT / "docs")
        made: str = import_module("build_audit_page").page(report("baba"))
    assert PAGE.read_text(encoding="utf-8") == made, "run make docs"


def test_a_dozen_steps_lead_from_summary_to_a_document() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|")[1:-1] for line in lines if "!" in line and line.startswith("|")]
    steps = [[cell.strip(" `") for cell in row] for row in rows]
    tabs = [step[1].partition("!")[0] for step in steps]
    assert (tabs[0], tabs[-1]) == ("Summary", "Evidence")
    assert len(steps) <= 12
    formulas = [step[3] for step in steps]
    assert [formula.startswith("=") for formula in formulas[:-3]] == [True] * (len(steps) - 3)
    assert formulas[-3:] == ["typed"] * 3
    assert steps[-1][4] == "September Quarter 2025 Results"
