"""What may not stand in a row is told with its place, what was found, expected, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder


TARGET = "2025-11-03,Roadrunner,110,EUR,ADS,12,broker,Hold,wire"


REVENUE = "2025-09-30,FY2025-Q3,group,revenue,1000,USD m,0.1,=,2025-10-20,filing,"


CLAIM = "price,ADS,99,USD,~,,2025-11-28,wire,,"


GROWTH = "2025-10-01,all,anvils,growth,0.05,ratio,house,"


QUOTING = "put text that holds a separator or quotation mark in quotation marks, doubled inside"


ONE_CELL = [  # the file, the row as it stands, the row as it is spoilt, the message
    (
        "targets.csv",
        TARGET,
        TARGET.replace("110", "2OO"),
        ':3 target: "2OO" is not a number; expected the target price in the row\'s currency',
    ),
    (
        "targets.csv",
        TARGET,
        TARGET.replace("110", "0"),
        ":3 target: 0 is not above 0; expected a number above 0",
    ),
    (
        "targets.csv",
        TARGET,
        TARGET.replace("110", "$110"),
        (
            ':3 target: "$110" is marked $, but the row\'s unit is "EUR"; '
            "expected the target price in the row's currency; make the two agree"
        ),
    ),
    (
        "targets.csv",
        TARGET,
        TARGET.replace("EUR", "EURO"),
        (
            ':3 currency: "EURO" is not a currency; '
            "expected an ISO 4217 code such as USD, or a subunit such as GBp"
        ),
    ),
    (
        "targets.csv",
        TARGET,
        TARGET.replace("EUR", ""),
        ":3 currency: is blank; expected a currency such as USD; fill it in",
    ),
    (
        "targets.csv",
        TARGET,
        TARGET.replace("ADS", "BDR"),
        ':3 line: "BDR" is not a line; expected listed or ordinary',
    ),
    (
        "targets.csv",
        TARGET,
        TARGET.replace("2025-11-03", ""),
        ":3 published: is blank; expected a day as YYYY-MM-DD",
    ),
    (
        "targets.csv",
        TARGET,
        TARGET.replace("2025-11-03", "2025-11-31"),
        ':3 published: "2025-11-31" is not a day; expected a day as YYYY-MM-DD',
    ),
    (
        "targets.csv",
        TARGET,
        TARGET.replace("2025-11-03", "03/11/2025"),
        (
            ':3 published: "03/11/2025" can be read as 2025-11-03 or 2025-03-11; '
            "expected a day as YYYY-MM-DD; "
            "nothing in the file settles whether the day or the month comes first"
        ),
    ),
    (
        "targets.csv",
        TARGET,
        TARGET.replace("wire", "wyre"),
        (
            ':3 source: "wyre" is not in sources.csv; '
            "expected the id of a row of sources.csv; did you mean wire?"
        ),
    ),
    (
        "targets.csv",
        TARGET,
        TARGET.replace("Roadrunner", "Road\x1brunner"),
        (
            ':3 broker: "Road\\x1brunner" holds a line break or control character; '
            "expected text on one line"
        ),
    ),
    (
        "targets.csv",
        TARGET,
        TARGET + ",extra",
        (f":3: has 10 cells where the header has 9; {QUOTING}"),
    ),
    (
        "targets.csv",
        TARGET,
        TARGET[:25],
        (f":3: has 3 cells where at least 9 are needed; {QUOTING}"),
    ),
    (
        "targets.csv",
        TARGET,
        TARGET.replace("Hold", '"Hold'),
        (
            ":3: opens a quotation mark that is never closed; put text that holds a separator or "
            "quotation mark in quotation marks, doubled inside"
        ),
    ),
    (
        "fundamentals.csv",
        REVENUE,
        REVENUE.replace("group", "anvil"),
        (
            ':2 segment: "anvil" is not a segment of company.yaml; '
            "expected group or anvils or rockets; did you mean anvils?"
        ),
    ),
    (
        "fundamentals.csv",
        REVENUE,
        REVENUE.replace("FY2025-Q3", "Q3 2025"),
        (
            ':2 period: "Q3 2025" is not a period; '
            "expected FY2026-Q2, FY2026-H1, FY2025 or a day (a balance)"
        ),
    ),
    (
        "fundamentals.csv",
        REVENUE,
        REVENUE.replace("USD m", "USD lots"),
        ':2 unit: "USD lots" is not a unit; expected a currency with k, m, bn or tn',
    ),
    (
        "fundamentals.csv",
        REVENUE,
        REVENUE.replace("1000,USD m,0.1", ",USD m,"),
        ":2 value: is blank, and so is yoy; expected one of the two; fill one in",
    ),
    (
        "fundamentals.csv",
        REVENUE,
        REVENUE.replace("0.1", "-1.1"),
        ":2 yoy: -1.1 is below -1; expected growth of revenue, not below -100%",
    ),
    (
        "claims.csv",
        CLAIM,
        CLAIM.replace("~", "?"),
        ':2 qualifier: "?" is not a qualifier; expected = or ~ or > or <',
    ),
    (
        "claims.csv",
        CLAIM,
        CLAIM.replace("price,ADS", "market_size,rockets"),
        (
            ':2 variant: "rockets" does not name a market and a year; '
            'expected MARKET YEAR, such as "ai_glasses 2026"'
        ),
    ),
    (
        "claims.csv",
        CLAIM,
        CLAIM.replace("wire,,", "wire,nobody,"),
        (
            ':2 contradicted_by: "nobody" is not in sources.csv; '
            "expected the id of a row of sources.csv; add the source there"
        ),
    ),
    (
        "assumptions.csv",
        GROWTH,
        GROWTH.replace("growth", "grwth"),
        ':9 key: "grwth" is not a parameter of the method; did you mean growth?',
    ),
    (
        "assumptions.csv",
        GROWTH,
        GROWTH.replace("0.05", ""),
        (":9 value: is blank; expected the growth (anvils, all), in ratio"),
    ),
    (
        "assumptions.csv",
        GROWTH,
        GROWTH.replace("0.05", "-1.5"),
        ":9 value: -1.5 is out of bounds; expected not below -1",
    ),
    (
        "assumptions.csv",
        GROWTH,
        GROWTH.replace("ratio", "x"),
        ':9 unit: "x" is not the unit of growth; expected ratio or %',
    ),
    (
        "assumptions.csv",
        GROWTH,
        GROWTH.replace("anvils", ""),
        ":9 segment: is blank; expected anvils or rockets",
    ),
]


@pytest.mark.parametrize(("name", "row", "spoilt", "message"), ONE_CELL)
def test_a_spoilt_cell_is_told(
    folder: PackFolder, name: str, row: str, spoilt: str, message: str
) -> None:
    folder.replace(name, row, spoilt)
    assert folder.errors() == [f"inputs/ACME/{name}{message}"]
