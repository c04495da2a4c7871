"""The lower half of the page: cases in words, evidence, checks, what is weak, dates, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.model import arguments, dims
from reportgen.model.cell_names import fact_in_words, words_of
from reportgen.model.checks import catalogue
from reportgen.model.checks.plausibility import doubts
from reportgen.model.evidence.claims import facts
from reportgen.model.evidence.products import offers
from reportgen.model.gaps import gaps
from reportgen.model.hype import price_targets
from reportgen.model.inputs import sources
from reportgen.model.keys import is_spare
from reportgen.model.whatif import value_at_stake
from reportgen.pages.amounts import in_stated_unit
from reportgen.pages.figures import shown
from reportgen.pages.report.figures import Figure, Grid
from reportgen.report.tabs.cases.lines import must_be_true
from reportgen.report.tabs.evidence import facts as fact_lines
from reportgen.report.tabs.evidence import products as offer_lines
from reportgen.report.tabs.history import lines as track
from reportgen.report.tabs.history import scores
from reportgen.report.tabs.hype_adjusted import lines as hype_lines
from reportgen.report.tabs.summary import events
from reportgen.report.tabs.summary.ahead import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.expr.nodes import Dim, Line
    from reportgen.model.arguments import Arguments
    from reportgen.model.evidence.weighted_median import Facts
    from reportgen.pages.report.figures import Shower

_WEAKEST = 5
_SAID = ("bear", "base", "bull", "expected")
_CASES = {"bear": arguments.bear, "base": None, "bull": arguments.bull}
_TIERS = {
    "primary": "primary: company filings, exchanges, central banks",
    "wire": "wire: agencies and the financial press",
    "trade_blog": "trade blog or portal",
    "user_post": "post by a user",
    "assumption": "assumption of the house",
}


class Argument(NamedTuple):
    """An argument of a written case: what it says, what it bears on, when it can be checked."""

    text: str
    bears_on: str
    at_stake: Figure
    watch: str
    due: str
    fired: bool
    source: Figure


class WrittenCase(NamedTuple):
    """What must be true for a case, and what is argued for it."""

    name: str
    said: str
    arguments: tuple[Argument, ...]


def cases(show: Shower) -> Iterator[WrittenCase]:
    """Yield each case in words: bear, base and bull."""
    for name, side in _CASES.items():
        said = show.stated.text(must_be_true[name]).removeprefix("What must be true in 12 months")
        told = said.removeprefix("; ").replace("; ", "\n")
        argued = () if side is None else tuple(_arguments(show, side))
        yield WrittenCase(name, told, argued)


def _arguments(show: Shower, side: Arguments) -> Iterator[Argument]:
    stated = show.stated
    for name in stated.rows(side.dim):
        text = stated.text(side.text, (name,))
        if text:
            yield Argument(
                text,
                stated.text(side.bears_on, (name,)),
                show.figure(side.at_stake, name),
                stated.text(side.watch, (name,)),
                "" if stated.value(side.due, (name,)) is None else stated.told(side.due, (name,)),
                stated.text(side.fired, (name,)) == "fired",
                _source(show, stated.text(side.source, (name,))),
            )


def _source(show: Shower, name: str) -> Figure:
    word = show.entries.source(name)
    return Figure(word.text, word.id)


class Disputed(NamedTuple):
    """A fact that sources do not agree on, or that was contradicted or has changed."""

    name: str
    verdict: str
    tone: str
    value: Figure
    state: str
    source: Figure


class _Facts(NamedTuple):
    """What is known of facts of one kind: the lines over their dimension."""

    dim: Dim
    decided: Facts
    state: Line
    source: Line
    unit: Line | None = None
    contradicted: Line | None = None


_KINDS = (
    _Facts(
        dims.FACT,
        facts,
        fact_lines.state,
        fact_lines.told.source,
        fact_lines.unit,
        fact_lines.contradicted_row,
    ),
    _Facts(dims.OFFER, offers, offer_lines.state, offer_lines.told.source),
)
_VERDICTS = {"conflict": "bad", "contradicted": "warn", "changed": ""}  # the gravest first


def disputed(show: Shower) -> list[Disputed]:
    """Return the facts in conflict, then those contradicted, then those that changed."""
    found = [
        one
        for kind in _KINDS
        for name in show.stated.rows(kind.dim)
        if (one := _disputed(show, kind, name)) is not None
    ]
    return sorted(found, key=lambda one: list(_VERDICTS).index(one.verdict))


def _disputed(show: Shower, of: _Facts, name: str) -> Disputed | None:
    stated, at = show.stated, (name,)
    said = (of.decided.conflict, of.contradicted, of.decided.changed)
    holds = (line is not None and bool(stated.number(line, at)) for line in said)
    verdict = next((word for word, held in zip(_VERDICTS, holds, strict=True) if held), "")
    if not verdict:
        return None
    unit = "" if of.unit is None else stated.text(of.unit, at)
    told = in_stated_unit(stated.value(of.decided.value, at), unit)
    return Disputed(
        words_of(fact_in_words(name)),
        verdict,
        _VERDICTS[verdict],
        show.figure(of.decided.value, name, text=told),
        stated.text(of.state, at),
        _source(show, stated.text(of.source, at)),
    )


class Raised(NamedTuple):
    """A check that FAILs or WARNs, or a figure that is not plausible."""

    status: str
    label: str
    basis: str
    measured: Figure


def raised(show: Shower) -> list[Raised]:
    """Return the checks that FAIL, then those that WARN, then what is not plausible."""
    stated = show.stated
    found = [
        Raised(
            status,
            stated.text(catalogue.label, (name,)),
            stated.text(catalogue.basis, (name,)),
            show.figure(catalogue.difference, name),
        )
        for status in ("FAIL", "WARN")
        for name in stated.rows(dims.CHECK)
        if stated.text(catalogue.status, (name,)) == status
    ]
    for doubt in doubts(stated.values):
        label = f"{doubt.label}: {doubt.key}"
        found.append(Raised(doubt.status, label, "not plausible", Figure(doubt.told)))
    return found


def counts(show: Shower) -> tuple[Figure, Figure]:
    """Return how many checks FAIL and WARN."""
    return show.figure(catalogue.fails), show.figure(catalogue.warns)


def weakest(show: Shower) -> Grid:
    """Return the weakest inputs by what the expected value loses or gains by their shock."""
    rows = tuple(
        (
            Figure(show.stated.text(value_at_stake.weakest_label, (name,))),
            show.figure(value_at_stake.weakest_size, name),
        )
        for name in show.stated.rows(dims.RANK)[:_WEAKEST]
        if show.stated.number(value_at_stake.weakest_size, (name,)) is not None
    )
    return Grid(("Weakest inputs", "At stake"), rows)


def lacking(show: Shower) -> list[tuple[str, str, str]]:
    """Return what is n/a, why it matters, and what fills it."""
    found = gaps(show.stated.values, asked_only=True)
    return [(gap.label, gap.matters, gap.remedy) for gap in found]


class Date(NamedTuple):
    """A day on which something happens, or an argument can be checked."""

    day: str
    what: str
    of: str = ""


def ahead(show: Shower) -> list[Date]:
    """Return the events ahead, and the next dates of each case's arguments."""
    found = list(_events(show, events.AHEAD))
    for case, side in SIDES.items():
        for name in show.stated.rows(side.dates.dim):
            if due := show.stated.number(side.due, (name,)):
                watch = show.stated.text(side.watch, (name,))
                found.append(Date(shown(due, "date"), watch, case))
    return sorted(found, key=lambda one: (not one.day[:1].isdigit(), one.day))


def past(show: Shower) -> list[Date]:
    """Return the latest events past."""
    return list(_events(show, events.PAST))


def _events(show: Shower, side: events.Side) -> Iterator[Date]:
    for name in show.stated.rows(side.dim):
        day, what = show.stated.text(side.day, (name,)), show.stated.text(side.what, (name,))
        if day and what:
            yield Date(day, what)


def targets(show: Shower) -> Grid:
    """Return the price targets in use, the newest first."""
    stated = show.stated
    used = [
        name
        for name in stated.rows(dims.TARGET)
        if not is_spare(name) and stated.number(price_targets.in_use, (name,))
    ]
    used.sort(key=lambda name: stated.number(price_targets.published, (name,)) or 0.0, reverse=True)
    rows = tuple(
        (
            Figure(stated.text(price_targets.broker, (name,))),
            show.figure(price_targets.published, name),
            show.cents(price_targets.target, name),
            show.cents(hype_lines.after_launch, name),
            show.percent(hype_lines.after_upside, name),
            _source(show, stated.text(price_targets.source, (name,))),
        )
        for name in used
    )
    head = ("Broker", "Published", "Target", "After hype", "Upside", "Source")
    return Grid(head, rows, words=frozenset({0, 1, 5}))


def track_record(show: Shower) -> str:
    """Return how right earlier reports were, in a sentence; "" where none is remembered."""
    return show.stated.text(scores.headline)


def past_reports(show: Shower) -> Grid:
    """Return what earlier reports said and what became of it, the newest first."""
    lines = (track.price_then, *(track.stated[key] for key in _SAID), track.outcome)
    rows = tuple(
        (
            show.figure(track.then, name),
            show.figure(track.stance, name),
            *(show.cents(line, name) for line in lines),
            show.figure(track.status, name),
        )
        for name in reversed(show.stated.rows(track.PAST))
    )
    head = ("As of", "Stance", "Price", *(key.capitalize() for key in _SAID))
    return Grid((*head, "A year later", "Outcome"), rows, words=frozenset({0, 1, 7}))


def every_source(show: Shower) -> Grid:
    """Return every source of the report: who published what, and how far it can be relied on."""
    rows = tuple(
        (
            _source(show, name),
            _text(show, sources.source_publisher, name),
            _text(show, sources.source_title, name),
            Figure(_TIERS.get(tier := show.stated.text(sources.source_tier, (name,)), tier)),
            Figure(show.stated.told(sources.source_published, (name,))),
        )
        for name in show.stated.rows(dims.SOURCE)
    )
    head = ("Source", "Publisher", "Title", "Tier", "Published")
    return Grid(head, rows, words=frozenset(range(5)))


def _text(show: Shower, line: Line, name: str) -> Figure:
    return Figure(show.stated.text(line, (name,)))
