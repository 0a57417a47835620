"""Language and theme: chosen once, remembered, and only by who is signed in."""

import pytest

from data_access.domain.people import Role
from tests.support.door import ADDRESS, Door

FROM_HERE = {"origin": ADDRESS, "referer": f"{ADDRESS}/camera?camera=3"}


def test_a_theme_is_remembered_and_leads_back_to_the_same_view(door: Door) -> None:
    client = door.as_role(Role.OPERATOR)
    answer = client.post("/preferences", data={"theme": "light"}, headers=FROM_HERE)
    assert answer.headers["location"] == "/camera?camera=3"
    assert 'data-theme="light"' in client.get("/").text
    door.as_role(Role.OPERATOR)
    assert 'data-theme="light"' in client.get("/").text, "in the next session, too"


def test_a_language_is_remembered(door: Door) -> None:
    client = door.as_role(Role.CHIEF)
    client.post("/preferences", data={"language": "en"}, headers=FROM_HERE)
    assert '<html lang="en"' in client.get("/").text


@pytest.mark.parametrize(
    "answers", [{}, {"theme": "pink"}, {"language": "de"}, {"theme": "dark", "language": "xx"}]
)
def test_a_choice_that_is_not_offered_is_refused(door: Door, answers: dict[str, str]) -> None:
    client = door.as_role(Role.OPERATOR)
    assert client.post("/preferences", data=answers, headers=FROM_HERE).status_code == 400


def test_another_site_cannot_choose(door: Door) -> None:
    client = door.as_role(Role.OPERATOR)
    headers = {"origin": "https://evil.example"}
    assert client.post("/preferences", data={"theme": "dark"}, headers=headers).status_code == 403


def test_a_referer_from_elsewhere_leads_to_the_start(door: Door) -> None:
    client = door.as_role(Role.OPERATOR)
    headers = {"origin": ADDRESS, "referer": "https://evil.example/phishing"}
    answer = client.post("/preferences", data={"theme": "dark"}, headers=headers)
    assert answer.headers["location"] == "/"


def test_without_a_session_nothing_is_remembered(door: Door) -> None:
    answer = door.as_role(None).post("/preferences", data={"theme": "dark"}, headers=FROM_HERE)
    assert answer.status_code == 401
