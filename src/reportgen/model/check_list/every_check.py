"""Every check, the gravest first, as the question puts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.functions import known, where
from reportgen.expr.nodes import NA
from reportgen.model.check_list.always import always_made
from reportgen.model.check_list.where_known import made_where_known
from reportgen.model.checks import looked_at, verdicts
from reportgen.model.dims import CHECK
from reportgen.model.given_values import numbered

if TYPE_CHECKING:
    from reportgen.model.check_list.check import Check
    from reportgen.model.question import Question


def every_check() -> list[Check]:
    """Return all checks, the gravest first; one whose subject is n/a is passed over as OK."""
    conditional = [
        check._replace(
            difference=where(known(subject), check.difference, NA),
            wrong=where(known(subject), check.wrong, 0),
        )
        for subject, check in made_where_known()
    ]
    found = [*always_made(), *conditional]
    return sorted(found, key=lambda check: check.verdict != "FAIL")


def ask(question: Question) -> None:
    """Add the checks."""
    found = every_check()
    question.dimension(CHECK, (str(k + 1) for k, _ in enumerate(found)))
    question.give(verdicts.number, numbered(found))
    question.give(verdicts.label, [check.label for check in found])
    question.give(verdicts.basis, [check.basis for check in found])
    question.links[verdicts.difference] = tuple(check.difference for check in found)
    question.links[verdicts.wrong] = tuple(check.wrong for check in found)
    question.give(verdicts.verdict, [check.verdict for check in found])
    unused = float(len(question.case.unused_overrides))
    question.given[looked_at.unused_overrides] = np.array(unused)
