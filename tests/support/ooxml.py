"""Microsoft's Open XML SDK validator as a witness that a workbook is what Excel expects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tests.support import tools

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SECONDS_PER_FILE = 600  # a backstop against a hang, however busy the machine


class Fault(NamedTuple):
    """One thing the validator objects to."""

    file: str
    part: str
    place: str
    objection: str


def validate(paths: Iterable[Path]) -> list[Fault]:
    """What the validator finds wrong with the files; empty when all are valid.

    X
    """
    validator = tools.require(tools.VALIDATOR)
    return [fault for path in paths for fault in _faults(validator, path)]


def _faults(validator: str, path: Path) -> list[Fault]:
    # Its exit status is 0 for invalid files too; what it could not open it reports as an error.
    verdict = json.loads(tools.run([validator, path], SECONDS_PER_FILE))
    return [
        Fault(path.name, error["path"] or "", error["xPath"] or "", error["description"])
        for error in verdict["errors"]
    ]
