"""Answers are kept as they came, with when and from where; one company's trouble is its own."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.error import HTTPError

import pytest

from reportgen.errors import ReportgenError
from reportgen.intake import outside_files, web
from reportgen.intake.answers import (
    RATES,
    Fetch,
    Fetched,
    Webs,
    _instances,
    _lacking,
    companyfacts,
    fetch,
    require_contact,
    submissions,
    verify,
)
from reportgen.intake.imports_file import Listed
from reportgen.intake.index import HEAD, INDEX
from reportgen.intake.sec.filings import ARCHIVES
from reportgen.intake.sec.filings import Filing as Listing
from reportgen.intake.web import Web, require_known
from reportgen.intake.yahoo_web import Yahoo
from tests.intake.sec.filings import FILER, Filing, Stated
from tests.intake.sec.filings import companyfacts as facts_of
from tests.intake.sec.instances import Part, instance
from tests.intake.test_yahoo import summary
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message
    from pathlib import Path
    from urllib.request import Request

AT = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
CIK = 999999
NEWEST = Filing(3, "2026-10-30")
FACTS = facts_of(Stated(NEWEST, "Revenues", "2026-07-01/2026-09-30", 5e6))


def filed(*filings: Filing) -> bytes:
    """A list of filings below one of a kind that has no statements."""
    rows = [Filing(9, "2026-10-31", "8-K"), *filings]
    recent = {
        "accessionNumber": [filing.accession for filing in rows],
        "filingDate": [filing.filed for filing in rows],
        "reportDate": [filing.period for filing in rows],
        "form": [filing.form for filing in rows],
    }
    told = FILER | {"fiscalYearEnd": "1231", "filings": {"recent": recent}}
    return json.dumps(told).encode()


def rates() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("eurofxref-hist.csv", "Date,USD,\n2026-10-30,1.15,\n")
    return packed.getvalue()


ANSWERS = {
    submissions(CIK): filed(NEWEST),
    companyfacts(CIK): FACTS,
    RATES: rates(),
}


def folder_of(filing: Filing, cik: int = CIK) -> str:
    return f"{ARCHIVES}/{cik}/{filing.accession.replace('-', '')}"


def in_folder(filing: Filing, *names: str, cik: int = CIK) -> dict[str, bytes]:
    files = {"directory": {"item": [{"name": name} for name in names]}}
    return {f"{folder_of(filing, cik)}/index.json": json.dumps(files).encode()}


OF_NO_SEGMENT = instance(Part("us-gaap:Revenues", "2026-07-01/2026-09-30", "5", member=""))
INSTANCE = instance(Part("us-gaap:Revenues", "2026-07-01/2026-09-30", "5"))


@pytest.fixture
def asked(tmp_path: Path) -> Fetch:
    shutil.copytree(REPOSITORY / "tests/packs/bare/inputs", tmp_path / "inputs")
    folder = tmp_path / "downloads"
    return Fetch(("sec", "ecb"), {"NORD": Listed(CIK)}, tmp_path / "inputs", folder, lambda: AT)


def webs(answers: dict[str, bytes] | None = None) -> Webs:
    """Services that answer so, and 404 to anything else."""
    known = ANSWERS if answers is None else answers

    def opened(request: Request, *, timeout: float) -> io.BytesIO:
        del timeout
        address = request.full_url
        if address not in known:
            headers: Message = None  # type: ignore[assignment]
            raise HTTPError(address, 404, "Not Found", headers, None)
        return io.BytesIO(known[address])

    return Webs(Web("Acme jane@acme.example", opened, lambda: 0.0, lambda _: None))


def test_answers_are_kept_untouched_with_when_and_from_where(asked: Fetch) -> None:
    done: list[str] = []
    found = fetch(asked, webs(), done.append)
    assert (found.failures, done) == ({}, ["rates", "NORD"])
    folder = asked.folder / "2026-11-01"
    kept = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != INDEX}
    kept.pop(".reportgen.lock", None)
    assert kept == {
        "eurofxref-hist.zip": ANSWERS[RATES],
        "submissions-0000999999.json": ANSWERS[submissions(CIK)],
        "companyfacts-0000999999.json": FACTS,
    }
    head, *rows = csv.reader((folder / INDEX).read_text().splitlines())
    assert tuple(head) == HEAD
    assert [row[1:3] for row in rows] == [
        [RATES, "2026-11-01T09:30:00+00:00"],
        [submissions(CIK), "2026-11-01T09:30:00+00:00"],
        [companyfacts(CIK), "2026-11-01T09:30:00+00:00"],
    ]
    assert rows[2][3] == hashlib.sha256(FACTS).hexdigest()


def test_a_company_whose_newest_filing_the_pack_cites_is_not_fetched_again(asked: Fetch) -> None:
    sources = asked.inputs / "NORD/sources.csv"
    lines = sources.read_text().splitlines()
    width = len(lines[0].split(","))
    row = [f"sec-{NEWEST.accession}", *[""] * (width - 1)]
    row[lines[0].split(",").index("tier")] = "primary"
    sources.write_text("\n".join([*lines, ",".join(row)]) + "\n")
    found = fetch(asked, webs())
    assert [answer.path.name for answer in found.answers] == ["eurofxref-hist.zip"]
    assert found.notes == [f"NORD: nothing was filed since {NEWEST.accession}"]


@pytest.mark.parametrize(
    ("address", "answer", "told"),
    [
        (submissions(CIK), None, "answered 404"),
        (submissions(CIK), b"<html>", "has another shape"),
        (submissions(CIK), b'{"filings": {}}', "has another shape"),
        (companyfacts(CIK), b"<html>wait</html>", "companyfacts-0000999999.json"),
        (companyfacts(CIK), None, "answered 404"),
    ],
)
def test_the_trouble_of_a_company_is_its_own(
    asked: Fetch, address: str, answer: bytes | None, told: str
) -> None:
    answers = {one: body for one, body in ANSWERS.items() if one != address}
    found = fetch(asked, webs(answers if answer is None else answers | {address: answer}))
    assert told in found.failures["NORD"]
    assert "companyfacts-0000999999.json" not in [one.path.name for one in found.answers]
    assert not (asked.folder / "2026-11-01/companyfacts-0000999999.json").exists()


def test_who_has_filed_no_statements_is_said(asked: Fetch) -> None:
    found = fetch(asked, webs(ANSWERS | {submissions(CIK): filed(Filing(1, "2026-10-30", "S-1"))}))
    assert found.notes == ["NORD: filed no statements as yet"]


RECENT = ((9, 0), (8, 90), (7, 1194), (6, 1195))  # filings, and how many days ago


def filed_at(number: int, filed_on: date) -> Listing:
    return Listing(Filing(number, "2026-01-01").accession, "10-Q", filed_on, None)


SEGMENTS = {"NORD": Listed(CIK, segments={"CloudMember": "cloud"})}
EARLIER = Filing(2, "2026-07-30")


FILED = ANSWERS | {
    submissions(CIK): filed(NEWEST, EARLIER, Filing(1, "2020-01-30")),
    **in_folder(NEWEST, "acme.htm", "R1.xml", "acme_cal.xml", "acme_htm.xml", "../x_htm.xml"),
    f"{folder_of(NEWEST)}/acme_htm.xml": INSTANCE,
    **in_folder(EARLIER, "acme.xsd", "FilingSummary.xml", "other.xml", "acme.xml"),
    f"{folder_of(EARLIER)}/other.xml": b"<other/>",
    f"{folder_of(EARLIER)}/acme.xml": INSTANCE,
}


def names(found: Fetched) -> list[str]:
    return [one.path.name for one in found.answers if one.path.suffix != ".zip"]


def test_instances_are_fetched_where_segments_are_wanted_and_kept_once(asked: Fetch) -> None:
    wanted = replace(asked, listed=SEGMENTS)
    instances = [f"instance-0000999999-{one.accession}.xml" for one in (NEWEST, EARLIER)]
    lists = ["submissions-0000999999.json", "companyfacts-0000999999.json"]
    assert names(fetch(wanted, webs(FILED))) == [*lists, *instances]
    # What was kept once is not asked for again
    once = {address: FILED[address] for address in ANSWERS}
    again = fetch(wanted, webs(once))
    assert (names(again), again.failures) == ([*lists, *instances], {})


def test_a_filing_without_an_instance_is_said(asked: Fetch) -> None:
    answers = FILED | in_folder(EARLIER, "acme_lab.xml", "R2.xml")
    found = fetch(replace(asked, listed=SEGMENTS), webs(answers))
    assert found.failures == {}
    assert found.notes == [
        f"{EARLIER.accession}: has no instance, so that its segments are not known"
    ]


@pytest.mark.parametrize(
    ("files", "tried"),
    [
        (["b.xml", "a_htm.xml", "c_htm.xml"], ["a_htm.xml"]),
        (["a.xml", "b.xml", "c.xml", "d.xml"], ["a.xml", "b.xml", "c.xml"]),
        (["A_CAL.xml", "a_def.xml", "a_lab.xml", "a_pre.xml", "a_ref.xml"], []),
        (["FilingSummary.xml", "R1.xml", "R12.xml", "xR1.xml", "R1x.xml"], ["xR1.xml", "R1x.xml"]),
        (["a.xmlx", ".a.xml", "a/b.xml", "a b.xml", f"{'a' * 101}.xml", f"{'a' * 100}.xml"],
         [f"{'a' * 100}.xml"]),
    ],
)  # fmt: skip
def test_the_instance_is_looked_for_in_a_few_files(
    files: list[str], tried: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.intake.answers.unpacked", lambda _, raw: json.loads(raw))
    told = {"directory": {"item": [{"name": name} for name in files]}}
    assert _instances(json.dumps(told).encode()) == tried
    with pytest.raises(ReportgenError, match="files has another shape"):
        _instances(b"[]")


def test_the_addresses_that_are_asked_are_those_of_the_services() -> None:
    assert RATES == "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
    assert submissions(7) == "https://data.sec.gov/submissions/CIK0000000007.json"
    assert companyfacts(7) == "https://data.sec.gov/api/xbrl/companyfacts/CIK0000000007.json"
    for address in (RATES, submissions(7), companyfacts(7), ARCHIVES):
        require_known(address)
    assert web.LARGEST == outside_files.LARGEST == 67_108_864


@pytest.mark.parametrize("contact", ["", "a@", "jane", "jane@acme\r\nX-Evil: 1", "@" * 500])
def test_the_sec_is_not_asked_by_nobody(contact: str) -> None:
    with pytest.raises(ReportgenError, match="wants to know who asks"):
        require_contact(contact)
    for known in ("a@b", "@" * 200):
        require_contact(known)


SAMPLE = {
    submissions(320193): filed(NEWEST),
    companyfacts(320193): FACTS,
    **in_folder(NEWEST, "a_htm.xml", cik=320193),
    f"{folder_of(NEWEST, 320193)}/a_htm.xml": INSTANCE,
    RATES: rates(),
}


@pytest.mark.parametrize(
    ("spoil", "sec", "ecb"),
    [
        (lambda known: known, "", ""),
        (lambda known: known | {RATES: FACTS}, "", "holds no rates"),
        (lambda known: known | {companyfacts(320193): rates()}, "holds no figures", ""),
        (lambda known: known | {submissions(320193): b"{}"}, "another shape", ""),
        (
            lambda known: known | in_folder(NEWEST, "a.htm", cik=320193),
            "the newest filing has no instance",
            "",
        ),
        (
            lambda known: known | {f"{folder_of(NEWEST, 320193)}/a_htm.xml": instance()},
            "names no company",
            "",
        ),
        (lambda known: known | {submissions(320193): filed()}, "names no statements", ""),
        (
            lambda known: known | {companyfacts(320193): facts_of()},
            "companyfacts holds no figures",
            "",
        ),
        (
            lambda known: known | {f"{folder_of(NEWEST, 320193)}/a_htm.xml": OF_NO_SEGMENT},
            "the instance of the newest filing has no segments",
            "",
        ),
    ],
)
def test_the_shape_of_each_service_can_be_verified(
    tmp_path: Path,
    spoil: Callable[[dict[str, bytes]], dict[str, bytes]],
    sec: str,
    ecb: str,
) -> None:
    said = verify(("sec", "ecb"), webs(spoil(SAMPLE)), tmp_path / "downloads")
    assert (sec in said["sec"], bool(said["sec"])) == (True, bool(sec))
    assert (ecb in said["ecb"], bool(said["ecb"])) == (True, bool(ecb))
    assert list(tmp_path.iterdir()) == []


class Answering:
    """Stands for the session of yfinance: answers by what an address has in it."""

    def __init__(self, **answers: object) -> None:
        self.answers, self.asked = answers, []

    def get(self, address: str, timeout: float) -> SimpleNamespace:
        del timeout
        self.asked.append(address)
        found = next((body for part, body in self.answers.items() if part in address), None)
        if isinstance(found, Exception):
            raise found
        if isinstance(found, int):
            return SimpleNamespace(status_code=found, content=b"")
        status = 404 if found is None else 200
        return SimpleNamespace(status_code=status, content=json.dumps(found).encode())


CHART = {
    "meta": {"symbol": "NORD.DE", "exchangeTimezoneName": "Europe/Berlin"},
    "timestamp": [1_793_000_000],
    "indicators": {"quote": [{"close": [40.5]}]},
}
AT_YAHOO = {"chart": {"chart": {"result": [CHART]}}, "quoteSummary": summary()}
OF_YAHOO = {"NORD": Listed(yahoo="NORD.DE")}


def at_yahoo(**answers: object) -> Webs:
    return webs({})._replace(yahoo=Yahoo(Answering(**answers), lambda _: None))


def test_closes_and_targets_come_from_yahoo_where_it_is_asked(asked: Fetch) -> None:
    quoted = replace(asked, services=("yahoo",), listed=OF_YAHOO)
    users = at_yahoo(**AT_YAHOO)
    found = fetch(quoted, users)
    assert found.failures == {}
    assert names(found) == ["yahoo-chart-NORD.json", "yahoo-summary-NORD.json"]
    assert "NORD.DE?period1=" in found.answers[0].address
    assert "modules=earningsTrend" in found.answers[1].address


@pytest.mark.parametrize(
    ("closes", "since"),
    [
        ("2026-01-05,31\n2026-10-30,32\n", datetime(2026, 9, 30, tzinfo=UTC)),
        ("2020-01-06,31\n", AT - timedelta(days=1195)),  # three years, and a hundred days
        ("", AT - timedelta(days=1195)),
    ],
)
def test_closes_are_asked_from_thirty_days_before_the_last_of_three_years_at_most(
    asked: Fetch, closes: str, since: datetime
) -> None:
    (asked.inputs / "NORD/prices.csv").write_text(f"Date,Close\n{closes}")
    quoted, session = replace(asked, services=("yahoo",), listed=OF_YAHOO), Answering()
    fetch(quoted, Webs(webs().web, Yahoo(session, lambda _: None)))
    (address,) = session.asked
    assert f"?period1={since.timestamp():.0f}&period2={AT.timestamp():.0f}&" in address


def test_segments_are_wanted_of_three_years_of_filings_each_with_the_one_before() -> None:
    recent = [filed_at(at, AT.date() - timedelta(days=days)) for at, days in RECENT]
    assert len(_lacking(recent, set())) == 3  # the fourth is of the day three years before
    one, two, three, _ = (filing.accession for filing in recent)
    for there, wanted in (
        ({one, two, three}, []),
        ({one, two}, [three]),
        ({two, three}, [one, two]),
        ({one, three}, [two, three]),
    ):
        assert [filing.accession for filing in _lacking(recent, there)] == wanted


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, "answered 404"),
        ({"chart": 429}, "answered 429, 3 times"),
        ({"chart": ValueError("no route")}, "cannot be reached: no route"),
        ({"chart": type("YFRateLimitError", (Exception,), {})()}, "was busy (YFRateLimitError)"),
        ({"chart": {"chart": {"result": None}}}, "another shape"),
        (AT_YAHOO | {"quoteSummary": 503}, "answered 503"),
    ],
)
def test_trouble_with_yahoo_is_told_of_the_company(
    asked: Fetch, answers: dict[str, object], told: str
) -> None:
    quoted = replace(asked, services=("yahoo", "ecb"), listed=OF_YAHOO)
    found = fetch(quoted, at_yahoo(**answers)._replace(web=webs().web))
    assert told in found.failures["NORD at Yahoo"]
    assert found.answers[0].path.name == "eurofxref-hist.zip"


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ({}, ""),
        ({"chart": {"chart": {"result": [CHART | {"timestamp": [], "indicators":
            {"quote": [{"close": []}]}}]}}}, "no closes"),
        ({"quoteSummary": summary(grades=[])}, "no targets"),
        ({"chart": summary()}, "the chart holds no closes"),
        ({"quoteSummary": summary(years=[])}, "no estimates of years"),
    ],
)  # fmt: skip
def test_the_shape_of_yahoo_can_be_verified(
    tmp_path: Path, spoilt: dict[str, object], told: str
) -> None:
    said = verify(("yahoo",), at_yahoo(**(AT_YAHOO | spoilt)), tmp_path)["yahoo"]
    assert (told in said, bool(said)) == (True, bool(told))


def test_without_its_library_yahoo_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yfinance.data", None)
    with pytest.raises(ReportgenError, match=r'pip install "reportgen\[yahoo\]"'):
        Yahoo()
