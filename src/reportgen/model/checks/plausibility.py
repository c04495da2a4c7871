"""Plausibility: the net under slips of unit and scale.

Each kind of figure is measured against another that it should be near: a value against the price, a
reported figure against the one before. Beyond the first limit that is a WARN, beyond the second a
FAIL. What is right all the same is confirmed by a signed row of confirmed.csv.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    at,
    by,
    concat,
    count_where,
    each,
    equal,
    known,
    largest,
    maximum,
    pick,
    same,
    sum_known,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Unit
from reportgen.model.dims import CLAIM, FUNDAMENTAL, SCENARIO, SCENARIOS, SEGMENT, TARGET
from reportgen.model.evidence.claims import (
    claim_key,
    claim_known,
    claim_row,
    claim_seen,
    claim_value,
)
from reportgen.model.fundamentals import (
    ROW,
    end,
    has_value,
    in_price_currency,
    investments,
    length,
    metric,
    net_cash,
    row,
    segment,
    series,
    shares_diluted,
)
from reportgen.model.fundamentals import place as place_by_day
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.conversion import dividend
from reportgen.model.keys import listed_as, listed_of
from reportgen.model.market import close_on, price
from reportgen.model.ranks import above, first, larger
from reportgen.model.twelve_months import computed_yoy, counts, stated_yoy
from reportgen.model.valuation import (
    base_metric,
    expected_value,
    is_typed,
    own_pe,
    reported,
    segment_flow,
    value,
)
from reportgen.model.words import case_line, counted, given, line, or_zero

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question
    from reportgen.model.words import Entry
    from reportgen.values import Value


def _either_way(of: Node, other: Node) -> Node:
    """Return how many times one of two figures of one sign is the other, the larger the first."""
    return maximum(of / other, other / of)


def apart(of: Node, other: Node) -> Node:
    """Return how many times one of two positive figures is the other, the larger over the smaller.

    n/a where one of them is not positive.
    """
    return where((of > 0) & (other > 0), _either_way(of, other), NA)


def _to_price(key: str, label: str, of: Node) -> Line:
    """Return how many times a value is the price, or the price the value; 0 is far off."""
    times = where(of > 0, apart(of, price), where(known(of), 1000, NA))
    return line(f"plausible.{key}.to_price", f"{label}: times, either way", Unit.NUMBER, times)


# --- reported figures against the one before of the same series and length ---
slot = line(f"{ROW}.slot_shown", "Series and length", Unit.TEXT, concat(series, "|", length))
_ALIKE = same(each(slot), slot)
stands = line(
    f"{ROW}.stands",
    "Newest of its day",
    Unit.FLAG,
    first(
        FUNDAMENTAL,
        has_value > 0,
        _ALIKE * each(has_value) * equal(each(end), end) * above(place_by_day),
    ),
)
place = line(
    f"{ROW}.place",
    "Figures before it in its series",
    Unit.COUNT,
    count_where(FUNDAMENTAL, _ALIKE * each(stands) * (each(end) < end)),
)
place_key = line(
    f"{ROW}.place_key",
    "Series, length and place, where it stands",
    Unit.TEXT,
    where(stands > 0, concat(slot, "|", place), ""),
)
row_before = line(
    f"{ROW}.row_before",
    "Row of the one before",
    Unit.COUNT,
    where(
        stands > 0,
        sum_where(
            FUNDAMENTAL,
            same(each(place_key), concat(slot, "|", place - 1)),
            row,
        ),
        0,
    ),
)
one_before = line(
    f"{ROW}.one_before",
    "The one before",
    Unit.NUMBER,
    pick(in_price_currency, FUNDAMENTAL, row_before),
)
claimed_day_close = line(
    "claim[{claim}].close_of_day",
    "Close of its day",
    Unit.PER_SHARE,
    close_on(claim_seen, "claim[{claim}].close_of_day"),
)
_HEADLINES = ("net_cash", "investments", "book_value", "eps", "ebitda")
feeds_group = line(
    f"{ROW}.feeds_group",
    "Feeds a headline value of the group",
    Unit.FLAG,
    where(same(segment, "group") & reduce(or_, (same(metric, of) for of in _HEADLINES)), 1, 0),
)
feeds = line(
    f"{ROW}.feeds",
    "Feeds a headline value",
    Unit.FLAG,
    where(
        (count_where(SEGMENT, same(each(segment_flow), series)) > 0) | (feeds_group > 0),
        1,
        0,
    ),
)
is_shares = same(series, "group/shares_diluted")

# --- single figures: the cases against the price, balances against the market value ---
SINGLE = Dim("single")
_PRICED = price * shares_diluted
_CASES = {name: at(value, SCENARIO, name) for name in SCENARIOS}
SINGLES: Mapping[str, tuple[str, Node, str]] = {
    "bear.value": ("Bear value / price", _CASES["bear"] / price, "value"),
    **{
        key: (label, _to_price(key, label, of), "value")
        for key, label, of in (
            ("base.value", "Base value and price", _CASES["base"]),
            ("bull.value", "Bull value and price", _CASES["bull"]),
            ("expected_value", "Expected value and price", expected_value),
            ("hype.consensus", "Consensus and price", price_targets.consensus),
        )
    },
    "net_cash": ("Net cash / market value", absolute(net_cash) / _PRICED, "balance"),
    "investments": ("Investments / market value", absolute(investments) / _PRICED, "balance"),
    "dividend": ("Dividend / price", dividend / price, "dividend"),
    "own_pe": ("Own P/E", own_pe, "pe_high"),
    "own_pe_low": ("1 / own P/E", 1 / own_pe, "pe_low"),
    "eps_growth": ("EPS growth", largest(assumptions.eps_growth, SCENARIO), "growth"),
    "ebitda_growth": ("EBITDA growth", largest(assumptions.ebitda_growth, SCENARIO), "growth"),
    "book_growth": ("Book value growth", largest(assumptions.book_growth, SCENARIO), "growth"),
}


def _limit(name: str, end_: str) -> Node:
    limit = policy(f"plausible.{name}{end_}")
    return 1 / limit if name == "pe_low" else limit


single_measure = case_line(
    "plausible.single[{single}]",
    "Measured",
    Unit.NUMBER,
    by(SINGLE, **{name: measure for name, (_, measure, _) in SINGLES.items()}),
    SINGLE,
)
single_first = case_line(
    "plausible.single[{single}].first",
    "Warns beyond",
    Unit.NUMBER,
    by(SINGLE, **{name: _limit(limit, "") for name, (_, _, limit) in SINGLES.items()}),
    SINGLE,
)
single_second = case_line(
    "plausible.single[{single}].second",
    "Fails beyond",
    Unit.NUMBER,
    by(SINGLE, **{name: _limit(limit, ".fail") for name, (_, _, limit) in SINGLES.items()}),
    SINGLE,
)
single_label = given("plausible.single[{single}].label", "Figure", Unit.TEXT, SINGLE)
_PLACE = "plausible.single[{single}].place"
single_place = counted(_PLACE, "No.", SINGLE)
single_row = case_line(f"{_PLACE}.row", "Row", Unit.COUNT, or_zero(single_place), SINGLE)
_SEGMENT_PLACE = "plausible.segment[{segment}].place"
segment_place = counted(_SEGMENT_PLACE, "No.", SEGMENT)
segment_row = line(f"{_SEGMENT_PLACE}.row", "Row", Unit.COUNT, or_zero(segment_place))


class Watch(NamedTuple):
    """A kind of figure that is watched: its measure, how far beyond its limits, what is told."""

    name: str
    label: str
    measure: Line
    key: Line
    confirmed: Line
    level: Line
    is_warn: Line
    is_fail: Line
    warned: Line
    failed: Line
    worst: Line
    worst_row: Line
    said: Line
    said_measure: Line


def _watch(
    name: str, label: str, measure: Line, limits: tuple[Node, Node | None], rows: Line
) -> Watch:
    """Return the lines of a kind; without a second limit it never fails."""
    dim = rows.dims[0]
    key = f"plausible.{name}[{{{dim.name}}}]"

    def along(part: str, text: str, unit: Unit, expr: Node) -> Line:
        return case_line(f"{key}.{part}", f"{label}: {text}", unit, expr, dim)

    of_key = given(f"{key}.key", f"{label}: key", Unit.TEXT, dim)
    confirmed = given(f"{key}.confirmed", f"{label}: confirmed", Unit.FLAG, dim)
    first_limit, second = limits
    beyond = where(measure > first_limit, 1, 0)
    if second is not None:
        beyond = where(measure > second, 2, beyond)
    level = along(
        "level",
        "beyond its limits",
        Unit.COUNT,
        or_zero(where(or_zero(confirmed) < 1, beyond, 0)),
    )
    is_warn = along("warns", "warns", Unit.FLAG, where(equal(level, 1), 1, 0))
    is_fail = along("fails", "fails", Unit.FLAG, where(level > 1, 1, 0))
    worst = along(
        "worst",
        "the first of the worst",
        Unit.FLAG,
        first(dim, level > 0, larger(level, above(rows))),
    )
    whole = f"plausible.{name}"
    worst_row = line(
        f"{whole}.row", f"{label}: row", Unit.COUNT, sum_where(dim, each(worst) * 1, rows)
    )
    return Watch(
        name,
        label,
        measure,
        of_key,
        confirmed,
        level,
        is_warn,
        is_fail,
        line(f"{whole}.warned", f"{label}: warned", Unit.COUNT, sum_known(is_warn, dim)),
        line(f"{whole}.failed", f"{label}: failed", Unit.COUNT, sum_known(is_fail, dim)),
        worst,
        worst_row,
        line(
            f"{whole}.said",
            f"{label}: first",
            Unit.TEXT,
            where(worst_row > 0, pick(of_key, dim, worst_row), ""),
        ),
        line(
            f"{whole}.measured",
            f"{label}: measured",
            Unit.NUMBER,
            where(worst_row > 0, pick(measure, dim, worst_row), NA),
        ),
    )


def _measured(name: str, label: str, expr: Node, dim: Dim) -> Line:
    return case_line(f"plausible.{name}[{{{dim.name}}}]", label, Unit.NUMBER, expr, dim)


def _both(name: str) -> tuple[Entry, Entry]:
    return policy(f"plausible.{name}"), policy(f"plausible.{name}.fail")


# Both ends of a share count in one measure: 25 % is a quarter more, or a quarter less
_shares_first, _shares_second = _both("shares")
WATCHES = (
    _watch(
        "headline", "Headline figures", single_measure, (single_first, single_second), single_row
    ),
    _watch(
        "target",
        "Price target and close at issue",
        _measured(
            "target",
            "Times the close, either way",
            where(
                (or_zero(price_targets.candidate) > 0) & (price_targets.to_close > 0),
                maximum(price_targets.to_close, 1 / price_targets.to_close),
                NA,
            ),
            TARGET,
        ),
        (policy("plausible.value"), None),
        price_targets.row,
    ),
    _watch(
        "claim",
        "Claimed price and close of its day",
        _measured(
            "claim",
            "Times the close, either way",
            where(
                same(claim_key, "price") & (claim_known > 0),
                apart(claim_value, claimed_day_close),
                NA,
            ),
            CLAIM,
        ),
        _both("claim"),
        claim_row,
    ),
    _watch(
        "shares",
        "Share count and the one before",
        _measured(
            "shares",
            "Times the one before, either way",
            where(is_shares, apart(in_price_currency, one_before), NA),
            FUNDAMENTAL,
        ),
        (1 + _shares_first, _shares_second),
        row,
    ),
    _watch(
        "series",
        "Reported figure and the one before",
        _measured(
            "series",
            "Times the one before, either way",
            where(
                (feeds > 0) & (in_price_currency * one_before > 0),
                _either_way(in_price_currency, one_before),
                NA,
            ),
            FUNDAMENTAL,
        ),
        _both("series"),
        row,
    ),
    _watch(
        "yoy",
        "Stated change on a year and the two figures",
        _measured(
            "yoy",
            "Apart",
            where(counts > 0, absolute(stated_yoy - computed_yoy), NA),
            FUNDAMENTAL,
        ),
        _both("yoy"),
        row,
    ),
    _watch(
        "base",
        "Typed base metric and twelve months",
        _measured(
            "base",
            "Times the twelve months, either way",
            where(
                (is_typed > 0) & (base_metric * reported > 0),
                _either_way(base_metric, reported),
                NA,
            ),
            SEGMENT,
        ),
        (1 + _both("base")[0], _both("base")[1]),
        segment_row,
    ),
    _watch(
        "growth",
        "Growth assumed of a segment",
        _measured("growth", "Largest of the cases", largest(assumptions.growth, SCENARIO), SEGMENT),
        _both("growth"),
        segment_row,
    ),
)
_BY_NAME = {watch.name: watch for watch in WATCHES}

# --- the table of kinds ---
KIND = Dim("plausible_kind")
kind_label = given("plausible[{plausible_kind}].label", "Figures", Unit.TEXT, KIND)


def _kinds(part: str, text: str, unit: Unit, column: str) -> Line:
    cases: dict[str, Node] = {watch.name: getattr(watch, column) for watch in WATCHES}
    return case_line(f"plausible[{{plausible_kind}}].{part}", text, unit, by(KIND, **cases), KIND)


kind_warned = _kinds("warned", "Warn", Unit.COUNT, "warned")
kind_failed = _kinds("failed", "Fail", Unit.COUNT, "failed")
kind_said = _kinds("first", "The first of the worst", Unit.TEXT, "said")
kind_measured = _kinds("measured", "Measured", Unit.NUMBER, "said_measure")
warned = line(
    "plausible.warned", "Figures beyond their first limit", Unit.COUNT, sum_known(kind_warned, KIND)
)
failed = line(
    "plausible.failed",
    "Figures beyond their second limit",
    Unit.COUNT,
    sum_known(kind_failed, KIND),
)
_KEYS: Mapping[str, str] = {
    "target": "target[{}]",
    "claim": "claim[{}]",
    "shares": "fundamental[{}]",
    "series": "fundamental[{}]",
    "yoy": "fundamental[{}]",
    "base": "assumption[base_metric,all,{}]",
    "growth": "assumption[growth,bull,{}]",
}


def ask(question: Question) -> None:
    """Add the figures watched, the keys they are told by, and which of them are confirmed."""
    question.dimension(SINGLE, SINGLES)
    question.give(single_label, [label for label, _, _ in SINGLES.values()])
    question.dimension(KIND, _BY_NAME)
    question.give(kind_label, [watch.label for watch in WATCHES])
    for watch in WATCHES:
        members = question.members[watch.key.dims[0]]
        keys = [_KEYS.get(watch.name, "{}").format(name) for name in members]
        if watch.name == "headline":
            keys = [_of_single(name) for name in members]
        question.give(watch.key, keys)
        question.give(watch.confirmed, [float(key in question.case.confirmed) for key in keys])


def _of_single(name: str) -> str:
    """Return the public key of a single figure."""
    if name.endswith("_growth"):
        return f"assumption[{name},bull,]"
    return "own_pe" if name == "own_pe_low" else name


class Doubt(NamedTuple):
    """A figure beyond its limits: its key, what was measured, the limit, and how grave that is."""

    key: str
    label: str
    measured: float
    limit: float
    status: str

    @property
    def told(self) -> str:
        """What was measured beside its limit, as a person reads it."""
        return f"{self.measured:.4g}, limit {self.limit:.4g}"


_LIMITS = {"target": "value"}  # of a kind that is held to the limits of another name
_A_SHARE_APART = frozenset({"shares", "base"})  # their first limit is a part more, or less


def doubts(values: Mapping[str, Value]) -> Iterator[Doubt]:
    """Yield every figure of a report beyond its limits, by key, the kinds in their order."""
    for watch in WATCHES:
        for key, member in listed_of(watch.level, values):
            if level := values[key]:
                fails = level == 2  # noqa: PLR2004 - as the line of levels says
                measure = "single" if watch.name == "headline" else watch.name
                yield Doubt(
                    str(values.get(listed_as(watch.key, member)) or member),
                    watch.label,
                    _number(values, f"plausible.{measure}[{member}]"),
                    _limit_of(values, watch.name, member, fails=fails),
                    "FAIL" if fails else "WARN",
                )


def _limit_of(values: Mapping[str, Value], name: str, member: str, *, fails: bool) -> float:
    if name == "headline":
        return _number(values, f"plausible.single[{member}].{'second' if fails else 'first'}")
    limit = _number(
        values, f"policy[plausible.{_LIMITS.get(name, name)}{'.fail' if fails else ''}]"
    )
    return limit + 1 if name in _A_SHARE_APART and not fails else limit


def _number(values: Mapping[str, Value], key: str) -> float:
    value = values.get(key)
    return value if isinstance(value, float) else float("nan")
