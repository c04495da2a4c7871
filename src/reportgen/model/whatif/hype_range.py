"""The hype-adjusted value under a harsh and a lenient set of parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import at, maximum, minimum
from reportgen.expr.nodes import Study, Unit, Varied, WhatIf
from reportgen.model.dims import SETTING, SETTINGS
from reportgen.model.hype.adjusted_value import hype_value
from reportgen.model.inputs.assumptions import (
    hype_launch_share,
    hype_optimism_rate,
    hype_runup_share,
    hype_target_half_life,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.words import line

if TYPE_CHECKING:
    from reportgen.model.question import Question

# parameter, name in the policy, whether harsher means larger
_PARAMETERS = (
    (hype_optimism_rate, "optimism_rate", True),
    (hype_target_half_life, "target_half_life", False),
    (hype_runup_share, "runup_share", True),
    (hype_launch_share, "launch_share", True),
)
_BOUNDS = {
    (setting, name): policy(f"{setting}.{name}")
    for setting in SETTINGS
    for _, name, _ in _PARAMETERS
}
study = Study("hype_range", "Hype-adjusted value, harsh and lenient", (SETTING,), (hype_value,))
ranged = line(
    "hype.range[{setting}]", "Hype-adjusted value", Unit.PER_SHARE, Varied(study, hype_value)
)
low = line("hype.low", "Hype-adjusted value, harsh", Unit.PER_SHARE, at(ranged, SETTING, "harsh"))
high = line(
    "hype.high", "Hype-adjusted value, lenient", Unit.PER_SHARE, at(ranged, SETTING, "lenient")
)


def ask(question: Question) -> None:
    """Add the two settings: the policy's, or the set ones where those go further."""
    question.members[SETTING] = SETTINGS
    question.what_ifs[study] = tuple(
        WhatIf(
            setting,
            setting,
            tuple(
                (
                    parameter,
                    (),
                    (maximum if larger == (setting == "harsh") else minimum)(
                        parameter, _BOUNDS[setting, name]
                    ),
                )
                for parameter, name, larger in _PARAMETERS
            ),
        )
        for setting in SETTINGS
    )
