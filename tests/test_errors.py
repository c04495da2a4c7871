"""How a mistake is told: its place, what was found, what to do."""

from __future__ import annotations

import pickle

import pytest

from reportgen.errors import (
    AskedToEnd,
    InputErrors,
    Problem,
    in_reading_order,
    kind_on_one_line,
    on_one_line,
    quote,
)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("one\n  two"), "one two"),
        (OSError(28, "No space left", "a.csv"), "a.csv: No space left"),
        (OSError(28, "No space left"), "No space left"),
        (OSError("torn"), "torn"),
    ],
)
def test_an_error_is_told_on_one_line(error: Exception, told: str) -> None:
    assert on_one_line(error) == told


def test_an_error_that_nobody_foresaw_is_told_by_its_kind() -> None:
    assert kind_on_one_line(KeyError("price\nof")) == r"KeyError: 'price\nof'"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a", '"a"'),
        ("x" * 60, f'"{"x" * 60}"'),
        ("x" * 61, f'"{"x" * 59}…"'),
        ("a\x1b[31m\né", r'"a\x1b[31m\né"'),
    ],
)
def test_a_text_of_a_file_is_quoted_short_and_without_control(text: str, told: str) -> None:
    assert quote(text) == told


WHOLE = Problem("a.csv", 4, "Close", "is blank", "a number", "fill it in")


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (WHOLE, "a.csv:4 Close: is blank; expected a number; fill it in"),
        (WHOLE._replace(line=None), "a.csv Close: is blank; expected a number; fill it in"),
        (WHOLE._replace(column=None, expected=""), "a.csv:4: is blank; fill it in"),
        (WHOLE._replace(found=None, remedy=""), "a.csv:4 Close: expected a number"),
    ],
)
def test_a_problem_is_told_with_what_is_known_of_it(problem: Problem, told: str) -> None:
    assert str(problem) == told


def test_problems_are_told_once_each_file_by_file_and_from_the_top_down() -> None:
    places = [("a", None, None), ("a", None, "B"), ("a", 1, None), ("a", 2, "A"), ("a", 2, "B")]
    problems = [Problem(*place, "is wrong", "", "") for place in (*places, ("b", 1, "A"))]
    assert in_reading_order((*problems[::-1], *problems)) == tuple(problems)
    error = pickle.loads(pickle.dumps(InputErrors(problems[::-1])))  # noqa: S301 - our own
    assert error.problems == tuple(problems)
    assert str(error).splitlines() == list(map(str, problems))


def test_a_request_to_end_leaves_the_status_that_shells_know() -> None:
    assert [AskedToEnd(number).status for number in (2, 15)] == [130, 143]
