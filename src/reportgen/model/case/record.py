"""A case: the members of every dimension, every given value, and where each comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.model.given_values import BLANK
from reportgen.model.inputs import description

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.evaluate import Members
    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.facts.rows import Argument


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a given value comes from: what stands beside it on the Inputs tab."""

    source: str = ""
    published: float = BLANK
    author: str = ""
    reason: str = ""
    expires: float = BLANK


@dataclass(frozen=True, slots=True)
class Case:
    """One company as of one day: the members of every dimension and every given value.

    `given` maps a line to an array shaped by the members of its dimensions; `issued` and
    `overridden` tell the origin of an input and of its override by key.
    """

    members: Members
    given: Mapping[Line, Array]
    issued: Mapping[str, Origin]
    overridden: Mapping[str, Origin]
    unused_overrides: tuple[str, ...]
    arguments: tuple[Argument, ...] = ()

    @property
    def as_of_serial(self) -> int:
        """Return the as-of day as issued, as an Excel serial number."""
        return int(self.given[description.as_of.issued])
