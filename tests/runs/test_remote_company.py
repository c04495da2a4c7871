"""A company done in a folder elsewhere gives what it would have given here, whatever it reads."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from reportgen import ReportgenError, RunRequest, run
from reportgen.facts.reading.universe import Slice
from reportgen.runs import host, remote_company
from reportgen.runs.company import Task
from reportgen.runs.host import answered
from reportgen.runs.lanes import Limits
from reportgen.runs.remote_company import ordered, stored
from tests.runs.companies import AS_OF, append, files, inputs_of
from tests.runs.dying import one_by_one
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportgen.runs.company import Result


IN_LANES = "reportgen.runs.batch.in_lanes"


DAY = f"ALFA/{AS_OF}"


def away(
    chains: Iterable[Iterable[Task]], do: Callable[[Task], Result], *_: object
) -> Iterator[tuple[Task, Result]]:
    """Do tasks in folders of their own, as a cluster does them, but in this process."""
    for chain in chains:
        for task in chain:
            order = pickle.loads(pickle.dumps(ordered(do, task, Limits())))  # noqa: S301 - our own
            with TemporaryDirectory() as folder:
                answer = answered(order, Path(folder))
            stored(task, answer.changes)
            yield task, pickle.loads(answer.result)  # noqa: S301 - as above


def of_folder(folder: Path) -> None:
    inputs_of(folder, "ALFA")


def of_universe(folder: Path) -> None:
    """The prices in a table of all, the rest in a folder; and a theme."""
    inputs = inputs_of(folder, "ALFA")
    universe = inputs / "universe"
    universe.mkdir()
    header, *rows = (inputs / "ALFA/prices.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"ticker,{header}", *(f"ALFA,{row}" for row in rows)]
    (universe / "prices.csv").write_text("\n".join(lines), encoding="utf-8")
    (inputs / "ALFA/prices.csv").unlink()
    text = (REPOSITORY / "templates/house.yaml").read_text(encoding="utf-8")
    (folder / "other.yaml").write_text(text, encoding="utf-8")


def later(folder: Path) -> None:
    prices = folder / "inputs/ALFA/prices.csv"
    if prices.exists():
        append(prices, "2025-11-29,31.5")
    else:
        append(folder / "inputs/universe/prices.csv", "\nALFA,2025-11-29,31.5")


def later_than_known(folder: Path) -> None:
    append(folder / "inputs/ALFA/prices.csv", "2026-01-31,31.5")


def damaged(folder: Path) -> None:
    for place in ("here", "away"):
        (folder / place / "outputs" / DAY / f"ALFA-{AS_OF}.xlsx").write_bytes(b"torn")


def unread(folder: Path) -> None:
    for place in ("here", "away"):
        (folder / place / "outputs" / DAY / "manifest.json").write_bytes(b"{")


def spoilt(folder: Path) -> None:
    for place in ("here", "away"):
        append(folder / place / "outputs" / "ALFA/issued.csv", "torn")
    later(folder)


def nothing(_: Path) -> None:
    """Nothing happens."""


@pytest.mark.parametrize(
    ("begun", "then", "options"),
    [
        pytest.param(of_folder, spoilt, {}, marks=pytest.mark.long),
        (of_folder, later, {"pages": True}),
        (of_universe, later, {"template": "../other.yaml"}),
        pytest.param(of_folder, later, {"force": True}, marks=pytest.mark.long),
        pytest.param(of_folder, later_than_known, {}, marks=pytest.mark.long),
        pytest.param(of_folder, damaged, {}, marks=pytest.mark.long),
        pytest.param(of_folder, unread, {}, marks=pytest.mark.long),
        pytest.param(of_folder, nothing, {"pages": True}, marks=pytest.mark.long),
    ],
)
def test_a_company_done_elsewhere_is_as_one_done_here(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begun: Callable[[Path], None],
    then: Callable[[Path], None],
    options: dict[str, object],
) -> None:
    monkeypatch.setattr(host, "in_lanes", one_by_one)
    begun(tmp_path)

    def told(**asked: object) -> None:
        found = []
        for place, lanes in (("here", one_by_one), ("away", away)):
            monkeypatch.setattr(IN_LANES, lanes)
            (tmp_path / place).mkdir(exist_ok=True)
            monkeypatch.chdir(tmp_path / place)
            found.append(run(RunRequest(inputs="../inputs", **asked)).results)  # type: ignore[arg-type]  # by name
        here, there = found
        assert there == here
        assert files(tmp_path / "away/outputs") == files(tmp_path / "here/outputs")

    told(months="2025-10:2025-11")
    then(tmp_path)
    told(as_of=AS_OF, **options)


def task_of(folder: Path) -> Task:
    day = date.fromisoformat(AS_OF)
    return Task("ALFA", day, folder / "inputs", folder / "outputs", day, Slice("ALFA"))


@pytest.mark.parametrize(
    "name",
    ["BETA/issued.csv", "../ALFA/x", "ALFA/../BETA/x", "/ALFA/x", "runs/0001/events.jsonl", "x"],
)
def test_what_comes_back_for_another_place_is_not_stored(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReportgenError, match="no file of ALFA"):
        stored(task_of(tmp_path), {f"{DAY}/ALFA-{AS_OF}.xlsx": b"", name: b""})
    assert not list(tmp_path.iterdir())


def test_a_workbook_comes_before_what_vouches_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote: list[str] = []
    monkeypatch.setattr(remote_company, "store", lambda _, path: wrote.append(path.name))
    names = ("issued.csv", "X.html", "X.xlsx", "companions.json", "manifest.json", "outcomes.csv")
    stored(task_of(tmp_path), {f"{DAY}/{name}": b"" for name in names})
    assert wrote == [
        "X.xlsx",
        "issued.csv",
        "outcomes.csv",
        "manifest.json",
        "X.html",
        "companions.json",
    ]
