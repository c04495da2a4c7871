"""Readiness: how far the report can be relied on, what stands in the way, and the stance then.

Blocked if a check FAILs; with care if one WARNs or a weak input has much at stake; else
decision-grade. What stands in the way is named, the heaviest first: FAILs, weak inputs, WARNs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    at,
    concat,
    count_known,
    each,
    equal,
    fixed,
    known,
    minimum,
    pick,
    previous,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model import stance
from reportgen.model.checks import catalogue
from reportgen.model.checks.catalogue import fails, label, row, warn_order, warns
from reportgen.model.dims import CHECK, RANK, REASON
from reportgen.model.fundamentals import net_cash, shares_diluted
from reportgen.model.inputs.conversion import fx
from reportgen.model.market import price
from reportgen.model.number_text import money
from reportgen.model.twelve_months import eps_reference
from reportgen.model.whatif import value_at_stake
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question


SHOWN = 15

weak_count = line(
    "reasons.weak",
    "Weak inputs with too much at stake that are ranked",
    Unit.COUNT,
    minimum(or_zero(value_at_stake.weak_over_limit), count_known(value_at_stake.top, RANK)),
)
count = line(
    "reasons.count",
    "What stands in the way",
    Unit.COUNT,
    catalogue.fails + weak_count + catalogue.warns,
)


def _reason(name: str, label: str, unit: Unit, expr: Node) -> Line:
    return line(f"reason[{{reason}}].{name}", label, unit, expr)


place = _reason("place", "No.", Unit.COUNT, previous("reason[{reason}].place", REASON, 0) + 1)
weak_place = _reason("weak_place", "Rank among the weak", Unit.COUNT, place - catalogue.fails)
warn_place = _reason("warn_place", "Place among WARN", Unit.COUNT, weak_place - weak_count)
kind = _reason(
    "kind",
    "Kind",
    Unit.TEXT,
    where(
        place <= catalogue.fails,
        "FAIL",
        where(
            warn_place <= 0,
            "weak input",
            where(warn_place <= catalogue.warns, "WARN", ""),
        ),
    ),
)
is_weak = _reason(
    "is_weak", "Weak input", Unit.FLAG, where(weak_place > 0, where(warn_place <= 0, 1, 0), 0)
)
warn_row = _reason(
    "warn_check",
    "Check that warns",
    Unit.COUNT,
    where(
        (warn_place > 0) & (warn_place <= catalogue.warns),
        sum_where(CHECK, equal(each(catalogue.warn_order), warn_place), catalogue.row),
        0,
    ),
)
check_row = _reason(
    "check",
    "Check",
    Unit.COUNT,
    where(
        place <= catalogue.fails,
        sum_where(CHECK, equal(each(catalogue.fail_order), place), catalogue.row),
        warn_row,
    ),
)


def _text(name: str, label: str, of_check: Line, of_input: Line) -> tuple[Line, Line]:
    """Return a text of the reason, of its check or of its weak input; and that of the latter."""
    of_weak = _reason(
        f"{name}_of_weak",
        f"{label}: of a weak input",
        Unit.TEXT,
        where(is_weak > 0, pick(of_input, RANK, weak_place), ""),
    )
    text = where(check_row > 0, pick(of_check, CHECK, check_row), of_weak)
    return _reason(name, label, Unit.TEXT, text), of_weak


what, _what_of_weak = _text(
    "what", "What stands in the way", catalogue.label, value_at_stake.weakest_label
)
at_stake = _reason(
    "at_stake",
    "At stake",
    Unit.PER_SHARE,
    where(is_weak > 0, pick(value_at_stake.weakest_size, RANK, weak_place), NA),
)
where_to_look, _where_of_weak = _text(
    "where", "Key, or basis", catalogue.basis, value_at_stake.weakest_key
)
shown_place = _reason("shown_place", "No.", Unit.TEXT, where(place <= count, fixed(place, 0), ""))
told_at_stake = _reason("told_at_stake", "At stake, in words", Unit.TEXT, money(at_stake))
shown_at_stake = _reason(
    "shown_at_stake", "At stake", Unit.TEXT, where(is_weak > 0, told_at_stake, "")
)
in_words = _reason(
    "words",
    "In words",
    Unit.TEXT,
    where(is_weak > 0, concat(what, " (", shown_at_stake, ")"), what),
)


BEHIND = (
    place,
    weak_place,
    warn_place,
    is_weak,
    warn_row,
    check_row,
    _what_of_weak,
    _where_of_weak,
    at_stake,
    told_at_stake,
    in_words,
)


def ask(question: Question) -> None:
    """Add the places of the list; what does not fit is counted."""
    question.dimension(REASON, (str(k + 1) for k in range(SHOWN)))


# --- readiness, in a word and in its reasons ---
NAMED = 3  # reasons of a kind

readiness = line(
    "readiness",
    "Readiness",
    Unit.TEXT,
    where(
        fails > 0,
        "blocked",
        where(
            (warns > 0) | (or_zero(value_at_stake.weak_over_limit) > 0),
            "with care",
            "decision-grade",
        ),
    ),
)


def _first_few(count: Node) -> Node:
    """Return the first reasons in words, and whether there are more of their kind."""
    first, *others = (at(in_words, REASON, str(k + 1)) for k in range(NAMED))
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
        _missing(shares_diluted, "shares"),
        _missing(net_cash, "net cash"),
        _missing(eps_reference, "EPS"),
    ),
)
weak_reason = line(
    "readiness.weak",
    "Weak inputs",
    Unit.TEXT,
    where(
        weak_count > 0,
        concat(fixed(value_at_stake.weak_over_limit, 0), " weak: ", _first_few(weak_count), ". "),
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
        where(count > 0, concat(weak_reason, warn_reason), "every check is passed"),
    ),
)
call = line(
    "stance.call", "Stance", Unit.TEXT, where(same(readiness, "blocked"), "BLOCKED", stance.view)
)
