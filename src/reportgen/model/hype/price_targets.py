"""Price targets: which of them count, and what consensus they come to."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    count_known,
    each,
    either,
    equal,
    known,
    mean,
    same,
    sum_known,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.facts.catalogue import FIGURES
from reportgen.facts.units import LISTED, ORDINARY, RECEIPTS, SHARE, SHARES
from reportgen.model.dims import SPARE_ROWS, TARGET
from reportgen.model.inputs.assumptions import cost_of_equity, hype_max_target_age
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.conversion import (
    measure_divisor,
    measure_parts,
    measured_in,
)
from reportgen.model.inputs.description import adr_ratio, as_of
from reportgen.model.market import close_of, price
from reportgen.model.provenance import is_published, source_row, tier_of
from reportgen.model.ranks import above, below, first, larger, place_in_order, smaller
from reportgen.model.words import Table, given, line, or_zero, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line

ROW = "target[{target}]"
TARGETS = Table(ROW, TARGET, SPARE_ROWS)
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
confirmed = given(f"{ROW}.confirmed", "Confirmed", Unit.FLAG, TARGET)

# --- which targets count ---
row = line(f"{ROW}.row", "Row", Unit.COUNT, or_zero(number))
day = line(
    f"{ROW}.day",
    "Published",
    Unit.DATE,
    where(known(published), published, NA),
    note="n/a where the cell is blank",
)
issued_on = line(f"{ROW}.issued_on", "Published, 0 if blank", Unit.DATE, or_zero(published))
is_known = line(
    f"{ROW}.known",
    "Known",
    Unit.FLAG,
    is_published(published, stated),
)


def _spelled(name: str, label: str, *words: str) -> Line:
    """Return the line that says whether a target names a share in one of some spellings."""
    said = reduce(or_, (same(share_line, word) for word in words))
    return line(f"{ROW}.{name}", label, Unit.FLAG, where(said, 1, 0))


def _spellings(share: str) -> list[str]:
    return [word for word, of in SHARES.items() if of == share]


is_ordinary = _spelled("is_ordinary", "On the ordinary share", *_spellings(ORDINARY))
is_share = _spelled("is_share", "On a share, of no kind", *_spellings(SHARE))
is_receipt = _spelled("is_receipt", "On a receipt", *RECEIPTS)
is_called_listed = _spelled(
    "is_called_listed",
    "On what is called listed, or not said",
    "",
    *(word for word in _spellings(LISTED) if word not in RECEIPTS),
)
is_listed = line(
    f"{ROW}.is_listed",
    "On the listed share",
    Unit.FLAG,
    where(
        (is_receipt + is_called_listed > 0) | ((is_share > 0) & equal(adr_ratio, 1)),
        1,
        0,
    ),
    note="a share alone, where there are two kinds, is neither",
)
place = place_in_order(
    f"{ROW}.place",
    "Later rows: by day, on the listed share, row",
    TARGET,
    larger(issued_on, smaller(is_ordinary, below(row))),
)
newest = line(
    f"{ROW}.newest",
    "Newest of its broker",
    Unit.FLAG,
    first(TARGET, is_known > 0, same(each(broker), broker) * each(is_known) * above(place)),
)
age = line(f"{ROW}.age", "Age, days", Unit.DAYS, where(known(published), as_of - published, NA))
candidate = line(
    f"{ROW}.candidate",
    "Newest and not too old",
    Unit.FLAG,
    where(newest > 0, where(age <= hype_max_target_age, 1, 0), 0),
)
quoted = measured_in(currency, ROW)
subunits = line(
    f"{ROW}.subunits",
    "Parts of its currency",
    Unit.NUMBER,
    quoted.of(measure_parts),
    note="100 where it is quoted in pence; n/a for what is no currency",
)
rate = line(
    f"{ROW}.rate", "Its currency per price currency", Unit.NUMBER, quoted.of(measure_divisor)
)
per_share = line(
    f"{ROW}.per_listed_share",
    "Target, per listed share",
    Unit.PER_SHARE,
    where(
        is_ordinary + is_listed > 0,
        stated / subunits / rate * where(is_ordinary > 0, adr_ratio, 1),
        NA,
    ),
)
_CLOSE = close_of(day, f"{ROW}.close_at_issue")
close_day = _CLOSE.made_on
close_at_issue = line(f"{ROW}.close_at_issue", "Close at issue", Unit.PER_SHARE, _CLOSE.value)
to_close = line(
    f"{ROW}.to_close", "Against the close at issue", Unit.MULTIPLE, per_share / close_at_issue
)
_LIMIT = policy("plausible.value.fail")
is_far = line(
    f"{ROW}.is_far",
    "Too far from its close, or unreadable",
    Unit.FLAG,
    where(
        known(per_share),
        where((or_zero(to_close) > _LIMIT) | (_LIMIT * either(to_close, 1) < 1), 1, 0),
        1,
    ),
)
set_aside = line(
    f"{ROW}.set_aside",
    "Set aside",
    Unit.FLAG,
    where((or_zero(candidate) > 0) & (or_zero(confirmed) < 1), is_far, 0),
    note="far from the close at its issue, in a currency without a rate, of an unknown share",
)
counts = line(
    f"{ROW}.counts",
    "Newest, not too old, not set aside",
    Unit.FLAG,
    where((or_zero(candidate) > 0) & (set_aside < 1), 1, 0),
)
of_broker = line(
    f"{ROW}.of_broker",
    "A broker's",
    Unit.FLAG,
    where((counts > 0) & ~same(kind, "aggregate"), 1, 0),
    note="a blank kind is a broker",
)
brokers = line("hype.brokers", "Brokers in use", Unit.COUNT, sum_known(of_broker, TARGET))
in_use = line(
    f"{ROW}.in_use",
    "In use",
    Unit.FLAG,
    where(brokers > 0, of_broker, counts),
    note="aggregates only where no broker has a target",
)
in_a_year = line(
    f"{ROW}.in_a_year",
    "Per listed share, at 12 months",
    Unit.PER_SHARE,
    per_share / (1 + cost_of_equity) ** ((either(horizon, 12) - 12) / 12),
    note="other horizons discounted to 12 months; a blank one is 12",
)
target = line(
    f"{ROW}.value",
    "Target, per listed share, 12 months",
    Unit.PER_SHARE,
    where(in_use > 0, in_a_year, NA),
)
count = line("hype.targets", "Targets in use", Unit.COUNT, count_known(target, TARGET))
consensus = line("hype.consensus", "Consensus", Unit.PER_SHARE, mean(target, TARGET))
consensus_upside = line(
    "consensus.upside", "Consensus against the price", Unit.CHANGE, consensus / price - 1
)


# --- whether they rest on an assumption of the house ---
_source_row = source_row(source, ROW)
assumed = line(
    f"{ROW}.assumed",
    "In use, of an assumption",
    Unit.FLAG,
    where((in_use > 0) & same(tier_of(_source_row, ROW), "assumption"), 1, 0),
)
