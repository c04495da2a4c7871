"""How many of the fields that may be typed were changed."""

from __future__ import annotations

import re

from reportgen.report.registry.kinds import changed_formula, series_formula


def test_what_was_typed_is_counted_from_the_first_field_to_the_last() -> None:
    kinds = [f'(C5:C13="{kind}")' for kind in ("input", "override", "text", "control")]
    assert changed_formula(9).startswith(f"=IFERROR(SUMPRODUCT(({'+'.join(kinds)}-(A5:A13=")
    assert changed_formula(9).endswith('*(H5:H13&""<>I5:I13&""))-I2,"n/a")')
    assert len(re.findall(r"-\(A5:A13=", changed_formula(9))) == 2
    counted = [f'COUNTIFS(C5:C13,"{kind}",A5:A13,"*{{*")' for kind in ("input", "override", "text")]
    assert series_formula(9) == "=" + "+".join(counted)
