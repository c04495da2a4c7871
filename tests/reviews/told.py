"""A review of a workbook with an edit of each kind, as text: what whoever gets it back reads.

It stands in tests/golden/documents, written anew with the other documents: tests/golden/prints.py.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from reportgen.differences.forms.markdown import markdown
from reportgen.reviews.acceptance import ALL, Decision
from reportgen.reviews.json import tree
from reportgen.reviews.page import document
from reportgen.reviews.records import Remark
from reportgen.reviews.session import look, settle
from reportgen.runs.drafts import build
from tests.golden.kept import DOCUMENTS
from tests.reviews import made_up
from tests.reviews.typing_in import AS_OF, COST, GROWTH, INPUTS, MULTIPLE, TARGET, read_issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.reviews.records import Review
    from reportgen.reviews.session import Settled
    from tests.reviews.typing_in import Issue
    from tests.support.edits import Value

MIZUHO = "target[Mizuho,listed,2025-10-24]"
JEFFERIES = "target[Jefferies,listed,2025-09-29]"
REVENUE = "fundamental[cloud,revenue,FY2026-Q2]"
VISION_PRO = "product[Apple,Vision Pro,,press-products,2024-02-02]"
# What is typed into one file
TYPED: Mapping[str, Value | None] = {
    f"{GROWTH}.override": 0.4,
    f"{GROWTH}.issued": 0.5,  # beneath the override
    f"{GROWTH}@author": "A. Nalyst",
    f"{GROWTH}@reason": "backlog doubled",
    f"{GROWTH}@expires": "2026-06-30",
    "assumption[growth,base,cloud].override": 25.0,  # per cent
    "assumption[growth,bear,cloud].override": 0.1,  # as in our inputs by now
    "assumption[eps_growth,base,].issued": 0.12,  # something else by now
    f"{MULTIPLE}.issued": 20.0,
    f"{COST}.issued": None,
    "assumption[terminal_growth,all,].override": "about 3%",
    f"{VISION_PRO}.override": "3,499",
    "control[pe_multiple]": 1.0,
    "assumption[hype_switch_runup,all,].override": 0.0,
    "as_of.override": 46000.0,
    f"{REVENUE}.source": "somewhere else",
    "override_row[+1].key": "fx[CNY]",
    "override_row[+1].value": 8.0,
    "company.launch.date.override": 45960.0,
    "fx[EUR].override": 110.0,  # far from what it was
    f"{JEFFERIES}.override": 3.0,
    f"{JEFFERIES}.published": "05/12/2025",  # a day of two readings
    f"{VISION_PRO}.observed": "next week",
    f"{MIZUHO}.broker": "Citi",
    f"{MIZUHO}.issued": 250.0,
    **TARGET,
    "target[+2].broker": "J.P. Morgan Securities",
    "target[+2].issued": 199.0,
    "target[+2].currency": "USD",
    "target[+3].broker": "Nomura",
    "target[+3].issued": 21.0,
    "target[+3].currency": "EUR",
    "target[+3].published": "31/11/2025",
    "product[+2].product": "Glasses",
    "product[+2].issued": 99.0,
    "product[+3].vendor": "Acme",
    "product[+3].product": "Lens",
    "product[+3].issued": 300.0,
    "product[+3].currency": "USD",
    "claim[+3].key": "pe",
    "claim[+3].issued": 20.0,
}
SINCE = """2025-11-29,base,,eps_growth,0.11,,house,
2025-11-29,bear,cloud,growth,0.1,,house,
"""  # what our inputs say since the report was issued
SAID = Remark("J. Poon", "visit in October")
SETTLED = Decision(frozenset({ALL}), ours=frozenset({"assumption[eps_growth,base,]"}))


def edited(issue: Issue, folder: Path) -> tuple[Review, Path]:
    """The review of a file with each edit, and the inputs that it was held to."""
    inputs = Path(shutil.copytree(INPUTS, folder / "inputs"))
    with (inputs / "BABA/assumptions.csv").open("a", encoding="utf-8") as rows:
        rows.write(SINCE)
    return issue.reviewed(issue.typed(TYPED, folder / "edited.xlsx"), inputs), inputs


def texts(review: Review, inputs: Path) -> dict[str, str]:
    """What is said of it before and after it was settled, and what programs are told, by file."""
    with TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(inputs, Path(folder) / "inputs"))
        looked, settled = look(review, SAID, copy), settle(review, SETTLED, SAID, copy)
        added = markdown(document(settled)).partition("## Added")
        told = {
            "review.md": markdown(document(looked)) + "\n" + "".join(added[1:]),
            "review.json": json.dumps(_rounded(tree(settled)), indent=1) + "\n",
        }
        at = review.path.parent
        for place, name in ((_outputs(settled), "outputs"), (copy, "inputs"), (at, ".")):
            for path in (str(place), str(place).replace("_", r"\_")):
                told = {file: text.replace(path, name) for file, text in told.items()}
    return told


def _outputs(settled: Settled) -> Path:
    assert settled.review.issued_file is not None
    return settled.review.issued_file.parents[2]


def _rounded(value: Any) -> Any:  # noqa: ANN401 - the types of JSON
    """Numbers to ten digits, which every machine gives alike, and no hash."""
    match value:
        case dict():
            return {key: _rounded(part) for key, part in value.items() if key != "snapshot"}
        case list() | tuple():
            return [_rounded(part) for part in value]
        case float():
            return float(f"{value:.10g}")
    return value


def write() -> None:
    """Write all texts anew."""
    with TemporaryDirectory() as folder:
        outputs = Path(folder) / "outputs"
        issue = read_issue(build("BABA", as_of=AS_OF, inputs=INPUTS, outputs=outputs).path)
        told = {**texts(*edited(issue, Path(folder))), **made_up.texts()}
        for name, text in told.items():
            (DOCUMENTS / name).write_text(text, encoding="utf-8")
