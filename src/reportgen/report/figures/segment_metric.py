"""What each segment is valued on, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import same, where
from reportgen.expr.nodes import Unit
from reportgen.facts.catalogue import METRICS
from reportgen.model.inputs.description import segment_metric
from reportgen.model.words import line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node


_VALUED_ON = ("ebita_adjusted", "ebitda_adjusted")  # besides metrics that are words already


def _in_words(metric: Node) -> Node:
    """Return a metric as people say it; one without a name of its own as it is typed."""
    told: Node = metric
    for key in _VALUED_ON:
        told = where(same(metric, key), METRICS[key], told)
    return told


metric_words = line(
    "company.segment[{segment}].metric_words", "Valued on", Unit.TEXT, _in_words(segment_metric)
)
