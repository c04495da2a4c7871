"""What programs in JavaScript type, which keep no chart and calculate nothing, comes home, too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportgen.reviews.acceptance import ALL, Decision
from reportgen.reviews.records import EditKind, Remark, State
from reportgen.reviews.session import settle
from tests.reviews.typing_in import COST, GROWTH, TARGET, by_key
from tests.support import tools

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reviews.typing_in import Issue

SCRIPT = tools.REPOSITORY / "tests/support/edit.js"
SECONDS = 300.0
TYPED = {
    f"{GROWTH}.override": 0.4,
    f"{GROWTH}@author": "A. Nalyst",
    f"{COST}.override": "9,5 %",
    **TARGET,
    "target[+1].published": "24.11.2025",
}


@pytest.mark.parametrize("program", ["exceljs", "xlsx"])
def test_a_file_edited_by_a_script_is_understood_and_comes_home(
    issue: Issue, inputs: Path, tmp_path: Path, program: str
) -> None:
    node = tools.require("node")
    if not (tools.REPOSITORY / "node_modules" / program).is_dir():
        pytest.skip(f"{program} is not installed; `npm ci` installs it")
    returned = tmp_path / "returned.xlsx"
    cells = json.dumps([[*issue.spot(key), value] for key, value in TYPED.items()])
    tools.run([node, SCRIPT, program, issue.path, returned, cells], SECONDS)
    found = issue.reviewed(returned, inputs)
    assert {edit.key: (edit.kind, edit.state) for edit in found.edits} == {
        GROWTH: (EditKind.OVERRIDE, State.NEW),
        COST: (EditKind.NOT_A_NUMBER, State.LISTED),
        "target[+1]": (EditKind.ROW, State.NEW),
    }
    assert "0.095?" in by_key(found)[COST].note
    assert 'published "24.11.2025" read as 2025-11-24' in by_key(found)["target[+1]"].note
    done = settle(found, Decision(accept=frozenset({ALL})), Remark("J. Poon"), inputs)
    assert [edit.key for edit in done.plan.left] == [COST]
