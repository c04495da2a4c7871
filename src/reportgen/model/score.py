"""The hype score: nine sub-scores of 0 to 100, and their mean where enough of them exist."""

from __future__ import annotations

from reportgen.expr.functions import (
    by,
    known,
    maximum,
    mean,
    minimum,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model import launch
from reportgen.model.dims import SUB_SCORE
from reportgen.model.evidence.opinions import call_newest, call_probability
from reportgen.model.evidence.peer_pe import peer_pe
from reportgen.model.hype.measures import (
    calibrated,
    mean_freshness,
    mean_implied_return,
    mean_reliability,
)
from reportgen.model.hype.price_runup import runup_unbacked
from reportgen.model.hype.waterfall import dispersion
from reportgen.model.inputs.assumptions import cost_of_equity
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.priced_in import gap
from reportgen.model.valuation import own_pe
from reportgen.model.words import line

_ONE = 1
measured = line(
    "hype.measure[{sub}]",
    "Measured, 1 = full",
    Unit.NUMBER,
    by(
        SUB_SCORE,
        optimism=(mean_implied_return - cost_of_equity) / policy("score.optimism_scale"),
        staleness=_ONE - mean_freshness,
        dispersion=dispersion / policy("score.dispersion_scale"),
        runup=runup_unbacked / policy("score.runup_scale"),
        launch=where(launch.gain > 0, _ONE - launch.value / launch.gain, NA),
        premium=own_pe / peer_pe - _ONE,
        expectations=gap / policy("score.expectations_scale"),
        sources=_ONE - mean_reliability,
        vendor=where(
            as_of - call_newest <= policy("fresh.vendor_call_days"),
            (call_probability - calibrated) / policy("score.vendor_scale"),
            NA,
        ),
    ),
)
sub = line("hype.sub[{sub}]", "Sub-score", Unit.SCORE, 100 * minimum(1, maximum(0, measured)))
exists = line("hype.sub_exists[{sub}]", "Exists", Unit.FLAG, known(sub))
coverage = line(
    "hype.coverage", "Coverage: sub-scores that exist", Unit.RATIO, mean(exists, SUB_SCORE)
)
score = line(
    "hype.score",
    "Hype score",
    Unit.SCORE,
    where(coverage >= policy("score.min_coverage"), mean(sub, SUB_SCORE), NA),
)
