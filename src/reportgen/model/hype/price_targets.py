"""Price targets: which of them count, and what consensus they come to."""

from __future__ import annotations

from reportgen.expr.functions import (
    count_known,
    each,
    known,
    mean,
    same,
    sum_known,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.facts.catalogue import FIGURES
from reportgen.model.dims import TARGET
from reportgen.model.inputs.assumptions import cost_of_equity, hype_max_target_age
from reportgen.model.inputs.conversion import rate_of
from reportgen.model.inputs.description import adr_ratio, as_of
from reportgen.model.market import price
from reportgen.model.provenance import is_published
from reportgen.model.ranks import below, first, larger
from reportgen.model.words import Table, line, or_zero, row_number

ROW = "target[{target}]"
TARGETS = Table(ROW, TARGET)
number = row_number(f"{ROW}.number", TARGET)
published = TARGETS.given("published", "Published", Unit.DATE)
broker = TARGETS.text("broker", "Broker")
stated = TARGETS.figure("target", "Target as stated", Unit.NUMBER, bounds=FIGURES["target"])
currency = TARGETS.text("currency", "Currency")
share_line = TARGETS.text("line", "Line")
horizon = TARGETS.given("horizon_months", "Horizon, months", Unit.COUNT)
kind = TARGETS.text("kind", "Kind")
rating = TARGETS.text("rating", "Rating")
source = TARGETS.text("source", "Source")

# --- which targets count ---
row = line(f"{ROW}.row", "Row", Unit.COUNT, or_zero(number))
issued_on = line(f"{ROW}.issued_on", "Published, 0 if blank", Unit.DATE, or_zero(published))
is_known = line(
    f"{ROW}.known",
    "Known",
    Unit.FLAG,
    is_published(published, stated),
)
newest = line(
    f"{ROW}.newest",
    "Newest of its broker",
    Unit.FLAG,
    first(
        TARGET,
        is_known > 0,
        same(each(broker), broker) * each(is_known) * larger(issued_on, below(row)),
    ),
)
age = line(f"{ROW}.age", "Age, days", Unit.DAYS, where(known(published), as_of - published, NA))
candidate = line(
    f"{ROW}.candidate",
    "Newest and not too old",
    Unit.FLAG,
    where(newest > 0, where(age <= hype_max_target_age, 1, 0), 0),
)
of_broker = line(
    f"{ROW}.of_broker",
    "A broker's",
    Unit.FLAG,
    where((or_zero(candidate) > 0) & same(kind, "broker"), 1, 0),
)
brokers = line("hype.brokers", "Brokers in use", Unit.COUNT, sum_known(of_broker, TARGET))
in_use = line(
    f"{ROW}.in_use",
    "In use",
    Unit.FLAG,
    where(brokers > 0, of_broker, candidate),
    note="aggregates only where no broker has a target",
)
rate = line(f"{ROW}.rate", "Its currency per price currency", Unit.NUMBER, rate_of(currency))
target = line(
    f"{ROW}.value",
    "Target, per listed share, 12 months",
    Unit.PER_SHARE,
    where(
        in_use > 0,
        stated
        / rate
        * where(same(share_line, "ordinary"), adr_ratio, 1)
        / (1 + cost_of_equity) ** ((horizon - 12) / 12),
        NA,
    ),
)
count = line("hype.targets", "Targets in use", Unit.COUNT, count_known(target, TARGET))
consensus = line("hype.consensus", "Consensus", Unit.PER_SHARE, mean(target, TARGET))
consensus_upside = line(
    "consensus.upside", "Consensus against the price", Unit.CHANGE, consensus / price - 1
)
