"""Compare two files: they are read side by side, and what compares them is imported meanwhile."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.report.registry.file import recorded
from reportgen.report.registry.form import FOR_VALUES, WHAT_IFS
from reportgen.system import paused_collector
from reportgen.xlsx.reader.process import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from os import PathLike

    from reportgen.differences.forms.comparison import Diff
    from reportgen.report.registry.file import Recorded


def diff(
    old: str | PathLike[str],
    new: str | PathLike[str],
    *,
    everything: bool = False,
    formats: bool = False,
    cells: bool = False,
    method: str = "auto",
    order: Sequence[str] = (),
) -> Diff:
    """Return what two reports differ in, and how much of each headline's change is due to what.

    `everything` asks for every number, too, `cells` for the changes of the workbooks themselves,
    `formats` for their looks as well. `method` is how a change is split over the inputs: auto,
    exact, owen, sampled, or sequential, which follows `order`: families or keys of inputs, the
    first to change first. Of files that are no reports the cells are compared: a WorkbookDiff.

    A report that is as issued, with the file of its Registry beside it, need not be opened; others
    are read under limits, and nothing in them is executed. Raises ReportgenError for a
    file that cannot be read safely, or a change that cannot be split.
    """
    end = _reading if everything or formats or cells else _end
    with ExitStack() as stack, paused_collector():
        one, two = (stack.enter_context(end(Path(path))) for path in (old, new))
        # While both are read, this process has the time to import the model.
        from reportgen.differences.forms.comparison import Asked, compare  # noqa: PLC0415

        asked = Asked(everything, formats, method, tuple(order))
        return compare(one, two, asked, cells=cells)


def _end(path: Path) -> AbstractContextManager[Reading | Recorded]:
    """Return what is known of a workbook as issued; of any other one, the reading of it."""
    found = recorded(path)
    return _reading(path) if found is None else nullcontext(found)


def _reading(path: Path) -> Reading:
    return Reading(path, cells_only=True, skipped=(WHAT_IFS,), wanted=FOR_VALUES)
