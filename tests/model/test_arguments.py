"""A trigger written before a split is held against figures in the shares of after it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.model.arguments import bull
from reportgen.model.case.build import build_case
from reportgen.model.last_month import LastMonth
from reportgen.model.report_question import answer, ask
from tests.report.conftest import AS_OF, ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.expr.solve import Solved

RATIO = 10
HEADER = "published,case,kind,text,assumption,watch,due,trigger,source"
MONEY_A_SHARE = (
    "price < 150",
    "bear.value < 90",
    "expected_value > 150",
    "stance.buy_below < 100",
    "hype.consensus > 200",
    "since_last_month.base.value > 1",
    "assumption[dividend,all,] < 2",
    "fundamental[group,eps] < 1.5",
    "fundamental[group,eps,FY2026-Q2] < 1.5",
    "twelve_months[group,eps] < 8",
    "twelve_months[group,eps].before > 8",
    "eps_reference > 7",
    "fact[price/ADS].value > 170",
    "target[Macquarie,ordinary,2025-11-26] > 210",
)
SHARES = ("fundamental[group,shares_diluted] > 2400", "shares_diluted < 2500")
ALL_ELSE = (
    "fundamental[group,net_cash] < 40000",
    "fundamental[cloud,revenue,yoy] > 0.30",
    "fundamental[group,eps,yoy] < -0.5",
    "bear.upside < -0.4",
    "hype.score > 50",
    "assumption[multiple,bull,cloud] > 20",
    "fx_reporting < 7",
    "twelve_months[group,free_cash_flow] < -1000",
)


def with_triggers(
    folder: Path, triggers: Sequence[str], published: str, *, is_split: bool
) -> Solved:
    """The example with arguments that have triggers, and with a split in November or without."""
    inputs = Path(shutil.copytree(ROOT / "inputs", folder / "inputs", dirs_exist_ok=True))
    company = inputs / "BABA"
    rows = [
        f'{published},bull,driver,Argument {k},,,,"{trigger}",house'
        for k, trigger in enumerate(triggers)
    ]
    (company / "arguments.csv").write_text("\n".join([HEADER, *rows, ""]))
    split = f"2025-11-02,2025-11-29,{RATIO},\n" if is_split else ""
    (company / "actions.csv").write_text(f"published,ex_date,ratio,note\n{split}")
    pack = pack_at(read_pack("BABA", inputs), AS_OF)
    return answer(ask(build_case(pack, load_policy()), LastMonth(float("nan"), None)))


def in_order(solved: Solved, triggers: Sequence[str]) -> list[int]:
    rows = solved.values[bull.trigger].tolist()
    return [rows.index(trigger) for trigger in triggers]


@pytest.mark.parametrize(
    ("triggers", "factor"), [(MONEY_A_SHARE, 1 / RATIO), (SHARES, RATIO), (ALL_ELSE, 1)]
)
def test_a_level_moves_with_the_figure_it_is_held_against(
    triggers: Sequence[str], factor: float, tmp_path: Path
) -> None:
    then, now = (
        with_triggers(tmp_path / str(is_split), triggers, "2025-11-26", is_split=is_split)
        for is_split in (False, True)
    )
    before, after = (in_order(solved, triggers) for solved in (then, now))
    np.testing.assert_allclose(
        now.values[bull.level][after], then.values[bull.level][before] * factor, rtol=1e-12
    )
    assert not np.isnan(now.values[bull.level]).any()
    told = [str(now.values[bull.watched][row]) for row in after]
    assert all(("restated for the 10:1 split" in words) is (factor != 1) for words in told)


def test_what_was_written_stays_to_be_seen(tmp_path: Path) -> None:
    now = with_triggers(tmp_path, ["price < 150"], "2025-11-26", is_split=True)
    assert now.values[bull.trigger].tolist() == ["price < 150"]
    (words,) = now.values[bull.watched].tolist()
    assert words.endswith("< (restated for the 10:1 split of 2025-11-29; 150 as written)")


def test_a_trigger_written_since_the_split_is_taken_as_it_stands(tmp_path: Path) -> None:
    now = with_triggers(tmp_path, ["price < 15"], "2025-11-29", is_split=True)
    assert now.values[bull.level].tolist() == [15]
    assert "restated" not in now.values[bull.watched].item()


def test_a_figure_and_its_level_are_in_the_same_shares(tmp_path: Path) -> None:
    triggers = [*MONEY_A_SHARE, *SHARES, *ALL_ELSE]
    then, now = (
        with_triggers(tmp_path / str(is_split), triggers, "2025-11-26", is_split=is_split)
        for is_split in (False, True)
    )
    pairs = zip(triggers, in_order(then, triggers), in_order(now, triggers), strict=True)
    for trigger, before, after in pairs:
        old = then.values[bull.metric][before] / then.values[bull.level][before]
        new = now.values[bull.metric][after] / now.values[bull.level][after]
        assert new == pytest.approx(old, rel=1e-9, nan_ok=True), trigger
