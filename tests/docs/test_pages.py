from __future__ import annotations

import inspect
import re
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

import click
import pytest

import reportgen
from reportgen import pipeline
from reportgen.cli.commands import MODULES, commands
from reportgen.facts.catalogue import CATALOGUE
from reportgen.facts.policy import load_policy
from reportgen.facts.reading import long_tables
from reportgen.facts.reading.companies import COLUMNS
from reportgen.facts.reading.schema import COMPANY_TABLES, FLAGS, HISTORY, TIERS
from reportgen.facts.reading.text_files import MOST_LINES
from reportgen.facts.rows import PackRows
from reportgen.frames import RESULTS
from reportgen.model.solved import by_key
from reportgen.report.assemble import LAST
from reportgen.report.tabs.catalogue import TABS
from reportgen.report.theme import load_theme
from tests.docs.examples import PAGES, blocks
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCS = REPOSITORY / "docs"
_FUNCTIONS = [name for name in reportgen.__all__ if inspect.isfunction(getattr(reportgen, name))]
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def rows(page: str) -> list[list[str]]:
    """The cells of every row of a page's tables."""
    lines = [line for line in text(page).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]


def anchors(page: Path) -> set[str]:
    """What a link may name behind `#`, as hosts of repositories make it from headings."""
    titles = _HEADING.findall(page.read_text(encoding="utf-8"))
    plain = (re.sub(r"[^\w\- ]", "", title.lower().replace("`", "")) for title in titles)
    return {title.replace(" ", "-") for title in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith("http"):
            continue
        name, _, anchor = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


def test_every_page_is_linked_from_the_readme_or_from_a_page_that_is() -> None:
    reached, waiting = set(), [REPOSITORY / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        targets = _LINK.findall(page.read_text(encoding="utf-8"))
        linked = {(page.parent / target.partition("#")[0]).resolve() for target in targets}
        waiting += [found for found in linked & set(PAGES) if found not in reached]
    assert reached == set(PAGES)


def test_every_picture_is_small_and_shown() -> None:
    shown = {
        name for page in PAGES for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text())
    }
    pictures = list((DOCS / "pictures").glob("*.png"))
    assert {path.name for path in pictures} == shown
    assert all(path.stat().st_size < 200_000 for path in pictures)


def options() -> Iterator[tuple[str, str]]:
    context = commands.make_context("reportgen", [], resilient_parsing=True)
    for name in MODULES:
        command = commands.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from ((name, option) for option in parameter.opts)


@pytest.mark.parametrize(("command", "option"), list(options()))
def test_every_option_is_documented_in_the_section_of_its_command(
    command: str, option: str
) -> None:
    section = text("commands.md").split(f"\n## reportgen {command}\n")[1].split("\n## ")[0]
    assert re.search(rf"(?<![\w-]){option}(?![\w-])", section)


def test_every_tab_has_its_section_and_its_picture() -> None:
    titles = re.findall(r"^## (.+)$", text("workbook.md"), re.MULTILINE)
    tabs = [tab.title for tab in TABS]
    assert titles[2:] == [*tabs, *LAST]
    for name in tabs:
        assert f"\n![{name}](pictures/" in text("workbook.md")


def test_every_table_of_a_pack_is_documented_with_all_its_columns() -> None:
    documented = {cells[0]: cells[1] for cells in rows("inputs.md") if len(cells) == 3}
    for spec in (*COMPANY_TABLES, HISTORY):
        named = [
            f"`{column.name}`" if spec.is_needed(column) else f"*`{column.name}`*"
            for column in spec.columns
        ]
        assert documented[f"`{spec.file_name}`"] == ", ".join(named), spec.name


def test_every_column_of_a_pack_is_explained() -> None:
    explained = text("inputs.md").split("### What the columns hold")[1].split("\n### ")[0]
    columns = {column.name for spec in COMPANY_TABLES for column in spec.columns}
    assert [name for name in sorted(columns) if f"**`{name}`**" not in explained] == []


def test_tiers_and_flags_are_documented() -> None:
    assert all(f"`{name}`" in text("inputs.md") for name in (*TIERS, *FLAGS))


def test_every_parameter_is_documented_with_its_bounds_and_default() -> None:
    documented = {cells[0].strip("`"): cells for cells in rows("inputs.md") if len(cells) == 6}
    assert list(documented)[2:] == [entry.key for entry in CATALOGUE]
    for entry in CATALOGUE:
        _, label, _, bounds, by, default = documented[entry.key]
        assert (label, bounds) == (entry.label, str(entry.bounds))
        assert ("segment" in by) == entry.by_part
        assert ("case" in by) == (len(entry.scenarios) > 1)
        assert default == ("" if entry.default is None else f"{entry.default:g}")


def test_every_policy_number_is_documented_with_its_value() -> None:
    documented = [cells for cells in rows("method.md") if len(cells) == 4 and cells[0][0] == "`"]
    assert [
        (key.strip("`"), label, float(value), unit) for key, label, value, unit in documented
    ] == [(one.key, one.label, one.value, one.unit) for one in load_policy().values.values()]


def stated(limit: str) -> float:
    """A limit in words as the policy states it: `10 points` and `10 %` are 0.1, `3 x` is 3."""
    number, unit, *_ = limit.replace(":", " ").split()
    return float(number.replace(",", "")) / (1 if unit == "x" else 100)


def test_shocks_and_limits_of_the_method_are_those_of_the_policy() -> None:
    values = {key: one.value for key, one in load_policy().values.items()}
    told = {}
    for *_, first, constant in (cells for cells in rows("method.md") if cells[-1][:7] == "`shock."):
        told[constant.strip("`")] = stated(first)
    for *_, first, second, constant in (cells for cells in rows("method.md") if len(cells) == 5):
        if constant.startswith("`"):
            key = constant.strip("`")
            told |= {key: stated(first), f"{key}.fail": stated(second)}
    limits = {key for key in values if key.startswith(("shock.", "plausible."))}
    assert told.keys() == limits - {"plausible.confirmed_days"}
    assert told == pytest.approx({key: values[key] for key in told})


def shown(value: float, like: str) -> str:
    """A number as a page writes it: with as many decimals, as a percentage where that is one."""
    number, percent = like.removesuffix("%"), like.endswith("%")
    _, _, decimals = number.partition(".")
    return f"{value * (100 if percent else 1):,.{len(decimals)}f}{'%' if percent else ''}"


def test_the_worked_figures_of_the_method_are_those_of_the_example() -> None:
    composed = pipeline.compose("BABA", as_of=date(2025, 11, 30), inputs=REPOSITORY / "inputs")
    values = dict(by_key(composed.solved))
    worked = [cells for cells in rows("method.md") if len(cells) == 3 and cells[1].startswith("`")]
    assert len(worked) > 40
    for _, key, value in worked:
        assert shown(float(str(values[key.strip("`")])), value) == value, key


def test_the_allowed_ratios_are_those_of_the_benchmarks() -> None:
    documented = {cells[0].strip("`"): cells[3] for cells in rows("speed.md")[2:]}
    assert documented
    for name, allowed in documented.items():
        module, constant = name.split(".")
        assert float(allowed) == getattr(import_module(f"benchmarks.{module}"), constant)


def test_every_key_of_the_page_is_one_of_a_report() -> None:
    composed = pipeline.compose("BABA", as_of=date(2025, 11, 30), inputs=REPOSITORY / "inputs")
    keys = {key for key, _ in by_key(composed.solved)}
    named = [key for cells in rows("keys.md") for key in re.findall(r"`([^`]+)`", cells[0])]
    assert len(named) > 80
    assert [key for key in named if key not in keys] == []


def test_every_column_of_a_list_of_companies_is_documented() -> None:
    page = text("universe.md")
    assert all(f"`{name}`" in page for name in (*COLUMNS, "metric_names.eps"))


def test_the_limits_of_a_universe_are_those_documented() -> None:
    page = text("universe.md")
    assert long_tables.LARGEST == 1024**3
    numbers = (long_tables.MOST_LINES, long_tables.LONGEST_LINE, long_tables.MOST_KEYS, MOST_LINES)
    assert all(f"{number:,}" in page for number in numbers)


def test_the_theme_that_is_shown_is_one(tmp_path: Path) -> None:
    (shown,) = blocks(DOCS / "commands.md", "yaml")
    path = tmp_path / "theme.yaml"
    path.write_text(shown)
    theme = load_theme(path)
    assert (theme.name, theme.family, theme.charts["bull"]) == ("ours", "Arial", "1B5E20")
    assert theme.charts["bear"] == load_theme().charts["bear"]


def test_every_public_name_and_frame_of_the_python_interface_is_documented() -> None:
    page = text("python.md")
    assert all(f"`{name}" in page or f"reportgen.{name}" in page for name in reportgen.__all__)
    assert all(f"`{name}`" in page for name in (*PackRows._fields, *RESULTS))
    fields = [name for name in dir(reportgen.Report) if not name.startswith("_")]
    assert all(f"`{name}`" in page for name in [*fields, *reportgen.Findings.__dataclass_fields__])


@pytest.mark.parametrize("name", _FUNCTIONS)
def test_the_signature_of_every_function_is_documented(name: str) -> None:
    written = [cells[0].strip("`") for cells in rows("python.md")]
    parameters = inspect.signature(getattr(reportgen, name)).parameters.values()
    plain = [one.replace(annotation=inspect.Parameter.empty) for one in parameters]
    signature = str(inspect.Signature(plain)).replace("'", '"')
    assert f"{name}{signature}" in written
