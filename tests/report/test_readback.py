"""The Registry: every field by key, and the way back from a file to the case it was made from."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.facts.policy import load_policy
from reportgen.facts.rows import Override
from reportgen.model import fundamentals
from reportgen.model.case.build import build_case
from reportgen.model.dims import CLOSE, MEASURE
from reportgen.model.evidence import claims
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, market_data
from reportgen.model.keys import NONE, is_spare
from reportgen.model.solved import by_key
from reportgen.report.readback.case import current_case, issued_case
from reportgen.report.readback.given import SeriesRows, members_of
from reportgen.report.readback.values import show, values
from reportgen.report.readback.workbook import NotAReportError, as_issued, finish, open_report
from reportgen.report.registry.file import recorded, registry_bytes, registry_path
from reportgen.report.registry.form import FOR_VALUES
from reportgen.report.registry.identity import snapshot
from reportgen.report.tabs.registry import HEADER, ISSUED, LIVE
from reportgen.xlsx.book import Cell
from reportgen.xlsx.reader.process import Reading
from reportgen.xlsx.writer.workbook import render, store, write
from tests.report.conftest import AS_OF
from tests.report.rebuilt import frozen, pack_of, rebuilt, with_cells, with_row_inserted
from tests.support.selection import long_except

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from reportgen.expr.nodes import Dim
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Case, Origin
    from reportgen.pipeline import Report
    from reportgen.report.readback.workbook import ReadReport
    from reportgen.xlsx.book import Book, Sheet

    Reports = Callable[[str], Report]


PACKS = long_except(
    {"baba", "tokyo", "bare"}, ("baba", "pence", "no_claims", "tokyo", "bare", "daily")
)


KEY, KIND, TAB, CELL = 0, 2, 5, 6


TEXTS = (
    "=1+1",
    "  spaces at both ends ",
    "two\nlines\tand a tab",
    "n/a",
    "_x0041_ & <b> \"'",
    "阿里巴巴 🐜",
    "1e5",
    "TRUE",
    "#REF!",
    "{target}",
)


# Remarks stand beside their input; of facts that nobody states there is nothing to say
# days of publication that the model reads: of two that could count, the newer does
DATED = re.compile(
    r"(fx\[.*\]|assumption\[(base_metric|growth|metric_12m|eps_growth|eps_12m),.*\])"
    r"\.issued\.published$"
)


NO_FIELD = re.compile(
    r"\.override\.(author|reason|expires)$|\.issued\.published$|^(fact|offer)\[-\]|^control\[choice,-\]"
)


NUMBERS = (0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0.0, 2.0**53 + 2)


@pytest.fixture(scope="module")
def stored(report: Reports, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The workbook of a pack, written once."""
    folder = tmp_path_factory.mktemp("reports")
    paths: dict[str, Path] = {}

    def path_of(pack: str) -> Path:
        if pack not in paths:
            paths[pack] = folder / f"{pack}.xlsx"
            _store(report(pack), paths[pack])
        return paths[pack]

    return path_of


def _store(made: Report, path: Path) -> None:
    content = render(made.book)
    store(content, path, {registry_path(path): registry_bytes(made.book, content, made.told)})


@pytest.fixture(scope="module")
def plain(report: Reports) -> Book:
    """A small report with values only, for edits that need no calculation."""
    return frozen(report("pence").book)


@pytest.fixture
def reread(tmp_path: Path) -> Callable[[Book], Case]:
    """The case that an edited book states, after it was written and read."""

    def read_back(book: Book) -> Case:
        path = tmp_path / "edited.xlsx"
        write(book, path)
        return current_case(open_report(path))

    return read_back


def same_bits(left: Array, right: Array) -> bool:
    """Whether two arrays hold the same texts, or numbers equal to the last bit, blanks alike."""
    if left.dtype.kind == "O" or right.dtype.kind == "O":
        return left.dtype == right.dtype and bool(np.array_equal(left, right))
    one, other = (np.where(np.isnan(array), np.nan, array) for array in (left, right))
    return one.shape == other.shape and one.tobytes() == other.tobytes()


def differences(left: Case, right: Case) -> list[str]:
    return [line.key for line in left.given if not same_bits(left.given[line], right.given[line])]


def comparable(origins: Mapping[str, Origin]) -> dict[str, str]:
    return {key: repr(origin) for key, origin in origins.items()}  # NaN is equal to itself in text


def registry(book: Book) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.name == "Registry")


def rows(book: Book) -> list[dict[int, Cell]]:
    found: dict[int, dict[int, Cell]] = {}
    for cell in registry(book).cells:
        if cell.row > HEADER:
            found.setdefault(cell.row, {})[cell.col] = cell
    return list(found.values())


def row_of(book: Book, key: str) -> dict[int, Cell]:
    return next(row for row in rows(book) if row[KEY].value == key)


def current_case_of(path: Path) -> Case:
    return current_case(open_report(path))


def issued_case_of(path: Path) -> Case:
    """From the Registry alone."""
    return issued_case(open_report(path, registry_only=True))


def case_beside(path: Path) -> Case:
    """From the file of the Registry, without the workbook."""
    return issued_case(beside(path))


def beside(path: Path) -> ReadReport:
    found = recorded(path)
    assert found is not None
    return as_issued(found)


def spot(book: Book, key: str) -> tuple[str, int, int]:
    """Tab, row and column of a field."""
    row = row_of(book, key)
    letters = str(row[CELL].value).rstrip("0123456789")
    assert len(letters) == 1
    return str(row[TAB].value), int(str(row[CELL].value)[1:]) - 1, ord(letters) - ord("A")


@pytest.mark.parametrize("pack", PACKS)
def test_reading_a_report_back_gives_the_case_it_was_made_from(
    pack: str, report: Reports, stored: Callable[[str], Path]
) -> None:
    made_from = build_case(report(pack).pack, load_policy())
    of_path = (current_case_of, issued_case_of, case_beside)
    for read in (case_of(stored(pack)) for case_of in of_path):
        assert read.members == made_from.members
        assert differences(made_from, read) == []
        assert snapshot(read) == snapshot(made_from)
        assert comparable(read.issued) == comparable(made_from.issued)
        assert comparable(read.overridden) == comparable(made_from.overridden)
        assert read.unused_overrides == made_from.unused_overrides
        assert read.arguments == tuple(
            argument._replace(line_no=0) for argument in made_from.arguments
        )


@pytest.mark.parametrize("pack", PACKS)
def test_every_value_of_a_report_is_read_back_by_its_key(
    pack: str, report: Reports, stored: Callable[[str], Path]
) -> None:
    expected = {
        key: value
        for key, value in by_key(report(pack).solved)
        if DATED.match(key) or not NO_FIELD.search(key)
    }
    assert show(stored(pack)) == expected


@pytest.mark.parametrize("pack", PACKS)
def test_beside_a_workbook_stands_what_a_diff_reads_of_it(
    pack: str, report: Reports, stored: Callable[[str], Path]
) -> None:
    read, listed = open_report(stored(pack)), beside(stored(pack)).listed
    told = {key for key, row in read.listed.items() if row.kind not in ("calculated", "continued")}
    said = {key for key in told if any(read.listed[key].issued) or any(read.listed[key].origin)}
    assert said <= set(listed)
    for key, row in listed.items():
        of_workbook = read.listed[key]._replace(place=None, remarks=row.remarks)
        assert row == of_workbook, key
    found = recorded(stored(pack))
    assert found is not None
    held = dict(values(read))
    assert dict(found.values) == {key: held[key] for key in report(pack).told}
    assert all(f"check[{name}].label" in found.values for name in members_of(read, "check"))


def test_odd_texts_and_extreme_numbers_come_back_unchanged(tmp_path: Path) -> None:
    def change(given: dict[object, Array]) -> None:
        for at, text in enumerate(TEXTS):
            given[fundamentals.note][at] = text
            given[price_targets.rating][at] = text
        given[claims.claim_amount.issued][-5:] = NUMBERS
        given[market_data.benchmark_close.override][:5] = NUMBERS

    built = rebuilt(pack_of("baba"), change)
    path = tmp_path / "odd.xlsx"
    write(built.book, path)
    assert differences(built.case, current_case_of(path)) == []
    assert differences(built.case, issued_case_of(path)) == []


def test_overrides_of_figures_on_other_tabs_keep_their_author_and_reason(tmp_path: Path) -> None:
    pack = pack_of("baba")
    keys = (
        "close[2025-11-28]",
        "target[Barclays,listed,2025-09-09]",
        "fundamental[cloud,revenue,x]",
    )
    logged = tuple(
        Override(AS_OF, key, 150.0, "", AS_OF, "", f"author {at}", "a better figure", at)
        for at, key in enumerate(keys)
    )
    built = rebuilt(replace(pack, rows=pack.rows._replace(overrides=logged)))
    assert set(built.case.overridden) == set(keys[:2])
    path = tmp_path / "overridden.xlsx"
    write(built.book, path)
    for read in (current_case_of(path), issued_case_of(path)):
        assert comparable(read.overridden) == comparable(built.case.overridden)
        assert read.unused_overrides == keys[2:]


def test_a_note_in_a_spare_row_tells_who_overrides_a_figure_of_another_tab(
    plain: Book, reread: Callable
) -> None:
    key = "target[Bishopsgate Securities,ordinary,2025-09-10]"
    tab, row, col = spot(plain, f"{key}.override")
    notes = {"key": key, "author": "R. Roe", "reason": "spoke to the desk"}
    edited = with_cells(plain, tab, [Cell(row, col, 210.0)])
    for part, text in notes.items():
        tab, row, col = spot(plain, f"override_row[+2].{part}")
        edited = with_cells(edited, tab, [Cell(row, col, text)])
    origin = reread(edited).overridden[key]
    assert (origin.author, origin.reason) == ("R. Roe", "spoke to the desk")


@pytest.mark.parametrize("pack", PACKS)
def test_no_two_fields_have_one_key(pack: str, report: Reports) -> None:
    keys = Counter(
        str(row[KEY].value)
        for row in rows(report(pack).book)
        if KIND not in row or row[KIND].value != "continued"
    )
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_typed_number_of_the_workbook_stands_in_the_registry(
    pack: str, report: Reports, stored: Callable[[str], Path]
) -> None:
    listed = open_report(stored(pack)).listed.values()
    places = [place for row in listed for place in (row.place, *row.remarks) if place]
    known = {
        (place.sheet, row, col)
        for place in places
        for row in range(place.first_row, place.last_row + 1)
        for col in range(place.first_col, place.last_col + 1)
    }
    typed = {
        (sheet.name, cell.row, cell.col)
        for sheet in report(pack).book.sheets
        for cell in sheet.cells
        if sheet.name != "Registry" and isinstance(cell.value, float) and not cell.formula
    }
    assert typed - known == set()


def test_links_follow_rows_inserted_above_and_between(plain: Book, reread: Callable) -> None:
    issued = reread(plain)
    for key in ("assumption[cost_of_equity,all,].issued", "as_of.override"):
        tab, row, _ = spot(plain, key)
        for at in (row, row + 1):
            assert differences(issued, reread(with_row_inserted(plain, tab, at))) == []


@pytest.mark.parametrize(
    ("above", "keys"),
    [
        (1, ("claim[{claim}].number", "close[{close}].date")),
        (2, ("target[{target}].number",)),
    ],
    ids=["after the first row", "after the second"],
)
def test_a_blank_row_inserted_into_a_table_or_a_series_changes_nothing(
    above: int, keys: tuple[str, ...], plain: Book, reread: Callable
) -> None:
    issued = reread(plain)
    for key in keys:
        row = row_of(plain, key)
        first = int("".join(filter(str.isdigit, str(row[CELL].value).split(":")[0]))) - 1
        book = with_row_inserted(plain, str(row[TAB].value), first + above)
        read = reread(book)
        assert read.members == issued.members
        assert differences(issued, read) == []


def test_a_close_typed_into_an_inserted_row_joins_the_series(plain: Book, reread: Callable) -> None:
    issued = reread(plain)
    days, closes = (row_of(plain, f"close[{{close}}].{part}") for part in ("date", "issued"))
    (tab, top), column = place_of(days), place_of(closes)[1]
    before, after = issued.given[market_data.close_date][3:5]
    book = with_row_inserted(plain, tab, top[0] + 4)
    typed = [
        Cell(top[0] + 4, top[1], before + 1, ""),
        Cell(top[0] + 4, column[1], 123.25, ""),
    ]
    read = reread(with_cells(book, tab, typed))
    assert before + 1 < after
    assert len(read.members[CLOSE]) == len(issued.members[CLOSE]) + 1
    assert read.given[market_data.close_date][4] == before + 1
    assert read.given[market_data.close.issued][4] == 123.25
    assert [name for name in read.members[CLOSE] if name in issued.members[CLOSE]] == list(
        issued.members[CLOSE]
    )


@pytest.mark.parametrize("dim", [MEASURE, CLOSE], ids=lambda dim: dim.name)
def test_of_a_series_whose_rows_were_all_deleted_its_spare_ones_are_left_or_none(
    dim: Dim, stored: Callable[[str], Path]
) -> None:
    report = open_report(stored("baba"))
    issued = members_of(report, dim.name)
    gone = {
        key: row._replace(place=None) if key.startswith(f"{dim.name}[") else row
        for key, row in report.listed.items()
    }
    rows = SeriesRows(replace(report, listed=gone), dim, issued)
    assert rows.members == (tuple(filter(is_spare, issued)) or (NONE,))
    assert rows.of([]) == [None] * sum(map(is_spare, issued))


def place_of(row: Mapping[int, Cell]) -> tuple[str, tuple[int, int]]:
    """Tab and upper cell of a column in the Registry."""
    first = str(row[CELL].value).split(":")[0]
    letters = first.rstrip("0123456789")
    col = 0
    for letter in letters:
        col = 26 * col + ord(letter) - ord("A") + 1
    return str(row[TAB].value), (int(first[len(letters) :]) - 1, col - 1)


def test_an_edit_is_current_and_leaves_the_issue_as_it_was(plain: Book, tmp_path: Path) -> None:
    key = "assumption[cost_of_equity,all,]"
    tab, row, col = spot(plain, f"{key}.override")
    author, reason, expires = 8, 9, 10
    edits = [
        Cell(row, col, 0.12),
        Cell(row, author, "R. Roe"),
        Cell(row, reason, "rates are up"),
        Cell(row, expires, 46_112.0),
    ]
    path = tmp_path / "edited.xlsx"
    write(with_cells(plain, tab, edits), path)
    found = open_report(path)
    issued, current = issued_case(found), current_case(found)
    assert differences(issued, current) == [f"{key}.override"]
    assert current.given[assumptions.cost_of_equity.override] == 0.12
    origin = current.overridden[key]
    assert (origin.author, origin.reason, origin.expires) == ("R. Roe", "rates are up", 46_112.0)
    assert snapshot(issued) == found.text("report.snapshot") != snapshot(current)


@pytest.mark.parametrize(
    ("typed", "meaning"), [(None, math.nan), ("soon", math.nan), (True, math.nan), (7.5, 7.5)]
)
def test_what_is_no_number_is_blank_in_a_cell_for_numbers(
    typed: float | str | None, meaning: float, plain: Book, reread: Callable
) -> None:
    tab, row, col = spot(plain, "assumption[fade_years,all,].issued")
    read = reread(with_cells(plain, tab, [Cell(row, col, typed)]))
    assert same_bits(read.given[assumptions.fade_years.issued], np.array(meaning))


def test_a_deleted_cell_is_blank_and_the_others_stay(plain: Book, reread: Callable) -> None:
    key = "assumption[fade_years,all,].issued"
    row = row_of(plain, key)
    broken = row[LIVE]._replace(formula='=IF(ISBLANK(#REF!),"",#REF!)')
    read = reread(with_cells(plain, "Registry", [broken]))
    assert differences(reread(plain), read) == [key]
    assert math.isnan(read.given[assumptions.fade_years.issued])


def _with_registry(book: Book, changed: Callable[[Sheet], Sheet]) -> tuple[Sheet, ...]:
    """The sheets of a book with another Registry, and without jumps to the one of that name."""
    return tuple(
        changed(one) if one.name == "Registry" else replace(one, links=()) for one in book.sheets
    )


def test_a_renamed_registry_and_moved_columns_are_still_found(
    plain: Book, reread: Callable, tmp_path: Path
) -> None:
    def moved(sheet: Sheet) -> Sheet:
        cells = tuple(
            cell._replace(row=cell.row + 2, col=cell.col + (cell.col > KIND))
            for cell in sheet.cells
        )
        return replace(sheet, name="Fields", cells=cells, filter=None)

    book = replace(plain, sheets=_with_registry(plain, moved))
    issued = reread(plain)
    assert differences(issued, reread(book)) == []
    assert differences(issued, issued_case_of(tmp_path / "edited.xlsx")) == []
    assert open_report(tmp_path / "edited.xlsx").text("report.snapshot") == snapshot(issued)


@pytest.mark.parametrize(
    ("name", "down", "right"),
    [("Registry", 0, 0), ("Registry", 0, 1), ("Fields", 2, 0)],
)
def test_a_report_is_read_without_what_stands_for_people_wherever_its_columns_were_moved(
    plain: Book, reread: Callable, tmp_path: Path, name: str, down: int, right: int
) -> None:
    def moved(sheet: Sheet) -> Sheet:
        cells = tuple(
            cell._replace(row=cell.row + down, col=cell.col + right * (cell.col > KIND))
            for cell in sheet.cells
        )
        return replace(sheet, name=name, cells=cells, filter=None)

    issued = reread(replace(plain, sheets=_with_registry(plain, moved)))
    with Reading(tmp_path / "edited.xlsx", cells_only=True, wanted=FOR_VALUES) as reading:
        found = finish(reading)
    assert differences(issued, current_case(found)) == []
    labels = [row for row, col in found.book.sheet(name).cells if col == 1]
    is_as_written = (name, down, right) == ("Registry", 0, 0)
    assert (labels == [HEADER]) == is_as_written


def test_the_case_as_issued_is_read_from_the_registry_alone(stored: Callable[[str], Path]) -> None:
    found = open_report(stored("baba"), registry_only=True)
    assert [sheet.name for sheet in found.book.sheets if sheet.cells] == ["Registry"]
    assert snapshot(issued_case(found)) == found.text("report.snapshot")


REFUSALS = {
    "no Registry": (KEY, "Key", "Name", "has no Registry tab"),
    "a newer one": (ISSUED, 1.0, 99.0, "version 99"),
}


@pytest.mark.parametrize("fault", REFUSALS)
def test_a_file_that_is_no_report_is_refused(fault: str, plain: Book, tmp_path: Path) -> None:
    col, old, new, message = REFUSALS[fault]
    at = next(
        cell
        for cell in sorted(registry(plain).cells)
        if (cell.col, cell.value) == (col, old) and cell.row >= HEADER
    )
    path = tmp_path / "other.xlsx"
    write(with_cells(plain, "Registry", [at._replace(value=new)]), path)
    with pytest.raises(NotAReportError, match=message):
        open_report(path)


def test_a_report_whose_members_are_lost_is_refused_by_name(plain: Book, tmp_path: Path) -> None:
    key = row_of(plain, "members[segment]")[KEY]
    path = tmp_path / "damaged.xlsx"
    write(with_cells(plain, "Registry", [key._replace(value="members[segments]")]), path)
    with pytest.raises(NotAReportError, match=r"lacks members\[segment\]"):
        current_case(open_report(path))


def test_a_report_whose_values_at_issue_were_edited_is_refused(plain: Book, tmp_path: Path) -> None:
    texts = row_of(plain, "close[{close}].issued")[ISSUED]
    path = tmp_path / "damaged.xlsx"
    write(with_cells(plain, "Registry", [texts._replace(value="[1,2")]), path)
    found = open_report(path)
    with pytest.raises(NotAReportError, match="cannot be read"):
        issued_case(found)


def test_values_are_those_the_file_holds(plain: Book, tmp_path: Path) -> None:
    tab, row, col = spot(plain, "expected_value")
    path = tmp_path / "edited.xlsx"
    write(with_cells(plain, tab, [Cell(row, col, 99.5)]), path)
    assert dict(values(open_report(path)))["expected_value"] == 99.5


DAMAGED = ("", "[", "{}", "null", "5", "[null]", "[{}]", '["x"', "[" * 5000, 5.0, None)


@pytest.mark.parametrize("key", ["report.confirmed", "report.unused_overrides", "argument[1]"])
def test_a_damaged_cell_of_the_registry_is_told_by_its_key(
    stored: Callable[[str], Path], key: str
) -> None:
    report = open_report(stored("baba"))
    for damaged in DAMAGED:
        row = report.listed[key]._replace(issued=(damaged,))
        with pytest.raises(NotAReportError, match=f"Registry, {re.escape(key)}: .* as it was"):
            issued_case(replace(report, listed={**report.listed, key: row}))
