"""The two ends of a diff: reports read back, and solved again with today's model."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.attribution.records import CLOSES_WITHIN
from reportgen.differences.records import End, Unreproduced
from reportgen.errors import ReportgenError
from reportgen.model.checks.readiness import call
from reportgen.model.inputs import description
from reportgen.model.keys import filled
from reportgen.model.solved import by_key, of_few, prepare_model, solve_case
from reportgen.periods import parse_serial
from reportgen.report.readback.case import current_case, issued_case
from reportgen.report.readback.values import stored_values, uncalculated
from reportgen.report.readback.workbook import NotAReportError, as_issued, finish, open_report
from reportgen.report.registry.file import Recorded
from reportgen.report.registry.identity import model_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.expr.solve import Solved
    from reportgen.model.case.record import Case
    from reportgen.report.readback.workbook import ReadReport
    from reportgen.values import Value
    from reportgen.xlsx.reader.process import Reading


@dataclass(frozen=True, slots=True)
class ReadEnd:
    """A report that was read: its cells, the case they state, and what today's model makes of it.

    `stored` are the values of the file's cells by public key, `now` those of today's model on its
    inputs; of a report as issued, those of which a diff tells.
    """

    end: End
    report: ReadReport
    case: Case
    solved: Solved
    stored: Mapping[str, Value]
    now: Mapping[str, Value]

    @property
    def is_of_this_model(self) -> bool:
        """Whether the report was made by the model of this program."""
        return self.end.model_hash == model_hash()


def read_ends(old: Reading | Recorded, new: Reading | Recorded) -> tuple[ReadEnd, ReadEnd]:
    """Return both ends, once they are read, solved again.

    Of one that is as issued no cell is read, if it was made by the model of this program: there its
    fields are those of the model.

    Raises NotAReportError where one is no report of this program, HostileFile and UnreadableFile
    where it cannot be read safely, ReportgenError where the two cannot be compared.
    """
    prepare_model()  # while both are read in processes of their own
    model_hash()
    first, second = map(_read, (old, new))
    for line in (description.ticker, description.price_currency):
        here, there = (str(end.case.given[line]) for end in (first, second))
        if here != there:
            raise ReportgenError(
                f"{new.path}: its {line.label.lower()} is {there}, that of {old.path} is {here};"
                " compare two reports of one company in one currency"
            )
    return first, second


def _read(end: Reading | Recorded) -> ReadEnd:
    if isinstance(end, Recorded):
        report = as_issued(end)
        if report.text("report.model_hash") == model_hash():
            return _solved(report, issued_case(report), end.values, of_few)
        report = open_report(end.path)
    else:
        report = finish(end)
    return _solved(report, current_case(report), dict(stored_values(report)))


def _solved(
    report: ReadReport,
    case: Case,
    held: Mapping[str, Value],
    told: Callable[[Solved], Solved] = lambda solved: solved,
) -> ReadEnd:
    """Return an end of which the file says what it `held`; of the model's values those `told`."""
    solved = solve_case(case)
    now = dict(by_key(told(solved)))
    stored = {**held, **_never_calculated(report, held, now)}
    stance = str(stored.get(call.key) or "")
    return ReadEnd(_end(report, solved, stance), report, case, solved, stored, now)


def _end(report: ReadReport, solved: Solved, stance: str) -> End:
    as_of = parse_serial(float(solved.values[description.as_of]))
    if as_of is None:
        raise NotAReportError(
            f"{report.path}: its as-of cell holds no day; use the file as it was issued"
        )
    return End(
        report.path,
        str(solved.values[description.ticker]),
        as_of,
        report.text("report.input_hash"),
        report.text("report.model_hash"),
        stance,
    )


def _never_calculated(
    report: ReadReport, stored: Mapping[str, Value], now: Mapping[str, Value]
) -> dict[str, Value]:
    """Return today's values of formulas whose own are lost: a program saved without calculating."""
    if all(stored[key] or not value for key, value in now.items() if key in stored):
        return {}  # as nearly every report: no need to look for formulas without a value
    return {key: now[key] for key in uncalculated(report) if key in now}


def unreproduced(end: ReadEnd) -> tuple[Unreproduced, ...]:
    """Return the stored values that today's model does not give again, where it is the same model.

    Empty for a report of another model: there the difference is the method's.
    """
    if not end.is_of_this_model:
        return ()
    differing = [
        key
        for key, value in end.now.items()
        if end.stored.get(key, value) != value and not is_same(end.stored[key], value)
    ]
    labels = _labels(end.solved) if differing else {}
    return tuple(
        Unreproduced(end.end.path, key, labels[key], end.stored[key], end.now[key])
        for key in differing
    )


def _labels(solved: Solved) -> dict[str, str]:
    """Return the label of every key."""
    return {key: line.label for line in solved.values for key, _ in filled(line, solved.members)}


def is_same(one: Value, other: Value) -> bool:
    """Return whether two public values are equal, numbers within 1e-9 relative or absolute."""
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=CLOSES_WITHIN, abs_tol=CLOSES_WITHIN)
    return one == other
