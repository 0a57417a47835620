"""The program in the browser: compressed, kept, and whole for whoever cannot unpack."""

import pytest
from starlette.responses import PlainTextResponse

from routes.program import CompressedProgram
from server import STREAMLIT
from tests.support.door import TestClient

SCRIPT = max((STREAMLIT / "static" / "js").iterdir(), key=lambda path: path.stat().st_size)
ADDRESS = f"/static/js/{SCRIPT.name}"


@pytest.fixture
def browser() -> TestClient:
    return TestClient(CompressedProgram(PlainTextResponse("passed on"), STREAMLIT))


def test_a_script_comes_compressed_and_is_the_same(browser: TestClient) -> None:
    answer = browser.get(ADDRESS)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.content == SCRIPT.read_bytes()
    assert int(answer.headers["Content-Length"]) < SCRIPT.stat().st_size / 2


def test_a_browser_that_cannot_unpack_gets_it_as_it_is(browser: TestClient) -> None:
    answer = browser.get(ADDRESS, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in answer.headers
    assert answer.content == SCRIPT.read_bytes()


@pytest.mark.parametrize("path", ["/", "/static/js/nothing.js", "/static/js/..%2F..%2Findex.html"])
def test_everything_else_is_passed_on(browser: TestClient, path: str) -> None:
    assert browser.get(path).text == "passed on"
