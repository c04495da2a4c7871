"""Which companies are meant: by ticker, tag, state, last result, stance, or a list in a file.

As people know it from dbt: several selectors are a union, commas inside one an intersection.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from reportgen.errors import ReportgenError, quote
from reportgen.facts.problems import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

METHODS = ("tag", "state", "result", "stance")


class Selectable(Protocol):
    """What can be selected: it has a ticker, and values of each of METHODS."""

    @property
    def ticker(self) -> str:
        """The company's ticker."""

    def values_of(self, method: str) -> Iterable[str]:
        """What a selector of a method is held against; costly ones are found when asked for."""


CompanyT = TypeVar("CompanyT", bound=Selectable)


def selected(
    companies: Sequence[CompanyT],
    tickers: Sequence[str],
    select: Sequence[str],
    exclude: Sequence[str],
) -> tuple[CompanyT, ...]:
    """Return the companies that are meant, in their order; all of them where nothing is said.

    Raises ReportgenError for a selector that cannot be read, or a ticker that is none.
    """
    known = [one.ticker for one in companies]
    for ticker in tickers:
        if not any(fnmatchcase(one, ticker) for one in known):
            hint = suggestion(ticker, known) or "reportgen ls lists them"
            raise ReportgenError(f"{quote(ticker)}: no company of the inputs; {hint}")
    wanted = [*map(_selector, select), *map(_ticker, tickers)]
    unwanted = [*map(_selector, exclude)]
    return tuple(
        one
        for one in companies
        if (not wanted or any(fits(one) for fits in wanted))
        and not any(fits(one) for fits in unwanted)
    )


def _selector(text: str) -> Callable[[Selectable], bool]:
    parts = [_part(part.strip(), text) for part in text.split(",")]
    return lambda one: all(fits(one) for fits in parts)


def _part(text: str, whole: str) -> Callable[[Selectable], bool]:
    if text.startswith("@"):
        names = frozenset(_names(Path(text[1:])))
        return lambda one: one.ticker in names
    method, colon, value = text.partition(":")
    if not colon:
        if not text:
            raise ReportgenError(f"--select {quote(whole)}: a part of it is empty")
        return _ticker(text)
    if method not in METHODS or not value:
        hint = suggestion(method, METHODS) or f"expected {', '.join(f'{m}:...' for m in METHODS)}"
        raise ReportgenError(f"--select {quote(whole)}: {quote(text)} is no selector; {hint}")
    pattern = value.casefold()
    return lambda one: any(
        fnmatchcase(value.casefold(), pattern) for value in one.values_of(method)
    )


def _ticker(pattern: str) -> Callable[[Selectable], bool]:
    return lambda one: fnmatchcase(one.ticker, pattern)


def _names(path: Path) -> list[str]:
    """The tickers of a file, one a line; # begins a remark."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not text in UTF-8"
        raise ReportgenError(
            f"{path}: cannot be read: {reason}; expected a ticker a line"
        ) from None
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]
