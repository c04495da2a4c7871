"""A new input pack: the files a company needs, with blanks where its figures belong."""

from __future__ import annotations

import shlex
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError, quote
from reportgen.facts.reading.company_file import ticker_fault
from reportgen.resources import template_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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
    source = Path(inputs)
    with drafted(ticker, source) as draft, _told_of(draft):
        for name, text in blank(ticker).items():
            (draft / name).write_text(text, encoding="utf-8")
        put(draft, source)
    made = [source / ticker / name for name in FILES]
    return (*made, *begin_rates(source))


def blank(ticker: str) -> dict[str, str]:
    """Return the files of a pack with blanks, by their names."""
    texts = {name: template_path(f"pack/{name}").read_text(encoding="utf-8") for name in FILES}
    return {name: text.replace(_TICKER, ticker) for name, text in texts.items()}


@contextmanager
def drafted(ticker: str, inputs: Path) -> Iterator[Path]:
    """Give an empty folder of a pack to be, in inputs of its own beside those that it is for.

    It is gone afterwards, unless it was `put`. Raises ScaffoldError as `new` does.
    """
    fault = ticker_fault(ticker)
    if fault:
        raise ScaffoldError(f"{quote(ticker)} {fault}")
    folder = inputs / ticker
    if folder.exists() or folder.is_symlink():
        raise ScaffoldError(
            f"{folder} is there already and is left as it is; "
            f"reportgen check {shlex.quote(ticker)} --as-of last-month-end tells what it lacks"
        )
    with _told_of(folder):
        inputs.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(dir=inputs, prefix=f".{ticker}."))
    try:
        with _told_of(folder):
            draft = room / inputs.resolve().name / ticker
            draft.mkdir(parents=True)
        yield draft
    finally:
        shutil.rmtree(room, ignore_errors=True)


def put(draft: Path, inputs: Path) -> None:
    """Put a draft in its place. Raises ScaffoldError if something stands there by now."""
    folder = inputs / draft.name
    with _told_of(folder):
        draft.rename(folder)


@contextmanager
def _told_of(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ScaffoldError(
            f"{error.filename or folder}: cannot be made: {error.strerror}; choose another --inputs"
        ) from None


def begin_rates(inputs: Path, currencies: Iterable[str] = ()) -> tuple[Path, ...]:
    """Make the file of exchange rates, and return it, if there is none. Errors as for `new`.

    Its header has the usual currencies, and those that are wanted besides.
    """
    header = template_path("pack/fx.csv").read_text(encoding="utf-8").split()[0]
    columns = dict.fromkeys([*header.split(","), *sorted(currencies)])
    rates = inputs / RATES
    with _told_of(rates):
        rates.parent.mkdir(exist_ok=True)
        try:
            with rates.open("x", encoding="utf-8") as file:
                file.write(f"{','.join(columns)}\n")
        except FileExistsError:
            return ()
    return (rates,)
