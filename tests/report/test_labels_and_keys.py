"""What stands beside a label, and below a caption, is the figure that the label names.

A place is read as the public key that it shows: the one that the Registry gives it, or the one
that its formula points to. So a row of these tables fails when two figures are exchanged, though
each is right in itself.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reportgen.xlsx.addresses import a1
from tests.golden.prints import keys_by_place, spelled
from tests.report.conftest import built
from tests.report.sheets import sheet

if TYPE_CHECKING:
    from reportgen.xlsx.book import Cell

PACK = "baba"
# a formula that only fetches: =KEY, =KEY&"", or a given figure that may be n/a
_FETCHED = (re.compile(r'=(.+?)(?:&"")?'), re.compile(r'=IF\(ISNUMBER\((.+)\),\1,"n/a"\)'))


class Grid(NamedTuple):
    """The cells of a tab by row and column, and the key that each shows."""

    cells: dict[tuple[int, int], Cell]
    keys: dict[tuple[int, int], str]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where a text stands, from the top and the left."""
        return sorted(at for at, cell in self.cells.items() if cell.value == text)


@cache
def grid(tab: str) -> Grid:
    """A tab of the example."""
    keys = _keys()
    cells = {(cell.row, cell.col): cell for cell in sheet(built(PACK), tab).cells}
    shown = {}
    for (row, col), cell in cells.items():
        key = keys.get((tab, a1(row, col))) or _fetched(cell, tab)
        if key:
            shown[row, col] = key
    return Grid(cells, shown)


@cache
def _keys() -> dict[tuple[str, str], str]:
    return keys_by_place(built(PACK).book)


def _fetched(cell: Cell, tab: str) -> str:
    """The key that a formula fetches; blank if it computes."""
    formula = spelled(cell.formula, tab, _keys()) if cell.formula else ""
    formula = formula if formula.startswith("=") else f"={formula}"
    for form in reversed(_FETCHED):
        if found := form.fullmatch(formula):
            return found[1]
    return ""


def beside(tab: str, label: str, below: str = "") -> str:
    """The key of the first figure right of a label; of the first such label below a text."""
    on = grid(tab)
    top = on.places(below)[0][0] if below else -1
    row, col = next(at for at in on.places(label) if at[0] > top)
    return next(key for (line, at), key in sorted(on.keys.items()) if line == row and at > col)


def under(tab: str, label: str, caption: str, below: str = "") -> str:
    """The key in the row of a label, in the column of the caption that is next above it."""
    on = grid(tab)
    top = on.places(below)[0][0] if below else -1
    captions = [at for at in on.places(caption) if at[0] >= top]
    row = next(at[0] for at in on.places(label) if at[0] > captions[0][0])
    col = [at for at in captions if at[0] < row][-1][1]
    return on.keys.get((row, col), "")


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("As of", "as_of"),
        ("Price", "price"),
        ("Close of", "price.date"),
        ("Readiness", "readiness"),
        ("Because of", "readiness.reason"),
        ("Checks", "say.state"),
        ("Since issue", "say.moved"),
        ("Buy below", "stance.buy_below"),
        ("Short above", "stance.short_above"),
        ("Total return expected", "stance.total_return"),
        ("Cost of equity", "cost_of_equity"),
        ("Skew: gain to bull / loss to bear", "skew"),
        ("Bull probability implied", "implied_bull_probability"),
        ("Bull probability, house", "house_bull_probability"),
        ("Price targets published", "news.targets"),
        ("Reported figures published", "news.results"),
        ("Claims published", "news.claims"),
        ("Product prices published", "news.prices"),
        ("Consensus of price targets", "hype.consensus"),
        ("Generic haircut: optimism, age", "hype.generic"),
        ("Specific haircut: run-up, launch", "hype.specific"),
        ("Hype-adjusted value", "hype.value"),
        ("Hype-adjusted to expected", "hype.to_expected"),
        ("coverage", "hype.coverage"),
        ("FAIL", "checks.fail"),
        ("WARN", "checks.warn"),
        ("At stake: change of the expected value when it moves by", "policy[weak.shock]"),
    ],
)
def test_summary_shows_beside_each_label_its_figure(label: str, key: str) -> None:
    assert beside("Summary", label) == key


SUMMARY_ROWS = {
    "Bear": "bear.value",
    "Base": "base.value",
    "Bull": "bull.value",
    "Expected": "expected_value",
    "Hype-adjusted": "hype.value",
    "Consensus": "hype.consensus",
}


@pytest.mark.parametrize(("label", "key"), SUMMARY_ROWS.items())
def test_summary_shows_a_value_now_last_month_and_their_difference(label: str, key: str) -> None:
    issued = f"issued.{label.lower().replace('-adjusted', '')}"
    assert under("Summary", label, "Value") == key
    assert under("Summary", label, "Last month") == f"last_month.{key}"
    assert under("Summary", label, "Change") == f"since_last_month.{key}"
    assert under("Summary", label, "As issued") == issued


@pytest.mark.parametrize(
    ("label", "caption", "key"),
    [
        ("Bear", "Probability", "bear.probability"),
        ("Base", "Probability", "base.probability"),
        ("Bull", "Probability", "bull.probability"),
        ("Bear", "Upside", "bear.upside"),
        ("Base", "Upside", "base.upside"),
        ("Bull", "Upside", "bull.upside"),
        ("Expected", "Upside", "upside"),
        ("Hype-adjusted", "Upside", "hype.upside"),
        ("Consensus", "Upside", "consensus.upside"),
        ("Bear", "Growth needed", "priced_in.g_needed[bear]"),
        ("Base", "Growth needed", "priced_in.g_needed[base]"),
        ("Bull", "Growth needed", "priced_in.g_needed[bull]"),
        ("Hype-adjusted", "Growth needed", "priced_in.g_needed[hype_adjusted]"),
        ("Consensus", "Growth needed", "priced_in.g_needed[consensus]"),
        *(
            (f"{case} {rank}", caption, f"bridge[{case.lower()}].{column}[{{driver_place}}]")
            for case in ("Bull", "Bear")
            for rank in (1, 2, 3)
            for caption, column in (("Case", "case_text"), ("USD / share", "money"))
        ),
    ],
)
def test_summary_shows_under_each_caption_the_figure_of_the_row(
    label: str, caption: str, key: str
) -> None:
    assert under("Summary", label, caption) == key


def test_summary_shows_the_price_and_the_score_last_month_and_their_change() -> None:
    assert beside("Summary", "Since last month") == "last_month.as_of"
    for label, key in (("Price", "price"), ("Hype score", "hype.score")):
        assert beside("Summary", label, "Since last month") == f"last_month.{key}"
        assert under("Summary", label, "Change", "Since last month") == f"since_last_month.{key}"
