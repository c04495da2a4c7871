"""What the commands say of records, word by word: pages that a person reads, JSON for programs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.cli.check import packs_page
from reportgen.cli.imports import for_programs, page, status_of
from reportgen.cli.lines import TextLine
from reportgen.cli.new import started_lines
from reportgen.cli.output import plain
from reportgen.cli.overrides import page as overrides_page
from reportgen.cli.reaffirm import anew_page
from reportgen.cli.runs import run_page, told_as_it_runs
from reportgen.cli.summary import findings_page, listed, notes, summary, warnings_page
from reportgen.errors import Problem
from reportgen.facts.assumptions import Result as Published
from reportgen.facts.assumptions import Slot
from reportgen.facts.rows import Override
from reportgen.findings import Findings, PackState
from reportgen.intake.additions import Appended
from reportgen.intake.candidates import Candidate, Judged, State
from reportgen.intake.new_pack import Started
from reportgen.intake.reaffirmation import Anew
from reportgen.intake.records import Brought, Skipped
from reportgen.intake.suggested import Suggestion
from reportgen.intake.suggestions import Lacking
from reportgen.model.checks.plausibility import Doubt
from reportgen.model.gaps import WATCHED, Gap, counts
from reportgen.periods import serial
from reportgen.reviews.log import Logged
from reportgen.runs.batch import Ran, Watch
from reportgen.runs.company import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.cli.lines import TextTable
    from reportgen.values import Value

DAY = date(2025, 11, 30)


def words(page: Iterable[TextLine | TextTable]) -> list[str]:
    """The lines of a page, blanks at their ends left out."""
    return [line.rstrip() for line in plain(page)]


def tones(page: Iterable[TextLine | TextTable]) -> list[str]:
    """How the lines of a page are meant, tables left out."""
    return [part.tone for part in page if isinstance(part, TextLine)]


# --- runs ---
ENDED = (
    Result("ACME", "2025-11-30", "success", "first issue", "ACME/A.xlsx", 1),
    Result("BOLT", "2025-11-30", "skipped", "unchanged", "BOLT/B.xlsx", 2),
    Result("CORE", "2025-11-30", "error", "2 mistakes: no price", problems=("no price", "no EPS")),
)
WARNED = Problem("inputs/rates.csv", 2, "rate", "is old", "", "", "warning")


def _run(
    ended: Sequence[Result], *, as_json: bool, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[str], list[str]]:
    def do(watch: Watch) -> Ran:
        watch.planned(len(ended))
        watch.told([WARNED])
        for result in ended:
            watch.ended(result)
        watch.amended(ended[0]._replace(status="warn", reason="no PDF"))
        return Ran("0003", tuple(ended), 1, ("index-2025-11-30.xlsx", "index-2025-11-30.html"))

    status = told_as_it_runs(do, "desk", as_json=as_json)
    said = capsys.readouterr()
    return status, said.out.splitlines(), said.err.splitlines()


def test_a_run_tells_of_each_company_as_it_ends_and_sums_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, said, minded = _run(ENDED, as_json=False, capsys=capsys)
    assert (status, minded) == (1, ["warning: inputs/rates.csv:2 rate: is old"])
    assert said == [
        "ACME 2025-11-30  success: first issue  ACME/A.xlsx",
        "BOLT 2025-11-30  skipped: unchanged",
        "CORE 2025-11-30  error: 2 mistakes: no price",
        "  no EPS",
        "ACME 2025-11-30  warn: no PDF  ACME/A.xlsx",
        "",
        "3 reports: 1 success, 1 error, 1 skipped",
        "desk/runs/0003",
        "desk/index-2025-11-30.xlsx",
        "desk/index-2025-11-30.html",
        "reportgen retry tries again what gave no report.",
    ]


def test_a_run_for_programs_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    status, said, _ = _run(ENDED, as_json=True, capsys=capsys)
    told = json.loads("\n".join(said))
    assert status == 1
    assert (told["run"], told["exit"]) == ("0003", 1)
    assert said[1].startswith(' "')


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (ENDED[:1], ["", "1 report: 1 success"]),
        (ENDED[1:2], ["", "1 report: 1 skipped"]),
        ([ENDED[0]._replace(status="fail")], ["", "1 report: 1 fail"]),
        ([ENDED[0]._replace(status="warn")] * 1200, ["", "1,200 reports: 1200 warn"]),
    ],
)
def test_a_run_in_which_every_company_was_reached_asks_for_no_retry(
    ended: list[Result], told: list[str]
) -> None:
    assert words(run_page(Ran("0003", tuple(ended), 0), "desk")) == [*told, "desk/runs/0003"]
    assert words(run_page(Ran("", tuple(ended), 0), "desk")) == told  # a dry run leaves nothing


def test_what_gave_no_report_can_be_tried_again_and_many_indexes_are_counted() -> None:
    retry = "reportgen retry tries again what gave no report."
    for status in ("error", "not run"):
        ended = (ENDED[0]._replace(status=status),)
        assert words(run_page(Ran("0003", ended, 1), "desk"))[-1] == retry
        assert words(run_page(Ran("", ended, 1), "desk")) == ["", f"1 report: 1 {status}"]
    names = tuple(
        f"index-2025-11-{day}.{kind}" for day in (28, 29, 30) for kind in ("xlsx", "html")
    )
    said = words(run_page(Ran("0003", ENDED[:1], 0, names[:4]), "desk"))
    assert said[3:] == [f"desk/{name}" for name in names[:4]]
    said = words(run_page(Ran("0003", ENDED[:1], 0, names), "desk"))
    told = "index-2025-11-28.html to index-2025-11-30.html: 3 days, each also as .xlsx"
    assert said[3:] == [f"desk/{told}"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Nothing to do: every report of that run is there."),
        ("0003", "Nothing to do: no company falls to this part."),
    ],
)
def test_a_run_without_companies_says_why(name: str, told: str) -> None:
    assert words(run_page(Ran(name, (), 0), "desk")) == [told]


# --- check --all ---
SINCE = tuple(Published(date(2025, 11, day), f"FY2025-Q{day}") for day in (4, 3, 2, 1))
PACKS = (
    PackState("ACME", since=SINCE[:1], assumed=date(2025, 10, 1), older=1200),
    PackState("BOLT", 1, 2, 3, ("close 9 days", "2 peers"), since=SINCE[:2]),
    PackState("CORE", since=SINCE),
    PackState("DUNE", trouble="cannot be read"),
)


def test_how_packs_stand_is_a_row_each_and_trouble_below() -> None:
    page = packs_page(PACKS, DAY)
    two = "FY2025-Q4 (2025-11-04), FY2025-Q3 (2025-11-03)"
    stale = "close 9 days, 2 peers"
    rows = [
        (
            "company",
            "blank",
            "errors",
            "warned",
            stale[:0] + "stale",
            "assumed",
            "older",
            "results since",
        ),
        ("ACME", "", "", "", "", "2025-10-01", "1,200", two[:22]),
        ("BOLT", "1", "2", "3", stale, "", "", two),
        ("CORE", "", "", "", "", "", "", f"{two} and 2 more"),
        ("DUNE", "-", "-", "-", "", "", "", ""),
    ]
    form = "{:<7}  {:>5}  {:>6}  {:>6}  {:<21}  {:>10}  {:>5}  {}"
    assert words(page) == [
        *(form.format(*row).rstrip() for row in rows),
        "DUNE: cannot be read",
        "",
        "4 packs as of 2025-11-30: 2 can be built",
    ]
    assert tones(page) == ["bad", "", "bad"]
    assert words(packs_page(PACKS[:1], DAY))[-1] == "1 pack as of 2025-11-30: 1 can be built"
    assert tones(packs_page(PACKS[:1], DAY))[-1] == "good"


# --- reaffirm ---
def test_what_is_dated_anew_is_told_with_its_age_and_what_came_since() -> None:
    anew = (
        Anew("growth", "0.1", "ratio", date(2025, 10, 31), SINCE[:2], 0.0512),
        Anew("multiple", "12", "x", date(2025, 11, 29), SINCE[:3], -0.2),
        Anew("beta", "1.1", "", None, SINCE, 0.1, "of 60 closes"),
    )
    two = "FY2025-Q4 (2025-11-04), FY2025-Q3 (2025-11-03)"
    form = "{:<8}  {:<9}  {:>10}  {:>4}  {:<57}  {:>11}"
    assert words(anew_page(anew, DAY)) == [
        form.format("Key", "Value", "Dated", "Days", "Results since", "Price since"),
        form.format("growth", "0.1 ratio", "2025-10-31", "30", two, "+5.1%"),
        form.format("multiple", "12 x", "2025-11-29", "1", f"{two} and 1 more", "-20.0%"),
        form.format("beta", "1.1", "new", "", "", "").rstrip(),
        "beta: of 60 closes",
    ]
    unmoved = Anew("growth", "0.1", "ratio", date(2025, 10, 31))
    assert words(anew_page((unmoved,), DAY))[1] == "growth  0.1 ratio  2025-10-31    30"


# --- overrides ---
def test_how_overrides_stand_is_a_row_each_and_those_in_force_are_counted() -> None:
    row = Override(date(2025, 11, 1), "price", 11.5, "USD", None, "", "jp", "typed", 2)
    rows = (
        Logged(row, "in force"),
        Logged(row._replace(key="eps_ntm", expires=DAY), "in force", date(2025, 11, 20)),
        Logged(row._replace(revokes="price", reason="wrong"), "revokes"),
    )
    form = "{:<42}  {:<7}  {:<5}  {:<10}  {:<10}  {:<6}  {}"
    newer = "in force; figure of 2025-11-20 is newer"
    assert [line.split() for line in words(overrides_page("ACME", rows))] == [
        form.format(*line).split()
        for line in (
            ("State", "Key", "Value", "Published", "Expires", "Author", "Reason"),
            ("in force", "price", "11.5", "2025-11-01", "", "jp", "typed"),
            (newer, "eps_ntm", "11.5", "2025-11-01", "2025-11-30", "jp", "typed"),
            ("revokes", "price", "", "2025-11-01", "", "jp", "wrong"),
            ("",) * 7,
            ("2 in force.", *("",) * 6),
        )
    ]
    assert words(overrides_page("ACME", ())) == ["ACME has no overrides."]


# --- import ---
def _row(state: State, told: str = "", **cells: str) -> Judged:
    return Judged(Candidate("targets", cells, "line 2"), state, told)


CONFLICT = _row(State.CONFLICT, "the pack has 9", segment="main", metric="revenue", value="1")
NEW = _row(State.NEW, broker="Bank", target="5", currency="USD", published="2025-11-01", note="n")
SAME = _row(State.SAME, product="Chat", price="2", unit="USD/month")
FILE = Appended(Path("in/ACME/targets.csv"), b"", b"", ("a",))
BROUGHT = (
    Brought("ACME", (SAME, NEW, CONFLICT), 3, (FILE._replace(lines=("a", "b")),), ("which",)),
    Brought("BOLT", notes=("seen",), skipped=(Skipped(1, "no day"), Skipped(1234, "of others"))),
    Brought("CORE", error="one\ntwo"),
    Brought("rows.csv", is_of_nobody=True),
)


@pytest.mark.parametrize("accept", [False, True])
def test_what_files_bring_is_told_by_company(*, accept: bool) -> None:
    assert words(page(BROUGHT, accept=accept, everything=False)) == [
        f"ACME: {'added' if accept else 'to add'}",
        "State     Row           Value  Published   Remark",
        "conflict  main revenue      1              the pack has 9",
        "new       Bank          5 USD  2025-11-01  n",
        "to decide: which",
        f"{'+' if accept else 'would add'} 2 rows: in/ACME/targets.csv",
        "",
        "BOLT: nothing to add",
        "1 row skipped: no day",
        "1,234 rows skipped: of others",
        "seen",
        "",
        "CORE: nothing was taken",
        "one",
        "two",
        "",
        "rows.csv: rows of others",
        *([] if accept else ["", "Nothing was written: --accept appends the rows."]),
    ]
    every = words(page(BROUGHT[:1], accept=accept, everything=True))
    assert [line.split()[0] for line in every[2:5]] == ["same", "new", "conflict"]
    assert every[2].split() == ["same", "Chat", "2", "USD/month"]


def test_a_row_is_named_by_whose_it_is_of_what_and_when() -> None:
    names = ("line", "period", "metric", "market", "variant", "product", "vendor", "broker")
    row = _row(State.NEW, segment="segment", **{name: name for name in names})
    (_, _, told) = words(page((Brought("ACME", (row,)),), accept=False, everything=False))
    assert "segment broker vendor product variant market metric period line" in told


def test_of_many_rows_those_to_decide_come_first_and_twelve_are_shown() -> None:
    states = [state for state in State for _ in range(3)]
    brought = [Brought("ACME", tuple(map(_row, states)))]
    shown = words(page(brought, accept=False, everything=False))[2:]
    assert shown == ["conflict"] * 3 + ["late"] * 3 + ["revised"] * 3 + ["skipped"] * 3
    assert words(page(brought, accept=False, everything=True))[2:] == list(map(str, states))


@pytest.mark.parametrize(
    ("found", "shown", "accepted"),
    [
        ((), 0, 0),
        ((Brought("ACME"),), 0, 0),
        ((Brought("ACME", files=(FILE,)),), 1, 0),
        ((Brought("ACME", doubts=("which",)),), 1, 1),
        ((Brought("ACME", (CONFLICT,)),), 1, 1),
        ((Brought("ACME", error="torn"), Brought("BOLT", files=(FILE,))), 2, 2),
    ],
)
def test_the_status_of_an_import_is_that_of_the_most_trouble(
    found: tuple[Brought, ...], shown: int, accepted: int
) -> None:
    assert status_of(found, accept=False) == shown
    assert status_of(found, accept=True) == accepted


def test_an_import_for_programs_has_every_row() -> None:
    told: list[dict[str, Any]] = [for_programs(one, accept=True) for one in BROUGHT]
    assert [one["accepted"] for one in told] == [True, True, False, True]
    assert not for_programs(BROUGHT[0], accept=False)["accepted"]
    assert told[0]["rows"][2] == {
        "state": "conflict",
        "table": "targets",
        "told": "the pack has 9",
        "cells": {"segment": "main", "metric": "revenue", "value": "1"},
        "origin": "line 2",
    }
    assert told[0]["files"] == {"in/ACME/targets.csv": ["a", "b"]}
    assert told[1]["skipped"] == [
        {"number": 1, "why": "no day"},
        {"number": 1234, "why": "of others"},
    ]


# --- new ---
def test_a_pack_that_begins_with_files_tells_what_is_suggested_and_what_is_not() -> None:
    suggested = {
        Slot("growth", "base", "main"): Suggestion("0.1", "of 4 quarters"),
        Slot("beta", "all", ""): Lacking("no benchmark"),
        Slot("dividend", "all", ""): Lacking("no benchmark"),
    }
    started = Started((), (), {}, suggested, ("which",))
    assert words(started_lines("ACME CO", started)) == [
        "Suggested         Value  From",
        "growth base main    0.1  of 4 quarters",
        "nothing is suggested for beta, dividend: no benchmark",
        "to decide: which",
        "",
        "Fill in or sign the blanks, and see what is left:",
        "  reportgen reaffirm 'ACME CO' --all probability --suggested --author NAME",
        "  reportgen check 'ACME CO' --as-of last-month-end",
    ]


# --- a report, and what is wrong with a pack ---
SAID: dict[str, Value] = {
    "company.name": "Acme",
    "company.ticker": "ACME",
    "company.price_currency": "USD",
    "as_of": float(serial(DAY)),
    "say.sentence": "LONG at USD 11.50.",
    "readiness": "with care",
    "readiness.reason": "one check WARN",
    "price": 11.5,
    "checks.fail": 1.0,
    "checks.warn": 2.0,
    "check[dated].label": "Dated",
    "check[dated]": "WARN",
    "check[sum].label": "Sum",
    "check[sum]": "FAIL",
    "hype.score": 62.5,
    "hype.coverage": 0.745,
    "bear.value": 8.0,
    "bear.probability": 0.125,
    "bear.upside": -0.304,
    "priced_in.g_needed[bear]": 0.02,
    "last_month.bear.value": 7.5,
    "expected_value": 12.0,
    "upside": 0.0435,
    "hype.value": 10.0,
    "priced_in.g_needed[hype_adjusted]": 0.031,
    **{counts.key.format(gap=one.member): 1.0 for one in WATCHED[3:5]},
}
DOUBTS = (
    Doubt("eps_ntm", "EPS", 9.0, 3.0, "FAIL"),
    Doubt("growth", "growth", 0.5, 0.4, "WARN"),
    Doubt("beta", "beta", 4.0, 3.0, "WARN"),
)
CELLS = {"eps_ntm.issued": "Inputs!C4", "eps_ntm": "Growth!C9", "growth": "Inputs!D7"}


def test_a_report_is_summed_up_with_what_to_mind_the_gravest_first() -> None:
    page = summary(SAID, [Path("out/A.xlsx")], DOUBTS, CELLS, "2 assumptions are of a sector")
    said = words(page)
    assert said[:14] == [
        "out/A.xlsx",
        "",
        "Acme (ACME) as of 2025-11-30",
        "LONG at USD 11.50.",
        "",
        "USD             value  probability  upside  growth needed  last month  change",
        "Bear            8.000          13%  -30.4%          +2.0%       7.500  +0.500",
        "Base              n/a          n/a     n/a            n/a         n/a     n/a",
        "Bull              n/a          n/a     n/a            n/a         n/a     n/a",
        "Expected       12.000                +4.4%                        n/a     n/a",
        "Hype-adjusted  10.000                  n/a          +3.1%         n/a     n/a",
        "Consensus         n/a                  n/a            n/a         n/a     n/a",
        "",
        "Hype score: 63 of 100, 75% of it measured",
    ]
    assert said[14:24] == [
        "Readiness: with care: one check WARN",
        "Checks: 1 FAIL, 2 WARN",
        "2 assumptions are of a sector.",
        "  FAIL  Sum",
        "  WARN  Dated",
        "Not plausible; if right, sign the key in confirmed.csv",
        "  FAIL  eps_ntm: EPS: 9, limit 3; Inputs!C4",
        "  WARN  growth: growth: 0.5, limit 0.4; Inputs!D7",
        "  WARN  beta: beta: 4, limit 3; Checks, Plausibility",
        "Not available, and what fills it: 2 figures",
    ]
    assert said[24:] == [
        f"  n/a   {one.label}: {one.matters}; {one.remedy}" for one in WATCHED[3:5]
    ]
    assert tones(page)[5:14] == ["", "", "warn", "", "", "bad", "warn", "", "bad"]


def test_what_is_not_known_is_said() -> None:
    said = words(summary({"readiness": "", "as_of": None}, [Path("out/A.xlsx")], (), {}, ""))
    assert said[2] == "n/a (n/a) as of n/a"
    assert "Hype score: n/a" in said
    assert "Readiness: n/a: n/a" in said
    half = words(summary({"hype.score": 50.0}, [Path("out/A.xlsx")], (), {}, ""))
    assert "Hype score: n/a" in half


def test_keys_are_listed_with_their_values() -> None:
    values: dict[str, Value] = {"as_of": float(serial(DAY)), "price": 11.5, "name": "Acme"}
    values |= {"is_new": True, "is_old": False, "eps": None, "day": float(serial(DAY))}
    assert [line.split() for line in words(listed(values))] == [
        ["key", "value"],
        *(["as_of", "2025-11-30"], ["price", "11.5"], ["name", "Acme"], ["is_new", "yes"]),
        *(["is_old", "no"], ["eps", "n/a"], ["day", "45991"]),
    ]


OTHERS = "2 assumptions are of a sector"
SOUND = "ACME as of 2025-11-30 can be built"
UNSOUND = "cannot be built until the errors are mended"
PROBLEM = Problem("inputs/ACME/prices.csv", 4, "Close", "is blank", "", "fill it in")
GAP = Gap("eps_ntm", "no P/E", "a row of estimates.csv")


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            Findings(DAY, (), (), (), ()),
            [f"{SOUND}: 0 errors, 0 warnings."],
        ),
        (
            Findings(DAY, (PROBLEM,), (), (), ()),
            [
                "inputs/ACME/prices.csv:4 Close: is blank; fill it in",
                f"ACME as of 2025-11-30 {UNSOUND}: 1 error, 0 warnings.",
            ],
        ),
        (
            Findings(DAY, (), (WARNED,), (WARNED, WARNED), (GAP, GAP), DOUBTS[2:], {}, OTHERS),
            [
                *["warning: inputs/rates.csv:2 rate: is old"] * 3,
                "Not plausible; if right, sign the key in confirmed.csv",
                "  WARN  beta: beta: 4, limit 3; Checks, Plausibility",
                f"{OTHERS}.",
                "",
                "n/a      why it matters  what fills it",
                *["eps_ntm  no P/E          a row of estimates.csv"] * 2,
                "",
                f"{SOUND}: 0 errors, 1 warning, 2 about later rows, 2 n/a.",
            ],
        ),
    ],
)  # fmt: skip
def test_what_a_check_found_is_told_and_summed_up(found: Findings, told: list[str]) -> None:
    page = findings_page("ACME", found)
    assert words(page) == told
    assert tones(page)[-1] == ("good" if found.is_sound else "bad")


def test_more_than_three_warnings_are_counted() -> None:
    def told(number: int, inputs: str = "inputs") -> list[str]:
        return words(warnings_page("A B", DAY, Path(inputs), [WARNED] * number))

    command = "reportgen check 'A B' --as-of 2025-11-30"
    assert told(3) == ["warning: inputs/rates.csv:2 rate: is old"] * 3
    assert told(4) == [f"4 warnings about the inputs; {command} lists them"]
    assert told(5, "my packs") == [
        f"5 warnings about the inputs; {command} --inputs 'my packs' lists them"
    ]


@pytest.mark.parametrize(("today", "lines"), [(date(2025, 11, 29), 1), (DAY, 0)])
def test_only_a_day_ahead_of_today_is_told(today: date, lines: int) -> None:
    assert len(notes(DAY, today)) == lines
