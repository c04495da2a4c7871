"""What a pack hands on: frames of a fixed shape, and a hash of what is known."""

from __future__ import annotations

import contextlib
import pickle
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.errors import InputErrors
from reportgen.facts.pack import load
from tests.facts.pack_folder import AS_OF, INPUTS, PLAIN, PackFolder, messages

if TYPE_CHECKING:
    from pathlib import Path


BABA = load("BABA", as_of=AS_OF, inputs=INPUTS)


def test_what_is_blank_is_filled_in_on_reading(folder: PackFolder) -> None:
    folder.write(
        "targets.csv", "published,broker,target,currency,source\n2025-11-03,A,1,USD,wire\n"
    )
    pack = folder.load()
    (target,) = pack.rows.targets
    assert (target.line, target.horizon_months, target.kind) == ("listed", 12, "broker")
    (claim,) = pack.rows.claims
    assert claim.observed == claim.published == date(2025, 11, 28)


def test_results_are_stored_in_millions_with_the_facts_of_their_period(folder: PackFolder) -> None:
    folder.replace("fundamentals.csv", "1000,USD m", '"1.25",CNY bn')
    folder.replace("fundamentals.csv", "50,m", "0.05,bn")
    rows = folder.load().fundamentals.set_index("metric")
    columns = ["value", "unit", "currency", "scale", "months", "month_index"]
    assert list(rows.loc["revenue", columns]) == [1250, "CNY m", "CNY", 1000, 3, 2025 * 12 + 9]
    assert list(rows.loc["shares_diluted", columns[:5]]) == [50, "m", "", 1000, 0]
    assert list(rows.loc["eps", columns[:4]]) == [1.5, "USD/ADS", "USD", 1]


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("targets.csv", "2025-11-04,Coyote,#N/A N/A,USD,ADS,12,broker,,wire", "target"),
        ("claims.csv", "price,ADS,-,USD,=,,2025-11-28,wire,,", "value"),
    ],
)
def test_a_row_without_its_figure_is_left_out_and_said_so(
    folder: PackFolder, name: str, row: str, column: str
) -> None:
    before = folder.load()
    folder.append(name, row)
    after = folder.load()
    assert after.input_hash == before.input_hash
    (warning,) = messages(after.warnings)
    assert warning.endswith(f" {column}: states no figure; the row is left out")


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("claims.csv", "bull_target,,200,ratio,>,,2025-11-28,wire,,", 'unit: "ratio" is not money'),
        (
            "claims.csv",
            "outperform_probability_3m,V,61,ratio,=,,2025-11-28,wire,,",
            "value: 61 is not between 0 and 1",
        ),
        (
            "fundamentals.csv",
            "2025-09-30,FY2025-Q3,group,ebita,1,lots,,=,2025-10-20,filing,",
            'unit: "lots" is not a unit of results',
        ),
        (
            "fundamentals.csv",
            "2025-06-30,2025-06-30,group,shares_diluted,5,USD m,,=,2025-10-20,filing,",
            'unit: "USD m" does not count shares',
        ),
    ],
)
def test_a_figure_in_a_unit_that_cannot_be_is_a_mistake(
    folder: PackFolder, name: str, row: str, message: str
) -> None:
    folder.append(name, row)
    (error,) = folder.errors()
    assert message in error


@pytest.mark.parametrize(
    ("name", "header", "row", "message"),
    [
        (
            "estimates.csv",
            "published,metric,value,unit,source",
            "2025-11-03,eps_ntm,1,USD m,wire",
            'unit: "USD m" is not money per share',
        ),
        (
            "peers.csv",
            "published,peer,metric,value,unit,source",
            "2025-11-03,META,pe_ntm,-5,x,wire",
            "value: -5 is below 0",
        ),
        (
            "products.csv",
            "vendor,product,price,currency,published,source",
            "Acme,Anvil,-5,USD,2025-11-03,wire",
            "price: -5 is not above 0",
        ),
        (
            "arguments.csv",
            "published,case,kind,text,source,trigger",
            "2025-11-03,bull,driver,It rises,wire,price over 5",
            'trigger: "price over 5" is not a trigger',
        ),
    ],
)
def test_a_row_of_an_optional_table_is_checked_too(
    folder: PackFolder, name: str, header: str, row: str, message: str
) -> None:
    folder.write(name, f"{header}\n{row}\n")
    (error,) = folder.errors()
    assert message in error


def test_the_hash_tells_what_is_known_and_not_how_it_is_spelt(folder: PackFolder) -> None:
    before = folder.load().input_hash
    folder.replace("targets.csv", "130", '"130.0"').replace("targets.csv", "ADS", "ads")
    folder.replace("prices.csv", "2025-11-28", "28.11.2025").replace(
        "claims.csv", ",USD,", ", USD,"
    )
    assert folder.load().input_hash == before
    folder.replace("targets.csv", "130.0", "130.1")
    assert folder.load().input_hash != before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("company.yaml", "Acme Corp", "Acne Corp"),
        ("prices.csv", "101.5", "101.6"),
        ("sources.csv", "various", "several"),
        ("market/fx.csv", "1.16", "1.17"),
        ("claims.csv", "wire,,", "wire,,a note"),
    ],
)
def test_every_change_of_what_is_known_changes_the_hash(
    folder: PackFolder, name: str, old: str, new: str
) -> None:
    before = folder.load().input_hash
    assert folder.replace(name, old, new).load().input_hash != before


def test_a_pack_and_its_errors_can_be_sent_to_another_process(folder: PackFolder) -> None:
    pack = pickle.loads(pickle.dumps(BABA))  # noqa: S301 - it was pickled here
    assert repr(pack) == repr(BABA)
    folder.replace("targets.csv", "130", "x")
    with pytest.raises(InputErrors) as raised:
        folder.load()
    errors = pickle.loads(pickle.dumps(raised.value))  # noqa: S301 - it was pickled here
    assert (errors.problems, str(errors)) == (raised.value.problems, str(raised.value))


FILES = sorted(name for name in PLAIN if name != "ACME/company.yaml")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from([*FILES, "ACME/company.yaml"]),
    place=st.floats(0, 1),
    length=st.integers(0, 12),
    junk=st.one_of(
        st.binary(max_size=8),
        st.sampled_from(
            [b'"', b",", b"\n", b"\r\n", b"\0", b"=", b"1e999", b"-", b"nan", b"%", b";"]
        ),
    ),
)
def test_whatever_is_done_to_a_file_the_answer_is_a_pack_or_a_message(
    tmp_path: Path, name: str, place: float, length: int, junk: bytes
) -> None:
    folder = PackFolder(tmp_path)
    text = PLAIN[name].encode()
    at = int(place * len(text))
    folder.write(name, text[:at] + junk + text[at + length :])
    with contextlib.suppress(InputErrors):  # a traceback of any other kind fails the test
        folder.load()


@pytest.mark.parametrize("day", ["28/11/2025", "2025-11-28", "Nov 28, 2025"])
def test_a_day_that_may_be_blank_is_read_in_any_spelling(folder: PackFolder, day: str) -> None:
    folder.write("claims.csv", "key,variant,value,unit,observed,published,source\n")
    folder.append("claims.csv", f'pe,A,5,x,"{day}",2025-11-29,wire', "pe,B,5,x,,2025-11-29,wire")
    rows = folder.load().rows.claims
    assert [row.observed for row in rows] == [date(2025, 11, 28), date(2025, 11, 29)]
