"""The tables of what we say: assumptions, arguments, overrides; splits and sources."""

from __future__ import annotations

from reportgen.facts.reading.columns import Column, Kind
from reportgen.facts.reading.table_spec import (
    NOTE,
    PUBLISHED,
    SOURCE,
    TableSpec,
    choice_column,
    day_column,
    maybe_column,
    name_column,
    number_column,
    text_column,
)
from reportgen.facts.rows import Action, Argument, Assumption, Override, Source

TIERS = ("primary", "wire", "trade_blog", "user_post", "assumption")
FLAGS = ("ai_generated", "promotional", "author_position", "verified_error")

ASSUMPTIONS = TableSpec(
    "assumptions",
    Assumption,
    (
        PUBLISHED,
        choice_column("scenario", "bear", "base", "bull", "all"),
        maybe_column("segment"),
        name_column("key", "a parameter of the method"),
        number_column("value", "unit", "the value in the row's unit", needed=True),
        Column("unit", Kind.UNIT),
        name_column("author", "who judged so"),
        NOTE,
    ),
    frozenset({"segment", "unit", "note"}),
    ("key", "segment", "scenario", "published"),
    ("value", "unit"),
    disputed=True,
    sorted_by=("key", "segment", "published"),
)

ARGUMENTS = TableSpec(
    "arguments",
    Argument,
    (
        PUBLISHED,
        choice_column("case", "bull", "bear"),
        choice_column("kind", "driver", "risk", "catalyst"),
        Column("text", Kind.TEXT, needed=True, expected="the argument in words"),
        maybe_column("assumption"),
        text_column("watch"),
        Column("due", Kind.DUE),
        maybe_column("trigger"),
        SOURCE,
    ),
    frozenset({"assumption", "watch", "due", "trigger"}),
    ("case", "kind", "text", "published"),
    ("assumption", "trigger"),
    sorted_by=("case", "published", "kind", "text"),
    disputed=True,
)

OVERRIDES = TableSpec(
    "overrides",
    Override,
    (
        PUBLISHED,
        name_column("key", "the key of an input, such as assumption[growth,bull,cloud]"),
        number_column("value", "", "the value that is to stand"),
        Column("expires", Kind.DUE),
        maybe_column("revokes"),
        name_column("author", "who decided so"),
        text_column("reason"),
    ),
    frozenset({"expires", "revokes", "reason"}),
    ("key", "published"),
    ("value", "expires", "revokes"),
    sorted_by=("key", "published"),
)

ACTIONS = TableSpec(
    "actions",
    Action,
    (
        PUBLISHED,
        day_column("ex_date"),
        number_column("ratio", "x", "new shares for one old share", needed=True),
        NOTE,
    ),
    frozenset({"note"}),
    ("ex_date", "published"),
    ("ratio",),
    sorted_by=("ex_date", "published"),
)

SOURCES = TableSpec(
    "sources",
    Source,
    (
        name_column("id", "a short id without spaces"),
        text_column("title"),
        text_column("publisher"),
        maybe_column("publisher_group"),
        choice_column("tier", *TIERS),
        maybe_column("flags"),
        Column("published", Kind.DUE),
        text_column("document"),
        text_column("note"),
    ),
    frozenset({"title", "publisher", "publisher_group", "flags", "published", "document", "note"}),
    ("id",),
    (),
    sorted_by=("id",),
)
