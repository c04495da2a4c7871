"""The dimensions of the model. Members are ordered row ids that the facts yield."""

from __future__ import annotations

from reportgen.expr.nodes import Dim

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
TARGET = Dim("target")
PRODUCT = Dim("product")
CLAIM = Dim("claim")
FACT = Dim("fact")  # (key, variant) of claims
OFFER = Dim("offer")  # (vendor, product, variant) of product prices
QUARTER = Dim("quarter")  # the newest four, newest first
YEAR = Dim("year")  # of the launch, from 1
STEP = Dim("step")  # of the bisection
GROWTH_CASE = Dim("growth_case")  # what a growth rate is solved for
COMPONENT = Dim("component")  # of the haircut
SUB_SCORE = Dim("sub")

ORDER = (
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
    CLOSE,
    BENCHMARK,
    ESTIMATE,
    SEGMENT,
    VARIANT,
    QUARTER,
    YEAR,
    STEP,
    GROWTH_CASE,
    COMPONENT,
    SUB_SCORE,
)

SCENARIOS = ("bear", "base", "bull")
GROWTH_CASES = ("price", "bear", "base", "bull", "consensus", "hype_adjusted", "bull_narrative")
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
