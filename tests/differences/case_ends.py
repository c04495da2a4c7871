"""Ends of a diff made from cases, without a workbook between."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.differences.ends import ReadEnd
from reportgen.differences.records import End
from reportgen.differences.semantic import compare_reports
from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.model.case.build import build_case
from reportgen.model.inputs import description
from reportgen.model.solved import by_key, solve_case
from reportgen.periods import from_serial
from reportgen.report.readback.workbook import ReadReport
from reportgen.report.registry.identity import model_hash
from reportgen.xlsx.reader.process import Reading
from reportgen.xlsx.reader.records import ReadBook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.differences.records import ReportDiff
    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.model.case.record import Case

ROOT = Path(__file__).parents[2]
OCTOBER, NOVEMBER = date(2025, 10, 31), date(2025, 11, 30)


@functools.cache
def files_of(pack: str) -> PackFiles:
    folder = ROOT / "inputs" if pack == "baba" else ROOT / "tests/packs" / pack / "inputs"
    (ticker,) = (one.name for one in folder.iterdir() if (one / "company.yaml").exists())
    return read_pack(ticker, folder)


@functools.cache
def case_at(pack: str, as_of: date) -> Case:
    return build_case(pack_at(files_of(pack), as_of), load_policy())


@functools.cache
def end_at(pack: str, as_of: date) -> ReadEnd:
    return end_of(case_at(pack, as_of))


def end_of(case: Case) -> ReadEnd:
    """The end that a report of a case would be, nothing in it touched."""
    solved = solve_case(case)
    now = dict(by_key(solved))
    path = Path("made-of-a-case.xlsx")
    day = from_serial(int(solved.values[description.as_of]))
    end = End(path, str(solved.values[description.ticker]), day, "", model_hash())
    return ReadEnd(end, ReadReport(path, ReadBook(()), {}, {}), case, solved, now, now)


def compared(
    old: Path, new: Path, *, all_numbers: bool = False, method: str = "auto"
) -> ReportDiff:
    """What two files of reports differ in."""
    with Reading(old) as one, Reading(new) as two:
        return compare_reports(one, two, all_numbers=all_numbers, method=method)


def with_given(case: Case, changes: Mapping[Line, Array]) -> Case:
    """A case with some of its given values put to others."""
    return replace(case, given={**case.given, **changes})
