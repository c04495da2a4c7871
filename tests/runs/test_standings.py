"""How companies stand: what is known of each without building it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.runs.company import Result, Verdict
from reportgen.runs.journal import Journal
from reportgen.runs.places import Place
from reportgen.runs.standings import _row, companies, last_statuses_of, ls, stance_of
from tests.runs.index.cases import saying, store
from tests.runs.records import manifest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reportgen.runs.company import Status

AS_OF = date(2025, 11, 30)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    for ticker in ("BOLT", "ACME"):
        (tmp_path / "inputs" / ticker).mkdir(parents=True)
        (tmp_path / "inputs" / ticker / "company.yaml").touch()
    return tmp_path / "inputs"


def ended(outputs: Path, results: Iterable[Result]) -> None:
    with Journal(outputs, {"as_of": "2025-11-30"}) as journal:
        journal.planned([])
        for result in results:
            journal.ended(result)


@pytest.mark.parametrize(
    ("status", "found"),
    [
        *(("success", ("success",)), ("warn", ("warn",)), ("skipped", ("skipped",))),
        *(("fail", ("fail", "failed")), ("error", ("error", "failed")), ("not run", ("not run",))),
    ],
)
def test_what_failed_is_found_by_that_word_too(
    tmp_path: Path, status: Status, found: tuple[str, ...]
) -> None:
    ended(tmp_path, [Result("ACME", "2025-11-30", status, "")])
    assert last_statuses_of(tmp_path) == {"ACME": found}


def test_the_statuses_of_all_days_of_the_newest_run_count(tmp_path: Path) -> None:
    assert last_statuses_of(tmp_path) == {}
    ended(tmp_path, [Result("GONE", "2025-10-31", "success", "")])
    results = [("ACME", "2025-10-31", "error"), ("ACME", "2025-11-30", "warn")]
    ended(tmp_path, [Result(ticker, day, said, "") for ticker, day, said in results])  # type: ignore[arg-type]  # statuses
    assert last_statuses_of(tmp_path) == {"ACME": ("error", "failed", "warn")}


@pytest.mark.parametrize(
    ("found", "there", "stands"),
    [
        (Verdict("first issue"), (), ("new", "first issue", "")),
        (
            Verdict("first issue"),
            ("2025-09-30", "2025-10-31"),
            ("stale", "its newest report is of 2025-10-31", "2025-10-31"),
        ),
        (Verdict("first issue"), ("2025-12-31",), ("new", "first issue", "")),
        (Verdict("why", manifest()), (), ("changed", "why", "2025-11-30")),
        (Verdict("why"), ("2025-10-31",), ("changed", "why", "2025-10-31")),  # a torn manifest
        (Verdict("why", manifest(), is_due=False), (), ("unchanged", "why", "2025-11-30")),
    ],
)
def test_a_company_is_new_stale_changed_or_unchanged(
    inputs: Path,
    monkeypatch: pytest.MonkeyPatch,
    found: Verdict,
    there: tuple[str, ...],
    stands: tuple[str, str, str],
) -> None:
    outputs = inputs.parent / "outputs"
    for day in there:
        store(outputs, manifest(as_of=day))
    monkeypatch.setattr("reportgen.runs.standings.verdict", lambda _: found)
    row = next(one for one in ls(as_of=AS_OF, inputs=inputs, outputs=outputs))
    assert (row.state, row.reason, row.newest) == stands
    is_known = bool(stands[2])
    assert (row.stance, row.tags) == (("LONG", ("ai",)) if is_known else ("", ()))


def test_companies_stand_by_ticker_and_are_selected_by_all_that_is_known(inputs: Path) -> None:
    outputs = inputs.parent / "outputs"
    store(outputs, saying("BOLT", stance__call="SHORT"))
    ended(outputs, [Result("BOLT", "2025-11-30", "fail", "")])
    (acme, bolt), warnings = companies(inputs, outputs, AS_OF)
    assert (acme.ticker, bolt.ticker, warnings) == ("ACME", "BOLT", ())
    methods = ("tag", "state", "result", "stance")
    assert [acme.values_of(method) for method in methods] == [(), ("new",), (), ("",)]
    # its workbook is not what its manifest says
    found = [bolt.values_of(method) for method in methods]
    assert found == [(), ("changed",), ("fail", "failed"), ("SHORT",)]


def test_a_row_names_places_as_a_person_does(inputs: Path) -> None:
    class Bucket(Place):
        """A place that is called otherwise."""

        def told(self, text: str) -> str:
            return text.replace("first issue", "s3://desk")

    one = companies(inputs, inputs.parent / "outputs", AS_OF).companies[0]
    assert _row(one, Bucket(inputs.parent, "s3://desk")).reason == "s3://desk"


def test_a_report_without_a_stance_has_none() -> None:
    assert stance_of(None) == stance_of(saying(stance__call=None)) == ""
    assert stance_of(saying(stance__call="SHORT")) == "SHORT"
