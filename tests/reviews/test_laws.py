"""Laws of a review: nothing found where nothing was done, and what comes home is what was shown."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reportgen.expr.nodes import Unit
from reportgen.facts.catalogue import bounds_of
from reportgen.model.report_question import answer
from reportgen.model.solved import by_key
from reportgen.periods import serial
from reportgen.reviews.acceptance import ALL, Decision
from reportgen.reviews.current_inputs import against, read_ours
from reportgen.reviews.records import Remark, State
from reportgen.reviews.review import review
from reportgen.reviews.session import settle
from reportgen.runs.drafts import build
from tests.support.agreement import agree
from tests.support.edits import write_edited
from tests.support.hands import Job, edit_in_libreoffice
from tests.support.selection import long_except
from tests.truth.editing import Editor
from tests.truth.packs import AS_OF, TICKERS, asked, copy_inputs, history_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn

    from tests.truth.editing import Typed

EVERYTHING = Decision(accept=frozenset({ALL}))
SUM_TO_ONE = ("assumption[probability", "assumption[launch_price_mix")  # never one alone
VIEWS = ("control[", "assumption[hype_switch_", "as_of")
# What says how the file differs from the issue or from last month, or lists the overrides: another
# issue by then
OF_THE_ISSUE = (
    *("override_log[", "issued.", "say.moved", "check_count"),
    *("last_month.hype.joined", "last_month.cause", "since_last_month", "story."),
)
TABLES = ("claim", "product", "target")
_FOLDER = tempfile.TemporaryDirectory(prefix="reportgen-laws-")  # gone when the process ends


class Handed:
    """A report of a pack as it was handed out, and the inputs that it was made from."""

    def __init__(self, pack: str, folder: Path) -> None:
        self.ticker, self.outputs = TICKERS[pack], folder / "outputs"
        self.inputs = copy_inputs(pack, folder)
        self.path = build(
            self.ticker,
            as_of=AS_OF,
            inputs=self.inputs,
            outputs=self.outputs,
            history=history_of(self.inputs),
        ).path

    @cached_property
    def editor(self) -> Editor:
        """The hand that types into it."""
        return Editor(asked(self.ticker, self.inputs), self.path)

    @cached_property
    def keys(self) -> list[str]:
        """What may be typed into, one at a time."""
        return [
            key
            for key in sorted(self.editor.spots)
            if key.endswith((".issued", ".override")) and not key.startswith(VIEWS)
            if "[+" not in key and self.now(key) is not None
            if not key.startswith(SUM_TO_ONE)
        ]

    def now(self, key: str) -> float | None:
        """What an input says: the override, else the issued value."""
        name = key.rpartition(".")[0]
        found = self.editor.typed(f"{name}.override"), self.editor.typed(f"{name}.issued")
        return next((value for value in found if isinstance(value, float)), None)


@cache
def handed(pack: str) -> Handed:
    return Handed(pack, Path(tempfile.mkdtemp(dir=_FOLDER.name)))


@st.composite
def edits(draw: DrawFn, pack: str) -> dict[str, Typed]:
    """Figures typed over or overridden, at most once each; and rows typed into spare rows."""
    issue = handed(pack)
    typed: dict[str, Typed] = {}
    for key in draw(st.lists(st.sampled_from(issue.keys), max_size=5, unique_by=_name)):
        if key.endswith(".issued") and issue.editor.typed(f"{_name(key)}.override") is not None:
            continue  # beneath an override, which stands
        typed[key] = draw(_figure(issue, key))
    for table in draw(st.sets(st.sampled_from(TABLES))):
        for number in range(1, draw(st.integers(1, 5)) + 1):
            typed |= draw(_row(issue, table, number))
    return typed


def _name(key: str) -> str:
    return key.rpartition(".")[0]


def _figure(issue: Handed, key: str) -> st.SearchStrategy[float]:
    now = issue.now(key) or 0.1
    whole = issue.editor.spots[key].line.unit in {Unit.DATE, Unit.COUNT, Unit.FLAG}
    if issue.editor.spots[key].line.unit is Unit.DATE:
        return st.integers(-20, -1).map(lambda days: now + days)
    factors = st.floats(0.6, 1.4).filter(lambda factor: round(now * factor, 6) != now)
    figures = factors.map(lambda factor: float(round(now * factor, None if whole else 6)))
    return figures.filter(bounds_of(_name(key)).holds)


@st.composite
def _row(draw: DrawFn, issue: Handed, table: str, number: int) -> dict[str, Typed]:
    """A row like one that is known, with another figure, of a day of the last two weeks."""
    members = sorted(
        {key.split("].")[0] for key in issue.editor.spots if key.startswith(f"{table}[")}
    )
    known = [row for row in members if "[+" not in row]
    if not known:
        return {}
    model, new = draw(st.sampled_from(known)), f"{table}[+{number}]"
    row: dict[str, Typed] = {}
    for key in issue.editor.spots:
        if key.startswith(f"{model}]."):
            row[key.replace(f"{model}]", new, 1)] = issue.editor.typed(key)
    day = float(serial(AS_OF) - draw(st.integers(0, 14)))
    row |= {key: day for key in row if key.endswith((".published", ".observed"))}
    row[f"{new}.issued"] = draw(_figure(issue, f"{model}].issued"))
    if table == "target":
        row[f"{new}.broker"] = f"House {number}"
    for left_out in (".override", ".number", ".note", ".contradicted_by", ".rating"):
        row.pop(f"{new}{left_out}", None)
    return {key: value for key, value in row.items() if value is not None}


@pytest.mark.parametrize("pack", long_except({"tokyo", "bare"}, TICKERS))
def test_an_untouched_report_of_any_pack_holds_nothing(pack: str) -> None:
    issue = handed(pack)
    found = review(issue.path, inputs=issue.inputs, outputs=issue.outputs)
    told = [note for note in found.notes if "split of" not in note]  # theirs splits after its issue
    assert (found.edits, found.workbook, told) == ((), (), [])
    assert len(found.notes) == (pack in {"tokyo", "track"})


@pytest.mark.long
def test_an_untouched_report_of_a_strange_pack_saved_by_libreoffice_holds_nothing(
    tmp_path: Path,
) -> None:
    issues = {pack: handed(pack) for pack in ("tokyo", "pence", "no_claims", "bare")}
    edit_in_libreoffice(
        [Job(issue.path, (), tmp_path / f"{pack}.xlsx") for pack, issue in issues.items()]
    )
    for pack, issue in issues.items():
        found = review(tmp_path / f"{pack}.xlsx", inputs=issue.inputs, outputs=issue.outputs)
        assert (pack, found.edits, found.workbook, found.notes) == (pack, (), (), ())


def brought_home(issue: Handed, typed: Mapping[str, Typed], folder: Path) -> dict[str, object]:
    """What the report says once everything that was typed is accepted."""
    inputs = Path(shutil.copytree(issue.inputs, folder / "inputs"))
    write_edited(issue.path, issue.editor.in_file(typed), folder / "returned.xlsx")
    found = review(folder / "returned.xlsx", inputs=inputs, outputs=issue.outputs)
    assert {edit.state for edit in found.edits} == {State.NEW}
    assert not settle(found, EVERYTHING, Remark("J. Poon"), inputs).plan.left
    ours = read_ours(issue.ticker, AS_OF, inputs)
    assert {against(edit, ours).state for edit in found.edits} == {State.SAME}
    built = dict(by_key(asked(issue.ticker, inputs).solved))
    for effect in found.effects:  # what was promised is what came of it
        assert agree(effect.accepted, built[effect.key])
    return built


def shown(issue: Handed, typed: Mapping[str, Typed]) -> dict[str, object]:
    """What the live cells of the analyst's workbook show."""
    return dict(by_key(answer(issue.editor.in_question(typed))))


def _is_compared(key: str, *, has_rows: bool) -> bool:
    """Whether a value has to be the same in the next report.

    There, added rows stand elsewhere, and so does the one of several claims of a day that the
    counts on top of Evidence take for the earlier.
    """
    is_typed = key.endswith((".issued", ".override")) or ".override." in key
    hangs_on_rows = "[" in key or key.endswith(".place") or key.startswith("evidence.")
    return not (is_typed or key.startswith(OF_THE_ISSUE) or (has_rows and hangs_on_rows))


@pytest.mark.parametrize("pack", long_except({"baba"}, ["baba", "tokyo", "pence"]))
@settings(
    max_examples=max(settings.default.max_examples // 13, 1),  # of which each takes three seconds
    derandomize=True,
    phases=(Phase.generate,),  # an example takes a second: the smallest is not worth a minute
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_what_is_brought_home_gives_what_the_live_cells_showed(
    pack: str, data: st.DataObject
) -> None:
    issue = handed(pack)
    typed = data.draw(edits(pack).filter(bool))
    live = shown(issue, typed)
    with tempfile.TemporaryDirectory() as folder:
        built = brought_home(issue, typed, Path(folder))
    has_rows = any("[+" in key for key in typed)
    unlike = {
        key: (value, built.get(key))
        for key, value in live.items()
        if _is_compared(key, has_rows=has_rows) and not agree(value, built.get(key))
    }
    assert not unlike
