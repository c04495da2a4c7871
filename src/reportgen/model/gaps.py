"""What a report lacks: figures that are n/a, why that matters, and which rows fill them.

One rule: what the pack asks for and is n/a is told by every voice, by `check`, `build`, `show`, the
index and the page as by Summary and Checks. Of what it does not ask for `check` alone tells, and
Checks, which are read to see what more could be filled in; nobody does of a launch where there is
none. All read the same live lines, so that what is filled in the workbook is told no longer.
"""

from __future__ import annotations

from functools import reduce
from itertools import chain
from operator import and_
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import each, known, spot, sum_known, where
from reportgen.expr.nodes import Dim, Linked, Unit
from reportgen.facts.catalogue import EV_EBITDA, PB, PE, SOTP
from reportgen.model import (
    delivered_growth,
    fundamentals,
    last_month,
    launch,
    priced_in,
    requested,
    stance,
    twelve_months,
    valuation,
)
from reportgen.model.dims import SCENARIOS
from reportgen.model.given_values import numbered
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.hype_score import score
from reportgen.model.inputs import assumptions, conversion, description
from reportgen.model.keys import escaped
from reportgen.model.market import price
from reportgen.model.peers import peer_pe
from reportgen.model.ranks import above, rank_within, ranked
from reportgen.model.valuation import METHODS, expected_value
from reportgen.model.words import case_line, given, line, or_zero, row_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question
    from reportgen.values import Value


class Gap(NamedTuple):
    """A figure that is n/a: its public key, what hangs on it, what row fills it, and its name."""

    key: str
    matters: str
    remedy: str
    label: str = ""


class Figure(NamedTuple):
    """One figure of the model: a line, and the member of each of its dimensions.

    `is_missing` says where it is n/a if the figure is a text.
    """

    line: Line
    at: tuple[str, ...] = ()
    is_missing: Line | None = None

    @property
    def key(self) -> str:
        """Its public key."""
        names = (dim.name for dim in self.line.dims)
        return self.line.key.format(**dict(zip(names, self.at, strict=True)))

    @property
    def is_known(self) -> Node:
        """Whether it is not n/a."""
        if self.is_missing is not None:
            return or_zero(spot(self.is_missing, *self.at)) < 1
        return known(spot(self.line, *self.at))


def _always(question: Question) -> bool:
    """Return that every pack asks for a figure."""
    del question
    return True


class Together(NamedTuple):
    """Several figures of which none may be n/a: a line that is 1 where all are known."""

    flag: Line
    figures: tuple[Figure, ...]

    @property
    def is_known(self) -> Node:
        """Whether none of them is n/a."""
        return self.flag > 0


def _together(key: str, label: str, figures: tuple[Figure, ...]) -> Together:
    known_ = reduce(and_, (one.is_known for one in figures))
    flag = line(f"gaps.{key}", f"Known: {label}", Unit.FLAG, where(known_, 1, 0))
    return Together(flag, figures)


class Watched(NamedTuple):
    """A figure that a reader would miss, in words, and what is said where it is n/a.

    It is of one or of several figures, such as a method of the cases, and n/a where one of these
    is, for which there may be a line `together`. It is missed only where what it `needs` is known,
    and, of a method, where it has a `weight`.
    `is_asked` says whether a pack asks for it; one that `is_offered` is watched even if not.
    """

    label: str
    figures: tuple[Figure, ...]
    matters: str
    remedy: str
    needs: tuple[Figure | Together, ...] = ()
    weight: Line | None = None
    together: Together | None = None
    is_asked: Callable[[Question], bool] = _always
    is_offered: bool = False

    @property
    def looked_at(self) -> tuple[Figure, ...]:
        """Every figure of which it is asked whether it is known."""
        needs = (need.figures if isinstance(need, Together) else (need,) for need in self.needs)
        return (*self.figures, *chain.from_iterable(needs))

    @property
    def member(self) -> str:
        """What it goes by among the gaps of a report."""
        return escaped(self.label)

    def gap(self, values: Mapping[str, Value]) -> Gap:
        """Return it as a gap, by the first of its figures that is n/a."""
        lacking = (one.key for one in self.figures if values.get(one.key) is None)
        return Gap(next(lacking, self.figures[0].key), self.matters, self.remedy, self.label)

    @property
    def is_open(self) -> Node:
        """1 where it is n/a and missed, else 0."""
        missed = [need.is_known for need in self.needs]
        if self.weight is not None:
            missed.append(or_zero(self.weight) > 0)
        if self.together is not None:
            lacking = ~self.together.is_known
        else:
            lacking = ~reduce(and_, (one.is_known for one in self.figures))
        return where(reduce(and_, missed, lacking), 1, 0)


_FX = Figure(conversion.fx)
_CONSENSUS = Figure(price_targets.consensus)
_EPS = Figure(twelve_months.eps_reference)
_NET_ASSETS = "no sum of the parts, no EV/EBITDA, and nothing is priced in"
_CLOSES = "prices.csv: closes on the days that targets were published"


_BALANCE = _together(
    "balance",
    "share count, net cash and investments",
    (
        Figure(fundamentals.shares_diluted),
        Figure(fundamentals.net_cash),
        Figure(fundamentals.investments),
    ),
)


def _method(name: str, label: str, remedy: str, *needs: Figure | Together) -> Watched:
    figures = tuple(Figure(METHODS[name].value, (case,)) for case in SCENARIOS)
    matters = f"{label} counts in no case: it is n/a in at least one of them"
    weight, together = METHODS[name].weight, _together(name, f"{label} of each case", figures)
    return Watched(label, figures, matters, remedy, needs, weight, together)


def _component(
    name: str, label: str, remedy: str, is_asked: Callable[[Question], bool] = _always
) -> Watched:
    figure = Figure(adjusted_value.state, (name,), adjusted_value.is_missing)
    matters = "a flat allowance stands for this part of the hype"
    return Watched(label, (figure,), matters, remedy, (_CONSENSUS,), is_asked=is_asked)


# In the order of the method, so that the cause comes before what follows from it
WATCHED = (
    Watched(
        "Price",
        (Figure(price),),
        "nothing can be compared with the market: no upside, no stance",
        "prices.csv: a close in the week up to the day",
    ),
    Watched(
        "Share count",
        (Figure(fundamentals.shares_diluted),),
        "no value that is money of the company by its shares",
        "fundamentals.csv: shares_diluted of the group",
    ),
    Watched(
        "Exchange rate",
        (_FX,),
        "money of the reporting currency cannot be compared with the price",
        "market/fx.csv: a rate of both currencies of the last 31 days up to the day",
    ),
    Watched(
        "Net cash",
        (Figure(fundamentals.net_cash),),
        _NET_ASSETS,
        "fundamentals.csv: net_cash of the group (a debt is negative)",
        (_FX,),
    ),
    Watched(
        "Investments",
        (Figure(fundamentals.investments),),
        _NET_ASSETS,
        "fundamentals.csv: investments of the group (0 if there are none)",
        (_FX,),
    ),
    Watched(
        "EPS reference",
        (_EPS,),
        "no P/E value but of eps_12m, and nothing is priced in",
        "fundamentals.csv: eps of four quarters, two halves or a year of the group",
        (_FX,),
    ),
    Watched(
        "EBITDA, twelve months",
        (Figure(valuation.ebitda_ttm),),
        "no EV/EBITDA value",
        "fundamentals.csv: ebitda of four quarters, two halves or a year of the group",
        (_FX,),
        assumptions.weight_ev_ebitda,
    ),
    Watched(
        "Book value",
        (Figure(fundamentals.book_value),),
        "no P/B value",
        "fundamentals.csv: book_value of the group",
        (_FX,),
        assumptions.weight_pb,
    ),
    _method(
        SOTP,
        "Sum of the parts",
        "assumptions.csv: base_metric of each segment unless reported, growth or metric_12m, "
        "multiple, dividend",
        _FX,
        _BALANCE,
    ),
    _method(PE, "P/E", "assumptions.csv: eps_growth or eps_12m, pe_multiple", _EPS),
    _method(
        EV_EBITDA,
        "EV/EBITDA",
        "assumptions.csv: ebitda_growth, ev_ebitda_multiple",
        _BALANCE,
        Figure(valuation.ebitda_ttm),
    ),
    _method(
        PB,
        "P/B",
        "assumptions.csv: book_growth, pb_multiple",
        Figure(fundamentals.shares_diluted),
        Figure(fundamentals.book_value),
    ),
    Watched(
        "Expected value",
        (Figure(expected_value),),
        "no stance: a case without a value blocks the report",
        "what the lines above name; assumptions.csv: the probability of each case, a weight_... "
        "of a method",
    ),
    Watched(
        "Stance",
        (Figure(stance.buy_below), Figure(stance.short_above)),
        "no price to buy below or to short above, and so no stance",
        "assumptions.csv: cost_of_equity, dividend, stance_min_skew, stance_max_skew",
        (Figure(expected_value),),
    ),
    Watched(
        "Growth priced in",
        (Figure(priced_in.g_two_stage),),
        "what growth the price asks for stays unknown",
        "earnings and price less net assets above 0; assumptions: cash_conversion, fade_years",
        (_EPS,),
    ),
    Watched(
        "Growth delivered",
        (Figure(delivered_growth.g_delivered),),
        "growth needed has nothing to be held against",
        "fundamentals.csv: eps of the year before, or yoy of the periods that are summed",
        (_EPS,),
    ),
    Watched(
        "P/E of the peers",
        (Figure(peer_pe),),
        "the bull P/E is our own assumption, and no premium to peers is scored",
        "peers.csv: pe_ttm or pe_ntm of those that company.yaml lists under peers",
        is_asked=requested.peers_named,
        is_offered=True,
    ),
    Watched(
        "Launch",
        (Figure(launch.value),),
        "the launch counts 0 in base and bull",
        "claims.csv: market_size in two years; assumptions.csv: the rows launch_...",
        (Figure(description.launch_date),),
        is_asked=requested.launch,
    ),
    Watched(
        "Consensus",
        (_CONSENSUS,),
        "no consensus, and so no hype-adjusted value",
        "targets.csv: a row for each broker (one beyond the limits of plausibility: confirmed.csv)",
    ),
    _component("optimism", "Optimism of targets", _CLOSES),
    _component("staleness", "Staleness of targets", _CLOSES),
    _component(
        "runup",
        "Unbacked run-up",
        "estimates.csv: eps_ntm; prices.csv, market/ (a benchmark): closes six months before "
        "targets",
    ),
    _component(
        "launch",
        "Launch in the targets",
        "what the value of the launch needs; prices.csv: a close on the day of it",
        requested.launch,
    ),
    Watched(
        "Narrative gap",
        (Figure(adjusted_value.narrative_gap),),
        "the bull story starts at consensus",
        "claims.csv: a row bull_target",
        (_CONSENSUS,),
        is_asked=requested.bull_narrative,
        is_offered=True,
    ),
    Watched(
        "Hype score",
        (Figure(score),),
        "fewer than half of the nine parts of the hype score can be measured",
        "targets.csv, estimates.csv, claims.csv",
    ),
    Watched(
        "Last month",
        (Figure(last_month.before["expected_value"]),),
        "no comparison with last month",
        "rows that were known a month before",
        (Figure(expected_value),),
    ),
)


known_together = tuple(
    dict.fromkeys(
        part.flag
        for one in WATCHED
        for part in (*one.needs, one.together)
        if isinstance(part, Together)
    )
)


# --- those that are open, in their order, and the first of them told ---
GAP = Dim("gap")
PLACE = Dim("gap_place")
number = row_number("gap[{gap}].number", GAP)
label = given("gap[{gap}].label", "Figure", Unit.TEXT, GAP)
matters = given("gap[{gap}].matters", "Why it matters", Unit.TEXT, GAP)
remedy = given("gap[{gap}].remedy", "What fills it", Unit.TEXT, GAP)
is_asked = given("gap[{gap}].asked", "Asked for by the pack", Unit.FLAG, GAP)
is_open = case_line("gap[{gap}].open", "n/a", Unit.FLAG, Linked(), GAP)
counts = case_line(
    "gap[{gap}].told",
    "n/a and asked for",
    Unit.FLAG,
    where(or_zero(is_asked) > 0, or_zero(is_open), 0),
    GAP,
)
row = case_line("gap[{gap}].row", "Row", Unit.COUNT, or_zero(number), GAP)
order = case_line(
    "gap[{gap}].order",
    "Place on Summary",
    Unit.COUNT,
    where(counts > 0, rank_within(GAP, each(counts) * above(row)), 0),
    GAP,
)
count = line("gaps.open", "Figures that are n/a", Unit.COUNT, sum_known(is_open, GAP))
told = line("gaps.told", "Figures asked for that are n/a", Unit.COUNT, sum_known(counts, GAP))
places = ranked("gap_told[{gap_place}]", PLACE, order, row)


def _told(name: str, label_: str, of: Line, none: str) -> tuple[Line, Line]:
    """Return a column of the gap at each place, and what it says where there is none.

    That is blank, but `none` if there is not one gap.
    """
    nothing = places.line(
        f"{name}_of_none",
        f"{label_}: where no gap is told",
        Unit.TEXT,
        where(places.place > 1, "", where(told > 0, "", none)),
    )
    return places.line(name, label_, Unit.TEXT, places.told(of, nothing)), nothing


told_label, _no_label = _told("label", "n/a", label, "none")
told_remedy, _no_remedy = _told(
    "remedy", "What fills it", remedy, "all that the pack asks for is known"
)
of_none = (_no_label, _no_remedy)
MOST_PLACES = 8


def ask(question: Question) -> None:
    """Add the figures watched, and the places of those that are told on Summary."""
    asked = {one.label: one.is_asked(question) for one in WATCHED}
    watched = [one for one in WATCHED if one.is_offered or asked[one.label]]
    question.dimension(GAP, (one.member for one in watched))
    question.give(number, numbered(watched))
    question.give(label, [one.label for one in watched])
    question.give(matters, [one.matters for one in watched])
    question.give(remedy, [one.remedy for one in watched])
    question.give(is_asked, [float(asked[one.label]) for one in watched])
    question.links[is_open] = tuple(one.is_open for one in watched)
    question.dimension(PLACE, map(str, range(1, MOST_PLACES + 1)))


def gaps(values: Mapping[str, Value], *, asked_only: bool = False) -> Iterator[Gap]:
    """Yield what a report's values, by key, say is n/a, the cause first.

    `asked_only` leaves out what the pack does not ask for.
    """
    says = counts if asked_only else is_open
    for one in WATCHED:
        if values.get(says.key.format(gap=one.member)):
            yield one.gap(values)
