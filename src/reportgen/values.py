"""A value as people and programs read it."""

from __future__ import annotations

Value = float | str | bool | None  # a number, a text, a truth; None is n/a or blank
