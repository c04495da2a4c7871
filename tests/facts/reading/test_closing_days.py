"""A point in time becomes a day only where the zone of the exchange is known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.facts.pack_folder import messages

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder

NEW_YORK, HONG_KONG, LONDON = "America/New_York", "Asia/Hong_Kong", "Europe/London"
THREE_DAYS = [date(2025, 11, 26), date(2025, 11, 27), date(2025, 11, 28)]


def since_1970(day: int, hour: int, digits: int = 10) -> str:
    """Seconds since 1970, or their thousandths and so on, by how many digits there are."""
    seconds = int(datetime(2025, 11, day, hour, tzinfo=UTC).timestamp())
    return str(seconds * 10 ** (digits - 10))


def file_of(days: list[str], name: str = "Date") -> str:
    return f"{name},open,close\n" + "".join(f"{day},1,9{n}\n" for n, day in enumerate(days))


def days(folder: PackFolder) -> list[date]:
    return [row.date for row in folder.load().rows.prices]


def place(folder: PackFolder, zone: str) -> None:
    folder.replace("company.yaml", "peers: []", f"peers: []\nprices: {{zone: {zone}}}")


TIMES = {
    "the opening in New York": ([f"2025-11-{d}T09:30:00-05:00" for d in (26, 27, 28)], NEW_YORK),
    "the opening, in UTC": ([f"2025-11-{d}T14:30:00Z" for d in (26, 27, 28)], NEW_YORK),
    "the close, in UTC": ([f"2025-11-{d} 21:00:00+00:00" for d in (26, 27, 28)], NEW_YORK),
    "midnight in New York, in UTC": (
        [f"2025-11-{d} 05:00:00+00:00" for d in (26, 27, 28)],
        NEW_YORK,
    ),
    "midnight in Hong Kong, in UTC": (
        [f"2025-11-{d} 16:00:00+00:00" for d in (25, 26, 27)],
        HONG_KONG,
    ),
    "seconds": ([since_1970(d, 14) for d in (26, 27, 28)], NEW_YORK),
    "thousandths": ([since_1970(d, 5, 13) for d in (26, 27, 28)], NEW_YORK),
    "billionths": ([since_1970(d, 5, 19) for d in (26, 27, 28)], NEW_YORK),
    "a zone by its name": ([f"Nov {d}, 2025 4:00 PM EST" for d in (26, 27, 28)], NEW_YORK),
}


@pytest.mark.parametrize(("times", "zone"), TIMES.values(), ids=TIMES)
def test_points_in_time_are_dated_by_the_zone_of_the_exchange(
    folder: PackFolder, times: list[str], zone: str
) -> None:
    quoted = [f'"{time}"' for time in times]
    folder.write("prices.csv", file_of(quoted, "time"))
    (error,) = folder.errors()
    assert error == (
        f'inputs/ACME/prices.csv:2 Date: "{times[0]}" is a point in time, not the day of an '
        "exchange (and alike on 2 more lines); expected a day, or midnight; name the zone of the "
        "exchange in company.yaml, as in prices: {zone: America/New_York}"
    )
    place(folder, zone)
    assert days(folder) == THREE_DAYS
    assert folder.warnings(of="prices.csv") == []


@pytest.mark.parametrize(
    "spelled",
    [
        "2025-11-{} 00:00:00-05:00",
        "2025-11-{}T00:00:00.000Z",
        "2025-11-{} 16:00:00",
        "11/{}/2025 4:00 PM",
    ],
)
@pytest.mark.parametrize("zone", ["", NEW_YORK, HONG_KONG])
def test_midnight_and_times_of_the_exchange_mean_the_day_they_write(
    folder: PackFolder, spelled: str, zone: str
) -> None:
    folder.write("prices.csv", file_of([spelled.format(day) for day in (26, 27, 28)]))
    if zone:
        place(folder, zone)
    assert days(folder) == THREE_DAYS


def test_seconds_at_midnight_need_no_zone(folder: PackFolder) -> None:
    folder.write("prices.csv", file_of([since_1970(day, 0) for day in (26, 27, 28)], "timestamp"))
    assert days(folder) == THREE_DAYS


def test_summer_time_is_that_of_the_zone(folder: PackFolder) -> None:
    folder.write("prices.csv", file_of(["2025-07-30T23:00:00Z", "2025-11-28T00:00:00Z"]))
    place(folder, LONDON)
    assert days(folder) == [date(2025, 7, 31), date(2025, 11, 28)]


def test_points_in_time_after_as_of_are_refused_apart(folder: PackFolder) -> None:
    known, later = ["2025-11-26", "2025-11-27"], ["2025-12-05T14:30Z", "2025-12-08T14:30Z"]
    before = folder.write("prices.csv", file_of(known)).load()
    after = folder.write("prices.csv", file_of([*known, *later])).load()
    assert (after.rows, after.warnings) == (before.rows, before.warnings)
    (told,) = messages(after.later_warnings)
    assert "prices.csv:4 Date: " in told
    assert "(and alike on 1 more line)" in told


ALONE = (
    'inputs/ACME/prices.csv:4 Date: "2025-11-28 11:32:05-05:00" alone states a time of day: it is '
)


@pytest.mark.parametrize(
    ("second", "dated", "told"),
    [
        ("2025-11-27", THREE_DAYS, "taken as a close; see that trading had ended"),
        ("2025-11-28", THREE_DAYS[::2], "left out, since another row is of that day"),
    ],
)
def test_a_last_row_during_trading_is_told(
    folder: PackFolder, second: str, dated: list[date], told: str
) -> None:
    folder.write("prices.csv", file_of(["2025-11-26", second, "2025-11-28 11:32:05-05:00"]))
    assert days(folder) == dated
    assert folder.warnings(of="prices.csv") == [ALONE + told]


def test_a_row_during_trading_that_is_later_changes_nothing(folder: PackFolder) -> None:
    known = ["2025-11-26", "2025-11-27"]
    before = folder.write("prices.csv", file_of(known)).load()
    after = folder.write("prices.csv", file_of([*known, "2025-12-02 11:32:05-05:00"])).load()
    assert (after.rows, after.warnings) == (before.rows, before.warnings)
    assert "alone states a time of day" in messages(after.later_warnings)[0]


def test_a_benchmark_is_not_dated_by_the_zone_of_the_share(folder: PackFolder) -> None:
    place(folder, NEW_YORK)
    folder.replace("company.yaml", "benchmark:", "benchmark: HSI")
    folder.write("market/HSI.csv", file_of([f"2025-11-{d}T16:00:00Z" for d in (25, 26, 27)]))
    (error,) = folder.errors()
    assert error.startswith("inputs/market/HSI.csv:2 Date: ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("zone: America/NewYork", "did you mean America/New_York?"),
        ("zone: ../etc/passwd", 'prices.zone: "../etc/passwd" is not a time zone'),
        (
            "splits: both",
            'prices.splits: "both" is not what closes can be; expected raw or adjusted',
        ),
        ("split: raw", "prices.split: is not a key of this file; did you mean splits?"),
    ],
)
def test_what_company_yaml_says_of_the_file_is_checked(
    folder: PackFolder, text: str, told: str
) -> None:
    folder.replace("company.yaml", "peers: []", f"peers: []\nprices: {{{text}}}")
    (error,) = folder.errors()
    assert told in error


def test_a_time_is_of_a_later_row_where_it_is_later_in_every_zone(folder: PackFolder) -> None:
    times = ("2025-11-28", "2025-12-01", "2025-12-02")  # the report is as of 2025-11-30
    folder.write("prices.csv", file_of([f"{day}T14:30:00Z" for day in times]))
    (error,) = folder.errors()
    assert '"2025-11-28T14:30:00Z" is a point in time' in error
    assert "(and alike on 1 more line)" in error
