"""The first paragraph of a diff, what is folded below it, and amounts of a cheap share."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from reportgen.attribution.records import Bar
from reportgen.attribution.shapley import DEFAULT
from reportgen.differences.forms.content import content
from reportgen.differences.forms.document import Heading, Paragraph, TableBlock
from reportgen.differences.forms.markdown import markdown
from reportgen.differences.forms.story import story
from reportgen.differences.forms.workbook import changes_book
from reportgen.differences.records import InputChange
from reportgen.differences.semantic import difference
from reportgen.model.hype_score import NAMES
from tests.differences.case_ends import NOVEMBER, OCTOBER, end_at
from tests.differences.told import BRIDGES, FULL, NEW, OLD

if TYPE_CHECKING:
    from reportgen.differences.records import Headline, ReportDiff

AMOUNT = re.compile(r"\(([+-]?[\d,]+\.\d+)\)")
PRICE, EXPECTED = "price", "expected_value"


@cache
def month(pack: str) -> ReportDiff:
    return difference(end_at(pack, OCTOBER), end_at(pack, NOVEMBER), DEFAULT)


def with_headline(key: str, old: float | None, new: float | None) -> ReportDiff:
    """The told diff, one headline at other values and without bars."""

    def put(one: Headline) -> Headline:
        return one._replace(old=old, new=new) if one.key == key else one

    bridges = tuple(one for one in BRIDGES if one.output != key)
    return replace(FULL, headlines=tuple(map(put, FULL.headlines)), bridges=bridges)


def number(text: str) -> float:
    return float(text.replace(",", ""))


SENTENCES = """
From 2025-10-31 to 2025-11-30 the expected value fell by USD 19.03 (-11.5%) to USD 146.30, and the
price fell by 7.7% to USD 157.30; the stance turned from LONG to NO POSITION. What moved the
expected value: EPS reference (-16.10), Growth, base, Cloud (-2.16), CNY per USD (+1.08), all else
(-1.85). The hype-adjusted value rose by USD 2.54 (+1.4%) to USD 182.97: EPS reference (+2.14),
Growth, base, Cloud (+0.29), all else (+0.11); the consensus fell by USD 2.74 (-1.3%) to USD 212.57:
EPS reference (-2.32), Growth, base, Cloud (-0.31), all else (-0.11); the hype score rose by 8.8 to
36.9.
"""


def test_the_month_is_told_in_three_sentences() -> None:
    assert len(story(FULL)) == 3
    assert " ".join(story(FULL)) == " ".join(SENTENCES.split())


@pytest.mark.parametrize("pack", ["baba", "pence", "tokyo"])
def test_causes_and_all_else_add_up_to_the_change_as_printed(pack: str) -> None:
    diff = month(pack)
    change = next(one for one in diff.headlines if one.key == EXPECTED).shown_change(diff.cents)
    causes = story(diff)[1]
    assert sum(map(number, AMOUNT.findall(causes))) == pytest.approx(change, abs=1e-9)


@pytest.mark.parametrize(
    ("key", "old", "new", "words"),
    [
        (PRICE, 157.3, 157.3, "the price stood still at USD 157.30"),
        (PRICE, 157.3, 157.302, "the price stood still at USD 157.30"),
        (PRICE, None, 157.3, "the price is USD 157.30, after n/a"),
        (EXPECTED, 151.0, None, "the expected value is n/a, after USD 151.00"),
        (EXPECTED, None, None, "the expected value is n/a in both"),
        (EXPECTED, 100.0, 125.0, "the expected value rose by USD 25.00 (+25.0%) to USD 125.00"),
        (EXPECTED, -4.0, 2.0, "the expected value rose by USD 6.000 (+150.0%) to USD 2.000"),
        (EXPECTED, 0.0, 2.0, "the expected value rose by USD 2.00"),
    ],
)
def test_what_moved_nothing_or_is_not_known_is_said_so(
    key: str, old: float | None, new: float | None, words: str
) -> None:
    diff = with_headline(key, old, new)
    if "6.000" in words:
        diff = replace(diff, headlines=(*diff.headlines[:-2], diff.headlines[-2]._replace(old=9.0)))
    assert words in story(diff)[0]


def test_a_change_that_cannot_be_split_says_why() -> None:
    refused = BRIDGES[3]._replace(bars=(), note="not attributed: n/a at one end")
    told = story(replace(FULL, bridges=(*BRIDGES[:3], refused, *BRIDGES[4:])))
    assert told[1] == "What moved the expected value: not attributed: n/a at one end."


def test_two_reports_of_one_day_and_equal_ones_are_told_as_such() -> None:
    assert story(replace(FULL, old=OLD._replace(as_of=NEW.as_of)))[0].startswith("As of 2025-11-30")
    assert story(replace(FULL, new=NEW._replace(stance="LONG")))[0].endswith("stance stays LONG.")
    same = tuple(one._replace(new=one.old) for one in FULL.headlines)
    empty = replace(
        FULL,
        headlines=same,
        **dict.fromkeys(("inputs", "facts", "checks", "numbers", "workbook", "unreproduced"), ()),
    )
    assert story(empty) == ()


def test_it_is_the_first_paragraph_of_every_form() -> None:
    first = content(FULL).blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text == " ".join(story(FULL))
    assert markdown(content(FULL)).split("\n\n")[1].startswith("From 2025-10-31")
    cells = changes_book(FULL).sheets[0].cells
    assert any(str(cell.value).startswith("From 2025-10-31") for cell in cells if cell.row < 3)


# --- the hype score ---
@pytest.mark.parametrize("pack", ["baba", "pence", "tokyo"])
def test_the_score_is_bridged_by_its_sub_scores(pack: str) -> None:
    bridge = month(pack).bridges[-1]
    assert bridge.output == "hype.score"
    if bridge.old is None or bridge.new is None:
        assert not bridge.bars
        return
    assert sum(bar.amount for bar in bridge.bars) == pytest.approx(bridge.new - bridge.old)
    keys = {f"hype.sub[{name}]": label for name, label in NAMES.items()}
    assert all(keys[bar.player] == bar.label for bar in bridge.bars)


def test_a_sub_score_that_came_is_told_as_such() -> None:
    notes = {bar.label: bar.note for bar in month("baba").bridges[-1].bars}
    assert notes["Expectations"] == "n/a before, 100 of 100 now"
    assert notes["Run-up"] == "33 of 100 before, 44 of 100 now"


# --- bars that need a word ---
def test_time_and_targets_are_explained_where_they_stand() -> None:
    table = next(
        block
        for block in content(month("baba")).blocks
        if isinstance(block, TableBlock) and block.head[0] == "Why"
    )
    told = {row[0]: row[-1] for row in table.rows}
    assert told["Passing of time"].startswith("time\n30 days later each target is older")
    assert "half in 90 days" in told["Passing of time"]
    assert told["Target: Macquarie, 2025-11-26"].startswith(
        "targets\n235.60 USD of 2025-09-29, now 212.70 HKD of 2025-11-26"
    )
    assert told["Price"] == "price"


# --- what is folded ---
def folded(diff: ReportDiff) -> list[str]:
    blocks = content(diff, everything=False).blocks
    return [one.text for one in blocks if isinstance(one, Paragraph) and "see --all" in one.text]


def rate(code: str) -> InputChange:
    return InputChange(f"fx[{code}]", f"Units per EUR: {code}", "number", "changed", 1.0, 1.1)


CROSSED = tuple(map(rate, ("USD", "CNY", "JPY", "GBP")))  # of these only CNY is in a bar


@pytest.mark.parametrize(
    ("diff", "told"),
    [
        (replace(FULL, inputs=CROSSED), ["and 2 exchange rates that move no value: see --all"]),
        (
            replace(FULL, inputs=CROSSED, bridges=()),
            ["4 exchange rates that move no value: see --all"],
        ),
        (replace(FULL, inputs=CROSSED, bridges=(BRIDGES[0]._replace(whole="families"),)), []),
        (
            replace(FULL, inputs=CROSSED, bridges=(BRIDGES[0]._replace(bars=(), note="n/a"),)),
            [],
        ),
        (
            replace(FULL, inputs=(FULL.inputs[1], FULL.inputs[1]._replace(key="claim[x]"))),
            ["1 target, 1 claim: see --all"],
        ),
    ],
    ids=["one moves", "none moves", "families as one", "not split", "superseded"],
)
def test_what_tells_little_is_counted_until_all_is_asked_for(
    diff: ReportDiff, told: list[str]
) -> None:
    assert folded(diff) == told
    blocks = content(diff).blocks
    listed = [row for block in blocks if isinstance(block, TableBlock) for row in block.rows]
    assert all(any(one.key in row[0] for row in listed) for one in diff.inputs)
    assert any(isinstance(block, Heading) for block in content(diff, everything=False).blocks)


# --- a cheap share ---
def test_a_cheap_share_is_told_in_the_decimals_of_its_workbook() -> None:
    diff = month("pence")
    table = next(block for block in content(diff).blocks if isinstance(block, TableBlock))
    rows = {row[0]: row[1:4] for row in table.rows}
    assert diff.cents == 4
    for old, new, change in (rows["Expected value"], rows["Price"]):
        assert [len(text.partition(".")[2]) for text in (old, new, change)] == [4, 4, 4]
        assert round(number(new) - number(old), 4) == number(change)
    shape = changes_book(diff).styles["plain.signed"].number_format
    assert shape == "[>=0.00005]+#,##0.0000;[<=-0.00005]-#,##0.0000;0.0000"


def test_the_report_with_more_decimals_decides_for_both() -> None:
    def priced(old: float | None, new: float | None) -> int:
        return with_headline(PRICE, old, new).cents

    assert (priced(12.5, 13.0), priced(12.5, 11.5), priced(0.9, 2.0)) == (2, 3, 4)
    assert (priced(None, 11.5), priced(None, None)) == (3, 2)
    bars = (Bar("x", "X", "price", 0.0004),)
    bridge = BRIDGES[3]._replace(old=0.5, new=0.5004, bars=bars)
    cheap = replace(with_headline(PRICE, 0.5, 0.5), bridges=(bridge,))
    assert "X (+0.0004)" in story(cheap)[1]
