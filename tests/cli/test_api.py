from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

import reportgen
from reportgen.frames import RESULTS
from reportgen.headline import HEADLINE
from tests.cli.running import AS_OF, INPUTS

if TYPE_CHECKING:
    from pathlib import Path


PACKS = INPUTS.parent / "tests/packs"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> reportgen.Report:
    outputs = tmp_path_factory.mktemp("outputs")
    return reportgen.build("BABA", as_of=AS_OF, inputs=INPUTS, outputs=str(outputs))


def test_a_report_knows_its_place_company_and_day(report: reportgen.Report) -> None:
    assert report.path.is_file()
    assert (report.ticker, report.as_of) == ("BABA", date(2025, 11, 30))
    assert not report.has_failures


def test_the_headline_is_the_short_list_of_the_values(report: reportgen.Report) -> None:
    assert list(report.headline) == list(HEADLINE)
    assert report.headline == {key: report.values[key] for key in HEADLINE}
    assert report.headline["base.value"] == pytest.approx(151.35563290829043, abs=1e-9)
    assert report.overview.items() <= report.values.items()


def test_show_reads_back_what_was_built(report: reportgen.Report) -> None:
    shown = reportgen.show(report.path)
    assert shown.items() <= report.values.items()
    assert set(HEADLINE) <= set(shown)
    assert reportgen.show(str(report.path), headline=True) == report.headline


def test_frames_hold_inputs_and_results(report: reportgen.Report) -> None:
    scenarios = report.frames["scenarios"]
    assert list(scenarios.index) == ["bear", "base", "bull"]
    assert scenarios.loc["base", "value"] == report.values["base.value"]
    assert (scenarios["probability"] * scenarios["value"]).sum() == pytest.approx(
        report.headline["expected_value"]
    )
    targets = report.frames["targets"]
    known = targets[targets["in_use"]]
    assert known["value"].mean() == pytest.approx(report.headline["hype.consensus"])
    assert set(known["broker"]) < set(targets["broker"])
    facts = report.frames["facts"]
    assert facts.loc["price/ADS", "value"] == report.values["fact[price/ADS].value"]
    assert facts["conflict"].dtype == "boolean"
    columns = [name for one in ("facts", "offers", "scenarios") for name in report.frames[one]]
    assert not [name for name in columns if "control" in name]
    checks = report.frames["checks"]
    assert (checks["status"] == "WARN").sum() == report.headline["checks.warn"]
    assert (report.frames["prices"]["date"] <= report.as_of).all()


def test_a_frame_of_results_has_a_column_a_line_and_no_choices(report: reportgen.Report) -> None:
    assert list(report.frames["haircuts"]) == [
        *("switch", "computed", "applicable", "state", "ok", "mean", "amount", "haircut"),
        *("missing", "weight", "weight_counted", "weight_missing"),
    ]
    assert list(report.frames["sub_scores"]) == [
        *("measure", "sub-score", "sub_exists", "sub_rests", "sub_measured")
    ]
    named = {name: frame.index.name for name, frame in report.frames.items()}
    assert [named[name] for name in (*RESULTS, "targets")] == [
        *("scenario", "fact", "offer", "component", "sub", "check", "target")
    ]
    assert [name for name in report.frames if name in RESULTS] == list(RESULTS)


def test_targets_are_as_stated_and_then_as_computed(report: reportgen.Report) -> None:
    targets = report.frames["targets"]
    assert list(targets)[:14] == [
        *("published", "broker", "target", "currency", "line", "horizon_months", "kind"),
        *("rating", "source", "line_no", "issued", "number", "confirmed", "override"),
    ]
    assert len(targets) == len(report.pack.targets)
    old = targets.iloc[0]  # no longer in use
    assert (old["target"], old["unit_read"], old["close_at_issue"]) == (150, "USD", 143.75)
    assert (old["day"], old["six_months_before"]) == (date(2025, 2, 21), None)
    assert (bool(old["is_listed"]), bool(old["in_use"])) == (True, False)
    assert math.isnan(old["value"])
    assert {"close_at_issue", "target.close_at_issue.day", "target as stated"} <= {*targets}


def test_every_frame_can_be_made_and_is_made_once(report: reportgen.Report) -> None:
    assert {"prices", "targets", "sources", "scenarios", "facts", "checks"} <= set(report.frames)
    for name, frame in report.frames.items():
        assert frame is report.frames[name]
        assert not frame.columns.duplicated().any()
    assert len(report.frames) == len(list(report.frames))


def test_an_unknown_frame_names_those_there_are(report: reportgen.Report) -> None:
    with pytest.raises(KeyError, match="'price' is not a table; there are prices, benchmark"):
        report.frames["price"]


@pytest.mark.parametrize(
    "day",
    ["2025-11-30", date(2025, 11, 30), datetime(2025, 11, 30, 18, tzinfo=UTC)],
    ids=str,
)
def test_a_day_may_be_a_text_or_a_date(day: str | date) -> None:
    assert reportgen.load("BABA", as_of=day, inputs=INPUTS).as_of == date(2025, 11, 30)


def test_load_gives_what_was_known_as_frames() -> None:
    pack = reportgen.load("BABA", as_of="2025-10-31", inputs=INPUTS)
    assert (pack.targets["published"] <= date(2025, 10, 31)).all()
    assert pack.company.name == "Alibaba Group Holding Limited"


def test_check_finds_errors_as_records(inputs: Path) -> None:
    (inputs / "BABA/prices.csv").write_text("Date,Close\n2025-11-28,cheap\n")
    findings = reportgen.check("BABA", as_of=AS_OF, inputs=inputs)
    assert not findings.is_sound
    assert [(one.place, one.column) for one in findings.errors] == [
        ("inputs/BABA/prices.csv:2", "Close")
    ]
    assert findings.gaps == ()


def test_check_of_a_sound_pack_tells_what_would_be_na() -> None:
    findings = reportgen.check("NORD", as_of=AS_OF, inputs=PACKS / "bare/inputs")
    assert findings.is_sound
    assert "expected_value" in [gap.key for gap in findings.gaps]


def test_trouble_is_an_exception_with_the_words_of_the_command(tmp_path: Path) -> None:
    with pytest.raises(reportgen.InputErrors, match="there is no such folder"):
        reportgen.build("NOPE", as_of=AS_OF, inputs=INPUTS, outputs=tmp_path)
    with pytest.raises(reportgen.ReportgenError, match="is not a day"):
        reportgen.check("BABA", as_of="soon", inputs=INPUTS)
    with pytest.raises(reportgen.ReportgenError, match="is before 1900-04-01"):
        reportgen.load("BABA", as_of=date(1900, 1, 1), inputs=INPUTS)


def test_the_package_shows_its_public_names() -> None:
    assert set(reportgen.__all__) <= set(dir(reportgen))
    with pytest.raises(AttributeError, match="no attribute 'biuld'"):
        _ = reportgen.biuld
    assert reportgen.__all__ == sorted(reportgen.__all__)
