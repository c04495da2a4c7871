"""What is told of a fact that is not what it was."""

from __future__ import annotations

import pytest

from reportgen.differences.facts import Fact, changes_of

PE = Fact("fact[pe]", "P/E", 20.0, 0.1, conflict=False, rests_on=("a", 20.0))


NOW = PE._replace(label="P/E now")


OPEN = PE._replace(spread=0.4, conflict=True)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (PE, PE, []),
        (None, NOW, [("P/E now", "entered", None, 20.0)]),
        (PE, None, [("P/E", "left", 20.0, None)]),
        (PE, NOW._replace(value=21.0), []),  # an exchange rate moved it
        (PE, NOW._replace(rests_on=("b", 20.0)), []),
        (
            PE,
            NOW._replace(value=21.0, rests_on=("b", 21.0)),
            [("P/E now", "changed value", 20.0, 21.0)],
        ),
        (PE, NOW._replace(value=21.0, rests_on=None), [("P/E now", "changed value", 20.0, 21.0)]),
        (PE, OPEN, [("P/E", "conflict opened", 0.1, 0.4)]),
        (OPEN, PE, [("P/E", "conflict closed", 0.4, 0.1)]),
        (OPEN, OPEN._replace(spread=0.5), []),
        (
            PE,
            OPEN._replace(value=None, rests_on=None),
            [("P/E", "changed value", 20.0, None), ("P/E", "conflict opened", 0.1, 0.4)],
        ),
        (
            None,
            OPEN,
            [("P/E", "entered", None, 20.0), ("P/E", "conflict opened", None, 0.4)],
        ),
        (
            OPEN,
            None,
            [("P/E", "left", 20.0, None), ("P/E", "conflict closed", 0.4, None)],
        ),
    ],
)
def test_a_fact_that_changed_is_told_with_what_changed(
    old: Fact | None, new: Fact | None, told: list[tuple[object, ...]]
) -> None:
    found = list(changes_of(old, new))
    assert [tuple(one)[1:] for one in found] == told
    assert {one.key for one in found} <= {"fact[pe]"}
