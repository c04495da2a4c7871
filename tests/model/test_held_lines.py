"""No computed line of the model is held by nothing but its own printing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.model.held import COMPUTED, STEPS
from tests.support.tools import run

HERE = Path(__file__)
# Each is looked at as a whole: the halvings of a bracket, the years of a launch, numbers of rows
HELD_AS_LADDERS = {
    "ladder[{step}].half_width",
    "ladder[{step}].middle[{growth_case}]",
    "ladder[{step}].side[{growth_case}]",
    "launch.year[{year}].number",
    "cycle[{cycle}].number",
    "twelve_months[{flow}].number",
}


def test_the_ladders_are_those_that_are_looked_at_as_a_whole() -> None:
    assert {line.key for line in STEPS & set(COMPUTED)} == HELD_AS_LADDERS


@pytest.mark.long
def test_a_reference_or_a_figure_worked_out_by_hand_tells_of_every_line_that_is_wrong(
    tmp_path: Path,
) -> None:
    """See `held`: each line is moved, and what references and hand-worked tests look at differs."""
    told = tmp_path / "held.json"
    tests = sorted(str(path) for path in HERE.parent.glob("test_*.py") if path != HERE)
    options = ["-n", "0", "-p", "no:cacheprovider", "-p", "tests.model.held", "--held", str(told)]
    run([sys.executable, "-m", "pytest", *options, *tests], timeout=600)
    held = json.loads(told.read_text(encoding="utf-8"))
    assert {line.key for line in COMPUTED} - set(held) == HELD_AS_LADDERS
