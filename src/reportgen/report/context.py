"""What every tab is built from: the case, its solution and the theme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.facts.catalogue import metric_name

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.expr.solve import Solved
    from reportgen.expr.state import Members
    from reportgen.facts.pack import Pack
    from reportgen.facts.policy import Policy
    from reportgen.model.case.record import Case
    from reportgen.model.question import Question
    from reportgen.report.theme import Theme


_METRIC = re.compile(r"(?<![\w/])(?:EPS|EBITA|EBITDA)\b")


@dataclass(frozen=True, slots=True)
class Context:
    """One report to be laid out; `everything` also where the pack does not ask for it."""

    pack: Pack
    policy: Policy
    question: Question
    solved: Solved
    theme: Theme
    everything: bool = False

    @property
    def case(self) -> Case:
        """Return the case in question."""
        return self.question.case

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return every line of the report, in the order of calculation."""
        return tuple(self.question.lines)

    @property
    def members(self) -> Members:
        """Return the members of every dimension."""
        return self.question.members

    def named(self, text: str) -> str:
        """Return a label with EPS, EBITA and EBITDA as the company calls them."""
        own = self.pack.company.metric_names
        return _METRIC.sub(lambda found: metric_name(found[0].lower(), own), text)

    @property
    def price_currency(self) -> str:
        """Return the code of the currency of every per-share value."""
        return self.pack.company.price_currency

    @property
    def reporting_currency(self) -> str:
        """Return the code of the currency of the company's results."""
        return self.pack.company.reporting_currency
