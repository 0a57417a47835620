"""Where the sign-in may lead, address by address."""

import pytest

from routes.access import Recent
from routes.origin import own_address
from routes.reader import preferred_language
from tests.support.door import Door


@pytest.mark.parametrize(
    ("wanted", "address"),
    [
        ("/", "/"),
        ("/camera", "/camera"),
        ("/camera?camera=3&from=2026-01-01", "/camera?camera=3&from=2026-01-01"),
        ("/?site=4", "/?site=4"),
        ("", "/"),
        ("camera", "/"),
        ("/nowhere", "/"),
        ("/camera/deep", "/"),
        ("//camera", "/"),
        ("///camera", "/camera"),
        ("http://camera", "/"),
        ("/camera\\x", "/"),
        ("/camera\n", "/"),
        ("/cámera", "/"),
    ],
)
def test_only_the_plain_address_of_a_screen_is_followed(
    door: Door, wanted: str, address: str
) -> None:
    assert own_address(wanted, door.access) == address


def test_an_answer_is_believed_for_some_seconds_and_then_asked_again() -> None:
    now = [0.0]
    recent = Recent(lambda: now[0])
    recent.put("camera 1", None)
    assert recent.get("camera 1") == (None,), "an absence is an answer, too"
    now[0] = 5.1
    assert recent.get("camera 1") is None


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("kk", "kk"), ("fr,en;q=0.5", "en"), ("*", "ru"), (";;;,,", "ru"), ("RU-ru", "ru")],
)
def test_the_first_known_language_of_a_browser_wins(accepted: str, language: str) -> None:
    assert preferred_language(accepted) == language
