"""Rows as pandas frames: text as text, numbers as float64, days as datetime.date objects."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    _Record = tuple[object, ...]

_TEXT = pd.StringDtype(na_value=np.nan)
_DTYPES = {"float": "float64", "int": "int64", "bool": "bool", "str": "str"}


@lru_cache(maxsize=32)
def _column_types(row_type: type[_Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a record and the dtype each becomes; days and the like stay objects."""
    annotations: dict[str, str] = row_type.__annotations__
    return tuple(
        (name, _DTYPES.get(_plain(annotation), "object"))
        for name, annotation in annotations.items()
    )


def _plain(annotation: object) -> str:
    return getattr(annotation, "__forward_arg__", None) or str(annotation)


def frame(rows: Sequence[_Record], row_type: type[_Record]) -> pd.DataFrame:
    """A frame with one column a field of the record and an index 0..n-1, also of no rows."""
    types = _column_types(row_type)
    columns = zip(*rows, strict=True) if rows else [()] * len(types)
    return pd.DataFrame(
        {
            name: _column(values, dtype)
            for (name, dtype), values in zip(types, columns, strict=True)
        },
        copy=False,
    )


def _column(values: Sequence[object], dtype: str) -> object:
    if dtype == "object":
        column = np.empty(len(values), dtype=object)
        column[:] = values
        return pd.Series(column, dtype=object)
    if dtype == "str":
        return pd.array(cast("Sequence[str]", values), dtype=_TEXT)
    return np.array(values, dtype=dtype)
