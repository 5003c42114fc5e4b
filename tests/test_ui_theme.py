"""Day and night: every text can be read on its ground, every edge and ring can be seen."""

import re

import pytest

from assistant.ui.theme import DARK, FONTS, LIGHT, gradio_theme, style_variables

TEXT = [
    ("ink", "paper"),
    ("ink", "raised"),
    ("ink", "sunk"),
    ("ink", "accent-soft"),
    ("ink", "waits-soft"),
    ("quiet", "paper"),
    ("quiet", "raised"),
    ("quiet", "sunk"),
    ("accent", "paper"),
    ("accent", "raised"),
    ("accent", "sunk"),
    ("accent", "accent-soft"),
    ("accent-strong", "paper"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-mark", "mark"),
    ("holds", "holds-soft"),
    ("halted", "halted-soft"),
    ("waits", "waits-soft"),
    ("past", "past-soft"),
]
SIGNS = [("edge", "paper"), ("edge", "raised"), ("focus", "paper"), ("focus", "raised")]
SCHEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_the_known_one() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), TEXT)
@SCHEMES
def test_text_stands_out_from_its_ground(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize(("sign", "ground"), SIGNS)
@SCHEMES
def test_edges_and_rings_stand_out(colours: dict[str, str], sign: str, ground: str) -> None:
    assert contrast(colours[sign], colours[ground]) >= 3


def test_day_and_night_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_every_colour_of_the_style_sheets_is_named_here() -> None:
    from importlib.resources import files

    folder = files("assistant.ui") / "static"
    css = "".join(
        each.read_text(encoding="utf-8")
        for each in folder.iterdir()
        if each.name.endswith(".css") and each.name != "print.css"
    )
    used = set(re.findall(r"var\(--([\w-]+)", css))
    assert used - {"font", "ask-height", "place"} == LIGHT.keys()
    assert not re.search(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", css), "a colour stands outside the theme"


def test_the_styles_name_no_address_and_load_no_font() -> None:
    assert "url(" not in style_variables()
    assert "http" not in style_variables()
    assert FONTS[0] == "system-ui"


def test_gradios_theme_loads_no_style_sheet_of_another_host() -> None:
    assert gradio_theme()._stylesheets == []
