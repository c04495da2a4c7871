"""What can be chosen of `reportgen diff`, and which choices do not go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("terminal", "json", "md", "html", "xlsx")
METHODS = ("auto", "exact", "owen", "sampled", "sequential")
FAIL_ON = ("any", "input", "formula", "output", "never")
_BY_SUFFIX = {
    ".txt": "terminal",
    ".json": "json",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
}


def chosen_form(form: str | None, output: Path | None, *, quiet: bool) -> str:
    """The form of the diff. Raises UsageError where it cannot be told where or how."""
    if output is None:
        if form == "xlsx" and not quiet:
            raise click.UsageError("a workbook cannot be printed; say --output FILE.xlsx")
        return form or "terminal"
    by_name = _BY_SUFFIX.get(output.suffix.lower())
    if form is None and by_name is None:
        raise click.UsageError(
            f"the name {output} does not say which form to write; let it end in"
            f" {', '.join(_BY_SUFFIX)}, or say --format"
        )
    if form and by_name and form != by_name:
        raise click.UsageError(
            f"--format {form} does not go with the name {output}; leave one of the two out"
        )
    if not output.parent.is_dir():
        raise click.UsageError(f"{output.parent}: there is no such folder; make it first")
    return form or by_name or "terminal"


def ordered(order: str, method: str) -> tuple[str, ...]:
    """The families or keys after --order. Raises UsageError where the method takes none."""
    if order and method != "sequential":
        raise click.UsageError("--order needs --method sequential: no other depends on an order")
    return tuple(name.strip() for name in _split(order) if name.strip())


def _split(order: str) -> list[str]:
    """The parts between commas that stand outside of square brackets: keys hold commas, too."""
    parts, depth = [""], 0
    for letter in order:
        depth += (letter == "[") - (letter == "]")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
