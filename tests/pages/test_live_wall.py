"""The Live wall: which cameras stand on it, and in what words they have no picture."""

import json
from typing import Any

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from data_access.database import Database
from data_access.domain.people import LIVE_ROLES, Role
from tests.pages.looking import is_refused, look, words_of
from tests.support.app import Screens, screens, shared_city, shared_city_owner, shared_screens
from tests.support.listening import quiet_afterwards

__all__ = ["quiet_afterwards", "screens", "shared_city", "shared_city_owner", "shared_screens"]


def wall_of(app: AppTest) -> dict[str, Any]:
    widgets = [json.loads(found.proto.json) for found in app.get("bidi_component")]
    (wall,) = [data for data in widgets if "tiles" in data]
    assert isinstance(wall, dict)
    return wall


def ids_of(app: AppTest) -> list[int]:
    return [tile["id"] for tile in wall_of(app)["tiles"]]


@pytest.mark.parametrize("role", sorted(set(Role) - LIVE_ROLES))
def test_live_pictures_are_for_those_on_duty(shared_screens: Screens, role: Role) -> None:
    assert is_refused(shared_screens, role, "live_wall")


@pytest.mark.parametrize(
    ("role", "ids"),
    [
        (Role.OPERATOR, [1, 2, 3, 4, 5, 6]),
        (Role.ADMINISTRATOR, [1, 2, 3, 4, 5, 6]),
        (Role.CHIEF, [1, 2, 3]),
    ],
)
def test_the_wall_has_the_cameras_of_the_viewers_districts(
    shared_screens: Screens, role: Role, ids: list[int]
) -> None:
    app = look(shared_screens, role, "live_wall")
    assert ids_of(app) == ids
    assert wall_of(app)["layout"] == 9
    assert wall_of(app)["tiles"][0]["reason"] == "Обработчик ещё не сообщал об этой камере"


def test_a_wall_can_be_sent_by_its_address(shared_screens: Screens) -> None:
    query = {"tiles": "4", "order": "district", "district": "2", "filter": "C-000"}
    app = look(shared_screens, Role.OPERATOR, "live_wall", **query)
    assert wall_of(app)["layout"] == 4
    assert ids_of(app) == [4, 5, 6]
    assert app.query_params == query


@pytest.mark.parametrize(
    "query", [{"tiles": "5"}, {"tiles": "x"}, {"order": "no"}, {"district": "1; --"}]
)
def test_an_address_that_asks_for_nothing_we_have_gives_the_usual_wall(
    shared_screens: Screens, query: dict[str, str]
) -> None:
    app = look(shared_screens, Role.OPERATOR, "live_wall", **query)
    assert (wall_of(app)["layout"], len(ids_of(app))) == (9, 6)


def test_a_chief_does_not_see_another_district_by_its_address(shared_screens: Screens) -> None:
    app = look(shared_screens, Role.CHIEF, "live_wall", district="2")
    assert ids_of(app) == [1, 2, 3]


def test_one_turns_to_the_next_cameras_and_back(shared_screens: Screens) -> None:
    app = look(shared_screens, Role.OPERATOR, "live_wall", tiles="4", order="site")
    assert ids_of(app) == [1, 2, 3, 4]
    app.button(key="wall_on").click().run()
    assert ids_of(app) == [5, 6]
    assert "5–6 из 6" in words_of(app)
    assert app.button(key="wall_on").disabled
    app.button(key="wall_back").click().run()
    assert ids_of(app) == [1, 2, 3, 4]


def test_a_filter_that_fits_nothing_says_what_to_do(shared_screens: Screens) -> None:
    app = look(shared_screens, Role.OPERATOR, "live_wall", filter="no such")
    assert "Уберите слово или район" in words_of(app)


def test_tiles_keep_their_places_while_nothing_else_is_chosen(
    screens: Screens, owner: Database
) -> None:
    app = look(screens, Role.OPERATOR, "live_wall")
    before = ids_of(app)
    with owner.as_owner() as tx:
        tx.execute(
            text(
                "INSERT INTO feed_status (camera_id, district_id, state, since_at, updated_at,"
                " last_frame_at)"
                " VALUES (6, 2, 'live', now(), now(), now() + interval '1 hour')"
            )
        )
    app.run()
    assert ids_of(app) == before
    app.text_input(key="filter").set_value("C-").run()
    assert ids_of(app)[0] == 6


def test_a_wall_is_saved_by_name_shown_again_and_deleted(screens: Screens) -> None:
    app = look(screens, Role.OPERATOR, "live_wall", tiles="4", district="2")
    app.text_input(key="wall_name").set_value("  Восток,  4 ").run()
    app.button(key="wall_save").click().run()

    again = look(screens, Role.OPERATOR, "live_wall")
    assert wall_of(again)["layout"] == 9
    (saved,) = [button for button in again.button if button.label == "Восток, 4"]
    saved.click().run()
    assert (wall_of(again)["layout"], ids_of(again)) == (4, [4, 5, 6])

    other = look(screens, Role.CHIEF, "live_wall")
    assert all(button.label != "Восток, 4" for button in other.button), "it is the operator's own"

    again.button(key="wall_forget_0").click().run()
    assert all(button.label != "Восток, 4" for button in again.button)


def test_a_wall_without_a_name_is_not_saved_and_says_so(shared_screens: Screens) -> None:
    app = look(shared_screens, Role.OPERATOR, "live_wall")
    app.button(key="wall_save").click().run()
    assert any("имя" in warning.value or "название" in warning.value for warning in app.warning)
