"""Every line that the program declares takes part, and each is calculated after what it reads."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages
from random import Random

import pytest

from reportgen import model
from reportgen.expr.functions import previous, whole
from reportgen.expr.nodes import NA, Line, Unit
from reportgen.expr.order import in_order
from reportgen.expr.tree import reads
from reportgen.model.dims import STEP
from reportgen.model.inputs.constants import policies
from reportgen.model.report_question import ALL_LINES
from reportgen.model.words import case_line, given, line, lines_in
from reportgen.report import tabs
from reportgen.report.tabs.catalogue import LINES

EVERY_LINE = in_order((*policies(), *ALL_LINES, *LINES))


def test_every_line_that_is_declared_is_offered_or_read() -> None:
    declared = {
        line: module.name
        for top in (model, tabs)
        for module in walk_packages(top.__path__, f"{top.__name__}.")
        for line in lines_in(vars(import_module(module.name)))
    }
    known = set(EVERY_LINE)
    assert [(name, line.key) for line, name in declared.items() if line not in known] == []


def test_every_line_comes_after_those_that_it_reads() -> None:
    place = {line: number for number, line in enumerate(EVERY_LINE)}
    late = [
        (line.key, read.key)
        for line in EVERY_LINE
        for read in (*reads(line).lines, *(varied.line for varied in reads(line).varied))
        if place[read] >= place[line]
    ]
    assert late == []


@pytest.mark.parametrize("seed", range(5))
def test_the_lines_of_a_ladder_stand_together_however_they_are_asked_for(seed: int) -> None:
    shuffled = list(EVERY_LINE)
    Random(seed).shuffle(shuffled)  # noqa: S311 - an order, no secret
    keys = [line.key for line in in_order(shuffled)]
    ladder = [number for number, key in enumerate(keys) if key.startswith("ladder[{step}].")]
    rungs = {"middle", "ratio", "faded", "side"}
    looked = [number for number in ladder if keys[number].split(".")[1].split("[")[0] in rungs]
    assert max(looked) - min(looked) == len(looked) - 1
    assert set(keys) == {line.key for line in EVERY_LINE}


def test_what_is_read_comes_along_and_untied_lines_keep_their_order() -> None:
    first, second = (given(name, name, Unit.NUMBER) for name in ("first", "second"))
    both = line("both", "Both", Unit.NUMBER, second + first)
    assert in_order([both]) == (second, first, both)
    assert in_order([first, second, both]) == (first, second, both)


def test_a_ladder_is_found_through_the_keys_that_it_looks_back_at() -> None:
    low = case_line("low", "Low", Unit.NUMBER, previous("high", STEP, 0) + 1, STEP)
    other = line("other", "Other", Unit.NUMBER, whole(low))
    high = case_line("high", "High", Unit.NUMBER, low + 1, STEP)
    assert in_order([other, high]) == (low, high, other)


def test_lines_that_no_one_asks_for_are_left_out() -> None:
    asked = given("asked", "Asked", Unit.NUMBER)
    line("loose", "Loose", Unit.NUMBER, asked + NA)
    assert in_order([asked]) == (asked,)
    assert all(isinstance(line, Line) for line in EVERY_LINE)
