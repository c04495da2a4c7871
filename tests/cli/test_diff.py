"""What `diff` takes for a form, an order and its two ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from reportgen.cli.diff import chosen_form, find_ends, ordered
from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ()),
        ("FX", ("FX",)),
        ("FX,price", ("FX", "price")),
        (" FX , , price ,", ("FX", "price")),
        ("assumption[growth,base,cloud],FX", ("assumption[growth,base,cloud]", "FX")),
        ("a[b,c]d,e[f]", ("a[b,c]d", "e[f]")),
    ],
)
def test_an_order_is_parted_at_commas_outside_of_brackets(
    order: str, names: tuple[str, ...]
) -> None:
    assert ordered(order, "sequential") == names


def test_an_order_needs_the_method_that_depends_on_one() -> None:
    assert ordered("", "auto") == ()
    with pytest.raises(click.UsageError, match="needs --method sequential"):
        ordered("FX", "auto")


@pytest.mark.parametrize(
    ("form", "name", "chosen"),
    [
        (None, None, "terminal"),
        ("json", None, "json"),
        (None, "a.txt", "terminal"),
        (None, "a.json", "json"),
        (None, "a.md", "md"),
        (None, "a.html", "html"),
        (None, "a.HTM", "html"),
        (None, "a.xlsx", "xlsx"),
        ("xlsx", "a.xlsx", "xlsx"),
        ("md", "a.unknown", "md"),
    ],
)
def test_a_form_is_named_or_told_by_the_name_of_the_file(
    tmp_path: Path, form: str | None, name: str | None, chosen: str
) -> None:
    assert chosen_form(form, tmp_path / name if name else None, quiet=False) == chosen


@pytest.mark.parametrize(
    ("form", "name", "told"),
    [
        ("xlsx", None, "a workbook cannot be printed"),
        (None, "a.unknown", "does not say which form"),
        ("md", "a.html", "does not go with the name"),
        ("md", "lost/a.md", "there is no such folder"),
    ],
)
def test_a_form_that_cannot_be_is_refused(
    tmp_path: Path, form: str, name: str | None, told: str
) -> None:
    with pytest.raises(click.UsageError, match=told):
        chosen_form(form, tmp_path / name if name else None, quiet=False)


def test_a_workbook_that_nobody_wants_printed_is_a_form() -> None:
    assert chosen_form("xlsx", None, quiet=True) == "xlsx"


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    for day, revisions in (("2025-10-31", ("",)), ("2025-11-30", ("", "-r2", "-r3"))):
        folder = tmp_path / f"ACME/{day}"
        folder.mkdir(parents=True)
        for revision in revisions:
            (folder / f"ACME-{day}{revision}.xlsx").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("2025-10-31", "ACME-2025-10-31.xlsx"),
        ("2025-11-30", "ACME-2025-11-30-r3.xlsx"),
        ("2025-11-30-r1", "ACME-2025-11-30.xlsx"),
        ("2025-11-30-r2", "ACME-2025-11-30-r2.xlsx"),
    ],
)
def test_a_day_is_its_newest_report_or_the_revision_that_is_named(
    outputs: Path, said: str, name: str
) -> None:
    old, new = find_ends(("ACME", said, "2025-10-31"), outputs)
    assert (old.name, new.name) == (name, "ACME-2025-10-31.xlsx")


def test_two_files_are_the_ends_as_they_are_named(outputs: Path) -> None:
    assert [path.name for path in find_ends(("a.xlsx", "b.xlsx"), outputs)] == ["a.xlsx", "b.xlsx"]


@pytest.mark.parametrize("ends", [(), ("a.xlsx",), ("ACME", "2025-10-31", "2025-11-30", "x")])
def test_another_number_of_ends_is_refused(outputs: Path, ends: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError, match="give two files, or a ticker and two days"):
        find_ends(ends, outputs)


@pytest.mark.parametrize("said", ["2025-09-30", "2025-11-30-r4"])
def test_a_report_that_is_not_there_is_told_with_what_makes_it(outputs: Path, said: str) -> None:
    with pytest.raises(ReportgenError) as told:
        find_ends(("ACME", said, "2025-11-30"), outputs)
    command = f"reportgen build ACME --as-of {said[:10]} --outputs {outputs} makes it"
    assert command in str(told.value)
