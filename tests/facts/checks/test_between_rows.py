"""Rows that disagree are a mistake, those that repeat each other count once."""

from __future__ import annotations

import pytest

from tests.facts.pack_folder import PLAIN, PackFolder, messages


@pytest.mark.parametrize(
    ("name", "rows", "message"),
    [
        (
            "targets.csv",
            ["2025-11-03,Roadrunner,111,EUR,ADS,12,broker,Hold,wire"],
            ":4 target: 111 is not what line 3 states (110) for the same broker, line, published",
        ),
        (
            "fundamentals.csv",
            ["2025-09-30,FY2025-Q3,group,revenue,1000,USD m,0.2,=,2025-10-20,filing,"],
            ":5 yoy: 0.2 is not what line 2 states (0.1) for the same segment, metric, period",
        ),
        (
            "estimates.csv",
            [
                "published,metric,value,unit,source",
                "2025-11-03,eps_ntm,1,USD/ADS,wire",
                "2025-11-03,eps_ntm,1,EUR/ADS,wire",
            ],
            ':2 unit: "USD/ADS" is not what line 3 states ("EUR/ADS") for the same metric',
        ),
        (
            "fundamentals.csv",
            ["2025-09-30,FY2025-Q3,group,revenue,,USD m,0.1,=,2025-10-20,filing,"],
            ":5 value: a blank cell is not what line 2 states (1000) for the same segment, metric",
        ),
    ],
)
def test_two_rows_that_disagree_about_one_thing_are_a_mistake(
    folder: PackFolder, name: str, rows: list[str], message: str
) -> None:
    folder.append(name, *rows)
    (error,) = folder.errors()
    assert error.startswith(f"inputs/ACME/{name}{message}")
    assert error.endswith("remove one of them, or date the correction by when it was published")


def test_documents_may_disagree(folder: PackFolder) -> None:
    folder.append("claims.csv", "price,ADS,100,USD,~,,2025-11-28,wire,,")
    pack = folder.load()
    assert list(pack.claims["value"]) == [100, 99]
    assert pack.warnings == ()


@pytest.mark.parametrize("name", ["targets.csv", "claims.csv", "fundamentals.csv"])
def test_a_row_that_repeats_another_counts_once_and_is_said(folder: PackFolder, name: str) -> None:
    before = folder.load()
    folder.append(name, PLAIN[f"ACME/{name}"].splitlines()[1])
    after = folder.load()
    assert after.input_hash == before.input_hash
    (warning,) = messages(after.warnings)
    assert warning.endswith(": repeats line 2; counted once")
