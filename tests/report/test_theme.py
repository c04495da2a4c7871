"""A theme file: what may stand in it, up to its limits, and the words of each mistake."""

from __future__ import annotations

import pytest

from reportgen.report.theme import HOUSE, ThemeError, ThemeFile, load_theme, read_theme
from reportgen.resources import template_path

SIDES = "left or center or right or fill or center_across"
FORMAT = "a number format: at most 4 sections and 255 characters, quotes and brackets in pairs"
EDGES = "none or hair or thin or medium"
HUES = "six hexadecimal digits such as 1F3864"
SIZES = "a size of 1 to 409 points"
WHOLE = "a whole number up to 250"
SECTIONS = "font, page, looks, formats, charts"


def told(text: str) -> list[str]:
    """What is wrong with a theme, without the name of its file; nothing where it is one."""
    house = read_theme(template_path(HOUSE).read_text(encoding="utf-8"), HOUSE, None)
    try:
        read_theme(text, "our.yaml", house)
    except ThemeError as error:
        return [line.removeprefix("our.yaml:") for line in str(error).splitlines()]
    return []


@pytest.mark.parametrize(
    "text",
    [
        "name: loud",
        "font: {family: Arial, size: '409'}",
        "font: {size: '1'}",
        "page: {paper: letter}",
        "looks: {title: {indent: '250', bold: '1', align: center_across, valign: top}}",
        "looks: {title: {top: none, bottom: medium, color: C00000, fill: '000000'}}",
        "looks: {title: {}}",
        "formats: {ratio: '0.00% '}",
        "charts: {bull: C00000}",
    ],
)
def test_what_is_as_in_the_house_theme_is_none_the_worse(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("", [f"1: is not a theme; expected sections such as {SECTIONS}, as in house.yaml"]),
        ("- a\n", [f"1: is not a theme; expected sections such as {SECTIONS}, as in house.yaml"]),
        ("{}", [f"1: is not a theme; expected sections such as {SECTIONS}, as in house.yaml"]),
        ("bogus: 1", [f"1 bogus: is not known; a theme has name, {SECTIONS} here"]),
        ("name: x\nfonts: {}", ["2 fonts: is not known; did you mean font?"]),
        ("name: {a: b}", ["1 name: holds more than one value; expected one text"]),
        ("looks: bold", ["1 looks: is not a mapping; expected keys with values"]),
        ("font: {size: '0.9'}", [f'1 font.size: "0.9" is not {SIZES}']),
        ("font: {size: '409.1'}", [f'1 font.size: "409.1" is not {SIZES}']),
        ("font: {size: ten}", [f'1 font.size: "ten" is not {SIZES}']),
        ("font: {famly: x}", ["1 font.famly: is not known; did you mean family?"]),
        (
            f"font: {{family: {'x' * 32}}}",
            [f'1 font.family: "{"x" * 32}" is not the name of a font, of 1 to 31 characters'],
        ),
        ("page: {paper: A5}", ['1 page.paper: "A5" is not A4 or letter']),
        ("page: {size: A4}", ["1 page.size: is not known; a theme has paper here"]),
        ("looks: {titel: {}}", ["1 looks.titel: is not known; did you mean title?"]),
        (
            "looks: {title: {colour: C00000}}",
            ["1 looks.title.colour: is not known; did you mean color?"],
        ),
        *(
            (
                f"looks: {{title: {{indent: '{text}'}}}}",
                [f'1 looks.title.indent: "{text}" is not {WHOLE}'],
            )
            for text in ("251", "-1", "1.5", "x", "\u00b2", "\u0663")
        ),
        (
            "looks: {title: {align: middle, valign: middle}}",
            [
                f'1 looks.title.align: "middle" is not {SIDES}',
                '1 looks.title.valign: "middle" is not top or vcenter or bottom',
            ],
        ),
        (
            "looks: {title: {bottom: fat, top: fat}}",
            [f'1 looks.title.{side}: "fat" is not {EDGES}' for side in ("bottom", "top")],
        ),
        (
            "looks: {title: {bold: yes, italic: '0', wrap: '2'}}",
            [
                '1 looks.title.bold: "yes" is not 1',
                '1 looks.title.italic: "0" is not 1',
                '1 looks.title.wrap: "2" is not 1',
            ],
        ),
        ("formats: {rato: '0'}", ["1 formats.rato: is not known; did you mean ratio?"]),
        (
            "formats: {ratio: {a: b}}",
            ["1 formats.ratio: holds more than one value; expected one text"],
        ),
        (
            "formats: {ratio: '[0'}",
            [f'1 formats.ratio: "[0" is not {FORMAT}'],
        ),
        ("charts: {bul: C00000}", ["1 charts.bul: is not known; did you mean bull?"]),
        (
            "font: {size: '0'}\nlooks:\n  title: {color: red, fill: blue}\ncharts: {bull: C0000}",
            [
                f'1 font.size: "0" is not {SIZES}',
                f'3 looks.title.color: "red" is not {HUES}',
                f'3 looks.title.fill: "blue" is not {HUES}',
                f'4 charts.bull: "C0000" is not {HUES}',
            ],
        ),
    ],
)
def test_every_mistake_of_a_theme_is_told_with_its_place(text: str, mistakes: list[str]) -> None:
    assert told(text) == mistakes


@pytest.mark.parametrize(("text", "name"), [("name: loud", "loud"), ("name: ''", "our.yaml")])
def test_a_theme_without_a_name_bears_that_of_its_file(text: str, name: str) -> None:
    nothing = ThemeFile("house", {}, {}, {}, {}, {})
    assert read_theme(text, "our.yaml", nothing).name == name


def test_what_a_theme_leaves_out_is_as_in_the_house_theme() -> None:
    house = load_theme()
    kept = ThemeFile(
        house.name, {"size": "10"}, {"paper": "A4"}, {"title": {"bold": "1"}}, {"ratio": "0%"}, {}
    )
    ours = read_theme("font: {size: '9'}\nformats: {ratio: '0.0%'}", "our.yaml", kept)
    assert ours == kept._replace(name="our.yaml", font={"size": "9"}, formats={"ratio": "0.0%"})
