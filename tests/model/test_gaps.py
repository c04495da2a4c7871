"""What a report says it lacks: where a figure that the pack asks for is n/a, and what it hangs on.

The lines are worked out from a few figures that a test states; all others are n/a.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.expr.nodes import Line
from reportgen.expr.solve import solve
from reportgen.expr.tree import within
from reportgen.model.gaps import WATCHED, counts, gaps, is_asked, is_open
from reportgen.model.keys import filled
from reportgen.model.last_month import LastMonth
from reportgen.model.report_question import ask
from reportgen.model.solved import by_key
from tests.laws.cases import company

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model.gaps import Gap
    from reportgen.values import Value


def lacking(stated: Mapping[str, float | None], pack: str = "baba") -> dict[str, Gap]:
    """The gaps by key where only these figures are known, in a report of a pack."""
    question = ask(company(pack), LastMonth(float("nan"), None))
    links = {is_open: question.links[is_open]}
    parts = (part for node in links[is_open] for part in within(node))
    read = {part for part in parts if isinstance(part, Line)}
    given = {is_asked: question.given[is_asked]}
    for line in read:
        shape = tuple(question.size(dim) for dim in line.dims)
        given[line] = np.full(shape, np.nan)
        for key, index in filled(line, question.members):
            if stated.get(key) is not None:
                given[line][index] = stated[key]
    solved = solve((is_open, counts), given, question.members, {}, links)
    values: dict[str, Value] = {**dict(by_key(solved)), **stated}
    return {gap.key: gap for gap in gaps(values)}


def test_a_gap_is_told_only_where_what_it_needs_is_known() -> None:
    nothing = lacking({})
    assert "expected_value" in nothing
    assert "launch.value" not in nothing
    assert "launch.value" in lacking({"company.launch.date": 45953.0})
    assert "price" not in lacking({"price": 157.3})


@pytest.mark.parametrize(("weight", "is_told"), [(0.2, True), (0.0, False), (None, False)])
@pytest.mark.parametrize("key", ["book_value", "bear.pb_12m"])
def test_a_method_without_a_weight_leaves_no_gap(
    key: str, weight: float | None, *, is_told: bool
) -> None:
    stated = {"fx_reporting": 1.0, "shares_diluted": 1.0, "assumption[weight_pb,all,]": weight}
    if key != "book_value":
        stated["book_value"] = 100.0
    assert (key in lacking(stated)) is is_told


def test_a_method_is_told_by_its_first_case_that_is_unknown() -> None:
    stated = {"eps_reference": 5.0, "assumption[weight_pe,all,]": 1.0, "bear.pe_12m": 80.0}
    assert lacking(stated)["base.pe_12m"].label == "P/E"


def test_a_launch_is_no_gap_of_a_company_without_one() -> None:
    assert "launch.value" not in lacking({"company.launch.date": 45953.0}, "no_claims")


def test_no_two_figures_that_are_watched_go_by_one_name() -> None:
    assert len({one.member for one in WATCHED}) == len(WATCHED)
