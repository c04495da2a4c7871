"""The lower blocks of the Summary: drivers, news, dates, hype, weak inputs, legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import last_month
from reportgen.model.checks import catalogue
from reportgen.model.dims import BRIDGE_CASE, RANK
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.hype_score import coverage, score
from reportgen.model.inputs import constants
from reportgen.model.whatif.stakes import ranking
from reportgen.report.figures.drivers import PLACE, ranked_effect, ranked_label, ranked_text
from reportgen.report.figures.summary.news import NEWS
from reportgen.report.figures.summary.next_dates import DATES
from reportgen.xlsx.addresses import Ref
from reportgen.xlsx.book import Link

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

_SHOWN = 3
_TABS = ("Bull", "Bear", "Hype-adjusted", "Valuation", "Evidence", "Inputs", "Checks")


def _band(tab: Tab, row: int, first: int, last: int, title: str, *right: str) -> None:
    """Write a dark band over columns; captions at the right end stand over numbers."""
    for col in range(first, last + 1):
        look = "header_inset" if first else "header_title"
        tab.text(row, col, title if col == first else "", look)
    for k, caption in enumerate(reversed(right)):
        tab.text(row, last - k, caption, "header")


def drivers(tab: Tab, context: Context, row: int, col: int) -> None:
    """Show the three largest drivers each way."""
    money = f"{context.price_currency} / share"
    _band(tab, row, col, col + 5, "Largest drivers, from base", "Case", money)
    at = row + 1
    for case in ("bull", "bear"):
        for k in range(_SHOWN):
            here = at + k
            if k < tab.size(PLACE):
                member = {BRIDGE_CASE: case, PLACE: tab.places.members[PLACE][k]}
                tab.text(here, col, f"{case.capitalize()} {k + 1}", "muted")
                tab.show(ranked_label, here, col + 1, at=member)
                tab.show(ranked_text, here, col + 4, at=member, look="link_right.text")
                tab.show(ranked_effect, here, col + 5, at=member, look="link.signed")
        at += _SHOWN


def since_last_month(tab: Tab, context: Context, row: int, col: int) -> None:
    """Show how price and score moved, and how much was published, since last month end."""
    del context
    _band(tab, row, col, col + 5, "Since last month", "", "Change")
    tab.show(last_month.day, row, col + 4, look="header_date.date")
    for k, (label, key) in enumerate((("Price", "price"), ("Hype score", "hype.score"))):
        tab.text(row + 1 + k, col, label, "label_indent")
        tab.show(last_month.before[key], row + 1 + k, col + 4)
        tab.show(last_month.change[key], row + 1 + k, col + 5, look="link.signed")
    for k, line in enumerate(NEWS, start=row + 3):
        tab.text(k, col, line.label, "label_indent")
        tab.show(line, k, col + 5)


def dates(tab: Tab, row: int, col: int) -> None:
    """Show the next dates at which an argument can be checked, three a side."""
    _band(tab, row, col, col + 5, "Next dates: three of the bull case, three of the bear case")
    here = row + 1
    for side in DATES.values():
        for name in tab.places.members[side.place_dim]:
            member = {side.place_dim: name}
            tab.show(side.due, here, col, at=member, look="link_left.date")
            tab.show(side.watch, here, col + 1, at=member, look="link_small.text")
            here += 1


def hype_block(tab: Tab, context: Context, row: int, col: int) -> None:
    """Show what is taken off the consensus, the score, and the way to the expected value."""
    del context
    _band(tab, row, col, col + 5, "Hype: amounts a share, and the score", "Value")
    lines: tuple[tuple[str, Line], ...] = (
        ("Consensus of price targets", price_targets.consensus),
        ("Generic haircut: optimism, age", adjusted_value.generic),
        ("Specific haircut: run-up, launch", adjusted_value.specific),
        ("Hype-adjusted value", adjusted_value.hype_value),
        ("Hype-adjusted to expected", adjusted_value.to_expected),
        ("Hype score, 0 to 100", score),
    )
    for k, (label, line) in enumerate(lines, start=row + 1):
        tab.text(k, col, label, "label_indent")
        tab.show(line, k, col + 5)
    tab.text(row + len(lines), col + 2, "coverage", "note")
    tab.show(coverage, row + len(lines), col + 3)


def weakest(tab: Tab, context: Context, row: int, col: int) -> None:
    """Show the three weakest inputs by value at stake."""
    _band(tab, row, col, col + 5, "Weakest inputs", f"At stake, {context.price_currency}")
    for k, name in enumerate(tab.places.members[RANK][:_SHOWN], start=row + 1):
        tab.show(ranking.weakest_label, k, col, at={RANK: name})
        tab.show(ranking.weakest_size, k, col + 5, at={RANK: name})
    tab.text(row + 4, col, "Weak: an assumption, a user's post, or an approximate figure", "note")
    tab.text(row + 5, col, "At stake: change of the expected value when it moves by", "note")
    tab.show(constants.policy("weak.shock"), row + 5, col + 5, look="note_number.ratio")


def legend(tab: Tab, row: int, col: int) -> None:
    """Say what the colours mean, count the checks, and link to the other tabs."""
    _band(tab, row, col, col + 5, "Legend, checks, sources")
    tab.text(row + 1, col + 1, "Typed input", "input")
    tab.text(row + 1, col + 3, "Formula", "calc")
    tab.text(row + 1, col + 4, "From another tab", "link")
    for k, (label, line) in enumerate((("FAIL", catalogue.fails), ("WARN", catalogue.warns))):
        tab.text(row + 2, col + 3 * k, label, "label_indent")
        tab.show(line, row + 2, col + 3 * k + 1)
    tab.text(row + 3, col + 1, "Every number has its source on Inputs, Evidence, Growth", "note")
    for k, name in enumerate(_TABS):
        target = Ref.cell(name, 0, 0)
        place = (row + 4 + k // 4, col + 1 + k % 4)
        tab.links.append(Link(*place, target, name.split("-")[0], "jump", f"To {name}"))
