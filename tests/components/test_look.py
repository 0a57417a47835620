"""The colours: readable by everyone, and the same in all the places that need them."""

import re
import tomllib
from itertools import product
from pathlib import Path

import pytest

from components.look import THEMES, Palette, palette, plotly_template
from data_access.domain.words import Language

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
TEXT_AA, SHAPE_AA = 4.5, 3.0
"""WCAG 2.2, success criteria 1.4.3 (text) and 1.4.11 (parts of graphics)."""

READ = ("text", "quiet", "accent", "urgent", "waiting", "off")
GROUNDS = ("background", "surface")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "name", "ground"), product(THEMES, READ, GROUNDS))
def test_everything_that_is_read_stands_out(theme: str, name: str, ground: str) -> None:
    colours = palette(theme)
    assert contrast(getattr(colours, name), getattr(colours, ground)) >= TEXT_AA


@pytest.mark.parametrize(("theme", "ground"), product(THEMES, ("accent", "urgent")))
def test_words_on_a_filled_button_stand_out(theme: str, ground: str) -> None:
    colours = palette(theme)
    on = {"accent": colours.on_accent, "urgent": colours.on_urgent}[ground]
    assert contrast(on, getattr(colours, ground)) >= TEXT_AA


@pytest.mark.parametrize(("theme", "ground"), product(THEMES, GROUNDS))
def test_every_line_of_a_chart_stands_out(theme: str, ground: str) -> None:
    colours = palette(theme)
    assert all(contrast(one, getattr(colours, ground)) >= SHAPE_AA for one in colours.series)


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_urgent_is_not_what_waits(theme: str) -> None:
    colours = palette(theme)
    assert colours.urgent not in colours.series
    assert colours.waiting not in colours.series
    assert colours.accent not in (colours.urgent, colours.waiting)


@pytest.mark.parametrize("theme", THEMES)
def test_streamlit_has_the_same_colours(theme: str) -> None:
    colours, config = palette(theme), CONFIG["theme"][theme]
    assert config["primaryColor"] == colours.accent
    assert config["backgroundColor"] == colours.background
    assert config["secondaryBackgroundColor"] == colours.surface
    assert config["textColor"] == colours.text
    assert config["borderColor"] == colours.line
    assert config["redColor"] == colours.urgent
    assert config["orangeColor"] == config["yellowColor"] == colours.waiting
    assert config["grayColor"] == colours.off
    assert config["greenColor"] == colours.accent, "green is never a decoration"
    assert tuple(config["chartCategoricalColors"]) == colours.series


@pytest.mark.parametrize(("theme", "sheet"), product(THEMES, ("qala.css", "sign_in.css")))
def test_the_style_sheets_have_the_same_colours(theme: str, sheet: str) -> None:
    css = (ROOT / "static" / sheet).read_text("utf-8")
    block = re.search(rf':root\[data-theme="{theme}"\] {{(.*?)}}', css, re.DOTALL)
    assert block
    named = dict(re.findall(r"--(?:q-)?([a-z-]+): (#[0-9a-f]{6});", block[1]))
    assert named
    assert named == {name: colour_of(palette(theme), name) for name in named}


def colour_of(colours: Palette, name: str) -> str:
    return str(getattr(colours, name.replace("-", "_")))


def test_numbers_on_charts_are_written_as_everywhere() -> None:
    assert plotly_template("dark", Language.RUSSIAN).layout.separators == ",\u202f"
    assert plotly_template("light", Language.ENGLISH).layout.separators == ".\u202f"


def test_nothing_of_streamlit_calls_home() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["enableAgentApi"] is False
    assert CONFIG["server"]["enableStaticServing"] is False
    assert CONFIG["server"]["enableXsrfProtection"] is True
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert "http" not in (ROOT / "static" / "qala.css").read_text("utf-8")
