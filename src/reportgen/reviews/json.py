"""A review as JSON for programs: full precision, one stable order, a versioned schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportgen.attribution.records import Bridge
    from reportgen.reviews.records import Edit, Effect
    from reportgen.reviews.session import Settled


def as_json(settled: Settled) -> str:
    """One object; n/a is null, days are YYYY-MM-DD, letters beyond ASCII are escaped."""
    return json.dumps(tree(settled), indent=1, allow_nan=False) + "\n"


def tree(settled: Settled) -> dict[str, Any]:
    """The review in the types of JSON; docs/review.md says what each field is."""
    review = settled.review
    return {
        "schema_version": review.schema_version,
        "kind": "review",
        "path": str(review.path),
        "ticker": review.ticker,
        "as_of": review.as_of.isoformat() if review.as_of else None,
        "snapshot": review.snapshot,
        "issued_file": str(review.issued_file) if review.issued_file else None,
        "to_decide": [edit.key for edit in settled.plan.left],
        "accepted": [edit.key for edit in settled.plan.accepted] if settled.is_written else [],
        "edits": [_edit(edit) for edit in review.edits],
        "effects": [_effect(effect) for effect in review.effects],
        "shares": [_shares(bridge) for bridge in review.bridges],
        "workbook": [
            {
                "kind": change.kind.value,
                "sheet": change.sheet,
                "place": change.place,
                "old": change.old,
                "new": change.new,
                "old_place": change.old_place,
                "note": change.note,
            }
            for change in review.workbook
        ],
        "rows": [
            {"file": str(file.path), "lines": [line.rstrip("\r\n") for line in file.lines]}
            for file in settled.files
        ],
        "written": settled.is_written,
        "verified": review.is_verified,
        "missing": list(review.missing),
        "raised": list(review.raised),
        "notes": list(review.notes),
    }


def _edit(edit: Edit) -> dict[str, Any]:
    remark = edit.remark
    return {
        "key": edit.key,
        "label": edit.label,
        "unit": edit.unit,
        "kind": edit.kind.value,
        "state": edit.state.value,
        "place": edit.place,
        "issued": edit.issued,
        "theirs": edit.theirs,
        "ours": edit.ours,
        "author": remark.author,
        "reason": remark.reason,
        "expires": remark.expires.isoformat() if remark.expires else None,
        "note": edit.note,
        "table": edit.table,
        "cells": dict(edit.cells),
        "effect": dict(edit.effect),
        "parts": [_edit(part) for part in edit.parts],
    }


def _effect(effect: Effect) -> dict[str, Any]:
    changes = {"accepted_change": effect.accepted_change, "change": effect.change}
    return {**effect._asdict(), **changes}


def _shares(bridge: Bridge) -> dict[str, Any]:
    return {
        "output": bridge.output,
        "method": bridge.method,
        "shares": {bar.player: bar.amount for bar in bridge.bars},
        "note": bridge.note,
    }
