"""A request to end is heard before anything is loaded, and at any moment is one line."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

FAR = 300.0  # seconds that only a hang would reach


# The program, asked to end at a moment in which nothing that is raised arrives as it was raised
ASKED_AT_A_MOMENT = """
import signal, sys, time
import reportgen
from reportgen.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by what a shell puts behind

class Importing:
    def find_spec(self, name, path=None, target=None):
        if name == {loaded!r}:
            try:
                signal.raise_signal({sent})
            except KeyboardInterrupt:
                raise ImportError("the library cannot be loaded") from None

class Finalised:
    def __del__(self):
        signal.raise_signal({sent})

def wait_for_the_end(*_, **__):
    Finalised()
    time.sleep(86_400)  # which the signal ends

sys.meta_path.insert(0, Importing())
reportgen.show = {show}
sys.argv[1:] = ["show", "report.xlsx"]
main()
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    "moment",
    [
        {"loaded": "click", "show": "None"},
        {"loaded": "numpy", "show": "lambda *_, **__: __import__('numpy')"},
        {"loaded": "", "show": "wait_for_the_end"},
    ],
    ids=["the program is loaded", "a library is loaded", "a finaliser runs"],
)
def test_a_signal_at_any_moment_is_one_line(moment: dict[str, str], sent: int) -> None:
    ended = subprocess.run(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", ASKED_AT_A_MOMENT.format(**moment, sent=int(sent))],
        capture_output=True,
        text=True,
        check=False,
        timeout=FAR,
    )
    assert ended.stderr == "Interrupted: nothing was left half-written.\n"
    assert ended.returncode == 128 + sent


def test_signals_are_heard_before_anything_is_loaded_that_takes_time() -> None:
    loaded = (
        "import sys; had = set(sys.modules); import reportgen.cli; print(*set(sys.modules) - had)"
    )
    asked = subprocess.run(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert set(asked.stdout.split()) <= {
        *("__future__", "_signal"),
        *("reportgen", "reportgen.version", "reportgen.cli", "reportgen.cli.early_signals"),
    }
