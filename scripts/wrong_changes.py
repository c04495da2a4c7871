"""Make small wrong changes to the program, one at a time, and tell which of them no test noticed.

    python scripts/wrong_changes.py [--each 5] [--seed 1] [--layer report/tabs] [--limit 300]

A sample of changes is drawn for each layer: a comparison moved to its edge, a constant moved by
one, a term or condition dropped, a sign lost, least taken for most, two neighbours swapped (keys on
a tab, say), a unit taken for another, a number format altered. Each is made in a copy of the
program, and the tests are run, those that tell most in least time first: the tests that bear the
name of the changed module, what tabs show, the tests that name the module, those of its folder and
of the folders around it, then (with --whole) all of them. It is caught when a test fails, or when
tests that end without the change do not end with it. The limit counts seconds of the processor, so
that a busy machine judges as an idle one does. The exit status is 1 where fewer than --goal percent
of the changes are caught. Some of those that are not can be noticed by nothing, as a tolerance that
no number comes near: they are listed like the others, for a person to tell.
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
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "src/reportgen"
COPIED = ("src", "templates", "scripts")
SWAPPED = {"min": "max", "minimum": "maximum", "any": "all", "floor": "ceil"}
SWAPPED |= {after: before for before, after in SWAPPED.items()}
COMPARED = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "=="}
COMPARED |= {ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is"}
OPERATED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}
UNITS = ("RATIO", "CHANGE", "MULTIPLE", "PER_SHARE", "NUMBER", "DATE", "DAYS", "COUNT")
FORMATS = re.compile(r"^  \w+: '(?=.*[0y])(?P<shape>[^']+)'", re.MULTILINE)
FAILED = 2  # the highest status of pytest for tests that fail; a higher one: they did not run
SHOWN = ("report", "attribution", "model", "facts", "expr")  # the rooms that lay out a tab
WRITTEN = ("pages", "differences", "runs")  # those that write the other documents of tests/golden
WAITING = 20  # seconds of the clock for each that the tests may compute, before they are stopped
LIMITED = """
import resource, sys, pytest
hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), hard))
sys.exit(pytest.main(sys.argv[2:]))
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
            by_one = f"({self.text(node)} + 1)" if isinstance(node.value, int) else None
            self.change(node, by_one or f"({self.text(node)} * 1.1)", "a constant moved")

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
    module = change.path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__")
    rooms = ["report"] if change.layer == "report/tabs" else module.split("/")[1:-1]
    folders = _folders(rooms or ["cli"])
    files = sorted((ROOT / "tests").rglob("test_*.py"), key=lambda path: path.stat().st_size)
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
    golden = [ROOT / f"tests/golden/test_{kind}.py" for kind in ("prints", "documents")]
    if rooms and rooms[0] not in SHOWN:
        golden = golden[1:] if rooms[0] in WRITTEN else []
    for paths in (own, golden, naming):
        if paths:
            yield [path.relative_to(ROOT).as_posix() for path in paths]
    done = [f"--ignore={path.relative_to(ROOT)}" for path in (*own, *naming)]
    for folder in (*folders, *["tests"] * whole):
        yield [folder, *done]
        done.append(f"--ignore={folder}")


def _folders(rooms: list[str]) -> list[str]:
    """The folders of the tests of a room and of the rooms around it, the nearest first."""
    nested = ["/".join(("tests", *rooms[:depth])) for depth in range(len(rooms), 0, -1)]
    return [folder for folder in nested if (ROOT / folder).is_dir()] or ["tests/report"]


def caught_by(change: Change, *, whole: bool, limit: int) -> str:
    """The tests that noticed a change, or "" for none; a stage of them has `limit` seconds.

    Tests that fail, or do not end, in a copy without any change prove nothing.
    """
    for tests in map(tuple, stages(change, whole=whole)):
        if not _pass(change, tests, limit) and _pass(NOTHING, tests, limit):
            return tests[0]
    return ""


@cache
def _pass(change: Change, tests: tuple[str, ...], limit: int) -> bool:
    """Whether tests end and pass in a copy of the program with a change.

    What is compiled is copied along: only the changed module is compiled anew.
    """
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made)
        for part in ROOT.iterdir():
            if part.name in COPIED:
                shutil.copytree(part, copy / part.name)
            elif not part.name.startswith(".git"):
                (copy / part.name).symlink_to(part)
        target = copy / change.path
        if change is not NOTHING:
            target.write_text(change.made(target.read_text(encoding="utf-8")), encoding="utf-8")
        options = ["-x", "-q", "-p", "no:cacheprovider"]
        command = [sys.executable, "-c", LIMITED, str(limit), *options, *tests]
        settings = {"PYTHONPATH": f"{copy / 'src'}", "PYTHONDONTWRITEBYTECODE": "1"}
        environment = {**os.environ, **settings}
        try:
            done = subprocess.run(  # noqa: S603 - our own tests
                command,
                cwd=copy,
                env=environment,
                capture_output=True,
                timeout=limit * WAITING,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
    if done.returncode > FAILED:  # below 0: stopped by a signal, as by that of the limit
        raise RuntimeError(f"pytest could not run {tests}: {done.stdout.decode()[-500:]}")
    return done.returncode == 0


def main() -> int:
    """Draw a sample for each layer, try it, and print what was caught."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--each", type=int, default=5, help="changes tried a layer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layer", action="append", help="only of this layer")
    parser.add_argument(
        "--limit", type=int, default=300, help="seconds a stage of tests may compute"
    )
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
        results = [(change, _told(change, asked.whole, asked.limit)) for change in sample]
        caught = sum(result for _, result in results)
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


def _told(change: Change, whole: bool, limit: int) -> bool:  # noqa: FBT001
    by = caught_by(change, whole=whole, limit=limit)
    source = (ROOT / change.path).read_text(encoding="utf-8")
    line = source.count("\n", 0, change.start) + 1
    old = source[change.start : change.end]
    place = f"{change.path}:{line}"
    print(f"  {by or 'NOT NOTICED'}: {place} {change.kind}: {old!r} -> {change.text!r}", flush=True)
    return bool(by)


if __name__ == "__main__":
    sys.exit(main())
