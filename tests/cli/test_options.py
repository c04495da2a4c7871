"""Every word of a command line reaches the function that does what it asks for."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import ReportgenError
from reportgen.intake.closes import Basis
from reportgen.intake.new_pack import Start
from reportgen.intake.records import Import
from reportgen.reviews.acceptance import Decision
from reportgen.reviews.records import Remark
from reportgen.runs.batch import RunRequest
from tests.cli.running import run

DAY, INPUTS, OUTPUTS = date(2025, 11, 30), Path("inputs"), Path("outputs")
TODAY, MONTH_END = date(2026, 1, 15), date(2025, 12, 31)
BUILT = {"as_of": DAY, "inputs": INPUTS, "outputs": OUTPUTS}
BUILT |= {"template": None, "paper": None, "history": None, "pdf": None}
COMPARED = {"everything": False, "formats": False, "cells": False, "method": "auto", "order": ()}
LISTED = {"as_of": DAY, "inputs": INPUTS, "outputs": OUTPUTS, "tickers": (), "select": ()}
LISTED |= {"exclude": (), "template": None, "paper": None}
ANEW = {"as_of": DAY, "author": "", "suggested": False, "inputs": INPUTS, "dry_run": False}
HANDED = {"as_of": "2025-11-30", "to": Path("a.zip"), "outputs": OUTPUTS, "select": ()}
HANDED |= {"exclude": (), "include_restricted": False}
REVIEWED = {"inputs": INPUTS, "outputs": OUTPUTS, "issued": None, "ticker": "", "as_of": None}
REVOKED = {"as_of": DAY, "author": "me", "reason": "old", "published": None, "inputs": INPUTS}
ALL_OF_A_RUN = (
    "run A B --as-of 2025-11-30 -s C -s D --exclude E -j 3 -n -x --force --rebuild model --pages"
    " --pdf summary --paper A4 --wait --shard 1/2 --executor dask --scheduler S --template t.yaml"
    " --seconds 7 --megabytes 300 --inputs i --outputs o"
)
ASKED = RunRequest(
    *("2025-11-30", "", ("A", "B"), ("C", "D"), ("E",), "1/2", "i", "o", "t.yaml", 3),
    force=True,
    rebuild_model=True,
    fail_fast=True,
    pages=True,
    pdf="summary",
    paper="A4",
    dry=True,
    wait=True,
    seconds=7,
    megabytes=300,
    executor="dask",
    scheduler="S",
)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.periods.today", lambda: TODAY)


class Reached:
    """Stands for a function: keeps what it is called with, and ends the command."""

    def __init__(self) -> None:
        self.said: tuple[object, ...] = ()
        self.named: dict[str, object] = {}

    def __call__(self, *said: object, **named: object) -> None:
        self.said, self.named = said, named
        raise ReportgenError("reached")


def reached(monkeypatch: pytest.MonkeyPatch, function: str, line: str) -> Reached:
    """What a function is called with by a command line."""
    called = Reached()
    monkeypatch.setattr(function, called)
    asked = run(*line.split())
    assert (asked.exit_code, asked.stderr.splitlines()[-1:]) == (2, ["Error: reached"]), (
        asked.output
    )
    return called


@pytest.mark.parametrize(
    ("line", "name", "said", "named"),
    [
        ("build A --as-of 2025-11-30", "build", ("A",), BUILT),
        (
            (
                "build A --as-of 2025-11-30 --inputs i --outputs o --template t --history h"
                " --pdf summary --paper letter"
            ),
            "build",
            ("A",),
            {"as_of": DAY, "inputs": Path("i"), "outputs": Path("o"), "template": Path("t")}
            | {"paper": "letter", "history": Path("h"), "pdf": "summary"},
        ),
        ("build A --as-of 2025-11-30 --pdf", "build", ("A",), BUILT | {"pdf": "report"}),
        ("build --pdf A --as-of 2025-11-30", "build", ("A",), BUILT | {"pdf": "report"}),
        ("check A --as-of 2025-11-30", "check", ("A",), {"as_of": DAY, "inputs": INPUTS}),
        ("show a.xlsx", "show", (Path("a.xlsx"),), {"headline": False}),
        ("show a.xlsx --headline", "show", (Path("a.xlsx"),), {"headline": True}),
        ("page a.xlsx", "page", (Path("a.xlsx"),), {"to": None, "template": None}),
        (
            "page a.xlsx --to b --template t",
            "page",
            (Path("a.xlsx"),),
            {"to": Path("b"), "template": Path("t")},
        ),
        ("diff a.xlsx b.xlsx", "diff", (Path("a.xlsx"), Path("b.xlsx")), COMPARED),
        (
            "diff a b --all --method sequential --order x,y",
            "diff",
            (Path("a"), Path("b")),
            COMPARED | {"everything": True, "method": "sequential", "order": ("x", "y")},
        ),
        ("diff a b --formats", "diff", (Path("a"), Path("b")), COMPARED | {"formats": True}),
        ("diff a b --fail-on formula", "diff", (Path("a"), Path("b")), COMPARED | {"cells": True}),
        ("diff a b --fail-on input", "diff", (Path("a"), Path("b")), COMPARED),
        (
            "index --as-of 2025-11-30 --outputs s3://b/p",
            "index",
            (),
            {"as_of": "2025-11-30", "outputs": "s3://b/p"},
        ),
        ("new A --inputs i", "new", ("A",), {"inputs": Path("i")}),
        ("handout --as-of 2025-11-30 --to a.zip", "handout", (), HANDED),
        (
            "handout --as-of 2025-11-30 --to a.zip -s A --exclude B --include-restricted",
            "handout",
            (),
            HANDED | {"select": ("A",), "exclude": ("B",), "include_restricted": True},
        ),
        ("reaffirm A k --as-of 2025-11-30", "reaffirm", ("A", ("k",)), ANEW),
        (
            "reaffirm A k --all --suggested --author me --dry-run --as-of 2025-11-30 --inputs i",
            "reaffirm",
            ("A", ("*", "k")),
            {"as_of": DAY, "author": "me", "suggested": True, "inputs": Path("i"), "dry_run": True},
        ),
        ("reaffirm A --all", "reaffirm", ("A", ("*",)), ANEW | {"as_of": TODAY}),
        ("overrides A --as-of 2025-11-30", "overrides", ("A",), {"as_of": DAY, "inputs": INPUTS}),
        (
            "overrides A --as-of 2025-11-30 --revoke k --author me --reason old",
            "revoke",
            ("A", "k"),
            REVOKED,
        ),
        (
            (
                "overrides A --as-of 2025-11-30 --revoke k --author me --reason old"
                " --published 2025-11-29 --inputs i"
            ),
            "revoke",
            ("A", "k"),
            REVOKED | {"published": date(2025, 11, 29), "inputs": Path("i")},
        ),
        ("review a.xlsx", "review", (Path("a.xlsx"),), REVIEWED),
        (
            "review a.xlsx --issued b --unverified --ticker A --as-of soon",
            "review",
            (Path("a.xlsx"),),
            REVIEWED | {"issued": Path("b"), "ticker": "A", "as_of": "soon"},
        ),
        ("ls --as-of 2025-11-30", "runs.standings.ls", (), LISTED),
        ("ls", "runs.standings.ls", (), LISTED | {"as_of": MONTH_END}),
        (
            (
                "ls A B --as-of 2025-11-30 -s C --exclude D --template t --paper A4 --inputs i"
                " --outputs s3://b"
            ),
            "runs.standings.ls",
            (),
            {"as_of": DAY, "tickers": ("A", "B"), "select": ("C",), "exclude": ("D",)}
            | {"template": Path("t"), "paper": "A4", "inputs": Path("i"), "outputs": "s3://b"},
        ),
    ],
)
def test_the_words_of_a_command_reach_what_does_it(
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    name: str,
    said: tuple[object, ...],
    named: dict[str, object],
) -> None:
    called = reached(monkeypatch, f"reportgen.{name}", line)
    assert (called.said, called.named) == (said, named)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("run --as-of 2025-11-30", RunRequest("2025-11-30")),
        ("run --months 2025-01:2025-02 -k", RunRequest("", "2025-01:2025-02")),
        (ALL_OF_A_RUN, ASKED),
    ],
)
def test_the_words_of_a_run_are_what_is_asked_of_it(
    monkeypatch: pytest.MonkeyPatch, line: str, asked: RunRequest
) -> None:
    called = reached(monkeypatch, "reportgen.runs.batch.run", line)
    assert asdict(called.said[0]) == asdict(asked)  # type: ignore[call-overload]  # it is one


@pytest.mark.parametrize(
    ("line", "place", "name", "wait"),
    [("retry", OUTPUTS, None, False), ("retry 7 --wait --outputs s3://b", "s3://b", "7", True)],
)
def test_the_words_of_a_retry_name_the_run(
    monkeypatch: pytest.MonkeyPatch, line: str, place: Path | str, name: str | None, *, wait: bool
) -> None:
    called = reached(monkeypatch, "reportgen.runs.batch.retry", line)
    assert (called.said[:2], called.named) == ((place, name), {"wait": wait})


IMPORTS = """\
zone: Asia/Tokyo
companies:
  A: {cik: 7, yahoo: A}
maps:
  pts: {table: targets, header: T, ticker: T, source: s,
    columns: {published: D, broker: B, target: P, currency: C}}
"""


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    (tmp_path / "imports.yaml").write_text(IMPORTS)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", {}),
        ("--only A --only B --late", {"only": ("A", "B"), "late": True}),
        ("--since 2024-01-01 --metric eps", {"since": date(2024, 1, 1), "metrics": ("eps",)}),
        ("--closes split-adjusted --as closes", {"basis": Basis.ADJUSTED, "kind": "closes"}),
        ("--map pts --published 2025-11-30", {"published": DAY, "how": "pts"}),
    ],
)
def test_the_words_of_an_import_are_what_is_asked_of_it(
    monkeypatch: pytest.MonkeyPatch, inputs: Path, words: str, expected: dict[str, Any]
) -> None:
    line = f"import a.csv b.csv --ticker A {words} --inputs {inputs}"
    called = reached(monkeypatch, "reportgen.intake.imports.bring", line)
    files, asked, ticker = called.said
    assert (files, ticker) == ((Path("a.csv"), Path("b.csv")), "A")
    assert isinstance(asked, Import)
    assert (asked.how is not None) is ("how" in expected)
    assert (asked.listed["A"].cik, asked.zone, asked.inputs) == (7, "Asia/Tokyo", inputs)
    told = {"today": TODAY, "since": None, "metrics": (), "basis": None, "late": False}
    told |= {"published": None, "kind": "", "only": ()} | expected
    assert {name: getattr(asked, name) for name in told if name != "how"} == {
        name: value for name, value in told.items() if name != "how"
    }


def test_a_map_says_what_its_files_hold(inputs: Path) -> None:
    both = run("import", "a.csv", "--map", "pts", "--as", "closes", "--inputs", inputs)
    assert both.exit_code == 2
    assert "--as: a map says what its files hold; leave out one of the two" in both.stderr


def test_the_words_of_a_new_pack_say_what_it_begins_with(
    monkeypatch: pytest.MonkeyPatch, inputs: Path
) -> None:
    words = f"new A --from a.csv b.csv --benchmark X --peer P --peer Q --inputs {inputs}"
    of = reached(monkeypatch, "reportgen.intake.new_pack.start", words).said[0]
    assert isinstance(of, Start)
    assert (of.ticker, of.files) == ("A", (Path("a.csv"), Path("b.csv")))
    assert (of.benchmark, of.peers, of.asked.basis, of.asked.how) == ("X", ("P", "Q"), None, None)
    assert (of.asked.today, of.asked.inputs, of.asked.zone) == (TODAY, inputs, "Asia/Tokyo")
    more = reached(
        monkeypatch,
        "reportgen.intake.new_pack.start",
        f"{words} --map pts --closes as-traded",
    ).said[0]
    assert isinstance(more, Start)
    assert (more.asked.basis, more.asked.how is None) == (Basis.AS_TRADED, False)


@pytest.mark.parametrize(
    ("words", "decided", "said", "dry"),
    [
        ("--accept", Decision(frozenset("*")), Remark("", ""), False),
        ("--accept k l", Decision(frozenset("kl")), Remark("", ""), False),
        ("k --ours --dry-run", Decision(ours=frozenset("*k")), Remark("", ""), True),
        (
            "--accept k --ours l --theirs m --author me --reason why",
            Decision(frozenset("k"), frozenset("l"), frozenset("m")),
            Remark("me", "why"),
            False,
        ),
        (
            "--theirs k --expires 2025-12-31 --published 2025-11-30",
            Decision(theirs=frozenset("k")),
            Remark("", "", date(2025, 12, 31), DAY),
            False,
        ),
    ],
)
def test_the_words_of_a_review_decide_what_is_taken_home(
    monkeypatch: pytest.MonkeyPatch, words: str, decided: Decision, said: Remark, *, dry: bool
) -> None:
    monkeypatch.setattr("reportgen.review", lambda *_, **__: "found")
    called = reached(monkeypatch, "reportgen.reviews.session.settle", f"review a.xlsx {words}")
    assert (called.said, called.named) == (("found", decided, said, INPUTS), {"dry_run": dry})


def test_a_review_that_decides_nothing_only_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.review", lambda *_, **__: "found")
    called = reached(
        monkeypatch, "reportgen.reviews.session.look", "review a.xlsx --author me --inputs i"
    )
    assert called.said == ("found", Remark("me", ""), Path("i"))


@pytest.mark.parametrize(
    "words",
    [
        *("--unverified", "--ticker A", "--as-of 2025-11-30", "--ticker A --as-of 2025-11-30"),
        *("--unverified --ticker A", "--unverified --as-of 2025-11-30"),
    ],
)
def test_what_was_issued_unverified_is_named_by_company_and_day(words: str) -> None:
    asked = run("review", "a.xlsx", *words.split())
    assert asked.exit_code == 2
    assert "--unverified, --ticker and --as-of go together" in asked.stderr


@pytest.mark.parametrize("words", ["k", "k --accept --theirs"])
def test_keys_that_follow_no_option_are_refused(words: str) -> None:
    asked = run("review", "a.xlsx", *words.split())
    assert asked.exit_code == 2
    assert '"k" follows no option, or more than one of' in asked.stderr


def test_the_words_of_a_fetch_say_of_whom_and_what(
    monkeypatch: pytest.MonkeyPatch, inputs: Path
) -> None:
    monkeypatch.setenv("REPORTGEN_CONTACT", "Acme jane@acme.example")
    line = f"fetch A --to d --inputs {inputs} --from sec"
    plan, webs, *_ = reached(monkeypatch, "reportgen.intake.answers.fetch", line).said
    told: Any = plan
    assert (told.services, told.inputs, told.folder) == (("sec",), inputs, Path("d"))
    assert {name: one.cik for name, one in told.listed.items()} == {"A": 7}
    asked: Any = webs
    assert asked.yahoo is None
    monkeypatch.setattr("reportgen.intake.yahoo_web.Yahoo.__init__", lambda _: None)
    asked = reached(monkeypatch, "reportgen.intake.answers.fetch", f"{line},yahoo").said[1]
    assert asked.yahoo is not None
