"""What imports.yaml says wrongly of maps, every mistake at once; what the rest of it means."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.errors import InputErrors
from reportgen.intake.imports_file import imports_of
from reportgen.intake.maps.map_file import Map, Share, Taken, is_bare

LONG = "header: T, ticker: T, source: s"
TARGETS = f"table: targets, {LONG}, columns: {{broker: B, target: P, currency: C"
ACROSS = "table: fundamentals, across: P, ticker: T, source: s"
ROWS = f"{ACROSS}, currency: USD, unit: m, rows: {{Sales: revenue"
MISTAKEN = (
    f"{TARGETS}, brokre: D, zz: E}}",
    f"{TARGETS}}}, zz: E",
    f"table: targets, {LONG}, constants: {{broker: B}}",
    f"table: estimates, {LONG}, columns: {{value: V}}",
    f"table: estimates, {LONG}, columns: {{value: V}}, constants: {{metric: eps_ntm}}, unit: zn",
    f"table: products, {LONG}, columns: {{source: S}}",
    f"table: fundamentals, {LONG}, columns: {{metric: M, value: V}}, unit: m",
    f"table: fundamentals, {LONG}",
    f"table: peers, {LONG}",
    f"{TARGETS}}}, constants: {{currency: USD}}",
    f"{TARGETS}}}, rows: {{Sales: revenue}}, currency: USD, published: D",
    "table: targets, ticker: T, source: s",
    "table: targets, header: T, across: P, ticker: T, source: s",
    "table: targets, across: P, ticker: T, source: s, unit: m, currency: USD, rows: {S: target}",
    f"{ROWS}}}, columns: {{value: V}}",
    f"{ROWS}}}".replace("fundamentals", "peers"),
    f"{ROWS}}}".replace("table: fundamentals, ", ""),
    f"{ACROSS}, unit: count, rows: {{Shares: n, Sales: {{metric: revenue, unit: bn}}}}",
    f"{ACROSS}, currency: USD, unit: m",
    f"{ACROSS}, currency: USD, unit: m, rows: {{}}",
    f"{ACROSS}, currency: USD, unit: m, rows: ",
    f"{ACROSS}, currency: USD, unit: m, rows: [Sales]",
    f"{ACROSS}, currency: USD, rows: {{Sales: revenue}}",
    f"{ACROSS}, unit: m, rows: {{Sales: revenue}}",
    f"{ACROSS}, unit: USD m, rows: {{Sales: revenue, EPS: {{metric: eps, unit: share}}}}",
    f"{ROWS}, Costs: {{metric: capex, sign: 0}}, Count: {{metric: n, months: 9, line: x}}}}",
    f"{ROWS}, EPS: {{unit: USD zn}}, Two: [a, b]}}",
    f"{ROWS}}}, dates: YMD, months: 1",
    f"{ROWS}}}, tickers: {{A: {{line: ORD}}, B: {{ticker: C, line: odd, ratio: 2}}}}",
    "table: targets, header: T, source: a b",
    f"table: targets, header: T, ticker: T, source: {'s' * 61}",
)


def test_every_mistake_of_every_map_is_told_with_its_line() -> None:
    text = "maps:\n" + "".join(f"  m{at}: {{{how}}}\n" for at, how in enumerate(MISTAKEN))
    with pytest.raises(InputErrors) as raised:
        imports_of(text, "imports.yaml")
    found = "".join(f"{one}\n" for one in raised.value.problems)
    assert found == Path(__file__).with_name("mistakes.txt").read_text()


def map_of(how: str) -> Map:
    (found,) = imports_of(f"maps:\n  m: {{{how}}}\n", "imports.yaml").maps.values()
    return found


@pytest.mark.parametrize(
    "how",
    [
        f"table: estimates, {LONG}, columns: {{metric: M, value: V}}, constants: {{unit: USD}}",
        f'table: estimates, {LONG}, columns: {{value: V, metric: M}}, unit: "{{C}}/share"',
        f"table: fundamentals, {LONG}, columns: {{metric: M, value: V, period_end: E}}, unit: m",
        f"table: fundamentals, {LONG}, columns: {{metric: M, value: V, period: P}}, unit: USD m",
        f"{ACROSS}, unit: count, rows: {{Shares: shares_diluted}}",
        f'{ACROSS}, unit: "{{Ccy}} m", rows: {{Sales: revenue}}',
        f'{ACROSS}, unit: "USD {{Millions}}", rows: {{Sales: revenue}}',
        f"{ACROSS}, unit: USD m, rows: {{EPS: {{metric: eps, unit: USD/ADS}}}}",
        f"{TARGETS}}}".replace("source: s", f"source: {'s' * 60}"),
    ],
)
def test_a_map_that_lacks_nothing_is_read(how: str) -> None:
    assert map_of(how).name == "m"


def test_what_a_map_says_of_its_sheet_is_read() -> None:
    found = map_of(
        f"{ROWS}, EPS: {{metric: eps, unit: share, segment: cloud, months: 12, sign: +1}},"
        " Debt: {metric: net_cash, sign: -1, months: 0}}, sheet: One, published: Filed,"
        " asof: As of, dates: MDY, months: 6,"
        " tickers: {A: {ticker: B, line: listed}, C: {ticker: B}, D: B, E: {ticker: B, line: ADS}}"
    )
    assert found == Map(
        "m",
        "fundamentals",
        "s",
        across="P",
        sheet="One",
        ticker="T",
        tickers={
            "A": Share("B", "listed"),
            "C": Share("B"),
            "D": Share("B"),
            "E": Share("B", "listed"),
        },
        rows={
            "Sales": Taken("revenue"),
            "EPS": Taken("eps", 1, "share", "cloud", 12),
            "Debt": Taken("net_cash", -1, "", "", 0),
        },
        unit="m",
        currency="USD",
        published="Filed",
        asof="As of",
        dates="MDY",
        months=6,
    )
    assert (map_of(f"{TARGETS}}}, dates: DMY").dates, map_of(f"{TARGETS}}}").dates) == ("DMY", None)
    dated = f"{TARGETS}, published: D}}"
    assert [map_of(how).is_dated for how in (dated, f"{TARGETS}}}", f"{ROWS}}}")] == [
        *(True, False, False)
    ]
    assert found.is_dated
    assert map_of(f"{ROWS}}}").anchor == "P"


@pytest.mark.parametrize(
    ("unit", "is_so"),
    [
        *((unit, True) for unit in ("m", "bn", "k", "share", "ORD", "ADS", "listed")),
        *((unit, False) for unit in ("USD m", "USD", "ratio", "m shares", "USD/share", "x", "%")),
        *((unit, False) for unit in ("count", "{C}", "{C} m", "{C}/share")),
    ],
)
def test_a_unit_is_bare_where_it_says_how_money_is_stated_and_not_which(
    unit: str, *, is_so: bool
) -> None:
    assert is_bare(unit) is is_so
