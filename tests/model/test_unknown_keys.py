"""Keys that rows name and the report does not have are told, with the nearest there is."""

from __future__ import annotations

from pathlib import Path

from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.model.case.build import build_case
from reportgen.model.solved import solve_case
from reportgen.model.unknown_keys import unknown_keys
from tests.facts.pack_folder import AS_OF, PackFolder

OVERRIDES = """\
published,key,value,author,reason,revokes
2025-10-05,"assumption[growth,bull,anvil]",0.1,A,,
2025-10-05,"fundamental[group,eps,FY2025-Q3]",1.4,A,older than the filing,
2025-10-05,"assumption[growth,bull,anvils]",0.1,A,newer than the row,
2025-10-05,"assumption[growth,bear,anvil]",0.2,A,,
2025-10-06,"assumption[growth,bear,anvil]",,A,,all
"""
ARGUMENTS = """\
published,case,kind,text,assumption,trigger,source
2025-10-05,bull,driver,a known,"assumption[growth,bull,anvils]",bull.value > 9,wire
2025-10-05,bull,driver,b unknown,"assumption[growth,bull,rocket]",bul.value > 9,wire
2025-10-05,bull,driver,c a change,,"fundamental[group,revenue,yoy] < 0.1",wire
2025-10-05,bull,driver,d newest,,"fundamental[group,revenue] < 9",wire
2025-10-05,bull,driver,e later,,"fundamental[rockets,revenue] < 9",wire
2025-10-05,bull,driver,f a text,,ticker > 9,wire
2025-10-05,bull,driver,g nothing named,,,wire
"""
CONFIRMED = """\
published,key,author,reason
2025-10-05,bull.value,A,right
2025-10-05,"fundamental[group,eps,FY2025-Q2]",A,right
2025-10-05,ticker,A,no number
"""
LATER = "2025-12-31,FY2025-Q4,rockets,revenue,300,USD m,,=,2026-01-20,filing,"
INPUT = "a key of the Inputs tab, such as assumption[growth,bull,cloud]"
FIGURE = "a public key, or the newest of reported figures: fundamental[SEGMENT,METRIC]"
CHECKED = "the key that a check of plausibility names, such as fundamental[group,eps,FY2026-Q2]"
EPS = "fundamental[group,eps,FY2025-Q3]"
NO_INPUT, NO_FIGURE = "is no input of this report", "is no figure of this report"
TOLD = [
    (
        *("overrides", 2, "key"),
        f'"assumption[growth,bull,anvil]" {NO_INPUT}, so the override changes nothing',
        *(INPUT, "did you mean assumption[growth,bull,anvils]?"),
    ),
    (
        *("overrides", 3, None),
        f"the override of {EPS} stands against a newer figure, of 2025-10-20",
        *("", "revoke it, or sign it again of a later day"),
    ),
    (
        *("arguments", 3, "assumption"),
        f'"assumption[growth,bull,rocket]" {NO_INPUT}: nothing is at stake',
        *(INPUT, "did you mean assumption[growth,bull,rockets]?"),
    ),
    (
        *("arguments", 3, "trigger"),
        f'"bul.value" {NO_FIGURE}: the trigger never fires',
        *(FIGURE, "did you mean bull.value?"),
    ),
    (
        *("arguments", 7, "trigger"),
        f'"ticker" {NO_FIGURE}: the trigger never fires',
        *(FIGURE, ""),
    ),
    (
        *("confirmed", 3, "key"),
        f'"fundamental[group,eps,FY2025-Q2]" {NO_FIGURE}, so nothing is confirmed',
        *(CHECKED, "did you mean fundamental[group,eps,FY2025-Q3]?"),
    ),
    (
        *("confirmed", 4, "key"),
        f'"ticker" {NO_FIGURE}, so nothing is confirmed',
        *(CHECKED, ""),
    ),
]


def told(folder: PackFolder) -> list[tuple[object, ...]]:
    files = read_pack("ACME", folder.inputs)
    pack = pack_at(files, AS_OF)
    found = unknown_keys(pack, solve_case(build_case(pack, load_policy())), files)
    assert {one.severity for one in found} <= {"warning"}
    return [
        (Path(one.path).stem, one.line, one.column, one.found, one.expected, one.remedy)
        for one in found
    ]


def test_a_key_that_the_report_does_not_have_is_told(tmp_path: Path) -> None:
    folder = PackFolder(tmp_path)
    folder.append("fundamentals.csv", LATER)
    folder.write("overrides.csv", OVERRIDES)
    folder.write("arguments.csv", ARGUMENTS)
    folder.write("confirmed.csv", CONFIRMED)
    assert told(folder) == TOLD
