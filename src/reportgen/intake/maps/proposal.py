"""A map proposed for a sheet, from what its columns and rows are called."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError, quote
from reportgen.facts.problems import CellError
from reportgen.facts.reading.dates import parse_day
from reportgen.facts.reading.price_names import is_label_of
from reportgen.facts.units import is_currency
from reportgen.intake.imports_file import NEW, imports_of
from reportgen.intake.maps.grid import compared, read_grids, shown
from reportgen.intake.maps.periods import is_period
from reportgen.intake.maps.rows import DEEPEST, read_mapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.intake.maps.grid import Grid
    from reportgen.intake.maps.rows import Asked, Row

    Lines = dict[str, object]  # of a map, in the order in which they are written


def _names(**fields: str) -> dict[str, str]:
    return {name.strip(): field for field, names in fields.items() for name in names.split("|")}


_TICKER = "ticker|symbol|security|ric|instrument|bbg ticker|bloomberg ticker|identifier|code"
_CURRENCY = "ccy|currency|crncy|cur|curr|pt ccy|target currency|best_crncy_iso|price currency"
_DAY = "date|published|pt date|target date|rating date|effective date|report date|publication date"
_OF_SHEET = "last_update_dt|last update|last updated|updated|as of|as of date|asof|as at"
# The columns of each table by the names that vendors give them
_LONG: Mapping[str, Mapping[str, str]] = {
    "targets": _names(
        ticker=_TICKER,
        broker="broker|firm|house|brokerage|contributor|institution|research firm|bank",
        target="pt|target|price target|target price|tp|new pt|current pt|new target"
        "|currentpricetarget|current price target",
        currency=_CURRENCY,
        published=_DAY,
        rating="rating|recommendation|reco|rec|opinion|tograde|to grade",
        asof=_OF_SHEET,
    ),
    "estimates": _names(
        ticker=_TICKER,
        value="best_eps|eps|eps ntm|ntm eps|fwd eps|forward eps|eps fwd|consensus eps|bf eps"
        "|blended forward eps|eps estimate",
        currency=_CURRENCY,
        published=_DAY,
        asof=_OF_SHEET,
    ),
    "products": _names(
        ticker=_TICKER,
        vendor="vendor|maker|brand|manufacturer|seller|competitor|company",
        product="product|model|item|sku|product name",
        variant="variant|version|tier|trim|plan|size",
        price="price|list price|msrp|retail price|list|unit price",
        currency=_CURRENCY,
        market="market|country|region",
        published=f"{_DAY}|observed",
        asof=_OF_SHEET,
    ),
    "fundamentals": _names(
        ticker=_TICKER,
        metric="metric|item|line item|measure|account",
        period="period|fiscal period|quarter",
        value="value|amount|figure",
        unit="unit|units",
        segment="segment",
        published=f"{_DAY}|filing date",
        asof=_OF_SHEET,
    ),
}
_ENOUGH = {  # what a header has to name, for a sheet to be one of the table
    "targets": ("broker", "target"),
    "estimates": ("ticker", "value"),
    "products": ("vendor", "product", "price"),
    "fundamentals": ("metric", "period", "value"),
}
_ROWS = _names(
    revenue="total revenue|total revenues|revenue|revenues|net revenue|net sales|sales|turnover",
    ebit="operating income|operating profit|ebit",
    ebita="ebita|adjusted ebita",
    ebitda="ebitda",
    eps="diluted eps|eps diluted|diluted eps excl. extra items|eps (diluted)"
    "|diluted earnings per share|earnings per share, diluted",
    shares_diluted="weighted avg. diluted shares out.|diluted shares|shares diluted"
    "|diluted shares outstanding|diluted weighted average shares|weighted average diluted shares",
    capex="capital expenditure|capital expenditures|capex",
    operating_cash_flow="cash from ops.|cash from operations|operating cash flow"
    "|cash flow from operations|net cash from operating activities",
    free_cash_flow="free cash flow|fcf",
    net_income="net income|net profit",
    net_cash="net cash|net debt",
    book_value="total common equity|shareholders' equity|shareholders equity|book value",
    depreciation_amortisation="depreciation & amort., total|depreciation & amortization|d&a",
)
_UNITS = {"eps": "share", "shares_diluted": "count"}
_TURNED = frozenset({"net debt"})  # stated with the other sign
_PUBLISHED = ("filing date", "announcement date", "report date", "earnings release date")
_CURRENCIES = ("currency", "ccy", "reported currency", "reporting currency")
_MAGNITUDES = ((r"billion|\bbn\b", "bn"), (r"thousand", "k"))
_FEWEST_PERIODS, _MOSTLY = 2, 0.6  # of the cells of a header
_FIRST = 5  # rows that are shown
_PLAIN = re.compile(r"[A-Za-z][\w .%&'()/+-]*[\w.%)]|[A-Za-z]", re.ASCII)
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off"})


class _Proposal(NamedTuple):
    """A map that a row of a sheet may be the header of: the more it knows, the likelier."""

    known: int
    lines: Lines


def proposed(path: Path, asked: Asked) -> str:
    """Return a map for a file as YAML, and the first rows that it gives as comments.

    Raises ReportgenError where it cannot be read, or nothing in it is called as usual.
    """
    names = {name for columns in _LONG.values() for name in columns}
    grids = read_grids(path, lambda cells: sum(compared(cell) in names for cell in cells))
    found = [one for grid in shown(grids) for one in _of_grid(grid, path, asked)]
    if not found:
        raise ReportgenError(
            f"{path}: has no header whose names are usual; write a map for it by hand:"
            " table, header, ticker, source and columns"
        )
    best = max(found, key=lambda one: one.known)
    if len(shown(grids)) == 1:
        best.lines.pop("sheet", None)
    name = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "sheet"
    text = "".join(f"{line}\n" for line in _yaml(name if name != NEW else "sheet", best.lines))
    head = (
        f"# Proposed from {quote(path.name)}: check every line before it goes into imports.yaml\n"
    )
    return head + text + "".join(f"# {line}\n" for line in _first_rows(path, text, asked))


def _of_grid(grid: Grid, path: Path, asked: Asked) -> Iterator[_Proposal]:
    for row in grid.rows:
        if row >= DEEPEST:
            break
        texts = {at: text for at, text in grid.row(row).items() if text.isprintable()}
        for table in _LONG:
            yield from _long(grid, row, texts, table, path, asked)
        yield from _wide(grid, row, texts, path, asked)


# --- a row a figure ---
def _long(
    grid: Grid, row: int, texts: Mapping[int, str], table: str, path: Path, asked: Asked
) -> Iterator[_Proposal]:
    known: dict[str, str] = {}
    for text in texts.values():
        field = _LONG[table].get(compared(text))
        if field:
            known.setdefault(field, text)
    if not known.keys() >= {*_ENOUGH[table]}:
        return
    ticker = known.pop("ticker", "")
    asof = known.pop("asof", "") or _label_of_day(grid, row)
    anchor = ticker or next(iter(known.values()))
    lines: Lines = {
        "table": table,
        "sheet": grid.name,
        "header": anchor,
        "ticker": ticker or _company(grid, row, path, asked),
        "source": _source(path),
        "asof": asof,
        "columns": known,
    }
    if table == "estimates":
        lines["unit"] = (
            f"{{{known.pop('currency')}}}/share"
            if "currency" in known
            else f"{_currency(grid, row)}/share"
        )
        lines["constants"] = {"metric": "eps_ntm"}
    elif table == "targets" and "currency" not in known:
        lines["constants"] = {"currency": _currency(grid, row)}
    elif table == "fundamentals" and "unit" not in known:
        lines["unit"] = f"{_currency(grid, row)} {_magnitude(grid, row)}"
    yield _Proposal(len(known) + bool(ticker), lines)


def _label_of_day(grid: Grid, header: int) -> str:
    """Return a label above the header beside which a day stands; "" if there is none."""
    labels = _OF_SHEET.split("|")
    for row in range(header):
        texts = grid.row(row)
        for at, text in texts.items():
            right = next((other for place, other in texts.items() if place > at), "")
            if compared(text).rstrip(" :") in labels and _is_day(right):
                return text.rstrip(" :")
    return ""


def _is_day(text: str) -> bool:
    try:
        return parse_day(text, "DMY") is not None
    except CellError:
        return False


# --- metrics down, periods across ---
def _wide(
    grid: Grid, row: int, texts: Mapping[int, str], path: Path, asked: Asked
) -> Iterator[_Proposal]:
    periods = [at for at, text in texts.items() if is_period(text)]
    right = [at for at in texts if periods and at >= periods[0]]
    if len(periods) < _FEWEST_PERIODS or len(periods) < _MOSTLY * len(right):
        return
    left = [at for at in texts if at < periods[0]]
    below = [one for one in grid.rows if one > row]
    columns = [at for one in below for at in grid.row(one) if at < periods[0]]
    labelled = left[-1] if left else min(columns, default=None)
    if labelled is None:
        return
    labels = {one: grid.at(one, labelled).text for one in below}
    taken: dict[str, object] = {}
    for one, text in labels.items():
        metric = _ROWS.get(compared(text))
        if (
            metric
            and text.isprintable()
            and not any(metric == _metric(row) for row in taken.values())
        ):
            taken[text] = _taken(metric, text, [grid.at(one, at).text for at in periods])
    if not taken:
        return
    yield _Proposal(
        len(taken) + 1,
        {
            "table": "fundamentals",
            "sheet": grid.name,
            "ticker": _company(grid, row, path, asked),
            "across": texts[left[-1] if left else periods[0]],
            "source": _source(path),
            "published": _called(labels, _PUBLISHED),
            "asof": "" if _called(labels, _PUBLISHED) else _label_of_day(grid, row),
            "currency": _called(labels, _CURRENCIES) or _currency(grid, row),
            "unit": _magnitude(grid, row),
            "rows": taken,
        },
    )


def _metric(row: object) -> object:
    return row["metric"] if isinstance(row, dict) else row


def _taken(metric: str, label: str, figures: Sequence[str]) -> object:
    """Return a row as a map has it: capital expenditure that is stated as a cost is turned."""
    negative = sum(text.startswith(("-", "(")) and len(text) > 1 for text in figures)
    is_turned = compared(label) in _TURNED or (
        metric == "capex" and 2 * negative > len(figures) - 1
    )
    said: dict[str, str] = {"metric": metric}
    said |= {"unit": _UNITS[metric]} if metric in _UNITS else {}
    said |= {"sign": "-1"} if is_turned else {}
    return said if len(said) > 1 else metric


def _called(labels: Mapping[int, str], names: Sequence[str]) -> str:
    return next((text for text in labels.values() if compared(text) in names), "")


def _magnitude(grid: Grid, header: int) -> str:
    above = _titles(grid, header).lower()
    return next((unit for words, unit in _MAGNITUDES if re.search(words, above)), "m")


def _currency(grid: Grid, header: int) -> str:
    """Return the currency that a title names, USD where none does: it is to be checked."""
    words = re.findall(r"\b[A-Z]{3}\b", _titles(grid, header))
    return next(filter(is_currency, words), "USD")


def _titles(grid: Grid, header: int) -> str:
    return " ".join(text for row in range(header) for text in grid.row(row).values())


# --- what both have ---
def _company(grid: Grid, header: int, path: Path, asked: Asked) -> str:
    """Return the company that titles, or the name of the file, speak of; else a word to replace."""
    titles = [text for row in range(header) for text in grid.row(row).values()]
    for ticker in asked.tickers:
        if any(is_label_of(text, ticker) for text in (*titles, path.stem)):
            return ticker
    return "TICKER"


def _source(path: Path) -> str:
    return re.sub(r"[^\w.-]+", "-", path.stem).strip("-.")[:60] or "vendor"


def _yaml(name: str, lines: Lines) -> Iterator[str]:
    yield "maps:"
    yield f"  {_scalar(name)}:"
    for key, said in lines.items():
        if isinstance(said, dict):
            yield f"    {key}:"
            for inner, value in said.items():
                yield f"      {_scalar(inner)}: {_value(value)}"
        elif said:
            yield f"    {key}: {_scalar(str(said))}"


def _value(said: object) -> str:
    if isinstance(said, dict):
        return "{" + ", ".join(f"{key}: {value}" for key, value in said.items()) + "}"
    return _scalar(str(said))


def _scalar(text: str) -> str:
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _first_rows(path: Path, text: str, asked: Asked) -> Iterator[str]:
    """Tell the first rows that a map gives, or what it lacks as yet."""
    try:
        (how,) = imports_of(text, "the proposed map").maps.values()
        found = read_mapped(path, how, asked)
    except ReportgenError as error:
        yield "It gives no rows as yet:"
        yield from str(error).splitlines()
        return
    rows = [(ticker, row) for ticker, of in sorted(found.rows.items()) for row in of]
    yield f"Rows that it gives, the first of {len(rows)}:" if rows else "It gives no rows."
    yield from (f"  {ticker}: {_told(row)}" for ticker, row in rows[:_FIRST])
    for ticker, reasons in sorted(found.skipped.items()):
        for one in reasons:
            yield f"skipped{' of ' + ticker if ticker else ''}: {one.number}, {one.why}"


def _told(row: Row) -> str:
    cells = " ".join(f"{name} {quote(cell)}" for name, cell in row.cells.items() if cell)
    return f"{cells} ({row.origin})"
