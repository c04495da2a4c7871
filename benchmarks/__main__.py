"""Run every benchmark, or those named (`python -m benchmarks writer`), and print their ratios.

Each module `bench_*.py` has a `main()` that returns its ratios. The exit status is 1 if a ratio is
above what is allowed.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from typing import TYPE_CHECKING

import benchmarks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.ratios import Ratio

PREFIX = "bench_"


def measured(wanted: Sequence[str]) -> Iterator[Ratio]:
    """The ratios of the benchmarks `wanted`, or of all, one benchmark after the other."""
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    for name in names:
        if name.startswith(PREFIX) and (not wanted or name.removeprefix(PREFIX) in wanted):
            yield from importlib.import_module(f"benchmarks.{name}").main()


def main(wanted: Sequence[str]) -> int:
    """Print a line a ratio as it is measured; returns the exit status."""
    print(f"{'ratio':>6} {'allowed':>8} {'ours, ms':>9} {'theirs, ms':>11}  ours / theirs")
    kept = True
    for ratio in measured(wanted):
        kept &= ratio.is_kept
        times = f"{ratio.ours * 1e3:>9,.1f} {ratio.theirs * 1e3:>11,.1f}"
        mark = "" if ratio.is_kept else "  TOO SLOW"
        print(f"{ratio.ratio:>6.2f} {ratio.allowed:>8.2f} {times}  {ratio.what}{mark}", flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
