"""A case restated for splits is the case that facts restate."""

from __future__ import annotations

import math
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.split_words import Split
from reportgen.model import fundamentals, twelve_months, valuation
from reportgen.model.case.build import build_case
from reportgen.model.case.record import Origin
from reportgen.model.case.restatement import Restating, power_of, restated
from reportgen.model.dims import FUNDAMENTAL
from reportgen.model.evidence import claims
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, market_data
from reportgen.model.keys import filled
from reportgen.periods import serial
from tests.differences.case_ends import NOVEMBER, OCTOBER, ROOT, case_at

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.model.words import Entry

PACKS = ("baba", "halves", "pence", "tokyo")
SPLITS = {
    "ten for one": [(date(2025, 11, 15), 10.0)],
    "one for ten": [(date(2025, 11, 15), 0.1)],
    "two in a month": [(date(2025, 11, 10), 3.0), (date(2025, 11, 20), 0.5)],
    "recorded late": [(date(2025, 10, 15), 1.05)],
}


def with_splits(pack: str, splits: list[tuple[date, float]], root: Path) -> PackFiles:
    """The files of a pack with splits that nobody knew in October."""
    source = ROOT / "inputs" if pack == "baba" else ROOT / "tests/packs" / pack / "inputs"
    inputs = Path(shutil.copytree(source, root / "inputs"))
    (company,) = (one.parent for one in inputs.glob("*/company.yaml"))
    actions = company / "actions.csv"
    if not actions.exists():
        actions.write_text("published,ex_date,ratio,note\n")
    rows = "".join(f"2025-11-02,{day},{ratio},\n" for day, ratio in splits)
    actions.write_text(actions.read_text() + rows)
    return read_pack(company.name, inputs)


@pytest.mark.parametrize("splits", SPLITS.values(), ids=SPLITS)
@pytest.mark.parametrize("pack", PACKS)
def test_a_case_is_restated_as_its_rows_are(
    pack: str, splits: list[tuple[date, float]], tmp_path: Path
) -> None:
    files = with_splits(pack, splits, tmp_path)
    then, in_new_shares = pack_at(files, OCTOBER), pack_at(files, OCTOBER, in_shares_of=NOVEMBER)
    old, new = (
        tuple(Split(one.ex_date, one.ratio) for one in pack.rows.actions)
        for pack in (then, in_new_shares)
    )
    found = restated(build_case(then, load_policy()), Restating(old, new, float(serial(OCTOBER))))
    expected = build_case(in_new_shares, load_policy())
    assert found.members == expected.members
    for line, values in expected.given.items():
        if values.dtype == object:
            assert found.given[line].tolist() == values.tolist(), line.key
        else:
            np.testing.assert_allclose(found.given[line], values, rtol=1e-14, err_msg=line.key)


LATE = Restating((), (Split(date(2025, 11, 15), 10.0),), float(serial(date(2025, 11, 10))))


@pytest.mark.parametrize(
    ("published", "restated_to"),
    [
        (date(2025, 11, 14), 20),
        (date(2025, 11, 15), 200),  # from the ex-date on a figure is in new shares
        (None, 20),  # typed since: of the day of the report
    ],
)
@pytest.mark.parametrize(
    ("entry", "is_money"),
    [(price_targets.stated, True), (fundamentals.value, False), (market_data.close, True)],
)
def test_an_override_is_restated_from_its_own_day(
    entry: Entry, published: date | None, restated_to: float, *, is_money: bool
) -> None:
    case = case_at("baba", NOVEMBER)
    power = [power_of(entry, (name,), case) for name in case.members[entry.dims[0]]]
    place = power.index(-1 if is_money else 1)
    key, _ = list(filled(entry, case.members))[place]
    typed = np.full(len(power), np.nan)
    typed[place] = 200.0
    origins = {} if published is None else {key: Origin(published=float(serial(published)))}
    given = {**case.given, entry.override: typed}
    found = restated(replace(case, given=given, overridden=origins), LATE)
    expected = restated_to if is_money or restated_to == 200 else 2000
    assert found.given[entry.override][place] == expected
    assert np.isnan(found.given[entry.override]).sum() == len(power) - 1
    assert found.splits == LATE.new


@pytest.mark.parametrize(
    ("line", "at", "power"),
    [
        (price_targets.stated, "Barclays,listed,2025-09-09", -1),
        (price_targets.stated.override, "Barclays,listed,2025-09-09", -1),
        (fundamentals.value, "group,eps,FY2025-Q2", -1),
        (fundamentals.value.issued, "group,eps,FY2025-Q2", -1),
        (fundamentals.value, "group,shares_diluted,2025-03-31", 1),
        (fundamentals.value, "group,revenue,FY2025-Q2", 0),
        (fundamentals.in_price_currency, "group,eps,FY2025-Q2", -1),
        (fundamentals.in_price_currency, "group,revenue,FY2025-Q2", 0),
        (twelve_months.year_before, "group,shares_diluted,2025-03-31", 1),
        (claims.claim_amount, "price,ADS,tiger-post,2025-11-28", -1),
        (claims.claim_amount, "ai_score,Danelfin,ainvest-wearables,2025-07-28", 0),
        (claims.claim_value, "bull_target,,tiger-post,2025-11-29", -1),
        (claims.claim_value, "units,ai_glasses 2025,omdia,2025-09-16", 0),
        (claims.facts.value, "price/ADS", -1),
        (claims.facts.low, "consensus_eps/FY2026-Q2", -1),
        (claims.facts.high, "consensus_revenue/FY2026-Q2", 0),
        (claims.facts.weighed_value, "ai_score/Danelfin", 0),
        (twelve_months.twelve_months, "group,eps", -1),
        (twelve_months.twelve_months_before, "group,eps", -1),
        (twelve_months.twelve_months, "group,ebitda", 0),
        (claims.facts.candidates, "price/ADS", 0),
        (assumptions.growth, "bear,cloud", 0),
        (valuation.value, "bear", -1),
        (fundamentals.shares_diluted, "", 1),
    ],
)
def test_what_a_figure_is_to_a_split(line: Line, at: str, power: int) -> None:
    """-1 for money a share, 1 for a number of shares, else 0."""
    case = case_at("baba", NOVEMBER)
    members = [at] if len(line.dims) == 1 else at.split(",") if line.dims else []
    assert power_of(line, members, case) == power


def test_a_unit_that_somebody_typed_and_that_is_none_is_no_figure_per_share() -> None:
    case = case_at("baba", NOVEMBER)
    place = case.members[FUNDAMENTAL].index("group,eps,FY2025-Q2")
    units = case.given[fundamentals.unit].copy()
    units[place] = "XXX/ADS"
    typed = replace(case, given={**case.given, fundamentals.unit: units})
    assert power_of(fundamentals.in_price_currency, ["group,eps,FY2025-Q2"], typed) == 0


@pytest.mark.parametrize("serial_number", [-1.0, 0.0, 5.0, 60.0, 2_958_466.0, math.nan, math.inf])
def test_a_figure_whose_day_is_none_is_restated_as_of_the_report(serial_number: float) -> None:
    assert LATE.new_per_old(serial_number) == LATE.new_per_old(LATE.day) == 10.0
