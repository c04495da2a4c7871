"""A diff as the forms are given it, with what a real one seldom holds all at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from reportgen.attribution.records import Bar, Bridge
from reportgen.differences.records import (
    CheckChange,
    End,
    FactChange,
    Headline,
    InputChange,
    NumberChange,
    ReportDiff,
    Unreproduced,
)
from reportgen.xlsx.compare.changes import ChangeKind, WorkbookChange

SHARE = "USD per share"
OLD_DAY, NEW_DAY = date(2025, 10, 31), date(2025, 11, 30)
OLD = End(Path("out/BABA-2025-10-31.xlsx"), "BABA", OLD_DAY, "a" * 64, "c" * 64, "LONG")
NEW = End(Path("out/BABA-2025-11-30.xlsx"), "BABA", NEW_DAY, "b" * 64, "c" * 64, "NO POSITION")
HOSTILE = '=HYPERLINK("http://x.test","pay")|<script>alert(1)</script>`*_[x](y)\x1b[2J'

AMOUNTS = (
    ("fundamental[group,eps,FY2026-Q2]", "EPS reference", "fundamentals", -17.8871),
    ("assumption[growth,base,cloud]", "Growth, base, Cloud", "growth", -2.4046),
    ("fx[CNY]", "CNY per USD", "FX", 1.2049),
    ("assumption[pe_multiple,base,]", "P/E multiple, base", "multiples", -1.1052),
    ("target[Macquarie,ordinary,2025-11-26]", "Macquarie, ORD", "targets", -0.8352),
    ("fundamental[group,net_cash,2025-09-30]", "Net cash", "balance sheet", -0.5552),
    ("fundamental[group,shares_diluted,2025-09-30]", "Diluted ADS", "balance sheet", 0.3352),
    *((f"assumption[growth,base,s{n}]", f"Growth, base, s{n}", "growth", 0.011) for n in range(9)),
    ("time", "Time passing", "time", 0.0005),
)


def bars(scale: float = 1.0) -> tuple[Bar, ...]:
    return tuple(Bar(key, label, family, scale * by) for key, label, family, by in AMOUNTS)


def bridge(output: str, label: str, old: float, scale: float = 1.0) -> Bridge:
    moved = bars(scale)
    new = old + sum(bar.amount for bar in moved)
    return Bridge(output, label, SHARE, old, new, moved, "owen", 4096)


BRIDGES = (
    bridge("bear.value", "Bear", 89.1349, 0.61),
    bridge("base.value", "Base", 167.4149),
    bridge("bull.value", "Bull", 238.7549, 0.97),
    bridge("expected_value", "Expected value", 165.3349, 0.9),
    bridge("hype.value", "Hype-adjusted value", 180.4349, -0.12),
    bridge("hype.consensus", "Consensus", 215.3149, 0.13),
)
HEADLINES = (
    *(Headline(one.output, one.label, SHARE, one.old, one.new) for one in BRIDGES),
    Headline("hype.score", "Hype score", "0-100", 28.1, 36.9),
    Headline("price", "Price", SHARE, 170.43, 157.3),
    Headline("peer_pe", "Peers' P/E", "x", None, 17.25),
)
INPUTS = (
    InputChange(
        "assumption[growth,base,cloud]",
        "Growth, base, Cloud",
        "%",
        "changed",
        0.3,
        0.28,
        "house",
        "house",
        date(2025, 8, 31),
        date(2025, 11, 26),
    ),
    InputChange(
        "target[JPMorgan,ordinary,2025-10-02]",
        "JPMorgan, ORD",
        "HKD",
        "superseded",
        240.0,
        230.0,
        "jpm-october",
        "jpm-november",
        date(2025, 10, 2),
        date(2025, 11, 26),
    ),
    InputChange(
        "product[Alibaba,Quark AI Glasses,G1,tiger-post,2025-11-27]",
        HOSTILE,
        "CNY",
        "entered",
        None,
        1899.0,
        "",
        "tiger-post",
        None,
        date(2025, 11, 27),
    ),
    InputChange("source[tiger-post].promotional", "Promotional", "0/1", "entered", None, 1.0),
    InputChange("claim[price,ADS,x,2025-10-23]", "Price", "USD", "left", 170.0, None, "adnet", ""),
    InputChange("claim[call,3m,y,2025-07-28]", "Call", "%", "expired", 0.5, None, "danelfin", ""),
)
FACTS = (
    FactChange("fact[price/ADS].conflict", "Price of the ADS", "conflict opened", "no", "yes"),
    FactChange("fact[ai_capex_3y].value", "AI capex, 3 years", "changed value", 52.0, 53.0),
)
CHECKS = (CheckChange("Bull multiple not below today's own P/E", "PASS", "WARN"),)
NUMBERS = (NumberChange("own_pe", "Own P/E", "x", 18.66, 24.2),)
WORKBOOK = (
    WorkbookChange(
        ChangeKind.HARDCODED, "Valuation", "E47", "=E45*(1+r)", 146.38, note="was a formula"
    ),
    WorkbookChange(ChangeKind.ROW_MOVED, "Inputs", "9:9", old_place="7:7"),
)
FULL = ReportDiff(
    OLD,
    NEW,
    HEADLINES,
    BRIDGES,
    INPUTS,
    FACTS,
    CHECKS,
    NUMBERS,
    WORKBOOK,
    (Unreproduced(OLD.path, "base.value", "Base", 167.41, 167.2),),
    ("the method changed between the two reports",),
)
# The same month split in other ways, or not at all, with more of what is counted only
_SAMPLED, _SEQUENTIAL, _WHOLE, _UNSPLIT = (
    BRIDGES[3]._replace(
        method="sampled",
        states=20_000,
        bars=tuple(bar._replace(standard_error=0.004 * abs(bar.amount)) for bar in BRIDGES[3].bars),
    ),
    BRIDGES[1]._replace(
        method="sequential",
        states=22,
        bars=tuple(
            bar._replace(low=bar.amount - 0.5, high=bar.amount + 0.25) for bar in BRIDGES[1].bars
        ),
    ),
    BRIDGES[5]._replace(whole="targets", note="all targets as one: with only Mizuho it is n/a"),
    BRIDGES[4]._replace(bars=(), states=0, note="not split: with only the price as new it is n/a"),
)
_FAMILIES = BRIDGES[2]._replace(whole="families", note="each family as one: else it is n/a")
_UNKNOWN = BRIDGES[0]._replace(old=None, bars=(), states=0)
_COUNTED = tuple(
    InputChange(key, label, unit, kind, old, new)
    for key, label, unit, kind, old, new in (
        ("fx[CNY]", "Units per EUR: CNY", "", "changed", 8.2, 8.18),
        ("fx[USD]", "Units per EUR: USD", "", "changed", 1.16, 1.157),
        ("fx[JPY]", "Units per EUR: JPY", "", "changed", 178.0, 181.0),
        ("fx[GBP]", "Units per EUR: GBP", "", "changed", 0.88, 0.876),
        ("fundamental[group,net_cash,2025-06-30]", "Net cash", "CNY m", "superseded", 1.0, None),
        ("fundamental[group,capex,2025-06-30]", "Capex", "CNY m", "superseded", 2.0, None),
        ("close[2025-11-28]", "Close", "USD", "entered", None, 157.3),
        ("claim[pe,BABA,tiger,2025-11-29].text", "Text", "", "entered", None, "so it says"),
        ("source[tiger].ai_generated", "AI-generated", "0/1", "entered", None, 0.0),
        ("source[wire].verified_error", "Error found", "0/1", "left", 1.0, None),
    )
)
NOTED = replace(
    FULL,
    bridges=(_WHOLE, _SAMPLED, _SEQUENTIAL),
    headlines=(*HEADLINES[:-1], HEADLINES[-2]._replace(key="none", old=None, new=None)),
    inputs=(*INPUTS, *_COUNTED),
    facts=(),
    unreproduced=(),
    notes=("made by another version of the model: old.xlsx", "restated for 1:10"),
)
UNSPLIT = replace(NOTED, bridges=(_UNKNOWN, _FAMILIES, _UNSPLIT, _WHOLE), checks=(), workbook=())
