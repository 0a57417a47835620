"""What our style sheet and script lean on inside Streamlit; a new release may move it."""

import re
from functools import cache
from pathlib import Path

from server import STREAMLIT

STATIC = Path(__file__).resolve().parent.parent / "static"

PARTS = ("index", "src", "utils", "Html", "lib", "Icon", "DynamicIcon", "InputInstructions")
"""Streamlit's own frame; its charts and maps come in scripts of many megabytes."""


@cache
def bundle() -> str:
    folder = STREAMLIT / "static" / "js"
    scripts = [script for name in PARTS for script in sorted(folder.glob(f"{name}.*.js"))]
    return "\n".join(script.read_text("utf-8") for script in scripts)


def test_every_part_that_the_style_sheet_names_exists() -> None:
    css = (STATIC / "qala.css").read_text("utf-8")
    named = set(re.findall(r'data-testid="(\w+)"', css))
    assert named
    assert not {name for name in named if f"`{name}`" not in bundle()}


def test_the_state_of_the_sidebar_is_still_called_so() -> None:
    assert '"data-collapsed"' in bundle()


def test_streamlit_still_looks_for_the_theme_where_the_script_puts_it() -> None:
    keys = re.findall(r"=(\d+),\w+=`(stActiveTheme-)\$\{window\.location\.pathname\}`", bundle())
    assert keys == [("2", "stActiveTheme-")]
    script = (STATIC / "qala.js").read_text("utf-8")
    assert "stActiveTheme-${location.pathname}-v2" in script


def test_streamlit_still_takes_its_address_from_the_page() -> None:
    assert "BACKEND_BASE_URL" in bundle()


def test_no_file_of_ours_asks_another_server() -> None:
    for path in STATIC.iterdir():
        if path.suffix in {".css", ".js", ".svg"}:
            text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
            assert "//" not in re.sub(r"^\s*// .*$", "", text, flags=re.M).replace("; //", ""), path
