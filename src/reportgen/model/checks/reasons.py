"""What stands in the way of a decision, the heaviest first: FAILs, weak inputs, WARNs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
    count_known,
    each,
    equal,
    fixed,
    minimum,
    pick,
    previous,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model.checks import verdicts
from reportgen.model.dims import CHECK, RANK, REASON
from reportgen.model.inputs.description import price_currency
from reportgen.model.whatif.stakes import ranking
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question

SHOWN = 15

weak_count = line(
    "reasons.weak",
    "Weak inputs with too much at stake that are ranked",
    Unit.COUNT,
    minimum(or_zero(ranking.weak_over_limit), count_known(ranking.top, RANK)),
)
count = line(
    "reasons.count",
    "What stands in the way",
    Unit.COUNT,
    verdicts.fails + weak_count + verdicts.warns,
)


def _reason(name: str, label: str, unit: Unit, expr: Node) -> Line:
    return line(f"reason[{{reason}}].{name}", label, unit, expr)


place = _reason("place", "No.", Unit.COUNT, previous("reason[{reason}].place", REASON, 0) + 1)
weak_place = _reason("weak_place", "Rank among the weak", Unit.COUNT, place - verdicts.fails)
warn_place = _reason("warn_place", "Place among WARN", Unit.COUNT, weak_place - weak_count)
kind = _reason(
    "kind",
    "Kind",
    Unit.TEXT,
    where(
        place <= verdicts.fails,
        "FAIL",
        where(
            warn_place <= 0,
            "weak input",
            where(warn_place <= verdicts.warns, "WARN", ""),
        ),
    ),
)
is_weak = _reason(
    "is_weak", "Weak input", Unit.FLAG, where(weak_place > 0, where(warn_place <= 0, 1, 0), 0)
)
check_row = _reason(
    "check",
    "Check",
    Unit.COUNT,
    where(
        place <= verdicts.fails,
        sum_where(CHECK, equal(each(verdicts.fail_order), place), verdicts.row),
        where(
            (warn_place > 0) & (warn_place <= verdicts.warns),
            sum_where(CHECK, equal(each(verdicts.warn_order), warn_place), verdicts.row),
            0,
        ),
    ),
)


def _told(name: str, label: str, of_check: Line, of_input: Line) -> Line:
    """Return a text of the reason: of its check, or of its weak input."""
    of_weak = where(is_weak > 0, pick(of_input, RANK, weak_place), "")
    return _reason(
        name, label, Unit.TEXT, where(check_row > 0, pick(of_check, CHECK, check_row), of_weak)
    )


what = _told("what", "What stands in the way", verdicts.label, ranking.weakest_label)
at_stake = _reason(
    "at_stake",
    "At stake",
    Unit.PER_SHARE,
    where(is_weak > 0, pick(ranking.weakest_size, RANK, weak_place), NA),
)
where_to_look = _told("where", "Key, or basis", verdicts.basis, ranking.weakest_key)
shown_place = _reason("shown_place", "No.", Unit.TEXT, where(place <= count, fixed(place, 0), ""))
shown_at_stake = _reason(
    "shown_at_stake",
    "At stake",
    Unit.TEXT,
    where(is_weak > 0, concat(price_currency, " ", fixed(at_stake, 2)), ""),
)
in_words = _reason(
    "words",
    "In words",
    Unit.TEXT,
    where(is_weak > 0, concat(what, " (", shown_at_stake, ")"), what),
)


def ask(question: Question) -> None:
    """Add the places of the list; what does not fit is counted."""
    question.dimension(REASON, (str(k + 1) for k in range(SHOWN)))
