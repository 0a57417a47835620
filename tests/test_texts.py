"""Every text in three languages: none missing, none left over, none written past the catalogues."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TypeGuard

import pytest
from babel.messages.pofile import read_po

from data_access.domain.words import Language

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (
    "app.py",
    "server.py",
    "pages",
    "components",
    "routes",
    "data_access",
    "detection_worker",
    "cli",
    "demo",
)
SCREENS = ("app.py", "pages", "components")
MARKS = frozenset({"_", "N_"})

SPEAKING = frozenset(
    {
        "area_chart",
        "bar_chart",
        "button",
        "caption",
        "checkbox",
        "date_input",
        "download_button",
        "error",
        "expander",
        "file_uploader",
        "form_submit_button",
        "header",
        "info",
        "link_button",
        "markdown",
        "metric",
        "multiselect",
        "number_input",
        "pills",
        "popover",
        "radio",
        "segmented_control",
        "select_slider",
        "selectbox",
        "slider",
        "spinner",
        "status",
        "subheader",
        "success",
        "tab",
        "tabs",
        "text",
        "text_area",
        "text_input",
        "time_input",
        "title",
        "toast",
        "toggle",
        "warning",
        "write",
    }
)
"""Calls of Streamlit whose first argument a person reads."""
SPOKEN = frozenset({"label", "help", "placeholder", "caption", "title", "body", "message"})
"""Arguments that a person reads, in those calls and in charts."""


def files_of(names: tuple[str, ...]) -> list[Path]:
    paths = [ROOT / name for name in names]
    return [
        file
        for path in paths
        for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])
        if "migrations" not in file.parts
    ]


@cache
def used() -> dict[str, str]:
    """Each text that the sources mark, and a place where it stands."""
    found: dict[str, str] = {}
    for file in files_of(SOURCES):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            text = marked_text(call)
            if text is not None:
                found[text] = f"{file.relative_to(ROOT)}:{call.lineno}"  # type: ignore[attr-defined]
    return found


def marked_text(node: ast.AST) -> str | None:
    """The text in ``_("…")`` or ``N_("…")``, in an f-string, too."""
    if is_marking(node) and isinstance(node.args[0], ast.Constant):
        return str(node.args[0].value)
    return None


def test_no_text_is_marked_after_it_was_filled() -> None:
    """``_(f"…")`` and ``_("…" + x)`` never match a catalogue: the value comes by ``format``."""
    filled = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in files_of(SOURCES)
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if is_marking(call) and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert not filled


def is_marking(node: ast.AST) -> TypeGuard[ast.Call]:
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return named and node.func.id in MARKS and bool(node.args)  # type: ignore[attr-defined]


@cache
def catalogue(language: Language) -> dict[str, str]:
    path = ROOT / "locales" / language / "LC_MESSAGES" / "qala.po"
    with path.open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id}


@pytest.mark.parametrize("language", Language)
def test_every_text_is_in_the_catalogue_and_not_empty(language: Language) -> None:
    texts = catalogue(language)
    missing = {text: place for text, place in used().items() if not texts.get(text, "").strip()}
    assert not missing


@pytest.mark.parametrize("language", Language)
def test_no_text_is_left_over_from_what_is_gone(language: Language) -> None:
    assert not set(catalogue(language)) - set(used())


@pytest.mark.parametrize("language", Language)
def test_the_places_for_values_are_the_same_in_every_language(language: Language) -> None:
    texts = catalogue(language)
    unlike = {
        text: texts[text]
        for text in used()
        if texts.get(text) and places(text) != places(texts[text])
    }
    assert not unlike


def places(text: str) -> set[str]:
    return {name for _text, name, _form, _conversion in Formatter().parse(text) if name is not None}


def test_the_places_have_names() -> None:
    assert not [text for text in used() if "" in places(text)]


def test_english_is_the_source_itself() -> None:
    assert all(text == said for text, said in catalogue(Language.ENGLISH).items())


@pytest.mark.parametrize("language", [Language.RUSSIAN, Language.KAZAKH])
def test_russian_and_kazakh_are_written_in_their_own_letters(language: Language) -> None:
    words = {text: re.sub(r"{\w*}", "", said) for text, said in catalogue(language).items()}
    latin = {text for text, said in words.items() if re.search(r"[A-Za-z]{3,} +[A-Za-z]{2,}", said)}
    assert not {text for text in latin if not re.search(r"[а-яәғқңөұүһі]{2}", words[text], re.I)}


def test_kazakh_is_not_russian() -> None:
    russian, kazakh = catalogue(Language.RUSSIAN), catalogue(Language.KAZAKH)
    long = [text for text in kazakh if len(russian.get(text, "")) > 25]
    same = [text for text in long if russian[text] == kazakh[text]]
    assert not same


@pytest.mark.parametrize("file", files_of(SCREENS), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_screen_speaks_past_the_catalogues(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    assert not [f"{file.name}:{line}: {text!r}" for line, text in spoken_literals(tree)]


def spoken_literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Words in quotes that are handed to a person without the function ``_``."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            for argument in read_arguments(call, call.func.attr):
                yield from literal_words(argument)


def read_arguments(call: ast.Call, name: str) -> list[ast.expr]:
    if name not in SPEAKING:
        return []
    named = [keyword.value for keyword in call.keywords if keyword.arg in SPOKEN]
    return [*call.args[:1], *named]


def literal_words(argument: ast.expr) -> Iterator[tuple[int, str]]:
    """The literal itself, or the literal parts of an f-string, of a list and of a choice."""
    if isinstance(argument, ast.Constant) and is_words(argument.value):
        yield argument.lineno, str(argument.value)
    inner: list[ast.expr] = []
    if isinstance(argument, ast.JoinedStr):
        inner = argument.values
    elif isinstance(argument, ast.List | ast.Tuple):
        inner = argument.elts
    elif isinstance(argument, ast.IfExp):
        inner = [argument.body, argument.orelse]
    elif isinstance(argument, ast.BinOp):
        inner = [argument.left, argument.right]
    for part in inner:
        yield from literal_words(part)


def is_words(value: object) -> bool:
    """Words of a language; not markup, an icon, one letter, a name in capitals (CSV), a plate."""
    if not isinstance(value, str):
        return False
    plain = re.sub(r":material/\w+:|<[^>]*>|&\w+;|https?://\S+|\b[A-Z]{2,5}\b", " ", value)
    return re.search(r"[^\W\d_]{2,}", plain) is not None


@pytest.mark.parametrize(
    ("source", "caught"),
    [
        ('st.button("Confirm")', True),
        ('st.button(_("Confirm"))', False),
        ('st.metric("—", 1)', False),
        ('left.markdown(f"Cameras: {count}")', True),
        ('st.selectbox(_("Kind"), kinds, help="Choose")', True),
        ('st.tabs(["Day", _("Week")])', True),
        ('st.write(_("A") if x else "Bad")', True),
        ('st.markdown("<b>&nbsp;</b>")', False),
        ('st.session_state.get("key")', False),
        ('st.caption(":material/map:")', False),
        ('st.button("CSV")', False),
        ('visit.text("Map")', True),
    ],
)
def test_the_search_for_literals_finds_what_it_should(source: str, caught: bool) -> None:
    assert bool(list(spoken_literals(ast.parse(source)))) is caught
