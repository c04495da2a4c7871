"""What must hold of a single row, table by table; of an assumption, by the catalogue."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from reportgen.errors import quote
from reportgen.expr.nodes import Unit
from reportgen.facts.bounds import (
    ANY,
    NOT_NEGATIVE,
    POSITIVE,
    Bounds,
    largest,
    out_of_bounds,
)
from reportgen.facts.bounds import SHARE as SHARE_OF_ONE
from reportgen.facts.catalogue import (
    ALL,
    BY_KEY,
    CLAIMS,
    FIGURES,
    PER_SHARE,
    REPORTING_M,
    RESULTS,
    Parameter,
    Part,
    change_bounds,
    override_fault,
)
from reportgen.facts.checks.units import (
    Due,
    claim_unit_fault,
    estimate_is_due_in,
    money_a_share,
    multiple_fault,
    result_is_due_in,
    two_shares,
    unit_fault,
    unknown_share,
)
from reportgen.facts.company import Company
from reportgen.facts.key_syntax import is_key, parse_key, parse_trigger
from reportgen.facts.problems import BLANK, CellError, suggestion
from reportgen.facts.reading.columns import UNIT
from reportgen.facts.reading.schema import FLAGS
from reportgen.facts.reading.text_files import fold
from reportgen.facts.rows import GROUP
from reportgen.facts.units import SHARE, parse_unit
from reportgen.headline import CASES
from reportgen.periods import fiscal_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.errors import Problem
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.facts.rows import (
        Action,
        Argument,
        Assumption,
        Claim,
        Confirmation,
        Estimate,
        Fundamental,
        Override,
        PastReport,
        PeerMultiple,
        Product,
        Source,
        Target,
    )


Fault = tuple[str, CellError]  # the column and what is wrong with it
_MARKET_YEAR = re.compile(r".*\S \d{4}", re.ASCII)


def _outside(column: str, value: float, bounds: Bounds) -> Iterator[Fault]:
    if not bounds.holds(value):
        is_large = abs(value) > largest()
        found = f"{value:g} is too large" if is_large else f"{value:g} is not {bounds}"
        expected = f"a number up to {largest():g}" if is_large else f"a number {bounds}"
        yield column, CellError(found, expected)


def target_faults(row: Target, company: Company) -> Iterator[Fault]:
    """Prices and horizons are positive; the line is known."""
    if row.line == SHARE and company.adr_ratio != 1:
        found = f'"share" does not say which one: {two_shares(company)}'
        yield "line", CellError(found, "listed or ordinary")
    yield from _outside("target", row.target, FIGURES["target"])
    yield from _outside("horizon_months", row.horizon_months, POSITIVE)


def fundamental_faults(row: Fundamental, company: Company) -> Iterator[Fault]:
    """A known segment and period, a value or a growth, a count of shares that is one."""
    segments = [GROUP, *(segment.id for segment in company.segments)]
    if row.segment not in segments:
        yield (
            "segment",
            CellError(
                f"{quote(row.segment)} is not a segment of company.yaml",
                " or ".join(segments),
                suggestion(row.segment, segments),
            ),
        )
    if fiscal_period(row.period) is None:
        expected = "FY2026-Q2, FY2026-H1, FY2025 or a day (a balance)"
        yield "period", CellError(f"{quote(row.period)} is not a period", expected)
    if math.isnan(row.value) and math.isnan(row.yoy):
        yield "value", CellError("is blank, and so is yoy", "one of the two", "fill one in")
    value = row.value * parse_unit(row.unit).scale
    yield from _outside("value", value, RESULTS.get(row.metric, ANY))
    yield from _unit_faults(row, result_is_due_in(row.metric, company), company)
    if not change_bounds(row.metric).holds(row.yoy):
        yield "yoy", CellError(f"{row.yoy:g} is below -1", "growth of revenue, not below -100%")


def estimate_faults(row: Estimate, company: Company) -> Iterator[Fault]:
    """Earnings are money per share."""
    yield from _outside("value", row.value * parse_unit(row.unit).scale, ANY)
    yield from _unit_faults(row, estimate_is_due_in(row.metric), company)


def _unit_faults(row: Fundamental | Estimate, due: Due, company: Company) -> Iterator[Fault]:
    if math.isnan(row.value):
        return
    fault = unit_fault(row.unit, due, company)
    if not row.unit:
        yield "unit", CellError(BLANK, UNIT.expected, "fill it in")
    elif fault is not None:
        yield "unit", fault


def product_faults(row: Product, company: Company) -> Iterator[Fault]:
    """Prices are positive and in a currency; a product may be named without one."""
    del company
    yield from _outside("price", row.price, FIGURES["product"])
    if not row.currency and not math.isnan(row.price):
        yield "currency", CellError(BLANK, "a currency such as USD")


def claim_faults(row: Claim, company: Company) -> Iterator[Fault]:
    """Prices, multiples, markets are positive, probabilities are such, markets name a year."""
    fault = claim_unit_fault(row, company)
    if fault is not None:
        yield "unit", fault
    if row.key in CLAIMS:
        yield from _outside("value", row.value, CLAIMS[row.key])
    if row.key in {"market_size", "units"} and not _MARKET_YEAR.fullmatch(row.variant):
        found = f"{quote(row.variant)} does not name a market and a year"
        yield "variant", CellError(found, 'MARKET YEAR, such as "ai_glasses 2026"')


def argument_faults(row: Argument, company: Company) -> Iterator[Fault]:
    """The key and the trigger are spelt as such."""
    del company
    yield from _unreadable("assumption", row.assumption, parse_key)
    yield from _unreadable("trigger", row.trigger, parse_trigger)


def override_faults(row: Override, company: Company) -> Iterator[Fault]:
    """The key is spelt as one; there is a value, or an earlier row is revoked."""
    del company
    yield from _unreadable("key", row.key, parse_key)
    if math.isnan(row.value) and not row.revokes:
        yield "value", CellError("is blank", "a value, or in revokes the day of the row revoked")
    if row.expires is not None and row.expires < row.published:
        found = f"{row.expires} is before the row was published ({row.published})"
        yield "expires", CellError(found, "the last day on which the value stands")


def confirmation_faults(row: Confirmation, company: Company) -> Iterator[Fault]:
    """The key is spelt as one."""
    del company
    yield from _unreadable("key", row.key, parse_key)


def _unreadable(column: str, text: str, parse: Callable[[str], object]) -> Iterator[Fault]:
    try:
        if text:
            parse(text)
    except CellError as error:
        yield column, error


def action_faults(row: Action, company: Company) -> Iterator[Fault]:
    """Ratios are positive."""
    del company
    yield from _outside("ratio", row.ratio, POSITIVE)


def peer_faults(row: PeerMultiple, company: Company) -> Iterator[Fault]:
    """Multiples are such, and not negative."""
    del company
    fault = multiple_fault(row.metric, row.unit)
    if fault is not None:
        yield "unit", fault
    if row.unit == "x" and not NOT_NEGATIVE.holds(row.value):
        yield "value", CellError(f"{row.value:g} is below 0", "a multiple (n/a where earnings are)")


def source_faults(row: Source, company: Company) -> Iterator[Fault]:
    """Flags are known."""
    del company
    for flag in filter(None, row.flags.split(";")):
        if flag.strip() not in FLAGS:
            known = suggestion(flag, FLAGS)
            yield "flags", CellError(f"{quote(flag)} is not a flag", "; ".join(FLAGS), known)


def later_override_faults(row: Override, company: Company) -> Iterator[Fault]:
    """The bounds of the input overridden: whether the row will be in force is not known yet."""
    del company
    fault = override_fault(row.key, row.value) if is_key(row.key) else None
    if fault is not None:
        yield "value", fault


PRICE_MIX = "launch_price_mix"  # the one key whose "segment" is a variant of the product
_WORDS = {
    "ratio": ("", "ratio", "%"),
    "x": ("", "x", "ratio"),
    "years": ("", "years", "year", "y"),
    "days": ("", "days", "day", "d"),
    "0/1": ("", "0/1"),
}


def assumption_faults(row: Assumption, company: Company) -> Iterator[tuple[str, CellError]]:
    """Every column of the row that its key does not allow."""
    entry = BY_KEY.get(row.key)
    if entry is None:
        found = f"{quote(row.key)} is not a parameter of the method"
        yield "key", CellError(found, "", suggestion(row.key, BY_KEY))
        return
    for column, fault in (
        ("scenario", _scenario_fault(entry, row)),
        ("segment", _segment_fault(entry, row, company)),
        ("unit", _unit_fault(entry, row, company)),
        ("value", out_of_bounds(row.value, entry.bounds, is_ratio=entry.unit is Unit.RATIO)),
    ):
        if fault is not None:
            yield column, fault


def _scenario_fault(entry: Parameter, row: Assumption) -> CellError | None:
    if row.scenario in (ALL, *entry.scenarios):
        return None
    if entry.by_scenario:
        allowed = " or ".join((*entry.scenarios, ALL))
        return CellError(f"{entry.key} is not used in the {row.scenario} case", allowed)
    found = f"{entry.key} is one value for all cases, not one of the {row.scenario} case"
    return CellError(found, ALL, "write it once, with the scenario all")


def _segment_fault(entry: Parameter, row: Assumption, company: Company) -> CellError | None:
    if not entry.by_part:
        if not row.segment:
            return None
        return CellError(f"{entry.key} does not differ between segments", "a blank cell")
    if entry.part is Part.VARIANT:
        return None if row.segment else CellError("is blank", "a variant of the product launched")
    ids = [segment.id for segment in company.segments]
    if row.segment in ids:
        return None
    found = f"{quote(row.segment)} is not a segment of company.yaml" if row.segment else "is blank"
    return CellError(found, " or ".join(ids), suggestion(row.segment, ids))


def unit_expected(entry: Parameter, company: Company) -> str:
    """The unit that an assumption is to be stated in, in words."""
    if entry.row_unit == REPORTING_M:
        return f"{company.reporting_currency or 'the code'} m, the reporting currency"
    if entry.row_unit == PER_SHARE:
        return money_a_share(company.price_currency or "currency", company)
    return " or ".join(_WORDS[entry.row_unit][1:])


def _unit_fault(entry: Parameter, row: Assumption, company: Company) -> CellError | None:
    if _is_unit(entry, row.unit, company):
        return unknown_share(row.unit, company)
    expected = unit_expected(entry, company)
    if not row.unit:
        return CellError(BLANK, expected, "fill it in")
    return CellError(f"{quote(row.unit)} is not the unit of {entry.key}", expected)


def same_unit(text: str, due: str) -> bool:
    """Whether a text names the unit that a figure is due in, in any of its spellings."""
    return text in _WORDS.get(due, (due,)) or parse_unit(text) == parse_unit(due)


def _is_unit(entry: Parameter, text: str, company: Company) -> bool:
    if entry.row_unit in _WORDS:
        return text in _WORDS[entry.row_unit]
    unit = parse_unit(text)
    if entry.row_unit == REPORTING_M:
        return unit.currency == company.reporting_currency and unit.is_amount
    return unit.per_share


ASSUMPTIONS, DEFAULTS = "assumptions", "defaults"
_NO_VALUE = ("value", BLANK)


def with_meaning(problems: Sequence[Problem], files: PackFiles) -> list[Problem]:
    """The problems; where an assumption's value is blank, they say which value is expected.

    Where its unit is blank as well, that is told with it, not only once the value is there.
    """
    places = {files.paths[ASSUMPTIONS], *files.others.get(ASSUMPTIONS, ())}
    blank = {one for one in problems if one.path in places and (one.column, one.found) == _NO_VALUE}
    rows = cells_by_place(files, ASSUMPTIONS) if blank else {}
    told: list[Problem] = []
    for one in problems:
        if one not in blank:
            told.append(one)
            continue
        cells = rows[one.path, one.line]
        told.append(one._replace(expected=_meaning(cells) or one.expected))
        unit = _unit_needed(cells, files)
        if unit:
            told.append(one._replace(column="unit", expected=unit, remedy="fill it in"))
    return told


def _unit_needed(cells: Mapping[str, str], files: PackFiles) -> str:
    """The unit that a blank cell is to hold; "" where it is not blank, or may be."""
    entry = BY_KEY.get(cells.get("key", ""))
    if entry is None or cells.get("unit") or entry.row_unit not in (REPORTING_M, PER_SHARE):
        return ""
    return unit_expected(entry, files.company)


def cells_by_place(files: PackFiles, name: str) -> dict[tuple[str, int | None], Mapping[str, str]]:
    """The cells of each row of a table by name, by the file and line that it stands on.

    Assumptions are those of the company and of its sector.
    """
    log = files.log(name)
    found: dict[tuple[str, int | None], Mapping[str, str]] = {}
    more = files.tables.get(DEFAULTS, ()) if name == ASSUMPTIONS else ()
    for table in (*files.tables.get(name, ()), *more):
        names = [fold(cell) for cell in table.records[0].cells]
        for record in table.records[1:]:
            cells = dict(zip(names, map(str.strip, record.cells), strict=False))
            found[log.place(record.line_no)] = cells
    return found


def _meaning(cells: Mapping[str, str]) -> str:
    """`growth of the segment's metric (cloud, base), in ratio`; "" where the key is unknown."""
    entry = BY_KEY.get(cells.get("key", ""))
    if entry is None:
        return ""
    label = entry.label[0].lower() + entry.label[1:] if entry.label[1:2].islower() else entry.label
    place = ", ".join(filter(None, (cells.get("segment"), cells.get("scenario"))))
    unit = cells.get("unit")
    return f"the {label} ({place})" + (f", in {unit}" if unit else "")


Rule = Callable[[Any, Company], Iterator[Fault]]


def history_faults(row: PastReport, _: Company) -> Iterator[Fault]:
    """A price is positive, no value of a case negative; a probability is one."""
    yield from _outside("price", row.price, FIGURES["close"])
    for column in (*CASES, "expected", "hype_adjusted", "consensus", "dividend"):
        yield from _outside(column, getattr(row, column), NOT_NEGATIVE)
    for case in CASES:
        column = f"{case}_probability"
        yield from _outside(column, getattr(row, column), SHARE_OF_ONE)


RULES: dict[str, Rule] = {  # each takes the record of its own table
    "targets": target_faults,
    "fundamentals": fundamental_faults,
    "estimates": estimate_faults,
    "products": product_faults,
    "claims": claim_faults,
    "assumptions": assumption_faults,
    "arguments": argument_faults,
    "overrides": override_faults,
    "confirmed": confirmation_faults,
    "actions": action_faults,
    "peers": peer_faults,
    "sources": source_faults,
    "history": history_faults,
}
LATER_RULES: dict[str, Rule] = {  # what is checked of known rows only where they are in force
    "overrides": later_override_faults,
}
