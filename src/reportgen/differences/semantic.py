"""Two reports compared by key: what they say, why it changed, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from reportgen.attribution.bridges import bridges, score_bridge
from reportgen.attribution.factors import OUTCOMES, Outcome
from reportgen.attribution.shapley import Attribution, Wanted
from reportgen.differences.ends import is_same, read_ends, unreproduced
from reportgen.differences.explained import explained
from reportgen.differences.facts import check_changes, fact_changes
from reportgen.differences.inputs import input_changes
from reportgen.differences.records import Headline, NumberChange, ReportDiff
from reportgen.differences.shares import in_one_share
from reportgen.errors import ReportgenError
from reportgen.model.cell_names import unit_words
from reportgen.model.headlines import HEADLINES
from reportgen.model.keys import filled
from reportgen.model.words import Entry
from reportgen.report.readback.values import has_no_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.differences.ends import ReadEnd
    from reportgen.expr.nodes import Line
    from reportgen.report.registry.file import Recorded
    from reportgen.values import Value
    from reportgen.xlsx.reader.process import Reading

_HEADLINES = tuple(map(Outcome.of, HEADLINES))


def compare_reports(
    old: Reading | Recorded,
    new: Reading | Recorded,
    *,
    all_numbers: bool = False,
    method: str = "auto",
    order: tuple[str, ...] = (),
) -> ReportDiff:
    """Return what two reports of one company differ in, and why each headline value changed.

    `method` is auto (exact up to 12 players, else by family), exact, owen, sampled or sequential;
    `order` names the players or families that go first, for the sequential one. `all_numbers` adds
    every calculated number that differs. `workbook` is left empty: it is compared cell by cell
    elsewhere.

    Raises NotAReportError where a file is no report, HostileFile or UnreadableFile where it cannot
    be read safely, ReportgenError for reports of two companies or an unknown method or player.
    """
    how = Attribution(_wanted(method), order)
    return difference(*read_ends(old, new), how, all_numbers=all_numbers)


def difference(
    old: ReadEnd, new: ReadEnd, how: Attribution, *, all_numbers: bool = False
) -> ReportDiff:
    """Return what two reports that were read differ in, in the shares of the later one.

    Errors of attribution as above.
    """
    found = (*unreproduced(old), *unreproduced(new))
    notes = tuple(_notes(old, new))
    old, new, restated = in_one_share(old, new)
    return ReportDiff(
        old.end,
        new.end,
        tuple(_headline(outcome, old, new) for outcome in _HEADLINES),
        explained((*bridges(old, new, OUTCOMES, how), score_bridge(old, new)), old, new),
        tuple(input_changes(old, new)),
        tuple(fact_changes(old, new)),
        tuple(check_changes(old, new)),
        tuple(_numbers(old, new)) if all_numbers else (),
        (),
        found,
        (*([restated] if restated else []), *notes),
    )


def _wanted(method: str) -> Wanted:
    if method not in get_args(Wanted):
        raise ReportgenError(
            f"method: {method} is none; the methods are {', '.join(get_args(Wanted))}"
        )
    return cast("Wanted", method)


def _headline(outcome: Outcome, old: ReadEnd, new: ReadEnd) -> Headline:
    unit = unit_words(outcome.line.unit, new.solved)
    before, after = (_number(end.stored.get(outcome.key)) for end in (old, new))
    return Headline(outcome.key, outcome.label, unit, before, after)


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, float | int) else None


def _numbers(old: ReadEnd, new: ReadEnd) -> Iterator[NumberChange]:
    """Yield every calculated number that differs, in the order of the new report."""
    computed = _computed(new) | _computed(old)
    for key in dict.fromkeys((*new.stored, *old.stored)):
        here, there = old.stored.get(key), new.stored.get(key)
        line = computed.get(key)
        is_number = not isinstance(here, str) and not isinstance(there, str)
        if line is not None and is_number and not is_same(here, there):
            yield NumberChange(key, line.label, unit_words(line.unit, new.solved), here, there)


def _computed(end: ReadEnd) -> dict[str, Line]:
    """Return the line of every calculated value of a report by its key."""
    from reportgen.model.report_question import ALL_LINES  # noqa: PLC0415 - few ask for every number

    found: dict[str, Line] = {}
    for line in ALL_LINES:
        is_computed = line.expr is not None and not isinstance(line, Entry)
        if is_computed and set(line.dims) <= end.solved.members.keys():
            found.update(dict.fromkeys((key for key, _ in filled(line, end.solved.members)), line))
    return found


def _notes(old: ReadEnd, new: ReadEnd) -> Iterator[str]:
    for end in (old, new):
        yield from (f"in {end.end.path.name}: {warning}" for warning in end.report.book.warnings)
        if has_no_values(end.report):
            yield (
                f"a program that does not calculate saved {end.end.path.name}: what it would say is"
                " recomputed from its inputs, and its checks are not compared"
            )
    others = [end.end.path.name for end in (old, new) if not end.is_of_this_model]
    if others:
        yield (
            f"made by another version of the model: {', '.join(dict.fromkeys(others))}; today's"
            " explains the change between the inputs, and the rest is the bar of the method"
        )
    if old.end.as_of > new.end.as_of:
        yield "the old report is of a later day than the new one"
