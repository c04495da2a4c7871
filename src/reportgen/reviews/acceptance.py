"""Edits taken home: the rows that say so, tried on a copy of the inputs, then written."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import InputErrors, ReportgenError, quote
from reportgen.facts.knowledge import known_at
from reportgen.facts.overrides import revoked, with_standing
from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.problems import suggestion
from reportgen.facts.reading.company_file import MARKET
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.reading.universe import read_universe
from reportgen.facts.split_words import in_words
from reportgen.facts.splits import powers_of_overrides
from reportgen.facts.units import parse_currency
from reportgen.intake.additions import Addition, Appended, appended, grown, one_line, tried, write
from reportgen.intake.closes import CLOSE, DAY, close_rows, home_of_closes
from reportgen.model.report_question import answer
from reportgen.model.solved import by_key
from reportgen.model.spare_rows import GROWING
from reportgen.pipeline import asked
from reportgen.reviews.records import Edit, EditKind, Remark, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.errors import Problem
    from reportgen.facts.reading.universe import Slice
    from reportgen.facts.rows import Override, PackRows
    from reportgen.reviews.current_inputs import Ours
    from reportgen.values import Value


ALL = "*"  # every key
CLOSES = frozenset({"prices", "benchmark"})  # tables of closes, whose rows nobody signs
# The column that says what a row of a table is about
_NAMED_BY: Mapping[str, str] = {
    "targets": "broker",
    "products": "product",
    "claims": "key",
    "fundamentals": "metric",
    "overrides": "key",
}
_NOBODY = Remark("nobody yet")  # signs what is only tried
_UNVERIFIED = "unverified: from a returned file, the issued one not at hand"


class Decision(NamedTuple):
    """What was decided, as keys or ALL: edits to accept, conflicts that go our way or theirs."""

    accept: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows to add, by file; the edits that they take home; those still to be decided.

    `settled` are conflicts that were left as our inputs have them.
    """

    additions: tuple[Addition, ...]
    accepted: tuple[Edit, ...]
    settled: tuple[Edit, ...]
    left: tuple[Edit, ...]


def plan(
    edits: Sequence[Edit],
    decision: Decision,
    said: Remark,
    as_of: date,
    ours: Ours,
    *,
    is_verified: bool,
) -> Plan:
    """Return the rows that take edits home; `said` fills in what the file does not say.

    Each row says so where what was issued `is_verified` by nothing but the returned file.

    Raises ReportgenError for a key that no edit has or that cannot be accepted, for an edit that
    nobody signs, and for a conflict that is to go both ways.
    """
    _check_keys(edits, decision, said)
    accepted = tuple(edit for edit in edits if _is_accepted(edit, decision, said))
    settled = tuple(
        edit for edit in edits if edit.state is State.CONFLICT and _names(decision.ours, edit)
    )
    decided = {id(edit) for edit in (*accepted, *settled)}
    left = tuple(edit for edit in edits if edit.is_to_decide and id(edit) not in decided)
    _check_authors(accepted, said)
    additions = _additions(accepted, said, as_of, ours, is_verified=is_verified)
    return Plan(additions, accepted, settled, left)


def _names(keys: frozenset[str], edit: Edit) -> bool:
    return ALL in keys or edit.key in keys


def _is_accepted(edit: Edit, decision: Decision, said: Remark) -> bool:
    if edit.remark.unread and said.expires is None:
        return False  # it would stand for ever
    if edit.state is State.NEW:
        return _names(decision.accept, edit)
    return edit.state is State.CONFLICT and _names(decision.theirs, edit)


def _check_keys(edits: Sequence[Edit], decision: Decision, said: Remark) -> None:
    known = {edit.key: edit for edit in edits}
    for key in sorted((decision.accept | decision.ours | decision.theirs) - {ALL}):
        if key not in known:
            remedy = suggestion(key, known) or "the review names the keys that were edited"
            raise ReportgenError(f"{quote(key)} was not edited; {remedy}")
    for key in sorted(decision.accept - {ALL}):
        edit = known[key]
        if edit.state in {State.LISTED, State.VIEW}:
            reason = edit.note or "it is a way of looking at the same inputs"
            raise ReportgenError(f"{key}: {edit.kind}: cannot be accepted: {reason}")
        if edit.remark.unread and said.expires is None:
            raise ReportgenError(f"{key}: {edit.remark.unread}")
    both = decision.ours & decision.theirs
    if both:
        raise ReportgenError(f"{min(both)}: --ours and --theirs at once; choose one")


def _check_authors(accepted: Iterable[Edit], said: Remark) -> None:
    unsigned = [edit.key for edit in accepted if not (edit.remark.author or said.author)]
    if unsigned:
        raise ReportgenError(
            f"nobody signs {', '.join(unsigned)}: say who with --author, or in the column beside"
            " the override"
        )


def _additions(
    accepted: Sequence[Edit], said: Remark, as_of: date, ours: Ours, *, is_verified: bool
) -> tuple[Addition, ...]:
    rows: dict[str, list[dict[str, str]]] = {}
    named = {**ours.titled, **{id_: id_ for id_ in ours.sources}}
    known = {name.casefold(): id_ for name, id_ in named.items()}
    described = [edit for edit in accepted if edit.table == "sources"]
    for edit in described:
        row = {name: _text(value) for name, value in edit.cells.items()}
        known |= {name.casefold(): row["id"] for name in (row["id"], row["title"]) if name}
        if not is_verified:
            row["title"] = "; ".join(filter(None, (row["title"], _UNVERIFIED)))
        rows.setdefault("sources", []).append(row)
    for edit in (one for one in accepted if one not in described):
        author = one_line(edit.remark.author or said.author)
        if edit.table in CLOSES:
            rows.setdefault(edit.table, []).append(_close(edit))
        elif edit.kind is EditKind.ROW:
            row, source = _row(edit, author, as_of, said, known, is_verified=is_verified)
            rows.setdefault(edit.table, []).append(row)
            if source["id"].casefold() not in known:
                known[source["id"].casefold()] = source["id"]
                rows.setdefault("sources", []).append(source)
        else:
            row = _override(edit, said, as_of, ours)
            if not is_verified:
                row["reason"] = "; ".join(filter(None, (row["reason"], _UNVERIFIED)))
            rows.setdefault("overrides", []).append(row)
    # What is cited comes first: a run that breaks off leaves a source too many, not one too few
    order = (*GROWING, "overrides")
    return tuple(Addition(name, tuple(rows[name])) for name in order if name in rows)


def _close(edit: Edit) -> dict[str, str]:
    """Return a new close as a row of a file of closes, in whole units of its currency."""
    return {DAY: _text(edit.cells["date"]), CLOSE: _text(edit.cells["close"])}


def _override(edit: Edit, said: Remark, as_of: date, ours: Ours) -> dict[str, str]:
    remark = edit.remark
    published = said.published or remark.published or as_of
    expires = remark.expires or said.expires
    is_withdrawn = edit.kind is EditKind.WITHDRAWN
    same_day = any(row.published == published for row in ours.overrides(edit.key))
    corrects = published.isoformat() if same_day else ""  # else two rows of a day contradict
    return {
        "published": published.isoformat(),
        "key": edit.key,
        "value": "" if is_withdrawn else _number(edit.figure),
        "expires": expires.isoformat() if expires and not is_withdrawn else "",
        "revokes": taken_back(ours.overrides(edit.key)) if is_withdrawn else corrects,
        "author": one_line(remark.author or said.author),
        "reason": one_line(remark.reason or said.reason),
    }


def taken_back(rows: Sequence[Override]) -> str:
    """Return what a revocation of these rows of one key names: their day, or all earlier ones."""
    days = {row.published for row in rows}
    return days.pop().isoformat() if len(days) == 1 else "all"


def _row(
    edit: Edit,
    author: str,
    as_of: date,
    said: Remark,
    known: Mapping[str, str],
    *,
    is_verified: bool,
) -> tuple[dict[str, str], dict[str, str]]:
    """Return a new row of a table, and the source that it cites.

    A source that sources.csv does not know is added under the name that was typed.
    """
    cells = {name: _text(value) for name, value in edit.cells.items()}
    cells["published"] = cells["published"] or (said.published or as_of).isoformat()
    stated = cells["source"]
    source = {
        "id": _source_id(stated, known) or source_of(author),
        "title": stated or f"Judgement of {author}",
        "publisher": author,
        "tier": "assumption",
    }
    if not is_verified:
        source["id"] += "-unverified"
        source["title"] += f"; {_UNVERIFIED}"
    cells["source"] = source["id"]
    if "note" in cells:
        cells["note"] = one_line(cells["note"] or said.reason)
    return cells, source


def _source_id(stated: str, known: Mapping[str, str]) -> str:
    """Return the id of a source that was named: one there is, by id or title, or a new one."""
    new = slug(stated)
    return known.get(stated.casefold()) or known.get(new) or new


def source_of(author: str) -> str:
    """Return the id of the source that an analyst's own figures cite."""
    return f"analyst-{slug(author) or 'unnamed'}"


def slug(name: str) -> str:
    """Return a name as an id: letters and digits, joined by hyphens."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-_")


def _text(value: Value) -> str:
    if value is None:
        return ""
    return _number(value) if isinstance(value, float) else one_line(str(value))


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")


def rebuilt(
    edits: Sequence[Edit], as_of: date, ours: Ours, inputs: Path, ticker: str
) -> Mapping[str, Value]:
    """Return every value of the report that is built once all is accepted, by public key.

    It is built from a copy of the inputs, conflicts decided their way. Raises ReportgenError where
    the edits cannot be taken together.
    """
    everything = frozenset({ALL})
    decision = Decision(everything, theirs=everything)
    decided = plan(edits, decision, _NOBODY, as_of, ours, is_verified=True)
    found: dict[str, Value] = {}
    of_universe = read_universe(inputs, only=ticker).slice(ticker)

    def build(copy: Path) -> None:
        _check(copy, of_universe, as_of, decided.additions)
        files = read_pack(ticker, copy, of_universe=of_universe)
        then = asked(files, as_of, load_policy())
        found.update(by_key(answer(then.question, then.model)))

    _tried(_grown(decided.additions, inputs, of_universe), inputs, ticker, build)
    return found


def _grown(additions: Sequence[Addition], inputs: Path, of_universe: Slice) -> tuple[Appended, ...]:
    """Return the files of a company, and that of its benchmark, with rows added."""
    ticker = of_universe.ticker
    if not any(addition.table in CLOSES for addition in additions):
        return tuple(appended(addition, inputs / ticker) for addition in additions)
    company = read_pack(ticker, inputs, of_universe=of_universe).company

    def file(addition: Addition) -> Appended:
        if addition.table not in CLOSES:
            return appended(addition, inputs / ticker)
        if addition.table == "benchmark":
            share, quoted, path = company.benchmark or "", "", f"{MARKET}/{company.benchmark}.csv"
        else:
            share, quoted, path = ticker, company.quote_currency, f"{ticker}/prices.csv"
        per_whole = parse_currency(quoted).subunits if quoted else 1.0
        rows = close_rows(
            {date.fromisoformat(row[DAY]): float(row[CLOSE]) * per_whole for row in addition.rows}
        )
        return grown(home_of_closes(inputs / path, share, quoted), rows, inputs)

    return tuple(map(file, additions))


def _tried(
    files: Sequence[Appended], inputs: Path, ticker: str, check: Callable[[Path], None]
) -> None:
    """Try rows on a copy; a mistake in a new row is told without a line, which is not there yet."""
    try:
        tried(files, inputs, ticker, check)
    except InputErrors as error:
        held = {file.path.name: len((file.before or b"").splitlines()) for file in files}
        raise InputErrors(_of_new_row(problem, held) for problem in error.problems) from None


def _of_new_row(problem: Problem, held: Mapping[str, int]) -> Problem:
    last = held.get(problem.path.rpartition("/")[2])
    if last is None or problem.line is None or problem.line <= last:
        return problem
    return problem._replace(path=f"{problem.path}, new row,", line=None)


def preview(
    additions: Sequence[Addition], inputs: Path, ticker: str, as_of: date
) -> tuple[Appended, ...]:
    """Return the files with the rows added, after trying them on a copy of the inputs.

    Raises InputErrors for what is wrong with the rows, ReportgenError where they would not be read
    as they are meant.
    """
    of_universe = read_universe(inputs, only=ticker).slice(ticker)
    files = _grown(additions, inputs, of_universe)
    _tried(files, inputs, ticker, lambda copy: _check(copy, of_universe, as_of, additions))
    return files


def take(files: Sequence[Appended]) -> None:
    """Write the files of a preview. Raises OutputError where one cannot be, or changed."""
    write(files)


def _check(copy: Path, of_universe: Slice, as_of: date, additions: Sequence[Addition]) -> None:
    files = read_pack(of_universe.ticker, copy, of_universe=of_universe)
    for day in sorted({as_of, *_first_days(additions)}):
        pack_at(files, day)  # an override may expire before anybody asks of a later day
    known = known_at(files, date.max)
    errors = [problem for problem in known.problems if problem.severity == "error"]
    if errors:
        raise InputErrors(errors)
    _require_shares_of_the_issue(additions, as_of, known.rows)
    added = [(one.table, row) for one in additions for row in one.rows if one.table != "sources"]
    # Not later than need be: a split to come restates every figure per share
    day = max((as_of, *(date.fromisoformat(row.get(DAY) or row["published"]) for _, row in added)))
    rows = known_at(files, day).rows
    for table, row in added:
        if not is_read(table, row, rows):
            raise ReportgenError(misread(table, row, rows))


def _require_shares_of_the_issue(
    additions: Sequence[Addition], as_of: date, rows: PackRows
) -> None:
    """Raise ReportgenError for money a share or shares as issued, dated after a later split."""
    days = {row["key"]: row["published"] for one in additions for row in one.rows if "key" in row}
    for override, power in zip(rows.overrides, powers_of_overrides(rows), strict=True):
        day = override.published
        passed = [one for one in rows.actions if as_of < one.ex_date <= day and one.ratio != 1]
        if power and passed and days.get(override.key) == day.isoformat():
            raise ReportgenError(
                f"overrides.csv: {override.key} is in the shares of the report of {as_of}, and"
                f" {day} is after {in_words(passed)}, so it would count in other shares;"
                f" date it before {min(one.ex_date for one in passed)} with --published, and it is"
                " restated"
            )


def _first_days(additions: Sequence[Addition]) -> Iterator[date]:
    """Yield the days from which the new rows are known."""
    for addition in additions:
        for row in addition.rows:
            if row.get("published"):
                yield date.fromisoformat(row["published"])


def is_read(table: str, row: Mapping[str, str], rows: PackRows) -> bool:
    """Return whether a row is read back as it was meant, and counts."""
    if table in CLOSES:
        return any(
            one.date.isoformat() == row[DAY] and math.isclose(one.close, float(row[CLOSE]))
            for one in getattr(rows, table)
        )
    if table != "overrides":
        figure = {"targets": "target", "products": "price"}.get(table, "value")
        name = _NAMED_BY[table]
        return any(
            getattr(found, name) == row[name]
            and found.published.isoformat() == row["published"]
            and _is_figure(getattr(found, figure), row[figure], getattr(found, "scale", 1.0))
            for found in getattr(rows, table)
        )
    day, by_then = _by_then(row, rows)
    standing = [one.value for one in with_standing(by_then, day) if one.active]
    return standing == ([float(row["value"])] if row["value"] else [])


def _is_figure(read: float, written: str, scale: float) -> bool:
    """Return whether a figure was read as it was written; a result may state its change alone."""
    return math.isclose(read, float(written) * scale) if written else math.isnan(read)


def _by_then(row: Mapping[str, str], rows: PackRows) -> tuple[date, list[Override]]:
    """Return the day of a new override, and the rows of its key published by then."""
    day = date.fromisoformat(row["published"])
    return day, [one for one in rows.overrides if one.key == row["key"] and one.published <= day]


def misread(table: str, row: Mapping[str, str], rows: PackRows) -> str:
    """Return why a row would not count, and what to do."""
    revocation = _revocation(row, rows) if table == "overrides" else None
    if revocation is not None:
        by = f" by {revocation.author}" if revocation.author else ""
        later = max(revocation.published, date.fromisoformat(row["published"])) + timedelta(days=1)
        return (
            f"overrides.csv: {row['key']} was revoked{by} on {revocation.published}, and that takes"
            f" back what is published on {row['published']}, too; accept it as known from a later"
            f" day, for instance --published {later}"
        )
    if table in CLOSES:
        return (
            f"{table}: the close of {row[DAY]} would not be read as {row[CLOSE]}, because of the"
            " file's unit, its splits, or another close of that day; add it by hand"
        )
    return (
        f"{table}.csv: the new row of {row[_NAMED_BY[table]]} would not be read as it is meant,"
        " because of how the file spells its other rows, or of another row of the same day; add it"
        " by hand, or choose another day with --published"
    )


def _revocation(row: Mapping[str, str], rows: PackRows) -> Override | None:
    """Return the row that takes back a new override, None if nothing does."""
    day, by_then = _by_then(row, rows)
    new = [one for one in by_then if one.published == day and not math.isnan(one.value)]
    taking_back = (
        one for one in by_then if any(one is not said and revoked([said, one]) for said in new)
    )
    return next((one for one in taking_back if math.isnan(one.value)), None)
