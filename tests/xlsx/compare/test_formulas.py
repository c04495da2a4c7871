"""Spellings of one formula are the same formula, and no others."""

from __future__ import annotations

import pytest

from reportgen.xlsx.compare.formulas import canonical_pieces

# Spellings that mean the same
SAME = [
    ("=SUM(A1, B1)", "=sum(A1,B1)"),
    ("=A1*2.50", "=A1*2.5"),
    ("=1E3", "=1000"),
    ("=IF(A1,TRUE(),FALSE())", "=IF(A1,TRUE,FALSE)"),
    ("=_xlfn.STDEV.S(A1:A2)", "=STDEV.S(A1:A2)"),
    ("", " "),
]


DIFFERENT = [
    ('="a b"', '="ab"'),
    ('="Sum"', '="SUM"'),
    ("=A1", "=$A$1"),
    ("=A1*2.5", "=A1*2.51"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_the_same_formula_are_equal(one: str, other: str) -> None:
    assert canonical_pieces(one) == canonical_pieces(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_formulas_that_differ_stay_different(one: str, other: str) -> None:
    assert canonical_pieces(one) != canonical_pieces(other)
