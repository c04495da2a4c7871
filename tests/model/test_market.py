"""Of which day the close and the newest results are."""

from __future__ import annotations

from reportgen.model import fundamentals, market
from reportgen.model.dims import CLOSE
from reportgen.model.inputs import market_data
from tests.laws.altered import with_rows
from tests.model.by_hand import example, worked_out
from tests.model.reported import Row, day, reporting
from tests.model.test_evidence import KNOWN

TODAY = day("2025-11-30")


# --- days ---
def test_the_day_of_the_close_and_of_the_newest_results() -> None:
    columns = {
        market_data.close_date: [TODAY - 9, TODAY - 2, TODAY + 1],
        market_data.close: [1.0, 2.0, 3.0],
    }
    case = with_rows(example(), CLOSE, 3, columns)
    assert worked_out(market.price_date, KNOWN, case) == TODAY - 2
    assert worked_out(market.price, KNOWN, case) == 2
    rows = [Row("FY2024", 1, published=on) for on in ("2025-03-01", "2025-05-01", "2025-04-01")]
    found = worked_out(fundamentals.results_published, KNOWN, reporting(*rows))
    assert found == day("2025-05-01")
