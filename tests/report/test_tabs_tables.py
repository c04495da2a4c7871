"""The tabs that sources and inputs fill, the past reports, and what lies behind: captions and keys.

Of a tab whose every row says its key there is one rule for all rows; of the others a row a table.
"""

from __future__ import annotations

from itertools import count, takewhile

import pytest

from tests.report.test_tabs import PACK, beside, columns, grid

TARGET = "target[Macquarie,listed,2025-09-29]"
CLAIM = "claim[consensus_cloud_growth,FY2026-Q2,press-consensus,2025-11-25]"
GLASSES = "fact[product/Alibaba/Quark AI Glasses/G1]"
SOURCE = "source[adnet-rally]"


@pytest.mark.parametrize(
    ("tab", "caption", "label", "pairs"),
    [
        (
            "Prices & targets",
            "Target, issued",
            "Macquarie",
            [
                ("Broker", f"{TARGET}.broker"),
                ("Published", f"{TARGET}.published"),
                ("Target, issued", f"{TARGET}.issued"),
                ("Override", f"{TARGET}.override"),
                ("Target, live", "target[{target}]"),
                ("Currency", f"{TARGET}.currency"),
                ("Line", f"{TARGET}.line"),
                ("Horizon", f"{TARGET}.horizon_months"),
                ("Kind", f"{TARGET}.kind"),
                ("Rating", f"{TARGET}.rating"),
                ("Source", f"{TARGET}.source"),
                ("Per listed share, 12 months", "target[{target}].per_share"),
                ("Target in use", "target[{target}].value"),
                ("Close at issue", "target[{target}].close_at_issue"),
                ("Against the close at issue", "target[{target}].against_issue"),
                ("Against the price now", "target[{target}].against_price"),
                ("Age", "target[{target}].age"),
                ("Known", "target[{target}].known"),
                ("Newest of its broker", "target[{target}].newest"),
                ("Newest and not too old", "target[{target}].candidate"),
                ("A broker's", "target[{target}].of_broker"),
                ("In use", "target[{target}].in_use"),
            ],
        ),
        (
            "Prices & targets",
            "EPS, issued",
            "house",
            [
                ("Published", "eps_ntm[{estimate}].published"),
                ("EPS, issued", "eps_ntm[{estimate}].issued"),
                ("Override", "eps_ntm[{estimate}].override"),
                ("EPS, live", "eps_ntm[{estimate}]"),
                ("Currency", "eps_ntm[{estimate}].currency"),
                ("In price currency", "eps_ntm[{estimate}].in_price_currency"),
                ("Source", "eps_ntm[{estimate}].source"),
            ],
        ),
        (
            "Evidence",
            "Value used",
            "ai_capex_3y",
            [
                ("No.", "fact[{fact}].number"),
                ("Key", "fact[ai_capex_3y/].key"),
                ("Variant", "fact[ai_capex_3y/].variant"),
                ("Source used", "fact[{fact}].used_source"),
                ("Value used", "fact[ai_capex_3y/].value"),
                ("Low, of the newest", "fact[ai_capex_3y/].low"),
                ("High, of the newest", "fact[ai_capex_3y/].high"),
                ("Unit", "fact[{fact}].unit"),
                ("Candidates", "fact[ai_capex_3y/].count"),
                ("Spread", "fact[ai_capex_3y/].spread"),
                ("Tolerance", "fact[ai_capex_3y/].tolerance"),
                ("Weighed median", "fact[ai_capex_3y/].weighed"),
                ("Company reports", "fact[{fact}].reported"),
                ("Choice", "control[choice,ai_capex_3y/]"),
                ("Conflict", "fact[ai_capex_3y/].conflict"),
                ("What it feeds", "fact[{fact}].feeds"),
                ("State", "fact[{fact}].state"),
            ],
        ),
        (
            "Evidence",
            "Vendor",
            "Quark AI Glasses",
            [
                ("No.", "fact[{offer}].number"),
                ("Vendor", f"{GLASSES}.vendor"),
                ("Product", f"{GLASSES}.product"),
                ("Variant", f"{GLASSES}.variant"),
                ("Value used", f"{GLASSES}.value"),
                ("Low, of the newest", f"{GLASSES}.low"),
                ("High, of the newest", f"{GLASSES}.high"),
                ("Candidates", f"{GLASSES}.count"),
                ("Spread", f"{GLASSES}.spread"),
                ("Tolerance", f"{GLASSES}.tolerance"),
                ("Last seen otherwise", "fact[{offer}].changed_on"),
                ("At", "fact[{offer}].changed_from"),
                ("Weighed median", f"{GLASSES}.weighed"),
                ("Choice", "control[choice,product/Alibaba/Quark AI Glasses/G1]"),
                ("Conflict", f"{GLASSES}.conflict"),
                ("What it feeds", "fact[{offer}].feeds"),
                ("State", "fact[{offer}].state"),
                ("Source used", "fact[{offer}].used_source"),
            ],
        ),
        (
            "Evidence",
            "Tier",
            "adnet-rally",
            [
                ("No.", "source[{source}].number"),
                ("Source id", SOURCE),
                ("Publisher group", f"{SOURCE}.group"),
                ("Tier", f"{SOURCE}.tier"),
                ("Published", f"{SOURCE}.published"),
                ("Written by a machine", f"{SOURCE}.ai_generated"),
                ("Sells something", f"{SOURCE}.promotional"),
                ("Holds the share", f"{SOURCE}.author_position"),
                ("Error found", f"{SOURCE}.verified_error"),
                ("By tier", "source[{source}].tier_weight"),
                ("Factor of flags", "source[{source}].flag_factor"),
                ("Reliability", "source[{source}].reliability"),
                ("Cited", "source[{source}].cited"),
                ("In the score", "source[{source}].counted"),
                ("Before the launch", "source[{source}].launch_lead"),
                ("Publisher", f"{SOURCE}.publisher"),
                ("Title", f"{SOURCE}.title"),
                ("Where it is kept", f"{SOURCE}.document"),
            ],
        ),
        (
            "Evidence",
            "In one unit",
            "consensus_cloud_growth",
            [
                ("No.", "claim[{claim}].number"),
                ("Key", f"{CLAIM}.key"),
                (
                    "Variant",
                    f"{CLAIM}.variant",
                ),
                (
                    "Source",
                    f"{CLAIM}.source",
                ),
                (
                    "As stated, issued",
                    f"{CLAIM}.issued",
                ),
                (
                    "Override",
                    f"{CLAIM}.override",
                ),
                ("As stated, live", "claim[{claim}]"),
                ("Unit", f"{CLAIM}.unit"),
                (
                    "Qualifier",
                    f"{CLAIM}.qualifier",
                ),
                (
                    "Observed",
                    f"{CLAIM}.observed",
                ),
                (
                    "Published",
                    f"{CLAIM}.published",
                ),
                ("In one unit", "claim[{claim}].value"),
                ("Its unit", "claim[{claim}].value_unit"),
                ("Weight", "claim[{claim}].weight"),
                ("Of the fact", "claim[{claim}].share"),
                ("What became of it", "claim[{claim}].use"),
                ("What speaks against it", "claim[{claim}].state"),
                (
                    "Contradicted by",
                    f"{CLAIM}.contradicted_by",
                ),
                ("Note", f"{CLAIM}.note"),
            ],
        ),
        (
            "Evidence",
            "Calibrated",
            "Outperforms the market in three months",
            [
                ("Probability", "vendor_call.probability"),
                ("Calibrated", "vendor_call.calibrated"),
                ("Observed", "vendor_call.observed"),
                ("Age, days", "vendor_call.age"),
                ("State", "vendor_call.words"),
            ],
        ),
        (
            "Evidence",
            "Computed",
            "P/E claims against price over trailing EPS",
            [
                ("Lowest", "own_pe.claimed_low"),
                ("Highest", "own_pe.claimed_high"),
                ("Computed", "own_pe"),
                ("In conflict", "own_pe.conflict"),
                ("State", "own_pe.words"),
            ],
        ),
        (
            "Evidence",
            "In question",
            "As it stands",
            [
                ("Bear", "bear.value"),
                ("Base", "base.value"),
                ("Bull", "bull.value"),
                ("Expected value", "expected_value"),
                ("Hype-adjusted", "hype.value"),
                ("Consensus", "hype.consensus"),
            ],
        ),
        (
            "Evidence",
            "If this is right",
            "top-down",
            [
                ("In question", "alternative[{alternative}].topic"),
                ("If this is right", "alternative[{alternative}].option"),
                ("Bear", "alternative[{alternative}].bear"),
                ("Base", "alternative[{alternative}].base"),
                ("Bull", "alternative[{alternative}].bull"),
                ("Expected value", "alternative[{alternative}].expected_value"),
                ("Hype-adjusted", "alternative[{alternative}].hype_value"),
                ("Consensus", "alternative[{alternative}].consensus"),
                ("Change of expected", "alternative[{alternative}].change"),
                ("Choice to type", "alternative[{alternative}].code"),
            ],
        ),
        (
            "Evidence",
            "Second / first",
            "Market of the launch",
            [
                ("Choice", "control[launch_market]"),
                ("First", "launch.market_top_down"),
                ("Second", "launch.market_bottom_up"),
                ("Second / first", "launch.market_ratio"),
                ("In force", "launch.market_in_force"),
            ],
        ),
        (
            "Inputs",
            "Level in",
            "Cloud Intelligence",
            [
                ("Segments", "company.segment[cloud].name"),
                ("Id", "company.segment[cloud].id"),
                ("Valued on", "company.segment[cloud].metric"),
                ("Currency", "company.segment[cloud].currency"),
                ("Level in", "company.segment[cloud].level_currency"),
            ],
        ),
        (
            "Track record",
            "Mean error / price",
            "Expected value",
            [
                ("Level", "level[{level}].name"),
                ("Months", "level[{level}].count"),
                ("Met at the end", "level[{level}].met"),
                ("Met at any time", "level[{level}].met_any_time"),
                ("Mean error / price", "level[{level}].error"),
                ("Mean size of it", "level[{level}].error_size"),
            ],
        ),
        (
            "Track record",
            "Price then",
            "NO POSITION",
            [
                ("As of", "past[{past}].as_of"),
                ("In time", "past[{past}].scored"),
                ("Price then", "past[{past}].price"),
                ("Bear", "past[{past}].bear"),
                ("Base", "past[{past}].base"),
                ("Bull", "past[{past}].bull"),
                ("Expected", "past[{past}].expected"),
                ("Hype-adj.", "past[{past}].hype_adjusted"),
                ("Consensus", "past[{past}].consensus"),
                ("Upside then", "past[{past}].upside"),
                ("Stance then", "past[{past}].stance"),
                ("Outcome due", "past[{past}].ends"),
                ("Close at outcome", "past[{past}].outcome"),
                ("Met at the end", "past[{past}].met[expected]"),
                ("Met at any time", "past[{past}].met_any_time[expected]"),
                ("Inside bear to bull", "past[{past}].inside"),
                ("Close less expected", "past[{past}].error[expected]"),
                ("Status", "past[{past}].status"),
                ("P(bear)", "past[{past}].bear_probability"),
                ("P(base)", "past[{past}].base_probability"),
                ("P(bull)", "past[{past}].bull_probability"),
                ("Shares of now", "past[{past}].split"),
            ],
        ),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_below_each_caption_stands_the_column_that_it_names(
    tab: str, caption: str, label: str, pairs: list[tuple[str, str]]
) -> None:
    pack = "track" if tab == "Track record" else PACK
    assert columns(tab, caption, label, pack)[: len(pairs)] == pairs


@pytest.mark.parametrize(
    ("tab", "label", "key"),
    [
        ("Prices & targets", "Price", "price"),
        ("Prices & targets", "Consensus", "hype.consensus"),
        ("Prices & targets", "Consensus against the price", "consensus.upside"),
        ("Prices & targets", "Highest target in use", "targets.highest"),
        ("Prices & targets", "Lowest target in use", "targets.lowest"),
        ("Prices & targets", "Dispersion of targets", "hype.dispersion"),
        ("Prices & targets", "Targets in use", "hype.targets"),
        ("Prices & targets", "Brokers in use", "hype.brokers"),
        ("Prices & targets", "Age of the newest known target", "targets.newest_age"),
        ("Prices & targets", "Mean implied return", "hype.mean_implied_return"),
        ("Inputs", "Ticker", "company.ticker"),
        ("Inputs", "Price currency", "company.price_currency"),
        ("Inputs", "Reporting currency", "company.reporting_currency"),
        ("Inputs", "Ordinary shares per listed share", "company.adr_ratio.issued"),
        ("Track record", "Closes inside bear to bull", "history.inside"),
        ("Track record", "Interval score / price", "history.interval_score"),
        ("Track record", "Brier score of the three cases", "history.brier"),
        ("Track record", "Ranked probability score", "history.rps"),
        ("Track record", "Months scored", "history.scored"),
        ("Track record", "Windows that share no day", "history.independent"),
        ("Track record", "Pending", "history.pending"),
        ("Track record", "Unresolved: closes end, no delisting", "history.unresolved"),
        ("Track record", "Fewest months to judge by", "history.fewest_windows"),
        ("What-ifs", "Optimism rate", "hype_optimism_rate"),
        ("What-ifs", "Half-life of a target", "hype_target_half_life"),
        ("What-ifs", "Share of unbacked run-up", "hype_runup_share"),
        ("What-ifs", "Share of launch overpricing", "hype_launch_share"),
    ],
)
def test_beside_each_label_stands_the_figure_that_it_names(tab: str, label: str, key: str) -> None:
    pack = "track" if tab == "Track record" else PACK
    assert beside(tab, label, pack=pack) == key


ISSUED, OVERRIDE, LIVE, KEY = 1, 2, 3, 12  # columns of Inputs


def test_each_row_of_inputs_shows_issued_override_and_live_value_of_its_key() -> None:
    on = grid("Inputs")
    assert [on.cells[5, col].value for col in (ISSUED, OVERRIDE, LIVE, KEY)] == [
        "Issued",
        "Override",
        "Live",
        "Key",
    ]
    rows = {row: str(cell.value) for (row, col), cell in on.cells.items() if col == KEY}
    shown = {
        (key, *(on.keys.get((row, col), "") for col in (ISSUED, OVERRIDE, LIVE)))
        for row, key in rows.items()
        if key not in {"Key", "None"}
    }
    assert len(shown) > 200
    entries = {(key, f"{key}.issued", f"{key}.override", key) for key, *_ in shown}
    texts = {(key, key, "", "") for key, *_ in shown}
    loaded = {(f"policy[{name}]", "", "", "") for name in ("price.max_jump", "solver.steps")}
    assert shown <= entries | texts | loaded


NAME, VALUE = 1, 2  # columns of the single numbers on Workings


def test_beside_each_key_on_workings_stands_its_line() -> None:
    """Of a line that runs across the first case, the bear; nothing of one that is n/a for good."""
    on = grid("Workings")
    heads = [row for row, col in on.places("Key") if col == NAME]
    rows = [row for head in heads for row in takewhile(_named, count(head + 1))]
    shown = {str(on.cells[row, NAME].value): on.keys.get((row, VALUE), "") for row in rows}
    assert len(shown) > 200
    wrong = {
        key: line
        for key, line in shown.items()
        if line not in {key, key.replace("{scenario}", "bear")} and not _is_constant(line)
    }
    assert {key for key in wrong if wrong[key] or "{scenario}" not in key} == set()


def _named(row: int) -> bool:
    cell = grid("Workings").cells.get((row, NAME))
    return cell is not None and bool(cell.value)


def _is_constant(shown: str) -> bool:
    """Whether a formula says one value for good: of what the pack does not ask for."""
    return shown.startswith('"') or shown.replace(".", "").isdigit()


@pytest.mark.parametrize("block", ["Facts", "Products", "Sources", "Claims"])
def test_no_column_of_evidence_holds_texts_without_a_caption(block: str) -> None:
    on = grid("Evidence")
    head = on.places(block)[0][0] + 1
    filled, captions = (
        {col for (row, col), cell in on.cells.items() if row == line and cell.value}
        for line in (head + 2, head)
    )
    assert filled - captions == set()
