"""Live pictures: the role, the scope, the worker's answer, and the worker's absence."""

import pytest

from data_access.domain.people import LIVE_ROLES, Role
from data_access.domain.words import Language
from data_access.viewers import remember
from routes.worker import WorkerPort
from tests.support.door import Door
from tests.support.fake_worker import BOUNDARY, JPEG, FakeWorker

WEST, EAST = 1, 5
NOWHERE = 999


@pytest.fixture
def without_worker(door: Door, monkeypatch: pytest.MonkeyPatch) -> Door:
    monkeypatch.setattr(door.access, "worker", WorkerPort("http://127.0.0.1:9", "key"))
    return door


def test_a_still_comes_from_the_worker_with_the_wishes_of_the_page(
    door: Door, worker: FakeWorker
) -> None:
    client = door.as_role(Role.OPERATOR)
    answer = client.get("/live/5.jpg?boxes=1&width=640&secret=1")
    assert answer.content == JPEG
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    assert worker.asked[-1] == "/live/5.jpg?boxes=1&width=640"


def test_a_stream_is_passed_on_as_it_comes(door: Door) -> None:
    answer = door.as_role(Role.OPERATOR).get("/live/5.mjpeg?fps=5")
    assert answer.headers["content-type"] == BOUNDARY
    assert answer.content.count(JPEG) == 3


@pytest.mark.parametrize("suffix", ["jpg", "mjpeg"])
def test_a_camera_outside_the_scope_is_like_one_that_does_not_exist(
    door: Door, suffix: str
) -> None:
    client = door.as_role(Role.CHIEF)
    assert client.get(f"/live/{WEST}.{suffix}").status_code == 200
    outside = client.get(f"/live/{EAST}.{suffix}")
    nowhere = client.get(f"/live/{NOWHERE}.{suffix}")
    assert outside.status_code == nowhere.status_code == 404
    assert outside.json() == nowhere.json()


@pytest.mark.parametrize("role", sorted(set(Role) - LIVE_ROLES))
def test_a_role_that_needs_no_faces_gets_no_picture(door: Door, role: Role) -> None:
    answer = door.as_role(role).get(f"/live/{EAST}.jpg")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "path", ["/live/x.jpg", "/live/-1.jpg", "/live/1.png", "/live/1", "/live/"]
)
def test_an_address_that_names_no_camera_is_404(door: Door, path: str) -> None:
    assert door.as_role(Role.OPERATOR).get(path).status_code == 404


def test_a_camera_number_beyond_any_is_404(door: Door) -> None:
    assert door.as_role(Role.OPERATOR).get(f"/live/{10**30}.jpg").status_code == 404


@pytest.mark.parametrize("suffix", ["jpg", "mjpeg"])
def test_without_the_worker_there_is_a_plain_picture(without_worker: Door, suffix: str) -> None:
    answer = without_worker.as_role(Role.OPERATOR).get(f"/live/1.{suffix}")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "Нет изображения от обработчика" in answer.text


def test_the_plain_picture_speaks_the_viewers_language(without_worker: Door) -> None:
    viewer = without_worker.city.viewers[Role.ADMINISTRATOR]
    remember(without_worker.access.database, viewer.id, Language.KAZAKH)
    answer = without_worker.as_role(Role.ADMINISTRATOR).get("/live/1.jpg")
    assert "Өңдегіштен кескін жоқ" in answer.text


def test_a_camera_that_the_worker_does_not_watch_has_the_plain_picture(door: Door) -> None:
    assert door.as_role(Role.OPERATOR).get("/live/2.jpg").status_code == 503
