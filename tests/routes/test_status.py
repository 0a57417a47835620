"""The addresses for machines: is it up, and what does it count."""

import pytest
from starlette.requests import Request

from data_access.domain.people import Role
from routes.status import may_measure
from tests.support.door import Door
from tests.support.fake_worker import KEY


def request_from(host: str, **headers: str) -> Request:
    named = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    return Request({"type": "http", "headers": named, "client": (host, 1)})


def test_health_is_open_and_tells_little(door: Door) -> None:
    answer = door.as_role(None).get("/healthz")
    assert answer.json() == {"app": "ok", "database": "ok"}


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_this_machine_may_measure(host: str) -> None:
    assert may_measure(request_from(host), KEY)


@pytest.mark.parametrize("name", ["x_forwarded_for", "forwarded", "x_real_ip"])
def test_a_proxy_on_this_machine_does_not_open_the_measures_to_everyone(name: str) -> None:
    assert not may_measure(request_from("127.0.0.1", **{name: "203.0.113.9"}), KEY)


def test_another_machine_needs_the_key() -> None:
    assert not may_measure(request_from("203.0.113.9"), KEY)
    assert not may_measure(request_from("203.0.113.9", x_qala_key="guess"), KEY)
    assert may_measure(request_from("203.0.113.9", x_qala_key=KEY), KEY)


def test_a_wrong_key_is_refused_even_from_this_machine() -> None:
    assert not may_measure(request_from("127.0.0.1", x_qala_key="é"), KEY)


def test_measures_count_requests_by_kind_and_never_by_what_somebody_typed(door: Door) -> None:
    client = door.as_role(Role.OPERATOR)
    client.get("/live/1.jpg")
    client.get("/some-invented-address")
    measured = client.get("/metrics", headers={"x-qala-key": KEY}).text
    assert 'qala_request_seconds_count{kind="live",status="2xx"}' in measured
    assert 'kind="other",status="4xx"' in measured
    assert "invented" not in measured
    assert client.get("/metrics").status_code == 404
