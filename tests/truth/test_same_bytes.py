"""The command writes the same bytes on whatever machine: no hash, zone, letters or place shows."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import tools
from tests.support.selection import long_except
from tests.truth.packs import AS_OF, TICKERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.truth.conftest import Workshop

COMMAND = Path(sys.executable).with_name("reportgen")
# how a process feels its circumstances: the time, a hash, letters, the sign of decimals
PROBE = """
import locale, time
locale.setlocale(locale.LC_ALL, "")
noon = time.strftime("%Y-%m-%d %H:%M", time.localtime(1764504000))
letters, sign = locale.getpreferredencoding(), locale.localeconv()["decimal_point"]
print(noon, letters, sign, hash("reportgen"), sep="|")
"""
# Python would give the C locale UTF-8 letters: without that, only ASCII can be read by default.
ASCII = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
UTF_8 = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
# Kiritimati, where it is tomorrow already; St John's, half an hour off the hour, with summer time
ZONES = ("<+14>-14", "NST3:30NDT,M3.2.0,M11.1.0", "UTC0")


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A locale with a decimal comma and letters of its own; where it cannot be had, plain ASCII."""
    folder = tmp_path_factory.mktemp("locales")
    name, place = "tr_TR.ISO-8859-9", {"LOCPATH": str(folder)}
    make = shutil.which("localedef") or "false"
    made = subprocess.run(  # noqa: S603 - a system tool that makes the locale in a folder of ours
        [make, "-i", "tr_TR", "-f", "ISO-8859-9", str(folder / name)],
        check=False,
        capture_output=True,
    )
    return {"LC_ALL": name, "LANG": name, **place} if made.returncode == 0 else ASCII


def ran(circumstances: Mapping[str, str], folder: Path, *command: str | Path) -> str:
    """What a program prints in such circumstances, started in a folder."""
    settings = [f"{name}={value}" for name, value in circumstances.items()]
    return tools.run(["/usr/bin/env", f"--chdir={folder}", *settings, *command], 1200)


def all_circumstances(foreign: Mapping[str, str]) -> list[dict[str, str]]:
    letters = (ASCII, UTF_8, foreign)
    return [
        {"PYTHONHASHSEED": str(seed), "TZ": zone, **of_letters}
        for seed, (zone, of_letters) in enumerate(zip(ZONES, letters, strict=True), start=1)
    ]


def test_the_circumstances_are_felt(foreign: dict[str, str], tmp_path: Path) -> None:
    found = [
        ran(one, tmp_path, sys.executable, "-c", PROBE).strip().split("|")
        for one in all_circumstances(foreign)
    ]
    ascii_letters = ["ANSI_X3.4-1968", "."]
    assert [felt[:3] for felt in found] == [
        ["2025-12-01 02:00", *ascii_letters],
        ["2025-11-30 08:30", "UTF-8", "."],
        ["2025-11-30 12:00", *(ascii_letters if foreign is ASCII else ["ISO-8859-9", ","])],
    ]
    assert len({felt[3] for felt in found}) == len(found)


@pytest.mark.parametrize("pack", long_except({"tokyo"}, ["baba", "tokyo"]))
def test_the_command_writes_the_same_bytes_in_all_circumstances(
    pack: str, workshop: Workshop, foreign: dict[str, str], tmp_path: Path
) -> None:
    expected = workshop.report(pack).read_bytes()
    inputs, name = workshop.inputs(pack), TICKERS[pack]
    places = [(inputs.parent, Path("inputs")), (Path("/"), inputs), (inputs / name, Path(".."))]
    for number, one in enumerate(all_circumstances(foreign)):
        folder, given = places[number]
        outputs = tmp_path / str(number)
        asked = ("build", name, "--as-of", AS_OF.isoformat(), "--inputs", given)
        ran(one, folder, COMMAND, *asked, "--outputs", outputs)
        (written,) = outputs.glob("*/*/*.xlsx")
        assert written.read_bytes() == expected, one
