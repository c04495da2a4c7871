"""Targets and stated prices in another unit than the closes are told, once a table."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.pack import load
from tests.facts.pack_folder import copy_of_baba, messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.facts.pack import Pack
    from tests.facts.pack_folder import PackFolder

PENCE = Path(__file__).resolve().parents[2] / "packs" / "pence" / "inputs"
AS_OF = date(2025, 11, 30)


def rescaled(prices: Path, factor: float) -> None:
    """Write every close of a file multiplied by a factor."""
    header, *rows = csv.reader(prices.read_text(encoding="utf-8").splitlines())
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [header, *([day, f"{float(close) * factor:.6f}"] for day, close, *_ in rows)]
    )
    prices.write_text(text.getvalue(), encoding="utf-8")


def told(pack: Pack) -> list[str]:
    return [one for one in messages(pack.warnings) if "the close of the day" in one]


@pytest.mark.parametrize("ratio", [2, 4, 10, 1 / 8])
def test_closes_adjusted_for_a_split_nobody_wrote_down_are_told(
    tmp_path: Path, ratio: float
) -> None:
    inputs = copy_of_baba(tmp_path)
    assert told(load("BABA", as_of=AS_OF, inputs=inputs)) == []
    rescaled(inputs / "BABA" / "prices.csv", 1 / ratio)
    claims, targets = told(load("BABA", as_of=AS_OF, inputs=inputs))
    assert claims.startswith("inputs/BABA/claims.csv:2 value: the 2 prices known stand at about ")
    assert " known stand at about " in targets
    assert "targets.csv:2 target: the " in targets
    assert targets.endswith(
        "; state the split that the closes are adjusted for in actions.csv, or mend its ratio"
    )


def test_a_history_rewritten_after_a_later_split_is_told_where_no_close_settles_it(
    tmp_path: Path,
) -> None:
    inputs = copy_of_baba(tmp_path)
    (inputs / "BABA" / "actions.csv").write_text(
        "published,ex_date,ratio,note\n2026-02-20,2026-03-02,4,\n", encoding="utf-8"
    )
    prices = inputs / "BABA" / "prices.csv"
    rescaled(prices, 1 / 4)
    with prices.open("a", encoding="utf-8") as file:
        file.write("2026-01-30,42.39\n2026-03-31,31.365\n")
    pack = load("BABA", as_of=AS_OF, inputs=inputs)
    assert len(told(pack)) == 2
    assert "not settled at the split of 2026-03-02" in messages(pack.later_warnings)[0]
    with prices.open("a", encoding="utf-8") as file:
        file.write("2026-02-27,36.0275\n2026-03-02,35.1\n")
    pack = load("BABA", as_of=AS_OF, inputs=inputs)
    assert told(pack) == []
    assert pack.rows.prices[-1].close == 157.3


def test_a_bonus_issue_that_the_vendor_knows_of_leaves_the_closes(tmp_path: Path) -> None:
    inputs = copy_of_baba(tmp_path)
    before = load("BABA", as_of=AS_OF, inputs=inputs)
    (inputs / "BABA" / "actions.csv").write_text(
        "published,ex_date,ratio,note\n2025-09-01,2025-10-24,1.1,\n", encoding="utf-8"
    )
    after = load("BABA", as_of=AS_OF, inputs=inputs)
    assert after.rows.prices == before.rows.prices
    assert after.rows.targets != before.rows.targets


def test_a_ratio_that_was_turned_round_is_told_by_the_targets(tmp_path: Path) -> None:
    inputs = copy_of_baba(tmp_path)
    (inputs / "BABA" / "actions.csv").write_text(
        "published,ex_date,ratio,note\n2025-11-20,2025-11-26,0.25,\n", encoding="utf-8"
    )
    (targets,) = told(load("BABA", as_of=AS_OF, inputs=inputs))
    assert "targets known stand at about " in targets


def test_pounds_where_pence_are_declared_are_told(tmp_path: Path) -> None:
    inputs = Path(shutil.copytree(PENCE, tmp_path / "inputs"))
    (company,) = (path for path in inputs.iterdir() if path.name != "market")
    assert told(load(company.name, as_of=AS_OF, inputs=inputs)) == []
    rescaled(company / "prices.csv", 0.01)
    (*_, targets) = told(load(company.name, as_of=AS_OF, inputs=inputs))
    assert "targets known stand at about " in targets
    assert targets.endswith("; if the closes are in GBP, write price_currency: GBP")


def test_pence_where_pounds_are_declared_are_told(folder: PackFolder) -> None:
    folder.write("prices.csv", "Date,Close\n2025-09-30,9900\n2025-11-28,9900\n")
    folder.append("targets.csv", "2025-11-28,Anvil,120,USD,listed,12,broker,,wire")
    (claim, targets) = told(folder.load())
    assert "claims.csv:2 value: the price stands at about 1/100 of the close" in claim
    assert targets == (
        "inputs/ACME/targets.csv:2 target: the 2 targets known stand at about 1/79.2 of the "
        "close of the day; expected figures in the unit of prices.csv; one of the two may be in "
        "hundredths of the currency, such as GBp"
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: folder.replace("targets.csv", "130", "1300"),  # one of two is an opinion
        lambda folder: folder.write("market/fx.csv", "Date,USD\n2025-11-28,1.16\n"),
        lambda folder: folder.write("prices.csv", "Date,Close\n2025-08-01,90\n2025-11-28,99\n"),
        lambda folder: folder.write("prices.csv", "Date,Close\n"),
        lambda folder: folder.replace("claims.csv", "99,USD,~", "400,USD,<"),
    ],
)
def test_one_figure_or_one_without_a_close_says_nothing_of_the_unit(
    folder: PackFolder, spoil: Callable[[PackFolder], object]
) -> None:
    folder.write("prices.csv", "Date,Close\n2025-09-30,99\n2025-10-31,99\n2025-11-28,99\n")
    spoil(folder)
    assert told(folder.load()) == []


@pytest.mark.parametrize("ratio", [1.1, 1.25, 4 / 5])
def test_prices_that_agree_on_a_small_split_nobody_wrote_down_are_told(
    tmp_path: Path, ratio: float
) -> None:
    inputs = copy_of_baba(tmp_path)
    rescaled(inputs / "BABA" / "prices.csv", 1 / ratio)
    (claims,) = told(load("BABA", as_of=AS_OF, inputs=inputs))
    assert "the 2 prices known stand at about " in claims


def test_copies_of_one_price_do_not_tell_of_a_split(folder: PackFolder) -> None:
    claims = "key,variant,value,unit,qualifier,observed,published,source,contradicted_by,note\n"
    row = "price,ADS,110,USD,=,,2025-11-28,{},,\n"
    folder.write("claims.csv", claims + row.format("wire") + row.format("filing"))
    assert told(folder.load()) == []
    folder.write(
        "claims.csv", claims + row.format("wire") + row.format("filing").replace("110", "109")
    )
    assert len(told(folder.load())) == 1


@pytest.mark.parametrize(
    ("day", "target", "is_told"),
    [
        ("2025-10-31", 200, True),  # at the limit, and a month after the close
        ("2025-10-31", 199, False),
        ("2025-10-31", 50, True),
        ("2025-10-31", 51, False),
        ("2025-09-30", 200, True),
        ("2025-09-29", 200, False),  # before the first close
        ("2025-11-01", 200, False),  # the close is older than 31 days
    ],
)
def test_targets_are_another_unit_from_twice_the_close_of_the_last_month_on(
    folder: PackFolder, day: str, target: float, *, is_told: bool
) -> None:
    folder.write("prices.csv", "Date,Close\n2025-09-30,100\n2025-11-28,99\n")
    folder.write("targets.csv", "published,broker,target,currency,source\n")
    folder.append("targets.csv", f"{day},Coyote,{target},USD,wire")
    assert bool(told(folder.load())) == is_told


@pytest.mark.parametrize(
    ("stated", "is_told"),
    [
        ((140,), True),
        ((139,), False),
        ((71,), True),
        ((72,), False),
        ((108, 109), True),  # they agree that another unit is meant
        ((107, 109), False),
        ((108, 111), False),  # they do not agree
        ((91, 92), True),
        ((91, 93), False),
    ],
)
def test_stated_prices_are_another_unit_from_two_fifths_on_and_sooner_where_they_agree(
    folder: PackFolder, stated: tuple[float, ...], *, is_told: bool
) -> None:
    folder.write("prices.csv", "Date,Close\n2025-11-28,100\n")
    folder.write("claims.csv", "key,variant,value,unit,qualifier,published,source\n")
    for price, source in zip(stated, ("wire", "filing"), strict=False):
        folder.append("claims.csv", f"price,ADS,{price},USD,=,2025-11-28,{source}")
    assert bool([one for one in told(folder.load()) if "claims.csv" in one]) == is_told


@pytest.mark.parametrize(
    ("close", "is_hundredths"), [(2, False), (1.9, True), (0.51, True), (0.5, False)]
)
def test_figures_off_by_fifty_to_two_hundred_may_be_hundredths(
    folder: PackFolder, close: float, *, is_hundredths: bool
) -> None:
    folder.write("prices.csv", f"Date,Close\n2025-11-28,{close}\n")
    folder.write("targets.csv", "published,broker,target,currency,source\n")
    folder.append("targets.csv", "2025-11-28,Coyote,100,USD,wire")
    *_, target = told(folder.load())
    assert ("hundredths of the currency" in target) == is_hundredths
    assert ("state the split" in target) != is_hundredths
