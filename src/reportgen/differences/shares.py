"""Two reports in one share: the earlier one restated for the splits that the later one knows."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reportgen.differences.ends import ReadEnd, is_same
from reportgen.expr.nodes import Unit
from reportgen.facts.split_words import in_words, restated_for
from reportgen.model.inputs.market_data import close, close_date
from reportgen.model.keys import filled
from reportgen.model.solved import by_key, solve_case
from reportgen.periods import serial
from reportgen.report.readback.splits import stated_splits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.expr.nodes import Line
    from reportgen.facts.split_words import Split
    from reportgen.model.case.restatement import Restating
    from reportgen.values import Value


class InOneShare(NamedTuple):
    """The two ends of a diff in the shares of the later one; `note` says so, "" if they were."""

    old: ReadEnd
    new: ReadEnd
    note: str = ""


def in_one_share(old: ReadEnd, new: ReadEnd) -> InOneShare:
    """Return two ends, the earlier one restated for the splits that only the later one knows."""
    if new.end.as_of < old.end.as_of:
        other = in_one_share(new, old)
        return InOneShare(other.new, other.old, other.note)
    here, there = (stated_splits(end.report) for end in (old, new))
    if there is None:
        return InOneShare(old, new)
    if here is None:  # a report of before these were listed knew those of its time
        here = tuple(one for one in there if one.ex_date <= old.end.as_of)
    in_force = {one.ex_date for one in there if one.ratio != 1}
    gone = in_words(one for one in here if one.ex_date not in in_force)
    said = [restated_for(one for one in there if one not in here)]
    said += [f"no longer restated for {gone}"] if gone else []
    if not any(said):
        return InOneShare(old, new)
    from reportgen.model.case.restatement import Restating  # noqa: PLC0415 - as in _restated

    in_closes = tuple(one for one in there if one not in here and is_in_closes(one, old, new))
    by = Restating(here, there, float(serial(old.end.as_of)), in_closes)
    told = " and ".join(filter(None, said))
    note = f"figures per share and numbers of shares of {old.end.as_of} are {told}"
    return InOneShare(_restated(old, by), new, note)


def is_in_closes(split: Split, old: ReadEnd, new: ReadEnd) -> bool:
    """Return whether closes were adjusted for a split before any row told of it.

    A vendor's file may be, so the last close before the split that both ends have shows it.
    """
    here, there = (_closes(end) for end in (old, new))
    both = [day for day in here.keys() & there.keys() if day < serial(split.ex_date)]
    if not both:
        return False
    fall = math.log(here[max(both)] / there[max(both)])
    return abs(fall) < abs(fall - math.log(split.ratio))


def _closes(end: ReadEnd) -> dict[float, float]:
    days, closes = (end.case.given[line] for line in (close_date, close.issued))
    pairs = zip(days.tolist(), closes.tolist(), strict=True)
    return {day: value for day, value in pairs if day > 0 and value > 0}


def _restated(end: ReadEnd, by: Restating) -> ReadEnd:
    """Return an end in new shares: its case, what the model makes of it, and what its file says."""
    # Tables are read and asked about only here, and few compare across a split.
    from reportgen.model.case.restatement import restated  # noqa: PLC0415
    from reportgen.model.report_question import ALL_LINES  # noqa: PLC0415

    case = restated(end.case, by)
    solved = solve_case(case)
    now = dict(by_key(solved))
    factors = _factors(end, ALL_LINES, by.new_per_old(by.day))
    stored = {
        key: _moved(value, end.now.get(key), now.get(key), factors.get(key, 1.0))
        for key, value in end.stored.items()
    }
    return replace(end, case=case, solved=solved, stored=stored, now=now)


def _moved(stored: Value, before: Value, after: Value, factor: float) -> Value:
    """Return a value of the file as the model's moves, or by its unit where the model has none."""
    if not isinstance(stored, float):
        return stored
    if not isinstance(before, float) or not isinstance(after, float) or not before:
        return stored * factor
    return after if is_same(stored, before) else stored * (after / before)


def _factors(end: ReadEnd, lines: Iterable[Line], new_per_old: float) -> Mapping[str, float]:
    """Return by how much a value per share, or a number of shares, moves, by key."""
    of_unit = {Unit.PER_SHARE: 1 / new_per_old, Unit.SHARES_M: new_per_old}
    return {
        key: of_unit[line.unit]
        for line in lines
        if line.unit in of_unit and set(line.dims) <= end.solved.members.keys()
        for key, _ in filled(line, end.solved.members)
    }
