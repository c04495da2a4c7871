"""What a sheet gives by a map, cell by cell, and why the rest of it is of no use."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportgen.errors import ReportgenError
from reportgen.intake.imports_file import imports_of
from reportgen.intake.index import note
from reportgen.intake.maps.rows import Asked, read_mapped
from tests.intake.maps.sheets import workbook

ASKED = Asked(("ACME", "BETA"), date(2026, 11, 2))
TARGETS = (
    "{table: targets, header: T, ticker: T, source: s,"
    " columns: {published: D, broker: B, target: P, currency: C}"
)
ESTIMATES = (
    "{table: estimates, header: T, ticker: T, source: s, columns: {value: V},"
    ' constants: {metric: eps_ntm}, unit: "{C}/share"'
)
ACROSS = "{table: fundamentals, across: P, ticker: ACME, source: s, rows: {Sales: revenue"
SHEETS = {  # what it shows: a map, and a sheet
    "days of the map's order, a decimal comma, what is missing": (
        f"{TARGETS}, dates: DMY}}",
        (
            "T;B;P;C;D\nACME;One;1,5;EUR;10/09/2026\nBETA;Two;1.250,5;EUR;01/02/2026\n"
            "ACME;#N/A;nmf;EUR;10/09/2026\nACME;n.a.;7;EUR;#REF!\nACME;Late;7;EUR;03/11/2026\n"
            "ACME;Today;7;;02/11/2026\nACME;X;seven;EUR;02/11/2026\nACME;Y;5 bn;EUR;02/11/2026\n"
        ),
    ),
    "days that settle the order by the others": (
        f"{TARGETS}}}",
        "T,B,P,C,D\nACME,One,1,EUR,10/09/2026\nACME,Two,2,EUR,10/25/2026\n",
    ),
    "the order of the days beside rows": (
        f"{ESTIMATES}, asof: As of}}",
        "T,V,C,As of\nACME,1.5,USD,10/09/2026\nBETA,2%,USD,10/25/2026\nACME,3x,,10/25/2026\n",
    ),
    "a day above the rows": (
        f"{ESTIMATES}, asof: As of}}",
        "As of :,,,Oct 9 2026\nT,V,C\nACME,1.5,USD\n",
    ),
    "a day behind its label": (
        f"{ESTIMATES}, asof: As of}}",
        "As of never,As of: 2026-10-09\nT,V,C\nACME,1.5,USD\n",
    ),
    "strangers": (
        f"{TARGETS}}}",
        "T,B,P,C,D\n"
        + "".join(f"X{at}{'y' * 40},One,1,EUR,2026-09-10\n" for at in (*range(9), 0))
        + "T,B,P,C,D\n,Two,2,EUR,2026-09-10\n",
    ),
    "as many strangers as are told": (
        f"{TARGETS}}}",
        "T,B,P,C,D\n" + "".join(f"X{at},One,1,EUR,2026-09-10\n" for at in range(8)),
    ),
    "the last day that is beside its label, not the one before it": (
        f"{ESTIMATES}, asof: As of}}",
        "2026-10-01,As of,,,,,2026-10-09\nT,V,C\nACME,1.5,USD\n",
    ),
    "thousands of a file that commas part, words of a vendor": (
        f"{TARGETS}}}",
        'T,B,P,C,D\nACME,One,"1,234",EUR,2026-09-10\nacme, Two  Three ,5%,EUR,2026-09-10\n',
    ),
    "semicolons beside more commas": (
        f"{TARGETS}}}",
        "T;B;P;C;D\nACME;One, Two, Three, Four, Five and Six;1,5;EUR;2026-09-10\n",
    ),
    "a name that another has as well": (
        f"{TARGETS}, tickers: {{AC: {{ticker: ACME, line: ORD}}}}}}",
        (
            "T,B,P,C,D\nAC,One,1,EUR,2026-09-10\nACME LN,Two,2,EUR,2026-09-10\n"
            "acme ln,Two,3,EUR,2026-09-10\n"
        ),
    ),
    "a day of the period, and one of the price": (
        (
            "{table: fundamentals, header: M, ticker: ACME, source: s, unit: USD m, columns:"
            " {metric: M, value: V, period: P, period_end: E, segment: S, published: D}}"
        ),
        (
            "M,V,P,E,S,D\nrevenue,1,3 months,2026-06-30,cloud,2026-08-01\n"
            "revenue,2,,FY2025,,2026-08-01\nrevenue,3,Q1 2026,,group,2026-08-01\n"
        ),
    ),
    "prices as they were seen": (
        (
            "{table: products, header: M, ticker: ACME, source: s, columns: {vendor: M, product: P,"
            " price: V, currency: C, observed: O}}"
        ),
        "M,P,V,C,O\nAcme,X,1,USD,10/09/2026\nAcme,Y,2,USD,\nAcme,Z,3,USD,10/25/2026\n",
    ),
    "figures across with decimal commas, days that settle each other": (
        f"{ACROSS}, EPS: {{metric: eps, unit: share}}}}, published: Filed, currency: C, unit: m}}",
        (
            "P;FY2024;FY2025\nFiled;10/09/2025;10/25/2026\nSales;1,5;1.250,5\nEPS;n/a;2,25\n"
            "C;EUR;USD\n"
        ),
    ),
    "labels that are not in the first column": (
        f"{ACROSS}}}, currency: USD, unit: m}}",
        "No,P,FY2024,FY2025\n1,Sales,5,6\n2,Sales,5,6\n",
    ),
    "labels left of the first period": (
        (
            "{table: fundamentals, across: FY2024, ticker: ACME, source: s, unit: USD m,"
            " rows: {Sales: revenue}}"
        ),
        "note,,FY2024,FY2025\n,Sales,5,6\n",
    ),
    "periods across": (
        (
            f"{ACROSS}, EPS: {{metric: eps, unit: share}}, Count: {{metric: shares_diluted,"
            " unit: count}, Cost: {metric: capex, sign: -1, unit: USD k}, Part: {metric: revenue,"
            " segment: cloud, months: 12}}, published: Filed, currency: Ccy, unit: m, months: 3}"
        ),
        (
            "P,Q1 2026,Q2 2026,LTM,Q3 2026,Growth\n"
            "Filed,2026-05-01,2026-08-01,2026-08-01,,2026-08-01\n"
            "Ccy,EUR,#N/A,EUR,EUR,EUR\nSales,1,2,3,4,5\nEPS,(1.5),1.5,1,1,1\nCount,7,8,9,9,9\n"
            "Cost,5,-6,7,7,7\nPart,3,#N/A,3,3,3\nOther,1,1,1,1,1\n"
        ),
    ),
    "periods from the anchor on": (
        (
            '{table: fundamentals, across: FY2024, ticker: ACME, source: s, unit: "{Ccy} k",'
            " currency: Ccy, rows: {Sales: revenue}}"
        ),
        ",,FY2024,FY2025\nSales,x,1,2\nCcy,,USD,EUR\n",
    ),
    "a header below a title that begins as it does": (
        f"{TARGETS}}}",
        "T,x,y,z,w,v\nT,B,P,C,D\nACME,One,1,EUR,2026-09-10\n",
    ),
    "periods below a title that begins as they do": (
        f"{ACROSS}}}, currency: USD, unit: m}}",
        "P,FY2023\nP,FY2024,FY2025\nSales,5,6\n",
    ),
    "a text, which has one sheet whatever it is called": (
        f"{ESTIMATES}, sheet: Report}}",
        "T,V,C\nACME,1.5,USD\n",
    ),
    "a figure without a word beside it, and one that is the same for all": (
        (
            "{table: products, header: M, ticker: ACME, source: s, constants: {price: '10'},"
            " columns: {vendor: M, product: P}}"
        ),
        "M,P\nAcme,X\nAcme,n.a.\n",
    ),
    "a number beside the figure that is missing": (
        f"{TARGETS[:-1]}, horizon_months: H}}}}",
        "T,B,P,C,D,H\nACME,One,1,EUR,2026-09-10,n.a\nACME,Two,2,EUR,2026-09-10,6\n",
    ),
    "the ordinary share in a table without shares": (
        f"{ESTIMATES}, tickers: {{AC: {{ticker: ACME, line: ORD}}}}}}",
        "T,V,C\nAC,1.5,USD\n",
    ),
    "figures that settle each other's sign, days beside them that do not": (
        f"{ESTIMATES}, asof: As of}}",
        "T;V;C;As of\nACME;1.234;USD;Oct 9, 2026\nACME;2.5;USD;Oct 25, 2026\nBETA;#ERR 1,5;USD;\n",
    ),
    "figures across that settle each other's sign": (
        f"{ACROSS}, EPS: {{metric: eps, unit: share}}}}, currency: USD, unit: m}}",
        "P;FY2024;FY2025\nSales;1.250;#ERR 1.5\nEPS;2,25;approx.\nOther;1.5;7.5\n",
    ),
    "a currency that is one": (
        f"{ACROSS}}}, currency: USD, unit: bn}}",
        "P,FY2024,FY2025\nSales,1.5,2\n",
    ),
}


def _told(how: str, path: Path, asked: Asked = ASKED) -> str:
    (found,) = imports_of(f"maps:\n  a: {how}\n", "imports.yaml").maps.values()
    read = read_mapped(path, found, asked)
    lines = [
        f"{ticker} {' '.join(f'{name}={cell}' for name, cell in row.cells.items())}"
        f" | {row.day} {row.origin} {row.months} {row.line or '-'} {tuple(row.period or ())}"
        for ticker, rows in read.rows.items()
        for row in rows
    ]
    skipped = [
        f"skipped of {ticker or 'nobody'}: {one.number} {one.why}"
        for ticker, reasons in read.skipped.items()
        for one in reasons
    ]
    return "".join(f"{line}\n" for line in (*lines, *skipped))


def test_sheets_give_their_rows_cell_by_cell(tmp_path: Path) -> None:
    said = []
    for name, (how, text) in SHEETS.items():
        (tmp_path / "a.csv").write_text(text)
        said.append(f"== {name}\n{_told(how, tmp_path / 'a.csv')}")
    assert "".join(said) == Path(__file__).with_name("read.txt").read_text()


@pytest.mark.parametrize(
    ("how", "text", "published", "told"),
    [
        (f"{TARGETS}}}", "T,B,P,C,D\n", "2026-11-02", "the rows of the map a state their own days"),
        (
            f"{ESTIMATES}, asof: As of}}",
            "As of,2026-10-09\nT,V,C\nACME,1,USD\n",
            "2026-10-08",
            "a snapshot of 2026-10-09 was not known on 2026-10-08",
        ),
        (
            f"{ESTIMATES}}}",
            "T,V,C\nACME,1,USD\n",
            "2026-11-01",
            "a snapshot read on 2026-11-02 was not known on 2026-11-01",
        ),
        (
            f"{ACROSS}}}, published: Filed, currency: USD, unit: m}}",
            "P,FY2024\nFiled,2026-01-01\nSales,1\n",
            "2026-11-02",
            "the map a states the day of each period",
        ),
        (f"{TARGETS}}}", "T,B,P,C,D,D\nACME,One,1,EUR\n", "", 'has two columns "D"; rename one'),
        (
            f"{TARGETS}}}",
            "T,B,P,Cc,D\nACME,One,1,EUR\n",
            "",
            'has no column "C"; name another',
        ),
        (
            f"{ESTIMATES}, asof: As of}}",
            "As of,,,,,,2026-10-09\nT,V,C\nACME,1,USD\n",
            "",
            'has no day at "As of"',
        ),
        (f"{ESTIMATES}, asof: Of}}", "T,V,C\nACME,1,USD\n", "", 'has no day at "Of"'),
        (f"{ESTIMATES}}}", "x,y\n1,2\n", "", 'has no cell "T" in its first 30 rows'),
        (f"{ESTIMATES}}}", "x\n" * 30 + "T,V,C\n", "", 'has no cell "T" in its first 30 rows'),
        (
            f"{ACROSS}}}, currency: USD, unit: m}}",
            "P,FY2024\nSales,1\nSales,2\n",
            "",
            '[line 2]: has "Sales" on rows 2, 3, which differ',
        ),
        (f"{ACROSS}}}, currency: USD, unit: m}}", "P,FY2024\nSals,1\n", "", 'no row "Sales"; did'),
        (
            f"{ACROSS}}}, currency: USD, unit: m}}".replace("ACME", "OST"),
            "P,FY2024\nSales,1\n",
            "",
            "is of OST, which is no company here; name another in the map",
        ),
    ],
)
def test_what_a_map_names_and_a_sheet_lacks_is_told(
    tmp_path: Path, how: str, text: str, published: str, told: str
) -> None:
    (tmp_path / "a.csv").write_text(text)
    day = date.fromisoformat(published) if published else None
    with pytest.raises(ReportgenError) as raised:
        _told(how, tmp_path / "a.csv", Asked(ASKED.tickers, ASKED.today, day))
    assert told in str(raised.value)


def test_a_snapshot_may_be_known_later_than_it_says(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("As of,2026-10-09\nT,V,C\nACME,1,USD\n")
    (tmp_path / "wide.csv").write_text("P,FY2024\nSales,1\n")
    for later in (date(2026, 11, 2), date(2026, 12, 1)):
        asked = Asked(ASKED.tickers, ASKED.today, later)
        across = f"{ACROSS}}}, currency: USD, unit: m}}"
        assert f"published={later} " in _told(across, tmp_path / "wide.csv", asked)
    for later in (date(2026, 10, 9), date(2026, 11, 2), date(2026, 12, 1)):
        asked = Asked(ASKED.tickers, ASKED.today, later)
        assert f"published={later} " in _told(
            f"{ESTIMATES}, asof: As of}}", tmp_path / "a.csv", asked
        )


def test_what_a_folder_says_of_a_file_dates_its_snapshot(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("T,V,C\nACME,1,USD\n")
    at = datetime(2026, 10, 9, 23, 30, tzinfo=UTC)
    note(path, "https://example.org/a", at, path.read_bytes())
    (how,) = imports_of(f"maps:\n  a: {ESTIMATES}}}\n", "imports.yaml").maps.values()
    for zone, day in (("", date(2026, 10, 9)), ("Asia/Tokyo", date(2026, 10, 10))):
        found = read_mapped(path, how, replace(ASKED, zone=zone))
        assert [row.day for row in found.rows["ACME"]] == [day]
        assert found.note == "map a; fetched 2026-10-09T23:30:00+00:00"
    path.write_text("T,V,C\nACME,2,USD\n")  # of which the folder says nothing
    found = read_mapped(path, how, ASKED)
    assert (found.rows["ACME"][0].day, found.note) == (ASKED.today, "map a")


def test_a_number_is_a_day_only_where_days_have_such_numbers(tmp_path: Path) -> None:
    rows = [["T", "B", "P", "C", "D"]]
    days = (29_999, 30_000, 46_325, 46_325.75, 69_999, 70_000)
    sheet = workbook(tmp_path, [*rows, *(["ACME", "One", 1.5, "USD", day] for day in days)])
    said = _told(f"{TARGETS}}}", sheet, Asked(("ACME",), date(2200, 1, 1)))
    found = [word for word in said.split() if word.startswith("published=")]
    assert found == [
        *("published=1982-02-18", "published=2026-10-30", "published=2026-10-30"),
        "published=2091-08-24",
    ]
    assert said.count("skipped of ACME: 1 ") == 2


def test_numbers_of_a_workbook_do_not_say_how_its_texts_spell_them(tmp_path: Path) -> None:
    rows = [["T", "V", "C"], *(["ACME", one, "USD"] for one in (1.5, "2,5", "1.234"))]
    said = _told(f"{ESTIMATES}}}", workbook(tmp_path, rows))
    assert re.findall(r"value=(\S+)", said) == ["1.5", "2.5", "1234"]
    rows = [["P", "FY2023", "FY2024", "FY2025"], ["Sales", 1.5, "2,5", "1.234"]]
    said = _told(f"{ACROSS}}}, currency: USD, unit: m}}", workbook(tmp_path, rows))
    assert re.findall(r"value=(\S+)", said) == ["1.5", "2.5", "1234"]


def test_the_sheet_of_a_map_is_found_by_its_name_or_by_its_header(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["T", "V", "C"], ["ACME", 1, "USD"]])
    book = load_workbook(path)
    for name, state in (("Old", "hidden"), ("Two", "visible")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in (["x"], ["T", "V", "C"], ["BETA", 2, "USD"]):
            sheet.append(row)
    book.save(path)
    with pytest.raises(ReportgenError, match='has the header on several sheets, "Sheet", "Two"'):
        _told(f"{ESTIMATES}}}", path)
    assert "(Two!A3" not in _told(f"{ESTIMATES}, sheet: sheet}}", path)
    assert "Old!A3" in _told(f"{ESTIMATES}, sheet: OLD}}", path)
    with pytest.raises(ReportgenError, match='has no sheet "Twos"; did you mean "Two"'):
        _told(f"{ESTIMATES}, sheet: Twos}}", path)
    del book["Two"]
    book.save(path)
    assert "Sheet!A2" in _told(f"{ESTIMATES}}}", path)  # hidden ones are no others
    one = workbook(tmp_path, [["T", "V", "C"], ["ACME", 1, "USD"]], "one.xlsx")
    assert "Sheet!A2" in _told(f"{ESTIMATES}, sheet: Sheet}}", one)
