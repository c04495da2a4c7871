"""A review that nobody made, with a bit of everything: as a page and for programs.

It stands in tests/golden/documents, written anew with the other documents: tests/golden/prints.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.attribution.records import Bar, Bridge
from reportgen.differences.forms.markdown import markdown
from reportgen.headline import HEADLINES
from reportgen.intake.appending import Appended
from reportgen.reviews.acceptance import Plan
from reportgen.reviews.json import as_json
from reportgen.reviews.page import document
from reportgen.reviews.records import Edit, Effect, Kind, Remark, Review, State
from reportgen.reviews.session import Settled
from reportgen.xlsx.compare.changes import Kind as SheetKind
from reportgen.xlsx.compare.changes import WorkbookChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.reviews.records import EditedBy

SAID = Remark("A. Nalyst", "backlog doubled", date(2026, 6, 30), date(2025, 11, 1))


def edit(key: str, kind: Kind, state: State, **more: object) -> Edit:
    made = Edit(key, f"Label of {key}", "ratio", kind, "Inputs!C4", 0.1, 0.25, 0.1, state)
    return replace(made, **more)  # type: ignore[arg-type]


ALONE = {one.key: 1.25 * at - 3 for at, one in enumerate(HEADLINES)}
PARTS = tuple(edit(f"cell {n}", Kind.FORMULA, State.LISTED, unit="") for n in range(2))
EDITS = (
    edit("growth", Kind.OVERRIDE, State.NEW, remark=SAID, effect=ALONE),
    edit("pe", Kind.INPUT, State.CONFLICT, unit="", ours=0.3, effect={**ALONE, "price": None}),
    edit("cost", Kind.CLEARED, State.LISTED, theirs=None, note="an override needs a value"),
    edit("rate", Kind.CLEARED, State.LISTED, theirs=None, note="an override needs a value"),
    edit("broker", Kind.TEXT, State.LISTED, unit="", theirs="x" * 61, ours="y" * 60),
    edit("as_of", Kind.CONTROL, State.VIEW, issued="2025-11-30", theirs="2025-12-31", ours=None),
    edit("dividend", Kind.INPUT, State.SAME, unit="USD / share", issued=1.0, theirs=1.005),
    edit("formulas", Kind.FORMULA, State.LISTED, unit="", theirs="=1", parts=PARTS),
)
CHANGES = tuple(
    WorkbookChange(SheetKind.COMMENT, "Summary", f"B{n}", None, f"why {n}?", f"A{n}", "told")
    for n in range(1, 7)
)
LINES = ("2025-11-30,growth,0.25\r\n", "2025-11-30,pe,20\n")
FILES = (Appended(Path("inputs/X/overrides.csv"), b"", b"", LINES),)


def effects(by: EditedBy = "model", *, cheap: bool = False) -> tuple[Effect, ...]:
    """What the edits do to each headline value: n/a here and there, a third, what adds up."""
    size = 0.01 if cheap else 1
    found = []
    for at, one in enumerate(HEADLINES):
        issued, today = size * (100 + at / 3), size * (101 + at / 3)
        accepted, edited = today + 2 / 3 * size, today + 2 * size
        found.append(
            Effect(
                *(one.key, one.label, "USD / share"),
                *(issued, today, accepted, edited, edited - accepted - 0.25, 0.25, by),
            )
        )
    return (
        *found[:2],
        found[2]._replace(accepted=None, listed=None),
        found[3]._replace(listed=0.5),  # it does not make up the rest
        *found[4:],
    )


def bridges() -> tuple[Bridge, ...]:
    """How what accepting gives is split, of one value over one edit more than of the others."""
    split = (Bar("growth", "Growth", "edit", 1 / 3), Bar("pe", "P/E", "edit", 1 / 3))
    found = []
    for at, one in enumerate(effects()):
        bars = (*split, Bar("read", "As it is read", "read", 0.0))[: 3 if at == 0 else 2]
        found.append(
            Bridge(one.key, one.label, one.unit, one.today, one.accepted, bars, "exact", 4, "so")
        )
    return tuple(found)


WHOLE = Review(
    *(Path("returned.xlsx"), "X", date(2025, 11, 30), "5n4p", Path("outputs/X.xlsx")),
    *(EDITS, effects(), bridges(), CHANGES),
    *(("a note", "another"), ("WARN  c12: cover",), ("formulas were not compared",)),
)
BARE = Review(Path("returned.xlsx"), "", None, "", None)


def settled(
    review: Review,
    *,
    files: tuple[Appended, ...] = (),
    accepted: tuple[Edit, ...] = (),
    kept: tuple[Edit, ...] = (),
    left: tuple[Edit, ...] | None = None,
    is_written: bool = False,
    why_not: str = "",
) -> Settled:
    """A review and what was decided of it: nothing as yet, unless it is said."""
    open_ = review.to_decide if left is None else left
    return Settled(review, Plan((), accepted, kept, open_), files, is_written, why_not)


ONE = replace(WHOLE, edits=EDITS[:1], bridges=(), workbook=())
# A review by what is peculiar about it
REVIEWS: Mapping[str, Settled] = {
    "whole, proposed": settled(WHOLE, files=FILES),
    "whole, written": settled(
        WHOLE, files=FILES, accepted=EDITS[:1], kept=EDITS[1:2], left=(), is_written=True
    ),
    "nobody signs": settled(ONE, why_not="say who with --author"),
    "nothing new, so nobody has to sign": settled(
        replace(ONE, edits=EDITS[1:2]), why_not="say who with --author"
    ),
    "as the file says": settled(replace(ONE, effects=effects("file"))),
    "not valued": settled(replace(ONE, effects=effects("nobody"))),
    "a share of cents": settled(replace(ONE, effects=effects(cheap=True))),
    "nothing listed, no views": settled(
        replace(
            ONE,
            effects=tuple(one._replace(listed=0.0, views=0.0) for one in WHOLE.effects),
            bridges=tuple(one._replace(bars=one.bars[:1]) for one in bridges()),
        )
    ),
    "n/a today": settled(
        replace(ONE, effects=tuple(one._replace(today=None, edited=None) for one in WHOLE.effects))
    ),
    "no report": settled(replace(BARE, workbook=CHANGES[:5])),
    "nothing": settled(BARE),
}


def texts() -> dict[str, str]:
    """The page of each review, and one for programs, by file."""
    pages = [
        f"{name}{', each cell' * everything}\n\n{markdown(document(one, everything=everything))}"
        for name, one in REVIEWS.items()
        for everything in ((False, True) if name == "whole, proposed" else (False,))
    ]
    programs = (REVIEWS[name] for name in ("whole, proposed", "whole, written", "nothing"))
    return {
        "reviews_made_up.md": "\n".join(pages),
        "reviews_made_up.json": "".join(map(as_json, programs)),
    }
