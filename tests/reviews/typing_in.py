"""A report that was handed out, typed into as an analyst would, found by public keys."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportgen.model.inputs.market_data import BENCHMARK_CLOSES, CLOSES
from reportgen.model.keys import filled
from reportgen.report.readback.given import members_at_issue
from reportgen.report.readback.workbook import open_report
from reportgen.reviews.cells import place_in
from reportgen.reviews.review import review
from reportgen.xlsx.addresses import a1
from tests.support.edits import Edit, Value, write_edited
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.report.readback.workbook import ReadReport
    from reportgen.reviews.records import Edit as Found
    from reportgen.reviews.records import Review
    from reportgen.xlsx.addresses import Ref

_FOLDER = tempfile.TemporaryDirectory(prefix="reportgen-reviews-")  # gone when the process ends
AS_OF = date(2025, 11, 30)
GROWTH = "assumption[growth,bull,cloud]"
MULTIPLE = "assumption[pe_multiple,base,]"
COST = "assumption[cost_of_equity,all,]"
TARGET = {
    "target[+1].broker": "Harbour & Co",
    "target[+1].issued": 230.0,
    "target[+1].currency": "USD",
    "target[+1].published": 45985.0,  # 2025-11-24
    "target[+1].line": "ADS",
    "target[+1].kind": "broker",
    "target[+1].horizon_months": 12.0,
}
REMARKS = ("published", "author", "reason", "expires")


def example(folder: Path) -> Path:
    """The pack of the repository with less in it, so that a review takes a fifth less.

    It has the results of a year, what is claimed of multiples and a quarter of the other evidence.
    """
    inputs = Path(shutil.copytree(REPOSITORY / "inputs", folder / "inputs"))
    for name in ("fundamentals", "arguments", "claims", "events", "products"):
        table = inputs / f"BABA/{name}.csv"
        header, *rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
        if name == "fundamentals":
            kept = [row for row in rows if row >= "2024-12-31"]
        else:
            kept = [row for n, row in enumerate(rows) if not n % 4 or row.startswith("pe,")]
        table.write_text("".join([header, *kept]), encoding="utf-8")
    return inputs


INPUTS = example(Path(_FOLDER.name))
SMALL = REPOSITORY / "tests/packs/single/inputs"


class Issue(NamedTuple):
    """A report as it was handed out, and the folder of outputs that it stands in."""

    path: Path
    outputs: Path
    report: ReadReport

    def typed(self, cells: Mapping[str, Value | None], target: Path) -> Path:
        """Write a copy with cells typed over: by key, or `KEY@author` for those beside it."""
        edits = [Edit(*self.spot(key), value) for key, value in cells.items()]
        write_edited(self.path, edits, target)
        return target

    def spot(self, key: str) -> tuple[str, str]:
        """Return tab and address of a cell by key, or by `KEY@author` of one beside it."""
        name, _, remark = key.partition("@")
        if remark:
            assert remark in REMARKS
            place = getattr(self.report.listed[f"{name}.override"].remarks, remark)
        elif name in self.report.listed:
            place = self.report.listed[name].place
        else:
            place = _in_series(self.report, name)
        assert place is not None
        return place.sheet, a1(place.first_row, place.first_col)

    def reviewed(self, returned: Path, inputs: Path = INPUTS) -> Review:
        return review(returned, inputs=inputs, outputs=self.outputs)


def _in_series(report: ReadReport, name: str) -> Ref | None:
    """Where a close stands: the Registry lists whole columns of series."""
    members = members_at_issue(report)
    columns = (one for table in (CLOSES, BENCHMARK_CLOSES) for one in table.columns.values())
    lines = [
        part
        for one in columns
        for part in (getattr(one, "issued", one), getattr(one, "override", one))
    ]
    return next(
        place_in(report, key, line, index)
        for line in lines
        for key, index in filled(line, members)
        if key == name
    )


def by_key(found: Review) -> dict[str, Found]:
    """The edits of a review by key."""
    return {edit.key: edit for edit in found.edits}


def read_issue(path: Path) -> Issue:
    """A report that was just written."""
    return Issue(path, path.parents[2], open_report(path))
