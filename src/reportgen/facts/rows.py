"""The rows of every table as typed records: the contract of an input pack, column by column.

Text is "" where blank, a number nan, a day None. `line_no` is the line in the file: for messages
only, since it moves when rows are reordered. Fields after it are derived on reading.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from reportgen.headline import CASES

if TYPE_CHECKING:
    from datetime import date

GROUP = "group"  # the segment of results of the whole company


class Close(NamedTuple):
    """The close of one day, in whole units of the price currency per listed share."""

    date: date
    close: float
    line_no: int


class FxRate(NamedTuple):
    """Units of `currency` per 1 EUR, fixed on `date`: the last on or before as-of."""

    currency: str
    per_eur: float
    date: date


class Target(NamedTuple):
    """A price target of a broker, or an aggregate of brokers."""

    published: date
    broker: str
    target: float
    currency: str
    line: str
    horizon_months: float
    kind: str
    rating: str
    source: str
    line_no: int


class Fundamental(NamedTuple):
    """A reported figure: money in millions of `currency` unless the unit is per share.

    `scale` is the factor from the file's figure to `value`; `months` and `month_index` are
    those of the period (periods.FiscalPeriod).
    """

    period_end: date
    period: str
    segment: str
    metric: str
    value: float
    unit: str
    yoy: float
    qualifier: str
    published: date
    source: str
    note: str
    line_no: int
    months: int = 0
    month_index: float = math.nan
    currency: str = ""
    scale: float = 1.0


class Estimate(NamedTuple):
    """A point on the path of a consensus estimate (eps_ntm per listed share)."""

    published: date
    metric: str
    value: float
    unit: str
    source: str
    line_no: int
    currency: str = ""


class Product(NamedTuple):
    """A price of a product, ours or a competitor's; observed when published by default."""

    vendor: str
    product: str
    variant: str
    price: float
    currency: str
    market: str
    qualifier: str
    observed: date | None
    published: date
    source: str
    note: str
    line_no: int


class Claim(NamedTuple):
    """What a document says: one figure of one fact (key, variant)."""

    key: str
    variant: str
    value: float
    unit: str
    qualifier: str
    observed: date | None
    published: date
    source: str
    contradicted_by: str
    note: str
    line_no: int
    currency: str = ""


INHERITED = "inherited from sector "


class Assumption(NamedTuple):
    """Our own judgement of one parameter in one scenario; `row` orders rows of one day.

    The author of a sector's default says so; who judged is named in its note.
    """

    published: date
    scenario: str
    segment: str
    key: str
    value: float
    unit: str
    author: str
    note: str
    line_no: int
    currency: str = ""
    row: int = 0

    @property
    def is_inherited(self) -> bool:
        """Whether it is the default of a sector."""
        return self.author.startswith(INHERITED)


class Argument(NamedTuple):
    """One argument of the written bull or bear case."""

    published: date
    case: str
    kind: str
    text: str
    assumption: str
    watch: str
    due: date | None
    trigger: str
    source: str
    line_no: int


class Override(NamedTuple):
    """An analyst's value for one input key, in the unit of the input; `active` if it stands."""

    published: date
    key: str
    value: float
    unit: str
    expires: date | None
    revokes: str
    author: str
    reason: str
    line_no: int
    active: bool = True


class Action(NamedTuple):
    """A share split: `ratio` new shares for one old from `ex_date` on."""

    published: date
    ex_date: date
    ratio: float
    note: str
    line_no: int


class PeerMultiple(NamedTuple):
    """A comparable figure of another company."""

    published: date
    peer: str
    metric: str
    value: float
    unit: str
    source: str
    line_no: int


class Event(NamedTuple):
    """Something that is to happen, or did, as it was known when published; the newest row counts.

    `date` is None where no day is named yet.
    """

    published: date
    event: str
    date: date | None
    status: str
    source: str
    line_no: int


class Confirmation(NamedTuple):
    """A figure that looks wrong and is right: who says so, of which key, and why."""

    published: date
    key: str
    author: str
    reason: str
    line_no: int


class Source(NamedTuple):
    """A document or author that rows cite; `flags` are joined by ";" in alphabetical order."""

    id: str
    title: str
    publisher: str
    publisher_group: str
    tier: str
    flags: str
    published: date | None
    document: str
    note: str
    line_no: int


MONEY_OF_A_REPORT = ("price", *CASES, "expected", "hype_adjusted", "consensus", "dividend")


class PastReport(NamedTuple):
    """What a report of an earlier day said when it went out; money per listed share of as-of.

    It is `scored` ("yes" or "no") if it went out soon after its day. `split` is how many shares of
    as-of one of that day has become.
    """

    as_of: date
    scored: str
    currency: str
    price: float
    bear: float
    base: float
    bull: float
    bear_probability: float
    base_probability: float
    bull_probability: float
    expected: float
    hype_adjusted: float
    consensus: float
    cost_of_equity: float
    dividend: float
    stance: str
    line_no: int
    split: float = 1.0


class PackRows(NamedTuple):
    """The rows of every table known at as-of, each in its canonical order."""

    prices: tuple[Close, ...] = ()
    benchmark: tuple[Close, ...] = ()
    fx: tuple[FxRate, ...] = ()
    targets: tuple[Target, ...] = ()
    fundamentals: tuple[Fundamental, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    products: tuple[Product, ...] = ()
    claims: tuple[Claim, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    arguments: tuple[Argument, ...] = ()
    overrides: tuple[Override, ...] = ()
    actions: tuple[Action, ...] = ()
    peers: tuple[PeerMultiple, ...] = ()
    events: tuple[Event, ...] = ()
    confirmed: tuple[Confirmation, ...] = ()
    sources: tuple[Source, ...] = ()
    history: tuple[PastReport, ...] = ()
