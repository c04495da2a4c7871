"""What is decided of edits, and the rows that this adds, each rule at its edge."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from reportgen.errors import ReportgenError
from reportgen.expr.nodes import Dim, Line, Unit
from reportgen.facts.reading.schema import COMPANY_TABLES
from reportgen.facts.rows import Claim, Close, Fundamental, Override, PackRows, Product, Target
from reportgen.reviews import effect
from reportgen.reviews.acceptance import Decision, is_read, misread, plan, taken_back
from reportgen.reviews.current_inputs import Ours, against
from reportgen.reviews.json import as_json
from reportgen.reviews.plausible import with_doubt
from reportgen.reviews.readings import read_row, spelling_of
from reportgen.reviews.records import Change, Edit, EditKind, Remark, State
from tests.golden.kept import DOCUMENTS, other_lines
from tests.reviews import made_up

if TYPE_CHECKING:
    from reportgen.model.case.record import Case
    from reportgen.values import Value


AS_OF, EARLY, LATE = date(2025, 11, 30), date(2025, 11, 1), date(2025, 12, 5)


NUMBER, DAY = Line("n", "N", Unit.RATIO, ()), Line("d", "D", Unit.DATE, ())


NOBODY, POON = Remark(), Remark("J. Poon", "visit", date(2026, 3, 1))


def test_reviews_are_told_as_was_agreed() -> None:
    """`python -m tests.golden.prints` writes them anew."""
    for name, text in made_up.texts().items():
        assert not other_lines(DOCUMENTS / name, text)


def test_a_number_that_json_does_not_know_is_never_written() -> None:
    odd = made_up.settled(replace(made_up.ONE, edits=(edit(theirs=math.nan),)))
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_json(odd)


def edit(kind: EditKind = EditKind.OVERRIDE, state: State = State.NEW, **more: object) -> Edit:
    made = made_up.edit("growth", kind, state, changes=(Change(NUMBER, (), 0.25),))
    return replace(made, **more)


@pytest.mark.parametrize(
    ("issued", "theirs", "unit", "doubt"),
    [
        (0.1, 1.0, "ratio", "1 is 100 %; for 1 % type 1%, or 0.01"),
        (0.1, -25.0, "ratio", "-25 is -2,500 %; for -25 % type -25%, or -0.25"),
        (0.1, 0.99, "ratio", ""),
        (0.01, 0.6, "ratio", ""),
        (-0.2, 1.5, "ratio", ""),
        (-0.2, 2.0, "ratio", "2 is 200 %; for 2 % type 2%, or 0.02"),
        (0.0, 1.0, "ratio", "1 is 100 %; for 1 % type 1%, or 0.01"),
        (100.0, 5_000.0, "CNY m", "it is 50 times what was issued: mind the unit, CNY m"),
        (100.0, -5_000.0, "", "it is 50 times what was issued: mind the unit"),
        (100.0, 4_999.0, "CNY m", ""),
        (100.0, 2.0, "CNY m", "it is 1 / 50 of what was issued: mind the unit, CNY m"),
        (100.0, 2.1, "CNY m", ""),
        (100.0, 0.0, "CNY m", ""),
        (0.0, 100.0, "CNY m", ""),
    ],
)
def test_a_likely_slip_is_told(issued: float, theirs: float, unit: str, doubt: str) -> None:
    typed = edit(issued=issued, theirs=theirs, unit=unit, note="said")
    assert with_doubt(typed).note == (f"{doubt}; said" if doubt else "said")
    assert with_doubt(replace(typed, kind=EditKind.INPUT)).note == with_doubt(typed).note
    for other in (
        replace(typed, kind=EditKind.CLEARED),
        replace(typed, issued=None),
        replace(typed, theirs="x"),
    ):
        assert with_doubt(other) == other


def said(
    day: date, value: float = 0.2, revokes: str = "", key: str = "growth", author: str = ""
) -> Override:
    return Override(day, key, value, "", None, revokes, author, "", 2)


NOTHING = PackRows()


def ours(rows: PackRows = NOTHING, **live: float) -> Ours:
    """Our inputs, with an input besides those that are named."""
    stands = {"growth": 0.1, **live}
    return Ours(
        stands,
        dict(stands),
        rows,
        frozenset({"Filing-1", "filing-2"}),
        {"Annual report": "filing-2"},
        cast("Case", None),
        AS_OF,
    )


EVERYTHING = Decision(frozenset({"*"}))


ROW = {
    "published": None,
    "broker": "Citi",
    "target": 200.0,
    "source": None,
    "note": None,
}


TARGET = edit(EditKind.ROW, key="target[+1]", table="targets", cells=ROW)


def row(**cells: Value) -> Edit:
    return replace(TARGET, cells={**ROW, **cells})


def override(**cells: str) -> dict[str, str]:
    usual = dict.fromkeys(("value", "expires", "revokes", "author", "reason"), "")
    mine = {"author": "J. Poon", "reason": "visit", "expires": "2026-03-01", "value": "0.25"}
    return {"published": "2025-11-30", "key": "growth", **usual, **mine, **cells}


def target(**cells: str) -> dict[str, str]:
    usual = {"published": "2025-11-30", "broker": "Citi", "target": "200"}
    return {**usual, "source": "analyst-j-poon", "note": "visit", **cells}


def source(**cells: str) -> dict[str, str]:
    usual = {"id": "analyst-j-poon", "title": "Judgement of J. Poon"}
    return {**usual, "publisher": "J. Poon", "tier": "assumption", **cells}


UNVERIFIED = "unverified: from a returned file, the issued one not at hand"


BESIDE = Remark("A. Nalyst", "=backlog\ndoubled", date(2026, 6, 30), EARLY)


# Edits, what is said with them, our overrides, whether the issue is at hand; the rows by their file
ROWS: dict[
    str, tuple[list[Edit], Remark, list[Override], bool, dict[str, list[dict[str, str]]]]
] = {
    "what the command says": ([edit()], POON, [], True, {"overrides": [override()]}),
    "what stands beside it goes before": (
        [edit(remark=BESIDE)],
        POON,
        [],
        True,
        {
            "overrides": [
                override(
                    published="2025-11-01",
                    expires="2026-06-30",
                    author="A. Nalyst",
                    reason="=backlog doubled",
                )
            ]
        },
    ),
    "but for the day": (
        [edit(remark=BESIDE._replace(reason="so"))],
        POON._replace(published=LATE),
        [],
        True,
        {
            "overrides": [
                override(
                    published="2025-12-05",
                    expires="2026-06-30",
                    author="A. Nalyst",
                    reason="so",
                )
            ]
        },
    ),
    "an override of the same day is corrected": (
        [edit()],
        POON,
        [said(AS_OF), said(EARLY)],
        True,
        {"overrides": [override(revokes="2025-11-30")]},
    ),
    "one of another day is not": (
        [edit()],
        POON,
        [said(EARLY), said(AS_OF, key="other")],
        True,
        {"overrides": [override()]},
    ),
    "withdrawn": (
        [edit(EditKind.WITHDRAWN)],
        POON,
        [said(EARLY)],
        True,
        {"overrides": [override(value="", expires="", revokes="2025-11-01")]},
    ),
    "withdrawn, said on two days": (
        [edit(EditKind.WITHDRAWN)],
        POON,
        [said(EARLY), said(AS_OF)],
        True,
        {"overrides": [override(value="", expires="", revokes="all")]},
    ),
    "withdrawn, of which one is taken back already": (
        [edit(EditKind.WITHDRAWN)],
        POON,
        [said(EARLY), said(AS_OF), said(LATE, math.nan, "2025-11-01")],
        True,
        {"overrides": [override(value="", expires="", revokes="2025-11-30")]},
    ),
    "unverified": (
        [edit(), edit(key="pe", remark=Remark("B", " "))],
        Remark("J. Poon"),
        [],
        False,
        {
            "overrides": [
                override(expires="", reason=UNVERIFIED),
                override(key="pe", expires="", author="B", reason=UNVERIFIED),
            ]
        },
    ),
    "a row, and what it cites": (
        [row(), row(broker="UBS", published="2025-11-02", note="=so")],
        POON,
        [],
        True,
        {
            "sources": [source()],
            "targets": [target(), target(broker="UBS", published="2025-11-02", note="=so")],
        },
    ),
    "a row whose day is said with it": (
        [row()],
        POON._replace(published=LATE),
        [],
        True,
        {"sources": [source()], "targets": [target(published="2025-12-05")]},
    ),
    "sources that are known, by id, title, and as an id": (
        [row(source="filing-1"), row(source="ANNUAL report"), row(source="Filing 1")],
        POON,
        [],
        True,
        {"targets": [target(source="Filing-1"), target(source="filing-2"),
                     target(source="Filing-1")]},
    ),
    "a source that is new, cited twice": (
        [row(source="Visit, October"), row(source="visit  october")],
        POON,
        [],
        True,
        {
            "sources": [source(id="visit-october", title="Visit, October")],
            "targets": [target(source="visit-october")] * 2,
        },
    ),
    "a row, unverified": (
        [row()],
        POON,
        [],
        False,
        {
            "sources": [
                source(
                    id="analyst-j-poon-unverified", title=f"Judgement of J. Poon; {UNVERIFIED}"
                )
            ],
            "targets": [target(source="analyst-j-poon-unverified")],
        },
    ),
    "signed beside it alone": (
        [edit(remark=BESIDE), replace(row(), remark=BESIDE)],
        NOBODY,
        [],
        True,
        {
            "sources": [
                source(
                    id="analyst-a-nalyst", title="Judgement of A. Nalyst", publisher="A. Nalyst"
                )
            ],
            "targets": [target(source="analyst-a-nalyst", note="")],
            "overrides": [
                override(
                    published="2025-11-01",
                    expires="2026-06-30",
                    author="A. Nalyst",
                    reason="=backlog doubled",
                )
            ],
        },
    ),
    "of an author without a letter": (
        [row()],
        Remark("..."),
        [],
        True,
        {
            "sources": [source(id="analyst-unnamed", title="Judgement of ...", publisher="...")],
            "targets": [target(source="analyst-unnamed", note="")],
        },
    ),
    "a source that was described, cited by its title": (
        [
            row(source="the visit"),
            replace(TARGET, table="sources", cells={"id": "visit-1", "title": "The visit"}),
        ],
        POON,
        [],
        True,
        {
            "sources": [{"id": "visit-1", "title": "The visit"}],
            "targets": [target(source="visit-1")],
        },
    ),
    "a source that was described, unverified": (
        [replace(TARGET, table="sources", cells={"id": "visit-1", "title": None})],
        POON,
        [],
        False,
        {"sources": [{"id": "visit-1", "title": UNVERIFIED}]},
    ),
    "closes": (
        [
            replace(TARGET, table=table, cells={"date": "2025-11-28", "close": close})
            for table, close in (("prices", 158.0), ("benchmark", 25.5), ("prices", 1e-7))
        ],
        POON,
        [],
        True,
        {
            "prices": [
                {"Date": "2025-11-28", "Close": "158"},
                {"Date": "2025-11-28", "Close": "1e-07"},
            ],
            "benchmark": [{"Date": "2025-11-28", "Close": "25.5"}],
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("edits", "remark", "standing", "verified", "rows"), ROWS.values(), ids=ROWS
)
def test_edits_become_rows(
    edits: list[Edit],
    remark: Remark,
    standing: list[Override],
    rows: dict[str, list[dict[str, str]]],
    *,
    verified: bool,
) -> None:
    known = ours(PackRows(overrides=tuple(standing)))
    made = plan(edits, EVERYTHING, remark, AS_OF, known, is_verified=verified)
    assert {one.table: list(one.rows) for one in made.additions} == rows
    assert made.accepted == tuple(edits)


def test_what_is_cited_is_added_before_what_cites_it() -> None:
    edits = [edit(), row(), replace(TARGET, table="claims", cells={**ROW, "key": "pe"})]
    made = plan(edits, EVERYTHING, POON, AS_OF, ours(), is_verified=True)
    assert [one.table for one in made.additions] == ["sources", "targets", "claims", "overrides"]


BY = "say who with --author, or in the column beside the override"


# A decision; the edits that are accepted, those kept as ours, those left, by their keys
EDITS = (
    edit(key="new"),
    edit(key="conflict", state=State.CONFLICT),
    edit(key="same", state=State.SAME),
    edit(EditKind.CLEARED, key="listed", state=State.LISTED),
    edit(EditKind.CONTROL, key="view", state=State.VIEW),
    edit(key="endless", remark=Remark(unread="until 'soon', which is no day")),
    edit(EditKind.MASKED, key="masked", state=State.LISTED, note="the override stands"),
)


@pytest.mark.parametrize(
    ("decision", "expires", "accepted", "kept", "left"),
    [
        (Decision(), None, "", "", "new conflict listed endless masked"),
        (EVERYTHING, None, "new", "", "conflict listed endless masked"),
        (EVERYTHING, LATE, "new endless", "", "conflict listed masked"),
        (Decision(frozenset({"endless"})), LATE, "endless", "", "new conflict listed masked"),
        (Decision(frozenset({"new"})), None, "new", "", "conflict listed endless masked"),
        (Decision(frozenset({"conflict"})), None, "", "", "new conflict listed endless masked"),
        (Decision(ours=frozenset({"*"})), None, "", "conflict", "new listed endless masked"),
        (Decision(theirs=frozenset({"*"})), None, "conflict", "", "new listed endless masked"),
        (Decision(theirs=frozenset({"new"})), None, "", "", "new conflict listed endless masked"),
        (
            Decision(ours=frozenset({"conflict", "new"})),
            None,
            "",
            "conflict",
            "new listed endless masked",
        ),
    ],
)
def test_each_edit_goes_the_way_that_was_decided(
    decision: Decision, expires: date | None, accepted: str, kept: str, left: str
) -> None:
    made = plan(EDITS, decision, POON._replace(expires=expires), AS_OF, ours(), is_verified=True)
    found = [" ".join(one.key for one in part) for part in (made.accepted, made.settled, made.left)]
    assert found == [accepted, kept, left]


@pytest.mark.parametrize(
    ("decision", "remark", "told"),
    [
        (Decision(frozenset({"neww"})), POON, '"neww" was not edited; did you mean new?'),
        (
            Decision(theirs=frozenset({"qqqqqqq"})),
            POON,
            '"qqqqqqq" was not edited; the review names the keys that were edited',
        ),
        (
            Decision(frozenset({"listed"})),
            POON,
            "listed: input cleared: cannot be accepted: it is a way of looking at the same inputs",
        ),
        (
            Decision(frozenset({"view"})),
            POON,
            "view: control changed: cannot be accepted: it is a way of looking at the same inputs",
        ),
        (
            Decision(frozenset({"masked"})),
            POON,
            "masked: input typed over beneath an override: cannot be accepted: the override stands",
        ),
        (
            Decision(frozenset({"endless"})),
            POON._replace(expires=None),
            "endless: until 'soon', which is no day",
        ),
        (
            Decision(ours=frozenset({"new", "conflict"}), theirs=frozenset({"new", "conflict"})),
            POON,
            "conflict: --ours and --theirs at once; choose one",
        ),
        (
            Decision(frozenset({"new"}), theirs=frozenset({"conflict"})),
            Remark(),
            f"nobody signs new, conflict: {BY}",
        ),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_refused(
    decision: Decision, remark: Remark, told: str
) -> None:
    with pytest.raises(ReportgenError, match=f"^{re.escape(told)}$"):
        plan(EDITS, decision, remark, AS_OF, ours(), is_verified=True)


def test_a_revocation_names_the_day_of_what_it_takes_back_or_all() -> None:
    assert taken_back([said(EARLY), said(EARLY)]) == "2025-11-01"
    assert taken_back([said(EARLY), said(AS_OF)]) == "all"


TOLD = ours(
    PackRows(
        targets=(
            Target(EARLY, "Citi", 200.0, "USD", "ordinary", 12.0, "broker", "", "s", 2),
            Target(EARLY, "UBS", 180.0, "USD", "listed", 12.0, "broker", "", "s", 3),
        ),
        products=(
            Product("Acme", "Lens", "", 300.0, "USD", "US", "", None, EARLY, "s", "", 2),
            Product("Acme", "Lens", "Pro", 500.0, "USD", "US", "", None, EARLY, "s", "", 3),
        ),
        claims=(Claim("pe", "", 20.0, "multiple", "", None, EARLY, "s", "", "", 2),),
        fundamentals=(
            Fundamental(EARLY, "FY2025", "group", "revenue", 9.0, "", 0, "", AS_OF, "s", "", 2),
        ),
        prices=(Close(EARLY, 150.0, 2),),
        benchmark=(Close(EARLY, 25.0, 2),),
        overrides=(said(EARLY, 0.3), said(date(2025, 11, 9), 0.31), said(AS_OF, 0.35)),
    ),
    growth=0.2,
)


CITI = {"broker": "CITI", "line": "Ords", "published": "2025-11-01", "currency": "USD"}


LENS = {"vendor": "Acme", "product": "Lens", "currency": "USD", "published": "2025-11-01"}


RESULT = {"segment": "group", "metric": "revenue", "period": "FY2025", "published": None}


@pytest.mark.parametrize(
    ("table", "cells", "theirs", "state", "stands"),
    [
        ("targets", CITI, 200.0, State.SAME, 200.0),
        ("targets", CITI, 210.0, State.LISTED, 200.0),
        ("targets", {**CITI, "published": None}, 210.0, State.LISTED, 200.0),
        ("targets", {**CITI, "published": "2025-11-02"}, 210.0, State.NEW, 0.1),
        ("targets", {**CITI, "line": None}, 210.0, State.NEW, 0.1),
        ("targets", {**CITI, "currency": "HKD"}, 200.0, State.NEW, 0.1),
        ("targets", {**CITI, "broker": "UBS"}, 180.0, State.NEW, 0.1),
        ("targets", {**CITI, "broker": "UBS", "line": None}, 180.0, State.SAME, 180.0),
        ("targets", {**CITI, "broker": "UBS", "line": "ADS"}, 190.0, State.LISTED, 180.0),
        ("products", LENS, 300.0, State.SAME, 300.0),
        ("products", {**LENS, "variant": ""}, 310.0, State.NEW, 0.1),
        ("products", {**LENS, "variant": "Pro"}, 500.0, State.SAME, 500.0),
        ("products", {**LENS, "variant": "Pro"}, 300.0, State.NEW, 0.1),
        ("claims", {"key": "pe", "unit": "multiple"}, 20.0, State.SAME, 20.0),
        ("claims", {"key": "pe", "unit": "multiple"}, 21.0, State.NEW, 0.1),
        ("fundamentals", RESULT, 9.0, State.SAME, 9.0),
        ("fundamentals", RESULT, 8.0, State.LISTED, 9.0),
        ("prices", {"date": "2025-11-01"}, 150.0, State.SAME, 150.0),
        ("prices", {"date": "2025-11-01"}, 151.0, State.LISTED, 150.0),
        ("prices", {"date": "2025-11-02"}, 150.0, State.NEW, 0.1),
        ("benchmark", {"date": "2025-11-01"}, 25.0, State.SAME, 25.0),
        ("benchmark", {"date": "2025-11-01"}, 26.0, State.LISTED, 25.0),
        ("sources", {"id": "FILING-1"}, "FILING-1", State.LISTED, 0.1),
        ("sources", {"id": "filing-3"}, "filing-3", State.NEW, 0.1),
    ],
)
def test_a_row_is_held_to_those_that_we_have(
    table: str, cells: dict[str, Value], theirs: Value, state: State, stands: float
) -> None:
    found = against(edit(EditKind.ROW, table=table, cells=cells, theirs=theirs), TOLD)
    assert (found.state, found.ours) == (state, stands)


@pytest.mark.parametrize(
    ("issued", "theirs", "key", "state", "stands"),
    [
        (0.1, 0.2, "growth", State.SAME, 0.2),
        (0.1, 0.2 * (1 + 1e-15), "growth", State.SAME, 0.2),
        (0.2, 0.25, "growth", State.NEW, 0.2),
        (0.1, 0.25, "growth", State.CONFLICT, 0.2),
        (0.1, 0.3, "growth", State.CONFLICT, 0.2),  # said, and something else since
        (0.1, 0.35, "growth", State.SAME, 0.2),  # said of a later day
        (0.1, 0.25, "gone", State.CONFLICT, 0.1),
    ],
)
def test_an_override_is_held_to_what_stands(
    issued: float, theirs: float, key: str, state: State, stands: float
) -> None:
    typed = edit(
        key=key,
        state=State.CONFLICT,
        issued=issued,
        theirs=theirs,
        changes=(Change(NUMBER, (), theirs),),
    )
    found = against(typed, TOLD)
    assert (found.state, found.ours) == (state, stands)
    assert against(typed, None) == replace(typed, state=State.NEW)
    listed = replace(typed, kind=EditKind.CLEARED)
    assert against(listed, TOLD) == replace(listed, ours=0.2 if key == "growth" else None)
    assert against(listed, None) == listed


def test_edits_are_weighed_in_layers_and_each_alone() -> None:
    kinds = [EDITS[4], EDITS[3], EDITS[0], EDITS[1], EDITS[2]]
    *together, one, two, _, _, five = effect.layers(kinds).tolist()
    assert together == [
        [False] * 5,
        [False, False, True, True, True],
        [False, True, True, True, True],
        [True] * 5,
    ]
    assert (one.index(True), two.index(True), five.index(True)) == (0, 1, 4)


def test_an_edit_of_a_member_that_our_inputs_have_no_more_does_nothing_today() -> None:
    dim = Dim("row")
    line = Line("l[{row}]", "L", Unit.RATIO, (dim,))
    issued, today = ({dim: names} for names in (("a", "b", "c"), ("x", "c", "a")))
    basis = effect.Basis(
        *(cast("Case", SimpleNamespace(members=members)) for members in (issued, today))
    )
    moved = [effect.in_today(Change(line, (at,), 1.0), basis) for at in range(3)]
    assert [one and one.index for one in moved] == [(2,), None, (1,)]


# What is typed into a row of targets, which cells are texts for figures, the texts of all new rows
# that settle days and numbers; what is read, told and refused
TYPED_ROW = {"broker": "  Citi  Research ", "target": 230.0, "currency": "USD"}


READ_ROW = {"broker": "Citi Research", "target": 230.0, "currency": "USD"}


ROWS_READ: dict[
    str, tuple[dict[str, Value], list[str], list[str], dict[str, Value], list[str], list[str]]
] = {
    "as it stands": ({"published": "2025-11-02", "kind": " "}, [], [], {}, [], []),
    "a number of another spelling": (
        {"target": "1.234,5"},
        [],
        ["1.234,5"],
        {"target": 1234.5},
        ['target "1.234,5" read as 1234.5'],
        [],
    ),
    "a text of two readings": (
        {"target": "258.686"},
        [],
        ["258.686"],
        {"target": "258.686"},
        [],
        [
            (
                'target: "258.686" can be read as 258.686 or 258686; type a number whose decimal'
                " sign is clear; write it without thousands separators, with a point"
            )
        ],
    ),
    "a number, whatever others are texts": (
        {"target": 258.686},
        [],
        ["1,5"],
        {"target": 258.686},
        ['target "258.686" read as 258.686'],
        [],
    ),
    "no number": (
        {"target": "much"},
        [],
        [],
        {"target": "much"},
        [],
        ['target: "much" is not a number; type the target price in the row\'s currency'],
    ),
    "a day of two readings": (
        {"published": "05/12/2025"},
        [],
        [],
        {"published": "05/12/2025"},
        [],
        [
            (
                'published: "05/12/2025" can be read as 2025-12-05 or 2025-05-12; type a day as'
                " YYYY-MM-DD; nothing in the file settles whether the day or the month comes first"
            )
        ],
    ),
    "a day that another one settles": (
        {"published": "05/12/2025"},
        ["13/12/2025"],
        [],
        {"published": "2025-12-05"},
        ['published "05/12/2025" read as 2025-12-05'],
        [],
    ),
}


@pytest.mark.parametrize(
    ("typed", "days", "numbers", "cells", "told", "faults"), ROWS_READ.values(), ids=ROWS_READ
)
def test_a_row_is_read_as_our_own_files_are(
    typed: dict[str, Value],
    days: list[str],
    numbers: list[str],
    cells: dict[str, Value],
    told: list[str],
    faults: list[str],
) -> None:
    (spec,) = (one for one in COMPANY_TABLES if one.name == "targets")
    found = read_row(
        spec, {**TYPED_ROW, **typed}, {"target", "published"}, spelling_of(days, numbers)
    )
    usual = dict.fromkeys((column.name for column in spec.columns), None)
    read = {"published": "2025-11-02"} if "published" in typed and "kind" in typed else {}
    assert found.cells == {**usual, **READ_ROW, **read, **cells}
    plain = [] if "target" in typed else ['target "230" read as 230']
    plain += ['published "2025-11-02" read as 2025-11-02'] if read else []
    assert sorted(found.readings) == sorted([*plain, *told])
    assert list(found.faults) == faults


KNOWN = TOLD.rows._replace(
    overrides=(
        said(EARLY, 0.3),
        said(AS_OF, 0.35),
        said(LATE, math.nan, "2025-11-30", author="B. Lee"),
    ),
    fundamentals=(
        TOLD.rows.fundamentals[0]._replace(scale=100.0, value=900.0),
        TOLD.rows.fundamentals[0]._replace(metric="eps", value=math.nan),
    ),
)


BY_HAND = (
    "would not be read as it is meant, because of how the file spells its other rows, or of"
    " another row of the same day; add it by hand, or choose another day with --published"
)


CLOSE_BY_HAND = (
    "because of the file's unit, its splits, or another close of that day; add it by hand"
)


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("targets", {"broker": "Citi", "published": "2025-11-01", "target": "200"}, ""),
        (
            "targets",
            {"broker": "Citi", "published": "2025-11-01", "target": "201"},
            f"targets.csv: the new row of Citi {BY_HAND}",
        ),
        (
            "targets",
            {"broker": "Citi", "published": "2025-11-02", "target": "200"},
            f"targets.csv: the new row of Citi {BY_HAND}",
        ),
        (
            "targets",
            {"broker": "City", "published": "2025-11-01", "target": "200"},
            f"targets.csv: the new row of City {BY_HAND}",
        ),
        ("products", {"product": "Lens", "published": "2025-11-01", "price": "500"}, ""),
        (
            "products",
            {"product": "Lens", "published": "2025-11-01", "price": "400"},
            f"products.csv: the new row of Lens {BY_HAND}",
        ),
        ("claims", {"key": "pe", "published": "2025-11-01", "value": "20"}, ""),
        (
            "claims",
            {"key": "pe", "published": "2025-11-01", "value": ""},
            f"claims.csv: the new row of pe {BY_HAND}",
        ),
        ("fundamentals", {"metric": "revenue", "published": "2025-11-30", "value": "9"}, ""),
        ("fundamentals", {"metric": "eps", "published": "2025-11-30", "value": ""}, ""),
        (
            "fundamentals",
            {"metric": "revenue", "published": "2025-11-30", "value": "900"},
            f"fundamentals.csv: the new row of revenue {BY_HAND}",
        ),
        ("prices", {"Date": "2025-11-01", "Close": "150"}, ""),
        (
            "prices",
            {"Date": "2025-11-01", "Close": "151"},
            f"prices: the close of 2025-11-01 would not be read as 151, {CLOSE_BY_HAND}",
        ),
        ("benchmark", {"Date": "2025-11-01", "Close": "25"}, ""),
        (
            "benchmark",
            {"Date": "2025-11-02", "Close": "25"},
            f"benchmark: the close of 2025-11-02 would not be read as 25, {CLOSE_BY_HAND}",
        ),
        ("overrides", {"key": "growth", "published": "2025-11-01", "value": "0.3"}, ""),
        ("overrides", {"key": "other", "published": "2025-11-01", "value": ""}, ""),
        (
            "overrides",
            {"key": "growth", "published": "2025-11-30", "value": "0.3"},
            f"overrides.csv: the new row of growth {BY_HAND}",
        ),
        (
            "overrides",
            {"key": "growth", "published": "2025-11-30", "value": ""},
            f"overrides.csv: the new row of growth {BY_HAND}",
        ),
    ],
)
def test_a_row_counts_only_where_it_is_read_as_it_was_meant(
    table: str, row: dict[str, str], told: str
) -> None:
    assert is_read(table, row, KNOWN) is not bool(told)
    if told:
        assert misread(table, row, KNOWN) == told


def test_what_a_revocation_of_a_later_row_takes_back_is_told_with_the_next_day() -> None:
    row = {"key": "growth", "published": "2025-12-05", "value": "0.4"}
    for author, by in (("B. Lee", " by B. Lee"), ("", "")):
        late = (said(LATE, 0.4), said(LATE, math.nan, "all", author=author))
        other = said(AS_OF, math.nan, "2025-11-01", author="Other")
        known = PackRows(overrides=(said(EARLY, 0.3), other, *late))
        assert not is_read("overrides", row, known)
        assert misread("overrides", row, known) == (
            f"overrides.csv: growth was revoked{by} on 2025-12-05, and that takes back what is"
            " published on 2025-12-05, too; accept it as known from a later day, for instance"
            " --published 2025-12-06"
        )


def test_a_day_after_both_is_named_where_the_revocation_came_first() -> None:
    rows = (said(AS_OF, math.nan, "2025-12-05", author="B. Lee"), said(LATE, 0.4))
    told = misread(
        "overrides",
        {"key": "growth", "published": "2025-12-05", "value": "0.4"},
        PackRows(overrides=rows),
    )
    assert told.startswith("overrides.csv: growth was revoked by B. Lee on 2025-11-30, and that")
    assert told.endswith("for instance --published 2025-12-06")
