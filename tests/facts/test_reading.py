"""Whatever stands where a file should be, the answer is a message."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import InputErrors, quote
from reportgen.facts.pack import load
from reportgen.facts.reading import text_files
from tests.facts.pack_folder import AS_OF

if TYPE_CHECKING:
    from pathlib import Path

    from tests.facts.pack_folder import PackFolder


def test_a_folder_in_the_place_of_a_file_is_told(folder: PackFolder) -> None:
    folder.path("targets.csv").unlink()
    folder.path("targets.csv").mkdir()
    assert folder.errors() == ["inputs/ACME/targets.csv: is a folder; expected a plain file"]


def test_a_pipe_in_the_place_of_a_file_is_told_without_waiting(folder: PackFolder) -> None:
    folder.path("targets.csv").unlink()
    os.mkfifo(folder.path("targets.csv"))
    assert folder.errors() == ["inputs/ACME/targets.csv: is not a file; expected a plain file"]


def test_a_linked_folder_may_not_lead_out_of_the_inputs(folder: PackFolder, tmp_path: Path) -> None:
    market = folder.path("market/fx.csv").parent
    market.rename(tmp_path / "elsewhere")
    market.symlink_to(tmp_path / "elsewhere")
    assert "is a link that leads out of the inputs" in folder.errors()[0]


def test_a_link_is_followed_inside_the_inputs_and_refused_out_of_them(
    folder: PackFolder, tmp_path: Path
) -> None:
    targets = folder.path("targets.csv")
    text = targets.read_text(encoding="utf-8")
    targets.unlink()
    folder.write("market/shared.csv", text)
    targets.symlink_to(folder.path("market/shared.csv"))
    assert len(folder.load().targets) == 2
    targets.unlink()
    outside = tmp_path / "outside.csv"
    outside.write_text(text, encoding="utf-8")
    targets.symlink_to(outside)
    assert "is a link that leads out of the inputs" in folder.errors()[0]
    outside.unlink()
    assert "is a link that leads nowhere" in folder.errors()[0]


def test_a_file_that_becomes_a_link_while_it_is_opened_is_not_followed(
    folder: PackFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets, outside = folder.path("targets.csv"), tmp_path / "outside.csv"
    targets.rename(outside)
    targets.symlink_to(outside)
    monkeypatch.setattr("pathlib.Path.is_symlink", lambda _: False)  # as it was a moment ago
    (error,) = folder.errors()
    assert "inputs/ACME/targets.csv: cannot be read" in error


def test_what_editors_leave_beside_a_file_is_no_misspelt_table(folder: PackFolder) -> None:
    for name in ("~$targets.xlsx", ".#targets.csv", "#targets.csv#", ".targets.csv.swp"):
        folder.write(f"ACME/{name}", "")
    assert folder.load().warnings == ()


def test_a_company_folder_that_leads_out_of_the_inputs_is_refused(
    folder: PackFolder, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder.inputs / "EVIL").symlink_to(tmp_path / "elsewhere")
    assert "there is no such folder" in folder.errors(ticker="EVIL")[0]


@pytest.mark.parametrize(
    "ticker",
    ["", ".", "..", "../ACME", "ACME/../ACME", "/etc", "A\x00", "a\nb", "nul", "x" * 99, "~"],
)
def test_a_ticker_cannot_leave_the_inputs(folder: PackFolder, ticker: str) -> None:
    (error,) = folder.errors(ticker=ticker)
    assert "cannot name a file" in error or "keeps for a device" in error


def test_a_misspelt_ticker_is_met_with_the_one_meant(folder: PackFolder) -> None:
    assert folder.errors(ticker="ACNE") == [
        "inputs/ACNE: there is no such folder; expected a company's input pack; did you mean ACME?"
    ]


def test_no_inputs_at_all_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match="there is no such folder"):
        load("ACME", as_of=AS_OF, inputs=tmp_path / "inputs")


@pytest.mark.parametrize("name", ["../fx", "/etc/passwd", "..", "a/b", "con"])
def test_a_benchmark_cannot_leave_the_market_folder(folder: PackFolder, name: str) -> None:
    folder.replace("company.yaml", "benchmark:", f'benchmark: "{name}"')
    (error,) = folder.errors()
    assert error.startswith(f'inputs/ACME/company.yaml:7 benchmark: "{name}"')


def test_a_file_too_large_to_be_a_table_is_told(
    folder: PackFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_files, "LARGEST", 5000)
    folder.write("targets.csv", "x" * 5001)
    assert folder.errors() == [
        "inputs/ACME/targets.csv: is too large (5,001 bytes); expected at most 5,000 bytes"
    ]


def test_a_description_too_large_to_be_one_is_told_at_once(folder: PackFolder) -> None:
    folder.write("company.yaml", "peers: [" + "a, " * 100_000)
    assert folder.errors() == [
        "inputs/ACME/company.yaml: is too large (300,008 bytes); expected a page of YAML"
    ]


def test_a_file_that_may_not_be_read_is_told(
    folder: PackFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(text_files.os, "open", refuse)
    assert "cannot be read (Permission denied)" in folder.errors()[0]


def test_a_cell_longer_than_a_workbook_can_hold_is_told(folder: PackFolder) -> None:
    note = "x" * 32_768
    folder.append("claims.csv", f"price,ADS,98,USD,=,,2025-11-28,wire,,{note}")
    assert folder.errors() == [
        (
            "inputs/ACME/claims.csv:3 note: holds 32,768 characters; "
            "expected at most 32,767, the most a cell holds"
        )
    ]
    folder.replace("claims.csv", note, note[1:])
    assert set(folder.load().claims["note"]) == {"", note[1:]}


def test_a_cell_longer_than_any_cell_is_told_and_the_rest_is_read(folder: PackFolder) -> None:
    folder.append("claims.csv", "x" * 140_000, "price,ADS,98,EURO,=,,2025-11-28,wire,,")
    first, second = folder.errors()
    assert first.startswith("inputs/ACME/claims.csv:3: has a cell of more than 131,072 characters")
    assert second.startswith('inputs/ACME/claims.csv:4 unit: "EURO" is not money')


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-x", "@SUM(A1)", "\x00\x01", "\x1b[31m", "a\tb", "_x0041_", "http://x"]
)
def test_text_of_any_kind_stays_the_text_it_is(folder: PackFolder, text: str) -> None:
    folder.append("claims.csv", f'price,ADS,98,USD,=,,2025-11-28,wire,,"{text}"')
    assert set(folder.load().claims["note"]) == {"", text}


def test_a_cell_of_several_lines_is_kept_and_later_lines_keep_their_numbers(
    folder: PackFolder,
) -> None:
    folder.append(
        "claims.csv", 'price,ADS,98,USD,=,,2025-11-28,wire,,"one\ntwo"', "price,ADS,x,USD"
    )
    (error,) = folder.errors()
    assert error.startswith("inputs/ACME/claims.csv:5")


def test_a_message_cannot_steer_the_terminal(folder: PackFolder) -> None:
    folder.replace("targets.csv", "130", "\x1b[2J130")
    assert "\x1b" not in folder.errors()[0]
    assert quote("a\x1bb\n\u202e" + "x" * 99).isprintable()


def test_text_that_looks_like_a_number_or_nothing_stays_text(folder: PackFolder) -> None:
    folder.replace("targets.csv", "Coyote", "0700").replace("targets.csv", "Roadrunner", "NA")
    assert list(folder.load().targets["broker"]) == ["0700", "NA"]


def test_a_misspelt_file_is_warned_of(folder: PackFolder) -> None:
    folder.path("targets.csv").rename(folder.path("target.csv"))
    assert folder.warnings() == [
        (
            "inputs/ACME/target.csv: is not a file of a pack and was not read; "
            "did you mean targets.csv?"
        )
    ]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "published,broker,target,currency,line,horizon_months,kind,rating",
            "lacks the column source",
        ),
        ("published,broker,price,ccy,source", "lacks the columns target, currency"),
        (
            "published,broker,target,currency,lines,source",
            'has a column "lines"; expected line; rename it',
        ),
        (
            "published,broker,target,currency,source,Source",
            "source: stands in the header twice; rename one of them",
        ),
    ],
)
def test_a_header_that_will_not_do_is_told(folder: PackFolder, header: str, message: str) -> None:
    folder.write("targets.csv", header + "\n")
    assert message in folder.errors()[0]


def test_a_column_that_is_not_used_is_warned_of(folder: PackFolder) -> None:
    folder.write("targets.csv", "Published , BROKER,target,currency,source,desk\n")
    assert folder.warnings() == [
        'inputs/ACME/targets.csv:1: has a column "desk", which is not used'
    ]


@pytest.mark.parametrize(
    ("ticker", "told"),
    [
        (
            "../x",
            'inputs: "../x" cannot name a file (letters, digits and',
        ),
        ("CON", 'inputs: "CON" is a name that Windows keeps for a device'),
        ("A B", "inputs/A B: there is no such folder"),
    ],
)
def test_nobody_is_sent_to_make_a_pack_that_cannot_be_made(
    folder: PackFolder, ticker: str, told: str
) -> None:
    (error,) = folder.errors(ticker=ticker)
    assert error.startswith(told)
    assert ("reportgen new" in error) == (ticker == "A B")
    assert "new A B" not in error


@pytest.mark.parametrize(
    ("letter", "told"),
    [
        ("\u202e", "holds an invisible direction mark (U+202E); expected text on one line; type"),
        ("\u200b", "holds an invisible mark (U+200B); expected text on one line; type it anew"),
        ("\u00a0", "holds a space of its own kind (U+00A0); expected text on one line"),
        ("\x07", "holds a line break or control character; expected text on one line"),
    ],
)
def test_a_character_that_nobody_sees_is_told_by_its_kind(
    folder: PackFolder, letter: str, told: str
) -> None:
    folder.replace("targets.csv", "Coyote", f"Coy{letter}ote")
    (error,) = folder.errors()
    assert told in error
    folder.replace("targets.csv", f"Coy{letter}ote", "Coyote")
    folder.replace("company.yaml", "Acme Corporation", f'"Acme\\u{ord(letter):04x}Corporation"')
    assert any(told in one for one in folder.errors())


def test_a_blank_unit_is_told_before_the_value_is_filled_in(folder: PackFolder) -> None:
    row = "2025-10-01,all,anvils,base_metric,700,USD m,house,"
    folder.replace("assumptions.csv", row, "2025-10-01,all,anvils,base_metric,,,house,")
    unit, value = sorted(folder.errors())
    assert unit.endswith("unit: is blank; expected USD m, the reporting currency; fill it in")
    assert " value: is blank; expected the base metric (anvils, all)" in value
    folder.replace("assumptions.csv", "base_metric,,,house", "base_metric,700,,house")
    (told,) = folder.errors()
    assert told.endswith("unit: is blank; expected USD m, the reporting currency; fill it in")
