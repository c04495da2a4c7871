"""What stands beside a label, and below a caption, is the figure that the label names.

A place is read as the public key that it shows: the one that the Registry gives it, or the one
that its formula points to. So a row of these tables fails when two figures are exchanged, though
each is right in itself.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reportgen.report.theme import load_theme
from reportgen.xlsx.addresses import a1
from tests.golden.prints import keys_by_place, spelled
from tests.report.conftest import built
from tests.report.sheets import sheet
from tests.support.rendered import rendered

if TYPE_CHECKING:
    from reportgen.xlsx.book import Cell

PACK = "baba"
# a formula that only fetches: =KEY, =KEY&"", or a given figure that may be n/a
_FETCHED = (re.compile(r'=(.+?)(?:&"")?'), re.compile(r'=IF\(ISNUMBER\((.+)\),\1,"n/a"\)'))


class Grid(NamedTuple):
    """The cells of a tab by row and column, and the key that each shows."""

    cells: dict[tuple[int, int], Cell]
    keys: dict[tuple[int, int], str]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where a text stands, from the top and the left."""
        return sorted(at for at, cell in self.cells.items() if cell.value == text)


@cache
def grid(tab: str, pack: str = PACK) -> Grid:
    """A tab of a pack."""
    keys = _keys(pack)
    cells = {(cell.row, cell.col): cell for cell in sheet(built(pack), tab).cells}
    shown = {}
    for (row, col), cell in cells.items():
        key = keys.get((tab, a1(row, col))) or _fetched(cell, tab, pack)
        if key:
            shown[row, col] = key
    return Grid(cells, shown)


@cache
def _keys(pack: str) -> dict[tuple[str, str], str]:
    return keys_by_place(built(pack).book)


def _fetched(cell: Cell, tab: str, pack: str) -> str:
    """The key that a formula fetches; blank if it computes."""
    formula = spelled(cell.formula, tab, _keys(pack)) if cell.formula else ""
    formula = formula if formula.startswith("=") else f"={formula}"
    for form in reversed(_FETCHED):
        if found := form.fullmatch(formula):
            return found[1]
    return ""


def beside(tab: str, label: str, below: str = "", pack: str = PACK) -> str:
    """The key of the first figure right of a label; of the first such label below a text."""
    on = grid(tab, pack)
    top = on.places(below)[0][0] if below else -1
    row, col = next(at for at in on.places(label) if at[0] > top)
    return next(key for (line, at), key in sorted(on.keys.items()) if line == row and at > col)


def under(tab: str, label: str, caption: str, below: str = "") -> str:
    """The key in the row of a label, in the column of the caption that is next above it."""
    on = grid(tab)
    top = on.places(below)[0][0] if below else -1
    captions = [at for at in on.places(caption) if at[0] >= top]
    row = next(at[0] for at in on.places(label) if at[0] > captions[0][0])
    col = [at for at in captions if at[0] < row][-1][1]
    return on.keys.get((row, col), "")


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("As of", "as_of"),
        ("Price", "price"),
        ("Close of", "price.date"),
        ("Readiness", "readiness"),
        ("Because of", "readiness.reason"),
        ("Checks", "say.state"),
        ("Since issue", "say.moved"),
        ("Buy below", "stance.buy_below"),
        ("Short above", "stance.short_above"),
        ("Total return expected", "stance.total_return"),
        ("Cost of equity", "cost_of_equity"),
        ("Skew: gain to bull / loss to bear", "skew"),
        ("Price, 0% bear 100% bull", "implied_bull_probability"),
        ("Expected, 0% bear 100% bull", "house_bull_probability"),
        ("Paid for", "story.market"),
        ("Changed", "story.changed"),
        ("Would turn us", "story.turn"),
        ("All else, with edits since issue", "since_last_month.rest"),
        ("Consensus of price targets", "hype.consensus"),
        ("Generic haircut: optimism, age", "hype.generic"),
        ("Specific haircut: run-up, launch", "hype.specific"),
        ("Allowance: what could not be measured", "hype.allowance"),
        ("Hype-adjusted value", "hype.value"),
        ("Hype-adjusted to expected", "hype.to_expected"),
        ("coverage", "hype.coverage"),
        ("FAIL", "checks.fail"),
        ("WARN", "checks.warn"),
    ],
)
def test_summary_shows_beside_each_label_its_figure(label: str, key: str) -> None:
    assert beside("Summary", label) == key


SUMMARY_ROWS = {
    "Bear": "bear.value",
    "Base": "base.value",
    "Bull": "bull.value",
    "Expected": "expected_value",
    "Hype-adjusted": "hype.value",
    "Consensus": "hype.consensus",
}


@pytest.mark.parametrize(("label", "key"), SUMMARY_ROWS.items())
def test_summary_shows_a_value_now_last_month_and_their_difference(label: str, key: str) -> None:
    issued = f"issued.{label.lower().replace('-adjusted', '')}"
    assert under("Summary", label, "Value") == key
    assert under("Summary", label, "Last month") == f"last_month.{key}"
    assert under("Summary", label, "Change") == f"since_last_month.{key}"
    assert under("Summary", label, "As issued") == issued


@pytest.mark.parametrize(
    ("label", "caption", "key"),
    [
        ("Bear", "Probability", "bear.probability"),
        ("Base", "Probability", "base.probability"),
        ("Bull", "Probability", "bull.probability"),
        ("Bear", "Upside", "bear.upside"),
        ("Base", "Upside", "base.upside"),
        ("Bull", "Upside", "bull.upside"),
        ("Expected", "Upside", "upside"),
        ("Hype-adjusted", "Upside", "hype.upside"),
        ("Consensus", "Upside", "consensus.upside"),
        ("Consensus", "Probability", "story.basis"),
        ("Bear", "Growth needed", "priced_in.g_needed[bear]"),
        ("Base", "Growth needed", "priced_in.g_needed[base]"),
        ("Bull", "Growth needed", "priced_in.g_needed[bull]"),
        ("Hype-adjusted", "Growth needed", "priced_in.g_needed[hype_adjusted]"),
        ("Consensus", "Growth needed", "priced_in.g_needed[consensus]"),
        *(
            (f"{case} {rank}", caption, f"bridge[{case.lower()}].{column}[{{driver_place}}]")
            for case in ("Bull", "Bear")
            for rank in (1, 2, 3)
            for caption, column in (("Case", "case_text"), ("USD / share", "money"))
        ),
    ],
)
def test_summary_shows_under_each_caption_the_figure_of_the_row(
    label: str, caption: str, key: str
) -> None:
    assert under("Summary", label, caption) == key


def test_summary_shows_price_value_and_score_last_month_and_their_change() -> None:
    assert beside("Summary", "Since last month") == "last_month.as_of"
    for label, key in (
        ("Price", "price"),
        ("Expected value", "expected_value"),
        ("Hype score", "hype.score"),
    ):
        assert beside("Summary", label, "Since last month") == f"last_month.{key}"
        assert under("Summary", label, "Change", "Since last month") == f"since_last_month.{key}"


def columns(tab: str, first_caption: str, label: str, pack: str = PACK) -> list[tuple[str, str]]:
    """Each caption of a table with the key that stands below it in the row of a label, left first.

    Helpers follow right of the printed page. Units of columns stand between; a caption without a
    figure in that row is left out.
    """
    on = grid(tab, pack)
    head = on.places(first_caption)[0][0]
    row = next(at[0] for at in on.places(label) if at[0] > head)
    captions = {col: cell.value for (line, col), cell in on.cells.items() if line == head}
    shown = sorted((col, key) for (line, col), key in on.keys.items() if line == row)
    return [(str(captions[col]), key) for col, key in shown if captions.get(col)]


def rows_of(row: str, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """Captions with the keys of a row: `row` followed by what is said of the column."""
    return [(caption, f"{row}{part}") for caption, part in pairs]


@pytest.mark.parametrize(
    ("tab", "first_caption", "label", "pairs"),
    [
        (
            "Hype-adjusted",
            "Value in 12 months",
            "USD per listed share",
            [
                ("Consensus", "hype.consensus"),
                ("against the price", "consensus.upside"),
                ("Hype-adjusted", "hype.value"),
                ("against the price", "hype.upside"),
                ("Low: harsh set", "hype.low"),
                ("High: lenient set", "hype.high"),
                ("Generic haircut", "hype.generic"),
                ("Specific haircut", "hype.specific"),
                ("Allowance", "hype.allowance"),
                ("Hype score of 100", "hype.score"),
                ("Sub-scores known", "hype.coverage"),
                ("Consensus, 0% bear 100% bull", "consensus_tilt"),
            ],
        ),
        (
            "Hype-adjusted",
            "less allowance",
            "USD per listed share",
            [
                ("Consensus", "hype.consensus"),
                ("less generic: optimism, staleness", "hype.generic"),
                ("less specific: run-up, launch", "hype.specific"),
                ("less allowance", "hype.allowance"),
                ("Hype-adjusted", "hype.value"),
                ("and from there", "hype.to_expected"),
                ("Expected value", "expected_value"),
            ],
        ),
        (
            "Hype-adjusted",
            "Freshness: halves with age",
            "Barclays",
            [
                ("Broker", "target[Barclays,listed,2025-09-09].broker"),
                *rows_of(
                    "target[{target}].",
                    ("Published", "day"),
                    ("Age, days", "age"),
                    ("Freshness: halves with age", "freshness"),
                    ("Target in 12 months", "value"),
                    ("Close at issue", "close_at_issue"),
                    ("1 optimism", "optimism"),
                    ("2 staleness", "staleness"),
                    ("3 run-up", "runup"),
                    ("4 launch", "launch"),
                    ("After 1 to 4", "after_launch"),
                    ("against the price", "after_upside"),
                ),
                ("Source", "target[Barclays,listed,2025-09-09].source"),
                ("What became of it", "target[{target}].standing"),
            ],
        ),
        (
            "Hype-adjusted",
            "Implied return at issue",
            "Barclays",
            [
                ("Broker", "target[Barclays,listed,2025-09-09].broker"),
                *rows_of(
                    "target[{target}].",
                    ("Published", "day"),
                    ("Implied return at issue", "implied_return"),
                    ("After 1", "after_optimism"),
                    ("After 2", "after_staleness"),
                    ("Six months before", "six_months_before"),
                    ("Close six months before", "close_before"),
                    ("Benchmark at issue", "benchmark_at_issue"),
                    ("Benchmark six months before", "benchmark_before"),
                    ("Launch within", "launch_return"),
                    ("Abnormal run-up", "abnormal_runup"),
                    ("EPS estimate then", "estimate_before"),
                    ("Change of the EPS estimate", "estimate_change"),
                    ("Not backed by estimates", "unbacked"),
                    ("After 3", "after_runup"),
                    ("Published since the launch", "since_launch"),
                    ("What the run-up is", "runup_reason"),
                ),
            ],
        ),
        *(
            (
                "Hype-adjusted",
                "Mean over targets",
                label,
                [
                    (caption, f"hype.{column}[{component}]")
                    for caption, column in (
                        ("Computed for", "computed"),
                        ("Applicable", "applicable"),
                        ("Counts", "ok"),
                        ("Could not be measured", "missing"),
                        ("Mean over targets", "mean"),
                        ("Haircut before the cap", "amount"),
                        ("Weight not measured", "weight_missing"),
                        ("Weight measured or not", "weight_counted"),
                    )
                ],
            )
            for label, component in (
                ("1 Optimism", "optimism"),
                ("2 Staleness", "staleness"),
                ("3 Unbacked run-up", "runup"),
                ("4 Launch", "launch"),
            )
        ),
        (
            "Checks",
            "Difference",
            "Probabilities sum to 1",
            [
                ("No.", "check[{check}].number"),
                ("Check", "check[{check}].label"),
                ("Difference", "check[{check}].difference"),
                ("Status", "check[{check}]"),
                ("Basis", "check[{check}].basis"),
                ("Wrong", "check[{check}].wrong"),
                ("Fails", "check[{check}].fail"),
                ("Warns", "check[{check}].warn"),
                ("If wrong", "check[{check}].verdict"),
            ],
        ),
        (
            "Checks",
            "What stands in the way, heaviest first",
            "weak input",
            [
                ("What stands in the way, heaviest first", "reason[{reason}].shown_place"),
                ("At stake", "reason[{reason}].shown_at_stake"),
                ("Kind", "reason[{reason}].kind"),
                ("Key, or basis", "reason[{reason}].where"),
            ],
        ),
        (
            "Checks",
            "Filled cells of the inputs",
            "Currencies",
            [
                ("At issue", "check_count[{block}].at_issue"),
                ("Now", "check_count[{block}].now"),
                ("Cleared", "check_count[{block}]"),
            ],
        ),
        (
            "Checks",
            "Inputs against their bounds",
            "lookup.close_days",
            [
                ("Bounds", "bounds[{bounded}].bounds"),
                ("No number", "bounds[{bounded}].misfits"),
                ("Outside", "bounds[{bounded}].outside"),
                ("Least", "bounds[{bounded}].least"),
                ("Most", "bounds[{bounded}].most"),
            ],
        ),
        (
            "Sensitivity",
            "Input",
            "Net cash",
            [
                ("Input", "stake.top[{rank}].label"),
                ("USD / share", "stake.top[{rank}]"),
                ("Of the price", "stake.top[{rank}].of_price"),
                ("Weak", "stake.top[{rank}].weak"),
                ("Key", "stake.top[{rank}].key"),
            ],
        ),
        (
            "Sensitivity",
            "Up, USD / share",
            "Cost of equity",
            [
                ("Input", "stake[{stake}].label"),
                ("Up, USD / share", "stake[{stake}].expected[up]"),
                ("Down, USD / share", "stake[{stake}].expected[down]"),
                ("At stake, USD / share", "stake[{stake}].at_stake"),
                ("Of the price", "stake[{stake}].of_price"),
                ("Weak", "stake[{stake}].weak"),
                ("Rank", "stake[{stake}].rank"),
            ],
        ),
        (
            "Sensitivity",
            "Figure",
            "P/E claim, META: tiger-post, 2025-11-29",
            [
                ("Figure", "removal[{removal}].label"),
                ("Expected, USD / share", "removal[{removal}].expected"),
                ("At stake, USD / share", "removal[{removal}].at_stake"),
                ("Belongs to", "removal[{removal}].stake"),
            ],
        ),
        *(
            (
                case,
                "Driver",
                "Conglomerate discount",
                [
                    ("No.", "driver_place[{driver_place}]"),
                    *rows_of(
                        f"bridge[{case.lower()}].",
                        ("Driver", "driver[{driver_place}]"),
                        ("Base", "base[{driver_place}]"),
                        (case, "case[{driver_place}]"),
                        ("Difference", "difference[{driver_place}]"),
                        ("USD / share", "money[{driver_place}]"),
                    ),
                ],
            )
            for case in ("Bull", "Bear")
        ),
        *(
            (
                case,
                "Value in 12 months",
                "One share",
                [
                    ("Value in 12 months", f"{case.lower()}.value"),
                    ("Probability", f"{case.lower()}.probability"),
                    ("Against the price", f"{case.lower()}.upside"),
                    ("Growth needed", f"priced_in.g_needed[{case.lower()}]"),
                    ("Price", "price"),
                ],
            )
            for case in ("Bull", "Base", "Bear")
        ),
        *(
            (
                case,
                "Segment",
                "Cloud Intelligence",
                [
                    ("Segment", "company.segment[cloud].name"),
                    ("Valued on", "company.segment[{segment}].metric_words"),
                    ("Base metric, CNY m", "segment_base[cloud]"),
                    ("In 12 months", f"{case.lower()}.level_12m[cloud]"),
                    ("Multiple", f"assumption[multiple,{case.lower()},cloud]"),
                    ("Value, CNY m", f"{case.lower()}.segment_value[cloud]"),
                    ("Growth", f"{case.lower()}.level_growth[{{segment}}]"),
                ],
            )
            for case in ("Bull", "Base", "Bear")
        ),
        *(
            (
                case,
                "Bears on",
                source,
                rows_of(
                    f"{case.lower()}.argument[{{{case.lower()}_argument}}].",
                    ("No.", "number"),
                    ("Argument", "text"),
                    ("Bears on", "bears_on"),
                    ("At stake, USD", "at_stake"),
                    ("Fired", "fired"),
                    ("Due", "due"),
                    ("Source", "source"),
                    ("Trigger", "watched"),
                    ("Level", "level"),
                    ("Stands at", "metric"),
                    ("Unit", "unit"),
                    ("What to watch", "watch"),
                ),
            )
            for case, source in (("Bull", "fired"), ("Bear", "fired"))
        ),
        (
            "Valuation",
            "Worth today",
            "Consensus",
            [
                ("Worth today", "priced_in.value_for[consensus]"),
                ("Operating", "priced_in.operating_value_for[consensus]"),
                ("Growth needed", "priced_in.g_needed[consensus]"),
                ("Over delivered", "priced_in.over_delivered[{growth_case}]"),
            ],
        ),
        (
            "Valuation",
            "Newest figures of the company",
            "Net cash",
            [
                ("Value", "net_cash"),
                *rows_of(
                    "newest[{figure}].",
                    ("Period end", "period_end"),
                    ("Published", "published"),
                    ("  Period", "period"),
                    ("Source", "source"),
                ),
            ],
        ),
        (
            "Valuation",
            "Growth delivered, revenue by segment",
            "Cloud Intelligence",
            [
                ("Growth delivered, revenue by segment", "company.segment[cloud].name"),
                ("Newest period", "segment[cloud].revenue"),
                ("Growth", "segment[cloud].yoy"),
                ("Year before", "segment[cloud].revenue_before"),
                ("Period end", "segment[cloud].period_end"),
                ("Published", "segment[{segment}].published"),
                ("Source", "segment[{segment}].source"),
            ],
        ),
        *(
            (
                "Valuation",
                section,
                label,
                [
                    ("Bear", f"bear.{key}"),
                    ("Base", f"base.{key}"),
                    ("Bull", f"bull.{key}"),
                    ("Selected: base", f"selected.{key}"),
                ],
            )
            for section, label, key in (
                ("Sum of the parts", "All segments", "segments_total"),
                ("Sum of the parts", "Enterprise value", "ev"),
                ("Sum of the parts", "Investments after haircut", "investments"),
                ("Sum of the parts", "Launch", "launch"),
                ("Sum of the parts", "Sum of the parts, today", "sotp_today"),
                ("Sum of the parts", "Sum of the parts, 12 months", "sotp_12m"),
                ("Price / earnings", "non-GAAP EPS in 12 months", "eps_12m"),
                ("Price / earnings", "P/E multiple", "pe_multiple"),
                ("Price / earnings", "P/E, 12 months", "pe_12m"),
                ("Value in 12 months", "Sum of the parts, 12 months", "sotp_12m"),
                ("Value in 12 months", "P/E, 12 months", "pe_12m"),
                ("Value in 12 months", "Weighted mean of the methods", "raw_value"),
                ("Value in 12 months", "Against the price", "upside"),
                ("Value in 12 months", "Probability", "probability"),
                ("Value in 12 months", "Probability x value", "weighted_value"),
            )
        ),
        (
            "Growth",
            "Series",
            "group/revenue",
            rows_of(
                "growth.newest[{growth_metric}].",
                ("Series", "series"),
                ("Period", "period"),
                ("Value", "value"),
                ("Unit", "unit"),
                ("Change", "yoy"),
                ("Published", "published"),
                ("Qualifier", "qualifier"),
                ("Source", "source"),
            ),
        ),
        (
            "Competitors",
            "Product",
            "Alibaba Quark AI Glasses G1",
            [
                ("Product", "offer[{offer}].name"),
                ("Market", "offer[{offer}].market"),
                ("Price as stated", "offer[{offer}].price"),
                ("Currency", "offer[{offer}].currency"),
                ("In price currency", "fact[product/Alibaba/Quark AI Glasses/G1].value"),
                ("Against the reference", "offer[{offer}].over_reference"),
                ("Against our cheapest", "offer[{offer}].over_own"),
                ("Previous price", "offer[{offer}].previous_price"),
                ("Previous observed", "offer[{offer}].previous_seen"),
                ("Change since", "offer[{offer}].change"),
                ("Low", "fact[product/Alibaba/Quark AI Glasses/G1].low"),
                ("High", "fact[product/Alibaba/Quark AI Glasses/G1].high"),
                ("State", "offer[{offer}].state"),
                ("Candidates", "fact[product/Alibaba/Quark AI Glasses/G1].count"),
                ("Observed", "offer[{offer}].observed"),
                ("Age", "offer[{offer}].age"),
                ("Qualifier", "offer[{offer}].qualifier"),
                ("Source", "offer[{offer}].source"),
                ("Tier", "offer[{offer}].tier"),
            ],
        ),
        (
            "Competitors",
            "Company",
            "META",
            rows_of(
                "pe_claim[{pe_row}].",
                ("Company", "company"),
                ("Of a peer", "of_peer"),
                ("P/E", "value"),
                ("Qualifier", "qualifier"),
                ("Observed", "observed"),
                ("Source", "source"),
                ("Note", "note"),
            ),
        ),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_below_each_caption_stands_the_column_that_it_names(
    tab: str, first_caption: str, label: str, pairs: list[tuple[str, str]]
) -> None:
    assert columns(tab, first_caption, label)[: len(pairs)] == pairs


# what stands above a label that the tab has more than once
BELOW = {
    ("Checks", "FAIL"): "Counts and ages",
    ("Checks", "WARN"): "Counts and ages",
    ("Bull", "Bull less base"): "Driver",
    ("Bear", "Bear less base"): "Driver",
    ("Base", "Base less price"): "Value in 12 months, weighted",
}


BESIDE = (
    ("Checks", "FAIL", "checks.fail"),
    ("Checks", "WARN", "checks.warn"),
    ("Checks", "Conflicts between sources", "conflicts.count"),
    ("Checks", "Stale", "fresh.count"),
    ("Checks", "Age of the close", "fresh.close.age"),
    ("Checks", "Age of the newest results", "fresh.results.age"),
    ("Checks", "Age of consensus EPS", "fresh.eps_ntm.age"),
    ("Checks", "Targets in use that are stale", "fresh.targets"),
    ("Checks", "Chosen product prices that are stale", "fresh.products"),
    ("Checks", "Multiples of peers that are stale", "fresh.peers"),
    ("Checks", "Segments assumed before the newest results", "fresh.assumptions"),
    ("Valuation", "Price", "price"),
    ("Valuation", "Close of", "price.date"),
    ("Valuation", "Market value", "market_cap"),
    ("Valuation", "Enterprise value at the price", "ev_at_price"),
    ("Valuation", "Reporting currency per unit of price currency", "fx_reporting"),
    ("Valuation", "P/E on the non-GAAP EPS reference", "own_pe"),
    ("Valuation", "P/E of the peers", "peer_pe"),
    ("Valuation", "non-GAAP EPS reference", "eps_reference"),
    ("Valuation", "Newest results published", "results_published"),
    ("Valuation", "Dividend, next 12 months", "dividend"),
    ("Valuation", "Net cash per share", "net_cash_per_share"),
    ("Valuation", "Expected value", "expected_value"),
    ("Valuation", "Expected value against the price", "upside"),
    ("Valuation", "Skew: gain to bull / loss to bear", "skew"),
    ("Valuation", "Omega: expected gain / expected loss", "omega"),
    ("Valuation", "Price, 0% bear 100% bull", "implied_bull_probability"),
    ("Valuation", "Expected, 0% bear 100% bull", "house_bull_probability"),
    ("Valuation", "Total return expected", "stance.total_return"),
    ("Valuation", "Skew needed to buy", "stance_min_skew"),
    ("Valuation", "Skew that allows a short", "stance_max_skew"),
    ("Valuation", "Buy below", "stance.buy_below"),
    ("Valuation", "Short above", "stance.short_above"),
    ("Valuation", "Stance, before readiness", "stance.view"),
    ("Valuation", "Net cash and stakes", "priced_in.net_assets_per_share"),
    ("Valuation", "Operating value", "priced_in.operating_value"),
    ("Valuation", "Growth implied, two-stage", "priced_in.g_two_stage"),
    ("Valuation", "Growth implied, H-model", "priced_in.g_implied"),
    ("Valuation", "Delivered growth", "priced_in.g_delivered"),
    ("Valuation", "Gap: implied less delivered", "priced_in.gap"),
    ("Valuation", "What the market paid", "launch.gain"),
    ("Hype-adjusted", "All components", "hype.haircut_total"),
    ("Hype-adjusted", "before the cap", "hype.raw_total"),
    ("Hype-adjusted", "scale of the cap", "hype.scale"),
    ("Hype-adjusted", "weight not measured", "hype.unmeasured"),
    ("Hype-adjusted", "Narrative gap", "hype.narrative_gap"),
    ("Hype-adjusted", "Bull narrative", "bull_narrative"),
    ("Hype-adjusted", "Start", "hype.start"),
    ("Hype-adjusted", "Mean of those that exist", "hype.score"),
    ("Hype-adjusted", "Sub-scores that exist", "hype.coverage"),
    ("Hype-adjusted", "Launch value, base", "launch.value"),
    ("Hype-adjusted", "Vendor's probability of outperforming", "vendor_call.probability"),
    ("Hype-adjusted", "Targets in use", "hype.targets"),
    ("Hype-adjusted", "Brokers in use", "hype.brokers"),
    ("Hype-adjusted", "Targets since the launch", "hype.targets_since_launch"),
    ("Competitors", "Reference product", "offers.reference.name"),
    ("Competitors", "Reference product, cheapest variant", "offers.reference"),
    ("Competitors", "Our own cheapest product", "offers.own_cheapest"),
    ("Competitors", "Our cheapest against the reference", "offers.own_against_reference"),
    ("Competitors", "P/E on the EPS reference", "own_pe"),
    ("Competitors", "P/E of the peers", "peer_pe"),
    ("Competitors", "Discount to the peers' P/E", "peer_pe_discount"),
    ("Growth", "Revenue", "growth.revenue[{growth_column}]"),
    ("Growth", "like for like", "growth.revenue_like_for_like[{growth_column}]"),
    ("Growth", "adjusted EBITA", "growth.ebita[{growth_column}]"),
    ("Growth", "share of revenue", "growth.ebita_margin[{growth_column}]"),
    ("Growth", "adjusted EBITDA", "growth.ebitda[{growth_column}]"),
    ("Growth", "non-GAAP EPS", "growth.eps[{growth_column}]"),
    ("Growth", "Free cash flow", "growth.free_cash_flow[{growth_column}]"),
    ("Sensitivity", "Segment in the first grid: type its number", "control[grid_segment]"),
    *(
        (case, label, key.format(case=case.lower()))
        for case in ("Bear", "Base", "Bull")
        for label, key in (
            ("Conglomerate discount", "assumption[conglomerate_discount,{case},]"),
            ("Enterprise value", "{case}.ev"),
            ("Net cash", "net_cash"),
            ("Investments after haircut", "{case}.investments"),
            ("Diluted listed shares", "shares_diluted"),
            ("Launch", "{case}.launch"),
            ("Sum of the parts, today", "{case}.sotp_today"),
            ("non-GAAP EPS reference", "eps_reference"),
            ("non-GAAP EPS in 12 months", "{case}.eps_12m"),
            ("P/E multiple", "{case}.pe_multiple"),
            ("Weight of the sum of the parts", "weight_sotp"),
            ("Weight of the P/E method", "weight_pe"),
        )
    ),
    ("Bull", "Bull less base", "bridge.total.bull"),
    ("Bear", "Bear less base", "bridge.total.bear"),
    ("Base", "Base less price", "bridge.total.base"),
)


@pytest.mark.parametrize(("tab", "label", "key"), BESIDE)
def test_beside_each_label_stands_the_figure_that_it_names(tab: str, label: str, key: str) -> None:
    below = BELOW.get((tab, label), "To the value per share" if tab in {"Bear", "Bull"} else "")
    assert beside(tab, label, below) == key


# a bank valued by P/E and P/B, in pence: no parts, no launch, no product
BANK = "bank"
OF_BANK = (
    ("Summary", "Price", "price"),
    ("Summary", "Buy below", "stance.buy_below"),
    ("Summary", "Consensus of price targets", "hype.consensus"),
    ("Valuation", "Book value", "book_value"),
    ("Valuation", "Book value a share", "book_value_per_share"),
    ("Valuation", "Book value growth", "assumption[book_growth,bear,]"),
    ("Valuation", "Book value a share in 12 months", "bear.book_12m"),
    ("Valuation", "P/B multiple", "assumption[pb_multiple,bear,]"),
    ("Valuation", "P/B, before the floor", "bear.pb_unfloored"),
    ("Valuation", "P/B, 12 months", "bear.pb_12m"),
    ("Valuation", "Weight of the P/B method, used", "method[pb].weight"),
    ("Valuation", "Weight of the P/E method, used", "method[pe].weight"),
    ("Hype-adjusted", "All components", "hype.haircut_total"),
    ("Hype-adjusted", "Mean of those that exist", "hype.score"),
    ("Inputs", "P/B multiple: bull", "assumption[pb_multiple,bull,].issued"),
    ("Inputs", "Book value growth: base", "assumption[book_growth,base,].issued"),
    ("Inputs", "Weight of the P/B method", "assumption[weight_pb,all,].issued"),
    ("Sensitivity", "P/B multiple: bear", "stake.top[{rank}]"),
    ("Sensitivity", "Book value", "stake.top[{rank}]"),
    ("Checks", "P/B", "gap[{gap}].open"),
    ("Checks", "FAIL", "checks.fail"),
    ("Growth", "Revenue", "growth.revenue[{growth_column}]"),
    ("Growth", "EPS", "growth.eps[{growth_column}]"),
    ("Competitors", "P/E of the peers", "peer_pe"),
    *(
        (case, label, key.format(case=case.lower()))
        for case in ("Bear", "Base", "Bull")
        for label, key in (
            ("EPS reference", "eps_reference"),
            ("EPS in 12 months", "{case}.eps_12m"),
            ("P/E multiple", "{case}.pe_multiple"),
            ("P/E, 12 months", "{case}.pe_12m"),
            ("Weight of the P/E method", "weight_pe"),
            ("P/B multiple", "assumption[pb_multiple,{case},]"),
            ("P/B, 12 months", "{case}.pb_12m"),
            ("Weight of the P/B method", "weight_pb"),
            ("Value in 12 months", "{case}.value"),
        )
    ),
)


@pytest.mark.parametrize(("tab", "label", "key"), OF_BANK)
def test_a_company_valued_by_book_shows_its_figures_beside_their_labels(
    tab: str, label: str, key: str
) -> None:
    cases = {"Bear", "Base", "Bull"}
    below = BELOW.get((tab, label), "Methods and weights" if tab in cases else "")
    assert beside(tab, label, below, BANK) == key


def test_labels_that_both_companies_have_name_the_same_figures() -> None:
    for tab, label, key in BESIDE:
        on = grid(tab, BANK)
        below = BELOW.get((tab, label), "To the value per share" if tab in {"Bear", "Bull"} else "")
        if on.places(label) and (not below or on.places(below)):
            assert beside(tab, label, below, BANK) == key, (tab, label)


@pytest.mark.parametrize("line", ["revenue", "ebita", "ebitda", "eps"])
def test_a_change_on_a_year_stands_below_the_result_that_changed(line: str) -> None:
    label = {"revenue": "Revenue", "eps": "non-GAAP EPS"}.get(line, f"adjusted {line.upper()}")
    of_change = f"{label} on a year before"
    assert beside("Growth", of_change, label) == f"growth.{line}_yoy[{{growth_column}}]"


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("ratio", {0.0: "- ", -0.0004: "- ", 0.0005: "0.1% ", -0.075: "(7.5%)", 1.0: "100.0% "}),
        ("change", {0.0: "- ", -3e-17: "- ", 0.0004: "- ", -0.519: "(51.9%)", 0.384: "+38.4% "}),
        ("multiple", {0.0: "- ", -0.04: "- ", 20.77: "20.8x ", -1.5: "(1.5x)"}),
        ("per_share", {0.0: "- ", -0.004: "- ", -31.314: "(USD 31.31)", 1234.5: "USD 1,234.50 "}),
        ("price_m", {-21840.0: "(21,840.0)", 41000.0: "41,000.0 ", 0.0: "- "}),
        ("reporting_m", {-21840.0: "(21,840.0)", 41000.0: "41,000.0 ", 0.0: "- "}),
        (
            "number",
            {0.0: "- ", -0.00004: "- ", -0.5: "(0.50)", 7.07563: "7.0756 ", 1999.0: "1,999.00 "},
        ),
        ("exact", {1e-12: "1E-12 ", 0.01: "0.01 ", 1e6: "1,000,000.0 "}),
        ("money", {-21840.0: "(21,840.00)", -0.004: "- "}),
        ("shares_m", {2399.0: "2,399.0 "}),
        ("multiple_change", {-7.0: "(7.0x)", 3.7692: "+3.8x ", 0.0: "- "}),
        ("amount_change", {-0.04: "- ", -6359.9: "(6,359.9)", 6359.9: "+6,359.9 ", 0.0: "- "}),
        ("stake", {0.0: "none ", 19.94: "19.94 ", -2.0: "(2.00)"}),
        ("days", {125.0: "125 "}),
        ("years", {3.6: "3.6 "}),
        ("score", {47.64: "48 "}),
        ("count", {4.0: "4 ", 0.0: "0 "}),
        ("signed", {-13.13: "(13.13)", 16.95: "+16.95 ", -0.004: "- ", 0.0: "- "}),
        ("date", {45954.0: "2025-10-24", 46027.0: "2026-01-05"}),
        ("flag", {1.0: "yes ", 0.0: "no "}),
    ],
)
def test_a_number_is_shown_by_its_unit(unit: str, shown: dict[float, str]) -> None:
    shape = load_theme().style(f"calc.{unit}", "USD", "CNY").number_format
    assert {number: rendered(number, shape) for number in shown} == shown
