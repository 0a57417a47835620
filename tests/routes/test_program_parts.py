"""The parts of the program that the first screen needs, early."""

import pytest

from routes.program_parts import UnknownPart, fetched_now, fetched_soon, first_parts, heavy, parts
from routes.screen import Frame
from server import STREAMLIT

EARLY = first_parts(STREAMLIT)


def test_each_part_is_a_file_that_is_served() -> None:
    assert all((STREAMLIT / address[1:]).is_file() for address in EARLY)
    assert len(set(EARLY)) == len(EARLY)


def test_the_map_comes_with_all_that_it_needs() -> None:
    script = next(address for address in EARLY if "DeckGlJsonChart" in address)
    source = (STREAMLIT / script[1:]).read_text("utf-8")
    needed = [address for address in EARLY if f'"./{address.rpartition("/")[2]}"' in source]
    assert len(needed) > 10


def test_a_part_that_a_new_release_calls_otherwise_is_named() -> None:
    with pytest.raises(UnknownPart, match="NoSuchPart"):
        parts(STREAMLIT, ["NoSuchPart"])


def test_the_sign_in_page_has_the_heavy_files_fetched_and_no_more() -> None:
    chosen = heavy(STREAMLIT, EARLY)
    assert 0 < len(chosen) < 8
    assert fetched_soon(chosen).count('rel="prefetch"') == len(chosen)


def test_the_first_screen_names_each_part_once_and_by_its_kind() -> None:
    frame = Frame.of(STREAMLIT / "index.html")
    page = frame.page("ru", "dark", "nonce", EARLY)
    assert all(page.count(address.rpartition("/")[2]) == 1 for address in EARLY)
    assert page.count('as="font"') == 2
    assert frame.page("ru", "dark", "nonce").count("DeckGlJsonChart") == 0


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/a.js", '<link rel="modulepreload" crossorigin href="/a.js" />'),
        ("/a.css", '<link rel="preload" as="style" crossorigin href="/a.css" />'),
        ("/a.woff2", '<link rel="preload" as="font" crossorigin href="/a.woff2" />'),
    ],
)
def test_a_link_says_what_it_leads_to(address: str, link: str) -> None:
    assert fetched_now([address]) == link
