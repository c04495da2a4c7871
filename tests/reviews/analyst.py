"""What an analyst does to a report that was handed out, and what the review has to say of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.reviews.records import EditKind, State
from tests.support.hands import Job, Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.values import Value
    from reportgen.xlsx.compare.changes import WorkbookChange
    from tests.reviews.typing_in import Issue

GROWTH = "assumption[growth,bull,cloud]"
MULTIPLE = "assumption[pe_multiple,base,]"
COST = "assumption[cost_of_equity,all,]"
NET_CASH = "fundamental[group,net_cash,2025-09-30]"
ROBOTS = "assumption[multiple,base,robots]"
RENAMED = "What we think (v2)"
DAY = "2025-11-29"

TO_ACCEPT = (EditKind.OVERRIDE, State.NEW)
TYPED_OVER = (EditKind.INPUT, State.NEW)
ADDED = (EditKind.ROW, State.NEW)
VIEW = (EditKind.CONTROL, State.VIEW)
TARGET_ROW = {
    "target[+1].broker": "Harbour & Co",
    "target[+1].published": "2025-11-24",
    "target[+1].issued": "230",
    "target[+1].currency": "USD",
    "target[+1].line": "ADS",
    "target[+1].horizon_months": "12",
    "target[+1].kind": "broker",
}
PRODUCT_ROW = {
    "product[+1].vendor": "Alibaba",
    "product[+1].product": "Quark AI Glasses",
    "product[+1].variant": "S1",
    "product[+1].issued": "3999",
    "product[+1].currency": "CNY",
    "product[+1].market": "CN",
    "product[+1].qualifier": "'=",
    "product[+1].observed": DAY,
    "product[+1].published": DAY,
}
CLAIM_ROW = {
    "claim[+1].key": "market_size",
    "claim[+1].variant": "ai_glasses 2025",
    "claim[+1].issued": "3",
    "claim[+1].unit": "USD bn",
    "claim[+1].qualifier": "'=",
    "claim[+1].observed": DAY,
    "claim[+1].published": DAY,
    "claim[+1].source": "alibaba-6k-2025-09",
}
ROBOT_ROW = {
    "product[+1].vendor": "Dahan",
    "product[+1].product": "Homie",
    "product[+1].issued": "199000",
    "product[+1].currency": "JPY",
    "product[+1].observed": DAY,
    "product[+1].published": DAY,
}


RESULT_ROW = {
    "fundamental[+1].segment": "group",
    "fundamental[+1].metric": "eps",
    "fundamental[+1].period": "FY2026-Q2",
    "fundamental[+1].period_end": "2025-09-30",
    "fundamental[+1].issued": "9.9",
    "fundamental[+1].unit": "CNY/ADS",
    "fundamental[+1].published": DAY,
    "fundamental[+1].source": "alibaba-6k-2025-09",
}
CLOSE_ROWS = {
    "close[+1].date": DAY,
    "close[+1].issued": "170.5",
    "benchmark_close[+1].date": DAY,
    "benchmark_close[+1].issued": "39.25",
}
SOURCE_ROW = {
    "source[+1]": "harbour-note",
    "source[+1].title": "A visit to Harbour",
    "source[+1].tier": "wire",
    "source[+1].promotional": "1",
    "target[+1].source": "harbour-note",
}


class Told(NamedTuple):
    """What a review says of one edit."""

    kind: EditKind
    state: State
    place: str
    theirs: Value


class Session(NamedTuple):
    """What is done in one workbook: cells by key, steps of the hand before that, and what is told.

    `told` has kind and state by key, `values` what theirs is where it is not what was typed.
    `workbook` are the other changes. `moves` says that the model moves as the live cells do.
    """

    typed: Mapping[str, str | None]
    told: Mapping[str, tuple[EditKind, State]]
    values: Mapping[str, Value]
    pack: str = "BABA"
    steps: tuple[Step, ...] = ()
    workbook: tuple[tuple[str, str, str], ...] = ()
    moves: bool = True

    @property
    def is_acceptable(self) -> bool:
        """Whether anything of it can be brought home."""
        return State.NEW in {state for _, state in self.told.values()}

    @property
    def is_plain(self) -> bool:
        """Whether only cells were typed into, which any program can do."""
        return {step.action for step in self.steps} <= {"comment", "format"}

    def job(self, issue: Issue, target: Path) -> Job:
        """Return what a hand has to do with the issued report."""
        return Job(issue.path, (*self.steps, *self._typing(issue)), target)

    def place(self, key: str, issue: Issue) -> str:
        """Return where an edited cell stands after the steps, as a review names it."""
        sheet, at = self._moved(*issue.spot(key))
        return f"'{sheet}'!{at}" if re.search(r"\W", sheet) else f"{sheet}!{at}"

    def _typing(self, issue: Issue) -> tuple[Step, ...]:
        return tuple(
            Step("clear", *self._moved(*issue.spot(key)))
            if value is None
            else Step("type", *self._moved(*issue.spot(key)), value)
            for key, value in self.typed.items()
        )

    def _moved(self, sheet: str, at: str) -> tuple[str, str]:
        """Return where a person finds a cell again once rows were inserted and tabs renamed."""
        letters = at.rstrip("0123456789")
        row = int(at.removeprefix(letters))
        for step in self.steps:
            if step.action == "insert row" and step.sheet == sheet and int(step.at) <= row:
                row += 1
            elif step.action == "rename" and step.sheet == sheet:
                sheet = step.value
        return sheet, f"{letters}{row}"


def other_changes(changes: tuple[WorkbookChange, ...]) -> tuple[tuple[str, str, str], ...]:
    """Return the changes of the workbook itself: kind, tab and place."""
    return tuple((change.kind.value, change.sheet, change.place) for change in changes)


SESSIONS: Mapping[str, Session] = {
    "overrides and inputs": Session(
        {
            f"{GROWTH}.override": "40%",
            f"{GROWTH}@author": "A. Nalyst",
            f"{GROWTH}@reason": "backlog doubled",
            f"{GROWTH}@expires": "2026-06-30",
            f"{COST}.override": "0.095",
            f"{COST}@author": "A. Nalyst",
            f"{COST}@expires": "'2026-03-31",
            f"{MULTIPLE}.issued": "20",
            f"{NET_CASH}.override": "300000",
            "company.launch.date.override": "2025-10-28",
        },
        {
            GROWTH: TO_ACCEPT,
            COST: TO_ACCEPT,
            MULTIPLE: TYPED_OVER,
            NET_CASH: TO_ACCEPT,
            "company.launch.date": TO_ACCEPT,
        },
        {
            GROWTH: 0.4,
            COST: 0.095,
            MULTIPLE: 20.0,
            NET_CASH: 300_000.0,
            "company.launch.date": "2025-10-28",
        },
    ),
    "rows in spare rows": Session(
        {**TARGET_ROW, **PRODUCT_ROW, **CLAIM_ROW},
        {"target[+1]": ADDED, "product[+1]": ADDED, "claim[+1]": ADDED},
        {"target[+1]": 230.0, "product[+1]": 3_999.0, "claim[+1]": 3.0},
    ),
    "closes, a result, a source and what cites it in spare rows": Session(
        {**CLOSE_ROWS, **RESULT_ROW, **TARGET_ROW, **SOURCE_ROW},
        dict.fromkeys(
            ("close[+1]", "benchmark_close[+1]", "fundamental[+1]", "target[+1]", "source[+1]"),
            ADDED,
        ),
        {
            "close[+1]": 170.5,
            "benchmark_close[+1]": 39.25,
            "fundamental[+1]": 9.9,
            "target[+1]": 230.0,
            "source[+1]": "harbour-note",
        },
    ),
    "ways of looking": Session(
        {
            "control[stakes]": "0",
            "control[scenario]": "bull",
            "assumption[hype_switch_runup,all,].override": "0",
            "as_of.override": "2025-11-15",
        },
        dict.fromkeys(
            ("control[stakes]", "control[scenario]", "assumption[hype_switch_runup,all,]", "as_of"),
            VIEW,
        ),
        {
            "control[stakes]": 0.0,
            "control[scenario]": "bull",
            "assumption[hype_switch_runup,all,]": 0.0,
            "as_of": "2025-11-15",
        },
    ),
    "what is never taken over": Session(
        {
            f"{GROWTH}.override": "=0.3+0.1",
            f"{MULTIPLE}.override": "'about 20",
            f"{COST}.issued": None,
            "expected_value": "200",
        },
        {
            GROWTH: (EditKind.FORMULA_TYPED, State.LISTED),
            MULTIPLE: (EditKind.NOT_A_NUMBER, State.LISTED),
            COST: (EditKind.CLEARED, State.LISTED),
            "expected_value": (EditKind.HARDCODED, State.LISTED),
        },
        {GROWTH: "=0.3+0.1", MULTIPLE: "about 20", COST: None, "expected_value": 200.0},
        moves=False,
    ),
    "rows inserted above and within": Session(
        {f"{GROWTH}.override": "0.4", **TARGET_ROW},
        {GROWTH: TO_ACCEPT, "target[+1]": ADDED},
        {GROWTH: 0.4, "target[+1]": 230.0},
        steps=(
            Step("insert row", "Inputs", "10"),
            Step("insert row", "Prices & targets", "33"),
            Step("insert row", "Prices & targets", "37"),
        ),
        workbook=(
            ("row inserted", "Prices & targets", "33:33"),
            ("row inserted", "Prices & targets", "37:37"),
            ("row inserted", "Inputs", "10:10"),
        ),
    ),
    "a tab renamed, one moved, a comment, a format": Session(
        {f"{GROWTH}.override": "0.4", f"{MULTIPLE}.issued": "20"},
        {GROWTH: TO_ACCEPT, MULTIPLE: TYPED_OVER},
        {GROWTH: 0.4, MULTIPLE: 20.0},
        steps=(
            Step("comment", "Summary", "A1", "too rosy"),
            Step("format", "Inputs", "C64", "0.00"),
            Step("rename", "Inputs", "", RENAMED),
            Step("move", "Checks", "", "2"),
        ),
        workbook=(
            ("sheet renamed", RENAMED, ""),
            ("sheet moved", "Checks", ""),
            ("comment", "Summary", "A1"),
        ),
    ),
    "rows inserted, a tab renamed, one moved, a comment, a format": Session(
        {f"{GROWTH}.override": "0.4", f"{MULTIPLE}.issued": "20", **TARGET_ROW, **CLOSE_ROWS},
        {
            GROWTH: TO_ACCEPT,
            MULTIPLE: TYPED_OVER,
            **dict.fromkeys(("target[+1]", "close[+1]", "benchmark_close[+1]"), ADDED),
        },
        {
            GROWTH: 0.4,
            MULTIPLE: 20.0,
            "target[+1]": 230.0,
            "close[+1]": 170.5,
            "benchmark_close[+1]": 39.25,
        },
        steps=(
            Step("comment", "Summary", "A1", "too rosy"),
            Step("format", "Inputs", "C64", "0.00"),
            Step("insert row", "Inputs", "10"),
            Step("insert row", "Prices & targets", "33"),
            Step("insert row", "Prices & targets", "37"),
            Step("rename", "Inputs", "", RENAMED),
            Step("move", "Checks", "", "2"),
        ),
        workbook=(
            ("sheet renamed", RENAMED, ""),
            ("sheet moved", "Checks", ""),
            ("comment", "Summary", "A1"),
            ("row inserted", "Prices & targets", "33:33"),
            ("row inserted", "Prices & targets", "37:37"),
            ("row inserted", RENAMED, "10:10"),
        ),
    ),
    "an override cleared, a price added": Session(
        {f"{ROBOTS}.override": None, **ROBOT_ROW},
        {ROBOTS: (EditKind.WITHDRAWN, State.NEW), "product[+1]": ADDED},
        {ROBOTS: 3.5, "product[+1]": 199_000.0},
        pack="6799",
        steps=(Step("comment", "Inputs", "A1", "先月の値に戻す"),),
        workbook=(("comment", "Inputs", "A1"),),
    ),
}
