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
from reportgen.intake.additions import Appended
from reportgen.reviews.acceptance import Plan
from reportgen.reviews.json import as_json
from reportgen.reviews.page import document
from reportgen.reviews.records import Edit, EditKind, Effect, Remark, Review, State
from reportgen.reviews.session import Settled
from reportgen.xlsx.compare.changes import ChangeKind, WorkbookChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.reviews.records import EditedBy

SAID = Remark("A. Nalyst", "backlog doubled", date(2026, 6, 30), date(2025, 11, 1))


def edit(key: str, kind: EditKind, state: State, **more: object) -> Edit:
    made = Edit(key, f"Label of {key}", "ratio", kind, "Inputs!C4", 0.1, 0.25, 0.1, state)
    return replace(made, **more)  # type: ignore[arg-type]


ALONE = {one.key: 1.25 * at - 3 for at, one in enumerate(HEADLINES)}
PARTS = tuple(edit(f"cell {n}", EditKind.FORMULA, State.LISTED, unit="") for n in range(2))
EDITS = (
    edit("growth", EditKind.OVERRIDE, State.NEW, remark=SAID, effect=ALONE),
    edit("pe", EditKind.INPUT, State.CONFLICT, unit="", ours=0.3, effect={**ALONE, "price": None}),
    edit("cost", EditKind.CLEARED, State.LISTED, theirs=None, note="an override needs a value"),
    edit(
        *("rate", EditKind.CLEARED, State.LISTED),
        theirs=None,
        note="an override needs a value",
        effect=ALONE,
    ),
    edit("broker", EditKind.TEXT, State.LISTED, unit="", theirs="x" * 61, ours="y" * 60),
    edit(
        "as_of", EditKind.CONTROL, State.VIEW, issued="2025-11-30", theirs="2025-12-31", ours=None
    ),
    edit("dividend", EditKind.INPUT, State.SAME, unit="USD / share", issued=1.0, theirs=1.005),
    edit("formulas", EditKind.FORMULA, State.LISTED, unit="", theirs="=1", parts=PARTS),
)
CHANGES = tuple(
    WorkbookChange(ChangeKind.COMMENT, "Summary", f"B{n}", None, f"why {n}?", f"A{n}", "told")
    for n in range(1, 7)
)
LINES = ("2025-11-30,growth,0.25\r\n", "2025-11-30,pe,20\n")
FILES = (Appended(Path("inputs/X/overrides.csv"), b"", b"", LINES),)


def effects(by: EditedBy = "model", *, cheap: bool = False) -> tuple[Effect, ...]:
    """What the edits do to each headline value: n/a here and there, a third, what adds up."""
    size = 0.01 if cheap else 1
    found = []
    for at, headline in enumerate(HEADLINES):
        issued, today = size * (100 + at / 3), size * (101 + at / 3)
        accepted, edited = today + 2 / 3 * size, today + 2 * size
        views = 2 / 3 * size
        found.append(
            Effect(
                *(headline.key, headline.label, "USD / share"),
                *(issued, today, accepted, edited, edited - accepted - views, views, by),
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


ONE = replace(WHOLE, edits=EDITS[:2], bridges=(), workbook=())


def one(*found: Effect, split: tuple[Bridge, ...] = ()) -> Settled:
    """The review of two edits, with other effects in place of the first ones, and shares."""
    return settled(replace(ONE, effects=(*found, *WHOLE.effects[len(found) :]), bridges=split))


def off(bridge: Bridge, by: float) -> Bridge:
    """A bridge whose bars miss the change by so many thousand millionths of its end and of one."""
    first, *others = bridge.bars[:2]
    amount = first.amount + by * 1e-9 * (1 + (bridge.new or 0.0))
    return bridge._replace(bars=(first._replace(amount=amount), *others))


SPLIT, AT_ONCE = bridges(), WHOLE.effects
# A review by what is peculiar about it
REVIEWS: Mapping[str, Settled] = {
    "whole, proposed": settled(WHOLE, files=FILES),
    "whole, written": settled(
        WHOLE, files=FILES, accepted=EDITS[:1], kept=EDITS[1:2], left=(), is_written=True
    ),
    "nobody signs": settled(replace(ONE, edits=EDITS[:3]), why_not="say who with --author"),
    "nothing new, so nobody has to sign": settled(
        replace(ONE, edits=EDITS[1:2]), why_not="say who with --author"
    ),
    "as the file says": one(*effects("file")),
    "as the file says but for one": one(AT_ONCE[0], *effects("file")[1:]),
    "not valued": one(*effects("nobody")),
    "a share of cents": one(*effects(cheap=True)),
    "a share of cents once accepted": one(*AT_ONCE[:-1], AT_ONCE[-1]._replace(accepted=0.05)),
    "nothing listed, no views": one(
        *(effect._replace(listed=0.0, views=0.0) for effect in AT_ONCE),
        split=tuple(bridge._replace(bars=bridge.bars[:1]) for bridge in SPLIT),
    ),
    "nothing listed of one, no view of another": one(
        AT_ONCE[0]._replace(listed=0.0), AT_ONCE[1]._replace(views=0.0)
    ),
    "n/a today": one(*(effect._replace(today=None, edited=None) for effect in AT_ONCE)),
    "n/a one by one": one(
        AT_ONCE[0]._replace(listed=None),
        AT_ONCE[1]._replace(views=None),
        AT_ONCE[2]._replace(accepted=None, listed=0.5),
        AT_ONCE[3]._replace(edited=None),
    ),
    "shares that add up, and such that do not": one(
        split=(
            off(SPLIT[0], 0.995),
            off(SPLIT[1], 1.005),
            SPLIT[2]._replace(new=None),
            SPLIT[3]._replace(old=None),
        )
    ),
    "unverified": settled(replace(ONE, issued_file=None)),
    "no report": settled(replace(BARE, workbook=CHANGES[:5], issued_file=Path("issued.xlsx"))),
    "nothing": settled(BARE),
}


PROGRAMS = ("whole, proposed", "whole, written", "n/a today", "unverified", "no report", "nothing")


def texts() -> dict[str, str]:
    """The page of each review, and one for programs, by file."""
    pages = [f"{name}\n\n{markdown(document(told))}" for name, told in REVIEWS.items()]
    pages.append(f"each cell\n\n{markdown(document(settled(WHOLE), everything=True))}")
    programs = (REVIEWS[name] for name in PROGRAMS)
    return {
        "reviews_made_up.md": "\n".join(pages),
        "reviews_made_up.json": "".join(map(as_json, programs)),
    }
