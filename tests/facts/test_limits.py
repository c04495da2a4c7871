"""How much is read, and how far off a figure may be: the limits that people are told of."""

from __future__ import annotations

import pytest

from reportgen.facts import brokers, problems, scoring
from reportgen.facts.checks import figures
from reportgen.facts.reading import (
    closing_days,
    columns,
    company_file,
    long_tables,
    numbers,
    pack_files,
    text_files,
    yaml_nodes,
)

MIB = 1_048_576


@pytest.mark.parametrize(
    ("limit", "is_"),
    [
        (text_files.LARGEST, 64 * MIB),
        (text_files.MOST_LINES, 200_000),
        (text_files.SAMPLE, 400),
        (text_files.DEEPEST_HEADER, 50),
        (long_tables.LARGEST, 1024 * MIB),
        (long_tables.LONGEST_LINE, MIB),
        (long_tables.MOST_LINES, 5_000_000),
        (long_tables.MOST_KEYS, 100_000),
        (long_tables.MOST_BROKEN, 1_000),
        (pack_files.LARGEST_DESCRIPTION, MIB / 4),
        (yaml_nodes.DEEPEST, 8),
        (company_file.LONGEST_NAME, 80),
        (columns.LONGEST_CELL, 32_767),
        (numbers.LARGEST, 1e18),
        (problems.RANGE, 10_000_000),
        (closing_days.FEWEST, 3),
        (brokers.MOST_HOUSES, 300),
        (figures.MIRRORED, 2),
        (figures.COUNT_OFF, 3),
        (figures.TYPED_OFF, 5),
        (scoring.MONTHS, 12),
        (scoring.CLOSE_DAYS, 7),
        (scoring.SCORED_DAYS, 31),
        (scoring.ALPHA, 0.2),
        (scoring.BAND_EDGE, 0.409),
        (scoring.FEWEST_WINDOWS, 60),
        (scoring.CORRELATION, 0.3),
    ],
)
def test_a_limit_is_what_was_agreed(limit: float, is_: float) -> None:
    assert limit == is_
