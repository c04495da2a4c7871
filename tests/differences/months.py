"""What a month changed in the reports of the example, there and back, as programs are told it.

It stands in tests/golden/documents, written anew with the other documents: tests/golden/prints.py.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from reportgen.differences.forms.json import as_json
from reportgen.runs.drafts import build
from tests.differences.case_ends import NOVEMBER, OCTOBER, ROOT, compared
from tests.golden.kept import DOCUMENTS

if TYPE_CHECKING:
    from reportgen.differences.records import ReportDiff

NAME, EACH = "changes_of_a_month.json", 25  # of the computed numbers one in so many


def built(outputs: Path) -> tuple[Path, Path]:
    """The reports of both months."""
    old, new = (
        build("BABA", as_of=day, inputs=ROOT / "inputs", outputs=outputs).path
        for day in (OCTOBER, NOVEMBER)
    )
    return old, new


def text(there: ReportDiff, back: ReportDiff) -> str:
    """Both ways, numbers to ten digits, without hashes and folders."""
    told = {}
    there, back = replace(there, numbers=there.numbers[::EACH]), replace(back, numbers=())
    for name, some in (("there", there), ("back", back)):
        told[name] = json.loads(as_json(some), parse_float=_rounded)
        for end in ("old", "new"):
            for part in ("input_hash", "model_hash", "path"):
                told[name][end].pop(part)
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _rounded(number: str) -> Any:  # noqa: ANN401 - JSON takes what it is given
    return float(f"{float(number):.10g}")


def write() -> None:
    """Write it anew."""
    with TemporaryDirectory() as folder:
        old, new = built(Path(folder))
        both = compared(old, new, all_numbers=True), compared(new, old)
        (DOCUMENTS / NAME).write_text(text(*both), encoding="utf-8")
