"""Make small wrong changes to the program, one at a time, and tell which of them no test noticed.

    python scripts/wrong_changes.py [--each 5] [--seed 1] [--layer report/tabs] [--limit 300]

A sample of changes is drawn for each layer: a comparison moved to its edge, a constant moved by
one, a term or condition dropped, a sign lost, least taken for most, two neighbours swapped (keys on
a tab, say), a unit taken for another, a number format altered. The tests of a layer are run once to
see which of them reach the functions that are to be changed, and in what time. Then each change is
made in a copy of the program, and the tests that reach it are run, the quickest first; after them
the others that may tell: what tabs show, the tests that bear the name of the changed module or name
it, those of its folder and of the folders around it, then (with --whole) all of them. It is caught
when a test fails that passes without it, or when tests that end without the change do not end with
it. The limit counts seconds of the processor, so that a busy machine judges as an idle one does.
The exit status is 1 where fewer than --goal percent of the changes are caught. Some of those that
are not can be noticed by nothing, as a tolerance that no number comes near: they are listed like
the others, for a person to tell.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "src/reportgen"
COPIED = ("src", "templates", "scripts")
SWAPPED = {"min": "max", "minimum": "maximum", "any": "all", "floor": "ceil"}
SWAPPED |= {after: before for before, after in SWAPPED.items()}
COMPARED = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "=="}
COMPARED |= {ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is"}
OPERATED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}
EITHER_WAY = {"isclose"}  # calls that say the same with their arguments swapped
UNITS = ("RATIO", "CHANGE", "MULTIPLE", "PER_SHARE", "NUMBER", "DATE", "DAYS", "COUNT")
FORMATS = re.compile(r"^  \w+: '(?=.*[0y])(?P<shape>[^']+)'", re.MULTILINE)
ENDED = (0, 5)  # how pytest ends where all tests passed, or none was left to run
SHOWN = ("report", "attribution", "model", "facts", "expr")  # the rooms that lay out a tab
MODEL_PAGE = "tests/report/test_model_page.py"  # every line of the model with its formula
WRITTEN = ("pages", "differences", "runs")  # those that write the other documents of tests/golden
WAITING = 20  # seconds of the clock for each that the tests may compute, before they are stopped
LIMITED = """
import resource, sys, pytest
hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), hard))
def told(report):
    if report.failed or getattr(report, "when", "") == "call":
        with open("results.txt", "a") as results:
            seconds = getattr(report, "duration", 0)
            print(report.outcome, seconds, report.nodeid, sep="\\t", file=results)
class Results:
    pytest_runtest_logreport = pytest_collectreport = staticmethod(told)
sys.exit(pytest.main(sys.argv[2:], [Results()]))
"""
# What a function that is to be changed calls: it says which test called, also in another process.
REACHED = f"{PACKAGE}/reached_here.py"
REACHED_TEXT = """
import os
_told = set()
def reached(number):
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
    if test and (number, test) not in _told:
        _told.add((number, test))
        with open({path!r}, "a") as file:
            file.write(f"{{number}}\\t{{test}}\\n")
"""


@dataclass(frozen=True)
class Change:
    """One wrong change: `text` stands for the characters from `start` to `end` of a file."""

    path: str
    start: int
    end: int
    text: str
    kind: str

    @property
    def layer(self) -> str:
        """The folder of the program that it is made in; tabs and their looks are one."""
        if self.path.startswith("templates") or "/report/theme" in self.path:
            return "report/tabs"
        rooms = self.path.removeprefix(f"{PACKAGE}/").split("/")[:-1]
        return "/".join(rooms[: 2 if rooms[:1] in (["report"], ["xlsx"]) else 1]) or "top"

    @property
    def module(self) -> str:
        """The module of the change, as a path below `src`."""
        return self.path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__")

    @property
    def rooms(self) -> list[str]:
        """The folders of the program that hold it, whose tests stand in folders of their names."""
        return ["report"] if self.layer == "report/tabs" else self.module.split("/")[1:-1]

    def made(self, source: str) -> str:
        """The source with the change."""
        return source[: self.start] + self.text + source[self.end :]


NOTHING = Change(f"{PACKAGE}/__init__.py", 0, 0, "", "nothing")


class _Finder(ast.NodeVisitor):
    """Finds the changes that can be made to a module."""

    def __init__(self, path: str, source: str) -> None:
        self.path, self.source = path, source
        lines = source.splitlines(keepends=True)
        self.starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
        self.found: list[Change] = []

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where a node stands: characters, not the bytes that ast counts."""

        def at(line: int, column: int) -> int:
            begin = self.starts[line - 1]
            text = self.source[begin : self.starts[line]]
            return begin + len(text.encode()[:column].decode())

        end = (node.end_lineno or node.lineno, node.end_col_offset or 0)  # ast.parse states both
        return at(node.lineno, node.col_offset), at(*end)

    def text(self, node: ast.expr) -> str:
        start, end = self.span(node)
        return self.source[start:end]

    def change(self, node: ast.expr, text: str, kind: str) -> None:
        self.found.append(Change(self.path, *self.span(node), text, kind))

    def between(self, left: ast.expr, right: ast.expr, text: str, kind: str) -> None:
        """Change the operator between two operands, brackets around them kept."""
        start, end = self.span(left)[1], self.span(right)[0]
        gap = self.source[start:end]
        closing, opening = gap.count(")"), gap.count("(")
        new = f"{')' * closing} {text} {'(' * opening}"
        if "#" not in gap:
            self.found.append(Change(self.path, start, end, new, kind))

    def visit_If(self, node: ast.If) -> None:
        if "TYPE_CHECKING" in ast.dump(node.test):
            return
        if not node.orelse:
            self.change(node.test, "False", "a condition skipped")
        self.generic_visit(node)

    def visit_Assert(self, node: ast.Assert) -> None:
        """What is asserted is not what the program does."""

    def visit_Raise(self, node: ast.Raise) -> None:
        """Which error is raised stays."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """What decorates a class guards it against mistakes: no value depends on it."""
        for part in node.body:
            self.visit(part)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for part in (*node.args.defaults, *node.args.kw_defaults, *node.body):
            if part is not None:
                self.visit(part)

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) == 1 and type(node.ops[0]) in COMPARED:
            sign = COMPARED[type(node.ops[0])]
            self.between(node.left, node.comparators[0], sign, "a comparison at its edge")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        texts = (ast.JoinedStr, ast.Constant)
        told = isinstance(node.left, texts) and not _is_number(node.left)
        if type(node.op) in OPERATED and not told:
            self.between(node.left, node.right, OPERATED[type(node.op)], "another operator")
            if isinstance(node.op, ast.Add):
                self.change(node, self.text(node.left), "a term dropped")
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        for dropped in range(len(node.values)):
            kept = [self.text(part) for at, part in enumerate(node.values) if at != dropped]
            sign = " and " if isinstance(node.op, ast.And) else " or "
            text = sign.join(f"({part})" for part in kept)
            self.change(node, f"({text})", "a condition dropped")
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.USub | ast.Not):
            self.change(node, f"({self.text(node.operand)})", "a sign dropped")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self.change(node, str(not node.value), "true for false")
        elif _is_number(node):
            moved = " + 1" if isinstance(node.value, int) else " * 1.1" if node.value else " + 0.1"
            self.change(node, f"({self.text(node)}{moved})", "a constant moved")

    def visit_Name(self, node: ast.Name) -> None:
        self._unit(node, node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name) and node.value.id == "Unit":
            self._unit(node, node.attr)
        self.generic_visit(node)

    def _unit(self, node: ast.expr, name: str) -> None:
        if name in UNITS:
            other = UNITS[(UNITS.index(name) + 1) % len(UNITS)]
            text = self.text(node)
            if isinstance(node, ast.Attribute) or other in self.source:
                self.change(node, text.removesuffix(name) + other, "another unit")

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in SWAPPED and (
            name in {"min", "max", "any", "all"} or SWAPPED[name] in self.source
        ):
            self.change(node.func, SWAPPED[name], "least for most")
        if self.text(node.func).rpartition(".")[2] not in EITHER_WAY:
            self._neighbours(node.args)
        self.generic_visit(node)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        self._neighbours(node.elts)
        self.generic_visit(node)

    def visit_List(self, node: ast.List) -> None:
        self._neighbours(node.elts)
        self.generic_visit(node)

    def _neighbours(self, parts: list[ast.expr]) -> None:
        """Two that stand side by side and are of one kind, taken for each other."""
        for left, right in pairwise(parts):
            one, other = self.text(left), self.text(right)
            alike = type(left) is type(right) and isinstance(
                left, ast.Name | ast.Attribute | ast.Constant
            )
            if alike and one != other:
                start, (middle, end) = self.span(left), self.span(right)
                gap = self.source[start[1] : middle]
                self.found.append(Change(self.path, start[0], end, other + gap + one, "swapped"))


def _is_number(node: ast.expr) -> bool:
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, int | float) and not isinstance(value, bool)


def changes() -> Iterator[Change]:
    """Every change that can be made to the program as it stands, and to its number formats."""
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        finder = _Finder(path.relative_to(ROOT).as_posix(), source)
        finder.visit(ast.parse(source))
        yield from finder.found
    for path in sorted((ROOT / "templates").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for found in FORMATS.finditer(text):
            for old, new in ((".0", "."), ("%", ""), ("-", ""), ("mm-dd", "dd-mm")):
                if old in found["shape"]:
                    at = found.start("shape") + found["shape"].index(old)
                    name = path.relative_to(ROOT).as_posix()
                    yield Change(name, at, at + len(old), new, "a format altered")


def stages(change: Change, *, whole: bool) -> Iterator[list[str]]:
    """The tests to run for a change: those that tell most in least time first, each once."""
    folders = _folders(change)
    files = sorted((ROOT / "tests").rglob("test_*.py"), key=lambda path: path.stat().st_size)
    module = change.module
    own = [
        path
        for path in files
        if path.is_relative_to(ROOT / folders[0])
        and path.name == f"test_{module.rpartition('/')[2]}.py"
    ]
    name = re.compile(rf"\b{re.escape(module.replace('/', '.'))}\b")
    naming = [
        path
        for path in sorted(files, key=lambda path: not path.is_relative_to(ROOT / folders[0]))
        if path not in own and name.search(path.read_text(encoding="utf-8"))
    ]
    for paths in (own, [ROOT / path for path in _golden(change)], naming):
        if paths:
            yield [path.relative_to(ROOT).as_posix() for path in paths]
    done = [f"--ignore={path.relative_to(ROOT)}" for path in (*own, *naming)]
    for folder in (*folders, *["tests"] * whole):
        yield [folder, *done]
        done.append(f"--ignore={folder}")


def _golden(change: Change) -> list[str]:
    """The tests that hold what a reader sees of the room of a change."""
    golden = [*(f"tests/golden/test_{kind}.py" for kind in ("prints", "documents")), MODEL_PAGE]
    room = change.rooms[:1]
    if not room or room[0] in SHOWN:
        return golden
    return golden[1:2] if room[0] in WRITTEN else []


def _folders(change: Change) -> list[str]:
    """The folders of the tests of a room and of the rooms around it, the nearest first."""
    rooms = change.rooms or ["cli"]
    nested = ["/".join(("tests", *rooms[:depth])) for depth in range(len(rooms), 0, -1)]
    return [folder for folder in nested if (ROOT / folder).is_dir()] or ["tests/report"]


def reaching(sample: Sequence[Change], limit: int) -> dict[Change, list[str]]:
    """The tests near a sample that call what is to be changed, the quickest of them first.

    A change outside a function is reached by whatever calls a function of its module.
    """
    near = dict.fromkeys(_folders(change)[-1] for change in sample)
    near |= dict.fromkeys(path for change in sample for path in _golden(change))
    numbers: dict[str, list[tuple[int, Change]]] = defaultdict(list)
    for number, change in enumerate(sample):
        if change.path.endswith(".py"):
            numbers[change.path].append((number, change))
    texts = {path: _probed(path, probes) for path, probes in numbers.items()}
    calls: dict[int, set[str]] = defaultdict(set)
    with _copy(texts) as copy:
        told = copy / "reached.txt"
        (copy / REACHED).write_text(REACHED_TEXT.format(path=str(told)), encoding="utf-8")
        _, results = _pytest(copy, tuple(near), limit * len(near), ())
        for line in told.read_text(encoding="utf-8").splitlines() if told.exists() else ():
            number, _, test = line.partition("\t")
            calls[int(number)].add(test)
    seconds = {test: time for outcome, time, test in results if outcome == "passed"}
    return {
        change: sorted(calls[number] & seconds.keys(), key=lambda test: seconds[test])
        for number, change in enumerate(sample)
    }


def _probed(path: str, probes: Sequence[tuple[int, Change]]) -> str:
    """A module in which each function that holds a change says that it was called."""
    source = (ROOT / path).read_text(encoding="utf-8")
    lines = source.splitlines(keepends=True)
    functions = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.body[-1].lineno > node.lineno
    ]
    calls: dict[int, list[int]] = defaultdict(list)
    for number, change in probes:
        line = source.count("\n", 0, change.start) + 1
        holding = [node for node in functions if node.lineno <= line <= (node.end_lineno or 0)]
        for node in holding[-1:] or functions:
            has_text = isinstance(node.body[0], ast.Expr) and len(node.body) > 1
            first = node.body[1] if has_text else node.body[0]
            wrapped = getattr(first, "decorator_list", [])
            calls[min(part.lineno for part in (first, *wrapped)) - 1].append(number)
    for line in sorted(calls, reverse=True):
        indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
        name = f"{PACKAGE.rpartition('/')[2]}.{Path(REACHED).stem}"
        told = "; ".join(f"reached({number})" for number in calls[line])
        lines.insert(line, f"{indent}from {name} import reached; {told}\n")
    return "".join(lines)


def caught_by(change: Change, near: list[str], *, far: bool, whole: bool, limit: int) -> str:
    """The test that noticed a change, or "" for none; a stage of them has `limit` seconds.

    Those that are `near` come first, and others only if `far` or if there is none near. Tests that
    fail, or do not end, in a copy without any change prove nothing.
    """
    tried: list[tuple[list[str], list[str]]] = [(near, [])] if near else []
    if far or not near:
        seen = [f"--deselect={test}" for test in near]
        tried += [(tests, seen) for tests in stages(change, whole=whole)]
    for tests, options in tried:
        failed = _failing(change, tuple(tests), limit, tuple(options))
        if failed and not _failing(NOTHING, failed, limit, ()):
            return failed[0]
    return ""


@cache
def _failing(
    change: Change, tests: tuple[str, ...], limit: int, options: tuple[str, ...]
) -> tuple[str, ...]:
    """The test that fails in a copy of the program with a change, or all if they do not end."""
    source = (ROOT / change.path).read_text(encoding="utf-8")
    with _copy({} if change is NOTHING else {change.path: change.made(source)}) as copy:
        ended, results = _pytest(copy, tests, limit, ("-x", *options))
    failed = tuple(test for outcome, _, test in results if outcome == "failed")[:1]
    return () if ended and not failed else failed or tests


@contextmanager
def _copy(texts: dict[str, str]) -> Iterator[Path]:
    """A copy of the program in which files have other texts.

    What is compiled is copied along: only the changed modules are compiled anew.
    """
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made)
        for part in ROOT.iterdir():
            if part.name in COPIED:
                shutil.copytree(part, copy / part.name)
            elif not part.name.startswith(".git"):
                (copy / part.name).symlink_to(part)
        for path, text in texts.items():
            (copy / path).write_text(text, encoding="utf-8")
        yield copy


def _pytest(
    copy: Path, tests: Sequence[str], limit: int, options: Sequence[str]
) -> tuple[bool, list[tuple[str, float, str]]]:
    """Whether tests end and pass in a copy, and what each came to: outcome, seconds, name."""
    command = [sys.executable, "-c", LIMITED, str(limit), "-q", "-p", "no:cacheprovider"]
    settings = {"PYTHONPATH": f"{copy / 'src'}", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own tests
            [*command, *options, *tests],
            cwd=copy,
            env={**os.environ, **settings},
            capture_output=True,
            timeout=limit * WAITING,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        done = -1
    told = copy / "results.txt"
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else ()
    results = [(one, float(time), test) for one, time, test in (x.split("\t", 2) for x in lines)]
    return done in ENDED, results


def main() -> int:
    """Draw a sample for each layer, try it, and print what was caught."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--each", type=int, default=5, help="changes tried a layer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layer", action="append", help="only of this layer")
    parser.add_argument(
        "--limit", type=int, default=300, help="seconds a stage of tests may compute"
    )
    parser.add_argument(
        "--near", action="store_true", help="none but those that come first: a lower bound"
    )
    parser.add_argument("--tests", nargs="+", help="try these first, whatever they reach")
    parser.add_argument("--whole", action="store_true", help="end with the whole suite")
    parser.add_argument("--goal", type=float, default=95, help="percent that must be caught")
    asked = parser.parse_args()
    layers: dict[str, list[Change]] = defaultdict(list)
    for change in changes():
        layers[change.layer].append(change)
    tried = noticed = 0
    for layer, known in sorted(layers.items()):
        if asked.layer and layer not in asked.layer:
            continue
        before = _computed()
        sample = random.Random(asked.seed).sample(known, min(asked.each, len(known)))  # noqa: S311
        near = {} if asked.tests else reaching(sample, asked.limit)
        caught = sum(_told(one, near.get(one, asked.tests or []), asked) for one in sample)
        seconds = (_computed() - before) / len(sample)
        told = f"{len(known)} known, {seconds:.0f} s of the processor each"
        print(f"{layer}: {caught} of {len(sample)} caught, {told}", flush=True)
        tried, noticed = tried + len(sample), noticed + caught
    print(f"all: {noticed} of {tried} caught")
    return int(noticed * 100 < asked.goal * tried)


def _computed() -> float:
    """Seconds that the tests have computed so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _told(change: Change, near: list[str], asked: argparse.Namespace) -> bool:
    by = caught_by(change, near, far=not asked.near, whole=asked.whole, limit=asked.limit)
    source = (ROOT / change.path).read_text(encoding="utf-8")
    line = source.count("\n", 0, change.start) + 1
    old = source[change.start : change.end]
    place = f"{change.path}:{line}"
    print(f"  {by or 'NOT NOTICED'}: {place} {change.kind}: {old!r} -> {change.text!r}", flush=True)
    return bool(by)


if __name__ == "__main__":
    sys.exit(main())
