"""A host with another version of the program does nothing, and says so."""

from __future__ import annotations

from reportgen.runs.host import Order, do_here
from reportgen.runs.lanes import Limits


def test_a_host_with_another_version_of_the_program_says_so() -> None:
    answer = do_here(Order("0.0.1", Limits(), {}, b""))
    assert "reportgen is 0.0.1 here and" in answer.why
    assert not answer.changes
