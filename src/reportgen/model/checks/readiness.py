"""Readiness: how far the report can be relied on, why, and the stance that stands then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    at,
    concat,
    each,
    equal,
    fixed,
    known,
    pick,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import Unit
from reportgen.model import stance
from reportgen.model.checks import reasons
from reportgen.model.checks.verdicts import fails, label, row, warn_order, warns
from reportgen.model.dims import CHECK, REASON
from reportgen.model.fundamentals import ads_diluted, eps_reference, net_cash
from reportgen.model.inputs.conversion import fx
from reportgen.model.market import price
from reportgen.model.whatif.stakes import ranking
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node

NAMED = 3  # reasons of a kind

readiness = line(
    "readiness",
    "Readiness",
    Unit.TEXT,
    where(
        fails > 0,
        "blocked",
        where((warns > 0) | (or_zero(ranking.weak_over_limit) > 0), "with care", "decision-grade"),
    ),
)


def _first_few(count: Node) -> Node:
    """Return the first reasons in words, and whether there are more of their kind."""
    first, *others = (at(reasons.in_words, REASON, str(k + 1)) for k in range(NAMED))
    return concat(
        first,
        *(where(count > k, concat("; ", other), "") for k, other in enumerate(others, start=1)),
        where(count - 1 > NAMED - 1, " and more", ""),
    )


def _missing(of: Node, name: str) -> Node:
    return where(known(of), "", f"; no {name}")


fail_reason = line(
    "readiness.fails",
    "Checks not met",
    Unit.TEXT,
    where(
        fails > 0,
        concat("not met: ", _first_few(fails)),
        "",
    ),
)
missing = line(
    "readiness.missing",
    "What no value can do without",
    Unit.TEXT,
    concat(
        _missing(price, "close"),
        _missing(fx, "FX"),
        _missing(ads_diluted, "shares"),
        _missing(net_cash, "net cash"),
        _missing(eps_reference, "EPS"),
    ),
)
weak_reason = line(
    "readiness.weak",
    "Weak inputs",
    Unit.TEXT,
    where(
        reasons.weak_count > 0,
        concat(fixed(ranking.weak_over_limit, 0), " weak: ", _first_few(reasons.weak_count), ". "),
        "",
    ),
)
first_warn = line(
    "readiness.first_warn",
    "First WARN",
    Unit.TEXT,
    pick(label, CHECK, sum_where(CHECK, equal(each(warn_order), 1), row)),
)
warn_reason = line(
    "readiness.warns",
    "Checks that warn",
    Unit.TEXT,
    where(warns > 0, concat(fixed(warns, 0), " WARN, first: ", first_warn), "0 WARN"),
)
readiness_reason = line(
    "readiness.reason",
    "Because of",
    Unit.TEXT,
    where(
        fails > 0,
        concat(fail_reason, missing),
        where(reasons.count > 0, concat(weak_reason, warn_reason), "every check is passed"),
    ),
)
call = line(
    "stance.call", "Stance", Unit.TEXT, where(same(readiness, "blocked"), "BLOCKED", stance.view)
)
