"""A case restated for splits is the case that facts restate."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.split_words import Split
from reportgen.model.case.build import build_case
from reportgen.model.case.restating import Restating, restated
from reportgen.periods import serial
from tests.differences.case_ends import NOVEMBER, OCTOBER, ROOT

if TYPE_CHECKING:
    from reportgen.facts.reading.pack_files import PackFiles

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
