"""Evidence: every claim stands with its weight, its use and what speaks against it, all live."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.company import Company, Launch
from reportgen.facts.policy import load_policy
from reportgen.facts.rows import Source
from reportgen.model.case.build import build_case
from reportgen.model.dims import CLAIM, FACT, OFFER
from reportgen.model.evidence import products
from reportgen.model.last_month import LastMonth
from reportgen.model.report_question import answer, ask
from reportgen.periods import serial
from reportgen.report.tabs.catalogue import add_shown_lines
from reportgen.report.tabs.evidence import products as product_lines
from reportgen.report.tabs.evidence.tables import described_before
from tests.report.rebuilt import pack_of, question_of, rebuilt
from tests.report.sheets import sheet, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.pipeline import Report
    from tests.report.sheets import Row

    Reports = Callable[[str], Report]

TAB = "Evidence"
SPARE = 5
CLAIMS = ("Key", "As stated, issued", "What became of it")
PRICES = ("Vendor", "Price, issued", "What became of it")
FACTS = ("Key", "Value used", "State")
PRODUCTS = ("Vendor", "Value used", "State")
CONTRADICTED = (
    "one candidate; contradicted by a primary source: alibaba-6k-2025-09 "
    "(ebitda FY2026-Q2 -64.0%; the claimed figure is its ebita FY2026-Q2 -78.0%); "
    "the company reports -64.0%"
)
RESTATED = (
    "one candidate; expired: said at USD 120.03; its target of 151.08 is now -4.0% from the price"
)
LIVE = ("In one unit", "Weight", "Of the fact", "What became of it", "What speaks against it")


def fact(report: Report, key: str, variant: str = "") -> Row:
    """The row of a fact."""
    return next(
        row
        for row in table(report, TAB, *FACTS)
        if (row["Key"].value, row["Variant"].value or "") == (key, variant)
    )


def claim(report: Report, key: str, source: str, stated: float) -> Row:
    """The row of a claim."""
    return next(
        row
        for row in table(report, TAB, *CLAIMS)
        if (row["Key"].value, row["Source"].value, row["As stated, issued"].value)
        == (key, source, stated)
    )


@pytest.mark.parametrize("pack", ["baba", "daily", "pence", "tokyo", "bare"])
def test_every_known_claim_and_price_stands_above_five_spare_rows(
    report: Reports, pack: str
) -> None:
    built = report(pack)
    claims = table(built, TAB, *CLAIMS) if built.pack.rows.claims else []
    prices = table(built, TAB, *PRICES) if built.pack.rows.products else []
    assert [
        (row["Key"].value, row["As stated, issued"].value, row["Published"].value)
        for row in claims[:-SPARE]
    ] == [(row.key, row.value, float(serial(row.published))) for row in built.pack.rows.claims]
    assert [(row["Vendor"].value, row["Price, issued"].value) for row in prices[:-SPARE]] == [
        (row.vendor, row.price) for row in built.pack.rows.products
    ]
    for row in (*claims[-SPARE:], *prices[-SPARE:]):
        assert row["What became of it"].value == "spare row"


def test_what_documents_say_is_typed_and_what_is_made_of_it_is_live(report: Reports) -> None:
    for row in table(report("baba"), TAB, *CLAIMS):
        assert not any(row[name].formula for name in ("Key", "Source", "As stated, issued"))
        assert all(row[name].formula for name in LIVE)


@pytest.mark.parametrize(
    ("key", "variant", "value", "state"),
    [
        ("price", "ADS", 157.30, "agree within 5%: 157.00 to 157.30"),
        ("ai_capex_3y", "", 53, "agree within 2%: 52.00 to 53.00"),
        ("ai_score", "Danelfin", 9, "one candidate; expired: a 3-month call of 2025-07-28"),
        (
            "ebitda_growth",
            "FY2026-Q2",
            -0.78,
            CONTRADICTED,
        ),
        (
            "upside_to_target",
            "Street average",
            0.2587,
            RESTATED,
        ),
        ("cloud_growth", "FY2026-Q2", 0.34, "agree; the company reports 34.0%"),
        ("units", "ai_glasses 2026", 10, "agree, a bound only"),
    ],
)
def test_the_state_of_a_fact_can_be_read_off_its_row(
    report: Reports, key: str, variant: str, value: float, state: str
) -> None:
    row = fact(report("baba"), key, variant)
    assert row["Value used"].value == pytest.approx(value, rel=1e-4)
    assert row["State"].value == state


def test_a_price_cut_is_a_change_and_no_conflict(report: Reports) -> None:
    states = {
        row["Variant"].value: (row["Value used"].value, row["State"].value)
        for row in table(report("baba"), TAB, *PRODUCTS)
        if row["Product"].value == "Quark AI Glasses"
    }
    assert states == {
        "S1": (
            pytest.approx(3799 / 7.075566),
            "agree within 5%: 536.00 to 536.92; changed since 2025-10-24 from 664.12",
        ),
        "G1": (268, "agree within 5%: 260.00 to 268.39"),
    }


@pytest.mark.parametrize(
    ("key", "source", "stated", "use"),
    [
        ("price", "adnet-rally", 170, "set aside: bound"),
        ("price", "aiqc-glasses", 136, "chosen"),
        ("ai_capex_3y", "ainvest-catalyst", 52, "used; weight / 2: of one publisher"),
        ("bull_target", "tiger-post", 200, "bull narrative: the highest"),
        ("pe", "tiger-post", 25, "in the peers' mean"),
        ("pe", "tiger-post", 17, "beside our own P/E"),
    ],
)
def test_a_claim_says_what_became_of_it(
    report: Reports, key: str, source: str, stated: float, use: str
) -> None:
    assert claim(report("baba"), key, source, stated)["What became of it"].value == use


def test_a_claimed_pe_is_held_against_the_one_computed(report: Reports) -> None:
    row = claim(report("baba"), "pe", "tiger-post", 17)
    assert row["What speaks against it"].value == "conflict: 21.0x on trailing EPS"


def test_only_a_more_reliable_source_contradicts(report: Reports) -> None:
    row = claim(report("daily"), "pre_orders", "newswire", 0.9)
    assert row["What speaks against it"].value == "disputed by lantau-launch"
    row = claim(report("pence"), "net_debt", "forum", 290)
    said = "contradicted by a primary source: calderbrook-2025-11"
    assert row["What speaks against it"].value == said


def test_an_older_value_that_still_outweighs_the_newest_says_so(report: Reports) -> None:
    row = fact(report("daily"), "stores", "2025")
    assert row["Value used"].value == 412
    assert row["State"].value == "changed: the newest say 431.00 to 431.00"


def test_the_launch_was_described_before(report: Reports) -> None:
    said = {cell.value for cell in sheet(report("baba"), TAB).cells}
    assert "87 days before the launch, which was not first news" in said
    said = {cell.value for cell in sheet(report("daily"), TAB).cells}
    assert "No title of a source cited speaks of the product before its launch." in said


DAY = date(2025, 10, 23)
BEFORE = date(2025, 10, 22)


@pytest.mark.parametrize(
    ("title", "published", "vendor", "is_told"),
    [
        ("Alibaba's AI-Powered Smart Glasses", BEFORE, "Alibaba", True),
        ("ALIBABA: GLASSES AHEAD?", BEFORE, "Alibaba", True),
        ("Alibaba glasses", DAY, "Alibaba", False),  # news of the day itself
        ("Alibaba glasses", None, "Alibaba", False),
        ("Smart-glasses launch prices", BEFORE, "Alibaba", False),  # of other makers
        ("Alibaba Group: June Quarter Results", BEFORE, "Alibaba", False),
        ("BABA glasses", BEFORE, "Alibaba", True),  # by its ticker
        ("Pony glasses", BEFORE, "Pony", True),  # of a maker with four letters
        ("Pony glasses", BEFORE, None, False),
        ("Alibaba glasses", BEFORE, None, True),  # named after the first word of the company
        ("Alibaba glasses", BEFORE, "Pony", False),
        ("Alibaba and AI", BEFORE, "Alibaba", False),  # a word of two letters is any product's
        ("Glasses glasses", BEFORE, "Glasses", False),  # the maker's name is no product
        ("", BEFORE, "Alibaba", False),
    ],
)
def test_a_launch_was_described_before_by_an_older_title_of_maker_and_product(
    title: str, published: date | None, vendor: str | None, *, is_told: bool
) -> None:
    launch = Launch("Quark AI Glasses", DAY, "ai_glasses")
    segments, peers = (), ()
    company = Company(
        "BABA",
        "Alibaba Group",
        "NYSE",
        "USD",
        "CNY",
        8,
        "03-31",
        None,
        segments,
        peers,
        vendor,
        None,
        launch,
    )
    source = Source("x", title, "", "", "wire", "", published, "", "", 2)
    assert described_before(source, company, launch) == is_told


def test_a_chosen_candidate_replaces_the_weighed_one(report: Reports) -> None:
    pack = report("baba").pack
    question = ask(build_case(pack, load_policy()), LastMonth(math.nan, None))
    add_shown_lines(question, pack)
    offers = question.members[OFFER]
    at = offers.index("product/Alibaba/Quark AI Glasses/S1")
    rows = question.given[products.product_price.issued].tolist()
    question.given[products.offer_choice][at] = rows.index(660) + 1
    values = answer(question).values
    assert values[products.offers.value][at] == 660
    assert values[product_lines.told.source][at] == "adnet-rally"
    assert values[product_lines.state][at].endswith("; chosen by hand")


@pytest.mark.parametrize("pack", ["baba", "bare"])
def test_every_choice_cell_is_blank_and_takes_only_row_numbers(report: Reports, pack: str) -> None:
    built = report(pack)
    places = {(cell.row, cell.col): cell for cell in sheet(built, TAB).cells}
    whole = [rule for rule in sheet(built, TAB).validations if rule.kind == "whole"]
    areas = [(area, rule) for rule in whole for area in rule.ranges]
    cells = [
        (places[row, area.first_col], rule)
        for area, rule in areas
        for row in range(area.first_row, area.last_row + 1)
    ]
    members = built.solved.members
    if pack == "bare":
        assert len(cells) == 1  # whether stakes count: no launch, no peers, nothing claimed
    else:
        declared = 3  # market of the launch, P/E multiple, stakes
        assert len(cells) == len(members[FACT]) + len(members[OFFER]) + declared
    for cell, rule in cells:
        assert cell.value is None
        assert not cell.formula
        assert rule.low is not None
        assert rule.high is not None


def test_the_address_of_a_source_is_a_text_and_a_link_and_no_other_text_is() -> None:
    pack = pack_of("baba")
    known = pack.rows.sources
    kept = ("https://example.org/q2.pdf", "http://example.org/q2.pdf", "annual report, page 12")
    named = [row._replace(document=text) for row, text in zip(known, kept, strict=False)]
    rows = pack.rows._replace(sources=(*named, *known[len(named) :]))
    book = rebuilt(replace(pack, rows=rows)).book
    (evidence,) = (tab for tab in book.sheets if tab.name == TAB)
    links = {(link.row, link.col): link.target for link in evidence.links}
    cells = {cell.value: (cell.row, cell.col) for cell in evidence.cells if cell.value in kept}
    assert cells.keys() == set(kept)
    assert [links.get(cells[text]) for text in kept] == [kept[0], None, None]


def test_of_the_claims_about_a_disputed_fact_those_that_are_still_recent_are_in_conflict() -> None:
    pack = pack_of("tokyo")
    orders, *_ = (row for row in pack.rows.claims if row.key == "pre_orders")
    earlier = orders._replace(
        observed=date(2025, 5, 1), published=date(2025, 5, 2), source="robot-forum"
    )
    rows = pack.rows._replace(claims=(*pack.rows.claims, earlier))
    solved = answer(question_of(replace(pack, rows=rows)))
    told = {line.key: values for line, values in solved.values.items()}
    flags = zip(solved.members[CLAIM], told["claim[{claim}].in_conflict"], strict=True)
    fact = "pre_orders,Kumo Home Robot"
    assert [member for member, flag in flags if flag] == [
        f"{fact},kabu-weekly,2025-07-02",
        f"{fact},kitanodai-2025-08,2025-07-10",
    ]
    used = dict(zip(solved.members[CLAIM], told["claim[{claim}].used"], strict=True))
    assert used[f"{fact},robot-forum,2025-05-01"] == 1
