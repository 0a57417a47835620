"""The Situation screen as each role sees it; the map itself is looked at in a browser."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from data_access import incidents
from data_access.database import Database
from data_access.domain.events import Response
from data_access.domain.people import LIVE_ROLES, Role
from tests.pages.looking import look, words_of
from tests.support.app import Screens, screens, shared_city, shared_city_owner, shared_screens
from tests.support.incident_rows import press_button, put_button, put_incident, put_unit
from tests.support.listening import quiet_afterwards
from tests.support.violation_rows import put_violation

__all__ = ["quiet_afterwards", "screens", "shared_city", "shared_city_owner", "shared_screens"]

ACTING = (Role.OPERATOR, Role.CHIEF)
BANNER = 'class="q-sos"'


def minutes_ago(number: float) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=number)


def deck_of(app: AppTest) -> dict[str, Any]:
    (chart,) = app.get("deck_gl_json_chart")
    return json.loads(chart.proto.json)


def layers_of(app: AppTest) -> dict[str, Any]:
    return {layer["id"]: layer for layer in deck_of(app)["layers"]}


def signs_of(app: AppTest, prefix: str = "") -> list[str]:
    """The signs on the map whose id begins so, from the bottom up."""
    layers = layers_of(app)
    found = [sign for name in layers if name.startswith("signs-") for sign in layers[name]["data"]]
    return [sign["sign"] for sign in found if sign["id"].startswith(prefix)]


def buttons_of(app: AppTest, prefix: str) -> list[str]:
    return [button.key for button in app.button if button.key and button.key.startswith(prefix)]


@pytest.mark.parametrize("role", sorted(Role))
def test_every_role_gets_a_map_and_says_what_would_be_here(
    shared_screens: Screens, role: Role
) -> None:
    app = look(shared_screens, role, "situation")
    assert "cameras" in layers_of(app)
    words = words_of(app)
    orders = "Открытых поручений нет" if role is Role.MUNICIPAL else "Открытых происшествий нет"
    assert orders in words
    assert "За последние семь дней событий нет" in words


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MUNICIPAL}))
def test_only_those_who_act_are_offered_to_act(
    screens: Screens, owner: Database, role: Role
) -> None:
    with owner.as_owner() as tx:
        for camera in (1, 4):
            put_incident(tx, at=minutes_ago(4), camera_id=camera, facts={"people": 34})
    app = look(screens, role, "situation")
    seen = 1 if role in (Role.CHIEF, Role.PATROL) else 2
    assert words_of(app).count('class="q-card') == seen
    assert len(buttons_of(app, "take_")) == (seen if role in ACTING else 0)


def test_an_operator_takes_an_incident_on(screens: Screens, owner: Database) -> None:
    with owner.as_owner() as tx:
        number = put_incident(tx, at=minutes_ago(4), kind="intrusion")
    app = look(screens, Role.OPERATOR, "situation")
    app.button(key=f"take_{number}").click().run()
    assert "Принято" in words_of(app)
    assert buttons_of(app, "take_") == []
    with owner.as_owner() as tx:
        assert tx.execute(text("SELECT state FROM events")).scalar_one() == "acknowledged"


def test_who_comes_second_hears_that_somebody_was_faster(screens: Screens, owner: Database) -> None:
    with owner.as_owner() as tx:
        number = put_incident(tx, at=minutes_ago(4))
        started_at = tx.execute(text("SELECT started_at FROM events")).scalar_one()
    app = look(screens, Role.OPERATOR, "situation")
    chief = screens.city.viewers[Role.CHIEF]
    with screens.database.as_viewer(chief.scope) as tx:
        incidents.acknowledge(tx, chief, number, started_at, datetime.now(UTC))
    app.button(key=f"take_{number}").click().run()
    assert "уже принял другой сотрудник" in words_of(app)


def test_an_sos_press_takes_over_and_moves_the_map_to_its_button(
    screens: Screens, owner: Database
) -> None:
    with owner.as_owner() as tx:
        put_button(tx)
        press_button(tx, at=minutes_ago(0.6))
    app = look(screens, Role.OPERATOR, "situation")
    assert "Нажата кнопка SOS · Школа № 4" in words_of(app)
    view = deck_of(app)["initialViewState"]
    assert (view["longitude"], view["latitude"]) == pytest.approx((71.331, 50.966), abs=1e-6)
    assert signs_of(app, "sos-") == ["sos_pressed"]
    assert len(layers_of(app)["press-links"]["data"]) == 3
    app.button(key="sos_take").click().run()
    assert BANNER not in words_of(app)
    assert signs_of(app, "sos-") == ["sos"]


@pytest.mark.parametrize("role", [Role.AKIM, Role.MUNICIPAL])
def test_an_sos_press_does_not_interrupt_those_who_cannot_help(
    screens: Screens, owner: Database, role: Role
) -> None:
    with owner.as_owner() as tx:
        put_button(tx)
        press_button(tx, at=minutes_ago(1))
    assert BANNER not in words_of(look(screens, role, "situation"))


def test_a_press_in_another_district_is_not_there(screens: Screens, owner: Database) -> None:
    with owner.as_owner() as tx:
        put_button(tx, district=2)
        press_button(tx, at=minutes_ago(1))
    app = look(screens, Role.CHIEF, "situation")
    assert BANNER not in words_of(app)
    assert signs_of(app, "sos-") == []


def test_the_akim_sees_no_plate_and_no_picture(screens: Screens, owner: Database) -> None:
    with owner.as_owner() as tx:
        put_violation(tx, at=minutes_ago(3), plate="123 ABC 02")
    assert "123 ABC 02" in words_of(look(screens, Role.OPERATOR, "situation"))
    app = look(screens, Role.AKIM, "situation", camera="1")
    assert "123 ABC 02" not in words_of(app)
    assert "только дежурным" in words_of(app)
    assert "beside_open" not in buttons_of(app, "beside_")


def test_the_municipal_officer_has_work_orders_and_crews(screens: Screens, owner: Database) -> None:
    with owner.as_owner() as tx:
        put_incident(tx, at=minutes_ago(4))
        put_incident(tx, at=minutes_ago(4), kind="illegal_dump", facts={"still_min": 45})
        put_unit(tx, "P-1")
        put_unit(tx, "M-1", kind="municipal")
    app = look(screens, Role.MUNICIPAL, "situation")
    words = words_of(app)
    assert "Стихийная свалка" in words
    assert "Скопление людей" not in words
    assert signs_of(app, "unit-") == ["patrol"]
    assert signs_of(app) == ["patrol", "order"]


@pytest.mark.parametrize("role", sorted(LIVE_ROLES))
def test_a_camera_of_the_address_stands_beside_the_map(shared_screens: Screens, role: Role) -> None:
    app = look(shared_screens, role, "situation", camera="2")
    assert "C-0002 · Camera 2 (ru)" in words_of(app)
    assert "chosen" in layers_of(app)
    assert len(app.get("bidi_component")) == 3  # the pulse, the size of the window, the tile
    app.button(key="beside_close").click().run()
    assert "C-0002" not in words_of(app)
    assert app.query_params == {}


@pytest.mark.parametrize("camera", ["4", "999", "999999999999999999999", "1; --", "-1"])
def test_a_camera_out_of_scope_does_not_exist(shared_screens: Screens, camera: str) -> None:
    app = look(shared_screens, Role.CHIEF, "situation", camera=camera)
    assert "C-000" not in words_of(app)
    assert "chosen" not in layers_of(app)


def test_the_map_flies_to_an_incident_and_opens_its_camera(
    screens: Screens, owner: Database
) -> None:
    with owner.as_owner() as tx:
        number = put_incident(tx, at=minutes_ago(4), camera_id=5)
    app = look(screens, Role.OPERATOR, "situation")
    app.button(key=f"place_{number}").click().run()
    assert deck_of(app)["initialViewState"]["longitude"] == pytest.approx(71.38, abs=1e-6)
    assert "C-0005" in words_of(app)
    app.button(key="map_home").click().run()
    assert deck_of(app)["initialViewState"]["longitude"] == pytest.approx(71.355, abs=1e-6)


def test_a_camera_is_found_and_shown_where_it_stands(shared_screens: Screens) -> None:
    app = look(shared_screens, Role.CHIEF, "situation")
    app.text_input(key="map_words").set_value("Camera 3").run()
    app.button(key="map_words_3").click().run()
    assert deck_of(app)["initialViewState"]["latitude"] == pytest.approx(50.975, abs=1e-6)
    assert "C-0003 · Camera 3 (ru)" in words_of(app)
    app.text_input(key="map_words").set_value("C-0004").run()
    assert "нет камеры с таким номером" in words_of(app)


def test_layers_are_switched_off_but_never_a_pressed_button(
    screens: Screens, owner: Database
) -> None:
    with owner.as_owner() as tx:
        put_button(tx)
        put_button(tx, code="SOS-2")
        press_button(tx, at=minutes_ago(1))
        put_incident(tx, at=minutes_ago(4))
    app = look(screens, Role.OPERATOR, "situation")
    assert len(signs_of(app)) == 3
    app.get("button_group")[0].set_value([]).run()
    assert "cameras" not in layers_of(app)
    assert signs_of(app) == ["sos_pressed"]


def test_todays_figures_stand_beside_those_of_a_week_ago(screens: Screens, owner: Database) -> None:
    with owner.as_owner() as tx:
        put_violation(tx, at=minutes_ago(0))
    words = words_of(look(screens, Role.OPERATOR, "situation"))
    assert "Сегодня и тот же день недели" in words
    assert "к этому часу тогда: 0" in words
    assert str(Response.VIOLATION) in words  # the row among the newest


def test_a_name_with_markup_is_shown_as_it_is(screens: Screens, owner: Database) -> None:
    with owner.as_owner() as tx:
        name = '<script>alert("1")</script>'
        tx.execute(text("UPDATE sites SET name_ru = :name"), {"name": name})
        tx.execute(text("UPDATE cameras SET name_ru = :name"), {"name": name})
        put_incident(tx, at=minutes_ago(4))
    app = look(screens, Role.OPERATOR, "situation", camera="1")
    assert "<script>" not in words_of(app)
    assert "&lt;script&gt;" in words_of(app)


def test_a_period_puts_what_is_over_on_the_map_below_what_is_open(
    screens: Screens, owner: Database
) -> None:
    with owner.as_owner() as tx:
        put_incident(tx, at=minutes_ago(1))
        resolved = put_incident(tx, at=minutes_ago(60 * 24 * 2), kind="intrusion")
        change = text("UPDATE events SET state = 'resolved' WHERE id = :id")
        tx.execute(change, {"id": resolved})
    app = look(screens, Role.OPERATOR, "situation")
    assert signs_of(app) == ["waiting"]
    (period,) = [box for box in app.selectbox if box.key == "map_period"]
    period.set_value(7).run()
    assert signs_of(app) == ["over", "waiting"]
    assert "закрыто" in words_of(app)
