"""What money costs by currency: the newest row that was known, or every mistake of the file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import InputErrors
from reportgen.facts.cost_of_money import cost_of_money

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "published,currency,risk_free,equity_risk_premium,source\n"
OF_USD = "2026-03-31,USD,4.2%,0.045,Treasury\n"
DAY = date(2026, 4, 2)


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "inputs/market/rates.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / "inputs"


@pytest.mark.parametrize(
    ("rows", "risk_free"),
    [
        (OF_USD, 0.042),
        ("2026-02-28,USD,3%,5%,Fed\n" + OF_USD, 0.042),
        (OF_USD + "2026-02-28,USD,3%,5%,Fed\n", 0.042),
        (OF_USD + "2026-04-03,USD,9%,5%,not known yet\n", 0.042),
        (OF_USD + OF_USD, 0.042),
        ("2026-03-31,GBP,5%,5%,BoE\n", None),
        ("2026-04-03,USD,5%,5%,Fed\n", None),
        ("", None),
    ],
)
def test_the_newest_rate_of_the_currency_that_was_known_counts(
    tmp_path: Path, rows: str, risk_free: float | None
) -> None:
    found = cost_of_money(written(tmp_path, HEAD + rows), "USD", DAY)
    assert (found.risk_free if found else None) == risk_free


def test_pounds_may_be_written_as_pence(tmp_path: Path) -> None:
    rows = "2026-03-31,GBp,-0.5%,5%,BoE\n"
    found = cost_of_money(written(tmp_path, HEAD + rows), "GBP", DAY)
    assert found is not None
    assert found.risk_free == -0.005


@pytest.mark.parametrize("column", ["risk_free", "equity_risk_premium"])
@pytest.mark.parametrize(
    ("value", "is_refused"), [("-5%", False), ("-5.1%", True), ("50%", False), ("51%", True)]
)
def test_a_rate_lies_between_minus_five_and_fifty_percent(
    tmp_path: Path, column: str, value: str, *, is_refused: bool
) -> None:
    row = f"2026-03-31,USD,{value},4%,Fed\n" if column == "risk_free" else ""
    inputs = written(tmp_path, HEAD + (row or f"2026-03-31,USD,4%,{value},Fed\n"))
    if is_refused:
        with pytest.raises(InputErrors, match=f"rates.csv:2 {column}: .* between -0.05 and 0.5"):
            cost_of_money(inputs, "USD", DAY)
    else:
        cost_of_money(inputs, "USD", DAY)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{HEAD}2026-03-31,USD,4.2,5%,Fed\n", "rates.csv:2 risk_free: 4.2 is out of bounds"),
        (f"{HEAD}2026-03-31,USD,4%,90%,Fed\n", "rates.csv:2 equity_risk_premium: 0.9 is out of"),
        (f"{HEAD}2026-03-31,USD,4%,5%,\n", "rates.csv:2 source: is blank"),
        (f"{HEAD}2026-03-31,USD,,5%,Fed\n", "rates.csv:2 risk_free: is blank"),
        (f"{HEAD}2026-03-31,USD,4%,,Fed\n", "rates.csv:2 equity_risk_premium: is blank"),
        (f"{HEAD}2026-03-31,USD,much,5%,Fed\n", 'rates.csv:2 risk_free: "much" is not a number'),
        (f"{HEAD}2026-03-31,dollars,4%,5%,Fed\n", "rates.csv:2 currency"),
        (f"{HEAD}soon,USD,4%,5%,Fed\n", "rates.csv:2 published"),
        (HEAD + OF_USD + OF_USD.replace("4.2%", "4%"), "rates.csv"),
        ("published,currency\n2026-03-31,USD\n", "rates.csv:1"),
        (b"\x00\x01", "rates.csv"),
        (b"PK\x03\x04", "rates.csv"),
    ],
)
def test_a_mistake_of_the_file_is_told(tmp_path: Path, content: str | bytes, told: str) -> None:
    with pytest.raises(InputErrors) as raised:
        cost_of_money(written(tmp_path, content), "USD", DAY)
    assert told in str(raised.value.problems[0])


def test_without_the_file_nothing_is_known(tmp_path: Path) -> None:
    assert cost_of_money(tmp_path, "USD", DAY) is None


def test_a_link_out_of_the_inputs_is_no_file_of_theirs(tmp_path: Path) -> None:
    inputs = written(tmp_path, HEAD)
    (tmp_path / "other.csv").write_text(HEAD + OF_USD)
    (inputs / "market/rates.csv").unlink()
    (inputs / "market/rates.csv").symlink_to(tmp_path / "other.csv")
    with pytest.raises(InputErrors):
        cost_of_money(inputs, "USD", DAY)
