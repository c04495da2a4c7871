"""Shown on Hype-adjusted: what became of each target, and what its run-up lacks."""

from __future__ import annotations

from reportgen.expr.functions import concat, given_text, known, where
from reportgen.expr.nodes import NA
from reportgen.expr.units import Unit
from reportgen.model.hype.components import (
    after_runup,
    benchmark_at_issue,
    benchmark_before,
    close_at_issue,
    close_before,
    estimate_change,
    launch_part,
    runup,
    unbacked,
)
from reportgen.model.hype.price_targets import (
    broker,
    candidate,
    currency,
    in_use,
    is_known,
    newest,
    published,
    stated,
    target,
)
from reportgen.model.inputs.assumptions import hype_max_target_age, hype_switch_launch
from reportgen.model.market import price
from reportgen.model.words import line, or_zero

_ROW = "target[{target}]"
day = line(
    f"{_ROW}.day",
    "Published",
    Unit.DATE,
    where(known(published), published, NA),
    note="n/a where the cell is blank",
)
after_launch = line(
    f"{_ROW}.after_launch",
    "After 4: before cap and allowance",
    Unit.PER_SHARE,
    after_runup - where(hype_switch_launch > 0, or_zero(launch_part), 0),
)
after_upside = line(
    f"{_ROW}.after_upside", "After 4, against the price", Unit.CHANGE, after_launch / price - 1
)
measured = line(
    f"{_ROW}.measured",
    "How it is used",
    Unit.TEXT,
    where(
        known(target),
        where(known(runup), "in use", "in use; run-up not measured"),
        concat("n/a: no exchange rate for ", currency),
    ),
)
passed_over = line(
    f"{_ROW}.passed_over",
    "Why it is not in use",
    Unit.TEXT,
    where(
        newest < 1,
        "superseded by a newer one",
        where(
            candidate < 1,
            concat("expired: older than ", hype_max_target_age, " days"),
            "set aside: brokers stand before averages",
        ),
    ),
)
waiting = line(
    f"{_ROW}.waiting",
    "Why it is not known",
    Unit.TEXT,
    where(
        known(stated) | given_text(broker),
        where(known(published), "not known yet", "set aside: no day of publication"),
        "spare row",
    ),
)
standing = line(
    f"{_ROW}.standing",
    "What became of it",
    Unit.TEXT,
    where(in_use > 0, measured, where(is_known > 0, passed_over, waiting)),
)
runup_missing = line(
    f"{_ROW}.runup_missing",
    "What the run-up lacks",
    Unit.TEXT,
    where(
        known(close_at_issue + close_before),
        where(
            known(benchmark_at_issue + benchmark_before),
            where(
                known(estimate_change),
                "n/a: the launch's return is missing",
                "n/a: no positive EPS estimate six months before",
            ),
            "n/a: no benchmark on those days",
        ),
        "n/a: no close at issue or six months before",
    ),
)
runup_reason = line(
    f"{_ROW}.runup_reason",
    "What the run-up is",
    Unit.TEXT,
    where(
        in_use < 1,
        "not in use",
        where(
            known(runup),
            where(
                unbacked > 0,
                where(runup > 0, "not all backed by estimates", "given back since"),
                "backed by estimates, or none",
            ),
            runup_missing,
        ),
    ),
)
