"""The snapshot that identifies a case."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from reportgen.model.inputs import assumptions
from reportgen.report.registry.identity import snapshot
from tests.report.rebuilt import pack_of, rebuilt


def test_the_snapshot_tells_cases_apart_by_every_digit_that_programs_keep() -> None:
    first = rebuilt(pack_of("bare")).case

    def given(years: float) -> str:
        changed = {**first.given, assumptions.fade_years.override: np.array(years)}
        return snapshot(replace(first, given=changed))

    assert given(8.00000000000001) != given(8.0) != snapshot(first)
    assert given(np.nextafter(8.0, 9.0)) == given(8.0)  # as LibreOffice saves it
    assert snapshot(replace(first, given=dict(reversed(first.given.items())))) == snapshot(first)
