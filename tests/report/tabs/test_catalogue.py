from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.policy import load_policy
from reportgen.model.report_question import answer
from reportgen.report.assemble import lay_out
from reportgen.report.context import Context
from reportgen.report.tabs import catalogue
from reportgen.report.tabs.catalogue import TABS
from reportgen.report.theme import load_theme
from tests.report.rebuilt import pack_of, question_of

if TYPE_CHECKING:
    from reportgen.report.tabs.catalogue import TabEntry


def without_lines(entry: TabEntry) -> TabEntry:
    return replace(entry, lines=()) if entry.title == "Evidence" else entry


def test_a_tab_that_forgets_to_offer_what_it_lays_out_is_told_which_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(catalogue, "TABS", tuple(map(without_lines, TABS)))
    pack = pack_of("bare")
    question = question_of(pack)
    context = Context(pack, load_policy(), question, answer(question), load_theme())
    with pytest.raises(LookupError, match=r"^Evidence lays out .+: name them in `lines` of its"):
        lay_out(context)


def test_tabs_have_titles_of_their_own_and_offer_each_line_once() -> None:
    titles = [tab.title for tab in TABS]
    lines = [line for tab in TABS for line in tab.lines]
    assert len({*titles}) == len(titles)
    assert len({*lines}) == len(lines)
