"""Bad input of every kind: told in words, exit 2, and nothing lost or half-written."""

from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import INPUTS, build, run

if TYPE_CHECKING:
    from pathlib import Path


def is_told(output: str) -> None:
    """Whether a person is told in words: never a traceback, never a mistake of the program."""
    assert "Error" in output
    assert "Traceback" not in output
    assert "mistake in reportgen" not in output


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2025-13-01", '"2025-13-01" is not a day'),
        ("2025-11-31", '"2025-11-31" is not a day'),
        ("30/11/2025", "expected YYYY-MM-DD"),
        ("20251130", "is not a day"),
        ("yesterday", "or last-month-end"),
        ("last_month_end", "or last-month-end"),
        ("", "is not a day"),
        ("0001-01-01", "is not a day"),
        ("1899-12-31", "is not a day"),
        ("1900-03-31", "1900-03-31 is before 1900-04-01"),
        ("\x1b[31m2025", r"\x1b[31m2025"),
        ("1999-12-31", "no row is dated on or before 1999-12-31; the first is of 2024-02-02"),
    ],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_day_that_is_none_is_told(command: str, day: str, told: str, tmp_path: Path) -> None:
    asked = run(command, "BABA", "--as-of", day, "--inputs", INPUTS)
    assert asked.exit_code == 2
    is_told(asked.stderr)
    assert told in asked.stderr
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("ticker", "told"),
    [
        ("../BABA", "cannot name a file"),
        ("BABA/../../inputs/BABA", "cannot name a file"),
        ("/etc", "cannot name a file"),
        ("..", "cannot name a file"),
        (".", "cannot name a file"),
        ("", "cannot name a file"),
        ("BABA ", "cannot name a file"),
        ("BA\nBA", r"BA\nBA"),
        ("BA\x1b[2JBA", r"\x1b[2J"),
        ("B" * 300, "cannot name a file"),
        ("con", "a name that Windows keeps for a device"),
        ("ЖЖЖ", "cannot name a file"),
        ("BABBA", "did you mean BABA?"),
        ("NOPE", "reportgen new NOPE makes one"),
    ],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_ticker_without_a_pack_is_told(command: str, ticker: str, told: str) -> None:
    asked = run(command, "--as-of", "2025-11-30", "--inputs", INPUTS, "--", ticker)
    assert asked.exit_code == 2
    is_told(asked.stderr)
    assert told in asked.stderr


@pytest.mark.parametrize(
    ("ticker", "told"),
    [
        ("../NEW", "cannot name a file"),
        ("a/b", "cannot name a file"),
        ("", "cannot name a file"),
        ("market", "is the folder of rates and benchmarks"),
        ("runs", "is the folder of what happened in runs"),
        ("nul", "Windows"),
        ("BABA", "is there already and is left as it is"),
    ],
)
def test_a_pack_that_cannot_be_started_is_told(inputs: Path, ticker: str, told: str) -> None:
    before = sorted(inputs.rglob("*"))
    asked = run("new", "--inputs", inputs, "--", ticker)
    assert asked.exit_code == 2
    is_told(asked.stderr)
    assert told in asked.stderr
    assert sorted(inputs.rglob("*")) == before


@pytest.mark.parametrize("command", ["build", "check"])
def test_inputs_that_are_no_folder_are_told(command: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for place in (file, tmp_path / "nowhere"):
        asked = run(command, "BABA", "--as-of", "2025-11-30", "--inputs", place)
        assert asked.exit_code == 2
        is_told(asked.stderr)
        assert f"{place.name}/BABA: there is no such folder" in asked.stderr


def test_a_pack_is_not_started_inside_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    asked = run("new", "ACME", "--inputs", tmp_path / "file")
    assert asked.exit_code == 2
    is_told(asked.stderr)
    assert "choose another --inputs" in asked.stderr
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nowhere.yaml", None, "nowhere.yaml: cannot be read: No such file or directory; give"),
        ("folder", "", "folder: cannot be read: Is a directory; give --template a theme"),
        ("binary.yaml", b"\xff\xfe\x00\x01PK", "binary.yaml: is not text in UTF-8; give"),
        (
            "typo.yaml",
            b"name: x\nfonts: {}\n",
            "typo.yaml:2 fonts: is not known; did you",
        ),
        ("broken.yaml", b"font: {family: [\n", "broken.yaml:2: is not YAML"),
        ("twice.yaml", b"font: {}\nfont: {}\n", 'twice.yaml:2: says "font" a second time'),
        ("alias.yaml", b"font: &a {}\nlooks: *a\n", "anchor or alias"),
        ("quote.yaml", b"formats: {ratio: '0\"%'}\n", "number format"),
    ],
)
def test_a_template_that_is_no_theme_is_told(
    tmp_path: Path, name: str, content: bytes | str | None, told: str
) -> None:
    template = tmp_path / name
    if isinstance(content, bytes):
        template.write_bytes(content)
    elif content is not None:
        template.mkdir()
    asked = build("--outputs", tmp_path / "outputs", "--template", template)
    assert asked.exit_code == 2
    is_told(asked.stderr)
    assert told in asked.stderr
    assert not (tmp_path / "outputs").exists()


def test_all_mistakes_of_a_theme_are_told_at_once(tmp_path: Path) -> None:
    theme = tmp_path / "wild.yaml"
    theme.write_text("font: {size: 0}\nlooks:\n  title: {color: red, fill: blue}\n")
    asked = build("--template", theme)
    assert [line.split(":")[1].split()[0] for line in asked.stderr.splitlines()[1:]] == ["3", "3"]
    assert asked.stderr.startswith("Error: wild.yaml:1 font.size:")


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("targets.csv", ",190,", ",l90,", 'inputs/BABA/targets.csv:6 target: "l90" is marked l'),
        ("company.yaml", "exchange: NYSE", "exchange:", "company.yaml:3 exchange: is blank"),
        ("company.yaml", "segments:", "segmets:", "did you mean segments?"),
        ("assumptions.csv", "bear,,probability,0.3", "bear,,probability,0.5", "a sum of 1"),
        ("sources.csv", "press-brokers,", "press-broker,", '"press-brokers" is not in sources.csv'),
        ("prices.csv", "2024-06-28,72.0", "28/13/24,72.0,", "prices.csv:2"),
    ],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_mistake_in_the_inputs_is_told_with_its_place_and_writes_nothing(
    inputs: Path, command: str, table: str, old: str, new: str, told: str
) -> None:
    path = inputs / "BABA" / table
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    outputs = inputs.parent / "outputs"
    extra = ["--outputs", outputs] if command == "build" else []
    asked = run(command, "BABA", "--as-of", "2025-11-30", "--inputs", inputs, *extra)
    assert asked.exit_code == 2
    assert told in asked.output
    assert "Traceback" not in asked.output
    assert not outputs.exists()


def test_all_mistakes_are_told_at_once_in_reading_order(inputs: Path) -> None:
    for table in ("targets.csv", "claims.csv", "fundamentals.csv"):
        with (inputs / "BABA" / table).open("a", encoding="utf-8") as file:
            file.write('2025-11-01,"unclosed\n')
    asked = build(inputs=inputs)
    files = [line.split(":")[0] for line in asked.stderr.splitlines()[:-1]]
    assert files == [f"inputs/BABA/{name}.csv" for name in ("claims", "fundamentals", "targets")]
    assert "3 mistakes in the inputs: no report was written" in asked.stderr.splitlines()[-1]


def test_a_failed_build_leaves_the_earlier_report_alone(inputs: Path) -> None:
    outputs = inputs.parent / "outputs"
    place = outputs / "BABA/2025-11-30/BABA-2025-11-30.xlsx"
    place.parent.mkdir(parents=True)
    place.write_text("the earlier report")
    (inputs / "BABA/company.yaml").write_text("ticker: [")
    assert build("--outputs", outputs, inputs=inputs).exit_code == 2
    assert place.read_text() == "the earlier report"
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_a_folder_where_the_report_should_be_is_told(tmp_path: Path) -> None:
    place = tmp_path / "BABA/2025-11-30/BABA-2025-11-30.xlsx"
    place.mkdir(parents=True)
    asked = build("--outputs", tmp_path)
    assert asked.exit_code == 2
    is_told(asked.stderr)
    assert "a folder stands where the file should" in asked.stderr
    assert place.is_dir()


def test_a_file_where_the_outputs_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("kept")
    asked = build("--outputs", tmp_path / "outputs")
    assert asked.exit_code == 2
    is_told(asked.stderr)
    assert "could not be written" in asked.stderr
    assert (tmp_path / "outputs").read_text() == "kept"


def _zip(path: Path, **parts: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


NO_REPORTS = {
    "nowhere.xlsx": None,
    "text.xlsx": b"price,157.3\n",
    "empty.xlsx": b"",
    "old.xls": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
    "paper.pdf": b"%PDF-1.7\n",
    "zero.xlsx": bytes(4096),
}


@pytest.mark.parametrize("name", [*NO_REPORTS, "folder", "archive.xlsx", "fifo", "link.xlsx"])
@pytest.mark.parametrize("options", [[], ["--json"], ["--json", "--headline"]], ids=str)
def test_a_file_that_is_no_report_is_told(tmp_path: Path, name: str, options: list[str]) -> None:
    path = tmp_path / name
    content = NO_REPORTS.get(name)
    if content is not None:
        path.write_bytes(content)
    elif name == "folder":
        path.mkdir()
    elif name == "archive.xlsx":
        _zip(path, readme="no workbook")
    elif name == "fifo":
        os.mkfifo(path)
    elif name == "link.xlsx":
        path.symlink_to(tmp_path / "nowhere")
    asked = run("show", path, *options)
    assert asked.exit_code == 2
    is_told(asked.stderr)
    assert name in asked.stderr
    assert not asked.stdout


def test_a_workbook_of_someone_else_is_no_report(tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415 - slow, and only this test makes such a file

    book = openpyxl.Workbook()
    book.active["A1"] = "price"
    book.save(tmp_path / "theirs.xlsx")
    asked = run("show", tmp_path / "theirs.xlsx")
    assert asked.exit_code == 2
    is_told(asked.stderr)
    assert "theirs.xlsx" in asked.stderr


@pytest.mark.parametrize("kept", [0.2, 0.9, 0.999])
def test_a_report_cut_short_is_told(built_bytes: bytes, tmp_path: Path, kept: float) -> None:
    path = tmp_path / "short.xlsx"
    path.write_bytes(built_bytes[: int(len(built_bytes) * kept)])
    asked = run("show", path)
    assert asked.exit_code == 2
    is_told(asked.stderr)
