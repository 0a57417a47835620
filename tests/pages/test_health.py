from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update
from streamlit.testing.v1 import AppTest

from data_access.database import Database
from data_access.domain.people import Role
from data_access.tables.feeds import CameraHealth, FeedStatus
from data_access.tables.people import Worker
from data_access.tables.places import Camera
from tests.pages.looking import is_refused, look, table_with, words_of
from tests.small_city import CAMERAS, SmallCity
from tests.support.app import Screens, screens, shared_city, shared_city_owner, shared_screens

__all__ = ["screens", "shared_city", "shared_city_owner", "shared_screens"]

ALLOWED = (Role.OPERATOR, Role.CHIEF, Role.ADMINISTRATOR)
NAME = "<script>alert('x')</script> \"q\""


@pytest.fixture(scope="module")
def broken_city(shared_city: tuple[SmallCity, str], shared_city_owner: str) -> None:
    """Camera 2 has been offline for two hours, 1 is live, the others were never heard of."""
    now = datetime.now(UTC)
    owner = Database(shared_city_owner)
    with owner.as_owner() as tx:
        for camera, state in ((1, "live"), (2, "offline")):
            row = {"camera_id": camera, "district_id": CAMERAS[camera], "state": state}
            since = {"since_at": now - timedelta(minutes=130), "updated_at": now}
            tx.execute(insert(FeedStatus), row | since)
        fault = {"camera_id": 3, "district_id": CAMERAS[3], "sight": "covered"}
        times = {"since_at": now - timedelta(minutes=130), "checked_at": now}
        proof = {"measured": {"lost_percent": 90}, "proof_path": "ab/c.jpg"}
        tx.execute(insert(CameraHealth), fault | times | proof)
        tx.execute(update(Camera).where(Camera.id == 2).values(name_ru=NAME))
    owner.close()


@pytest.fixture
def broken(broken_city: None, shared_screens: Screens) -> Screens:
    return shared_screens


def put_worker(owner: Database, detector: str, ago: timedelta) -> None:
    at = datetime.now(UTC) - ago
    with owner.as_owner() as tx:
        row = {"name": "main", "detector": detector, "started_at": at, "updated_at": at}
        tx.execute(insert(Worker), row)


def cameras_of(app: AppTest) -> list[str]:
    return [code.partition("#")[2] for code in table_with(app, "analysed_fps")["code"]]


@pytest.mark.parametrize("role", list(Role))
def test_health_is_for_those_who_watch(role: Role, broken: Screens) -> None:
    assert is_refused(broken, role, "health") is (role not in ALLOWED)
    if role in ALLOWED:
        assert "Камеры не работают" in words_of(look(broken, role, "health"))


def test_cameras_that_are_down_come_first_with_how_long(broken: Screens) -> None:
    app = look(broken, Role.ADMINISTRATOR, "health")
    frame = table_with(app, "analysed_fps")
    first = frame.iloc[0]
    assert (first["code"], first["name"]) == ("/camera?camera=2#C-0002", NAME)
    assert first["since"].startswith("2 ч 1")


def test_a_picture_that_is_no_good_is_said_with_its_numbers_and_proof(broken: Screens) -> None:
    row = table_with(look(broken, Role.OPERATOR, "health"), "proof").iloc[0]
    assert row["sight"] == "▣ Закрыта"
    assert row["measured"].startswith("Не видно 90 % вида.")
    assert (row["code"], row["proof"]) == ("/camera?camera=3#C-0003", "/proof/3")
    assert row["since"].startswith("2 ч 1")


def test_where_all_cameras_see_well_that_is_said(screens: Screens) -> None:
    shown = words_of(look(screens, Role.OPERATOR, "health"))
    assert "Ночь — не неисправность" in shown


def test_cameras_are_searched_by_words_and_states(broken: Screens) -> None:
    app = look(broken, Role.ADMINISTRATOR, "health")
    app.text_input(key="health_words").set_value("c-0005").run()
    assert cameras_of(app) == ["C-0005"]
    app.text_input(key="health_words").set_value("")
    app.multiselect(key="health_states").set_value(["offline"]).run()
    assert cameras_of(app) == ["C-0002"]
    app.multiselect(key="health_states").set_value(["broken"]).run()
    assert "Таких камер нет" in words_of(app)


def test_a_chief_sees_the_cameras_of_their_own_district(broken: Screens) -> None:
    assert cameras_of(look(broken, Role.CHIEF, "health")) == ["C-0002", "C-0003", "C-0001"]


def test_a_worker_without_a_model_is_warned_of(owner: Database, screens: Screens) -> None:
    put_worker(owner, "motion", timedelta(hours=-1))  # heard of, however late this looks
    shown = words_of(look(screens, Role.OPERATOR, "health"))
    assert "Детектор работает без модели" in shown
    assert "Обработчик не отвечает" not in shown


def test_a_worker_that_fell_silent_is_said_plainly(owner: Database, screens: Screens) -> None:
    put_worker(owner, "onnx", timedelta(minutes=10))
    shown = words_of(look(screens, Role.OPERATOR, "health"))
    assert "Обработчик не отвечает" in shown


def test_an_empty_city_says_what_to_do(screens: Screens) -> None:
    shown = words_of(look(screens, Role.ADMINISTRATOR, "health"))
    assert "Ни один обработчик" in shown
    assert "Их не было." in shown
