"""Closes that were typed, as rows of the files that hold closes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reportgen.intake.additions import Addition
from reportgen.reviews.acceptance import preview

PENCE = Path(__file__).parents[1] / "packs/pence/inputs"
DAY = "2025-12-01"


def test_closes_are_added_in_the_units_of_their_files_beside_other_rows() -> None:
    """A report speaks of whole units of a currency, the file of this company of pence."""
    override = {"published": DAY, "key": "assumption[cost_of_equity,all,]", "value": "0.11"}
    additions = (
        Addition("prices", ({"Date": DAY, "Close": "0.845"},)),
        Addition("benchmark", ({"Date": DAY, "Close": "2190.5"},)),
        Addition("overrides", ({**override, "author": "A. N", "reason": "so"},)),
    )
    files = preview(additions, PENCE, "CALD", date(2025, 11, 30))
    assert {file.path.relative_to(PENCE).as_posix(): file.lines for file in files} == {
        "CALD/prices.csv": (f"{DAY},84.5\n",),
        "market/UKMID.csv": (f"{DAY},2190.5\n",),
        "CALD/overrides.csv": (f'{DAY},"assumption[cost_of_equity,all,]",0.11,,,,A. N,so\n',),
    }
