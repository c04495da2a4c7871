"""A universe: one file a kind for all companies, each read once and cut by ticker."""

from __future__ import annotations

import csv
import gzip
import io
import pickle
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import InputErrors
from reportgen.facts.company import Segment
from reportgen.facts.reading import long_tables, of_universe, text_files
from reportgen.facts.reading.companies import tickers
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.reading.universe import SHARED, read_universe
from reportgen.pipeline import compose
from reportgen.scaffold import ScaffoldError, new
from reportgen.system import open_to_read
from reportgen.xlsx.writer.workbook import render
from tests.facts.pack_folder import AS_OF, copy_of_baba, without_lines
from tests.facts.universe_folder import LISTED, UniverseFolder

if TYPE_CHECKING:
    from pathlib import Path


def packed(content: bytes) -> bytes:
    """The same bytes at any time."""
    return gzip.compress(content, mtime=0)


@pytest.fixture
def folder(tmp_path: Path) -> UniverseFolder:
    return UniverseFolder(tmp_path)


def universe_file(name: str) -> str:
    return f"universe/{name}.csv"


def test_a_company_needs_no_folder_where_the_list_describes_it(folder: UniverseFolder) -> None:
    pack = folder.load(ticker="LOOM")
    company = pack.company
    assert (company.name, company.exchange) == ("Loom & Weft plc", "LSE")
    assert (company.price_currency, company.quote_currency) == ("GBP", "GBp")
    assert (company.adr_ratio, company.fiscal_year_end) == (1, "03-31")
    assert (company.sector, company.tags) == ("textiles", ("uk",))
    assert list(pack.prices["close"]) == [10, 10.1]
    assert list(pack.targets["target"]) == [12]
    assert list(pack.sources["title"]) == ["Annual report of Loom", "Broker changes"]


def test_peers_and_tags_are_separated_by_semicolons(folder: UniverseFolder) -> None:
    company = folder.load(ticker="KITE").company
    assert (company.peers, company.tags) == (("LOOM", "ACME"), ("ai", "us"))


def test_nested_fields_of_a_description_are_columns_with_a_point(folder: UniverseFolder) -> None:
    folder.write(
        universe_file("companies"),
        "ticker,name,exchange,price_currency,reporting_currency,fiscal_year_end,metric,"
        "prices.splits,sources.prices,metric_names.eps,launch.name,launch.date\n"
        "KITE,Kite,NYSE,USD,USD,12-31,ebita,raw,wire,core EPS,,\n",
    )
    company = folder.load(ticker="KITE").company
    assert (company.price_file.splits, company.price_source) == ("raw", "wire")
    assert company.metric_names == (("eps", "core EPS"),)
    assert company.segments == (Segment("main", "Whole company", "ebita"),)
    assert company.launch is None


def test_what_is_reported_of_the_group_is_that_of_the_one_segment(folder: UniverseFolder) -> None:
    figures = {(row.segment, row.metric) for row in folder.load(ticker="KITE").rows.fundamentals}
    assert figures == {("group", "revenue"), ("group", "eps"), ("main", "revenue")}
    folder.append(
        universe_file("fundamentals"),
        "KITE,2023-12-31,FY2023,main,revenue,900,USD m,2024-02-20,filing",
    )
    rows = folder.load(ticker="KITE").rows.fundamentals
    assert [row.value for row in rows if row.segment == "main"] == [900]


def test_what_a_folder_reports_of_the_one_segment_stands_instead_of_the_group_s(
    folder: UniverseFolder,
) -> None:
    header = LISTED["fundamentals"].partition("\n")[0].removeprefix("ticker,")
    row = "2023-12-31,FY2023,main,revenue,900,USD m,2024-02-20,filing"
    folder.write("KITE/fundamentals.csv", f"{header}\n{row}\n")
    rows = folder.load(ticker="KITE").rows.fundamentals
    assert [one.value for one in rows if one.segment == "main"] == [900]


def test_a_broken_line_of_the_group_is_told_once_and_not_of_the_one_segment_too(
    folder: UniverseFolder,
) -> None:
    folder.append(
        universe_file("fundamentals"),
        'KITE,2023-12-31,FY2023,group,revenue,900,USD m,2024-02-20,"filing" x',
    )
    (error,) = folder.errors(ticker="KITE")
    assert error.startswith(
        "inputs/universe/fundamentals.csv:5: has text after a closing quotation"
    )


def test_a_folder_adds_its_rows_to_those_of_the_universe(folder: UniverseFolder) -> None:
    folder.write(
        "KITE/targets.csv",
        "broker;published;target;currency;source\nAcorn;2025-11-05;1.400,5;USD;wire\n",
    )
    assert [row.broker for row in folder.load(ticker="KITE").rows.targets] == [
        "Coyote",
        "Road, Runner & Co",
        "Acorn",
    ]


def test_a_folder_s_description_counts_before_that_of_the_list(folder: UniverseFolder) -> None:
    folder.write(
        "KITE/company.yaml",
        "ticker: KITE\nname: Kite\nsegments: [{id: toys, name: Toys, metric: revenue}]\n",
    )
    company = folder.load(ticker="KITE").company
    assert (company.name, company.exchange, company.tags) == ("Kite", "NYSE", ("ai", "us"))
    assert [segment.id for segment in company.segments] == ["toys"]


def test_a_key_left_blank_in_a_folder_s_description_is_that_of_the_list(
    folder: UniverseFolder,
) -> None:
    folder.write("KITE/company.yaml", "ticker: KITE\nname:\nadr_ratio:\npeers: []\n")
    company = folder.load(ticker="KITE").company
    assert (company.name, company.peers) == ("Kite Aerial Ltd", ())


def test_a_segment_that_a_folder_describes_is_not_taken_for_the_whole(
    folder: UniverseFolder,
) -> None:
    folder.write("KITE/company.yaml", "segments: [{id: main, name: Core, metric: revenue}]\n")
    rows = folder.load(ticker="KITE").rows.fundamentals
    assert {row.segment for row in rows} == {"group"}


def test_a_pack_moved_into_a_universe_gives_the_same_report(tmp_path: Path) -> None:
    inputs = copy_of_baba(tmp_path)
    before = compose("BABA", as_of=AS_OF, inputs=inputs)
    (inputs / "universe").mkdir()
    for path in sorted((inputs / "BABA").glob("*.csv")):
        text = io.StringIO(path.read_text(encoding="utf-8"), newline="")
        header, *rows = csv.reader(text)
        moved = [[header[0], "ticker", *header[1:]]]
        moved += [[row[0], "BABA", *row[1:]] for row in rows]
        with (inputs / "universe" / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(moved)
        path.unlink()
    after = compose("BABA", as_of=AS_OF, inputs=inputs)
    assert after.pack.input_hash == before.pack.input_hash
    assert render(after.book) == render(before.book)
    assert not after.warnings


def test_rows_of_a_company_with_a_folder_are_read_though_no_list_names_it(
    folder: UniverseFolder,
) -> None:
    before = folder.load()
    folder.append(universe_file("targets"), "ACME,2025-11-04,Acorn,140,USD,wire")
    after = folder.load()
    assert len(after.targets) == len(before.targets) + 1
    assert after.company == before.company


def test_without_a_universe_a_pack_is_what_it_was(folder: UniverseFolder) -> None:
    alone = folder.load()
    for path in (folder.inputs / "universe").iterdir():
        path.unlink()
    (folder.inputs / "universe").rmdir()
    assert folder.load().input_hash == alone.input_hash
    assert folder.universe().tickers == ()


def test_companies_are_those_with_a_folder_and_those_listed(folder: UniverseFolder) -> None:
    (folder.inputs / "notes").mkdir()
    folder.write("universe/company.yaml", "ticker: universe\n")
    assert tickers(folder.inputs) == ("ACME", "KITE", "LOOM")
    assert folder.universe().tickers == ("KITE", "LOOM")
    assert tickers(folder.inputs / "nowhere") == ()


@pytest.mark.parametrize("ticker", ["universe", "market", "runs", "Universe", "MARKET"])
def test_the_names_of_shared_folders_are_no_tickers(folder: UniverseFolder, ticker: str) -> None:
    assert "is the folder of" in folder.errors(ticker=ticker)[0]
    with pytest.raises(ScaffoldError, match="is the folder of"):
        new(ticker, inputs=folder.inputs)
    folder.append(universe_file("companies"), f"{ticker},No,NYSE,USD,USD,,12-31,,,")
    assert ticker not in folder.universe().tickers
    (told,) = folder.told()
    assert told.startswith(f'inputs/universe/companies.csv:4 ticker: "{ticker}" is the folder of')


def test_a_slice_goes_to_another_process_and_gives_the_same_pack(folder: UniverseFolder) -> None:
    whole = folder.universe()
    for ticker in whole.tickers:
        sent = pickle.loads(pickle.dumps(whole.slice(ticker)))  # noqa: S301 - made here
        assert sent.digest == whole.slice(ticker).digest
        one = read_pack(ticker, folder.inputs, of_universe=sent)
        assert one == read_pack(ticker, folder.inputs)
        assert folder.from_slice(ticker).input_hash == folder.load(ticker=ticker).input_hash


def test_the_digest_is_that_of_a_company_s_own_lines(folder: UniverseFolder) -> None:
    before = {ticker: folder.digest(ticker) for ticker in ("KITE", "LOOM", "ACME", "NONE")}
    folder.append(universe_file("targets"), "LOOM,2025-11-04,Acorn,140,GBp,wire")
    after = {ticker: folder.digest(ticker) for ticker in before}
    assert [ticker for ticker in before if before[ticker] != after[ticker]] == ["LOOM"]
    lines = LISTED["targets"].splitlines()
    folder.write(universe_file("targets"), "\n".join([lines[0], *sorted(lines[1:])]))
    assert folder.digest("KITE") == before["KITE"]
    folder.replace(universe_file("targets"), "ticker,published", "ticker,Published")
    assert folder.digest("KITE") != before["KITE"]


def test_the_digest_of_a_pack_s_files_holds_that_of_its_slice(folder: UniverseFolder) -> None:
    files = read_pack("KITE", folder.inputs)
    assert files.digests["universe"] == folder.digest("KITE")
    folder.replace(universe_file("sources"), "*,wire", "KITE,wire")
    assert "universe" not in read_pack("ACME", folder.inputs).digests


def test_a_source_of_every_company_gives_way_to_one_of_its_own(folder: UniverseFolder) -> None:
    assert dict(folder.load().sources[["id", "title"]].to_numpy())["wire"] == "Broker changes"
    folder.append(universe_file("sources"), "LOOM,wire,Changes in wool,wire")
    titles = [row.title for row in folder.load(ticker="LOOM").rows.sources]
    assert titles == ["Annual report of Loom", "Changes in wool"]
    assert "Broker changes" in [row.title for row in folder.load(ticker="KITE").rows.sources]


def test_a_source_that_two_files_describe_alike_is_one(folder: UniverseFolder) -> None:
    folder.write("KITE/sources.csv", "id,title,tier\nfiling,Annual report of Kite,primary\n")
    assert len(folder.load(ticker="KITE").sources) == 2
    folder.replace("KITE/sources.csv", "primary", "wire")
    assert folder.errors(ticker="KITE") == [
        (
            'inputs/KITE/sources.csv:2 id: "filing" stands in the file more than once; '
            "expected one row for each source; remove one of them"
        )
    ]


def test_packed_files_are_read_as_they_are(folder: UniverseFolder) -> None:
    before = {ticker: folder.load(ticker=ticker) for ticker in ("KITE", "LOOM")}
    digest = folder.digest("KITE")
    for name, text in LISTED.items():
        folder.path(universe_file(name)).unlink()
        folder.write(f"universe/{name}.csv.gz", packed(text.encode()))
    for ticker, pack in before.items():
        assert folder.load(ticker=ticker).input_hash == pack.input_hash
    assert folder.digest("KITE") == digest


@pytest.mark.parametrize(
    ("encoding", "newline", "delimiter"),
    [
        ("utf-8-sig", "\r\n", ","),
        ("utf-16", "\n", "\t"),
        ("utf-16-le", "\r\n", ","),
        ("gb18030", "\n", ";"),
        ("utf-8", "\r", ","),
    ],
)
def test_a_vendor_s_spelling_of_a_file_makes_no_difference(
    folder: UniverseFolder, encoding: str, newline: str, delimiter: str
) -> None:
    for name, text in LISTED.items():
        if name == "targets":
            text = text.replace('"Road, Runner & Co"', "Road Runner & Co")  # noqa: PLW2901 - apart
        text = text.replace(",", delimiter).replace("\n", newline)  # noqa: PLW2901 - as above
        if name != "companies" or delimiter != ";":
            folder.write(universe_file(name), text.encode(encoding))
    pack = folder.load(ticker="KITE")
    assert [row.broker for row in pack.rows.targets] == ["Coyote", "Road Runner & Co"]
    assert list(pack.prices["close"]) == [100, 101.5]


@pytest.mark.parametrize(
    ("name", "encoding", "read", "told"),
    [
        ("Müller & Söhne", "utf-8", "Müller & Söhne", ""),
        ("Müller & Söhne", "cp1252", "Müller & Söhne", "warning"),
        ("三星電子株式会社", "cp932", "三星電子株式会社", "warning"),
    ],
)
def test_a_name_in_another_encoding_is_read_and_told(
    folder: UniverseFolder, name: str, encoding: str, read: str, told: str
) -> None:
    text = LISTED["companies"].replace("Kite Aerial Ltd", name)
    folder.write(universe_file("companies"), text.encode(encoding))
    pack = folder.load(ticker="KITE")
    assert pack.company.name == read
    said = [one for one in pack.warnings if "is not UTF-8" in str(one)]
    assert [(one.place, one.severity) for one in said] == (
        [("inputs/universe/companies.csv:2", "warning")] if told else []
    )
    assert not [one for one in folder.from_slice("LOOM").warnings if "UTF-8" in str(one)]


@pytest.mark.parametrize(
    ("name", "exchange"),
    [(b"Stra\xdfe \xc5\xf8\xe5 \xb1\xb2", b"NYSE"), ("Müller".encode(), b"B\xf6rse")],
    ids=["nothing settles it", "in two encodings"],
)
def test_a_name_in_an_encoding_that_is_not_sure_is_refused(
    folder: UniverseFolder, name: bytes, exchange: bytes
) -> None:
    text = LISTED["companies"].encode().replace(b"Kite Aerial Ltd,NYSE", name + b"," + exchange)
    folder.write(universe_file("companies"), text)
    (error,) = folder.errors(ticker="KITE")
    assert error.startswith("inputs/universe/companies.csv:2: is not ")
    folder.load(ticker="LOOM")


def test_the_order_of_rows_makes_no_difference(folder: UniverseFolder) -> None:
    before = {ticker: folder.load(ticker=ticker) for ticker in ("KITE", "LOOM")}
    for name, text in LISTED.items():
        header, *rows = text.splitlines()
        folder.write(universe_file(name), "\n".join([header, *reversed(rows)]))
    for ticker, pack in before.items():
        assert without_lines(folder.load(ticker=ticker)) == without_lines(pack)
        assert folder.load(ticker=ticker).input_hash == pack.input_hash


def test_a_row_published_later_is_not_known(folder: UniverseFolder) -> None:
    before = folder.load(ticker="LOOM")
    folder.append(universe_file("targets"), "LOOM,2025-12-01,Acorn,999,GBp,wire")
    assert folder.load(ticker="LOOM").input_hash == before.input_hash
    assert len(folder.load(date(2025, 12, 31), "LOOM").targets) == 3


MISTAKES = [
    ("targets", "KITE,2025-11-04,Acorn,2OO,USD,wire", ':6 target: "2OO" is not a number'),
    ("targets", "KITE,31/31/2025,Acorn,200,USD,wire", ":6 published: "),
    ("targets", "KITE,2025-11-04,Acorn,200,USD,nobody", ':6 source: "nobody" is not in sources'),
    ("targets", "KITE,2025-11-04,Acorn,200,USD,wire,x", ":6: has 7 cells where the header has 6"),
    ("targets", "KITE,2025-11-04,Acorn", ":6: has 3 cells where at least 6 are needed"),
    ("targets", 'KITE,2025-11-04,"Acorn,200,USD,wire', ":6: opens a quotation mark"),
    ("targets", 'KITE,2025-11-04,"Acorn" x,200,USD,wire', ":6: has text after a closing quotation"),
    ("targets", "KITE,2025-10-01,Coyote,131,USD,wire", ":6 target: 131 is not what line 2 states"),
    ("prices", "KITE,2025-11-28,99", ":6 Close: 101.5 is not the close that line 6 states"),
    ("prices", "KITE,2025-11-27,1OO", ':6 Close: "1OO" is not a number'),
    ("fundamentals", "KITE,2024-12-31,FY2024,wings,revenue,1,USD m,2025-02-20,filing", ":5 segme"),
    ("companies", "KITE,Kite,NYSE,USD,USD,,12-31,,,", ':4 ticker: "KITE" stands on line 2'),
    ("sources", "KITE,filing,Again,primary", ':5 id: "filing" stands in the file more than once'),
    ("sources", "*,wire,Again,wire", ':5 id: "wire" stands in the file more than once'),
]


@pytest.mark.parametrize(("name", "line", "told"), MISTAKES, ids=lambda one: one[:30])
def test_a_mistake_is_told_with_the_universe_s_file_and_line(
    folder: UniverseFolder, name: str, line: str, told: str
) -> None:
    folder.append(universe_file(name), line)
    errors = folder.errors(ticker="KITE")
    place = f"inputs/universe/{name}.csv"
    assert any(
        error.startswith((place + told, place + told.replace(":6", ":4"))) for error in errors
    )


@pytest.mark.parametrize(
    ("name", "line"), [(name, line) for name, line, _ in MISTAKES if not line.startswith("*")]
)
def test_a_mistake_costs_only_the_company_whose_row_it_is(
    folder: UniverseFolder, name: str, line: str
) -> None:
    before = {ticker: folder.load(ticker=ticker) for ticker in ("LOOM", "ACME")}
    header, *rows = LISTED[name].splitlines()
    folder.write(universe_file(name), "\n".join([header, line, *rows]))
    assert folder.errors(ticker="KITE")
    for ticker, pack in before.items():
        assert folder.from_slice(ticker).input_hash == pack.input_hash


@pytest.mark.parametrize(
    ("header", "line", "told"),
    [
        ("exchange", "NOWHERE,Nowhere,NYSE,US,USD,,12-31,,,", 'price_currency: "US" is not a curr'),
        ("name", "NOWHERE,,NYSE,USD,USD,,12-31,,,", "name: is missing"),
        ("tags", "NOWHERE,No,NYSE,USD,USD,,12-31,,a b,", 'tags[1]: "a b" is not a tag'),
        ("peers", "NOWHERE,No,NYSE,USD,USD,,12-31,A;A,,", "peers: are not different names"),
        ("adr", "NOWHERE,No,NYSE,USD,USD,0,12-31,,,", 'adr_ratio: "0" is not a number above 0'),
        ("cells", "NOWHERE,No,NYSE,USD,USD,1,12-31,,,,x", ": has 11 cells where the header has 10"),
        ("quotes", 'NOWHERE,"No,NYSE,USD,USD,1,12-31,,,', ": opens a quotation mark"),
    ],
)
def test_a_mistake_in_the_list_is_told_with_its_line(
    folder: UniverseFolder, header: str, line: str, told: str
) -> None:
    assert header
    folder.append(universe_file("companies"), line)
    errors = folder.errors(ticker="NOWHERE")
    assert any(
        error.startswith("inputs/universe/companies.csv:4") and told in error for error in errors
    )
    folder.load(ticker="KITE")


def test_rows_of_companies_that_nothing_lists_are_told_once(folder: UniverseFolder) -> None:
    folder.append(universe_file("targets"), *["KYTE,2025-11-04,Acorn,140,USD,wire"] * 3)
    told = (
        'inputs/universe/targets.csv:6 ticker: "KYTE" is neither in companies.csv nor a folder; '
        "with it 2 more rows of such: not read; did you mean KITE?"
    )
    assert folder.told() == [told]
    assert told in folder.problems(ticker="KITE")
    assert not folder.universe().slice("KITE").problems


def test_a_row_of_no_company_is_told(folder: UniverseFolder) -> None:
    folder.append(universe_file("targets"), "", ",,,,,", ",2025-11-04,Acorn,140,USD,wire")
    assert folder.told() == ["inputs/universe/targets.csv:8 ticker: is blank: not read; fill it in"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("targets.csv", b"", "is empty"),
        ("targets.csv", b"PK\x03\x04 ", "is a workbook or an archive, not a text"),
        ("targets.csv", b"\x1f\x8b ", "is compressed, not a text"),
        ("targets.csv", b"published,broker\n", "has no column ticker"),
        ("targets.csv", b"tickers,published\n", 'of; rename "tickers"'),
        ("targets.csv", b"ticker,published\n", "lacks the columns broker, target"),
        ("targets.csv", b"\xff\xfet\0i\0c", "is not valid UTF-16-LE"),
        ("prices.csv.gz", packed(b"ticker,Date,Close\n"), "stands beside prices.csv"),
        ("events.csv.gz", b"ticker,published\n", "is not a whole gzip file"),
        ("events.csv.gz", packed(b"ticker,published\n" * 9)[:-9], "is not a whole gzip"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_stops_every_company(
    folder: UniverseFolder, name: str, content: bytes, told: str
) -> None:
    folder.write(f"universe/{name}", content)
    for ticker in ("KITE", "ACME"):
        (error,) = folder.errors(ticker=ticker)
        assert error.startswith(f"inputs/universe/{name}")
        assert told in error
    assert any(told in one for one in folder.told())


def test_the_digest_is_the_same_whoever_cut_the_slice(folder: UniverseFolder) -> None:
    folder.append(universe_file("targets"), "KYTE,2025-11-04,Acorn,140,USD,wire")
    assert read_pack("KITE", folder.inputs).digests["universe"] == folder.digest("KITE")
    before = folder.digest("KITE")
    folder.write(universe_file("events"), "")
    assert folder.digest("KITE") != before


def test_a_file_that_the_system_refuses_is_told(
    folder: UniverseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *, follow: bool = True) -> int:
        if path.name == "targets.csv" and path.parent.name == "universe":
            raise PermissionError(13, "Permission denied")
        return open_to_read(path, follow=follow)

    monkeypatch.setattr(text_files, "open_to_read", refuse)
    told = "inputs/universe/targets.csv: cannot be read (Permission denied); expected a plain file"
    assert folder.told() == [told]


def test_a_company_that_is_not_found_is_told_with_what_hides_it(folder: UniverseFolder) -> None:
    assert "did you mean KITE?" in folder.errors(ticker="KITES")[0]
    folder.write(universe_file("companies"), "name\nKite\n")
    assert folder.errors(ticker="KITE") == [
        (
            "inputs/KITE: there is no such folder; expected a company's input pack; "
            "reportgen new KITE makes one"
        ),
        (
            "inputs/universe/companies.csv: has no column ticker; "
            "expected the company that each row is of"
        ),
    ]


def test_a_list_that_cannot_be_read_is_not_taken_for_no_companies(folder: UniverseFolder) -> None:
    folder.write(universe_file("companies"), "name\nKite\n")
    with pytest.raises(InputErrors, match=r"companies.csv: has no column ticker"):
        tickers(folder.inputs)


def test_a_bomb_is_refused_while_it_is_unpacked(
    folder: UniverseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_tables, "LARGEST", 200_000)
    row = b"KITE,2025-11-04,Acorn,140,USD,wire\n"
    for content in (row * 10_000, b"\n" * 300_000, b"\0" * 300_000, b"x" * 300_000):
        bomb = packed(LISTED["targets"].encode() + content)
        folder.path(universe_file("targets")).unlink(missing_ok=True)
        folder.write("universe/targets.csv.gz", bomb)
        assert "targets.csv.gz: is too large (over 200,000 bytes unpacked)" in folder.told()[0]


@pytest.mark.parametrize(
    ("limit", "value", "told"),
    [
        ("MOST_LINES", 4, "has more than 4 lines"),
        ("LONGEST_LINE", 40, "has a line of 40 characters or more"),
        ("MOST_KEYS", 1, "names more than 1 different ones"),
    ],
)
def test_a_file_beyond_its_limits_is_refused(
    folder: UniverseFolder, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, told: str
) -> None:
    monkeypatch.setattr(long_tables, limit, value)
    assert any(told in one for one in folder.told())


def test_too_many_lines_of_one_company_are_its_own_mistake(
    folder: UniverseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.append(universe_file("prices"), "KITE,2025-11-27,101")
    monkeypatch.setattr(of_universe, "MOST_LINES", 2)
    assert folder.errors(ticker="KITE") == [
        "inputs/universe/prices.csv:2: has 3 lines of KITE; expected at most 2; keep what is needed"
    ]
    folder.load(ticker="LOOM")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("companies", b"KITE,K\0 \xfc,NYSE,USD,USD,,12-31,,,technology"),
        ("targets", b"KITE,2025-11-04,A\0 \xfc,140,USD,wire"),
        ("sources", b"*,wire,A\0 \xfc,wire"),
        ("defaults", b"technology,2025-01-02,all,,fade_years,9,years,A\0 \xfc"),
    ],
)
def test_rows_that_are_no_text_are_told_by_the_line_of_the_company(
    folder: UniverseFolder, name: str, line: bytes
) -> None:
    columns = "sector,published,scenario,segment,key,value,unit,author"
    header, *rows = LISTED.get(name, columns).splitlines()
    others = [row.encode() for row in rows if "KITE" not in row]
    folder.write(universe_file(name), b"\n".join([header.encode(), line, *others]))
    told = [one for one in folder.errors(ticker="KITE") if f"/{name}.csv:2: is not valid" in one]
    assert len(told) == 1
    if name != "sources":
        folder.load(ticker="LOOM")


def test_of_very_many_broken_lines_of_a_company_some_are_told(
    folder: UniverseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_tables, "MOST_BROKEN", 2)
    folder.append(universe_file("targets"), *['KITE,2025-11-04,"Acorn" x,140,USD,wire'] * 9)
    assert len(folder.errors(ticker="KITE")) == 2
    folder.load(ticker="LOOM")


@pytest.mark.parametrize("mark", ['"', ""])
def test_a_mark_never_closed_swallows_no_row_of_another_company(
    folder: UniverseFolder, mark: str
) -> None:
    folder.write(
        universe_file("targets"),
        "ticker,published,broker,target,currency,source\n"
        'KITE,2025-10-01,"Coyote,130,USD,wire\n'
        "LOOM,2025-10-02,Coyote,1200,GBp,wire\n"
        f"KITE,2025-11-03,Acorn{mark},120,USD,wire\n",
    )
    assert [row.broker for row in folder.load(ticker="LOOM").rows.targets] == ["Coyote"]
    (error,) = folder.errors(ticker="KITE")
    assert error.startswith("inputs/universe/targets.csv:2: opens a quotation mark")


def test_a_cell_of_several_lines_is_one_row(folder: UniverseFolder) -> None:
    folder.append(
        universe_file("claims"),
        "ticker,key,value,unit,published,source,note",
        'KITE,price,99,USD,2025-11-03,wire,"one\ntwo, ""and"" three"',
        "KITE,price,x,USD,2025-11-04,wire,",
        'LOOM,price,99,USD,2025-11-05,wire,""',
    )
    assert [row.note for row in folder.load(ticker="LOOM").rows.claims] == [""]
    (error,) = folder.errors(ticker="KITE")
    assert error.startswith("inputs/universe/claims.csv:4 value: ")
    folder.replace(universe_file("claims"), "price,x", "price,98")
    notes = [row.note for row in folder.load(ticker="KITE").rows.claims]
    assert notes == ['one\ntwo, "and" three', ""]


def test_files_that_are_no_tables_are_told(folder: UniverseFolder) -> None:
    folder.write("universe/target.csv", "").write("universe/prices.xlsx", "")
    folder.write("universe/README.txt", "").write("universe/.targets.csv", "")
    found = "is not a table of a universe and was not read"
    assert folder.told() == [
        f"inputs/universe/prices.xlsx: {found}; did you mean prices.csv?",
        f"inputs/universe/target.csv: {found}; did you mean targets.csv?",
    ]


def test_columns_that_are_not_known_are_told_once(folder: UniverseFolder) -> None:
    folder.replace(universe_file("companies"), "adr_ratio", "isin")
    folder.write(
        universe_file("targets"),
        LISTED["targets"].replace("currency", "currency,analyst").replace(",USD", ",USD,Jo")
        .replace(",GBp", ",GBp,Jo"),
    )  # fmt: skip
    assert folder.told() == [
        'inputs/universe/companies.csv:1: has a column "isin", which is not used',
        'inputs/universe/targets.csv:1: has a column "analyst", which is not used',
    ]
    assert not [one for one in folder.from_slice("KITE").warnings if "not used" in str(one)]


def test_a_link_out_of_the_inputs_is_not_followed(folder: UniverseFolder, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text(LISTED["targets"], encoding="utf-8")
    folder.path(universe_file("targets")).unlink()
    folder.path(universe_file("targets")).symlink_to(outside)
    assert "is a link that leads out of the inputs" in folder.told()[0]
    (tmp_path / "elsewhere").mkdir()
    (folder.inputs / "KITE").symlink_to(tmp_path / "elsewhere")
    assert "there is no such folder" in folder.errors(ticker="KITE")[0]
    folder.path(universe_file("targets")).unlink()
    (folder.inputs / "universe").rename(tmp_path / "universe")
    (folder.inputs / "universe").symlink_to(tmp_path / "universe")
    (told,) = folder.told()
    assert told == "inputs/universe: is a link that leads out of the inputs; copy it here"


def test_a_missing_piece_is_na_and_told(folder: UniverseFolder) -> None:
    folder.path(universe_file("prices")).unlink()
    pack = folder.load(ticker="KITE")
    assert not len(pack.prices)
    told = "inputs/KITE/prices.csv: is missing: what depends on it is n/a"
    assert told in folder.problems(ticker="KITE")


def test_only_what_is_asked_for_is_kept(folder: UniverseFolder) -> None:
    one = read_universe(folder.inputs, only="KITE")
    assert one.slice("KITE") == folder.universe().slice("KITE")
    assert set(one.slice("LOOM").cuts) == {"companies", SHARED}
