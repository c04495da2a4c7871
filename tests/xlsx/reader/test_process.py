"""Whatever a file does, its reader says so within 5 seconds of computing and 500 MB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reportgen.xlsx.reader import process
from reportgen.xlsx.reader.limits import (
    ASK_SENDER,
    DEFAULT_LIMITS,
    HostileFile,
    Limits,
    UnreadableFile,
)
from reportgen.xlsx.reader.process import Child, compare_safely, read_safely
from reportgen.xlsx.reader.transport import dump
from reportgen.xlsx.reader.workbook import read
from reportgen.xlsx.reader.worker import answer
from tests.xlsx.compare.rich_book import write_rich_book
from tests.xlsx.reader import foreign_files as foreign
from tests.xlsx.reader import hostile_files as hostile
from tests.xlsx.reader.raw_book import write_rows

if TYPE_CHECKING:
    from collections.abc import Callable


SECONDS = 5.0


BYTES = 500e6


# A reader in a process of its own, so that its memory and that of its children can be told.
PROBE = """
import json, re, resource, sys
from pathlib import Path
from reportgen.xlsx.reader.process import read_safely
from reportgen.xlsx.reader.limits import WorkbookFileError
outcome = ["read", "", "", ""]
try:
    read_safely(Path(sys.argv[1]))
except WorkbookFileError as error:
    outcome = [type(error).__name__, error.place, error.fact, error.remedy]
# Of itself ru_maxrss tells what the process that started it had in use, too; VmHWM does not.
own = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([outcome, used.ru_utime + used.ru_stime, (own + used.ru_maxrss) * 1024]))
"""


class Outcome(NamedTuple):
    error: str
    place: str
    fact: str
    remedy: str


# What makes the file, the error, a word of its place, a word of what is said
CASES: list[tuple[Callable[[Path], Path], str, str, str]] = [
    (hostile.zip_bomb, "HostileFile", "sheet1", "unpacks to 140 MB"),
    (hostile.quick_bomb, "HostileFile", "Sheet1", "more than 500,000 cells"),
    (hostile.endless_row, "HostileFile", "Sheet1", "more than 500,000 cells"),
    (hostile.endless_cell, "HostileFile", "Sheet1", "more than 500,000 cells"),
    (hostile.string_bomb, "HostileFile", "sharedStrings", "more than 500,000 texts"),
    (hostile.lying_sizes, "UnreadableFile", "sheet1", "damaged"),
    (hostile.many_parts, "HostileFile", "", "lists 6,005 parts"),
    (hostile.claimed_parts, "HostileFile", "", "parts"),
    (hostile.sparse_giant, "HostileFile", "XFD1048576", "out of all measure"),
    (hostile.endless_merges, "HostileFile", "Sheet1", "more merged areas"),
    (hostile.wide_arrays, "HostileFile", "Sheet1", "array formulas"),
    (hostile.endless_rule, "HostileFile", "Sheet1", "more merged areas"),
    (hostile.deep_tree, "HostileFile", "Sheet1", "than any program writes"),
    (hostile.billion_laughs, "HostileFile", "sharedStrings", "document type"),
    (hostile.external_entity, "HostileFile", "sheet1", "document type"),
    (hostile.utf16_document_type, "HostileFile", "sheet1", "document type"),
    (hostile.part_outside, "HostileFile", "cron", "leads out of the file"),
    (hostile.absolute_part, "HostileFile", "cron", "leads out of the file"),
    (hostile.doubled_part, "HostileFile", "sheet1", "more than once"),
    (foreign.cut_off, "UnreadableFile", "", "cut off"),
    (foreign.flipped_bits, "UnreadableFile", "sheet1", "damaged"),
    (foreign.encrypted_package, "UnreadableFile", "", "protected by a password"),
    (foreign.encrypted_part, "UnreadableFile", "", "encrypted"),
    (foreign.old_workbook, "UnreadableFile", "", "old Excel workbook (.xls)"),
    (foreign.binary_workbook, "UnreadableFile", "", "(.xlsb)"),
    (foreign.open_document, "UnreadableFile", "", "OpenDocument file (spreadsheet)"),
    (foreign.word_document, "UnreadableFile", "", "Word document"),
    (foreign.plain_zip, "UnreadableFile", "", "ordinary zip"),
    (foreign.no_workbook, "UnreadableFile", "", "holds no workbook"),
    (foreign.missing_sheet, "UnreadableFile", "Sheet1", "missing"),
    (foreign.written(b""), "UnreadableFile", "", "empty"),
    (foreign.written(b"Date,Close\n2025-11-28,157.3\n"), "UnreadableFile", "", "plain text"),
    (foreign.written(b"%PDF-1.7\n"), "UnreadableFile", "", "PDF"),
    (foreign.written(b"<!DOCTYPE html><table>"), "UnreadableFile", "", "HTML"),
    (foreign.written(bytes(range(256))), "UnreadableFile", "", "of an unknown kind"),
    (foreign.written(b"PK\x03\x04" + bytes(100)), "UnreadableFile", "", "cut off"),
]


@pytest.mark.parametrize(("make", "error", "place", "fact"), CASES)
def test_a_hostile_file_is_refused_in_time_and_memory(
    tmp_path: Path, make: Callable[[Path], Path], error: str, place: str, fact: str
) -> None:
    outcome, seconds, peak = probe(make(tmp_path / "returned.xlsx"))
    # On a slow machine the time may be up before the reader has found what is wrong.
    out_of_time = "took more than 4 seconds of computing" in outcome.fact
    as_expected = outcome.error == error and place in outcome.place and fact in outcome.fact
    assert out_of_time or as_expected, outcome
    assert outcome.remedy
    assert seconds < SECONDS
    assert peak < BYTES


@pytest.mark.parametrize(("make", "error", "place", "fact"), CASES)
def test_it_is_refused_alike_without_a_process_of_its_own(
    tmp_path: Path, make: Callable[[Path], Path], error: str, place: str, fact: str
) -> None:
    path = make(tmp_path / "returned.xlsx")
    request = {"task": "read", "paths": [str(path)], "sheets": None}
    reply = answer(request, DEFAULT_LIMITS)
    assert isinstance(reply, dict)
    assert reply["error"] == error
    _, told_place, told_fact, _ = reply["message"]
    assert (place in told_place, fact in told_fact) == (True, True)


def probe(path: Path) -> tuple[Outcome, float, float]:
    """What reading the file safely comes to, its seconds of computing, the peak of its memory."""
    command = [sys.executable, "-c", PROBE, str(path)]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - ours
    outcome, seconds, peak = json.loads(done.stdout)
    return Outcome(*outcome), seconds, peak


def test_a_file_that_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.xlsx", tmp_path / "link.xlsx"
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "nowhere.xlsx")
    for path in (tmp_path, pipe, link, tmp_path / "missing.xlsx"):
        with pytest.raises(UnreadableFile):
            read_safely(path)


def test_a_link_to_a_workbook_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(write_rich_book(tmp_path / "rich.xlsx"))
    assert read_safely(link).sheets


def test_reading_safely_gives_what_reading_gives(tmp_path: Path) -> None:
    path = write_rich_book(tmp_path / "rich.xlsx")
    assert read_safely(path) == read(path)


def test_chosen_sheets_are_read_and_the_others_named(tmp_path: Path) -> None:
    path = write_rich_book(tmp_path / "rich.xlsx")
    model, prices = read_safely(path, sheets={"Prices & targets"}).sheets
    assert (model.name, dict(model.cells), model.charts) == ("Model", {}, ())
    assert prices == read(path).sheet("Prices & targets")


def test_comparing_safely_gives_what_comparing_gives(tmp_path: Path) -> None:
    old = write_rows(tmp_path / "old.xlsx", hostile.ROW)
    new = write_rows(tmp_path / "new.xlsx", hostile.ROW.replace("<v>1<", "<v>2<"))
    found = compare_safely(old, new)
    (change,) = found.changes
    assert (change.kind, change.place, change.new) == ("input", "A1", 2.0)
    request = {"task": "compare", "paths": [str(old), str(new)], "options": {}}
    assert answer(request, DEFAULT_LIMITS) == (found,)


def test_comparing_safely_refuses_either_side(tmp_path: Path) -> None:
    good = write_rich_book(tmp_path / "rich.xlsx")
    bad = hostile.sparse_giant(tmp_path / "giant.xlsx")
    assert compare_safely(good, good).changes == ()
    for old, new in ((good, bad), (bad, good)):
        with pytest.raises(HostileFile, match="giant"):
            compare_safely(old, new)


# A reader that would never end, with all that bounds a process, and where the system has no bounds
ENDLESS = """
import sys
sys.path.insert(0, sys.argv[1])
{before}
from reportgen.system import Allowance
Allowance(memory=400_000_000, seconds=0.5)
while True: pass
"""


@pytest.mark.parametrize("before", ["", "sys.modules['resource'] = None"])
def test_a_reader_that_computes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    monkeypatch.setattr(process, "_BOOT", ENDLESS.format(before=before))
    with pytest.raises(HostileFile, match="took more than 4 seconds of computing"):
        read_safely(write_rows(tmp_path / "a.xlsx", hostile.ROW))


def test_a_reader_out_of_memory_is_told_not_died_of(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>{n:064d}</v></c></row>' for n in range(1, 100_000)
    )
    with pytest.raises(HostileFile, match="more than 60 MB of memory"):
        read_safely(write_rows(tmp_path / "a.xlsx", rows), Limits(memory=60_000_000, seconds=30))


def test_a_machine_that_is_too_busy_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.xlsx", hostile.ROW)
    with pytest.raises(UnreadableFile, match="this machine was too busy") as caught:
        read_safely(path, Limits(seconds=0.0001))
    assert caught.value.remedy == "try again when it is idle"


class Stand:
    """Stands for the process of a reader; `waited` is how long its answer was waited for."""

    def __init__(self, reply: object, returncode: int = 0) -> None:
        self.reply, self.returncode, self.waited = reply, returncode, 0.0

    def communicate(self, timeout: float) -> tuple[bytes, None]:
        """Answer, or not in time."""
        self.waited = timeout
        if self.reply is None:
            raise subprocess.TimeoutExpired("reader", timeout)
        return dump(self.reply), None


def answered(monkeypatch: pytest.MonkeyPatch, stand: Stand, seconds: float, later: float) -> object:
    """What is made of an answer that is fetched so long after it was asked for."""
    now = iter((7.0, 7.0 + later))
    monkeypatch.setattr(process, "monotonic", lambda: next(now))
    monkeypatch.setattr(process, "start_reader", lambda _: stand)
    return Child(Path("a.xlsx"), Limits(seconds=5), seconds)._answer()  # noqa: SLF001 - no process


@pytest.mark.parametrize(
    ("seconds", "later", "waited"),
    [
        (2.0, 0.0, 40.0),
        (2.0, 38.5, 1.5),
        (2.0, 39.5, 1.0),  # the answer may be ready
        (2.0, 90.0, 1.0),
        (0.01, 90.0, 0.2),
    ],
)
def test_an_answer_is_waited_for_twenty_times_as_long_as_it_may_compute(
    monkeypatch: pytest.MonkeyPatch, seconds: float, later: float, waited: float
) -> None:
    stand = Stand(("found",))
    assert answered(monkeypatch, stand, seconds, later) == "found"
    assert stand.waited == pytest.approx(waited)


@pytest.mark.parametrize(
    ("stand", "told"),
    [
        (
            Stand(None),
            (
                "a.xlsx: was given up after 40 seconds, in which this machine was too busy to work"
                " on it for 2; try again when it is idle"
            ),
        ),
        (Stand((), 152), f"a.xlsx: reading it took more than 5 seconds of computing; {ASK_SENDER}"),
        (Stand((), 3), f"a.xlsx: its reader broke down (status 3); {ASK_SENDER}"),
        (
            Stand({"error": "UnreadableFile", "message": ("b.xlsx", "A!B2", "is odd", "mend it")}),
            "b.xlsx [A!B2]: is odd; mend it",
        ),
    ],
)
def test_no_answer_is_told_by_what_became_of_the_reader(
    monkeypatch: pytest.MonkeyPatch, stand: Stand, told: str
) -> None:
    with pytest.raises((HostileFile, UnreadableFile)) as caught:
        answered(monkeypatch, stand, 2, 0)
    assert str(caught.value) == told


def test_formulas_longer_than_all_measure_are_refused(tmp_path: Path) -> None:
    path = hostile.shared_formula(tmp_path / "a.xlsx")
    with pytest.raises(HostileFile, match="formulas are longer"):
        read(path, Limits(formula_characters=100_000))


def test_a_message_names_file_place_fact_and_remedy(tmp_path: Path) -> None:
    path = hostile.sparse_giant(tmp_path / "giant.xlsx")
    with pytest.raises(HostileFile) as caught:
        read(path)
    assert str(caught.value) == (
        f"{path} [Sheet1!XFD1048576]: the sheet's used area of 17,179,869,184 cells is out of all "
        "measure; open it in a spreadsheet program and save it again as .xlsx"
    )
