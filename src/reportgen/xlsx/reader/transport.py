"""Records on their way from one process to another: compact, and nothing but records.

Cells travel as columns, since a record for each would take several times as long. What comes out
at the other end can only be plain values and the records named here, whatever the bytes say.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from functools import partial
from itertools import repeat
from typing import Any

from reportgen.system import paused_collector
from reportgen.xlsx.reader.records import ReadCell, ReadSheet

Kinds = Mapping[tuple[str, str], object]
_new_cell = partial(tuple.__new__, ReadCell)


def dump(content: object) -> bytes:
    """The content as bytes."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.dispatch_table = {ReadSheet: _reduce}
    with paused_collector():
        pickler.dump(content)
    return buffer.getvalue()


def load(content: bytes, allowed: Kinds) -> Any:  # noqa: ANN401 - what pickle gives
    """What was dumped. Raises UnpicklingError if it holds anything but plain values and `allowed`.

    `allowed` are classes by module and name.
    """
    with paused_collector():
        return _Records(io.BytesIO(content), allowed).load()


class _Records(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, allowed: Kinds) -> None:
        super().__init__(stream)
        self._allowed = {**allowed, (__name__, _restore.__name__): _restore}

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as pickle declares it
        """The class or function of that name. Raises UnpicklingError unless it is allowed."""
        try:
            return self._allowed[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None


def _reduce(sheet: ReadSheet) -> tuple[Callable[..., ReadSheet], tuple[object, ...]]:
    rest = sheet._asdict()
    cells = rest.pop("cells")
    places = tuple(zip(*cells, strict=True))
    values, formulas, *looks = zip(*cells.values(), strict=True) if cells else ((), (), (), ())
    # of cells that were read alone, number format and style are those of all
    packed = (column[:1] if len(set(column)) == 1 else column for column in looks)
    return _restore, (rest, places, (values, formulas, *packed))


def _restore(
    rest: dict[str, Any], places: tuple[tuple[int, ...], ...], columns: tuple[tuple[Any, ...], ...]
) -> ReadSheet:
    values, formulas, *packed = columns
    looks = (repeat(column[0], len(values)) if len(column) == 1 else column for column in packed)
    cells = map(_new_cell, zip(values, formulas, *looks, strict=True))
    return ReadSheet(**rest, cells=dict(zip(zip(*places, strict=True), cells, strict=True)))
