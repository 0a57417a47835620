"""Zones: drawn by the administrator alone; what was drawn is kept, recorded and read back."""

import base64
from datetime import time
from typing import Any

import cv2
import numpy as np
import pytest
from sqlalchemy import insert, select, text
from streamlit.testing.v1 import AppTest

from components import zone_editor
from components.zone_canvas import Drawing
from data_access import rule_catalogue, zone_editing, zones
from data_access.database import Database
from data_access.domain.people import Role
from data_access.domain.watch import Calibration, Schedule, Zone, ZoneShape
from data_access.tables.people import AuditRecord, Worker
from data_access.zone_editing import DrawnZone
from detection_worker.rules.faces import rule_faces
from tests.pages.looking import is_refused, look, words_of
from tests.support.app import Screens, screens, shared_city, shared_city_owner, shared_screens

__all__ = ["screens", "shared_city", "shared_city_owner", "shared_screens"]

YARD = Zone(0, "Двор", "crowd", ZoneShape.POLYGON, ((0.1, 0.1), (0.9, 0.1), (0.5, 0.9)))
PICTURE = base64.b64encode(
    cv2.imencode(".png", np.arange(4_800, dtype=np.uint8).reshape(60, 80))[1].tobytes()
).decode()
LANE = ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8))


@pytest.fixture
def knowing(screens: Screens, owner: Database) -> Screens:
    """The screens of a city whose worker has said which rules it knows."""
    with owner.as_owner() as tx:
        row = {"name": "main", "detector": "onnx", "started_at": text("now()")}
        tx.execute(insert(Worker).values(row | {"updated_at": text("now()")}))
        rule_catalogue.say(tx, "main", rule_faces())
    return screens


def opened(screens: Screens, camera: int = 1) -> AppTest:
    return look(screens, Role.ADMINISTRATOR, "zones", camera=str(camera))


def field(app: AppTest, kind: str, end: str) -> Any:
    """The one field whose key ends so; keys begin with the camera, the zone and a turn."""
    (found,) = [one for one in getattr(app, kind) if one.key and one.key.endswith(end)]
    return found


def press(app: AppTest, end: str) -> AppTest:
    app = field(app, "button", end).click().run()
    assert not app.exception
    return app


def kept(owner: Database, camera: int = 1) -> list[DrawnZone]:
    with owner.as_owner() as tx:
        return zone_editing.drawn(tx, camera)


def audited(owner: Database) -> list[str]:
    with owner.as_owner() as tx:
        return list(tx.scalars(select(AuditRecord.action).order_by(AuditRecord.id)))


@pytest.mark.parametrize("role", list(Role))
def test_zones_are_drawn_by_the_administrator(role: Role, shared_screens: Screens) -> None:
    assert is_refused(shared_screens, role, "zones") is (role is not Role.ADMINISTRATOR)


def test_without_a_worker_that_is_said(shared_screens: Screens) -> None:
    assert "Ни один обработчик не сообщил" in words_of(opened(shared_screens))


def test_a_zone_that_nobody_drew_is_refused_with_what_to_do(
    knowing: Screens, owner: Database
) -> None:
    app = opened(knowing)
    field(app, "text_input", "_name").set_value("Линия")
    app = press(app, "_save")
    assert app.warning and "Линия" in app.warning[0].value
    assert kept(owner) == [] and audited(owner) == []


def test_what_is_drawn_is_kept_switched_off_until_it_is_switched_on(
    knowing: Screens, owner: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = Drawing(LANE, (0.0, 0.3))
    monkeypatch.setattr(zone_editor, "drawing_on", lambda _key: drawing)
    app = opened(knowing)
    field(app, "selectbox", "_rule").select("wrong_way").run()
    field(app, "text_input", "_name").set_value("Полоса 2")
    app = press(app, "_save")
    (one,) = kept(owner)
    assert (one.zone.points, one.zone.rule, one.enabled) == (LANE, "wrong_way", False)
    assert one.zone.params == {"toward": [0.0, 0.3]}
    assert "Обработчик учтёт это за секунды" in app.success[0].value
    field(app, "toggle", "_on").set_value(True)
    press(app, "_save")
    assert [one.enabled for one in kept(owner)] == [True]
    assert audited(owner) == ["zone.save", "zone.save"]


def with_the_yard(knowing: Screens, owner: Database) -> AppTest:
    """The screen with a zone that is kept already, and chosen."""
    with owner.as_owner() as tx:
        number = zones.save(tx, 1, YARD)
    app = opened(knowing)
    field(app, "selectbox", f"chosen_{1}").select(number).run()
    return app


def test_settings_and_hours_of_a_zone_are_kept_and_usual_ones_left_out(
    knowing: Screens, owner: Database
) -> None:
    app = with_the_yard(knowing, owner)
    field(app, "text_input", "_people").set_value("25")
    field(app, "toggle", "_sometimes").set_value(True).run()
    field(app, "time_input", "_from").set_value(time(22))
    field(app, "time_input", "_to").set_value(time(6))
    press(app, "_save")
    (one,) = kept(owner)
    assert one.zone.params == {"people": 25}
    assert one.zone.schedule == Schedule(frozenset(range(7)), 22 * 60, 6 * 60)
    assert one.zone.points == YARD.points


def test_a_setting_that_is_no_number_is_refused_and_the_zone_stays_as_it_is(
    knowing: Screens, owner: Database
) -> None:
    app = with_the_yard(knowing, owner)
    field(app, "text_input", "_people").set_value("1e2")
    field(app, "text_input", "_hold_s").set_value("-5")
    app = press(app, "_save")
    (said,) = app.warning
    assert "«1e2» — не число" in said.value and "«\\-5» меньше 0" in said.value
    assert field(app, "text_input", "_people").value == "1e2"
    assert [one.zone.params for one in kept(owner)] == [{}] and audited(owner) == []


def test_a_zone_is_removed_and_that_is_recorded(knowing: Screens, owner: Database) -> None:
    app = with_the_yard(knowing, owner)
    press(app, "_remove")
    assert kept(owner) == []
    assert audited(owner) == ["zone.remove"]


def test_a_calibration_can_be_looked_at(knowing: Screens, owner: Database) -> None:
    pairs = Calibration(LANE, ((0, 0), (7, 0), (7, 30), (0, 30)))
    with owner.as_owner() as tx:
        zones.calibrate(tx, 1, pairs)
    app = opened(knowing)
    toggle = field(app, "toggle", "zone_places")
    assert toggle.label == "Точки калибровки: 4"
    toggle.set_value(True).run()
    assert list(app.dataframe[0].value["На местности, м"])[2] == "7,00 · 30,00"


def test_a_container_s_zone_has_the_button_for_its_empty_picture_and_keeps_the_picture(
    knowing: Screens, owner: Database
) -> None:
    bin_ = Zone(0, "Бак", "overflowing_container", ZoneShape.POLYGON, LANE, {"reference": PICTURE})
    with owner.as_owner() as tx:
        numbers = [zones.save(tx, 1, bin_), zones.save(tx, 1, YARD)]
    app = opened(knowing)
    field(app, "selectbox", f"chosen_{1}").select(numbers[1]).run()
    assert not [one for one in app.button if one.key == f"zone_empty_{numbers[1]}"]
    field(app, "selectbox", f"chosen_{1}").select(numbers[0]).run()
    assert app.button(key=f"zone_empty_{numbers[0]}").label == "Сейчас он пуст: сохранить этот кадр"
    assert not [one for one in app.text_input if one.value == PICTURE], "nobody types a picture"
    field(app, "text_input", "_name").set_value("Бак у дома 5")
    press(app, "_save")
    (one, _other) = kept(owner)
    assert (one.zone.name, one.zone.params) == ("Бак у дома 5", {"reference": PICTURE})
    with owner.as_owner() as tx:
        (detail,) = tx.scalars(select(AuditRecord.detail))
    assert len(detail["params"]["reference"]) == 64, "its sum stands in the audit log"
