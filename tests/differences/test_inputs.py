"""What the inputs of a diff are called: no two rows of a table alike, in words."""

from __future__ import annotations

from collections import Counter

import pytest

from reportgen.differences.inputs import input_changes
from reportgen.model.cell_names import words_of
from tests.differences.case_ends import NOVEMBER, OCTOBER, end_at

NAMES = {
    "assumption[growth,base,china_ecommerce]": "Growth: China e-commerce, base",
    "fundamental[cloud,revenue,FY2026-Q2]": "Revenue: Cloud Intelligence, FY2026-Q2",
    "fundamental[cloud,revenue,FY2026-Q2].yoy": (
        "Revenue: Cloud Intelligence, FY2026-Q2, change on a year"
    ),
    "target[Macquarie,ordinary,2025-11-26]": "Target: Macquarie, 2025-11-26",
    "product[Alibaba,Quark AI Glasses,S1,ainvest-catalyst,2025-11-27]": (
        "Price: Quark AI Glasses S1 (ainvest-catalyst, 2025-11-27)"
    ),
    "claim[pe,META,tiger-post,2025-11-29#2]": ("Claimed P/E: META (tiger-post, 2025-11-29), no. 2"),
    "eps_ntm[2025-11-28]": "Consensus EPS, next 12 months: 2025-11-28",
    "as_of": "As of",
}


def test_every_input_is_called_by_what_it_is_about() -> None:
    changes = input_changes(end_at("baba", OCTOBER), end_at("baba", NOVEMBER))
    found = {one.key: one.label for one in changes}
    assert {key: found[key] for key in NAMES} == NAMES


@pytest.mark.parametrize("pack", ["baba", "daily", "tokyo"])
def test_no_two_inputs_have_one_name(pack: str) -> None:
    changes = input_changes(end_at(pack, OCTOBER), end_at(pack, NOVEMBER))
    names = Counter(one.label for one in changes)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ebita", "EBITA"),
        ("revenue", "Revenue"),
        ("operating_income", "Operating income"),
        ("ai_capex_3y", "AI capex 3 years"),
        ("outperform_probability_3m", "Outperform probability 3 months"),
        ("eps_gaap", "EPS gaap"),
        ("", ""),
    ],
)
def test_metrics_and_claims_are_spelled_in_words(name: str, words: str) -> None:
    assert words_of(name) == words
