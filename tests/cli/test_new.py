from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from reportgen.scaffold import FILES
from tests.cli.running import AS_OF, run
from tests.intake.new_company import closes, written

COMPANY = {
    "name": "Acme Corporation",
    "exchange": "NYSE",
    "price_currency": "USD",
    "reporting_currency": "USD",
    "fiscal_year_end": '"12-31"',
}


QUARTERS = (("2025-09-30", "FY2025-Q3"), ("2025-06-30", "FY2025-Q2"))


OLDER = (("2025-03-31", "FY2025-Q1"), ("2024-12-31", "FY2024-Q4"))


RESULTS = {  # metric: value and unit
    "shares_diluted": ("50", "m"),
    "net_cash": ("(120.5)", "USD m"),
    "investments": ("0", "USD m"),
    "eps": ("1.5", "USD/ADS"),
    "revenue": ("1,000", "USD m"),
}


ASSUMED = {  # key: values of bear, base and bull, or of all
    "base_metric": ("4000",),
    "growth": ("0%", "5%", "10%"),
    "multiple": ("1", "1.5", "2"),
    "conglomerate_discount": ("0", "0", "0"),
    "investment_haircut": ("0.3", "0.3", "0.3"),
    "eps_growth": ("-5%", "5%", "15%"),
    "pe_multiple": ("12", "15", "18"),
    "cost_of_equity": ("9%",),
    "terminal_growth": ("3%",),
    "dividend": ("1.2",),
    "cash_conversion": ("0.9",),
}


UNITS = {"base_metric": "USD m", "dividend": "USD/ADS"}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack that was just started."""
    asked = run("new", "ACME", "--inputs", tmp_path / "inputs")
    assert asked.exit_code == 0, asked.output
    return tmp_path / "inputs/ACME"


def fill_in(pack: Path) -> None:
    """Do what a person does who reads README.txt."""
    company = pack / "company.yaml"
    text = company.read_text()
    for key, value in COMPANY.items():
        text = re.sub(rf"^{key}:", f"{key}: {value}", text, flags=re.MULTILINE)
    company.write_text(text)
    closes = "Date,Close\n2025-10-31,98.5\n2025-11-28,99.25\n"
    (pack / "prices.csv").write_text(closes)
    _rewrite(pack / "fundamentals.csv", _results)
    _rewrite(pack / "assumptions.csv", _assumed)


def _rewrite(path: Path, fill: object) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        assert callable(fill)
        writer.writerows(fill(rows))


def _results(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    quarters = iter((*QUARTERS, *OLDER))
    for row in rows:
        value, unit = RESULTS[row["metric"]]
        end, period = QUARTERS[0][0], QUARTERS[0][0]
        if row["metric"] == "eps":
            end, period = next(quarters)
        elif row["metric"] == "revenue":
            end, period = QUARTERS[0]
            row["yoy"] = "8%"
        row |= {"period_end": end, "period": period, "value": value, "unit": unit}
        row["published"] = "2025-10-20"
    return rows


def _assumed(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    values = {key: iter(given) for key, given in ASSUMED.items()}
    for row in rows:
        row["published"] = "2025-10-21"
        row["value"] = row["value"] or next(values[row["key"]])
        row["unit"] = row["unit"] or UNITS[row["key"]]
    return rows


def test_a_new_pack_names_its_files_and_the_next_step(tmp_path: Path) -> None:
    asked = run("new", "ACME", "--inputs", tmp_path)
    said = asked.stdout.splitlines()
    assert said[: len(FILES)] == [str(tmp_path / "ACME" / name) for name in FILES]
    assert [name.partition(".")[0] for name in FILES] == [
        *("README", "company", "prices", "fundamentals", "assumptions", "sources", "targets"),
        *("estimates", "claims", "products", "peers", "arguments", "events", "actions"),
        *("overrides", "confirmed"),
    ]
    assert said[-1].strip() == "reportgen check ACME --as-of last-month-end"
    assert {path.name for path in (tmp_path / "ACME").iterdir()} == set(FILES)
    assert {path.name for path in tmp_path.iterdir()} == {"ACME", "market"}


@pytest.mark.parametrize("as_of", [AS_OF, "last-month-end"])
def test_check_names_every_blank_with_its_place_and_what_belongs_there(
    pack: Path, as_of: str
) -> None:
    asked = run("check", "ACME", "--as-of", as_of, "--inputs", pack.parent)
    assert asked.exit_code == 2
    said = set(asked.stdout.splitlines()[:-1])
    assert {
        "inputs/ACME/company.yaml:5 name: is blank; expected the company's name; fill it in",
        "inputs/ACME/prices.csv:2 Date: is blank; expected a day as YYYY-MM-DD",
        'inputs/ACME/prices.csv:2 Close: "fill in" is not a number; expected the close of the day',
        (
            "inputs/ACME/assumptions.csv:7 value: is blank; "
            "expected the growth (main, base), in ratio"
        ),
    } <= said
    assert all(
        re.search(r":\d+ \w+: (is blank|\"fill in\" is not a number); ", line) for line in said
    )
    assert said == {line for line in said if not line.startswith("warning")}
    for name in ("assumptions.csv", "fundamentals.csv"):
        for line_no, cells in _blanks(pack / name):
            told = {line.split(": ")[0] for line in said}
            assert {f"inputs/ACME/{name}:{line_no} {cell}" for cell in cells} <= told


def _blanks(path: Path) -> list[tuple[int, list[str]]]:
    """Lines and columns that a person must fill in; a company without a benchmark has no beta."""
    needed = ("period_end", "period", "published", "value")
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (number, [name for name in needed if row.get(name, "x") in {"", "fill in"}])
            for number, row in enumerate(csv.DictReader(file), start=2)
            if row.get("key") != "benchmark_beta"
        ]


def test_a_filled_pack_is_sound_and_builds(pack: Path, tmp_path: Path) -> None:
    fill_in(pack)
    checked = run("check", "ACME", "--as-of", AS_OF, "--inputs", pack.parent)
    assert checked.exit_code == 0, checked.stdout
    assert "warning" not in checked.stdout.splitlines()[0]
    outputs = tmp_path / "outputs"
    built = run(*("build", "ACME", "--as-of", AS_OF, "--inputs", pack.parent, "--outputs", outputs))
    assert built.exit_code == 0, built.output
    assert "Acme Corporation (ACME) as of 2025-11-30" in built.stdout


def test_rates_that_are_there_are_kept(tmp_path: Path) -> None:
    rates = tmp_path / "market/fx.csv"
    rates.parent.mkdir()
    rates.write_text("Date,USD\n2025-11-28,1.16\n")
    asked = run("new", "ACME", "--inputs", tmp_path)
    assert rates.read_text() == "Date,USD\n2025-11-28,1.16\n"
    assert "fx.csv" not in asked.stdout


def test_whatever_stands_in_the_place_of_a_pack_is_left_as_it_is(tmp_path: Path) -> None:
    for name, make in (("FILE", Path.touch), ("DIR", Path.mkdir)):
        make(tmp_path / name)
    (tmp_path / "LINK").symlink_to(tmp_path / "nowhere")
    before = sorted(tmp_path.iterdir())
    for name in ("FILE", "DIR", "LINK"):
        asked = run("new", name, "--inputs", tmp_path)
        assert asked.exit_code == 2
        assert f"{tmp_path / name} is there already and is left as it is" in asked.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_second_company_joins_the_first(tmp_path: Path) -> None:
    assert run("new", "ACME", "--inputs", tmp_path).exit_code == 0
    before = (tmp_path / "ACME/company.yaml").read_bytes()
    assert run("new", "BOLT", "--inputs", tmp_path).exit_code == 0
    assert (tmp_path / "ACME/company.yaml").read_bytes() == before
    assert 'ticker: "BOLT"' in (tmp_path / "BOLT/company.yaml").read_text()


def test_a_pack_that_cannot_be_completed_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device", str(tmp_path / "ACME"))

    monkeypatch.setattr("pathlib.Path.write_text", full_disk)
    asked = run("new", "ACME", "--inputs", tmp_path)
    assert asked.exit_code == 2
    assert "No space left on device" in asked.stderr
    assert not any(tmp_path.iterdir())


def test_a_pack_begins_with_files_and_says_what_comes_next(tmp_path: Path) -> None:
    written(tmp_path / "downloads", ACME__csv=closes(60, 1.2), INDX__csv=closes(60, 1.0))
    inputs = tmp_path / "inputs"
    asked = run(
        *("new", "ACME", "--from", tmp_path / "downloads/ACME.csv"),
        *(tmp_path / "downloads/INDX.csv", "--benchmark", "INDX", "--inputs", inputs),
    )
    assert asked.exit_code == 0, asked.output
    assert f"+ 61 rows: {inputs / 'ACME/prices.csv'}" in asked.stdout
    assert "reportgen reaffirm ACME --all probability --suggested --author NAME" in asked.stdout
    assert "nothing is suggested for cost_of_equity: company.yaml names no price_currency" in (
        asked.stdout
    )
    assert {path.name for path in (inputs / "market").iterdir()} >= {"fx.csv", "INDX.csv"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("a.csv",), "Name files behind --from."),
        (("--benchmark", "INDX"), "are for --from"),
        (("--from", "no.csv"), "no.csv: there is no such file"),
        (("--from", "no.csv", "--benchmark", "../x"), "--benchmark: "),
        (("--from", "no.csv", "--map", "pts"), "has no map"),
    ],
)
def test_what_a_pack_cannot_begin_with_is_told(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    asked = run("new", "ACME", *arguments, "--inputs", tmp_path / "inputs")
    assert asked.exit_code == 2
    assert told in asked.stderr
    assert not (tmp_path / "inputs/ACME").exists()
