"""What passes the gate and what does not, for pages, sockets and what Streamlit would answer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from starlette.websockets import WebSocketDisconnect

from components.screens import PAGES
from data_access.database import Database
from data_access.domain.people import Role
from routes.guard import content_policy
from tests.support.door import Door

INNER = ("/_stcore/health", "/_stcore/host-config", "/media/x.png", "/component/x/index.html")
CLOSED = ("/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/metrics", "/unknown")
OURS = ("/live/1.jpg", "/evidence/1", "/map/1/0/0.json")


@pytest.mark.parametrize("page_id", list(PAGES)[1:])
def test_a_page_sends_who_is_not_signed_in_to_the_sign_in_and_back(
    door: Door, page_id: str
) -> None:
    answer = door.as_role(None).get(f"/{page_id}?camera=3&a=б")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/login?next=%2F{page_id}%3Fcamera%3D3%26a")
    assert answer.headers["cache-control"] == "no-store"


def test_the_start_leads_to_a_plain_sign_in(door: Door) -> None:
    assert door.as_role(None).get("/").headers["location"] == "/login"


@pytest.mark.parametrize("path", INNER + OURS)
def test_everything_else_says_401_without_a_session(door: Door, path: str) -> None:
    answer = door.as_role(None).get(path)
    assert answer.status_code == 401
    assert "Sign in" in answer.json()["error"] or "Войдите" in answer.json()["error"]


@pytest.mark.parametrize("path", CLOSED)
def test_doors_of_streamlit_that_nobody_needs_are_closed_to_everyone(door: Door, path: str) -> None:
    assert door.as_role(Role.ADMINISTRATOR).get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/map/3/-1/0.json",
        "/map/3/x/0.json",
        "/map/drawing/%2e%2e/x.json",
        "/map/",
        "/live/x/y",
        "/evidence/1/2/3/4",
        "/proof/",
        "/session/other",
        "/assets/a/b",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_what_no_route_of_ours_takes_is_not_streamlits_page(
    door: Door, path: str, method: str
) -> None:
    answer = door.as_role(Role.ADMINISTRATOR).request(method, path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json", "said by our own last route"


def test_an_address_of_ours_that_takes_other_requests_says_so(door: Door) -> None:
    client = door.as_role(Role.ADMINISTRATOR)
    assert client.post("/map/1/0/0.json").status_code == 405
    assert client.get("/session/active").status_code == 405
    assert client.get("/preferences").status_code == 405


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "' OR 1=1 --", "é" * 3])
def test_a_cookie_that_nobody_gave_out_opens_nothing(door: Door, token: str) -> None:
    client = door.as_role(None)
    headers = {"cookie": f"qala_session={token}".encode()}
    assert client.get("/live/1.jpg", headers=headers).status_code == 401


def test_a_tampered_cookie_opens_nothing(door: Door) -> None:
    token = door.token(Role.OPERATOR)
    other = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert door.with_token(other).get("/live/1.jpg").status_code == 401


def test_a_session_idle_for_half_an_hour_opens_nothing(
    door: Door, shared_city: tuple[object, str]
) -> None:
    token = door.token(Role.OPERATOR)
    age(door, timedelta(minutes=31))
    assert door.with_token(token).get("/live/1.jpg").status_code == 401


def age(door: Door, by: timedelta) -> None:
    with door.access.database.as_sign_in() as tx:
        tx.execute(text("UPDATE sessions SET seen_at = :at"), {"at": datetime.now(UTC) - by})


@pytest.mark.parametrize("path", ["/live/wall", "/_stcore/stream"])
def test_a_socket_without_a_session_is_refused_before_it_opens(door: Door, path: str) -> None:
    client = door.as_role(None)
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(path):
        pass
    assert refused.value.code == 1008


def test_a_socket_opened_by_a_page_of_another_site_is_refused(door: Door) -> None:
    client = door.as_role(Role.OPERATOR)
    headers = {"origin": "https://elsewhere.example"}
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("/live/wall", headers=headers),
    ):
        pass
    assert refused.value.code == 1008


@pytest.mark.parametrize("path", ["/login", "/healthz", "/live/1.jpg", "/unknown", "/"])
def test_every_answer_carries_the_security_headers(door: Door, path: str) -> None:
    headers = door.as_role(None).get(path).headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


def test_the_policy_names_no_outside_origin_and_allows_no_inline_script() -> None:
    policy = content_policy("abc")
    assert "http" not in policy
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "unsafe-eval" not in scripts.replace("wasm-unsafe-eval", "")
    assert "'nonce-abc'" in scripts


def test_a_map_style_from_outside_is_the_one_exception() -> None:
    policy = content_policy(outside="https://tiles.example")
    assert policy.count("https://tiles.example") == 2


def test_a_page_comes_in_the_viewers_language_and_theme_with_a_nonce_of_its_own(
    door: Door,
) -> None:
    client = door.as_role(Role.OPERATOR)
    first, second = client.get("/"), client.get("/")
    assert '<html lang="ru" data-theme="dark">' in first.text
    assert "<title>Qala</title>" in first.text
    assert "noscript" not in first.text
    assert "service-desc" not in first.text
    nonces = {nonce_of(page.headers["content-security-policy"]) for page in (first, second)}
    assert len(nonces) == 2
    assert first.headers["cache-control"] == "no-store"


def nonce_of(policy: str) -> str:
    return policy.split("'nonce-")[1].split("'")[0]


def test_the_first_screen_has_one_address(door: Door) -> None:
    answer = door.as_role(Role.OPERATOR).get("/situation?camera=3")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?camera=3"


def test_without_a_database_pages_lead_to_the_sign_in_which_says_so(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = door.token(Role.OPERATOR)
    lost = Database("postgresql://qala_app:x@127.0.0.1:9/nowhere")
    monkeypatch.setattr(door.access, "database", lost)
    client = door.with_token(token)
    assert client.get("/").headers["location"] == "/login"
    assert client.get("/live/1.jpg").status_code == 503
    page = client.get("/login")
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert client.get("/healthz").status_code == 503
