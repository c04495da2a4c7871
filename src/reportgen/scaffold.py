"""A new input pack: the files a company needs, with blanks where its figures belong."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError, quote
from reportgen.facts.reading.company_file import ticker_fault
from reportgen.resources import template_path

if TYPE_CHECKING:
    from os import PathLike

FILES = (
    "README.txt",
    "company.yaml",
    "prices.csv",
    "fundamentals.csv",
    "assumptions.csv",
    "sources.csv",
    "targets.csv",
    "estimates.csv",
    "claims.csv",
    "products.csv",
    "peers.csv",
    "arguments.csv",
    "events.csv",
    "actions.csv",
    "overrides.csv",
    "confirmed.csv",
)
RATES = "market/fx.csv"
_TICKER = "@TICKER@"


class ScaffoldError(ReportgenError):
    """A pack could not be started; nothing was made or changed."""


def new(ticker: str, *, inputs: str | PathLike[str] = "inputs") -> tuple[Path, ...]:
    """Make the pack INPUTS/TICKER and, if there is none, INPUTS/market/fx.csv; return their files.

    The folder appears complete or not at all. Raises ScaffoldError if the ticker cannot name a
    folder or something stands there already, or the file system refuses.
    """
    fault = ticker_fault(ticker)
    if fault:
        raise ScaffoldError(f"{quote(ticker)} {fault}")
    source = Path(inputs)
    folder = source / ticker
    if folder.exists() or folder.is_symlink():
        raise ScaffoldError(
            f"{folder} is there already and is left as it is; "
            f"reportgen check {shlex.quote(ticker)} --as-of last-month-end tells what it lacks"
        )
    try:
        _fill(folder, ticker)
        made = [folder / name for name in FILES]
        return (*made, *_rates(source))
    except OSError as error:
        raise ScaffoldError(
            f"{error.filename or folder}: cannot be made: {error.strerror}; choose another --inputs"
        ) from None


def _fill(folder: Path, ticker: str) -> None:
    """Fill a folder beside the one to be, and give it its name as the last thing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        for name in FILES:
            text = template_path(f"pack/{name}").read_text(encoding="utf-8")
            (draft / name).write_text(text.replace(_TICKER, ticker), encoding="utf-8")
        draft.chmod(0o777 & ~_umask())
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _rates(inputs: Path) -> tuple[Path, ...]:
    """Make the file of exchange rates, if there is none."""
    rates = inputs / RATES
    rates.parent.mkdir(exist_ok=True)
    try:
        with rates.open("x", encoding="utf-8") as file:
            file.write(template_path("pack/fx.csv").read_text(encoding="utf-8"))
    except FileExistsError:
        return ()
    return (rates,)


def _umask() -> int:
    """What the system takes away from the rights of new files; temporary folders get fewer."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
