"""The way in and the way out, as a browser does it."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from httpx import Response
from sqlalchemy import text

from data_access.domain.people import SESSION_COOKIE, Role
from data_access.domain.words import Language
from data_access.language import translator
from data_access.viewers import viewer_of
from tests.support.door import ADDRESS, Door

ORIGIN = {"origin": ADDRESS}


def form_key(page: str) -> str:
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert found
    return found[1]


def sign_in_as(door: Door, login: str, password: str, wanted: str = "/", **more: str) -> Response:
    client = door.as_role(None)
    page = client.get("/login", params={"next": wanted})
    answers = {"login": login, "password": password, "next": wanted, "form": form_key(page.text)}
    answer: Response = client.post("/login", data=answers | more, headers=ORIGIN)
    return answer


def test_the_right_password_opens_the_screen_that_was_asked_for(door: Door) -> None:
    answer = sign_in_as(door, "operator", door.city.password, "/camera?camera=3")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/camera?camera=3"
    token = door.client.cookies[SESSION_COOKIE]
    viewer = viewer_of(door.access.database, token, datetime.now(UTC), active=False)
    assert viewer is not None
    assert viewer.role is Role.OPERATOR


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(door: Door) -> None:
    answer = sign_in_as(door, "operator", door.city.password)
    cookie = next(
        one for one in answer.headers.get_list("set-cookie") if one.startswith(SESSION_COOKIE)
    )
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie, "plain HTTP on the inner network unless QALA_SECURE_COOKIE"


def test_behind_https_every_cookie_is_secure_and_the_browser_stays_there(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind_https = replace(door.access.settings, secure_cookie=True)
    monkeypatch.setattr(door.access, "settings", behind_https)
    answer = door.as_role(None).get("/login?language=en")
    cookies = answer.headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all("Secure" in cookie for cookie in cookies)
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_who_is_signed_in_already_is_not_asked_again(door: Door) -> None:
    answer = door.as_role(Role.CHIEF).get("/login", params={"next": "/violations"})
    assert answer.headers["location"] == "/violations"


@pytest.mark.parametrize(("login", "password"), [("operator", "hunter-2"), ("nobody", "hunter-2")])
def test_a_wrong_name_and_a_wrong_password_sound_alike(
    door: Door, login: str, password: str
) -> None:
    answer = sign_in_as(door, login, password)
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    words = translator(Language.RUSSIAN)("The login or the password is wrong.")
    assert words in answer.text
    assert f'value="{login}"' in answer.text, "the name need not be typed again"
    assert password not in answer.text
    assert SESSION_COOKIE not in door.client.cookies


def test_five_failures_lock_the_name_and_say_until_when(door: Door) -> None:
    for _ in range(5):
        answer = sign_in_as(door, "municipal", "wrong")
    assert answer.status_code == 401
    assert re.search(r"\b\d\d:\d\d\b", answer.text)
    again = sign_in_as(door, "municipal", door.city.password)
    assert again.status_code == 401, "the right password does not help while it is locked"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/live/1.jpg",
    ],
)
def test_the_sign_in_leads_nowhere_but_to_a_screen_of_ours(door: Door, wanted: str) -> None:
    answer = sign_in_as(door, "operator", door.city.password, wanted)
    assert answer.headers["location"] == "/"


def test_a_name_with_markup_comes_back_as_text(door: Door) -> None:
    answer = sign_in_as(door, '"><script>alert(1)</script>', "x")
    assert "<script" not in answer.text


def test_a_form_that_we_did_not_show_is_refused(door: Door) -> None:
    client = door.as_role(None)
    answers = {"login": "operator", "password": door.city.password, "form": "forged"}
    assert client.post("/login", data=answers, headers=ORIGIN).status_code == 403
    client.get("/login")
    assert client.post("/login", data=answers, headers=ORIGIN).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_form_sent_by_another_site_is_refused(door: Door, headers: dict[str, str]) -> None:
    client = door.as_role(None)
    key = form_key(client.get("/login").text)
    answers = {"login": "operator", "password": door.city.password, "form": key}
    assert client.post("/login", data=answers, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("accepted", "words"),
    [("kk-KZ,kk;q=0.9,ru;q=0.8", "Кіру"), ("en-GB", "Sign in"), ("de", "Войти"), ("", "Войти")],
)
def test_the_page_speaks_the_browsers_language_and_russian_otherwise(
    door: Door, accepted: str, words: str
) -> None:
    page = door.as_role(None).get("/login", headers={"accept-language": accepted})
    assert f'<button type="submit">{words}</button>' in page.text


def test_a_language_pressed_on_the_page_is_remembered_with_the_viewer(door: Door) -> None:
    client = door.as_role(None)
    page = client.get("/login", params={"language": "kk"})
    assert '<html lang="kk"' in page.text
    assert client.cookies["qala_language"] == "kk"
    answers = {"login": "akim", "password": door.city.password, "form": form_key(page.text)}
    client.post("/login", data=answers, headers=ORIGIN)
    assert '<html lang="kk"' in client.get("/").text


def test_signing_out_ends_the_session_on_the_server_at_once(door: Door) -> None:
    token = door.token(Role.OPERATOR)
    client = door.with_token(token)
    assert client.get("/").status_code == 200
    answer = client.post("/logout", headers=ORIGIN)
    assert answer.headers["location"] == "/login"
    assert door.with_token(token).get("/").status_code == 303


def test_another_site_cannot_sign_anybody_out(door: Door) -> None:
    client = door.as_role(Role.OPERATOR)
    refused = client.post("/logout", headers={"origin": "https://evil.example"})
    assert refused.status_code == 403
    assert client.get("/").status_code == 200
    assert client.get("/logout").status_code == 405


def test_the_page_tells_nothing_about_the_installation(door: Door) -> None:
    page = door.as_role(None).get("/login").text
    assert "streamlit" not in page.lower()
    assert "<script" not in page
    assert door.city.viewers[Role.OPERATOR].name not in page


def test_a_failed_sign_in_leaves_a_trace_in_the_audit(door: Door) -> None:
    sign_in_as(door, "traced-name", "wrong")
    administrator = door.city.scope(Role.ADMINISTRATOR)
    with door.access.database.as_viewer(administrator) as tx:
        traces = tx.scalar(text("SELECT count(*) FROM audit_records WHERE login = 'traced-name'"))
    assert traces == 1
