"""Whatever somebody tries in the workbook, the headlines move the right way and no error shows.

The file is opened once by a program that knows only its formulas; each edit is typed there, looked
at and taken back.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reportgen.periods import serial
from reportgen.report.readback.workbook import open_report
from reportgen.xlsx.addresses import a1
from tests.support.formualizer_engine import OpenBook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.support.stored_cells import Value
    from tests.truth.conftest import Workshop
    from tests.truth.editing import Editor, Typed

UP, DOWN, SAME, LOST = "up", "down", "same", "n/a"
PACK = "baba"
_DAY = float(serial(date(2025, 11, 28)))


class Tried(NamedTuple):
    """What is typed, which way headlines go, and whether a check says FAIL."""

    typed: Mapping[str, Typed]
    goes: Mapping[str, str]
    fails: bool = False


def _override(name: str, value: Typed, *cases: str) -> dict[str, Typed]:
    return {f"assumption[{name},{case},].override": value for case in cases or ("all",)}


CASES = ("bear", "base", "bull")
TRIED = {
    "the cost of equity rises": Tried(
        _override("cost_of_equity", 0.13), {"stance.buy_below": DOWN, "base.value": UP}
    ),
    "the cost of equity falls": Tried(
        _override("cost_of_equity", 0.07), {"stance.buy_below": UP, "base.value": DOWN}
    ),
    "the cost of equity equals terminal growth": Tried(
        _override("cost_of_equity", 0.03),
        {"stance.buy_below": UP, "priced_in.g_needed[price]": LOST},
        fails=True,
    ),
    "the reporting currency falls": Tried({"fx[CNY].override": 9.0}, {"expected_value": DOWN}),
    "the reporting currency rises": Tried({"fx[CNY].override": 7.0}, {"expected_value": UP}),
    "earnings grow faster": Tried(
        _override("eps_growth", 0.5, *CASES), {"expected_value": UP, "bear.value": UP}
    ),
    "no multiple is paid": Tried(
        {
            **_override("pe_multiple", 0.0, *CASES),
            **{
                f"assumption[multiple,{case},{segment}].override": 0.0
                for case in CASES
                for segment in ("china_ecommerce", "cloud", "aidc", "all_others")
            },
        },
        {"expected_value": DOWN, "bear.value": DOWN, "stance.buy_below": DOWN},
    ),
    "no method has a weight": Tried(
        _override("weight_sotp", 0.0) | _override("weight_pe", 0.0),
        {"expected_value": LOST, "base.value": LOST, "stance.buy_below": LOST},
        fails=True,
    ),
    "probabilities do not sum to 1": Tried(
        _override("probability", 0.5, "bull"), {"base.value": SAME}, fails=True
    ),
    "a segment makes a loss": Tried(
        {"assumption[base_metric,all,china_ecommerce].override": -50_000.0},
        {"base.value": DOWN, "expected_value": DOWN},
    ),
    "the close is higher": Tried(
        {"close[2025-11-28].override": 200.0}, {"price": UP, "upside": DOWN, "base.value": SAME}
    ),
    "a target is typed into a spare row": Tried(
        {
            "target[+1].broker": "Newcomer",
            "target[+1].published": _DAY,
            "target[+1].issued": 400.0,
            "target[+1].currency": "USD",
            "target[+1].line": "ADS",
            "target[+1].horizon_months": 12.0,
            "target[+1].kind": "broker",
        },
        {"hype.consensus": UP, "hype.value": UP, "expected_value": SAME},
    ),
    "a close is typed below the last": Tried(
        {"close[+1].date": _DAY + 1, "close[+1].issued": 200.0},
        {"price": UP, "upside": DOWN, "base.value": SAME},
    ),
    "a close is typed for a day before the last": Tried(
        {"close[+1].date": _DAY - 1, "close[+1].issued": 157.6},
        {"base.value": SAME},
        fails=True,
    ),
    "a quarter is restated in a new row": Tried(
        {
            "fundamental[+1].segment": "group",
            "fundamental[+1].metric": "eps",
            "fundamental[+1].period": "FY2026-Q2",
            "fundamental[+1].period_end": float(serial(date(2025, 9, 30))),
            "fundamental[+1].issued": 9.9,
            "fundamental[+1].unit": "CNY/ADS",
            "fundamental[+1].published": _DAY,
        },
        {"eps_reference": UP, "base.value": UP},
    ),
    "a source is typed and a target cites it": Tried(
        {
            "source[+2]": "harbour-note",
            "source[+2].tier": "wire",
            "target[+1].broker": "Newcomer",
            "target[+1].published": _DAY,
            "target[+1].issued": 400.0,
            "target[+1].currency": "USD",
            "target[+1].kind": "broker",
            "target[+1].source": "harbour-note",
        },
        {"hype.consensus": UP, "hype.mean_reliability": UP, "expected_value": SAME},
    ),
    "a source is named a second time": Tried(
        {"source[+1]": "press-brokers", "source[+1].tier": "primary"},
        {"hype.mean_reliability": SAME, "base.value": SAME},
        fails=True,
    ),
    "an input is cleared": Tried(
        {"assumption[eps_growth,base,].issued": None},
        {"base.pe_12m": LOST, "bull.pe_12m": SAME},
        fails=True,
    ),
    "a text is pasted into an override": Tried(
        _override("cost_of_equity", "12%"), {"stance.buy_below": SAME}, fails=True
    ),
    "the bull is selected": Tried(
        {"control[scenario]": "bull"}, {"selected.value": UP, "base.value": SAME}
    ),
    "the bear is selected": Tried(
        {"control[scenario]": "bear"}, {"selected.value": DOWN, "expected_value": SAME}
    ),
    "a case is selected that is none": Tried(
        {"control[scenario]": "bullish"}, {"selected.value": SAME}, fails=True
    ),
}
WATCHED = sorted({key for tried in TRIED.values() for key in tried.goes} | {"checks.fail"})
UNREAD = ("Workings", "Registry")  # tabs that nobody has to read


class Tries:
    """A report opened once: what is typed there, and what the headlines are then."""

    def __init__(self, workshop: Workshop, editor: Editor) -> None:
        self._editor = editor
        self._book = OpenBook(workshop.report(PACK))
        listed = open_report(workshop.report(PACK)).listed
        places = [listed[key].place for key in WATCHED]
        self._at = [
            (place.sheet, a1(place.first_row, place.first_col)) for place in places if place
        ]
        self._read = [
            (sheet, at)
            for sheet, cells in workshop.cells(PACK).items()
            for at, cell in cells.items()
            if sheet not in UNREAD and cell.formula is not None
        ]
        self.before, _ = self._looked()

    def _looked(self) -> tuple[dict[str, Value], set[Value]]:
        """The headlines and the errors that people see now: asked at once, for each plans anew."""
        values = self._book.values([*self._at, *self._read])
        headlines = dict(zip(WATCHED, values, strict=False))
        return headlines, {value for value in values if str(value).startswith("#")}

    def after(self, typed: Mapping[str, Typed]) -> tuple[dict[str, Value], set[Value]]:
        """The headlines and the errors that people see after cells are typed over."""
        places = {key: self._editor.place(key) for key in typed}
        for key, value in typed.items():
            self._book.type(places[key], value)
        found = self._looked()
        for key, place in places.items():
            self._book.type(place, self._editor.typed(key))
        return found


@pytest.fixture(scope="module")
def tries(workshop: Workshop, editor: Callable[[str], Editor]) -> Tries:
    return Tries(workshop, editor(PACK))


@pytest.mark.parametrize("name", TRIED)
def test_the_headlines_move_the_right_way_and_no_cell_shows_an_error(
    name: str, tries: Tries
) -> None:
    tried = TRIED[name]
    found, errors = tries.after(tried.typed)
    goes = {key: _way(tries.before[key], found[key]) for key in tried.goes}
    assert goes == tried.goes
    assert (found["checks.fail"] != 0) is tried.fails
    assert errors == set()


def test_what_is_taken_back_leaves_no_trace(tries: Tries) -> None:
    tries.after(TRIED["no method has a weight"].typed)
    found, _ = tries.after({})
    assert found == tries.before


def _way(before: Value, after: Value) -> str:
    if not isinstance(after, float) or not isinstance(before, float):
        return str(after)
    return SAME if abs(after - before) < 1e-9 else UP if after > before else DOWN
