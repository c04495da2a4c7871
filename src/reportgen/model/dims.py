"""The dimensions of the model. Members are ordered row ids that the facts yield."""

from __future__ import annotations

from reportgen.expr.nodes import Dim
from reportgen.headline import CASES

SCENARIO = Dim("scenario")
SEGMENT = Dim("segment")
VARIANT = Dim("variant")  # of the launched product, in the price mix
CURRENCY = Dim("currency")
MEASURE = Dim("measure")  # a spelling of a unit: USD bn, ratio, x ...
SOURCE = Dim("source")
PEER = Dim("peer")
CLOSE = Dim("close")
BENCHMARK = Dim("benchmark")
ESTIMATE = Dim("estimate")
FUNDAMENTAL = Dim("fundamental")
PERIOD = Dim("period")  # that a new result may be of
TARGET = Dim("target")
PRODUCT = Dim("product")
CLAIM = Dim("claim")
FACT = Dim("fact")  # (key, variant) of claims
OFFER = Dim("offer")  # (vendor, product, variant) of product prices
FLOW = Dim("flow")  # a series whose twelve months are summed: group,eps and so on
CYCLE = Dim("cycle")  # the periods that twelve months can be made of
PEER_ROW = Dim("peer_row")  # rows of peers.csv
YEAR = Dim("year")  # of the launch, from 1
STEP = Dim("step")  # of the bisection
GROWTH_CASE = Dim("growth_case")  # what a growth rate is solved for
COMPONENT = Dim("component")  # of the haircut
SUB_SCORE = Dim("sub")

# --- dimensions of the what-ifs ---
SETTING = Dim("setting")
GRID_ROW = Dim("grid_row")
GRID_COL = Dim("grid_col")
STAKE = Dim("stake")
DIRECTION = Dim("direction")
REMOVAL = Dim("removal")
WITHOUT = Dim("without")  # (price taken away, one that is left)
TAKEN = Dim("taken")  # a product price taken away
ALTERNATIVE = Dim("alternative")
BRIDGE_CASE = Dim("bridge_case")
BRIDGE_ORDER = Dim("bridge_order")
DRIVER = Dim("driver")
BULL_ARGUMENT = Dim("bull_argument")
BEAR_ARGUMENT = Dim("bear_argument")
CHECK = Dim("check")
REASON = Dim("reason")  # why the report is not ready
RANK = Dim("rank")

SETTINGS = ("harsh", "lenient")
GRID = ("-2", "-1", "0", "1", "2")
DIRECTIONS = ("up", "down")
BRIDGE_CASES = ("bull", "bear")
BRIDGE_ORDERS = ("forward", "reverse")

ORDER = (
    BRIDGE_CASE,
    BRIDGE_ORDER,
    STAKE,
    REMOVAL,
    WITHOUT,
    TAKEN,
    ALTERNATIVE,
    BULL_ARGUMENT,
    BEAR_ARGUMENT,
    CHECK,
    REASON,
    DRIVER,
    GRID_ROW,
    GRID_COL,
    SETTING,
    RANK,
    SCENARIO,
    TARGET,
    PRODUCT,
    CLAIM,
    FACT,
    OFFER,
    SOURCE,
    CURRENCY,
    MEASURE,
    PEER,
    FUNDAMENTAL,
    PERIOD,
    CLOSE,
    BENCHMARK,
    ESTIMATE,
    SEGMENT,
    VARIANT,
    FLOW,
    CYCLE,
    PEER_ROW,
    YEAR,
    STEP,
    GROWTH_CASE,
    COMPONENT,
    SUB_SCORE,
    DIRECTION,
)

SCENARIOS = CASES
GROWTH_CASES = ("price", "bear", "base", "bull", "consensus", "hype_adjusted", "bull_narrative")
CYCLES = ("quarters", "halves", "year", "year_and_half", "year_and_quarters")
COMPONENTS = ("optimism", "staleness", "runup", "launch")
SUB_SCORES = (
    "optimism",
    "staleness",
    "dispersion",
    "runup",
    "launch",
    "premium",
    "expectations",
    "sources",
    "vendor",
)
SPARE_ROWS = 5
