"""The Camera screen: which camera, for whom, and what stands beside its picture."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import streamlit as st
from sqlalchemy import insert, text
from streamlit.testing.v1 import AppTest

from components.visit import Visit
from data_access.database import Database
from data_access.domain.people import LIVE_ROLES, Role
from data_access.tables.happenings import PlateRead
from tests.pages.looking import is_refused, look, words_of
from tests.support.app import Screens, screens, shared_city, shared_city_owner, shared_screens
from tests.support.listening import quiet_afterwards
from tests.support.violation_rows import put_violation

__all__ = ["quiet_afterwards", "screens", "shared_city", "shared_city_owner", "shared_screens"]


@pytest.fixture(autouse=True)
def player(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark in place of the WebRTC player: AppTest has no session that could connect.

    That it plays is looked at in a browser (tests/browser).
    """

    def show_mark(_visit: Visit, camera_id: int) -> None:
        st.html(f'<p class="player">{camera_id}</p>')

    monkeypatch.setattr("components.camera_screen.show_video", show_mark)


def players_of(app: AppTest) -> int:
    return words_of(app).count('class="player"')


@pytest.mark.parametrize("role", sorted(set(Role) - LIVE_ROLES))
def test_a_camera_is_for_those_on_duty(shared_screens: Screens, role: Role) -> None:
    assert is_refused(shared_screens, role, "camera")


@pytest.mark.parametrize("role", sorted(LIVE_ROLES))
def test_a_camera_shows_its_video_facts_and_health(shared_screens: Screens, role: Role) -> None:
    app = look(shared_screens, role, "camera", camera="2")
    words = words_of(app)
    for found in ("C-0002 · Camera 2 (ru)", "Site 1 (ru)", "West (ru)", "северо-восток, 45°"):
        assert found in words
    assert "Обработчик ещё не сообщал об этой камере" in words
    assert players_of(app) == 1


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.CHIEF, Role.ADMINISTRATOR])
def test_the_way_to_its_zones_is_the_administrators(role: Role, shared_screens: Screens) -> None:
    words = words_of(look(shared_screens, role, "camera", camera="1"))
    assert ('href="/zones?camera=1"' in words) is (role is Role.ADMINISTRATOR)


def test_without_an_address_the_first_camera_is_shown_and_named_in_it(
    shared_screens: Screens,
) -> None:
    app = look(shared_screens, Role.OPERATOR, "camera")
    assert app.query_params == {"camera": "1"}
    assert "C-0001" in words_of(app)


@pytest.mark.parametrize("camera", ["4", "999", "999999999999999"])
def test_a_camera_out_of_scope_does_not_exist(shared_screens: Screens, camera: str) -> None:
    app = look(shared_screens, Role.CHIEF, "camera", camera=camera)
    assert "Такой камеры в ваших районах нет" in words_of(app)
    assert "C-000" not in words_of(app)
    assert players_of(app) == 0


@pytest.mark.parametrize("camera", ["x", "-1", "1; --", "9" * 40])
def test_an_address_that_names_no_camera_gives_the_first(
    shared_screens: Screens, camera: str
) -> None:
    app = look(shared_screens, Role.OPERATOR, "camera", camera=camera)
    assert app.query_params == {"camera": "1"}


def test_pictures_come_in_place_of_video_where_it_does_not_start(
    shared_screens: Screens,
) -> None:
    app = look(shared_screens, Role.OPERATOR, "camera", camera="1")
    app.segmented_control(key="picture_kind").set_value("pictures").run()
    assert players_of(app) == 0
    assert len(app.get("bidi_component")) == 2  # the pulse and the tile


def test_another_camera_is_found_by_a_part_of_its_name(shared_screens: Screens) -> None:
    app = look(shared_screens, Role.CHIEF, "camera", camera="1")
    app.text_input(key="camera_words").set_value("Camera").run()
    found = [button.key for button in app.button if str(button.key).startswith("camera_words_")]
    assert found == ["camera_words_1", "camera_words_2", "camera_words_3"]
    app.button(key="camera_words_3").click().run()
    assert app.query_params == {"camera": "3"}
    assert "C-0003" in words_of(app)
    app.text_input(key="camera_words").set_value("C-0004").run()
    assert "нет камеры с таким номером" in words_of(app)


def test_events_of_the_camera_are_listed_and_no_others(screens: Screens, owner: Database) -> None:
    now = datetime.now(UTC)
    with owner.as_owner() as tx:
        put_violation(tx, at=now - timedelta(minutes=3), facts={"red_s": 2.4})
        put_violation(tx, at=now - timedelta(minutes=4), camera_id=2, kind="wrong_way")
    words = words_of(look(screens, Role.OPERATOR, "camera", camera="1"))
    assert "Проезд на красный" in words
    assert "Движение навстречу" not in words
    assert "доказательства не сохранены" in words


def test_plates_are_shown_when_asked_for_and_the_look_is_recorded_once(
    screens: Screens, owner: Database
) -> None:
    with owner.as_owner() as tx:
        row = {"id": uuid4(), "camera_id": 1, "district_id": 1, "confidence": 0.9}
        read_at = datetime.now(UTC)  # today, at whatever hour
        tx.execute(insert(PlateRead), row | {"plate": "777 AAA 01", "read_at": read_at})
    app = look(screens, Role.OPERATOR, "camera", camera="1")
    assert "777 AAA 01" not in words_of(app)
    app.toggle(key="plates_1").set_value(True).run()
    assert "777 AAA 01" in words_of(app)
    app.run()
    with owner.as_owner() as tx:
        found = tx.execute(text("SELECT action, subject FROM audit_records")).all()
    assert [tuple(row) for row in found] == [("plates_looked_at", "camera 1")]


def test_a_city_without_cameras_says_what_to_do(screens: Screens, owner: Database) -> None:
    with owner.as_owner() as tx:
        tx.execute(text("DELETE FROM camera_feeds"))
        tx.execute(text("DELETE FROM cameras"))
    app = look(screens, Role.OPERATOR, "camera")
    assert "./qala cameras import" in words_of(app)


def test_a_camera_that_turns_has_its_control_for_operators_alone(
    screens: Screens, owner: Database
) -> None:
    with owner.as_owner() as tx:
        tx.execute(text("DELETE FROM feed_status WHERE camera_id = 2"))
        tx.execute(
            text(
                "INSERT INTO feed_status (camera_id, district_id, state, since_at, updated_at,"
                " turns, decoder) SELECT id, district_id, 'live', now(), now(), true, 'cuda'"
                " FROM cameras WHERE id = 2"
            )
        )
    for role, turns in ((Role.OPERATOR, True), (Role.CHIEF, False)):
        app = look(screens, role, "camera", camera="2")
        assert ("turn_2" in [toggle.key for toggle in app.toggle]) is turns
        assert "видеокарта (cuda)" in words_of(app)
    app = look(screens, Role.OPERATOR, "camera", camera="2")
    app.toggle(key="turn_2").set_value(True).run()
    assert not app.exception
    assert {"turn_left", "turn_stop", "turn_save"} <= {button.key for button in app.button}
