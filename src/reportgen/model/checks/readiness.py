"""Readiness: how far the report can be relied on, why, and the stance that stands then."""

from __future__ import annotations

from reportgen.expr.functions import at, concat, fixed, same, where
from reportgen.expr.nodes import Unit
from reportgen.model import stance
from reportgen.model.checks.verdicts import fail_label, fails, warn_label, warns
from reportgen.model.dims import RANK
from reportgen.model.whatif.stakes import ranking
from reportgen.model.words import line, or_zero

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
weak_reason = line(
    "readiness.weak",
    "Weak inputs",
    Unit.TEXT,
    concat(
        fixed(ranking.weak_over_limit, 0),
        where(ranking.weak_over_limit > 1, " weak inputs, first ", " weak input: "),
        at(ranking.weakest_label, RANK, "1"),
    ),
)
readiness_reason = line(
    "readiness.reason",
    "Because of",
    Unit.TEXT,
    where(
        fails > 0,
        concat("not met: ", fail_label),
        where(
            or_zero(ranking.weak_over_limit) > 0,
            concat(
                weak_reason,
                where(warns > 0, concat("; not met: ", warn_label), ""),
            ),
            where(warns > 0, concat("not met: ", warn_label), "every check is passed"),
        ),
    ),
)
call = line(
    "stance.call", "Stance", Unit.TEXT, where(same(readiness, "blocked"), "BLOCKED", stance.view)
)
