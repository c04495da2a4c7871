"""The head of the page: the stance, the values of the cases, what moved since last month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.headline import CASES
from reportgen.model import last_month, sentences, stance, valuation
from reportgen.model.checks import readiness
from reportgen.model.headlines import HEADLINES, VALUES
from reportgen.model.hype import adjusted_value
from reportgen.model.hype_score import coverage, score
from reportgen.model.inputs import assumptions, description
from reportgen.model.market import price, price_date
from reportgen.model.priced_in import g_needed
from reportgen.pages.figures import signed
from reportgen.pages.report.figures import NOTHING, Figure, Grid, Tile
from reportgen.report.tabs.summary import story
from reportgen.report.tabs.summary.lines import moved_count, moved_text, state
from reportgen.values import CENTS, fixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.expr.nodes import Line
    from reportgen.pages.report.figures import Shower

STANCES = {"LONG": "good", "SHORT": "bad", "NO POSITION": "", "BLOCKED": "bad"}
READY = {"decision-grade": "good", "with care": "warn", "blocked": "bad"}
_COUNTS = 2  # of FAIL and WARN, which begin the state of a report
_HEAD = ("Value", "Probability", "Upside", "Growth needed", "Last month", "Change")
_LEVELS: tuple[tuple[str, Line], ...] = (
    ("Buy below", stance.buy_below),
    ("Short above", stance.short_above),
    ("Total return expected", stance.total_return),
    ("Cost of equity", assumptions.cost_of_equity),
    ("Skew: gain to bull / loss to bear", valuation.skew),
    ("Price, 0% bear 100% bull", valuation.implied_bull_probability),
    ("Expected, 0% bear 100% bull", valuation.house_bull_probability),
)


def names(show: Shower) -> dict[str, str]:
    """Return what identifies the report: company, ticker, exchange, day."""
    stated = show.stated
    return {
        "name": stated.text(description.company_name),
        "ticker": stated.text(description.ticker),
        "exchange": stated.report.text("company.exchange"),
        "as_of": stated.told(description.as_of),
        "currency": stated.amounts.price_currency,
    }


def verdict(show: Shower) -> dict[str, object]:
    """Return the stance and its sentence, and how far the report can be relied on."""
    stated = show.stated
    call, ready = stated.text(readiness.call), stated.text(readiness.readiness)
    return {
        "call": Figure(call or "n/a", show.entries.id_of(readiness.call), STANCES.get(call, "")),
        "sentence": stated.text(sentences.sentence),
        "ready": Figure(
            ready or "n/a", show.entries.id_of(readiness.readiness), READY.get(ready, "")
        ),
        "reason": stated.text(readiness.readiness_reason),
        "state": stated.text(state).split(", ", _COUNTS)[-1],
        "price_date": stated.told(price_date),
    }


def tiles(show: Shower) -> Iterator[Tile]:
    """Yield the headlines: the price, the values against it, skew and hype score."""
    yield Tile(
        "Price", show.figure(price), (Figure(f"close of {show.stated.told(price_date)}"),), "price"
    )
    for of in VALUES:
        if of.headline.name not in CASES and of.upside is not None:
            upside = show.percent(of.upside, *of.at)
            yield Tile(
                of.headline.label,
                show.figure(of.line, *of.at),
                (upside, Figure("against the price")),
                of.headline.name,
            )
    skew = show.stated.number(valuation.skew)
    yield Tile(
        "Skew",
        show.figure(valuation.skew, text="" if skew is None else fixed(skew, CENTS)),
        (Figure("gain to bull / loss to bear"),),
    )
    yield Tile(
        "Hype score",
        show.figure(score),
        (Figure("of 100;"), show.figure(coverage), Figure("of it measured")),
        "hype",
    )


def cases(show: Shower) -> Grid:
    """Return the values in 12 months, a row each."""
    rows = []
    for of in VALUES:
        at, one = of.at, of.headline
        rows.append(
            (
                Figure(one.label),
                show.cents(of.line, *at),
                show.figure(valuation.scenario_probability, *at) if one.probability else Figure(""),
                NOTHING if of.upside is None else show.percent(of.upside, *at),
                show.figure(g_needed, one.growth) if one.growth else NOTHING,
                show.cents(last_month.before[of.key]),
                show.change(last_month.change[of.key]),
            )
        )
    head = (f"{show.stated.amounts.price_currency} a share, in 12 months", *_HEAD)
    return Grid(head, tuple(rows), tuple(of.headline.name for of in VALUES))


def levels(show: Shower) -> Grid:
    """Return the stance in numbers."""
    rows = []
    for label, line in _LEVELS:
        value = show.stated.number(line)
        text = "" if line is not valuation.skew or value is None else fixed(value, CENTS)
        rows.append((Figure(label), show.figure(line, text=text)))
    return Grid(("Stance in numbers", ""), tuple(rows))


def since_last_month(show: Shower) -> Grid:
    """Return how price, values and hype score moved since the end of last month."""
    rows = tuple(
        (
            Figure(of.headline.title),
            _in_row(show, last_month.before[of.key]),
            _in_row(show, of.line, *of.at),
            _moved(show, last_month.change[of.key]),
        )
        for of in sorted(HEADLINES, key=lambda of: of.line is not price)
        if of.headline.name not in CASES
    )
    day = show.stated.told(last_month.day)
    return Grid(("Since last month", day, "Now", "Change"), rows)


def _in_row(show: Shower, line: Line, *at: str) -> Figure:
    return show.cents(line, *at) if line.unit is Unit.PER_SHARE else show.figure(line, *at)


def _moved(show: Shower, line: Line) -> Figure:
    value = show.stated.number(line)
    if line.unit is Unit.PER_SHARE or value is None:
        return show.change(line)
    return show.figure(line, text=signed(value, "count"))


def causes(show: Shower) -> list[tuple[str, Figure]]:
    """Return the largest causes of what the expected value has changed by, as issued."""
    return [
        (label, show.change(last_month.cause_amount, name))
        for name in show.stated.rows(last_month.CAUSE)
        if (label := show.stated.text(last_month.cause_label, (name,)))
        and show.stated.number(last_month.cause_amount, (name,))
    ]


def told(show: Shower) -> list[tuple[str, str]]:
    """Return the story: the label of each of its sentences, and the sentence."""
    return [(label, show.stated.text(line)) for label, line in story.SENTENCES]


def remarks(show: Shower) -> list[str]:
    """Return the sentences beside the stance: of hype, of the range, of a split."""
    said = [sentences.hype_sentence, sentences.spread_sentence, last_month.restated]
    if show.stated.number(moved_count):
        said.append(moved_text)
    return [f"{text[:1].upper()}{text[1:]}." for line in said if (text := show.stated.text(line))]


def hype_levels(show: Shower) -> list[tuple[str, Figure]]:
    """Return the range of the hype-adjusted value, and the way from it to the expected value."""
    launched = ", launch" if show.stated.text(description.launch_name) else ""
    return [
        ("Generic haircut: optimism, age", show.figure(adjusted_value.generic)),
        (f"Specific haircut: run-up{launched}", show.figure(adjusted_value.specific)),
        ("From hype-adjusted to expected", show.figure(adjusted_value.to_expected)),
    ]
