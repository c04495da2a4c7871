"""What Yahoo says of a company: a snapshot of one day, in its own currency, not to be passed on."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.errors import ReportgenError
from reportgen.facts.reading.pack_files import read_pack
from reportgen.intake.imports import bring, take
from reportgen.intake.imports_file import Listed
from reportgen.intake.index import kept, note
from reportgen.intake.records import Brought, Import
from reportgen.intake.yahoo import Expected, Graded, Summary, mapped, summary_of
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from reportgen.intake.maps.rows import Mapped

READ_ON = date(2026, 10, 30)
ADDRESS = "https://query2.finance.yahoo.com/v10/finance/quoteSummary/NORD.DE"


def trend(period: str, end: str, eps: object, currency: str = "EUR") -> dict[str, object]:
    said = {"avg": eps, "earningsCurrency": currency}
    return {"period": period, "endDate": end, "earningsEstimate": said}


def grade(firm: str, day: date, target: object) -> dict[str, object]:
    at = datetime(day.year, day.month, day.day, 14, tzinfo=UTC).timestamp()
    return {"epochGradeDate": at, "firm": firm, "toGrade": "Buy", "currentPriceTarget": target}


YEARS = [trend("0y", "2026-12-31", 4.0), trend("+1y", "2027-12-31", {"raw": 5.0, "fmt": "5"})]
GRADES = [
    grade("House A", date(2026, 10, 28), 40.0),
    grade("House B", date(2026, 10, 20), 0.0),
    grade("House C", date(2019, 1, 2), 12.0),
    grade("House D", date(2026, 11, 5), 44.0),
]


def summary(years: object = YEARS, grades: object = GRADES, **more: object) -> dict[str, Any]:
    found = {
        "earningsTrend": {"trend": years},
        "upgradeDowngradeHistory": {"history": grades},
        "price": {"symbol": "NORD.DE", "currency": "EUR"},
    }
    return {"quoteSummary": {"result": [found | more]}}


@pytest.fixture
def asked(tmp_path: Path) -> Import:
    inputs = tmp_path / "inputs"
    shutil.copytree(REPOSITORY / "tests/packs/bare/inputs", inputs)
    return Import(date(2026, 11, 8), inputs, listed={"NORD": Listed(yahoo="NORD.DE")})


def kept_at(folder: Path, told: object, at: str = "2026-10-30T22:10:00+00:00") -> Path:
    """An answer with the index that says when it was fetched."""
    path = folder / "yahoo-summary-NORD.DE.json"
    raw = json.dumps(told).encode()
    path.write_bytes(raw)
    note(path, ADDRESS, datetime.fromisoformat(at), raw)
    return path


def cells(found: Brought, table: str, *columns: str) -> list[tuple[str, ...]]:
    given = [row.candidate for row in found.rows if row.candidate.table == table]
    return [tuple(one.cells.get(name, "") for name in columns) for one in given]


def test_targets_and_consensus_of_a_day_are_taken_once(asked: Import, tmp_path: Path) -> None:
    path = kept_at(tmp_path, summary())
    (found,) = bring([path], asked)
    columns = ("published", "broker", "target", "currency", "source")
    assert cells(found, "targets", *columns) == [
        ("2026-10-28", "House A", "40", "EUR", f"yahoo-{READ_ON}"),
    ]
    # 62 of 365 days are left of this year
    weighed = 62 / 365 * 4 + (1 - 62 / 365) * 5
    ((published, metric, value, unit),) = cells(
        found, "estimates", "published", "metric", "value", "unit"
    )
    assert (published, metric, unit) == (str(READ_ON), "eps_ntm", "EUR/share")
    assert float(value) == pytest.approx(weighed, abs=1e-6)
    assert {(part.number, part.why.partition(" ")[0]) for part in found.skipped} == {
        (1, "grades"),
        (2, "targets"),
    }
    take(found)
    source = (asked.inputs / "NORD/sources.csv").read_text().splitlines()[-1]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    for word in (f"yahoo-{READ_ON}", "wire", "no_redistribution", "may not be passed on", digest):
        assert word in source
    (again,) = bring([path], replace(asked, today=date(2026, 12, 20)))
    assert (again.files, {str(row.state) for row in again.rows}) == ((), {"same"})


@pytest.mark.parametrize(
    ("zone", "day"),
    [("", "2026-10-30"), ("Asia/Tokyo", "2026-10-31"), ("America/New_York", "2026-10-30")],
)
def test_a_snapshot_is_of_the_day_where_its_readers_are(
    asked: Import, tmp_path: Path, zone: str, day: str
) -> None:
    (found,) = bring([kept_at(tmp_path, summary())], replace(asked, zone=zone))
    assert cells(found, "estimates", "published") == [(day,)]


def test_a_snapshot_that_nobody_noted_is_of_the_day_of_the_import(
    asked: Import, tmp_path: Path
) -> None:
    path = kept_at(tmp_path, summary())
    path.write_bytes(path.read_bytes() + b"\n")  # other bytes than those that were fetched
    assert kept(path, hashlib.sha256(path.read_bytes()).hexdigest()) is None
    (found,) = bring([path], asked)
    assert cells(found, "estimates", "published") == [(str(asked.today),)]


@pytest.mark.parametrize(
    ("years", "why"),
    [
        ([], "it has no estimates of this year and the next"),
        ([YEARS[0]], "it has no estimates of this year and the next"),
        ([trend("0y", "2026-12-31", {}), YEARS[1]], "it has no estimates"),
        ([trend("0y", "2026-06-30", 4.0), YEARS[1]], "is not within the year that ends"),
        ([trend("0y", "2028-06-30", 4.0), YEARS[1]], "is not within the year that ends"),
        ([trend("0y", "2026-12-31", 4.0, "USD"), YEARS[1]], "in which currency"),
        ([trend(y, e, 4.0, "") for y, e in (("0y", "2026-12-31"), ("+1y", "2027-12-31"))],
         "in which currency"),
    ],
)  # fmt: skip
def test_consensus_that_is_of_no_twelve_months_is_not_made_up(
    asked: Import, tmp_path: Path, years: list[object], why: str
) -> None:
    (found,) = bring([kept_at(tmp_path, summary(years))], asked)
    assert cells(found, "estimates", "value") == []
    assert any(why in part.why for part in found.skipped)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"quoteSummary": {"result": None, "error": {"description": "Quote not found"}}},
         "Quote not found"),
        ({"quoteSummary": {"result": []}}, "there is nothing"),
        ({"quoteSummary": []}, "another shape"),
        (summary(grades=[{"firm": "x"}]), "another shape"),
        (summary(grades=[grade("x", READ_ON, 1) | {"epochGradeDate": 1e30}]), "another shape"),
        (summary(years=[5]), "another shape"),
    ],
)  # fmt: skip
def test_another_shape_is_told(asked: Import, tmp_path: Path, told: object, why: str) -> None:
    with pytest.raises(ReportgenError, match=why):
        bring([kept_at(tmp_path, told)], asked)


def test_a_summary_is_of_the_company_of_its_symbol(asked: Import, tmp_path: Path) -> None:
    other = summary(price={"symbol": "OTHER", "currency": "EUR"})
    with pytest.raises(ReportgenError, match="is of no company"):
        bring([kept_at(tmp_path, other)], asked)


@pytest.mark.parametrize("content", ["", "file,sha256\n", "\xff", '"torn', "file\x00"])
def test_an_index_that_cannot_be_read_says_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "index.csv").write_bytes(content.encode("latin-1"))
    assert kept(tmp_path / "a.json", "00") is None


COMPANY = read_pack("NORD", REPOSITORY / "tests/packs/bare/inputs").company
ENDS = date(2026, 12, 31)
EXPECTED = {"0y": Expected(ENDS, 4.0, "EUR"), "+1y": Expected(date(2027, 12, 31), 5.0, "EUR")}


def said(
    *targets: Graded,
    day: date = READ_ON,
    since: date | None = None,
    currency: str = "EUR",
    **years: Expected,
) -> tuple[Mapped, Mapped]:
    """The targets and the consensus that a summary gives a company on a day."""
    known = EXPECTED | {"0y" if name == "this" else "+1y": one for name, one in years.items()}
    found = Summary(Path("s.json"), "digest", "NORD.DE", currency, targets, known)
    first, second = mapped(found, COMPANY, day, since, "")
    return first, second


def told_of(part: Mapped) -> tuple[list[dict[str, str]], list[str]]:
    rows = [dict(row.cells) for row in part.rows["NORD"]]
    return rows, [f"{one.number} {one.why}" for one in part.skipped["NORD"]]


def test_targets_are_taken_of_three_years_up_to_the_day_or_since_a_day() -> None:
    first = READ_ON - timedelta(days=1095)
    days = [first - timedelta(days=1), first, READ_ON, READ_ON + timedelta(days=1)]
    graded = [Graded(day, "House", 40.0, "Buy") for day in days]
    nobody = [Graded(READ_ON, "", 40.0, ""), Graded(READ_ON, "House", 0.0, "")]
    rows, skipped = told_of(said(*graded, *nobody)[0])
    assert [row["published"] for row in rows] == [str(first), str(READ_ON)]
    assert rows[0] == {
        "published": str(first),
        "broker": "House",
        "target": "40",
        "currency": "EUR",
        "rating": "Buy",
    }
    assert skipped == [
        f"2 targets before {first}, or after {READ_ON}",
        "2 grades without a target",
    ]
    rows, skipped = told_of(said(*graded, since=READ_ON, currency="")[0])
    assert [(row["published"], row["currency"]) for row in rows] == [
        (str(READ_ON), COMPANY.price_currency)
    ]
    assert skipped == [f"3 targets before {READ_ON}, or after {READ_ON}"]


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (ENDS, "5"),
        (ENDS - timedelta(days=73), "4.8"),
        (ENDS - timedelta(days=365), "4"),
        (ENDS - timedelta(days=366), "4"),
        (ENDS - timedelta(days=367), ""),
        (ENDS + timedelta(days=1), ""),
    ],
)
def test_the_next_twelve_months_are_what_is_left_of_a_year_and_of_the_next(
    day: date, value: str
) -> None:
    rows, skipped = told_of(said(day=day)[1])
    why = f"1 eps_ntm: {day} is not within the year that ends on {ENDS}"
    assert ([row["value"] for row in rows], skipped) == (([value], []) if value else ([], [why]))


@pytest.mark.parametrize(
    "years",
    [
        {"this": EXPECTED["0y"]._replace(currency="USD")},
        {"next": EXPECTED["+1y"]._replace(currency="")},
        {
            "this": EXPECTED["0y"]._replace(currency="euro"),
            "next": EXPECTED["+1y"]._replace(currency="euro"),
        },
    ],
)
def test_consensus_without_one_currency_is_none(years: dict[str, Expected]) -> None:
    rows, skipped = told_of(said(**years)[1])
    assert (rows, skipped) == ([], ["1 eps_ntm: it does not say in which currency"])


def test_consensus_of_one_year_alone_is_none() -> None:
    for left, expected in EXPECTED.items():
        found = Summary(Path("s.json"), "", "", "EUR", (), {left: expected})
        _, consensus = mapped(found, COMPANY, READ_ON, None, "at noon")
        assert consensus.note.startswith("fetched at noon; for personal use")
        assert told_of(consensus)[1][0].startswith("1 eps_ntm: it has no estimates of this year")


@pytest.mark.parametrize(
    ("target", "found"),
    [(0.5, 0.5), (0, 0.0), (-3.0, 0.0), (1e9, 0.0), (9.9e8, 9.9e8), (True, 0.0), ("7", 0.0)],
)
def test_a_target_is_a_number_that_a_share_may_cost(target: object, found: float) -> None:
    graded = grade(" House  A ", date(2026, 10, 28), {"raw": target})
    (one,) = summary_of(Path("s.json"), "", summary(grades=[graded])["quoteSummary"]).targets
    assert one == Graded(date(2026, 10, 28), "House A", found, "Buy")
