from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update
from streamlit.testing.v1 import AppTest

from data_access.database import Database
from data_access.domain.people import Role
from data_access.tables.people import Worker
from data_access.tables.places import Camera, FeedStatus
from tests.pages.test_trends import words_of
from tests.small_city import CAMERAS
from tests.support.app import Screens, screens  # noqa: F401

ALLOWED = (Role.OPERATOR, Role.CHIEF, Role.ADMINISTRATOR)
NAME = "<script>alert('x')</script> \"q\""


@pytest.fixture
def broken(owner: Database, screens: Screens) -> Iterator[Screens]:  # noqa: F811
    """Camera 2 has been offline for two hours, 1 is live, the others were never heard of."""
    now = datetime.now(UTC)
    with owner.as_owner() as tx:
        for camera, state in ((1, "live"), (2, "offline")):
            row = {"camera_id": camera, "district_id": CAMERAS[camera], "state": state}
            since = {"since_at": now - timedelta(hours=2), "updated_at": now}
            tx.execute(insert(FeedStatus), row | since)
        tx.execute(update(Camera).where(Camera.id == 2).values(name_ru=NAME))
    yield screens


def put_worker(owner: Database, detector: str, ago: timedelta) -> None:
    at = datetime.now(UTC) - ago
    with owner.as_owner() as tx:
        row = {"name": "main", "detector": detector, "started_at": at, "updated_at": at}
        tx.execute(insert(Worker), row)


def cameras_of(app: AppTest) -> list[str]:
    return [str(code) for code in app.dataframe(key="health_cameras").value["code"]]


@pytest.mark.parametrize("role", list(Role))
def test_health_is_for_those_who_watch(role: Role, broken: Screens) -> None:
    app = broken.open(role, "health")
    assert not app.exception
    assert ("Камеры не работают" in words_of(app)) is (role in ALLOWED)


def test_cameras_that_are_down_come_first_with_how_long(broken: Screens) -> None:
    app = broken.open(Role.ADMINISTRATOR, "health")
    frame = app.dataframe(key="health_cameras").value
    assert list(frame["code"])[0] == "C-0002"
    assert list(frame["since"])[0] == "2 ч 0 мин"
    assert list(frame["name"])[0] == NAME


def test_cameras_are_searched_by_words_and_states(broken: Screens) -> None:
    app = broken.open(Role.ADMINISTRATOR, "health")
    app.text_input(key="health_words").set_value("c-0005").run()
    assert cameras_of(app) == ["C-0005"]
    app.text_input(key="health_words").set_value("")
    app.multiselect(key="health_states").set_value(["offline"]).run()
    assert cameras_of(app) == ["C-0002"]
    app.multiselect(key="health_states").set_value(["broken"]).run()
    assert "Таких камер нет" in words_of(app)


def test_a_chief_sees_the_cameras_of_their_own_district(broken: Screens) -> None:
    assert cameras_of(broken.open(Role.CHIEF, "health")) == ["C-0002", "C-0003", "C-0001"]


def test_a_worker_without_a_model_is_warned_of(owner: Database, broken: Screens) -> None:
    put_worker(owner, "motion", timedelta(seconds=2))
    shown = words_of(broken.open(Role.OPERATOR, "health"))
    assert "Детектор работает без модели" in shown
    assert "Обработчик не отвечает" not in shown


def test_a_worker_that_fell_silent_is_said_plainly(owner: Database, broken: Screens) -> None:
    put_worker(owner, "onnx", timedelta(minutes=10))
    shown = words_of(broken.open(Role.OPERATOR, "health"))
    assert "Обработчик не отвечает" in shown


def test_an_empty_city_says_what_to_do(screens: Screens) -> None:  # noqa: F811
    app = screens.open(Role.ADMINISTRATOR, "health")
    assert not app.exception
    shown = words_of(app)
    assert "Ни один обработчик" in shown
    assert "Их не было." in shown
